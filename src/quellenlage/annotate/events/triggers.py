"""Words of a clause that tell an event: verbs with their particles, nouns with their compounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quellenlage.annotate.events.clauses import Clause
from quellenlage.annotate.events.lexicon import PARTICLES, Pattern, Reading, lexicon
from quellenlage.annotate.events.support import goes_back, is_habit, participle_tells, told_as_fact, took_place
from quellenlage.annotate.events.undone import is_undone
from quellenlage.annotate.events.words import DETERMINERS, PREPOSITIONS, Word

_AUXILIARIES = frozenset({"haben", "sein", "werden"})
_PLURAL_AUXILIARIES = frozenset({"haben", "hätten", "hatten", "sind", "seien", "waren", "wollen", "sollen"})
_INFLECTED_PARTICIPLE = re.compile(
    r"(?:ge|\w{2,5}ge|ver|be|er|ent|zer)\w+(?:(?<=t)|en)(?:en|er|es|em)|(?:ge|\w{2,5}ge)\w+te"
)
TOGETHER = "&"
"""Stands in a clause's words for a joint subject, so that a restriction in the lexicon can ask for it."""
IMPERSONAL = "%"
"""Stands there for a passive without any subject: "am Sonntag wird gewählt"."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PASSIVE = frozenset({"werden"})
_ASKING = frozenset({"ob", "wer", "wann", "warum", "wieso", "weshalb"})
"""Words that begin a question, which tells nothing that happened ("wann die Soldaten abziehen")."""

_CRIMES = frozenset({"CRIME", "ASSAULT"})
_HARM = frozenset({"DEATH", "ASSAULT", "CRIME", "ACCIDENT", "DISASTER"})
_TAKEN_UP = frozenset({"CONSULT", "ASSAULT", "ACCIDENT", "AGREE"})
"""Types whose nouns go back to what was told by a verb or a fuller noun ("sagte sie nach dem Gespräch")."""
_SIDE_BY_SIDE = frozenset({"conj", "parataxis"})
_MOVING = (
    "gehen", "kommen", "treten", "ziehen", "fahren", "laufen", "reisen", "folgen", "marschieren", "rücken", "begegnen",
    "brechen", "fallen", "stürzen", "steigen", "dringen", "kehren", "fliegen", "treffen", "schreiten", "springen",
)  # fmt: skip
"""Ends of verbs whose perfect is made with "sein" ("ist beigetreten"), which is no state then."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word in its clause, with the reading that fits; `passive` turns subject and object around.

    `also` are nouns of the clause that tell the same ("Bei dem Angriff wurden ... getötet"), `parts` other words of the
    trigger itself ("übte Kritik").
    `told` says that its clause tells that it took place, whoever took part in it.
    """

    word: Word
    reading: Reading
    clause: Clause
    noun: bool
    passive: bool = False
    also: tuple[Word, ...] = ()
    parts: tuple[Word, ...] = ()
    told: bool = False


def find_triggers(clause: Clause) -> Iterator[Trigger]:
    """Yield the triggers of a clause in order, one reading each.

    A noun that a verb of the same type has as its object tells nothing of its own ("verhängte Sanktionen"), nor does
    one that is part of another trigger ("legte Feuer").
    """
    found = list(_candidates(clause))
    by_verb = {trigger.reading.event_type for trigger in found if not trigger.noun}
    taken = {word.index for trigger in found if not trigger.noun for word in _joined(trigger)}
    for trigger in found:
        kind = trigger.reading.event_type
        if not trigger.noun:
            same = tuple(t.word for t in found if t.noun and t.reading.event_type == kind)
            yield replace(trigger, also=same, parts=tuple(_joined(trigger)))
        elif kind not in by_verb and trigger.word.index not in taken:
            yield trigger


def _joined(trigger: Trigger) -> list[Word]:
    """Nouns and adjectives of the clause that are part of the trigger."""
    return [word for word in trigger.clause.words if not word.is_verb and trigger.reading.joins(word.lemma)]


def _candidates(clause: Clause) -> Iterator[Trigger]:
    if clause.words[0].low in _ASKING or is_habit(clause):
        return
    context = frozenset(w.lemma for w in clause.words) | frozenset(w.low for w in clause.words)
    if _joint_subject(clause):
        context |= {TOGETHER}
    passive = _is_passive(clause)
    for position, word in enumerate(clause.words):
        if word.capital and not word.is_verb:
            reading = _first_fitting(lexicon().noun(word.lemma), context - {word.lemma, word.low})
            charged = reading is not None and (_is_charge(clause, word, reading) or is_undone(clause, word, reading))
            if reading and not (charged or _is_part_of_name(clause, position)):
                told = took_place(clause, word, topic=reading.topic)
                if told or not (reading.topic or (reading.event_type in _TAKEN_UP and goes_back(clause, word))):
                    yield Trigger(word, reading, clause, noun=True, told=told)
        elif word.relation == "amod":
            readings = lexicon().verbs.get(word.lemma) or lexicon().participle(word.lemma)
            reading = _first_fitting(readings, context) if participle_tells(clause, word) else None
            if reading:
                yield Trigger(word, reading, clause, noun=False, told=True)
        elif not word.is_verb:
            reading = _first_fitting(_adjective_readings(word), context)
            if reading:
                yield Trigger(word, reading, clause, noun=False, told=True)
        elif word.lemma not in _AUXILIARIES and not is_attributive(clause, position):
            below = frozenset(w.lemma for w in clause.below(word))
            if passive and not any(w.relation in _SUBJECTS for w in clause.below(word)):
                below |= {IMPERSONAL}
            reading = _first_fitting(_verb_readings(clause, word), context | below)
            if reading and not (_is_state(clause, word, reading) or _beside_the_dead(clause, word, reading)):
                told = told_as_fact(clause, word)
                yield Trigger(word, reading, clause, noun=False, passive=passive and _is_participle(word), told=told)


def _adjective_readings(word: Word) -> tuple[Reading, ...]:
    """Readings of an adjective or adverb that the lexicon has as it stands ("obdachlos", "verantwortlich")."""
    return () if word.low.endswith("en") and word.low != "betroffen" else lexicon().verbs.get(word.low, ())


def _is_state(clause: Clause, word: Word, reading: Reading) -> bool:
    """Whether a participle tells how things are: "war stationiert", "gilt als gefordert", "verletzt überlebt"."""
    if reading.pattern is not Pattern.SUBJECT_ACTS or word.lemma.endswith(_MOVING) or not _is_participle(word):
        return False
    if word.token.upos == "ADJ" and word.relation in {"xcomp", "advmod"}:
        above = clause.above(word)
        return above is None or above.lemma != "werden"  # "Verletzt wurde niemand"
    beside = {w.lemma for w in clause.below(word) if w.relation in {"cop", "aux", "aux:pass"}}
    return "sein" in beside and not beside & {"werden", "haben"} and not any(w.low == "worden" for w in clause.words)


def _is_charge(clause: Clause, noun: Word, reading: Reading) -> bool:
    """Whether a noun of crime says what somebody is charged with ("wegen Mordes"), not what happened."""
    return reading.event_type in _CRIMES and any(word.low == "wegen" for word in clause.below(noun))


def _beside_the_dead(clause: Clause, word: Word, reading: Reading) -> bool:
    """Whether the injured are told with the dead of one happening: "zwei starben und neun wurden verletzt"."""
    if reading.event_type != "OTHER" or word.lemma != "verletzen":
        return False
    above = clause.above(word)
    beside = [low for low in clause.below(word) if low.relation in _SIDE_BY_SIDE]
    beside += [above] if above is not None and word.relation in _SIDE_BY_SIDE else []
    return any(kind.event_type in _HARM for other in beside for kind in lexicon().verbs.get(other.lemma, ()))


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
    # In the lexicon's order, those first that know most of their context.
    return next((reading for reading in readings if reading.fits(context)), None)


def _verb_readings(clause: Clause, word: Word) -> tuple[Reading, ...]:
    """Readings of a verb; a finite verb takes its particle from the tree, or from the end of the clause."""
    particle = particle_of(clause, word)
    if particle is not None and not word.lemma.startswith(particle.low):
        # Another particle makes another verb than the plain one: "griff ... ein", "sprach sich ... aus".
        return lexicon().separable.get((word.lemma, particle.low), ())
    return lexicon().verbs.get(word.lemma, ())


def particle_of(clause: Clause, word: Word) -> Word | None:
    """The separated particle of a verb."""
    particle = next((w for w in clause.below(word) if w.relation == "compound:prt"), None)
    last = next((w for w in reversed(clause.words) if w.form[0].isalnum()), None)
    if particle is not None or last is None or not word.is_verb:
        return particle
    # What ends a sentence is no preposition, even where the tree hangs it on the noun before.
    stranded = last.governor < last.index and last is clause.sentence[-1]
    ends = last.index > word.index and last.low in PARTICLES and (last.relation != "case" or stranded)
    return last if ends else None


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
    if word.relation == "amod":
        return True
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
