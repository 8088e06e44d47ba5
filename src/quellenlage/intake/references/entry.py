"""What the forms of lists have in common: kinds, states, days, and how an entry is made of what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from quellenlage.model import DateInterval, EntityKind, Post, Reference, fold, reference_id, seen
from quellenlage.resources import load

WORDS = "de/reference_words.toml"

_LONGEST = 300
"""Code points of a name; what is longer is no name."""
_GERMAN_DAY = re.compile(r"(?:(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?)?(\d{4})")
_ISO_DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?")
_WIKIDATA = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class ListOptions:
    """Name of the list, the kind of entries that have none of their own, and the terms of the list."""

    name: str
    kind: EntityKind | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry that is no person, body or place; `what` says what it is instead."""

    what: str


@dataclass(slots=True)
class Draft:
    """An entry as far as it was read."""

    kind: EntityKind
    names: list[str]
    weak: list[str] = field(default_factory=list)
    source_id: str = ""
    wikidata: str | None = None
    births: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    schema: str = ""
    sources: list[str] = field(default_factory=list)

    def made(self, options: ListOptions) -> Reference | None:
        """The entry; None where it has no name that can be used."""
        names = _names(self.names)
        if not names:
            return None
        words = (str(self.kind), names[0], *self.births)
        return Reference(
            id=reference_id(options.name, self.source_id, *words),
            list=options.name,
            kind=self.kind,
            name=names[0],
            names=names,
            weak=tuple(w for w in _names(self.weak) if w not in names),
            source_id=self.source_id,
            wikidata=self.wikidata,
            births=_unique(self.births),
            countries=_unique(self.countries),
            posts=tuple(dict.fromkeys(self.posts)),
            schema=self.schema,
            sources=_unique(self.sources),
            licence=options.licence,
        )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    tidy = (" ".join(seen(value).split()) for value in values)
    return tuple(dict.fromkeys(v for v in tidy if v and len(v) <= _LONGEST and any(c.isalpha() for c in v)))


@cache
def words_of(section: str, entry: str) -> tuple[str, ...]:
    """Words of an entry of the table, in order."""
    return tuple(word.strip() for word in load(WORDS)[section][entry].replace("\n", "|").split("|") if word.strip())


@cache
def pairs_of(section: str, entry: str) -> dict[str, str]:
    """Pairs `key=value` of an entry of the table."""
    return dict(pair.split("=", 1) for pair in words_of(section, entry))


@cache
def kind_of(word: str) -> EntityKind | None:
    """The kind that a word for one names, None for others."""
    wanted = fold(word)
    for kind in ("PER", "ORG", "GPE", "LOC"):
        if wanted and wanted in words_of("kinds", kind):
            return EntityKind(kind)
    return None


@cache
def country_of(word: str) -> str | None:
    """Code of a state by its code, its German or English name or its adjective."""
    key = word.strip().lower()
    if re.fullmatch(r"[a-z]{2}", key):
        return pairs_of("former", "codes").get(key, key)
    from quellenlage.offices.words import state_of  # a large lexicon, which lists of codes do without

    return pairs_of("country_names", "codes").get(fold(word)) or state_of(word)


def day_of(value: str) -> str | None:
    """ISO year, month or day of what a list says; None where it is none."""
    text = value.strip()
    if found := _ISO_DAY.fullmatch(text):
        iso = found.group(1)
    elif found := _GERMAN_DAY.fullmatch(text):
        day, month, year = found.groups()
        iso = "-".join(part.zfill(2) for part in (year, month, day) if part)
    else:
        return None
    try:
        return DateInterval.parse(iso).value
    except ValueError:
        return None


def interval(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """First and last day of an office; both unknown where they run backwards."""
    one = DateInterval.parse(first).earliest if first else None
    two = DateInterval.parse(last).latest if last else None
    return (None, None) if one and two and two < one else (one, two)


def wikidata_id(value: str) -> str | None:
    """An identifier of Wikidata, also at the end of an address; None for others."""
    last = value.strip().rstrip("/").rpartition("/")[2].upper()
    return last if _WIKIDATA.fullmatch(last) else None
