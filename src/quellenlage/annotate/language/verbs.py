"""Finite and non-finite verb forms, derived from tables of strong, weak and irregular verbs.

A form keeps every reading that the tables give; `morphology` chooses by context or keeps silent. Prefixed verbs
("anerkannte", "abgezogen") are read by taking the prefix off, so that the table holds simple verbs only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quellenlage.model.recent import recent
from quellenlage.resources import load

VERB_FORMS = "de/verb_forms.toml"

IND_PAST = "Mood=Ind|Number={n}|Person=3|Tense=Past|VerbForm=Fin"
IND_PRES = "Mood=Ind|Number={n}|Person=3|Tense=Pres|VerbForm=Fin"
SUB_PAST = "Mood=Sub|Number={n}|Person=3|Tense=Past|VerbForm=Fin"
SUB_PRES = "Mood=Sub|Number={n}|Person=3|Tense=Pres|VerbForm=Fin"
EITHER_PAST = "Number={n}|Person=3|Tense=Past|VerbForm=Fin"
INFINITIVE = "VerbForm=Inf"
PARTICIPLE = "Tense=Past|VerbForm=Part"

AUXILIARIES = frozenset(("sein", "haben", "werden"))
MODALS = frozenset(("können", "müssen", "dürfen", "sollen", "wollen", "mögen"))
INSEPARABLE = ("be", "ent", "er", "ge", "miss", "ver", "zer")
_IRREGULAR_FEATS = {
    "ind_pres": "Mood=Ind|Number={n}|Person={p}|Tense=Pres|VerbForm=Fin",
    "ind_past": "Mood=Ind|Number={n}|Person={p}|Tense=Past|VerbForm=Fin",
    "sub_pres": "Mood=Sub|Number={n}|Person={p}|Tense=Pres|VerbForm=Fin",
    "sub_past": "Mood=Sub|Number={n}|Person={p}|Tense=Past|VerbForm=Fin",
    "either_past": "Number={n}|Person={p}|Tense=Past|VerbForm=Fin",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one form can be: the infinitive and its features (Universal Dependencies)."""

    lemma: str
    feats: str


def _irregular() -> Iterator[tuple[str, Reading]]:
    for lemma, rows in load(VERB_FORMS)["irregular"].items():
        yield lemma, Reading(lemma, INFINITIVE)
        for row, entries in rows.items():
            if row == "part":
                for form in entries.split():
                    yield form, Reading(lemma, PARTICIPLE)
                continue
            for entry in entries.split():
                form, person, number = entry.split(":")
                feats = _IRREGULAR_FEATS[row].format(n=number, p=person or "1,3")
                yield form, Reading(lemma, feats.replace("|Person=1,3", ""))


def _strong() -> Iterator[tuple[str, Reading]]:
    for line in load(VERB_FORMS)["strong"]["verbs"].split("\n"):
        if not line.strip():
            continue
        lemma, present, preterite, participle, *fourth = line.split()
        stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
        yield lemma, Reading(lemma, INFINITIVE)
        yield present, Reading(lemma, IND_PRES.format(n="Sing"))
        yield stem + "e", Reading(lemma, SUB_PRES.format(n="Sing"))
        yield preterite, Reading(lemma, IND_PAST.format(n="Sing"))
        plural = preterite + ("n" if preterite.endswith("e") else "en")
        yield plural, Reading(lemma, IND_PAST.format(n="Plur"))
        yield participle, Reading(lemma, PARTICIPLE)
        second = fourth[0] if fourth else preterite + "e"
        if second != "-":
            yield second, Reading(lemma, SUB_PAST.format(n="Sing"))
            if second + "n" not in (plural, "führen"):
                yield second + "n", Reading(lemma, SUB_PAST.format(n="Plur"))


def _weak(lemma: str) -> Iterator[tuple[str, Reading]]:
    stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
    link = "e" if stem[-1:] in "td" or stem[-2:] in ("gn", "dn", "tm", "chn", "fn", "kn") else ""
    yield lemma, Reading(lemma, INFINITIVE)
    first = stem[:-2] + stem[-1] + "e" if stem.endswith(("el",)) else stem + "e"
    yield first, Reading(lemma, SUB_PRES.format(n="Sing"))
    yield stem + link + "t", Reading(lemma, IND_PRES.format(n="Sing"))
    yield stem + link + "te", Reading(lemma, IND_PAST.format(n="Sing"))
    yield stem + link + "ten", Reading(lemma, IND_PAST.format(n="Plur"))
    if lemma.endswith("ieren") or lemma.startswith(INSEPARABLE) or lemma.startswith(("über", "unter", "wider")):
        yield stem + link + "t", Reading(lemma, PARTICIPLE)
    else:
        yield "ge" + stem + link + "t", Reading(lemma, PARTICIPLE)


@cache
def simple_forms() -> dict[str, tuple[Reading, ...]]:
    """All forms of the listed verbs (lower case) with their readings, the strong verbs' first."""
    table: dict[str, list[Reading]] = {}
    irregular_and_strong = [*_irregular(), *_strong()]
    known = {reading.lemma for _, reading in irregular_and_strong}
    weak = [w for w in dict.fromkeys(load(VERB_FORMS)["weak"]["verbs"].split()) if not _is_prefixed_strong(w, known)]
    for form, reading in [*irregular_and_strong, *(pair for lemma in weak for pair in _weak(lemma))]:
        readings = table.setdefault(form, [])
        if reading not in readings:
            readings.append(reading)
    return {form: tuple(readings) for form, readings in table.items()}


def _is_prefixed_strong(lemma: str, strong: set[str]) -> bool:
    return lemma in strong or any(lemma.removeprefix(p) in strong for p in prefixes() if lemma.startswith(p))


@cache
def prefixes() -> tuple[str, ...]:
    """Verb prefixes, longest first."""
    return tuple(sorted(set(load(VERB_FORMS)["prefixes"]["forms"].split()), key=lambda p: (-len(p), p)))


@recent(65536)
def readings(form: str) -> tuple[Reading, ...]:
    """Readings of a lower-case form: from the tables, by prefix, or as a verb in -ieren; empty if unknown."""
    found = simple_forms().get(form)
    if found is not None:
        return found
    if len(form) < 5:
        return ()
    return _prefixed(form) or _in_ieren(form)


def _prefixed(form: str) -> tuple[Reading, ...]:
    for prefix in prefixes():
        if not form.startswith(prefix):
            continue
        rest = form[len(prefix) :]
        joined = rest[2:] if rest.startswith("zu") else ""
        found = simple_forms().get(rest, ())
        if found and found[0].lemma not in MODALS and len(rest) > 2:
            return tuple(Reading(prefix + r.lemma, r.feats) for r in found)
        if prefix in INSEPARABLE or prefix in ("über", "unter", "wider", "hinter", "um", "durch"):
            bare = tuple(r for r in simple_forms().get("ge" + rest, ()) if r.feats == PARTICIPLE)
            if bare:
                return tuple(Reading(prefix + r.lemma, r.feats) for r in bare)
        elif joined:
            infinitive = tuple(r for r in simple_forms().get(joined, ()) if r.feats == INFINITIVE)
            if infinitive:
                return tuple(Reading(prefix + r.lemma, r.feats) for r in infinitive)
    return ()


def _in_ieren(form: str) -> tuple[Reading, ...]:
    for ending, feats in (
        ("ieren", (INFINITIVE,)),
        ("iere", (SUB_PRES.format(n="Sing"),)),
        ("ierte", (IND_PAST.format(n="Sing"),)),
        ("ierten", (IND_PAST.format(n="Plur"),)),
        ("iert", (IND_PRES.format(n="Sing"), PARTICIPLE)),
    ):
        if form.endswith(ending) and len(form) >= len(ending) + 3:
            return tuple(Reading(form[: -len(ending)] + "ieren", one) for one in feats)
    return ()
