"""One kind for one name within an article: a base is not a body in one sentence and a person in the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.derived import DERIVED_NAMES
from quellenlage.annotate.mentions.persons import bare_surname
from quellenlage.model import EntityKind, fold
from quellenlage.places import key, seats
from quellenlage.places.tables import rows
from quellenlage.resources import load

_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_READ = frozenset({"encoder", "again"})
"""Reasons of names that no table knows."""
_WHERE = frozenset("in aus nach bei von vor um ab bis über zwischen stadt gemeinde kreis raum".split())
"""Words before a place."""

_WORD = 30
"""Code points in which the word before a name stands."""

_DOUBTFUL = 0.75
"""Score up to which the encoder's reading of a name gives way to what the rest of the article says."""


def without_happenings(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates but for compounds that name what happened, which the encoder took for names: "Assad-Sturz"."""
    return [c for c in candidates if not (c.form == "name" and _is_read(c) and _is_happening(c.name))]


def _is_read(candidate: Candidate) -> bool:
    """Whether only the encoder says that it names a person or place."""
    return candidate.reason in _READ and candidate.kind in {EntityKind.PER, *_PLACES}


def _is_happening(name: str) -> bool:
    word = name.rsplit(" ", 1)[-1].lower()
    return any(word.endswith(head) and len(word) > len(head) + 2 for head in _heads())


@cache
def _heads() -> tuple[str, ...]:
    return tuple(load(DERIVED_NAMES)["heads"]["words"].split())


def one_kind(candidates: Sequence[Candidate]) -> None:
    """Give doubtful readings of a name the kind of its sure ones; sites that the tables know are places."""
    named: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.form == "name" and candidate.kind is not EntityKind.MISC and not candidate.first:
            named[fold(candidate.name)].append(candidate)
    announced = {word for c in candidates if c.reason.startswith("facility") for word in fold(c.name).split()[1:]}
    for name, places in named.items():
        _listed_places(name, places)
        if " " in name:
            continue
        doubtful = [c for c in places if c.reason in _READ and c.score <= _DOUBTFUL]
        if name in announced or _is_site(name):
            kind = EntityKind.LOC
            doubtful = [c for c in places if c.reason in _READ]
        elif key(name) in seats() and all(c.kind is EntityKind.PER and not c.address and not c.roles for c in places):
            kind = EntityKind.GPE
        else:
            sure = {c.kind for c in places if c.reason not in _READ or c.score > _DOUBTFUL}
            if len(sure) != 1:
                continue
            (kind,) = sure
        for candidate in doubtful:
            if candidate.kind is not kind and not (candidate.kind in _PLACES and kind in _PLACES):
                candidate.kind = kind
                candidate.key = fold(candidate.name)
                candidate.reason = f"same-name:{name}"


def surnames_of_people(text: str, candidates: Sequence[Candidate]) -> None:
    """Make persons of a name that towns bear too ("Hagen besucht ..."), where the article has it as a surname.

    Only where it stands nowhere as a place does: after a preposition of place, or as a dateline's.
    """
    full = {fold(c.last): c for c in candidates if c.kind is EntityKind.PER and c.first and c.last}
    alone: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.form == "name" and candidate.kind is EntityKind.GPE and fold(candidate.name) in full:
            alone[fold(candidate.name)].append(candidate)
    for name, towns in alone.items():
        if any(_stands_as_place(text, town) for town in towns):
            continue
        last = full[name].last
        for town in towns:
            town.kind, town.key, town.last, town.reason = EntityKind.PER, fold(bare_surname(last)), last, "surname"


def _stands_as_place(text: str, candidate: Candidate) -> bool:
    before = text[max(0, candidate.start - _WORD) : candidate.start].split()
    after = text[candidate.end : candidate.end + 2]
    return bool(before and before[-1].lower() in _WHERE) or after[:1] in {".", ",", "(", "/"} or after == " ("


def _listed_places(name: str, candidates: Sequence[Candidate]) -> None:
    """A town or state that the tables know and the article names is no body where nothing but the encoder says so."""
    listed = [c for c in candidates if c.kind in _PLACES and c.reason == "gazetteer"]
    bodies = [c for c in candidates if c.kind is EntityKind.ORG]
    if not listed or any(c.reason not in _READ for c in bodies):
        return
    for body in bodies:
        body.kind, body.key, body.name, body.reason = listed[0].kind, listed[0].key, listed[0].name, f"same-name:{name}"


def _is_site(name: str) -> bool:
    """Whether the tables know the name as a base, plant or building, without any word beside it."""
    return any(row.place.precision == "building" and not row.needs for row in rows().get(key(name), ()))
