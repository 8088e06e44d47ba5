"""Whether two full names of one surname are one person's within an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from quellenlage.annotate.mentions.alike import alike
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.lexicon import kinship
from quellenlage.annotate.mentions.persons import bare_surname, is_first_name
from quellenlage.model import EntityKind, fold
from quellenlage.names import compare
from quellenlage.names.parts import person
from quellenlage.names.persons import is_given

_LEAST = 0.7
"""Score of the comparison of names from which on two different full names may be one person's."""
_HALVES = re.compile(r"[\s\-.]+")
_QUOTED = re.compile(r"[„“”\"«»‚‘(]\s?(\w+)\s?[“”\"«»‘’)]")
_WORD = re.compile(r"\w+(?:-\w+)*")
_BEFORE = re.compile(r"(\w+(?:-\w+)*)\s$")
_BEHIND = re.compile(r"(?:,|\s\(|\sals|\sist|\swar)?\s?(?:(?:der|die|ein|eine|sein|seine|ihr|ihre)\s)?(\w+(?:-\w+)*)")
_REACH = 30
"""Code points before a name in which the word before it is looked for."""


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of first names can be one person's: equal, an initial, part of a double name, a spelling."""
    if not one or not other:
        return True
    a, b = fold(one[0]), fold(other[0])
    if a == b or a.startswith(b + " ") or b.startswith(a + " "):
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    names, others = ({n for n in map(fold, listed) if len(n) > 1} for listed in (one, other))
    if names <= others or others <= names:  # "Kim Jong Un" and "Kim Yo Jong" share a syllable only
        return True
    return _spelled(one[0], other[0])


def only_initials(candidate: Candidate) -> bool:
    """Whether a name has nothing but initials before its surname: "K. Schmidt"."""
    return all(len(word) == 1 for word in given(candidate))


def given(candidate: Candidate) -> list[str]:
    """The given names of a person, folded, halves of double ones apart; also where the finders drew them to the
    surname ("Jorin Peter Tamm" with an unlisted first name).
    """
    last = candidate.last.split(" ")
    drawn = (
        [word for word in last[:-1] if is_first_name(word) or _is_patronym(word)]
        if bare_surname(candidate.last) == candidate.last
        else []
    )
    halves = (half for word in (*candidate.first, *drawn) for half in _HALVES.split(word))
    return [folded for half in halves if (folded := fold(half)) and folded.isalnum()]


def shortens(short: Candidate, long: Candidate) -> bool:
    """Whether each given name of one stands for another one of the other: "Jan P." for "Jan Peter", "J." for "Jan".

    Half of a double name is none: "Hans" is not short for "Hans-Peter".
    """
    free = given(long)
    for word in given(short):
        partner = next((w for w in free if _same_word(word, w)), None)
        if partner is None:
            return False
        free.remove(partner)
    return not any(_is_half(word, long) for word in free)


def one_person(text: str, one: Candidate, other: Candidate, *, same_surname: bool, others: Iterable[list[str]]) -> bool:
    """Whether two full names are one person's; `others` are the given names of all who bear the surname.

    With `same_surname` only given names are compared: the surnames may differ in a genitive or a particle.
    """
    ours, theirs = given(one), given(other)
    if ours == theirs and same_surname:
        return True
    if same_surname and (_called(text, one, theirs) or _called(text, other, ours)):
        return True
    if same_surname and (_second_surname(one, other) or _second_surname(other, one)):
        return not related(text, one, other)
    if _other_patronyms(ours, theirs):
        return False
    if not alike_whole(one, other, last=one.last if same_surname else other.last):
        return False
    nicknames = _nicknames(text, one) | _nicknames(text, other)
    extra = _lacking(ours, theirs, nicknames), _lacking(theirs, ours, nicknames)
    if not any(extra):
        return True
    if all(extra) or related(text, one, other):
        return False
    (longer, candidate), added = ((ours, one), extra[0]) if extra[0] else ((theirs, other), extra[1])
    if longer[0] in added or any(_is_half(word, candidate) for word in added):
        return False
    return not any(_is_another(names, longer) for names in others)


def alike_whole(one: Candidate, other: Candidate, *, last: str = "") -> bool:
    """Whether the comparison of names holds two full names for one, the second with the surname `last` if given."""
    return compare(EntityKind.PER, _whole(one, one.last), _whole(other, last or other.last)).score >= _LEAST


def related(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether a word for a relative stands directly beside one of two names, or between them in their sentence."""
    if any(beside_relative(text, c.start) for c in (one, other)):
        return True
    if any((found := _BEHIND.match(text, c.end)) and kinship(found[1]) for c in (one, other)):
        return True
    left, right = sorted((one, other), key=lambda c: c.start)
    return left.sentence == right.sentence and any(map(kinship, _WORD.findall(text, left.end, right.start)))


def beside_relative(text: str, start: int) -> str:
    """Which relative the word before code point `start` names ("sein Sohn Jan Tamm"): see `kinship`."""
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    return kinship(before[1]) if before else ""


def _called(text: str, candidate: Candidate, names: list[str]) -> bool:
    """Whether given names are but what a person is called in quotation marks: "Sascha" of "Ernst (Sascha) Quint"."""
    return bool(names) and set(names) <= _nicknames(text, candidate)


def _second_surname(long: Candidate, short: Candidate) -> bool:
    """Whether the short name is the two surnames of the long one: "García Moreno" of "Gabriel García Moreno"."""
    if len(short.first) != 1 or len(long.first) < 2 or fold(long.first[-1]) != fold(short.first[0]):
        return False
    form = short.first[0]
    return len(fold(form)) > 1 and not is_first_name(form) and not any(map(is_given, person(form).parts))


def _whole(candidate: Candidate, last: str) -> str:
    surname_first = candidate.last and candidate.name.startswith(candidate.last + " ")
    parts = (last, *candidate.first) if surname_first else (*candidate.first, last)
    return " ".join(parts)


def _spelled(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    if len(a) > 4 and len(b) > 4 and a[0] == b[0] and Levenshtein.distance(a, b) == 1:
        return True
    return alike(one, other)


def _lacking(ours: list[str], theirs: list[str], nicknames: set[str]) -> list[str]:
    """Given names of ours that they lack, but for initials, patronymics and nicknames.

    A part of theirs, or an initial, stands for one of ours only: "Hans P." lacks nothing of "Hans Peter".
    """
    free = list(theirs)
    lacking = []
    for word in sorted(ours, key=lambda word: word not in theirs):
        partner = next((w for w in free if _same_word(word, w)), None)
        if partner is not None:
            free.remove(partner)
        elif len(word) > 1 and word not in nicknames and not _is_patronym(word):
            lacking.append(word)
    if "".join(ours) == "".join(theirs):  # "Jong-un", "Jongun"
        return []
    return lacking


def _other_patronyms(ours: list[str], theirs: list[str]) -> bool:
    """Whether both have patronymics and those differ: "Pawlowitsch", "Iwanowitsch"."""
    mine, others = ([word for word in names if _is_patronym(word)] for names in (ours, theirs))
    return bool(mine and others) and not any(_same_word(a, b) for a in mine for b in others)


def _is_patronym(word: str) -> bool:
    return any(part.patronym for part in person(word).parts)


def _same_word(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other or _spelled(one, other)


def _is_half(word: str, candidate: Candidate) -> bool:
    return any("-" in first and word in map(fold, first.split("-")) for first in candidate.first)


def _is_another(names: list[str], longer: list[str]) -> bool:
    """Whether given names are neither the longer name's nor a part of them."""
    return not all(any(_same_word(name, word) for word in longer) for name in names)


def _nicknames(text: str, candidate: Candidate) -> set[str]:
    return {fold(word) for word in _QUOTED.findall(text, candidate.start, candidate.end)}
