"""Who holds which office, indexed by the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

from quellenlage.model import DateInterval, fold
from quellenlage.offices.days import EVER, merge
from quellenlage.resources import load

RESOURCE = "de/terms_of_office.toml"

_WORD = re.compile(r"[^\W_]+")
_PARTICLES = frozenset("al el as von van der de den zu bin ben la di del".split())
_SUFFIXES = ("", "s", "es", "n", "en", "in", "innen")
_ENDINGS = ("e", "en", "er", "em", "es")
_REGNAL = re.compile(r"[ivx]+")


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one office: all terms, whether the last one is known to have ended, and how.

    It is `verified` if all rows that make it were compared with a source.
    """

    office: str
    name: str
    terms: tuple[DateInterval, ...]
    ended: str
    end: date | None
    verified: bool

    @property
    def rows(self) -> frozenset[str]:
        """Name of the rows that make the holder, for counting what rests on one row once."""
        return frozenset({f"{self.office} {self.name}"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording as one office's; a specific one needs no full name."""

    office: str
    specific: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """Spellings by their last word, wordings by their words, and the words that name each office's country."""

    names: dict[str, tuple[tuple[tuple[str, ...], Holder], ...]]
    wordings: dict[tuple[str, ...], tuple[Wording, ...]]
    countries: dict[str, frozenset[str]]


@cache
def tables() -> Tables:
    """Index of the resource: spellings by their last word, wordings by their folded words, words for the country."""
    data = load(RESOURCE)
    slack = timedelta(days=cast("int", data["meta"]["slack_days"]))
    names: dict[str, list[tuple[tuple[str, ...], Holder]]] = {}
    wordings: dict[tuple[str, ...], list[Wording]] = {}
    countries: dict[str, frozenset[str]] = {}
    for office in cast("list[dict[str, Any]]", data["office"]):
        key = office["key"]
        stems = {fold(a).split()[-1] for a in office.get("adjectives", ())}
        genitives = {fold(g).split()[-1] for g in office.get("genitives", ())}
        countries[key] = frozenset({stem + ending for stem in stems for ending in _ENDINGS} | genitives)
        for specific, listed in ((True, office["specific"]), (False, office["generic"])):
            for wording in listed:
                words = fold(wording).split()
                for suffix in _SUFFIXES:
                    entry = wordings.setdefault((*words[:-1], words[-1] + suffix), [])
                    if Wording(key, specific) not in entry:
                        entry.append(Wording(key, specific))
        for holder, spellings in _holders(key, office["holders"], slack):
            for spelling in spellings:
                names.setdefault(spelling[-1], []).append((spelling, holder))
    ordered = {last: tuple(sorted(found, key=lambda f: -len(f[0]))) for last, found in names.items()}
    return Tables(ordered, {words: tuple(found) for words, found in wordings.items()}, countries)


def _holders(
    key: str, rows: Sequence[dict[str, Any]], slack: timedelta
) -> Iterator[tuple[Holder, tuple[tuple[str, ...], ...]]]:
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_name.setdefault(row["name"], []).append(row)
    for name, listed in by_name.items():
        terms = merge(
            DateInterval(row["start"] - slack, row["end"] + slack if "end" in row else EVER.latest) for row in listed
        )
        last = listed[-1]
        verified = not any(row.get("unverified") for row in listed)
        spellings = {tuple(fold(s).split()) for row in listed for s in (row["name"], *row.get("also", ()))}
        yield Holder(key, name, terms, last.get("ended", ""), last.get("end"), verified), tuple(sorted(spellings))


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in a sentence: the words it takes, and whether it is the full one."""

    holder: Holder
    first: int
    last: int
    full: bool


def names_in(words: Sequence[str]) -> Iterator[Seen]:
    """Every holder that a word of the sentence may name, longest spelling first."""
    names = tables().names
    for at, word in enumerate(words):
        candidates = names.get(word) or (names.get(word[:-1]) if word.endswith("s") else None)
        for spelling, holder in candidates or ():
            start = at - len(spelling) + 1
            if start >= 0 and tuple(words[start:at]) == spelling[:-1]:
                yield Seen(holder, start, at, len(spelling) > 1)
                continue
            if _REGNAL.fullmatch(spelling[-1]):
                continue
            surname = len(spelling) - 1
            while surname > 1 and spelling[surname - 1] in _PARTICLES:
                surname -= 1
            tail = spelling[surname:]
            begin = at - len(tail) + 1
            if len(tail) > 1 and begin >= 0 and tuple(words[begin:at]) == tail[:-1]:
                yield Seen(holder, begin, at, False)
            elif len(spelling) > 1 or len(tail) == 1:
                yield Seen(holder, at, at, False)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as folded words, each with the place in the sentence that it comes from."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def words_of(sentence: str) -> Words:
    """Split a sentence at everything but letters and digits ("US-Präsident" is two words) and fold the parts."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _WORD.finditer(sentence):
        for part in fold(match.group()).split():
            words.append(part)
            places.append(match.span())
    return Words(tuple(words), tuple(places))
