"""Words of a clause that tell an event: verbs with their particles, nouns with their compounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quellenlage.annotate.events.clauses import Clause
from quellenlage.annotate.events.lexicon import PARTICLES, Reading, lexicon
from quellenlage.annotate.events.words import DETERMINERS, PREPOSITIONS, Word

_AUXILIARIES = frozenset({"haben", "sein", "werden"})
_PLURAL_AUXILIARIES = frozenset({"haben", "hätten", "hatten", "sind", "seien", "waren", "wollen", "sollen"})
_INFLECTED_PARTICIPLE = re.compile(
    r"(?:ge|\w{2,5}ge|ver|be|er|ent|zer)\w+(?:(?<=t)|en)(?:en|er|es|em)|(?:ge|\w{2,5}ge)\w+te"
)
TOGETHER = "&"
"""Stands in a clause's words for a joint subject, so that a restriction in the lexicon can ask for it."""
_PASSIVE = frozenset({"werden"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word in its clause, with the reading that fits; `passive` turns subject and object around.

    `also` are nouns of the clause that tell the same ("Bei dem Angriff wurden ... getötet").
    """

    word: Word
    reading: Reading
    clause: Clause
    noun: bool
    passive: bool = False
    also: tuple[Word, ...] = ()


def find_triggers(clause: Clause) -> Iterator[Trigger]:
    """Yield the triggers of a clause in order, one reading each.

    A noun that a verb of the same type has as its object tells nothing of its own ("verhängte Sanktionen").
    """
    found = list(_candidates(clause))
    by_verb = {trigger.reading.event_type for trigger in found if not trigger.noun}
    for trigger in found:
        kind = trigger.reading.event_type
        if not trigger.noun:
            yield replace(trigger, also=tuple(t.word for t in found if t.noun and t.reading.event_type == kind))
        elif kind not in by_verb:
            yield trigger


def _candidates(clause: Clause) -> Iterator[Trigger]:
    context = frozenset(w.lemma for w in clause.words) | frozenset(w.low for w in clause.words)
    if _joint_subject(clause):
        context |= {TOGETHER}
    passive = _is_passive(clause)
    for position, word in enumerate(clause.words):
        if word.capital and not word.is_verb:
            reading = _first_fitting(lexicon().noun(word.lemma), context - {word.lemma, word.low})
            if reading and not _is_part_of_name(clause, position):
                yield Trigger(word, reading, clause, noun=True)
        elif word.low in lexicon().verbs and not word.is_verb:
            reading = _first_fitting(lexicon().verbs[word.low], context)
            if reading:
                yield Trigger(word, reading, clause, noun=False)
        elif word.is_verb and word.lemma not in _AUXILIARIES and not is_attributive(clause, position):
            reading = _first_fitting(_verb_readings(clause, word), context)
            if reading:
                yield Trigger(word, reading, clause, noun=False, passive=passive and _is_participle(word))


def _joint_subject(clause: Clause) -> bool:
    """Whether two names joined by "und" stand with a plural verb: "X und Y haben gesprochen" is "mit einander"."""
    plural = any(w.low in _PLURAL_AUXILIARIES or (w.is_verb and w.low.endswith("en")) for w in clause.words)
    joined = any(
        word.low == "und"
        and 0 < at < len(clause.words) - 1
        and clause.words[at - 1].capital
        and any(other.capital for other in clause.words[at + 1 : at + 4])
        for at, word in enumerate(clause.words)
    )
    return plural and joined


def _first_fitting(readings: tuple[Reading, ...], context: frozenset[str]) -> Reading | None:
    # Restricted readings first: they know their context.
    ordered = sorted(readings, key=lambda reading: not reading.needs)
    return next((reading for reading in ordered if reading.fits(context)), None)


def _verb_readings(clause: Clause, word: Word) -> tuple[Reading, ...]:
    """Readings of a verb; a finite verb takes its particle from the end of the clause ("zog ... ab")."""
    last = next((w for w in reversed(clause.words) if w.form.isalpha()), None)
    if last is not None and last.index > word.index and last.low in PARTICLES:
        # Another particle makes another verb than the plain one: "griff ... ein", "sprach sich ... aus".
        return lexicon().separable.get((word.lemma, last.low), ())
    return lexicon().verbs.get(word.lemma, ())


def _is_participle(word: Word) -> bool:
    return (word.low.endswith(("t", "en")) and word.low != word.lemma) or "ge" in word.low


def _is_passive(clause: Clause) -> bool:
    return any(word.lemma in _PASSIVE and word.low not in {"würde", "würden"} for word in clause.words) and any(
        word.is_verb and word.lemma not in _AUXILIARIES and _is_participle(word) for word in clause.words
    ) and not _is_future(clause)  # fmt: skip


def _is_future(clause: Clause) -> bool:
    """Whether "werden" goes with an infinitive ("wird reisen") rather than with a participle ("wird entlassen")."""
    last = clause.words[-1]
    return last.is_verb and last.low == last.lemma and last.lemma not in _PASSIVE


def is_attributive(clause: Clause, position: int) -> bool:
    """Whether a participle stands before its noun ("die gestürzten Machthaber"): it tells no event of its own."""
    word = clause.words[position]
    following = clause.words[position + 1] if position + 1 < len(clause.words) else None
    if following is None or following.low in DETERMINERS or not (following.capital or following.is_adjective_like):
        return False
    if _INFLECTED_PARTICIPLE.fullmatch(word.low):
        return True
    before = clause.words[position - 1] if position else None
    if before is None or not word.is_adjective_like or not following.capital:
        return False
    # Without "ge-" the form may be finite too ("besuchte"): then only an article or adjective before it decides.
    return before.low in DETERMINERS or before.low in PREPOSITIONS or (before.is_adjective_like and not before.is_verb)


def _is_part_of_name(clause: Clause, position: int) -> bool:
    """Whether the noun is part of a proper name such as "Wiener Kongress-Partei": a capital adjective in -er
    precedes."""
    word = clause.words[position]
    return "-" in word.form and word.form.rsplit("-", 1)[1][:1].islower()
