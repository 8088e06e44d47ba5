"""In a large archive few clusters are compared with a telling, and the right one is among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.made import Making, Telling, made
from tests.link.test_event_linking import link_by_name

from quellenlage.link import candidates, shingles
from quellenlage.link.candidates import Candidates
from quellenlage.link.shingles import RARE, Shelf, Words
from quellenlage.link.tellings import tellings
from quellenlage.model import Document, EntityKind, Member

TOWNS = ["Dorwa", "Kalmsund", "Perlow", "Tannhaven"]


def attack(number: int, town: str, day: str | None) -> Document:
    text = f"Bei einem Angriff in {town} starben Menschen."
    told = Telling("Angriff", type="ASSAULT", place=town, time=day)
    return made(number, text, Making(dct=day, names={town: EntityKind.GPE}, events=[told]))


def test_the_account_of_long_ago_is_found_among_hundreds_of_one_kind() -> None:
    crowd = [attack(n, TOWNS[n % 4], f"2021-{1 + n // 28 % 12:02}-{1 + n % 28:02}") for n in range(2, 500)]
    first, last = attack(1, "Osterlund", "2021-02-11"), attack(900, "Osterlund", "2021-02-11")
    events = link_by_name([first, *crowd, last])
    told = {account.member.article for event in events for account in event.accounts if len(event.accounts) > 1}
    assert {first.article.id, last.article.id} <= told


def test_no_telling_is_compared_with_more_than_a_few_clusters() -> None:
    documents = [attack(n, "Dorwa", f"2021-03-{1 + n % 28:02}") for n in range(1, 400)]
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    index = Candidates()
    for number, telling in enumerate(tellings(documents, entity_of, ())):
        found = index.of([telling], f"art-{number}")
        assert len(found) <= 40
        assert all(other < number for other in found)
        index.put(telling, number, f"art-{number}")


def test_letting_the_early_ones_go_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [attack(n, TOWNS[n % 2], f"2021-{3 + n % 2:02}-{1 + n % 28:02}" if n % 5 else None) for n in range(90)]
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    told = list(tellings(documents, entity_of, ()))

    def compared(trimmed: int) -> list[list[int]]:
        monkeypatch.setattr(candidates, "_LATEST", 6)
        monkeypatch.setattr(candidates, "_TRIMMED", trimmed)
        index, found = Candidates(), []
        for number, telling in enumerate(told):
            found.append(index.of([telling], "art-1"))
            index.put(telling, number // 2, f"art-{number}")
        return found

    assert compared(13) == compared(1000)


def test_a_kind_of_place_in_common_is_no_place_in_common() -> None:
    def toll(number: int, place: str) -> Document:
        text = f"Fünf Tote gab es im {place}."
        told = Telling("Tote", type="DEATH", place=place, number=("Tote", 5, 5, "Fünf"))
        return made(number, text, Making(names={place: EntityKind.LOC}, events=[told]))

    harbours = ["Hafen von Dorwa", "Hafen von Perlow", "Hafen von Kalmsund"]
    assert len(link_by_name([toll(n, place) for n, place in enumerate(harbours, 1)])) == 3
    assert len(link_by_name([toll(1, "Hafen von Dorwa"), toll(2, "Dorwa")])) == 1


@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=12), max_size=60), st.integers(1, 40))
def test_what_lies_in_layers_is_found_as_if_it_lay_in_one_place(articles: list[list[int]], waiting: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shingles, "_WAITING", waiting)
        shelf, first = Shelf(), dict[int, list[int]]()
        for number, listed in enumerate(articles):
            words = Words((), (), tuple(2 * one for one in listed), ())
            wanted = list(words.sampled)
            assert shelf._holders(wanted) == [first.get(one, [])[:RARE] for one in wanted]
            shelf.put(number, words)
            for one in wanted:
                first.setdefault(one, []).append(number)
