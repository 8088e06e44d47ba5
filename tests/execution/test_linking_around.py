"""Linking around new articles, with a small pipeline: any articles, in any steps, and what may go wrong on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.fakes import FakePipeline, capture_of

from quellenlage.execution import Around, BuildReport, build, forget_article
from quellenlage.execution.joining import join_conflict, without
from quellenlage.execution.mapping import mapped
from quellenlage.execution.telling import with_lines
from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Entity,
    EntityKind,
    Evidence,
    Factuality,
    Linked,
    Member,
    Side,
    to_json,
)
from quellenlage.model.ports import Placed
from quellenlage.store import SqlArchive, open_archive

ALWAYS = Around(least=1, most=1000)
PIPELINE = FakePipeline()
_TIMES = count()

NAMES = st.sampled_from(["Anna", "Berta", "Carl", "Dora"])
LINES = st.one_of(
    st.builds("TREFFEN @{} und @{} #{}".format, NAMES, NAMES, st.integers(1, 3)),
    st.builds("@{} sagt: Es regnet {}".format, NAMES, st.integers(1, 2)),
    st.builds("@{} schweigt".format, NAMES),
)
TEXTS = st.lists(st.lists(LINES, min_size=1, max_size=3).map("\n".join), min_size=2, max_size=7)


def clock() -> str:
    return f"2026-01-01T00:00:00.{next(_TIMES):06d}Z"


def built(archive: SqlArchive, *, whole: bool = False) -> BuildReport:
    return build(archive, clock=clock, pipeline=PIPELINE, around=ALWAYS, whole=whole)


def put(archive: SqlArchive, texts: Sequence[str], first: int = 0) -> None:
    for number, text in enumerate(texts, first):
        archive.add_capture(capture_of(f"Meldung {number}\n{text}", source=f"a{number}.txt"))


@given(TEXTS, st.integers(1, 6))
@settings(max_examples=15)
def test_any_articles_leave_a_sound_archive_that_the_whole_link_settles(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], first: int
) -> None:
    folder = tmp_path_factory.mktemp("around")
    archive, other = (open_archive(str(folder / name), create=True) for name in ("a.db", "b.db"))
    put(archive, texts[:first])
    built(archive)
    for number, text in enumerate(texts[first:], first):
        put(archive, [text], number)
        assert built(archive).provisional == number - first + 1
        assert archive.verify() == []
        told = {(a.member.article, a.member.local) for event in archive.linked().events for a in event.accounts}
        assert told == {(d.article.id, v.id) for d in archive.documents() for v in d.events}
    built(archive, whole=True)
    put(other, texts)
    built(other, whole=True)
    assert to_json(archive.linked()) == to_json(other.linked())
    assert archive.verify() == []
    archive.close()
    other.close()


def test_what_cannot_be_analysed_is_named_and_nothing_waits_for_it(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    put(archive, ["TREFFEN @Anna"])
    built(archive)
    put(archive, ["KAPUTT", "TREFFEN @Anna"], 1)
    done = built(archive)
    assert (len(done.rejected), done.analysed, done.provisional) == (1, 1, 1)
    again = built(archive)
    assert (len(again.rejected), again.linked, again.unchanged) == (1, False, 2)
    archive.close()


def test_deleting_a_provisional_article_brings_a_whole_link(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    put(archive, ["TREFFEN @Anna", "TREFFEN @Berta"])
    built(archive)
    put(archive, ["TREFFEN @Anna und @Berta"], 2)
    article = next(iter(archive.provisional()), "")
    assert article == ""
    built(archive)
    (article,) = archive.provisional()
    forget_article(archive, article, clock=clock, pipeline=PIPELINE)
    assert archive.provisional() == ()
    assert archive.verify() == []
    archive.close()


def test_a_thing_of_the_small_link_is_the_one_that_holds_most_of_its_members_and_merges_none() -> None:
    members = tuple(Member(f"art-{n}", "e1") for n in range(4))
    small = Linked(entities=(Entity("ent-0", EntityKind.PER, "Anna", members),))
    homes = dict(zip(members, ("ent-a", "ent-b", "ent-b"), strict=False))
    ids = mapped(small, Placed(homes, {}, {}, {}, {}))
    assert ids.of("ent-0") == "ent-b"
    assert ids.put(small.entities[0]).id == "ent-b"
    even = mapped(small, Placed({members[0]: "ent-a", members[1]: "ent-b"}, {}, {}, {}, {}))
    assert even.of("ent-0") == "ent-a"
    assert mapped(small, Placed({}, {}, {}, {}, {})).of("ent-0") == "ent-0"


def quoted(article: str, start: int) -> Evidence:
    return Evidence(article, "0" * 64, start, start + 3, "abc", "", "")


def test_a_conflict_gains_the_sides_of_new_articles_and_keeps_what_a_person_said() -> None:
    sides = tuple(Side(value, quoted(article, 0)) for value, article in (("3", "art-1"), ("5", "art-2")))
    old = Conflict("cfl-1", "evm-1", ConflictKind.NUMBER, "Tote", sides, ConflictGrade.TENSION, settled="geklärt")
    found = replace(old, sides=(sides[0], Side("9", quoted("art-3", 0))), grade=ConflictGrade.CONTRADICTION, settled="")
    joined = join_conflict(old, found, {"art-3"})
    assert [side.value for side in joined.sides] == ["3", "5", "9"]
    assert (joined.grade, joined.settled) == (ConflictGrade.CONTRADICTION, "geklärt")
    assert without(old, {"art-1"}) is None
    assert without(joined, {"art-1"}) == replace(joined, sides=joined.sides[1:])


def line(event: str, day: int | None) -> ChronicleEntry:
    when = date(2020, 1, day) if day else None
    return ChronicleEntry(event, "sty-1", 0, quoted("art-1", 0), "FIGHT", Factuality.HAPPENED, None, when, when)


def test_lines_stay_in_order_of_time() -> None:
    reported = {"evm-2": date(2020, 1, 4)}
    before = [line("evm-1", 1), line("evm-2", None), line("evm-3", 5)]
    told = with_lines(before, {"evm-4": line("evm-4", 3), "evm-0": line("evm-0", None)}, {}, reported)
    assert [one.event for one in told] == ["evm-1", "evm-4", "evm-2", "evm-3", "evm-0"]
    assert [one.position for one in told] == [0, 1, 2, 3, 4]
    moved = with_lines(
        told, {"evm-3": replace(told[3], earliest=date(2020, 1, 2), latest=date(2020, 1, 2))}, {}, reported
    )
    assert [one.event for one in moved] == ["evm-1", "evm-3", "evm-4", "evm-2", "evm-0"]
