"""The whole stage with the encoder as it is installed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.annotate.mentions.conftest import Seen
from tests.annotate.mentions.identity_passages import contradictions, passages

from quellenlage.annotate.mentions import STAGE
from quellenlage.encoder import files
from quellenlage.model import Document

READ_WITHOUT_HELP = 75
"""Passages on identity, of 88, that hold at least when the encoder finds the names itself."""

pytestmark = pytest.mark.skipif(not files.available("words"), reason="the words reader is not installed")


@pytest.fixture
def staged(annotate: Callable[[str], Document]) -> Callable[[str], Seen]:
    """Text to what the stage finds with the encoder."""
    return lambda text: Seen(STAGE.run(annotate(text)))


def test_finds_names_of_every_kind(staged: Callable[[str], Seen]) -> None:
    seen = staged(
        "Gestern sprach Walburga Kettenhofen mit dem Vorstand der Kettenhofen Schiffbau AG in Hamburg. "
        "Das Unternehmen baut an der Elbe das Schiff „Weiße Möwe“."
    )
    assert "Walburga Kettenhofen" in seen.of("PER")
    assert any("Schiffbau AG" in name for name in seen.of("ORG"))
    assert "Hamburg" in seen.of("GPE")
    assert "Elbe" in seen.of("LOC")
    assert all(0 < m.score <= 1 for m in seen.document.mentions)


def test_no_ordinary_sentence_has_names(staged: Callable[[str], Seen]) -> None:
    seen = staged("Am Morgen regnete es. Danach kam die Sonne heraus, und der Hund lief über die Wiese.")
    assert [m for m in seen.document.mentions if m.form == "name"] == []


def test_the_same_text_gives_the_same_names(staged: Callable[[str], Seen]) -> None:
    text = "Der syrische Präsident Assad floh nach Moskau."
    assert staged(text).document == staged(text).document


def test_without_the_model_the_rules_go_on_alone(
    annotate: Callable[[str], Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = annotate("Der syrische Präsident Assad floh nach Moskau.")
    monkeypatch.setattr(files, "available", lambda *_: False)
    assert STAGE.run(document) == document


def test_most_passages_on_identity_hold_with_the_encoders_own_names(annotate: Callable[[str], Document]) -> None:
    wrong = {p.title: w for p in passages() if (w := contradictions(p, STAGE.run(annotate(p.text))))}
    assert len(passages()) - len(wrong) >= READ_WITHOUT_HELP, wrong
    merged = [title for title, why in wrong.items() if any(w.startswith("together") for w in why)]
    assert merged in ([], ["mayor and town"])
