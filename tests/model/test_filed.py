"""Items in a file are the same as those that went there, and take their place wherever items are asked for."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.errors import ArchiveUnusable
from quellenlage.model import Account, Event, Factuality, Member, Span, evidence, filed, to_json
from quellenlage.model.filed import ByMember, File, Filed, Keyed, Some, lent

TEXT = "Kalt-Hafen – Die Fähre „Möwe“ lief am Montag aus. 😀"


def event(number: int) -> Event:
    quoted = evidence(f"art-{number}", TEXT, Span(0, 10 + number % 30))
    account = Account(Member(f"art-{number}", "v1"), quoted, Factuality.HAPPENED, (("ent-a", "ent-b"),), "org-1")
    day = date(2031, 5, 1 + number % 28)
    return Event(f"evm-{number}", "MOVE", (account,), actors=("ent-a",), earliest=day, latest=day)


@pytest.fixture(autouse=True)
def everything_is_filed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filed, "FEW", 0)


def test_what_is_filed_is_read_as_it_was() -> None:
    events = [event(number) for number in range(700)]
    found = filed.filed(Event, iter(events))
    assert isinstance(found, Filed)
    assert list(found) == events
    assert found == tuple(events) == filed.filed(Event, events)
    assert found != events[1:]
    assert [found[number] for number in (699, 0, -1, 350)] == [events[699], events[0], events[-1], events[350]]
    assert list(found[5:9]) == events[5:9]
    assert [to_json(one) for one in found] == [to_json(one) for one in events]
    with pytest.raises(IndexError):
        found[700]


def test_few_items_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filed, "FEW", 3)
    assert filed.filed(str, ["a", "b", "c"]) == ("a", "b", "c")
    assert isinstance(filed.filed(str, "abcd"), Filed)
    assert lent(("a", "b")) == ("a", "b")


def test_no_more_is_held_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filed, "_HELD", 100)
    found: Filed[str] = Filed(str)
    for number in range(50):
        found.add(f"{number:030}")
    assert [found[number] for number in range(50)] == [f"{number:030}" for number in range(50)]
    assert len(found._held) <= 100 // 30


@given(st.lists(st.one_of(st.none(), st.text(max_size=5)), max_size=40))
def test_items_are_read_while_others_are_added(steps: list[str | None]) -> None:
    known: list[str] = []
    found: Filed[str] = Filed(str)
    for step in steps:
        if step is not None:
            known.append(step)
            assert found.add(step) == len(known) - 1
        elif known:
            assert found[len(known) // 2] == known[len(known) // 2]
    assert list(found) == known


def test_what_stands_for_an_item_is_asked_and_changed_like_it() -> None:
    events = [event(number) for number in range(4)]
    stand = lent(filed.filed(Event, events))[2]
    assert isinstance(stand, Event)
    assert stand.id == "evm-2"
    assert stand.interval == events[2].interval
    assert stand == events[2]
    assert hash(stand) == hash(events[2])
    assert replace(stand, place="ent-p") == replace(events[2], place="ent-p")
    assert type(replace(stand, place="ent-p")) is Event
    assert list(filed.filed(Event, [stand])) == [events[2]]
    assert to_json(stand) == to_json(events[2])


def test_some_of_a_file_are_those_that_were_given_to_it() -> None:
    file: Filed[str] = Filed(str)
    one, other = Some(file), Some(file)
    one.append("a")
    other.append("b")
    one.append("c")
    assert (list(one), list(other), one[1], one[:1], len(one)) == (["a", "c"], ["b"], "c", ["a"], 2)


def test_items_are_found_by_their_identifiers() -> None:
    found = Keyed(["A", "B"], ["a", "b"])
    assert (found["b"], found.get("c"), "a" in found, "c" in found, list(found), len(found)) == (
        "B",
        None,
        True,
        False,
        ["a", "b"],
        2,
    )
    with pytest.raises(KeyError):
        found["c"]


def test_members_belong_to_what_was_noted_last() -> None:
    found = ByMember(["x", "y"])
    one, other = Member("art-1", "e1"), Member("art-2", "e1")
    found.note(one, 0)
    found.note(other, 1)
    found.note(one, 1)
    assert dict(found) == {one: "y", other: "y"}
    assert found == {one: "y", other: "y"}
    assert found.get(Member("art-1", "e2")) is None
    assert Member("art-1", "e2") not in found
    with pytest.raises(KeyError):
        found[Member("art-3", "e1")]


def test_an_article_of_many_members_has_each_once() -> None:
    numbers = list(range(500))
    found = ByMember(numbers)
    members = [Member("art-1", f"e{number}") for number in numbers]
    for again in (members, members[::3]):
        for member in again:
            found.note(member, numbers.index(int(member.local[1:])))
    assert len(found) == len(members)
    assert list(found) == members
    assert [found[member] for member in members] == numbers
    found.note(members[7], 3)
    assert found[members[7]] == 3
    assert found.get(Member("art-1", "e500")) is None


def test_a_full_folder_for_temporary_files_is_told_with_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = File()
    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(ArchiveUnusable, match="folder for temporary files"):
        file.append(b"x" * (1 << 18))
