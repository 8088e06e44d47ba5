"""Role nouns against whom they mean on a day: sentences of our own, written before the code.

The cases of the part "report" are scored only. A person counts as named where exactly one candidate reaches the score
from which role nouns are resolved; trivial is whoever held the office last by the table, whatever the day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from quellenlage.errors import Defect
from quellenlage.evaluation import data
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate
from quellenlage.link.offices import SURE, ArchiveTable, Candidate, Told, holders_for
from quellenlage.model import DateInterval, fold
from quellenlage.offices.holders import terms
from quellenlage.offices.phrase import read

NAME = "offices"
UNSURE, NONE = "unsure", "none"
GATE = ("named.precision", "named.recall", "named.f1", "all.accuracy", "right-among-candidates.share")


@dataclass(frozen=True, slots=True)
class OfficeCase:
    """A phrase with its sentence, the days of the article, and whom it means ("unsure", "none")."""

    number: int
    group: str
    text: str
    phrase: str
    start: int
    days: DateInterval
    states: tuple[str, ...]
    archive: ArchiveTable
    holder: str


def table(split: str) -> Iterator[OfficeCase]:
    """The cases of a part ("dev", "report") in the order of the file.

    Raises:
        Defect: a sentence marks no phrase, or there is no such part.
    """
    parts = tomllib.loads(data.shipped(NAME, "cases.toml").read_text(encoding="utf-8"))["part"]
    chosen = [part for part in parts if part["split"] == split]
    if not chosen:
        raise Defect(f"no part of the table is called {split}")
    for number, raw in enumerate((case for part in chosen for case in part["cases"]), start=1):
        yield _case(number, raw)


def _case(number: int, raw: Mapping[str, Any]) -> OfficeCase:
    marked = re.search(r"\[([^]]+)\]", raw["text"])
    if marked is None:
        raise Defect(f"no phrase is marked in case {number}")
    told: dict[str, list[Told]] = {}
    for place, (role, name, day) in enumerate(raw.get("archive", ())):
        office = read(role)
        key = office.offices[0].key if office.offices else f"name:{office.name}"
        told.setdefault(key, []).append(Told(fold(name), name, DateInterval.parse(day), f"case:{place}"))
    return OfficeCase(
        number=number,
        group=raw["class"],
        text=raw["text"].replace("[", "").replace("]", ""),
        phrase=marked[1],
        start=marked.start(),
        days=DateInterval.parse(raw["day"]),
        states=tuple(raw.get("states", ())),
        archive=ArchiveTable({key: tuple(rows) for key, rows in told.items() if key != "name:"}),
        holder=raw["holder"],
    )


def named(candidates: Iterable[Candidate]) -> Candidate | None:
    """The one who is meant, if exactly one candidate is sure."""
    sure = [candidate for candidate in candidates if candidate.score >= SURE]
    return sure[0] if len(sure) == 1 else None


def most_recent(case: OfficeCase) -> str:
    """The trivial answer: the last holder of the office that the phrase names, if it names one."""
    offices = read(case.phrase, case.states).offices
    return max((t for office in offices for t in terms(office.key)), key=lambda t: t.start).name if offices else ""


def _is(holder: str, candidate: Candidate | None) -> bool:
    return candidate is not None and fold(holder) in {fold(s) for s in (candidate.name, *candidate.spellings)}


def evaluate(split: str) -> SuiteResult:
    """Score one part: named persons, all answers, and each class."""
    cases = list(table(split))
    names, trivial = Counter(), Counter()
    groups: dict[str, list[int]] = {}
    misses: list[Miss] = []
    right = open_right = opened = trivial_right = 0
    for case in cases:
        candidates = holders_for(case.phrase, case.states, case.days, case.archive)
        one = named(candidates)
        wanted = case.holder not in {UNSURE, NONE}
        hit = _is(case.holder, one) if wanted else one is None
        names.add(_is(case.holder, one), one is not None, wanted)
        last = most_recent(case)
        trivial.add(last == case.holder, bool(last), wanted)
        trivial_right += last == case.holder if wanted else not last
        right += hit
        groups.setdefault(case.group, []).append(hit)
        if wanted:
            opened += 1
            open_right += any(_is(case.holder, candidate) for candidate in candidates)
        if not hit:
            end = case.start + len(case.phrase)
            misses.append(Miss(f"{split}-{case.number}", case.start, end, case.group, "named" if one else "nobody"))
    metrics: list[Metric] = names.metrics("named", trivial=trivial.f1)
    metrics += [rate("all.accuracy", right, len(cases), trivial=trivial_right / len(cases))]
    metrics += [rate("right-among-candidates.share", open_right, opened)]
    metrics += [rate(f"{group}.accuracy", sum(hits), len(hits)) for group, hits in sorted(groups.items())]
    return SuiteResult(
        name=f"{NAME}-{split}",
        metrics=tuple(metrics),
        worst=tuple(misses),
        data_sha256=data.digest(data.shipped(NAME, "cases.toml")),
        notes=("trivial: the last holder of the office in the table, whatever the day",),
    )


evaluate_dev, evaluate_report = partial(evaluate, "dev"), partial(evaluate, "report")
