"""The names that the encoder reads, as candidates: persons of one word, places, organisations, what else has a name."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.compounds import compound
from quellenlage.annotate.mentions.facilities import Facility, facility_at, facility_head
from quellenlage.annotate.mentions.findings import Findings
from quellenlage.annotate.mentions.gazetteer import canonical_key
from quellenlage.annotate.mentions.lexicon import (
    Known,
    surnames,
)
from quellenlage.annotate.mentions.organisations import Found, with_head
from quellenlage.annotate.mentions.persons import bare_surname
from quellenlage.annotate.mentions.places import acts, known_at
from quellenlage.annotate.mentions.reading import both, holds, place_kind, proper_name
from quellenlage.annotate.mentions.told import MADE_FROM_NAMES, PLACES, Told
from quellenlage.annotate.mentions.words import Words, without_genitive
from quellenlage.model import EntityKind, fold

_BEFORE = 4
"""Words before a place among which the head of a body is looked for."""


def take_names(findings: Findings, words: Words) -> None:
    """Take the names of a sentence, but for persons of several words, who were taken with their roles before."""
    for read in dict.fromkeys((words.told or {}).values()):
        if not holds(words, read):
            continue
        single = read.end - read.start == 1
        hidden = read.kind in MADE_FROM_NAMES and single and words.forms[read.start] in findings.surnames
        told = replace(read, kind="PER") if hidden else read  # "Wessel-Brandt"
        if told.kind in MADE_FROM_NAMES:
            _compound(findings, words, told)
            continue
        if not findings.free(words, told.start, told.end):
            continue
        if told.kind == "PER" or (told.kind != "MISC" and _is_surname(findings, words, told)):
            words.read_as(replace(told, kind="PER"))
            _surname(findings, words, told)
        elif told.kind in PLACES:
            _place(findings, words, told)
        elif not (told.kind == "ORG" and _compound(findings, words, told)):
            _other(findings, words, told)


def _is_surname(findings: Findings, words: Words, told: Told) -> bool:
    """Whether what the encoder takes for a place is the surname of somebody in the article, and no place is known.

    Of what it takes for a body, only names with an Arabic article: a firm may bear its founder's name, but not so.
    """
    form = words.forms[told.start]
    if told.kind not in PLACES and bare_surname(form) == form:
        return False
    named = form in findings.surnames or without_genitive(form) in findings.surnames
    return named and told.end - told.start == 1 and known_at(words, told.start) is None


def _compound(findings: Findings, words: Words, told: Told) -> bool:
    """Take a body that the encoder reads as a compound with a name; whether it is one."""
    if told.end - told.start > 1 or not findings.free(words, told.start, told.end) or known_at(words, told.start):
        return False
    found = compound(words.forms[told.start])
    if found is None:
        return False
    words.read_as(replace(told, kind="ORG"))
    findings.take(words, [told.start])
    findings.add(words, (told.start, told.end), EntityKind.ORG, found.name, found.key, (told.score, found.reason))
    return True


def _surname(findings: Findings, words: Words, told: Told) -> None:
    """One word for a person: the surname, or the first name, of somebody the article names, or of anybody."""
    form = words.forms[told.start]
    base = without_genitive(form)
    full = findings.surnames.get(form) or findings.surnames.get(base)
    owner = findings.first_names.get(form) or findings.first_names.get(base)
    if full is None and owner and len(owner) == 1:
        (last,) = owner
        first: tuple[str, ...] = (form if form in findings.first_names else base,)
        name = first[0]
    else:
        known = base if base in surnames() or (full and form not in findings.surnames) else form
        first, last, name = (), full or known, known
    findings.take(words, range(told.start, told.end))
    findings.found.append(
        Candidate(
            words.starts[told.start], words.ends[told.end - 1], EntityKind.PER, "name", name, words.index,
            fold(bare_surname(last)), both(0.7, told.score) if full else told.score, "surname" if full else "encoder",
            first=first, last=last,
        )
    )  # fmt: skip


def _place(findings: Findings, words: Words, told: Told) -> None:
    facility = facility_at(words, told.start) or _building(findings, words, told)
    if facility and facility.end >= told.end:
        findings.facility(words, facility)
        return
    if body := _body(findings, words, told):
        findings.take(words, range(body.start, body.end))
        findings.organisation(words, body)
        return
    start, listed = _listed(words, told)
    if listed:
        end, known = listed
        name, key, kind = known.base, canonical_key(known.canonical), known.kind
        why = (both(0.7, told.score), known.reason)
    else:
        end, known, kind, name = told.end, None, place_kind(words, told), proper_name(words, told)
        key, why = fold(name), (told.score, "encoder")
    if not findings.free(words, start, end):
        return
    findings.take(words, range(start, end))
    findings.add(words, (start, end), kind, name, key, why)
    if known:
        findings.found[-1].acts = acts(words, start, end, known)


def _building(findings: Findings, words: Words, told: Told) -> Facility | None:
    """The building whose name ends with the place: "Stützpunkt Tartus", "Flughafen von Mojave"."""
    start = told.start - (2 if words.at(told.start - 1) == "von" else 1)
    head = facility_head(words.at(start)) if start >= 0 else None
    if head is None or "-" in head or not findings.free(words, start, told.end):
        return None
    name = " ".join([head, *words.forms[start + 1 : told.end]])
    return Facility(start, told.end, name, told.score, f"facility:{head.lower()}")


def _body(findings: Findings, words: Words, told: Told) -> Found | None:
    """The organisation whose name ends with the place: "Volksfront Osrana", "Landgericht Bochum"."""
    for start in range(told.start - 1, max(-1, told.start - _BEFORE), -1):
        if not findings.free(words, start, told.end):
            return None
        found = with_head(words, start)
        if found and found.end >= told.end and findings.free(words, start, found.end):
            return found
    return None


def _listed(words: Words, told: Told) -> tuple[int, tuple[int, Known] | None]:
    """The tables' place that begins with the encoder's, or that holds it ("Horn von Afrika")."""
    for start in (told.start, told.start - 2, told.start - 1):
        listed = known_at(words, start) if start >= 0 else None
        if listed and listed[0] >= told.end and listed[1].kind is not EntityKind.ORG:
            return start, listed
    return told.start, None


def _other(findings: Findings, words: Words, told: Told) -> None:
    """An organisation, or what else bears a name."""
    listed = known_at(words, told.start) if told.kind == "ORG" else None
    known = listed[1] if listed and listed[0] == told.end and listed[1].kind is EntityKind.ORG else None
    name = known.base if known else proper_name(words, told)
    key = fold(known.canonical if known else name)
    why = (both(0.8, told.score), "organisations") if known else (told.score, "encoder")
    findings.take(words, range(told.start, told.end))
    findings.add(words, (told.start, told.end), EntityKind(told.kind), name, key, why)
