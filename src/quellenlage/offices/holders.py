"""Who held an office in an interval of days, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

from quellenlage.model import DateInterval, fold
from quellenlage.offices.days import EVER
from quellenlage.offices.phrase import Reading
from quellenlage.offices.terms import RESOURCE as TERMS
from quellenlage.offices.words import WORDS, Gender, Office, lexicon, office
from quellenlage.resources import load

NAMES, FIRST_NAMES, ATTRIBUTION = "de/name_gender.toml", "de/first_names.toml", "de/attribution.toml"

VERIFIED, UNVERIFIED, BEYOND = 0.95, 0.85, 0.6
"""Scores of the one holder of an office: by a row compared with a source; by another; after what the table knows.

Assumed, not measured: they order the three and put the first two above `SURE`.
"""
SURE = 0.8
"""From this score on exactly one person is meant."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the table: days in office as written there, both ends included, without the table's slack."""

    office: str
    name: str
    spellings: tuple[str, ...]
    start: date
    end: date | None
    verified: bool

    @property
    def days(self) -> DateInterval:
        """Days in office; open to the end of all days where the table knows of no end."""
        return DateInterval(self.start, self.end or EVER.latest)

    @property
    def reason(self) -> str:
        """The row for a machine: `term:us-president:2009-01-20/2017-01-20`, `:unverified` where nobody checked it."""
        end = self.end.isoformat() if self.end else ".."
        return f"term:{self.office}:{self.start.isoformat()}/{end}" + ("" if self.verified else ":unverified")


@dataclass(frozen=True, slots=True)
class Held:
    """A person who may be meant, with a score like a probability; `terms` are the rows it rests on."""

    name: str
    spellings: tuple[str, ...]
    score: float
    verified: bool
    reasons: tuple[str, ...]


@cache
def terms(key: str) -> tuple[Term, ...]:
    """The rows of an office in order of time; empty where the table does not have it."""
    rows = _rows().get(key, [])
    spellings: dict[str, dict[str, None]] = {}
    for row in rows:
        spellings.setdefault(row["name"], {}).update(dict.fromkeys((row["name"], *row.get("also", ()))))
    found = (
        Term(key, r["name"], tuple(spellings[r["name"]]), r["start"], r.get("end"), not r.get("unverified"))
        for r in rows
    )
    return tuple(sorted(found, key=lambda term: (term.start, term.name)))


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    return {row["key"]: row["holders"] for row in cast("list[dict[str, Any]]", load(TERMS)["office"])}


def holders_in(key: str, days: DateInterval, gender: Gender = "?") -> tuple[Held, ...]:
    """The holders of an office in an interval of days, the likeliest first.

    One who held it on all of these days, and alone, is sure. Else each is a candidate with the share of the days: the
    day of a change belongs to both. `gender` leaves out whom the noun cannot mean ("die Bundeskanzlerin" in 2022).
    """
    found: dict[str, list[Term]] = {}
    for term in terms(key):
        if term.days.meets(days) and _may_be(term.name, gender):
            found.setdefault(term.name, []).append(term)
    held = (_held(listed, days, len(found)) for listed in found.values())
    return tuple(sorted(held, key=lambda h: (-h.score, h.name)))


def office_of(reading: Reading, names: Collection[str], days: DateInterval | None) -> Office | None:
    """The one office that words beside a person's name mean: what the words tell, else what the table has of the name.

    "Außenminister" beside "Sergej Lawrow" is Russia's, where the table has him in that office on one of the days.
    """
    if len(reading.offices) == 1:
        return reading.offices[0]
    form = lexicon().forms.get(reading.name)
    if form is None or reading.refusal not in {"", "no-state"}:
        return None
    held = {
        term.office
        for name in names
        for term in _terms_named(fold(name))
        if term.office in lexicon().generic.get(form.lemma, frozenset()) and (days is None or term.days.meets(days))
    }
    return office(held.pop()) if len(held) == 1 else None


def _terms_named(folded: str) -> tuple[Term, ...]:
    """The terms of all holders with a spelling that is folded so."""
    return _by_spelling().get(folded, ())


@cache
def _by_spelling() -> dict[str, tuple[Term, ...]]:
    found: dict[str, dict[Term, None]] = {}
    for key in _rows():
        for term in terms(key):
            for spelling in term.spellings:
                found.setdefault(fold(spelling), {})[term] = None
    return {spelling: tuple(listed) for spelling, listed in found.items()}


def _held(listed: list[Term], days: DateInterval, rivals: int) -> Held:
    verified = all(term.verified for term in listed)
    slack = timedelta(days=0 if verified else cast("int", load(TERMS)["meta"]["slack_days"]))
    inside = any(term.start + slack <= days.earliest and days.latest <= _end(term, slack) for term in listed)
    common = (term.days.intersection(days) for term in listed)
    covered = min(1.0, sum(part.days for part in common if part) / days.days)
    reasons = tuple(term.reason for term in listed)
    score = VERIFIED if verified else UNVERIFIED
    if any(term.end is None for term in listed) and days.latest > cast("date", load(TERMS)["meta"]["known_until"]):
        score = BEYOND
    if rivals > 1 or not inside:
        score *= covered / max(rivals, 2)
        reasons = (*reasons, f"several:{rivals}" if rivals > 1 else "term-ends-within")
    return Held(listed[0].name, listed[0].spellings, round(score, 3), verified, reasons)


def _end(term: Term, slack: timedelta) -> date:
    return term.end - slack if term.end else EVER.latest


def _may_be(name: str, gender: Gender) -> bool:
    return gender == "?" or _gender(name) == gender


def _gender(holder: str) -> Gender:
    """Of a holder in the table: a man unless the lists tell otherwise, which `women` completes."""
    women = load(WORDS)["women"]
    return "f" if holder in women["names"] or (gender_of(holder) == "f" and holder not in women["men"]) else "m"


@cache
def gender_of(name: str) -> Gender:
    """What a person's first name tells, "?" where no list has it."""
    female, male = _first_names()
    for part in (first := name.partition(" ")[0], first.partition("-")[0]):
        if part in female:
            return "f"
        if part in male:
            return "m"
    return "?"


@cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    """First names of women and of men; one of a language in which -a makes it a woman's is hers."""
    own, old, listed = load(NAMES), load(ATTRIBUTION), load(FIRST_NAMES)
    female = {*own["female"]["names"].split(), *old["female_names"]["names"]}
    male = {*own["male"]["names"].split(), *old["male_names"]["names"]}
    unclear = (female & male) | {*own["ending"]["except"].split(), *listed["both"]["names"].split()}
    for language in own["ending"]["languages"].split():
        female |= {name for name in listed[language]["names"].split() if name.endswith(own["ending"]["f"])} - male
    return frozenset(female - unclear), frozenset(male - unclear)


def is_holder(name: str) -> bool:
    """Whether the table has a holder of any office with this name."""
    return bool(_terms_named(fold(name)))
