"""New articles are linked with what is nearest to them; the next whole link gives what it would have given anyway."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks import generated
from benchmarks.adding import compared
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.article import Overrides
from quellenlage.encoder import files
from quellenlage.execution import Around, BuildReport, Decision, build, forget_article, judge, relink
from quellenlage.model import Capture, Document, Linked, Verdict, to_json
from quellenlage.pipeline import fingerprint
from quellenlage.store import SqlArchive, appending, open_archive, present

OLD, NEW = 48, 8
AROUND = Around(least=10, most=NEW, share=0.0)
Opened = Callable[[], SqlArchive]


def clock() -> str:
    return "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module", autouse=True)
def read_by_rules() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(files.VARIABLE, files.Models.RULES)
        yield


@pytest.fixture(scope="module")
def made(read_by_rules: None) -> list[tuple[Capture, Document, str]]:
    return [(c, d, fingerprint(c.id, Overrides())) for c, d in generated.articles(OLD + NEW)]


@pytest.fixture(scope="module")
def base(made: list[tuple[Capture, Document, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old articles, linked as a whole."""
    path = tmp_path_factory.mktemp("around") / "base.db"
    archive = open_archive(str(path), create=True)
    archive.put_articles(made[:OLD])
    relink(archive, clock=clock)
    archive.close()
    return path


@pytest.fixture(scope="module")
def whole(made: list[tuple[Capture, Document, str]], base: Path, tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """What a whole link makes of all articles."""
    archive = open_archive(str(tmp_path_factory.mktemp("around") / "whole.db"), create=True)
    archive.put_articles(made)
    relink(archive, clock=clock)
    linked = archive.linked()
    archive.close()
    return linked


@pytest.fixture
def opened(base: Path, tmp_path: Path) -> Iterator[Opened]:
    archives: list[SqlArchive] = []

    def again() -> SqlArchive:
        path = tmp_path / f"{len(archives)}.db"
        shutil.copy(base, path)
        archives.append(open_archive(str(path)))
        return archives[-1]

    yield again
    for archive in archives:
        archive.close()


def added(archive: SqlArchive, *, whole: bool = False) -> BuildReport:
    return build(archive, clock=clock, around=AROUND, whole=whole)


def test_new_articles_find_what_the_whole_link_finds(
    opened: Opened, made: list[tuple[Capture, Document, str]], whole: Linked
) -> None:
    archive = opened()
    before = archive.linked()
    for number, one in enumerate(made[OLD:], 1):
        archive.put_articles([one])
        done = added(archive)
        assert (done.linked, done.provisional, done.analysed) == (True, number, 0)
    new = frozenset(document.article.id for _, document, _ in made[OLD:])
    after = archive.linked()
    assert set(archive.provisional()) == new
    assert archive.verify() == []
    figures = compared(whole, after, new)
    for what in ("entities", "events", "statements"):
        found, alone = figures[what]
        assert min(found.precision, found.recall) >= 0.9
        assert found.same > alone.same
    replaced = {r.earlier for r in after.revisions if r.article in new}
    now = {event.id: event for event in after.events}
    for event in before.events:
        if {a.member.article for a in now[event.id].accounts}.isdisjoint(new | replaced):
            assert now[event.id] == event
    for entity in before.entities:
        kept = next(e for e in after.entities if e.id == entity.id)
        assert kept.members[: len(entity.members)] == entity.members


@given(st.lists(st.integers(1, NEW), min_size=1, max_size=NEW))
@settings(max_examples=4)
def test_the_whole_link_settles_it_however_articles_were_added(
    base: Path,
    made: list[tuple[Capture, Document, str]],
    whole: Linked,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[int],
) -> None:
    path = tmp_path_factory.mktemp("steps") / "archive.db"
    shutil.copy(base, path)
    archive = open_archive(str(path))
    at = OLD
    for step in (*steps, NEW):
        if at < len(made):
            archive.put_articles(made[at : at + step])
            at += step
            assert added(archive).provisional == min(at, len(made)) - OLD
    provisional = present(archive.linked())
    assert added(archive, whole=True).provisional == 0
    settled = archive.linked()
    assert to_json(settled) == to_json(whole)
    assert archive.verify() == []
    here = present(settled)
    lost = {one for one in provisional if archive.resolve(one) not in here and not one.startswith("cfl-")}
    assert not lost
    archive.close()


def test_what_was_cut_off_is_done_again(
    opened: Opened, made: list[tuple[Capture, Document, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = opened()
    before = archive.linked()
    archive.put_articles(made[OLD : OLD + 1])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(appending, "advance", killed)
        with pytest.raises(KeyboardInterrupt):
            added(archive)
    assert archive.linked() == before
    assert archive.provisional() == ()
    assert added(archive).provisional == 1


def test_whatever_else_changes_brings_a_whole_link(opened: Opened, made: list[tuple[Capture, Document, str]]) -> None:
    archive = opened()
    archive.put_articles(made[OLD : OLD + 2])
    assert added(archive).provisional == 2
    assert not added(archive).linked
    event = archive.linked().events[0].id
    judge(archive, Decision(Verdict.REJECT, event), author="test", made_at=clock())
    assert (added(archive).linked, archive.provisional()) == (True, ())
    archive.put_articles(made[OLD + 2 : OLD + 3])
    assert added(archive).provisional == 1
    forget_article(archive, made[OLD][1].article.id, clock=clock)
    assert archive.provisional() == ()
    assert archive.verify() == []


def test_many_new_articles_and_small_archives_are_linked_as_a_whole(
    opened: Opened, made: list[tuple[Capture, Document, str]]
) -> None:
    archive = opened()
    archive.put_articles(made[OLD : OLD + 1])
    assert build(archive, clock=clock).provisional == 0
    archive.put_articles(made[OLD + 1 :])
    few = Around(least=10, most=2, share=0.0)
    assert build(archive, clock=clock, around=few).provisional == 0
    assert archive.verify() == []
