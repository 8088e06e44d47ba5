"""What is told as not so, as asked, as called off, is never told as happened."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import events_of, told

from quellenlage.model import EntityKind, RevisionKind, make_capture
from quellenlage.pipeline import analyse

NAMES = {"Toldin": EntityKind.PER, "Brandner": EntityKind.PER, "Dorwa": EntityKind.GPE, "Kalt-Hafen": EntityKind.GPE}


@pytest.mark.parametrize(
    "text",
    [
        "Es ist nicht wahr, dass Toldin in Dorwa Brandner getroffen hat.",
        "Hat Toldin in Dorwa Brandner getroffen?",
        "Ein geplanter Gipfel zwischen Toldin und Brandner wird nicht stattfinden.",
        "Das für Dienstag geplante Treffen von Toldin und Brandner fällt aus.",
        "Ein Gipfel von Toldin und Brandner in Dorwa kam nie zustande.",
        "Niemand wurde in Dorwa getötet.",
        "Toldin sagte nicht, dass er Brandner getroffen habe.",
        "Brandner müsse zurücktreten.",
    ],
)
def test_nothing_of_this_happened(text: str) -> None:
    assert [event for event in told(text, NAMES) if event["factuality"] in {"happened", "ongoing"}] == []


def test_a_plan_that_is_called_off_is_denied() -> None:
    (event,) = told("Das für Dienstag geplante Treffen von Toldin und Brandner fällt aus.", NAMES)
    assert (event["type"], event["factuality"]) == ("CONSULT", "denied")


def test_the_dead_of_two_attacks_are_two_events() -> None:
    text = (
        "Toldin hat in Dorwa Brandner angegriffen. Zwölf Soldaten starben. "
        "Toldin hat in Kalt-Hafen Brandner angegriffen. 13 Soldaten starben."
    )
    deaths = [event for event in events_of(text, NAMES) if event.event_type == "DEATH"]
    assert [[q.low for q in event.quantities] for event in deaths] == [[12], [13]]


def test_those_who_live_are_not_counted_among_the_dead() -> None:
    text = "In Dorwa gab es 30 Tote und zwei Millionen Vertriebene."
    (death,) = [event for event in events_of(text, NAMES) if event.event_type == "DEATH"]
    assert [q.unit for q in death.quantities] == ["Tote"]


def test_what_an_unnamed_voice_says_is_alleged() -> None:
    text = 'Im Netz wird gestritten.\n\n  • "Russland hat in Dorwa 50 Soldaten getötet."\n'
    capture = make_capture(
        source="a.txt", media_type="text/plain", content=text.encode(), text=text, captured_at="2020-01-01T00:00:00Z"
    )
    assert [str(event.factuality) for event in analyse(capture).events if event.event_type == "ASSAULT"] == ["alleged"]


def test_a_note_on_what_was_wrong_before_reports_nothing() -> None:
    note = "Korrektur: In einer früheren Version dieses Artikels hieß es, 41 Menschen seien bei dem Brand gestorben."
    text = f"Brand im Lagerhaus\n\nBei einem Brand im Lagerhaus starben am Dienstag 14 Menschen.\n\n{note}\n"
    document = analyse(
        make_capture(
            source="a.txt",
            media_type="text/plain",
            content=text.encode(),
            text=text,
            captured_at="2020-01-01T00:00:00Z",
        )
    )
    assert [notice.kind for notice in document.article.notices] == [RevisionKind.CORRECTED]
    assert document.events
    assert all(event.trigger.start < document.article.notices[0].start for event in document.events)


def test_a_thing_that_is_the_subject_is_meant_by_the_pronoun_after_it() -> None:
    text = "Das sagte Marek Toldin am Dienstag. Ein Konvoi wurde dabei beobachtet, wie er die Stadt Dorwa verließ.\n"
    capture = make_capture(
        source="a.txt", media_type="text/plain", content=text.encode(), text=text, captured_at="2020-01-01T00:00:00Z"
    )
    left = [event for event in analyse(capture).events if event.trigger.of(text) == "verließ"]
    assert [event.actors for event in left] in ([()], [])
