"""Documents that were stored before a layer came to be can still be read."""

from __future__ import annotations

import json
import zlib

from tests.annotate.events.told import document

from quellenlage.annotate.places import STAGE
from quellenlage.model import EntityKind
from quellenlage.store.packing import pack_document, unpack_document


def test_places_survive_and_are_empty_in_what_was_stored_without_them() -> None:
    made = STAGE.run(document("In Damaskus regnet es.", {"Damaskus": EntityKind.GPE}))
    packed = pack_document(made)
    assert unpack_document(packed, made.text) == made
    assert made.places
    old = json.loads(zlib.decompress(packed))
    del old["places"]
    read = unpack_document(zlib.compress(json.dumps(old).encode()), made.text)
    assert read.places == ()
    assert read.mentions == made.mentions
