"""A person whose data is deleted leaves doubts, lists, matches and exports; a namesake stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.execution.linking import Linking, article, filled

from quellenlage.execution import build, claims, forget_person
from quellenlage.execution.references import add_references
from quellenlage.link.entities.profile import companion_key
from quellenlage.model import Linked, to_json
from quellenlage.store import SqlArchive
from quellenlage.views.exports.ftm import entities as ftm
from quellenlage.views.exports.jsonl import records
from quellenlage.views.exports.part import part_of
from quellenlage.views.holdings import read_holdings
from quellenlage.views.locale import words_for

TEXTS = (
    "[Karla Weber] kam mit [Dmitri Peskow].\n[Karla Weber] sagt: Alles ist gut.",
    "Kremlsprecher [Dmitri Peskow] schwieg.",
    "Finanzminister [Max Weber] schrieb an [Anna Lohberger].\n[Max Weber] sagt: Nichts ist gut.",
    "Finanzminister [Weber] ging.",
    "[Bruno Weber-Holm] blieb.",
)
_moments = count()


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}Z"


def archive_of(path: Path, texts: Iterable[str], *rows: str) -> SqlArchive:
    made = filled(path, texts)
    if rows:
        (path / "liste.csv").write_text("\n".join(["name;kind;aliases;office;id", *rows]), encoding="utf-8")
        add_references(made, [path / "liste.csv"], clock=clock)
    build(made, clock=clock, pipeline=Linking())
    return made


ROWS = (
    "Weber, Karla;PER;;;1",
    "Karla Weber;PER;Carla Veber;Sprecherin;2",
    "Max Weber;PER;Weber;Finanzminister;3",
    "Dmitri Peskow;PER;;Kremlsprecher;4",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = archive_of(tmp_path, TEXTS, *ROWS)
    yield made
    made.close()


def forget(archive: SqlArchive, name: str) -> Linked:
    forget_person(archive, name, clock=clock, pipeline=Linking())
    assert archive.verify() == []
    return archive.linked()


def without_texts(archive: SqlArchive) -> str:
    """What the export says in its own words: articles keep theirs."""
    cited = {"exact", "prefix", "suffix", "sentence"}

    def own(value: object) -> object:
        if isinstance(value, dict):
            return {k: own(v) for k, v in value.items() if k not in cited}
        return [own(one) for one in value] if isinstance(value, list) else value

    return json.dumps([own(record) for record in records(archive)], ensure_ascii=False)


def test_names_of_a_forgotten_person_are_in_no_list(archive: SqlArchive) -> None:
    before = archive.linked()
    assert "Karla" in without_texts(archive)
    assert any("Karla" in match.name for match in before.references)
    linked = forget(archive, "Karla Weber")
    assert "Karla" not in without_texts(archive)
    holdings = read_holdings(archive, claims=True)
    assert "Karla" not in json.dumps(list(ftm(part_of(holdings), holdings, words_for("de"))), ensure_ascii=False)
    assert [match.name for match in linked.references if "Weber" in match.name] == ["Max Weber"]
    assert sorted(entry.name for entry in archive.list_entries("liste")) == ["Dmitri Peskow", "Max Weber"]
    assert archive.reference_lists()[0].entities == 2


def test_the_namesake_keeps_name_surname_entry_and_words(archive: SqlArchive) -> None:
    linked = forget(archive, "Karla Weber")
    max_weber = next(e for e in linked.entities if e.name == "Max Weber")
    assert "Bruno Weber-Holm" in {e.name for e in linked.entities}
    [match] = [m for m in linked.references if m.entity == max_weber.id]
    assert (match.name, match.accepted) == ("Max Weber", True)
    assert [row.chain for row in claims(archive)] == [((),), (((max_weber.id, "Max Weber"),),)]


def test_the_spelling_of_an_accepted_entry_does_not_bring_the_person_back(tmp_path: Path) -> None:
    texts = ("Kremlsprecher [Dmitri Peskow] schwieg.", "Außenminister [Sergej Lawrow] auch.")
    archive = archive_of(tmp_path, texts, "Dmitry Peskov;PER;;Kremlsprecher;1")
    assert [m.accepted for m in archive.linked().references] == [True]
    forget(archive, "Dmitri Peskow")
    archive.add_capture(article(9, "[Dmitry Peskov] sprach."))
    build(archive, clock=clock, pipeline=Linking())
    assert [e.name for e in archive.linked().entities] == ["Sergej Lawrow"]
    archive.close()


def test_a_bare_surname_goes_with_the_only_one_known_to_bear_it(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, ("[Karla Lohberger] kam mit [Eva Klar].", "Es kam [Lohberger]."))
    assert [set(d.reasons) & {"only-bearer"} for d in archive.linked().doubts] == [{"only-bearer"}]
    linked = forget(archive, "Karla Lohberger")
    assert [e.name for e in linked.entities] == ["Eva Klar"]
    assert linked.doubts == ()
    assert "ohberger" not in without_texts(archive)
    archive.close()


def test_a_bare_surname_that_several_bear_stays(tmp_path: Path) -> None:
    texts = ("[Karla Lohberger] kam.", "[Max Lohberger] kam.", "Es kam [Lohberger].")
    archive = archive_of(tmp_path, texts)
    linked = forget(archive, "Karla Lohberger")
    assert sorted(e.name for e in linked.entities) == ["Lohberger", "Max Lohberger"]
    assert "Karla" not in to_json(linked.doubts).decode()
    archive.close()


def test_lists_that_come_later_leave_the_person_out_in_either_order(archive: SqlArchive, tmp_path: Path) -> None:
    forget(archive, "Karla Weber")
    rows = [
        "name;kind;aliases",
        "Weber, Karla;PER;",
        "Karla Weber GmbH;ORG;",
        "Eva Klar;PER;Karla Weber",
        "Ole Weber;PER;Weber",
    ]
    (tmp_path / "neu.csv").write_text("\n".join(["name;kind;aliases", *rows]), encoding="utf-8")
    [report] = add_references(archive, [tmp_path / "neu.csv"], clock=clock)
    assert (report.kept, report.passed) == (2, {"suppressed": 2})
    assert sorted(e.name for e in archive.list_entries("neu")) == ["Karla Weber GmbH", "Ole Weber"]


def test_a_forgotten_person_is_no_longer_named_as_company(tmp_path: Path) -> None:
    texts = ("Kremlsprecher [Dmitri Peskow] kam mit [Karla Lohberger].", "[Peskow] kam mit [Karla Lohberger].")
    archive = archive_of(tmp_path, texts)
    [peskow] = [e for e in archive.linked().entities if e.name == "Dmitri Peskow"]
    key = f"companion:{companion_key('Karla Lohberger')}"
    assert any(reason.endswith(key) for reason in peskow.reasons)
    [left] = forget(archive, "Karla Lohberger").entities
    assert [reason for reason in left.reasons if key in reason] == []
    assert any(reason.endswith("; companion") for reason in left.reasons)
    archive.close()
