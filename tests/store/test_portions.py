from __future__ import annotations

from pathlib import Path

import pytest
from tests.databases import open_archive
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.execution import build
from quellenlage.model import Linked
from quellenlage.store import SqlArchive
from quellenlage.store.aliases import heirs, remember
from quellenlage.views.holdings import Holdings, read_chosen, read_holdings, read_news, read_stories
from quellenlage.views.records import encoded, entry_record

TEXTS = (
    "Gipfel\n@Adam und @Berta beim TREFFEN mit #3 Gästen.",
    "Gipfel zwei\n@Adam und @Berta beim TREFFEN mit #4 Gästen.\n@Adam sagt: @Berta kam zum TREFFEN.",
    "Hafen\n@Dora und @Emil beim TREFFEN mit #7 Gästen.",
)


@pytest.fixture
def archive(tmp_path: Path) -> SqlArchive:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for text in TEXTS:
        made.add_capture(capture_of(text))
    build(made, clock=clock, pipeline=FakePipeline())
    return made


def lines(holdings: Holdings, story: str) -> list[bytes]:
    return [encoded(entry_record(e, holdings)) for e in holdings.linked.chronicle if e.story == story]


def test_the_lines_of_a_story_are_those_of_the_whole(archive: SqlArchive) -> None:
    whole = read_holdings(archive)
    assert whole.linked.chronicle
    for story in whole.linked.stories:
        part = read_stories(archive, [story.id])
        assert lines(part, story.id) == lines(whole, story.id)
        assert part.linked.stories == (story,)
        assert part.conflicts_of == {e: c for e, c in whole.conflicts_of.items() if e in part.events}


def test_a_story_is_found_by_identifier_beginning_and_words(archive: SqlArchive) -> None:
    story = archive.linked().stories[0]
    assert archive.stories_named(story.id) == [story.id]
    assert story.id in archive.stories_named("sty-")
    assert story.id in archive.stories_named(story.title.upper())
    assert archive.stories_named("nirgends") == archive.stories_named("") == []
    assert read_chosen(archive, "nirgends").linked == archive.linked()


def test_the_lines_of_an_entity_are_those_of_the_whole(archive: SqlArchive) -> None:
    whole = read_holdings(archive)
    named = next(e for e in whole.linked.entities if e.name == "Adam")
    part = read_chosen(archive, None, "adam")
    taken = {e.id for e in whole.linked.events if named.id in (*e.actors, *e.recipients, e.place)}
    assert taken
    assert {e.id for e in part.linked.events} < {e.id for e in whole.linked.events}
    assert archive.events_with([named.id]) == taken
    assert [encoded(entry_record(e, part)) for e in part.linked.chronicle if e.event in taken] == [
        encoded(entry_record(e, whole)) for e in whole.linked.chronicle if e.event in taken
    ]
    assert part.find_entities("adam") == whole.find_entities("adam")
    assert read_chosen(archive, None, "nirgends").linked == archive.linked()


def test_what_is_new_since_a_day_is_read_by_itself(archive: SqlArchive) -> None:
    captures = list(archive.captures())
    assert {d.article.capture for d in archive.documents()} == {c.id for c in captures}
    assert archive.captured_since(captures[0].captured_at[:10]) == {d.article.id for d in archive.documents()}
    assert archive.captured_since("9999-01-01") == frozenset()
    first = next(archive.documents()).article.id
    told = {e.id for e in archive.linked().events for a in e.accounts if a.member.article == first}
    assert archive.events_in([first]) == told
    assert read_news(archive, [first], []).events.keys() == told


def test_stories_alone_are_those_of_the_whole(archive: SqlArchive) -> None:
    assert tuple(archive.stories()) == archive.linked().stories


def test_identifiers_are_inherited_from_what_is_gone_alone(archive: SqlArchive) -> None:
    before = archive.linked()
    after = Linked(entities=before.entities[1:], events=before.events[1:], stories=before.stories[:-1])
    gone = archive.gone_from(after)
    assert gone.entities == before.entities[:1]
    assert heirs(gone, after) == heirs(before, after)
    assert remember(gone, after, {"x": before.events[-1].id}) == remember(before, after, {"x": before.events[-1].id})
