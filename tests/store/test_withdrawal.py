"""What is left of an event that a person corrected, when an article goes, and when somebody is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quellenlage.model import (
    FORGOTTEN,
    Account,
    ChronicleEntry,
    Corrected,
    Event,
    Evidence,
    Factuality,
    Linked,
    Member,
    Story,
)
from quellenlage.store.withdrawal import Remaining, without_article, without_notes

FIRST, SECOND = Member("art-1", "v1"), Member("art-2", "v1")
NOTHING = Remaining({}, {})


def account(member: Member, time: str | None, place: str | None) -> Account:
    quoted = Evidence(member.article, "0" * 64, 0, 6, "Er kam", "", "")
    return Account(member, quoted, Factuality.HAPPENED, (), "org-1", time=time, place=place)


def linked(*corrected: Corrected) -> Linked:
    event = Event(
        "evm-1",
        "AGREE",
        (account(FIRST, "2021-03-11", "ent-1"), account(SECOND, "2021-03-12", "ent-2")),
        place="ent-3",
        time="2021-03-10",
        earliest=date(2021, 3, 10),
        latest=date(2021, 3, 10),
        corrected=corrected,
    )
    entry = ChronicleEntry("evm-1", "sty-1", 0, event.accounts[0].evidence, "AGREE", Factuality.HAPPENED, event.time)
    story = Story("sty-1", "", ("art-1", "art-2"), ("evm-1",))
    return Linked(events=(event,), chronicle=(entry,), stories=(story,))


def said(field: str, value: str, *members: Member, note: str = "") -> Corrected:
    return Corrected(field, value, "Ida", "2021-05-01T00:00:00Z", note, "CONSULT" if field == "type" else "", members)


BOTH = tuple(said(field, value, FIRST, SECOND) for field, value in (("time", "2021-03-10"), ("place", "X")))


def test_a_correction_stays_with_the_accounts_that_are_left() -> None:
    after = without_article(linked(*BOTH, said("type", "AGREE", FIRST, SECOND)), "art-1", NOTHING)
    (event,) = after.events
    assert (event.time, event.earliest, event.place, event.event_type) == (
        "2021-03-10",
        date(2021, 3, 10),
        "ent-3",
        "AGREE",
    )
    assert [one.members for one in event.corrected] == [(SECOND,)] * 3
    assert after.chronicle[0].time == "2021-03-10"


@pytest.mark.parametrize("field", ["time", "place", "type"])
def test_a_correction_of_a_telling_that_goes_goes_with_it(field: str) -> None:
    value = {"time": "2021-03-10", "place": "X", "type": "AGREE"}[field]
    after = without_article(linked(said(field, value, FIRST)), "art-1", NOTHING)
    (event,) = after.events
    assert event.corrected == ()
    assert (event.time, event.earliest, event.place) == (None, None, None)
    assert event.event_type == ("CONSULT" if field == "type" else "AGREE")
    assert after.chronicle[0].event_type == event.event_type


def test_reasons_are_blanked_until_the_next_link() -> None:
    before = linked(said("time", "2021-03-10", FIRST, note="Ida rief an"), said("place", "Bei Ida", FIRST))
    (event,) = without_notes(before).events
    assert [(one.value, one.note) for one in event.corrected] == [("2021-03-10", FORGOTTEN), (FORGOTTEN, "")]
    assert replace(event, corrected=before.events[0].corrected) == before.events[0]
