"""Counts that are kept, and rows beside lines that repeat what is asked of these, against the rows themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from tests.views import views_story

from quellenlage.model import ConflictGrade, Evidentiality, Factuality, Verdict, make_judgement
from quellenlage.model.listing import ClaimField, ClaimQuestion, Line, LineField, LineOrder, LineQuestion, Unit
from quellenlage.store import SqlArchive
from quellenlage.store.kept import Kept
from quellenlage.store.listing import claims, counting, lines, tables

ALL = 1000
_ORDERS: tuple[LineOrder, ...] = ("time", "-time")
_UNITS: tuple[Unit, ...] = ("day", "month", "year")
_KINDS: tuple[Literal["type", "factuality"], ...] = ("type", "factuality")
_FIELDS: tuple[LineField, ...] = ("type", "factuality", "grade", "year", "actor", "entity", "outlet", "story")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = views_story.make_archive(tmp_path / "own.db")
    yield made
    made.close()


def questions(archive: SqlArchive) -> list[LineQuestion]:
    """What kept counts, or rows beside lines, can answer, and some that neither can."""
    shown = archive.lines(LineQuestion(), limit=ALL).items
    day = next(line.earliest for line in shown if line.earliest)
    kind = Counter(line.event_type for line in shown).most_common(1)[0][0]
    plain = [
        LineQuestion(),
        LineQuestion(types=(kind,), factualities=(Factuality.HAPPENED,)),
        LineQuestion(dated=False),
        LineQuestion(dated=True, first=day, last=day + timedelta(days=40)),
        LineQuestion(max_informants=1),
        LineQuestion(min_origins=2),
        LineQuestion(min_origins=tables.SEVERAL + 1),
        LineQuestion(only_reprints=True),
        LineQuestion(grades=(ConflictGrade.CONTRADICTION,)),
        LineQuestion(conflicting=False, revised=False),
        LineQuestion(min_importance=0.1),
    ]
    beside = [replace(LineQuestion(), **asked) for line in shown[:6] for asked in _named(line)]
    beside += [LineQuestion(stories=(line.story,)) for line in shown[:1]]
    beside += [LineQuestion(outlets=(one.value,)) for one in archive.facets(LineQuestion(), "outlet").values[:2]]
    beside += [LineQuestion(origins=(one.value,)) for one in archive.facets(LineQuestion(), "origin").values[:2]]
    narrowed = [replace(one, first=day, factualities=(Factuality.HAPPENED,)) for one in beside]
    several = [replace(beside[0], actors=tuple(one.actors[0] for one in beside if one.actors))]
    everything = [replace(one, all=True) for one in (plain[0], *beside)]
    return [*plain, *beside, *narrowed, *several, *everything]


def _named(line: Line) -> list[dict[str, Any]]:
    return [{"actors": line.actors[:1]}] * bool(line.actors) + [{"recipients": line.recipients[:1]}] * bool(
        line.recipients
    )


def answers(archive: SqlArchive, asked: LineQuestion) -> list[object]:
    pages = [archive.lines(asked, limit=3, offset=at, order=order) for order in _ORDERS for at in (0, 2)]
    counted = [archive.density(asked, unit, by) for unit in _UNITS for by in _KINDS]
    facets = [archive.facets(asked, field) for field in _FIELDS]
    return [*pages, *counted, *facets, archive.gaps(asked, 2), archive.lines(asked, limit=2, counted=False)]


def of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be answered by the rows of lines and claims themselves."""
    nothing = lambda *_: None  # noqa: E731
    for name in ("of_lines", "of_claims", "beside_lines"):
        monkeypatch.setattr(counting, name, nothing)
    monkeypatch.setattr(claims, "of_claims", nothing)
    monkeypatch.setattr(lines, "of_lines", nothing)
    monkeypatch.setattr(lines, "beside_lines", nothing)


def reject_some(archive: SqlArchive) -> None:
    """What people reject is counted no more, at once."""
    keys = [card.key for card in archive.claims(ClaimQuestion()).items[:2]]
    keys += [event.key(document.article.id) for document in archive.documents() for event in document.events[:1]]
    for number, key in enumerate(keys):
        archive.add_judgement(make_judgement(Verdict.REJECT, key, made_at=f"2026-01-05T00:00:{number:02}Z", author="a"))


@pytest.mark.parametrize("rejected", [False, True])
def test_lines_are_counted_as_their_rows_are(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, rejected: bool
) -> None:
    asked = questions(archive)
    before = archive.totals()
    if rejected:
        reject_some(archive)
        assert (archive.totals().lines, archive.totals().claims) < (before.lines, before.claims)
        assert archive.verify() == []
    assert sum(counting.of_lines(one) is not None for one in asked) > len(asked) / 2
    kept = [answers(archive, one) for one in asked]
    of_rows(monkeypatch)
    archive._kept = Kept()
    for question, found in zip(asked, kept, strict=True):
        assert found == answers(archive, question), question


def test_claims_are_counted_as_their_rows_are(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    reject_some(archive)
    asked = [ClaimQuestion(), ClaimQuestion(evidentialities=tuple(Evidentiality)[:2]), ClaimQuestion(about="treffen")]
    fields: tuple[ClaimField, ...] = ("evidentiality", "polarity", "channel", "medium", "type", "year", "speaker")

    def answered() -> list[object]:
        totals = [archive.claims(one, limit=1).total for one in asked]
        return [*totals, *(archive.facets(one, field) for one in asked for field in fields)]

    kept = answered()
    of_rows(monkeypatch)
    archive._kept = Kept()
    assert kept == answered()
    assert kept[0]


def test_places_by_kinds(archive: SqlArchive) -> None:
    shown = archive.lines(LineQuestion(), limit=ALL).items
    for by in _KINDS:
        wanted: dict[str, Counter[str]] = {}
        for line in shown:
            if line.place:
                value = line.event_type if by == "type" else str(line.factuality)
                wanted.setdefault(line.place, Counter())[value] += 1
        assert archive.place_counts(LineQuestion(), by) == wanted
        assert wanted
