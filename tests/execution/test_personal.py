"""What an archive holds on a person: all of it told, and after the deletion nothing of it left but articles' words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.databases import contents, raw
from tests.execution.linking import Linking, filled

from quellenlage.errors import NotFound
from quellenlage.execution import Decision, build, forget_article, forget_person, judge
from quellenlage.execution.personal import personal
from quellenlage.execution.references import add_references
from quellenlage.model import Verdict
from quellenlage.model.ledger import Deed, LogEntry
from quellenlage.store import SqlArchive
from quellenlage.views.exports.person import Information
from quellenlage.views.locale import words_for

NAME = "Karla Weber-Zwetschge"
TEXTS = (
    f"[{NAME}] kam mit [Dmitri Peskow].\n[{NAME}] sagt: Alles ist gut.",
    f"Finanzminister [Max Lohberger] schrieb an [{NAME}].\n[Max Lohberger] sagt: Nichts ist gut.",
    "Kremlsprecher [Dmitri Peskow] schwieg.",
)
_moments = count()

WORDS = {
    "captures": {"source"},
    "articles": {"source", "headline"},
    "citations": {"headline", "source"},
    "sentences": {"folded"},
    "evidence": {"exact", "prefix", "suffix"},
    "local_entities": {"name", "forms"},
    "stories": {"payload"},
    "entities": {"payload"},
    "entity_cards": {"card"},
    "statements": {"payload"},
    "sentence_search": {"folded"},
    "sentence_search_data": {"block"},
}
"""Columns with words of the articles that are kept, which are deleted with these."""


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}Z"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = filled(tmp_path, TEXTS)
    listed = f"name;kind;aliases;office;id\n{NAME};PER;Carla Veber-Zwetschge;;1\nDmitri Peskow;PER;;Kremlsprecher;2\n"
    (tmp_path / "liste.csv").write_text(listed, encoding="utf-8")
    add_references(made, [tmp_path / "liste.csv"], clock=clock)
    build(made, clock=clock, pipeline=Linking())
    judge(made, Decision(Verdict.NOTE, NAME, note=f"{NAME} hat angerufen"), author="Ada", made_at=clock())
    judge(made, Decision(Verdict.NOTE, "Dmitri Peskow", note=f"kennt {NAME}"), author="Ada", made_at=clock())
    address = "https://zeitung.example/karla-weber-zwetschge-im-gespraech"
    made.log_reservation(LogEntry("reservation", "robots", address, clock()))
    yield made
    made.close()


def test_everything_on_a_person_is_told(archive: SqlArchive) -> None:
    found = personal(archive, NAME)
    assert [m.words.exact for m in found.mentions] == [NAME] * 3
    assert [m.sentence.exact for m in found.mentions][2] == f"Finanzminister [Max Lohberger] schrieb an [{NAME}]."
    assert (len(found.claims), len(found.statements), len(found.judgements)) == (1, 1, 2)
    assert len(found.references) == 1
    told = Information(archive, NAME)
    record = json.loads(json.dumps(told.record()))
    assert [one["note"] for one in record["judgements"]] == [f"{NAME} hat angerufen", f"kennt {NAME}"]
    assert record["entity"]["name"] == NAME
    assert "Carla Veber-Zwetschge" in record["references"][0]["entry"]["names"]
    assert [len(record[key]) for key in ("mentions", "claims", "statements", "references", "articles")] == [
        3,
        1,
        1,
        1,
        2,
    ]
    assert all(one["words"]["exact"] == NAME for one in record["mentions"])
    text = "\n".join(told.markdown(words_for("de")))
    assert "# Auskunft über Karla Weber-Zwetschge" in text
    assert "Alles ist gut" in text
    assert "hat angerufen" in text
    assert "Nichts ist gut" not in text


def test_who_is_nobody_is_said(archive: SqlArchive) -> None:
    with pytest.raises(NotFound):
        personal(archive, "Niemand Nirgends")


def cells(archive: SqlArchive, needles: tuple[bytes, ...]) -> set[tuple[str, str]]:
    """Tables and columns that hold one of these."""
    connection = raw(archive.location)
    tables = [t for (t,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    found = set()
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info('{table}')").fetchall()]
        for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():  # noqa: S608 - our own tables
            for column, value in zip(columns, row, strict=True):
                said = value if isinstance(value, bytes) else str(value).encode()
                if any(needle in said for needle in needles):
                    found.add((table, column))
    connection.close()
    return found


@pytest.mark.database("sqlite")
def test_no_file_of_the_archive_has_the_name_but_in_words_of_articles(archive: SqlArchive, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").unlink()
    needles = (b"Zwetschge", b"zwetschge", b"ZWETSCHGE")
    spelled = (*needles, b"Veber", b"veber")
    assert ("judgements", "note") in cells(archive, needles)
    deed = Deed(clock(), "Ada", f"Antrag von {NAME}")
    forget_person(archive, NAME, clock=clock, deed=deed, pipeline=Linking())
    assert archive.verify() == []
    left = cells(archive, spelled)
    assert {(table, column) for table, column in left if column not in WORDS.get(table, set())} == set()
    assert b"Veber" not in contents(archive.location)  # a spelling of the list alone
    for source in [d.article.source for d in archive.documents()][:2]:
        forget_article(archive, source, clock=clock, pipeline=Linking())
    archive.close()
    beside = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert beside
    assert [path.name for path in beside if any(needle in path.read_bytes() for needle in spelled)] == []
