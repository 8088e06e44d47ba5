"""What people wrote of somebody whose data is deleted goes with it; their decisions stay, and the log stays sealed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.execution.linking import Linking, article
from tests.store.fakes import Overrides

from quellenlage.execution import Decision, build, claims, forget_person, judge, undo
from quellenlage.model import (
    FORGOTTEN,
    Capture,
    Document,
    EntityKind,
    Judgement,
    Linked,
    LocalEntity,
    Verdict,
    in_force,
)
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.exports.jsonl import records
from quellenlage.views.exports.restore import restored_digests
from quellenlage.views.records import encoded

TEXTS = ("[Karla Weber] kam.", "[Anna Lohberger] kam.\n[Anna Lohberger] sagt: Alles ist gut.", "[Eva Klar] schwieg.")
_moments = count()


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}Z"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for number, text in enumerate(TEXTS, 1):
        made.add_capture(article(number, text))
    build(made, clock=clock, pipeline=Linking())
    yield made
    made.close()


def decide(archive: SqlArchive, subject: str, field: str, value: str, note: str = "") -> Judgement:
    told = Decision(Verdict.CORRECT, subject, field=field, value=value, note=note)
    [made] = judge(archive, told, author="r", made_at=clock())
    return made


def rebuilt(archive: SqlArchive) -> Linked:
    build(archive, clock=clock, pipeline=Linking())
    return archive.linked()


def forget(archive: SqlArchive, name: str) -> None:
    forget_person(archive, name, clock=clock, pipeline=Linking())
    assert archive.verify() == []


def raw(archive: SqlArchive) -> bytes:
    path = Path(archive.location)
    return b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))


def test_name_and_note_leave_log_and_file(archive: SqlArchive) -> None:
    first = decide(archive, "Karla Weber", "name", "Karla Zwetschge", "Schwester von Quitte")
    other = decide(archive, "Eva Klar", "name", "Eva Maria Klar", "wie im Impressum")
    undo(archive, first.id, author="r", made_at=clock(), note="doch Holunder")
    decide(archive, "Karla Weber", "name", "Karla Sophie Weber", "nach Karla Webers Brief")
    rebuilt(archive)
    assert all(word in raw(archive) for word in (b"Zwetschge", b"Quitte", b"Holunder", b"Karla Sophie"))
    before = [j.id for j in in_force(archive.judgements())]
    forget(archive, "Karla Sophie Weber")
    log = archive.judgements()
    assert [(j.value, j.note) for j in log] == [
        (FORGOTTEN, FORGOTTEN),
        (other.value, other.note),
        (None, FORGOTTEN),
        (FORGOTTEN, FORGOTTEN),
    ]
    assert [j.id for j in in_force(log)] == before
    assert [w for w in (b"Zwetschge", b"Quitte", b"Holunder", b"Karla Sophie", b"Brief") if w in raw(archive)] == []
    assert [e.name for e in rebuilt(archive).entities] == ["Anna Lohberger", "Eva Maria Klar"]
    assert archive.verify() == []


def test_the_log_is_protected_again_and_a_change_shows(archive: SqlArchive) -> None:
    decide(archive, "Karla Weber", "name", "Karla Zwetschge")
    decide(archive, "Eva Klar", "name", "Eva Maria Klar", "gut")
    rebuilt(archive)
    forget(archive, "Karla Zwetschge")
    connection = sqlite3.connect(archive.location)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        connection.execute("UPDATE judgements SET note = 'x'")
    connection.execute("DROP TRIGGER judgements_no_update")
    connection.execute("UPDATE judgements SET note = 'x' WHERE note = 'gut'")
    connection.commit()
    connection.close()
    assert [p.code for p in archive.verify()] == ["judgement"]


def test_blanking_hides_no_change_that_was_made_before(archive: SqlArchive) -> None:
    decide(archive, "Eva Klar", "name", "Eva Maria Klar", "gut")
    decide(archive, "Karla Weber", "name", "Karla Zwetschge")
    rebuilt(archive)
    connection = sqlite3.connect(archive.location)
    connection.execute("DROP TRIGGER judgements_no_update")
    connection.execute("UPDATE judgements SET note = 'x' WHERE note = 'gut'")
    connection.execute(
        "CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    connection.commit()
    connection.close()
    found = [p.code for p in archive.verify()]
    assert found
    forget_person(archive, "Karla Zwetschge", clock=clock, pipeline=Linking())
    assert "judgement" in [p.code for p in archive.verify()]


def test_words_of_a_forgotten_speaker_are_nobodys(archive: SqlArchive) -> None:
    [row] = claims(archive)
    decide(archive, row.key, "speaker", "Karla Weber")
    rebuilt(archive)
    assert [[name for link in row.chain for _, name in link] for row in claims(archive)] == [["Karla Weber"]]
    forget(archive, "Karla Weber")
    assert [row.chain for row in claims(archive)] == [((),)]
    assert [s.speakers for s in archive.linked().statements] == [()]


def test_a_forgotten_name_comes_back_neither_by_hand_nor_with_an_older_log(archive: SqlArchive) -> None:
    decide(archive, "Karla Weber", "name", "Karla Zwetschge", "n")
    old = archive.judgements()
    rebuilt(archive)
    forget(archive, "Karla Zwetschge")
    archive.add_judgement(old[0])
    decide(archive, "Eva Klar", "name", "Karla Zwetschge")
    assert {j.value for j in archive.judgements()} == {FORGOTTEN}
    assert archive.verify() == []


def test_a_full_export_keeps_the_deleted_deleted(archive: SqlArchive, tmp_path: Path) -> None:
    forget(archive, "Karla Weber")
    path = tmp_path / "all.jsonl"
    path.write_bytes(b"".join(encoded(r) + b"\n" for r in records(archive, full_text=True)))
    assert set(restored_digests(path)) == archive.suppressed() != frozenset()
    assert [r for r in records(archive) if r["record"] == "suppressed"] == []
    with path.open("ab") as file:
        file.write(b'{"record":"suppressed","digest":"x"}\n{"record":"suppressed","digest":3}\n')
    again = open_archive(str(tmp_path / "b.db"), create=True)
    for number, text in enumerate(TEXTS, 1):
        again.add_capture(article(number, text))
    assert "Karla Weber" in {e.name for e in rebuilt(again).entities}
    again.suppress_digests(restored_digests(path))
    assert "Karla Weber" not in {e.name for e in again.linked().entities}
    assert "Karla Weber" not in {e.name for e in rebuilt(again).entities}
    assert again.suppressed() == archive.suppressed()
    assert again.verify() == []
    again.close()


class Kinds(Linking):
    """Everything named is of another kind than a person."""

    def __init__(self, kind: EntityKind) -> None:
        super().__init__()
        self._kind = kind

    def analyse(self, capture: Capture, overrides: Overrides) -> Document:
        from dataclasses import replace

        document = super().analyse(capture, overrides)
        entities = tuple(LocalEntity(e.id, self._kind, e.name, e.roles) for e in document.entities)
        mentions = tuple(replace(m, kind=self._kind) for m in document.mentions)
        return replace(document, entities=entities, mentions=mentions)


@pytest.mark.parametrize("kind", [EntityKind.GRP, EntityKind.ORG])
def test_a_group_or_what_people_made_one_stays_deleted(tmp_path: Path, kind: EntityKind) -> None:
    made, pipeline = open_archive(str(tmp_path / "g.db"), create=True), Kinds(kind)
    for number, text in enumerate(("[Kurden] kamen.", "[Sorben] kamen."), 1):
        made.add_capture(article(number, text))
    build(made, clock=clock, pipeline=pipeline)
    if kind is EntityKind.ORG:
        decide(made, "Kurden", "kind", "GRP")
        build(made, clock=clock, pipeline=pipeline)
    forget_person(made, "Kurden", clock=clock, pipeline=pipeline)
    assert [e.name for e in made.linked().entities] == ["Sorben"]
    made.close()
