"""What an article's own lines tell each other: headline and text, a day and the noun it stands with."""

from __future__ import annotations

import pytest

from quellenlage.annotate.language import words
from quellenlage.encoder import files
from quellenlage.model import Document, EventMention, Factuality, make_capture
from quellenlage.pipeline import analyse

pytestmark = pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")


@pytest.fixture(autouse=True)
def with_trees(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


def read(headline: str, text: str) -> Document:
    whole = f"Nordbote\nMittwoch, 8. Mai 2024\n\n{headline}\n\n{text}\n"
    return analyse(
        make_capture(
            source="a.txt",
            media_type="text/plain",
            content=whole.encode(),
            text=whole,
            captured_at="2024-06-01T00:00:00Z",
        )
    )


def of(document: Document, event_type: str) -> list[EventMention]:
    return [event for event in document.events if event.event_type == event_type]


def test_a_headline_plans_what_its_text_plans() -> None:
    journeys = of(read("Kanzler reist nach Ankara", "Kanzler Jonas Dorn reist am Samstag in die Türkei."), "MOVEMENT")
    assert {event.factuality for event in journeys} == {Factuality.PLANNED}


def test_a_headline_tells_as_done_what_its_text_tells_so() -> None:
    journeys = of(read("Kanzler reist nach Ankara", "Kanzler Jonas Dorn reiste am Samstag in die Türkei."), "MOVEMENT")
    assert {event.factuality for event in journeys} == {Factuality.HAPPENED}


def test_a_headline_calls_off_what_its_text_calls_off() -> None:
    text = "Präsident Rudek Almassi hat seine für Freitag geplante Reise nach Brunsee abgesagt."
    journeys = of(read("Almassi sagt Reise nach Brunsee ab", text), "MOVEMENT")
    assert {event.factuality for event in journeys} == {Factuality.DENIED}


def test_two_towns_of_one_state_are_two_places_and_a_town_lies_in_its_state() -> None:
    text = "Am Dienstag traf Jonas Dorn in der Türkei Minister Karl Heger. Das Treffen mit Heger in Ankara war kurz."
    assert len(of(read("Kurz gemeldet", text), "CONSULT")) == 1
    text = "Am Dienstag traf Jonas Dorn in Istanbul Karl Heger. Am Dienstag traf er in Ankara Karl Heger. Die Türkei."
    assert len(of(read("Kurz gemeldet", text), "CONSULT")) == 2


def test_the_day_of_a_noun_is_not_that_of_what_followed() -> None:
    text = "Nach dem Überfall vom Freitag hat das Amtsgericht Kiel Haftbefehl gegen Karl Heger erlassen."
    (warrant,) = of(read("Kurz gemeldet", text), "JUSTICE")
    assert warrant.interval is None


def test_a_report_under_correction_tells_nothing_anew() -> None:
    text = (
        "In unserem Bericht „Früherer Bürgermeister Heger verurteilt“ vom 3. Mai hieß es, Heger habe zwei Häuser "
        "angezündet. Richtig ist: Es war ein Haus."
    )
    document = read("Berichtigung", text)
    assert document.events == ()
    (notice,) = document.article.notices
    assert notice.about is not None
    assert notice.about.of(document.text) == "Früherer Bürgermeister Heger verurteilt"
