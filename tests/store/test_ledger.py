"""The log of deletions and reservations: append-only, sealed, and blank where a deleted name stood in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.databases import SQLITE, edited, open_archive
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.errors import FetchRefused, Phrase, Reserved
from quellenlage.execution import add, build, forget_article, forget_person
from quellenlage.execution.audit import note_reservation, said_of
from quellenlage.intake import IntakeOptions
from quellenlage.model import FORGOTTEN
from quellenlage.model.ledger import Deed, LogEntry
from quellenlage.names.keys import last_names
from quellenlage.store import SqlArchive

DAY = "2026-03-01T10:00:00+00:00"
RESERVED = LogEntry("reservation", "robots", "https://zeitung.example/anton-adler-verhaftet", DAY, detail={"n": 1})


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    yield made
    made.close()


def test_a_reservation_is_logged_once_a_day(archive: SqlArchive) -> None:
    assert archive.log_reservation(RESERVED)
    assert not archive.log_reservation(replace(RESERVED, at="2026-03-01T23:00:00+00:00"))
    assert archive.log_reservation(replace(RESERVED, what="tdm-file"))
    assert archive.log_reservation(replace(RESERVED, at="2026-03-02T01:00:00+00:00"))
    assert [entry.at[:10] for entry in archive.log("reservation")] == ["2026-03-01", "2026-03-01", "2026-03-02"]
    assert archive.log("deletion") == []
    assert archive.verify() == []


def test_what_a_site_reserves_is_logged_while_adding(archive: SqlArchive) -> None:
    said = Phrase("robots.txt of {host} disallows it", host="zeitung.example")
    refused = Reserved("https://zeitung.example/a", said)
    refused.sign = "robots"
    other = FetchRefused("https://zeitung.example/b", "no answer in time ({reason})", reason="x")
    add(archive, ["x"], IntakeOptions(DAY), reader=lambda _sources, _options: iter([refused, other]))
    (entry,) = archive.log()
    assert (entry.kind, entry.what, entry.subject, entry.at) == ("reservation", "robots", refused.source, DAY)
    told = said_of(entry)
    assert told is not None
    assert (told.template, str(told)) == (said.template, "robots.txt of zeitung.example disallows it")
    assert not note_reservation(archive, refused, DAY)


def test_deletions_are_logged_by_identifier_with_who_and_why(archive: SqlArchive) -> None:
    capture = capture_of("Gipfel in Bern\n@Anton kam zum TREFFEN.\n", source="a.txt")
    archive.add_capture(capture)
    build(archive, clock=clock, pipeline=FakePipeline())
    article = archive.document("a.txt").article.id
    deed = Deed(DAY, "Ada", "Widerruf")
    forget_article(archive, "a.txt", clock=clock, deed=deed, pipeline=FakePipeline())
    (entry,) = archive.log()
    assert (entry.kind, entry.what, entry.subject) == ("deletion", "article", article)
    assert (entry.at, entry.author, entry.reason, entry.detail["capture"]) == (DAY, "Ada", "Widerruf", capture.id)
    assert "Anton" not in repr(entry)
    assert "a.txt" not in repr(entry)


@pytest.mark.database(SQLITE)
@pytest.mark.parametrize("change", ["UPDATE ledger SET reason = 'anders'", "DELETE FROM ledger"])
def test_the_database_refuses_to_change_the_log(archive: SqlArchive, change: str) -> None:
    import sqlite3

    archive.log_reservation(RESERVED)
    with sqlite3.connect(archive.location) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(change)
    connection.close()


@pytest.mark.database(SQLITE)
@pytest.mark.parametrize(
    "change", ["UPDATE ledger SET reason = 'anders' WHERE sequence = 1", "DELETE FROM ledger WHERE sequence = 2"]
)
def test_verify_finds_a_changed_log(archive: SqlArchive, change: str) -> None:
    for day in ("01", "02", "03"):
        archive.log_reservation(replace(RESERVED, at=f"2026-03-{day}T10:00:00+00:00"))
    archive.close()
    with edited(archive.location) as connection:
        for verb in ("update", "delete"):
            connection.execute(f"DROP TRIGGER ledger_no_{verb}")
        connection.execute(change)
    assert {problem.code for problem in archive.verify()} == {"log"}


def test_a_deleted_name_leaves_addresses_and_reasons(archive: SqlArchive) -> None:
    archive.log_reservation(RESERVED)
    archive.log_reservation(replace(RESERVED, subject="https://zeitung.example/bertas-fest"))
    archive.suppress(["anton adler"], deed=Deed(DAY, "Ada", "Antrag von Anton Adler"))
    first, second, third = archive.log()
    assert (first.subject, dict(first.detail)) == (FORGOTTEN, {})
    assert second.subject.endswith("bertas-fest")
    assert (third.what, third.reason, third.detail["names"]) == ("person", FORGOTTEN, 1)
    assert archive.verify() == []


@pytest.mark.parametrize(
    ("reason", "blank"),
    [
        ("Antrag von Müller", True),
        ("wegen Frau MUELLERS Brief", True),
        ("Mullers Anwalt schrieb", True),
        ("im Fall Müller-Akte", True),
        ("Müllerei in Halvik", False),
        ("Antrag von Max Maier", False),
    ],
)
def test_a_surname_alone_leaves_reasons_and_addresses_before_and_after(
    archive: SqlArchive, reason: str, blank: bool
) -> None:
    address = "https://zeitung.example/m%C3%BCller-tritt-ab"
    archive.log_reservation(replace(RESERVED, subject=address))
    archive.suppress(["otto abend"], deed=Deed(DAY, "Berta Müller", reason))
    archive.suppress(["anna mueller"], surnames=last_names("Anna Müller"))
    archive.suppress(["otto morgen"], deed=Deed(DAY, "Anna Müller", reason))
    reserved, before, after = archive.log()
    told = FORGOTTEN if blank else reason
    assert (reserved.subject, before.reason, after.reason) == (FORGOTTEN, told, told)
    assert (before.author, after.author) == ("Berta Müller", FORGOTTEN)
    assert archive.log_reservation(replace(RESERVED, subject=address)) is False
    assert archive.verify() == []


def test_namesakes_of_a_forgotten_surname_keep_their_records(archive: SqlArchive) -> None:
    archive.suppress(["anna mueller"], surnames=last_names("Anna Müller"))
    archive.add_capture(capture_of("Gipfel in Bern\n@Müller kam zum TREFFEN.\n", source="a.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    assert [e.name for e in archive.linked().entities] == ["Müller"]


def test_a_person_is_logged_without_a_name(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("Gipfel in Bern\n@Anton kam zum TREFFEN.\n", source="a.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    entity = next(e.id for e in archive.linked().entities if e.name == "Anton")
    forget_person(archive, "Anton", clock=clock, deed=Deed(DAY, "Ada"), pipeline=FakePipeline())
    (entry,) = archive.log()
    assert entry.detail["entities"] == [entity]
    assert "nton" not in repr(entry)
