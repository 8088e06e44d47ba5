"""Every kind of damage by hand is found, and named by its code."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.databases import POSTGRESQL, SQLITE, Raw, current, open_archive, raw
from tests.store.fakes import FakePipeline, capture_of, clock, unpacked

from quellenlage.execution import build
from quellenlage.model import Verdict, make_judgement

TEXTS = (
    "Gipfel in Bern\nMinister @Adam und @Berta beim TREFFEN mit #12 Gästen.\n@Adam sagt: Alles war gut.",
    "Noch einmal Bern\n@Adam und @Berta hatten ein TREFFEN, #15 kamen.",
    "KAPUTT",
)


@pytest.fixture
def location(tmp_path: Path) -> str:
    path = str(tmp_path / "a.db")
    archive = open_archive(path, create=True)
    for text in TEXTS:
        archive.add_capture(capture_of(text))
    for number in range(3):
        archive.add_judgement(
            make_judgement(Verdict.CONFIRM, f"clm-{number}", made_at=f"2026-01-0{number + 1}", author="a")
        )
    build(archive, clock=clock, pipeline=FakePipeline())
    assert archive.verify() == []
    archive.close()
    return path


def edited(location: str, change: Callable[[Raw], object]) -> set[str]:
    connection = raw(location)
    change(connection)
    assert connection.total_changes > 0
    connection.commit()
    connection.close()
    archive = open_archive(location)
    problems = archive.verify()
    archive.close()
    assert all(p.subject and p.detail for p in problems)
    return {p.code for p in problems}


_NO_INDEX = "UPDATE sentence_search SET words = words + 1"
DAMAGE: dict[str, tuple[str | dict[str, str], set[str]]] = {
    "evidence words": ("UPDATE evidence SET exact = replace(exact, 'gut', 'arg')", {"evidence-words"}),
    "evidence place": ("UPDATE evidence SET start = start + 1 WHERE owner_kind = 'claim'", {"evidence-words"}),
    "evidence digest": ("UPDATE evidence SET text_sha256 = 'x' WHERE id = 1", {"evidence-digest"}),
    "evidence context": ("UPDATE evidence SET prefix = 'nie' WHERE owner_kind = 'claim'", {"evidence-context"}),
    "evidence lost": ("DELETE FROM evidence WHERE owner_kind = 'claim'", {"evidence-missing"}),
    "linked evidence lost": ("DELETE FROM evidence WHERE owner_kind = 'entity'", {"linked-rows"}),
    "evidence of nobody": (
        'INSERT INTO evidence (owner_kind, owner, article, text_sha256, start, "end", exact, prefix, suffix) '
        "SELECT owner_kind, 'clm-x', article, text_sha256, start, \"end\", exact, prefix, suffix FROM evidence "
        "WHERE owner_kind = 'claim'",
        {"evidence-without-owner"},
    ),
    "capture lost": ("DELETE FROM captures WHERE sequence = 1", {"reference"}),
    "article lost": ("DELETE FROM articles WHERE rowid = 1", {"reference"}),
    "entity lost": ("DELETE FROM entities WHERE position = 0", {"reference"}),
    "event lost": ("DELETE FROM events", {"reference"}),
    "origin lost": ("DELETE FROM origins WHERE position = 1", {"reference"}),
    "story lost": ("DELETE FROM stories", {"reference"}),
    "member lost": ("DELETE FROM entity_members WHERE rowid = 1", {"linked-rows"}),
    "member of nothing": ("UPDATE local_entities SET local = 'e99' WHERE local = 'e1'", {"reference", "layer"}),
    "claim lost": ("DELETE FROM claims", {"layer"}),
    "claim key": ("UPDATE claims SET key = 'clm-0'", {"layer"}),
    "mention lost": ("DELETE FROM event_mentions", {"layer", "reference"}),
    "sentence lost": ("DELETE FROM sentences WHERE id = 2", {"layer", "search-index"}),
    "sentence words": ("UPDATE sentences SET folded = 'anders' WHERE id = 2", {"layer", "search-index"}),
    "index lost": ({SQLITE: "DELETE FROM sentence_search_data WHERE id > 10", POSTGRESQL: _NO_INDEX}, {"search-index"}),
    "column": ("UPDATE articles SET headline = 'Anders' WHERE rowid = 1", {"article-column"}),
    "entity column": ("UPDATE entities SET name = 'Anders' WHERE position = 0", {"linked-rows"}),
    "payload": ("UPDATE entities SET payload = '{' WHERE position = 0", {"payload-damaged"}),
    "payload invariant": (
        {
            SQLITE: "UPDATE events SET payload = json_set(payload, '$.accounts', json('[]'))",
            POSTGRESQL: "UPDATE events SET payload = payload::jsonb || '{\"accounts\": []}'",
        },
        {"payload-damaged"},
    ),
    "payload words": (
        "UPDATE chronicle SET payload = replace(payload, 'Gästen', 'Gaesten')",
        {"payload-damaged"},
    ),
    "alias": ("UPDATE aliases SET target = 'ent-0'", {"alias"}),
    "alias of itself": ("INSERT INTO aliases SELECT id, id, 'history' FROM entities", {"alias"}),
    "source": ("UPDATE captures SET content_sha256 = text_sha256 || '' || 'x' WHERE sequence = 1", {"capture-id"}),
    "address": ("UPDATE captures SET url = 'https://example.org' WHERE sequence = 1", {"capture-id", "capture-url"}),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found(location: str, name: str) -> None:
    damage, expected = DAMAGE[name]
    statement = damage if isinstance(damage, str) else damage[current().kind]
    assert expected <= edited(location, lambda c: c.execute(statement))


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("captures", "content", "capture-bytes"),
        ("captures", "text", "capture-damaged"),
        ("articles", "document", "document-damaged"),
    ],
)
def test_changed_contents_are_found(location: str, table: str, column: str, expected: str) -> None:
    def change(connection: Raw) -> None:
        packed = connection.execute(f"SELECT {column} FROM {table} ORDER BY rowid LIMIT 1").fetchone()[0]  # noqa: S608
        other = zlib.compress(unpacked(packed).replace(b"Bern", b"Rom!").replace(b'"start":0', b'"start":99'))
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT min(rowid) FROM {table})",  # noqa: S608
            (other,),
        )

    assert expected in edited(location, change)


def test_bits_that_flipped_are_found(location: str) -> None:
    codes = edited(location, lambda c: c.execute("UPDATE articles SET document = zeroblob(20) WHERE rowid = 1"))
    assert "document-damaged" in codes
    codes = edited(location, lambda c: c.execute("UPDATE captures SET content = x'00' WHERE sequence = 1"))
    assert "capture-damaged" in codes


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judgements SET subject = 'clm-9' WHERE sequence = 2",
        "UPDATE judgements SET note = 'anders' WHERE sequence = 2",
        "UPDATE judgements SET verdict = 'vielleicht' WHERE sequence = 2",
        "DELETE FROM judgements WHERE sequence = 2",
        "DELETE FROM judgements WHERE sequence = 1",
    ],
)
def test_judgements_that_somebody_touched(location: str, statement: str) -> None:
    def change(connection: Raw) -> None:
        for trigger in ("judgements_no_update", "judgements_no_delete"):
            if current().kind == SQLITE:  # where all triggers sleep on a raw connection
                connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)

    assert "judgement" in edited(location, change)
