from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import edited, open_archive

from quellenlage.errors import NotFound
from quellenlage.model import EntityKind, Linked, Post, Reference, ReferenceList, reference_id
from quellenlage.store import SqlArchive

TABLES = ("reference_keys", "reference_entities", "reference_lists", "reference_matches", "revisions")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    yield made
    made.close()


def entry(name: str, listed: str = "liste") -> Reference:
    return Reference(reference_id(listed, name), listed, EntityKind.PER, name, (name,), posts=(Post("Amt"),))


def listing(name: str = "liste", digest: str = "d1") -> ReferenceList:
    return ReferenceList(name, "table", "a.csv", "CC0-1.0", digest, "k1", "2026-01-01T00:00:00Z")


def test_entries_are_found_by_their_keys_and_identifiers(archive: SqlArchive) -> None:
    one, other = entry("Eva Klar"), entry("Ole Fern")
    assert archive.put_references(listing(), [(one, ("a", "b")), (other, ("b", "c")), (one, ("z",))]) == 2
    assert set(archive.by_keys(["b"])) == {one, other}
    assert archive.by_keys(["a", "x"]) == [one]
    assert archive.by_keys(["z"]) == []
    assert archive.by_ids([other.id, "ref-none"]) == [other]
    assert sorted(e.name for e in archive.list_entries("liste")) == ["Eva Klar", "Ole Fern"]
    assert [(one.name, one.entities) for one in archive.reference_lists()] == [("liste", 2)]
    assert archive.identifiers(one.id[:12]) == [one.id]
    assert archive.verify() == []


def test_a_newer_list_replaces_the_old_one_and_no_other(archive: SqlArchive) -> None:
    archive.put_references(listing(), [(entry("Eva Klar"), ("a",))])
    archive.put_references(listing("andere"), [(entry("Eva Klar", "andere"), ("a",))])
    archive.put_references(listing(digest="d2"), [(entry("Ole Fern"), ("a",))])
    assert [(e.list, e.name) for e in archive.by_keys(["a"])] == [("andere", "Eva Klar"), ("liste", "Ole Fern")]
    assert archive.remove_references("liste") == 1
    assert [e.list for e in archive.by_keys(["a"])] == ["andere"]
    with pytest.raises(NotFound) as caught:
        archive.remove_references("liste")
    assert "andere" in caught.value.remedy


def test_an_error_while_reading_leaves_the_old_list(archive: SqlArchive) -> None:
    archive.put_references(listing(), [(entry("Eva Klar"), ("a",))])

    def breaking() -> Iterator[tuple[Reference, tuple[str, ...]]]:
        yield entry("Ole Fern"), ("a",)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        archive.put_references(listing(digest="d2"), breaking())
    assert [e.name for e in archive.by_keys(["a"])] == ["Eva Klar"]


def test_lists_outlast_a_new_link_and_make_it_due(archive: SqlArchive) -> None:
    archive.put_linked(Linked(), "f")
    archive.put_references(listing(), [(entry("Eva Klar"), ("a",))])
    assert archive.linked_fingerprint() is None
    archive.put_linked(Linked(), "f")
    assert [e.name for e in archive.by_keys(["a"])] == ["Eva Klar"]


def test_a_person_whose_data_is_deleted_leaves_the_lists(archive: SqlArchive) -> None:
    archive.put_references(listing(), [(entry("Eva Klar"), ("a",)), (entry("Ole Fern"), ("a",))])
    archive.suppress(["eva klar"])
    assert [e.name for e in archive.by_keys(["a"])] == ["Ole Fern"]
    assert archive.reference_lists()[0].entities == 1
    assert archive.verify() == []


def test_more_entries_than_are_asked_for_at_a_time(archive: SqlArchive) -> None:
    entries = [entry(f"Eva {chr(97 + n % 26)}{n}") for n in range(1203)]
    archive.put_references(listing(), [(e, (f"k{n}", "all")) for n, e in enumerate(entries)])
    assert len(list(archive.list_entries("liste"))) == len(archive.by_keys(["all"])) == 1203
    assert len(archive.by_keys([f"k{n}" for n in range(1203)])) == 1203


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE reference_entities SET payload = '{'", "payload-damaged"),
        ("UPDATE reference_entities SET name = 'x'", "payload-damaged"),
        ("UPDATE reference_lists SET entities = 7", "reference"),
        ("DELETE FROM reference_entities", "reference"),
    ],
)
def test_damage_is_found(tmp_path: Path, statement: str, code: str) -> None:
    made = open_archive(str(tmp_path / "b.db"), create=True)
    made.put_references(listing(), [(entry("Eva Klar"), ("a",))])
    made.close()
    with edited(tmp_path / "b.db") as connection:
        connection.execute(statement)
    again = open_archive(str(tmp_path / "b.db"))
    assert code in {problem.code for problem in again.verify()}
    again.close()


def test_an_archive_without_the_tables_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    open_archive(str(path), create=True).close()
    with edited(path) as connection:
        for table in TABLES:
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    again = open_archive(str(path))
    assert again.put_references(listing(), [(entry("Eva Klar"), ("a",))]) == 1
    assert again.verify() == []
    again.close()
