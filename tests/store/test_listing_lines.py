"""Lines by how well they are borne out, and in whatever way the tables are gone through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.test_listing import ALL, Whole, events_of
from tests.views import views_story

from quellenlage.model.listing import LineQuestion
from quellenlage.store import SqlArchive
from quellenlage.store.kept import Kept
from quellenlage.store.listing import asking


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = views_story.make_archive(tmp_path / "own.db")
    yield made
    made.close()


@pytest.fixture
def whole(archive: SqlArchive) -> Whole:
    return Whole(archive)


def test_lines_by_how_well_they_are_borne_out(archive: SqlArchive, whole: Whole) -> None:
    borne = {event.id: event.corroboration for event in whole.events.values()}
    articles = {event.id: len({a.member.article for a in event.accounts}) for event in whole.events.values()}
    for most in (0, 1, 2):
        assert events_of(archive, LineQuestion(max_informants=most)) == whole.asked(
            lambda e, _, x=most: len(borne[e.id].informants) <= x  # type: ignore[misc]  # bound now
        )
        assert events_of(archive, LineQuestion(max_origins=most)) == whole.asked(
            lambda e, _, x=most: len(borne[e.id].origins) <= x  # type: ignore[misc]  # bound now
        )
    reprinted = whole.asked(lambda e, _: articles[e.id] > 1 and borne[e.id].reprints == articles[e.id] - 1)
    assert events_of(archive, LineQuestion(only_reprints=True)) == reprinted


def test_lines_are_the_same_however_they_are_looked_for(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    parties = {one for line in archive.lines(LineQuestion(), limit=ALL).items for one in (*line.actors, line.place)}
    outlets = tuple(one.value for one in archive.facets(LineQuestion(), "outlet").values)
    questions = [LineQuestion(entities=(one,)) for one in sorted(filter(None, parties))]
    questions += [LineQuestion(outlets=outlets[:2], min_origins=2), LineQuestion(outlets=outlets, revised=True)]
    before = [events_of(archive, question) for question in questions]
    monkeypatch.setattr(asking, "MANY", 0)
    archive._kept = Kept()
    assert [events_of(archive, question) for question in questions] == before
    assert any(before)


def test_lines_that_are_not_counted(archive: SqlArchive, whole: Whole) -> None:
    some = archive.lines(LineQuestion(), limit=2, counted=False)
    assert (len(some.items), some.total, some.more) == (2, 2, True)
    rest = archive.lines(LineQuestion(), offset=2, limit=ALL, counted=False)
    assert (rest.total, rest.more) == (len(whole.lines), False)
