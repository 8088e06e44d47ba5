"""What a reader sees of an event that did not happen: that nobody says it did, and how many say so."""

from __future__ import annotations

import pytest

from quellenlage.annotate.language import words
from quellenlage.encoder import files
from quellenlage.model import Event, make_capture
from quellenlage.pipeline import analyse, connect
from quellenlage.views.locale import words_for
from quellenlage.views.wording.lines import event_mark

pytestmark = pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")


@pytest.fixture(autouse=True)
def encoder(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


def journey(text: str) -> Event:
    whole = f"Nordbote\n8. Mai 2024\n\nKurz gemeldet\n\n{text}\n"
    capture = make_capture(
        source="a.txt",
        media_type="text/plain",
        content=whole.encode(),
        text=whole,
        captured_at="2024-06-01T00:00:00Z",
    )
    linked = connect([analyse(capture)], [], frozenset())
    return next(event for event in linked.events if event.event_type == "MOVEMENT")


def test_what_an_article_negates_did_not_happen_and_has_its_origin() -> None:
    event = journey("Minister Karl Heger ist am Dienstag nicht nach Kiew gereist.")
    assert event_mark(event, words_for("de")) == "nicht geschehen"
    assert event_mark(event, words_for("en")) == "did not happen"
    assert event.corroboration is not None
    assert len(event.corroboration.origins) == 1


def test_what_somebody_denies_is_denied() -> None:
    event = journey("Minister Karl Heger sei nicht nach Kiew gereist, sagte Sprecherin Anna Dorn.")
    assert event_mark(event, words_for("de")) == "bestritten"


def test_what_somebody_unnamed_denies_is_not_the_word_of_the_article() -> None:
    event = journey("Minister Karl Heger war am Dienstag in Wien. Er sei nicht nach Kiew gereist.")
    (account,) = event.accounts
    assert (account.chain, account.claim is None) == ((), False)
    assert event_mark(event, words_for("de")) == "bestritten"


def test_what_happened_needs_no_mark() -> None:
    assert event_mark(journey("Minister Karl Heger ist am Dienstag nach Kiew gereist."), words_for("de")) == ""
