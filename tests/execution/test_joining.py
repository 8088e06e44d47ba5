"""An event that a person corrected, joined by accounts of new articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from quellenlage.execution.joining import join_event
from quellenlage.model import Account, Corrected, Event, Evidence, Factuality, Member

OLD = tuple(Member(f"art-{n}", "v1") for n in (1, 2))
NEW = Member("art-3", "v1")
RIGHT = (
    Corrected("time", "2021-03-10", "Ida", "2021-05-01", members=OLD),
    Corrected("place", "X", "Ida", "2021-05-02", members=OLD),
    Corrected("type", "AGREE", "Ida", "2021-05-03", was="CONSULT", members=OLD),
)


def event(identifier: str, *members: Member, **fields: Any) -> Event:
    accounts = tuple(
        Account(m, Evidence(m.article, "0" * 64, 0, 6, "Er kam", "", ""), Factuality.HAPPENED, (), "org-1")
        for m in members
    )
    day = date(2021, 3, 11)
    whole = Event(identifier, "CONSULT", accounts, place="ent-2", time="2021-03-11", earliest=day, latest=day)
    return replace(whole, **fields)


RIGHTED: dict[str, Any] = {
    "event_type": "AGREE",
    "place": None,
    "time": "2021-03-10",
    "earliest": date(2021, 3, 10),
    "latest": date(2021, 3, 10),
    "corrected": RIGHT,
}


@pytest.mark.parametrize("known", [OLD[:1], OLD])
def test_an_old_event_keeps_what_people_corrected(known: tuple[Member, ...]) -> None:
    """Whether the small link knows all of its old accounts, with their corrections, or a part."""
    old = event("evm-1", *OLD, **RIGHTED)
    found = event("evm-9", *known, NEW, **(RIGHTED if known == OLD else {}))
    joined = join_event(old, [found], {NEW.article}, ())
    assert [a.member for a in joined.accounts] == [*OLD, NEW]
    assert replace(joined, accounts=old.accounts) == old


def test_an_account_brings_its_correction_along() -> None:
    right = {**RIGHTED, "corrected": tuple(replace(one, members=(NEW,)) for one in RIGHT)}
    old = event("evm-1", *OLD)
    joined = join_event(old, [event("evm-9", OLD[0], NEW, **right)], {NEW.article}, ())
    assert {name: getattr(joined, name) for name in right} == right
