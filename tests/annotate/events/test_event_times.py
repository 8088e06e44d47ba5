"""When an event was: its own expression, a range as one interval, the line of time, and not the time of a saying."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.events import STAGE as EVENTS
from quellenlage.annotate.timex import STAGE as TIMEX
from quellenlage.model import Dct, EntityKind, EventMention

DAY = date(2018, 9, 18)


def events(text: str) -> list[EventMention]:
    made = document(text, {"Orvenien": EntityKind.GPE})
    dated = replace(made, article=replace(made.article, dct=Dct(DAY, DAY, "given")))
    return list(EVENTS.run(TIMEX.run(dated)).events)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Am Montag hat Orvenien das Dorf angegriffen.", date(2018, 9, 17), date(2018, 9, 17)),
        ("Vom 3. bis 5. September hat Orvenien das Dorf angegriffen.", date(2018, 9, 3), date(2018, 9, 5)),
        ("Zwischen Mai und Juli 2011 hat Orvenien das Dorf angegriffen.", date(2011, 5, 1), date(2011, 7, 31)),
        ("Vor zwei Wochen hat Orvenien das Dorf angegriffen.", date(2018, 9, 3), date(2018, 9, 9)),
        ("Im August hat Orvenien das Dorf angegriffen.", date(2018, 8, 1), date(2018, 8, 31)),
    ],
)
def test_interval_of_an_event(text: str, earliest: date, latest: date) -> None:
    found = [event for event in events(text) if event.earliest]
    assert found
    assert {(event.earliest, event.latest) for event in found} == {(earliest, latest)}


def test_what_is_told_with_dabei_is_on_the_day_of_the_sentence_before() -> None:
    found = events("Am Montag hat Orvenien das Dorf angegriffen. Dabei wurden drei Menschen getötet.")
    assert {event.earliest for event in found} == {date(2018, 9, 17)}
