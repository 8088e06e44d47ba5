"""The encoder's names and the rules' together: which of them hold, of which kind, and how sure both are of them.

The encoder sees the sentence, the rules know names and their parts. A name that the encoder reads is taken at its word
where it is sure enough; the rules take it apart, name its kind of place and its nominative. A name that only the
rules see is held where their reason is a good one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.facilities import facility_at, facility_head
from quellenlage.annotate.mentions.generations import is_generation
from quellenlage.annotate.mentions.learned import head_kind
from quellenlage.annotate.mentions.lexicon import (
    first_names,
    first_surnames,
    is_office,
    is_unknown,
    org_head,
    person_noun,
    surnames,
    titles,
)
from quellenlage.annotate.mentions.naming import strong_name
from quellenlage.annotate.mentions.nominative import body_nominative
from quellenlage.annotate.mentions.organisations import is_capitalised_adjective, with_head
from quellenlage.annotate.mentions.persons import Name, full_name, is_particle
from quellenlage.annotate.mentions.places import known_at
from quellenlage.annotate.mentions.shortened import joined_stop
from quellenlage.annotate.mentions.told import MADE_FROM_NAMES, PLACES, Told
from quellenlage.annotate.mentions.words import Words, function_words, without_genitive
from quellenlage.model import EntityKind
from quellenlage.model.recent import recent

FLOOR = {"PER": 0.5, "ORG": 0.4, "GPE": 0.4, "LOC": 0.4, "MISC": 0.4, "DERIVED": 0.5, "PART": 0.5}
"""From where on the encoder is taken at its word. Chosen on the tuning data, where they give an F1 of 0.82; places
need less, since the encoder shares its doubt between their two kinds."""
LISTED = 0.25
"""The same where the tables know the name as one of that kind."""
ORDINARY = 0.2
"""By how much more the encoder must be sure of a single word that the dictionary has, or a compound of such words."""

_DOUBTFUL = frozenset({"PER:two-unlisted-words", "ORG:acronym", "GPE:after-preposition", "GPE:shape"})
"""Reasons that do not stand against the encoder's silence: of four on the tuning data none was right, of the tables'
names eight of ten."""
_KNOWN = frozenset({"ORG:organisations", "GPE:gazetteer", "LOC:gazetteer"})
"""Reasons that stand where the encoder reads something else over the same words."""
_LATIN = 0x24F
"""Last code point of the Latin letters that European languages use."""
_LONGEST_SMALL = 5
_AROUND = frozenset("„“”\"'‚‘›‹»«()[],;:–—")


def trimmed(words: Words, told: Told) -> Told | None:
    """A name without quotation marks and brackets around it and, of a person, without titles before it."""
    start, end = told.start, told.end
    while start < end and words.forms[start] in _AROUND:
        start += 1
    while start < end and words.forms[end - 1] in _AROUND:
        end -= 1
    while told.kind == "PER" and end - start > 1 and _is_title(words.forms[start]):
        start += 1
    while told.kind == "PER" and end - start > 2 and is_generation(words.forms[end - 1]):
        end -= 1
    if told.kind == "ORG" and start < end and org_head(words.forms[start]) and _opens_name(words, start - 1):
        start -= 1
    forms = words.forms[start:end]
    if not any(c.isupper() or c.isdigit() for form in forms for c in form):
        if told.kind == "ORG" and len(forms) == 1 and len(forms[0]) <= _LONGEST_SMALL and is_unknown(forms[0]):
            return replace(told, start=start, end=end)  # "ödp", "taz": names that are written small
        made = forms and (told.kind in PLACES or told.kind in MADE_FROM_NAMES)
        return replace(told, start=start, end=end, kind="DERIVED") if made else None
    return replace(told, start=start, end=end, kind=_kind(words, told.kind, start, end))


def _kind(words: Words, kind: str, start: int, end: int) -> str:
    """The kind that the words themselves tell, where the encoder sees another: inhabitants, universities, buildings."""
    form = words.forms[start]
    listed = known_at(words, start)
    if listed and listed[0] == end and listed[1].kind is EntityKind.ORG and not listed[1].needs_context:
        return kind if kind in MADE_FROM_NAMES else "ORG"
    if end - start == 1:
        if kind == "PER" and listed and listed[1].kind is not EntityKind.ORG:
            return "GPE" if words.at(start - 1).lower() in {"in", "aus", "nach"} else kind
        return "DERIVED" if kind in PLACES and listed is None and person_noun(form) else kind
    if kind == "ORG" and (facility := facility_at(words, start)) and facility.end == end:
        return "LOC"
    if kind in PLACES and facility_head(form) is None and (found := with_head(words, start)) and found.end == end:
        return "ORG"
    return kind


def _opens_name(words: Words, i: int) -> bool:
    """Whether a word is an adjective written like a name's: "Medizinischen (Hochschule Hannover)"."""
    return words.at(i)[:1].isupper() and not words.opens(i) and is_capitalised_adjective(words.at(i))


def _is_title(form: str) -> bool:
    return form in titles("address") or form in titles("ranks") or is_office(form)


def other_script(form: str) -> bool:
    """Whether a word is written in letters that the encoder, cut to German and English, does not read."""
    return any(c.isalpha() and ord(c) > _LATIN for c in form)


def sure(words: Words, i: int) -> Told | None:
    """The name that the encoder reads from word `i` on, if it is sure enough."""
    told = words.told.get(i) if words.told else None
    return told if told and told.start == i and holds(words, told) else None


def holds(words: Words, told: Told) -> bool:
    """Whether the encoder is sure enough of a name, for what the name is."""
    floor = FLOOR[told.kind]
    if told.score >= floor + ORDINARY:
        return True
    listed = known_at(words, told.start)
    if listed and listed[0] == told.end and _family(listed[1].kind) == _family(told.kind):
        return told.score >= LISTED
    if told.score < floor:
        return False
    return told.kind in MADE_FROM_NAMES or told.end - told.start > 1 or not _is_ordinary(words.forms[told.start])


@recent(1 << 14)
def _is_ordinary(form: str) -> bool:
    if "-" in form[1:-1]:
        return _is_ordinary(form.rsplit("-", 1)[1])  # "West-Papua"
    return not (form.isupper() or is_unknown(form) or form in first_names() or form in surnames())


def contradicts(words: Words, start: int, end: int) -> bool:
    """Whether the encoder surely reads a name over some of these words that is not just these words."""
    return any((t.start, t.end) != (start, end) and holds(words, t) for t in words.told_over(start, end))


def person(words: Words, told: Told) -> Name:
    """A person's name taken apart: by the rules where they end at the same word, else the last word is the surname."""
    ruled = full_name(words, told.start, titled=True)
    if ruled and ruled.end == told.end and (ruled.first or told.end - told.start == 1):
        return replace(ruled, score=both(ruled.score, told.score))
    forms = joined_stop(words.forms[told.start : told.end])
    score, reason = told.score, "encoder"
    if is_particle(forms[0]) and all(map(is_particle, forms[:-1])):
        return Name(told.start, told.end, (), " ".join(forms), score, "surname")
    if len(forms) in (2, 3) and forms[0] in first_surnames():
        return Name(told.start, told.end, tuple(forms[1:]), forms[0], score, "surname-first")
    cut = next((k for k, form in enumerate(forms) if k and form in titles("particles")), len(forms) - 1)
    return Name(told.start, told.end, tuple(forms[:cut]), " ".join(forms[cut:]), score, reason)


def both(one: float, other: float) -> float:
    """How sure two are together who are right for different reasons."""
    return 1 - (1 - one) * (1 - other)


def place_kind(words: Words, told: Told) -> EntityKind:
    """State, city, region, or another place: by the tables, by the noun before it, by its own last part."""
    listed = known_at(words, told.start)
    if listed and listed[0] == told.end and listed[1].kind is not EntityKind.ORG:
        return listed[1].kind
    before = words.at(told.start - 1)
    announced = head_kind(before) if before else None
    if announced:
        return announced
    if any(facility_head(words.forms[k]) for k in (told.start, told.end - 1)):
        return EntityKind.LOC
    return EntityKind(told.kind)


def spelled(words: Words, start: int, end: int) -> str:
    """Words as the text spaces them, a line's end as a blank."""
    parts = [words.forms[start]]
    for k in range(start + 1, end):
        gap = " " if words.starts[k] > words.ends[k - 1] else ""
        parts.append(gap + words.forms[k])
    return "".join(parts)


def proper_name(words: Words, told: Told) -> str:
    """The name in the nominative, as far as its words and the article before it tell."""
    name = spelled(words, told.start, told.end)
    first = words.forms[told.start]
    if told.end - told.start == 1:
        if told.kind in PLACES and _owns(words, told.end):
            return without_genitive(name)
        return body_nominative(name) if org_head(first) and told.kind == "ORG" else name
    return strong_name(words, told.start, told.end)


def _owns(words: Words, i: int) -> bool:
    following = words.at(i)
    if words.upos[i : i + 1] == ["ADJ"] and following.islower():
        following, i = words.at(i + 1), i + 1  # "Karveniens wichtigster Hafen"
    return following[:1].isupper() and not words.finite[i] and following.lower() not in function_words()


def upheld(words: Words, candidate: Candidate) -> bool:
    """Whether a name that the rules found holds beside what the encoder says of these words; raises its score if so."""
    if words.told is None or candidate.form != "name":
        return True
    start, end = bisect_left(words.starts, candidate.start), bisect_left(words.ends, candidate.end) + 1
    reason = f"{candidate.kind}:{candidate.reason.split(':')[0]}"
    beside = words.told_over(start, end)
    if not beside:
        return reason not in _DOUBTFUL or any(map(other_script, words.forms[start:end]))
    same = [t for t in beside if (t.start, t.end) == (start, end) and _family(t.kind) == _family(candidate.kind)]
    return bool(same) or reason in _KNOWN or _ends_with_place(candidate, beside, start, end)


def _ends_with_place(candidate: Candidate, beside: list[Told], start: int, end: int) -> bool:
    """Whether the encoder reads nothing but the place that the name of a body or a building ends with: "Volksfront
    Osrana", "Hafen von Miren"."""
    places = all(t.kind in PLACES and start < t.start and t.end <= end for t in beside)
    return places and candidate.kind in (EntityKind.ORG, EntityKind.LOC)


def _family(kind: str) -> str:
    return "place" if kind in PLACES else kind
