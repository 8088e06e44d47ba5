"""Nouns inside what is rejected, withdrawn, or what somebody is acquitted of: they tell no happening of their own."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.annotate.events.clauses import Clause
from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.lexicon import Reading
from quellenlage.annotate.events.words import Word

_ACQUITTING = "freisprechen"
_LETTING = "lassen"
_FALLING = "fallen"
_OF = frozenset({"von", "vom"})
_OBJECT = frozenset({"obj", "nsubj:pass"})
_BESIDE = frozenset({"obl", "obl:arg"})
_AT = frozenset("in im bei beim am an während seit vor mit trotz wegen durch nach".split())
"""Prepositions whose phrase behind an object stands beside the verb as often as within the object."""
_WITHIN = frozenset({"nmod", "nmod:poss", "appos", "conj"})
_SAYING = frozenset({"ACCUSE", "REQUEST", "THREATEN", "SUPPORT", "JUSTICE", "REJECT", "PROTEST"})
"""Types whose nouns are acts of saying: to reject one denies nothing that happened."""


def is_undone(clause: Clause, noun: Word, reading: Reading) -> bool:
    """Whether a noun stands inside what its sentence says is rejected, withdrawn, or cleared up by an acquittal.

    "Lehnte die Forderung nach einem Abzug ab" tells neither of a demand nor of a withdrawal. What is only denied is
    told: "bestreitet den Angriff" of the attack, "wies die Kritik an dem Angriff zurück" of it, too, but of no demand.
    """
    if reading.event_type == "REJECT" and noun.relation in _OBJECT:
        return False
    for top, ruler in _rulers(clause, noun):
        if ruler.lemma.endswith(tuple(frames().undoing_nouns)) and not ruler.is_verb:
            return True
        lemmas = _lemmas(clause, ruler)
        if lemmas & frames().undoing:
            return _undergoes(clause, top, ruler, acquitted=_ACQUITTING in lemmas or _frees(clause, ruler))
        if lemmas & frames().denying and _undergoes(clause, top, ruler, acquitted=False):
            return reading.event_type in _SAYING
    return False


def _rulers(clause: Clause, noun: Word) -> Iterator[tuple[Word, Word]]:
    """The words above a noun up to its verb, each with the noun below it."""
    word = noun
    while (above := clause.above(word)) is not None:
        if not above.is_verb and word.relation not in _WITHIN:
            return
        yield word, above
        if above.is_verb:
            return
        word = above


def _lemmas(clause: Clause, verb: Word) -> set[str]:
    found = {verb.lemma, *(low.low + verb.lemma for low in clause.below(verb) if low.relation == "compound:prt")}
    above = clause.above(verb)
    letting = verb.lemma == _FALLING and above is not None and above.lemma == _LETTING
    dropping = verb.lemma == _LETTING and any(low.lemma == _FALLING for low in clause.below(verb))
    if letting or dropping:
        found.add(_FALLING + _LETTING)
    if _frees(clause, verb):
        found.add(_ACQUITTING)
    return found


def _frees(clause: Clause, verb: Word) -> bool:
    """Whether "frei" and "sprechen" stand apart, whatever the tree makes of them."""
    return verb.lemma == "sprechen" and any(word.low == "frei" for word in clause.words)


def _undergoes(clause: Clause, top: Word, verb: Word, *, acquitted: bool) -> bool:
    """Whether a phrase is the object of a verb, or belongs to it; of an acquittal, what is told with "von"."""
    cases = {word.low for word in clause.below(top) if word.relation == "case"}
    if acquitted:
        return bool(cases & _OF)
    if top.relation in _OBJECT:
        return True
    named = _object(clause, verb)
    if named is None or top.relation not in _BESIDE or not cases:
        return False
    start = min(word.index for word in (top, *clause.below(top)))
    asked = named.lemma in frames().asking and "nach" in cases
    return start == _end(clause, named) + 1 and (asked or not cases & _AT)


def _object(clause: Clause, verb: Word) -> Word | None:
    return next((word for word in clause.below(verb) if word.relation in _OBJECT), None)


def _end(clause: Clause, word: Word) -> int:
    return max([word.index, *(_end(clause, low) for low in clause.below(word) if low.index > word.index)])
