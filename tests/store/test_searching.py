from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.databases import Database, open_archive
from tests.store.fakes import Overrides, capture_of, document_of

from quellenlage.execution import fused
from quellenlage.model import ZoneKind, fold
from quellenlage.store import SqlArchive
from quellenlage.store.profile import Term
from quellenlage.store.searching import parse_query


@pytest.fixture(scope="module")
def archive(database: Database, tmp_path_factory: pytest.TempPathFactory) -> SqlArchive:
    archive = open_archive(str(tmp_path_factory.mktemp("search") / "a.db"), create=True)
    texts = (
        "Ärger an der Straße\nDie Müller-Brücke über den Groß Glienicker See ist gesperrt.\nMan misst neu.",
        "Zug hält nicht\nDer Zug fährt über die Brücke, sagte @Jörg. Über die Brücke fährt der Zug.",
        "Kein Thema\nHier steht nur ein Wort: Brückentag 🎉.",
    )
    for number, text in enumerate(texts):
        capture = capture_of(text, source=f"{number}.txt")
        archive.add_capture(capture)
        archive.put_document(document_of(capture, Overrides(dct=f"2026-01-0{number + 1}", outlet="Bote")), "1")
    return archive


def found(archive: SqlArchive, query: str) -> list[str]:
    return sorted(hit.source for hit in archive.search(query))


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("straße", ["0.txt"]),
        ("STRASSE", ["0.txt"]),
        ("strasse aerger", ["0.txt"]),
        ("Ärger Zug", []),
        ("brücke", ["0.txt", "1.txt"]),
        ("bruecke", ["0.txt", "1.txt"]),
        ("brück*", ["0.txt", "1.txt", "2.txt"]),
        ("„fährt über die Brücke“", ["1.txt"]),
        ('"die Brücke fährt"', ["1.txt"]),
        ('"Brücke die"', []),
        ("Müller-Brücke", ["0.txt"]),
        ("Brücke-Müller", []),
        ("jörg", ["1.txt"]),
        ("joerg", ["1.txt"]),
        ('über "der Zug" fährt', ["1.txt"]),
        ("", []),
        ("***", []),
        ("🎉", []),
        ('""', []),
    ],
)
def test_queries(archive: SqlArchive, query: str, sources: list[str]) -> None:
    assert found(archive, query) == sources


def test_a_hit_quotes_its_sentence(archive: SqlArchive) -> None:
    (hit,) = archive.search("fährt zug")
    document = archive.document(hit.evidence.article)
    assert hit.evidence.holds_in(document.text)
    assert hit.evidence.exact.startswith("Der Zug fährt")
    assert (hit.headline, hit.outlet, hit.dct, hit.source) == ("Zug hält nicht", "Bote", "2026-01-02", "1.txt")
    scores = [h.score for h in archive.search("brück*")]
    assert scores == sorted(scores, reverse=True)
    assert len(archive.search("brück*", limit=1)) == 1
    assert archive.search("brück*", limit=0) == []


HOSTILE = (
    "\"", "a\"", "NEAR(a b)", "a AND", "OR", "NOT a", "col:a", "{a b}:c", "^a", "a^2", "-a", "+a + b", "(((", ")",
    "a*b", "*", "'; DROP TABLE sentences; --", "\x00", "„“", "„a", "a NEAR/3 b", "\\", "%", ":", "a" * 100_000,
    " ".join(f"wort{n}" for n in range(5000)), "\ud800", "²", "ａ", "a\u0301",
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_syntax(archive: SqlArchive, query: str) -> None:
    archive.search(query)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_string_is_a_query(query: str) -> None:
    for term in parse_query(query):
        assert term.words
        assert all(word == fold(word) and '"' not in word for word in term.words)


@settings(max_examples=60, deadline=None)
@given(query=st.text(st.sampled_from('abä ß*"„“()-:^+~NEARORANDNOT{}\x00²'), max_size=25))
def test_any_query_is_answered(archive: SqlArchive, query: str) -> None:
    archive.search(query)


def test_what_stands_beside_the_report_comes_after_it(tmp_path: Path) -> None:
    with_zones = open_archive(str(tmp_path / "zones.db"), create=True)
    lines = (
        "Meldung",
        "Miren, 3. März",
        "Foto: Miren",
        "In Miren fuhr gestern und heute wieder kein Zug in den Hafen.",
    )
    capture = capture_of("\n".join(lines), source="a.txt")
    with_zones.add_capture(capture)
    made = document_of(capture)
    kinds = (ZoneKind.HEADLINE, ZoneKind.DATELINE, ZoneKind.CAPTION, ZoneKind.BODY)
    zones = tuple(replace(zone, kind=kind) for zone, kind in zip(made.article.zones, kinds, strict=True))
    with_zones.put_document(replace(made, article=replace(made.article, zones=zones)), "1")
    assert [hit.zone for hit in with_zones.search("Miren")] == ["body", "caption", "dateline"]
    assert [hit.zone for hit in fused(with_zones.search("Miren"), [], "Miren")] == ["body", "caption", "dateline"]


def test_terms() -> None:
    assert parse_query("Groß* „Der Zug“ U-Boot") == (
        Term(("gross",), prefix=True),
        Term(("der", "zug")),
        Term(("u", "boot")),
    )
