"""Documents that were stored before a layer came to be can still be read."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import Any

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.places import STAGE
from quellenlage.model import LAYERS, Document, EntityKind, to_builtins
from quellenlage.store.packing import (
    pack_document,
    unpack_article,
    unpack_document,
    unpack_layers,
    unpack_without_tokens,
)


def test_places_survive_and_are_empty_in_what_was_stored_without_them() -> None:
    made = STAGE.run(document("In Damaskus regnet es.", {"Damaskus": EntityKind.GPE}))
    packed = pack_document(made)
    assert unpack_document(packed, made.text) == made
    assert made.places
    old = in_one_piece(made)
    del old["places"]
    read = unpack_document(zlib.compress(json.dumps(old).encode()), made.text)
    assert read.places == ()
    assert read.mentions == made.mentions
    assert read.tokens == made.tokens


def in_one_piece(made: Document) -> dict[str, Any]:
    """How documents were stored before they were packed in parts."""
    article = {name: value for name, value in to_builtins(made.article).items() if name != "text"}
    return {"article": article, **{name: to_builtins(getattr(made, name)) for name in LAYERS}}


@pytest.mark.parametrize("cut", [0, 3, 8, 20, -1])
def test_a_document_cut_short_is_refused_and_not_read_in_part(cut: int) -> None:
    made = STAGE.run(document("In Damaskus regnet es.", {"Damaskus": EntityKind.GPE}))
    with pytest.raises(zlib.error):
        unpack_document(pack_document(made)[:cut], made.text)


def test_each_part_is_read_without_the_others() -> None:
    made = STAGE.run(document("In Damaskus regnet es.", {"Damaskus": EntityKind.GPE}))
    packed = pack_document(made)
    assert unpack_article(packed, made.text) == made.article
    assert unpack_layers(packed).places == made.places
    assert unpack_without_tokens(packed, made.text) == replace(made, tokens=())
