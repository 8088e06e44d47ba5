"""The tables of lists after everything that changes an archive, and what becomes of them in an old or damaged one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.databases import Raw, open_archive, raw
from tests.store.fakes import FakePipeline, Overrides, capture_of
from tests.store.test_listing import check_claims
from tests.views import views_story

from quellenlage.execution import Around, build, forget_article, forget_person, forget_texts
from quellenlage.model import Verdict, make_judgement
from quellenlage.model.listing import (
    NAMED,
    ArticleQuestion,
    ClaimQuestion,
    ConflictQuestion,
    EntityQuestion,
    LineQuestion,
)
from quellenlage.store import SqlArchive
from quellenlage.store.listing import tables
from quellenlage.store.schema import HEAD

TEXTS = (
    "Gipfel\n@Adam und @Berta beim TREFFEN mit #3 Gästen.\n@Adam sagt: @Berta kam zum TREFFEN.",
    "Gipfel zwei\n@Adam und @Berta beim TREFFEN mit #4 Gästen.\n@Dora sagt: Es regnet.",
    "Hafen\n@Dora und @Emil beim TREFFEN mit #7 Gästen.",
)
_TIMES = count()


def clock() -> str:
    return f"2026-01-01T00:00:00.{next(_TIMES):06d}Z"


def built(archive: SqlArchive, version: str = "1") -> None:
    build(archive, clock=clock, pipeline=FakePipeline(version), around=Around(least=1, most=1000))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for text in TEXTS:
        made.add_capture(capture_of(text))
    built(made)
    yield made
    made.close()


def rows_of(connection: Raw, table: str) -> list[tuple[object, ...]]:
    return list(connection.execute(f'SELECT * FROM "{table}"').fetchall())  # noqa: S608 - our own names


def sound(archive: SqlArchive) -> None:
    """What lists say follows from what the archive holds."""
    assert archive.verify() == []
    check_claims(archive)
    linked = archive.linked()
    assert {card.id for card in archive.entities(EntityQuestion(), limit=1000).items} == {e.id for e in linked.entities}
    listed = archive.lines(LineQuestion(), limit=1000).items
    assert [line.event for line in sorted(listed, key=lambda line: line.position or 0)] == [
        e.event for e in linked.chronicle
    ]
    found = archive.conflicts(ConflictQuestion(), limit=1000)
    assert {card.id for card in found.items} == {c.id for c in linked.conflicts}
    assert archive.articles(ArticleQuestion()).total == sum(1 for _ in archive.documents())


def test_lists_follow_new_articles_linked_around_and_as_a_whole(archive: SqlArchive) -> None:
    sound(archive)
    before = archive.lines(LineQuestion()).total
    archive.add_capture(
        capture_of("Neu\n@Adam und @Berta beim TREFFEN mit #9 Gästen.\n@Frieda und @Emil beim TREFFEN.")
    )
    built(archive)
    assert archive.provisional()
    assert archive.lines(LineQuestion()).total == before + 1
    assert archive.entities(EntityQuestion("frieda")).total == 1
    sound(archive)
    built(archive, "2")
    sound(archive)


def test_lists_follow_what_is_forgotten(archive: SqlArchive) -> None:
    first = next(archive.documents()).article.id
    forget_article(archive, first, clock=clock)
    assert first not in {card.article for card in archive.articles(ArticleQuestion()).items}
    sound(archive)
    built(archive)
    sound(archive)
    forget_texts(archive, before=None, clock=clock)
    assert archive.verify() == []
    assert archive.lines(LineQuestion()).total == len(archive.linked().chronicle) > 0


def test_a_forgotten_name_is_in_no_table(archive: SqlArchive, tmp_path: Path) -> None:
    entity = next(e for e in archive.linked().entities if e.name == "Dora")
    archive.add_judgement(
        make_judgement(
            Verdict.CORRECT,
            archive.claims(ClaimQuestion()).items[0].key,
            field="speaker",
            value="Dora",
            made_at="2026-01-02T00:00:00Z",
            author="a",
        )
    )
    sound(archive)
    forget_person(archive, entity.id, clock=clock)
    sound(archive)
    assert archive.entities(EntityQuestion("dora")).total == 0
    connection = raw(tmp_path / "a.db")
    for table in tables.TABLES:
        rows = rows_of(connection, table.name)
        if table is tables.entity_cards:  # what is quoted of articles keeps the words around
            rows = [row[:-1] for row in rows]
        assert not [row for row in rows if any("dora" in str(value).lower() for value in row)], table.name
    connection.close()


def test_another_outlet_is_counted_at_once(archive: SqlArchive) -> None:
    capture = next(archive.captures())
    document = FakePipeline().analyse(capture, Overrides(outlet="Morgenblatt"))
    archive.put_document(document, "again")
    sound(archive)
    assert archive.lines(LineQuestion(outlets=("Morgenblatt",))).total > 0
    assert {edge.outlet for edge in archive.resting()} == {"Morgenblatt", None}
    archive.put_document(FakePipeline().analyse(capture, Overrides()), "once more")
    assert archive.lines(LineQuestion(outlets=("Morgenblatt",))).total == 0
    sound(archive)


def test_merging_and_undoing(archive: SqlArchive) -> None:
    one, other = (e.id for e in archive.linked().entities if e.name in {"Adam", "Emil"})
    merged = make_judgement(Verdict.SAME, one, other=other, made_at="2026-01-03T00:00:00Z", author="a")
    archive.add_judgement(merged)
    built(archive)
    assert archive.entities(EntityQuestion("emil")).items == archive.entities(EntityQuestion("adam")).items
    sound(archive)
    archive.add_judgement(make_judgement(Verdict.UNDO, merged.id, made_at="2026-01-04T00:00:00Z", author="a"))
    built(archive)
    assert archive.entities(EntityQuestion("emil")).items != archive.entities(EntityQuestion("adam")).items
    sound(archive)


def test_an_archive_of_an_earlier_version_gets_its_lists(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    made = views_story.make_archive(path)
    made.close()
    connection = raw(path)
    rows = {t.name: rows_of(connection, t.name) for t in tables.TABLES}
    connection.execute("UPDATE alembic_version SET version_num = '0009'")
    connection.execute("DELETE FROM meta WHERE name = 'listing'")
    for table in tables.TABLES:
        connection.execute(f'DROP TABLE "{table.name}"')
    connection.execute("DROP INDEX event_mentions_trigger")
    for layer, column in (
        ("event_mentions", "trigger_start"),
        ("event_mentions", "trigger_end"),
        ("local_entities", "forms"),
    ):
        connection.execute(f"ALTER TABLE {layer} DROP COLUMN {column}")
    connection.commit()
    connection.close()

    archive = open_archive(str(path))
    assert archive.verify() == []
    assert archive.complete_lists()
    assert not archive.complete_lists()
    sound(archive)
    archive.close()
    assert not open_archive(str(path)).complete_lists()
    connection = raw(path)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    for table in tables.TABLES:
        again = rows_of(connection, table.name)
        assert sorted(map(repr, again)) == sorted(map(repr, rows[table.name])), table.name
    connection.close()


def test_lists_in_their_first_form_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    made = views_story.make_archive(path)
    made.close()
    connection = raw(path)
    rows = {t.name: rows_of(connection, t.name) for t in tables.TABLES}
    connection.execute("UPDATE alembic_version SET version_num = '0010'")
    for table in tables.COUNTS:
        connection.execute(f'DROP TABLE "{table.name}"')
    connection.execute("DROP TABLE event_parties")
    connection.execute(
        "CREATE TABLE event_parties (entity TEXT, role TEXT, event TEXT REFERENCES events (id), "
        "PRIMARY KEY (entity, role, event)) WITHOUT ROWID"
    )
    connection.execute("INSERT INTO event_parties SELECT 'ent-1', 'actor', id FROM events")
    connection.commit()
    connection.close()
    archive = open_archive(str(path))
    assert archive.complete_lists()
    sound(archive)
    archive.close()
    connection = raw(path)
    for table in tables.TABLES:
        again = rows_of(connection, table.name)
        assert sorted(map(repr, again)) == sorted(map(repr, rows[table.name])), table.name
    connection.close()


def test_a_link_fills_what_an_earlier_version_left_out(archive: SqlArchive, tmp_path: Path) -> None:
    connection = raw(tmp_path / "a.db")
    connection.execute("DELETE FROM meta WHERE name = 'listing'")
    for table in (*tables.COUNTS, tables.claim_voices, *tables.OF_ARTICLE, *tables.OF_LINK):
        connection.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - our own names
    connection.commit()
    connection.close()
    archive.put_linked(archive.linked(), "again")
    other = open_archive(str(tmp_path / "a.db"))
    assert not other.complete_lists()
    sound(other)
    other.close()


DAMAGE = {
    "citations": "UPDATE citations SET headline = 'Anders'",
    "claim_cards": "UPDATE claim_cards SET polarity = 'denied'",
    "hidden claim": "UPDATE claim_cards SET hidden = 1 WHERE number = (SELECT min(number) FROM claim_cards)",
    "claim_links": "UPDATE claim_links SET link = 5",
    "claim_voices": "UPDATE claim_voices SET role = 'told' WHERE role = 'speaker'",
    "judged": "INSERT INTO judged VALUES ('clm-0', 1, NULL)",
    "event_cards": "UPDATE event_cards SET day = day + 1",
    "event_parties": "DELETE FROM event_parties WHERE actor = 1",
    "event_stories": "DELETE FROM event_stories",
    "days beside": "UPDATE event_sources SET last = last + 1",
    "line_months": "UPDATE line_months SET month = month + 1",
    "line_days": "INSERT INTO line_days SELECT * FROM line_days LIMIT 1",
    "claim_kinds": "DELETE FROM claim_kinds",
    "entity_kinds": "UPDATE entity_kinds SET count = count + 1",
    "event_sources": "DELETE FROM event_sources",
    "conflict_cards": "UPDATE conflict_cards SET grade = 1",
    "entity_cards": "UPDATE entity_cards SET articles = articles + 1",
    "events of entities": "UPDATE entity_cards SET events = events + 1",
    "entity_words": "UPDATE entity_words SET word = word || 'x'",
    "entity_names": "DELETE FROM entity_names",
    "origin_cards": "UPDATE origin_cards SET relayed = 7",
    "origin_articles": "DELETE FROM origin_articles",
    "resting": "UPDATE resting SET articles = articles + 1",
    "story_cards": "UPDATE story_cards SET title = 'Anders'",
    "story_articles": "DELETE FROM story_articles",
    "triggers": "UPDATE event_mentions SET trigger_start = 0",
    "forms": "UPDATE local_entities SET forms = NULL",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_changed_row_is_found(archive: SqlArchive, tmp_path: Path, name: str) -> None:
    connection = raw(tmp_path / "a.db")
    connection.execute(DAMAGE[name])
    assert connection.total_changes > 0
    connection.commit()
    connection.close()
    assert {problem.code for problem in archive.verify()} == {"list-rows"}


def test_a_voice_that_is_no_entity_goes_by_its_name(archive: SqlArchive) -> None:
    key = archive.claims(ClaimQuestion()).items[0].key
    said = make_judgement(
        Verdict.CORRECT, key, field="speaker", value="Gerda Lang", made_at="2026-01-05T00:00:00Z", author="a"
    )
    archive.add_judgement(said)
    assert [c.key for c in archive.claims(ClaimQuestion(speakers=(f"{NAMED}gerda lang",))).items] == [key]
    archive.add_capture(capture_of("Spät\n@Gerda Lang- schweigt"))
    sound(archive)
