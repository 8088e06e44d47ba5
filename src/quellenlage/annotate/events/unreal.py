"""Whether an event is only thought of: conditions, purposes, fears, modals, the unreal Konjunktiv II."""

from __future__ import annotations

from quellenlage.annotate.events.planned import in_present
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.words import Word
from quellenlage.model import Claim

_CONDITIONS = frozenset("wenn falls sofern sollte sollten".split())
_IF = frozenset({"wenn", "falls", "sofern"})
_NEARLY = frozenset({"beinahe", "fast"})
_FEARS = frozenset(
    "verhindern vermeiden warten hoffen bedrohen befürchten fürchten prüfen erwägen vorbeugen "
    "abwenden riskieren".casefold().split()
)
"""Verbs whose noun has not come to pass, nor does anybody plan it: "einen Angriff verhindern"."""
_DEPENDENT = frozenset("abhängen abhängig voraussetzen erfordern".casefold().split())
_IDEAS = frozenset("idee bereitschaft möglichkeit wunsch hoffnung angst furcht gefahr sorge risiko chance".split())
"""Nouns of what may be: what follows them with a preposition has not come to pass."""
_DECIDED = frozenset("entscheiden nachdenken abstimmen".split())
_TOWARDS = frozenset("zu zum zur auf vor für nach".casefold().split())
SUBJUNCTIVE_2 = frozenset(
    "würde würden könnte könnten dürfte dürften müsste müssten wäre wären hätte hätten sollte".split()
)
MODALS = frozenset(
    "muss müsse müssen müssten kann könne können darf dürfe dürfen soll solle sollen mag möge mögen".split()
)


def hypothetical(trigger: Trigger) -> bool:
    """Whether a condition, a purpose, a fear or an unreal mood says that nothing of it need have come to pass."""
    return _conditional(trigger) or _purpose(trigger.clause.words) or _feared(trigger) or _irreal(trigger)


def in_conditions(trigger: Trigger) -> bool:
    """Whether a modal, a condition or the Konjunktiv II stands in the clause of a verb, negated or not."""
    words = trigger.clause.words
    modal = any(word.low in MODALS | SUBJUNCTIVE_2 for word in words)
    return modal or _conditional(trigger) or _purpose(words)


def unreal(trigger: Trigger, claim: Claim | None) -> bool:
    """Whether a verb stands with a modal ("muss zurücktreten"), or in the author's Konjunktiv II."""
    if trigger.noun:
        return False
    low = {word.low for word in trigger.clause.words}
    infinitive = trigger.word.low == trigger.word.lemma
    return (infinitive and bool(low & MODALS)) or (claim is None and bool(low & SUBJUNCTIVE_2))


def _feared(trigger: Trigger) -> bool:
    """Whether a noun is what a verb of fear, hope or prevention is about."""
    if not trigger.noun:
        return False
    cases = {word.low for word in trigger.clause.below(trigger.word) if word.relation == "case"}
    lemmas = {word.lemma for word in trigger.clause.words if word.is_verb or word.lemma in _DEPENDENT}
    if lemmas & _FEARS or (cases & {"von", "vom"} and lemmas & _DEPENDENT):
        return True  # "hängt von Verhandlungen ab"
    ruler = trigger.clause.above(trigger.word)
    if ruler is not None and ruler.lemma in _IDEAS and cases & _TOWARDS:
        return True  # "die Idee zu Gesprächen"
    return bool(cases & {"über"} and lemmas & _DECIDED)


def _irreal(trigger: Trigger) -> bool:
    """Whether a verb in the Konjunktiv II stands with a condition, or with "beinahe": nothing of it came to pass.

    "Hätte X gewarnt, wäre Y angegriffen worden", "würde zustimmen, falls ...": also within somebody's words, where the
    mood alone may only report.
    """
    words, sentence = trigger.clause.words, trigger.clause.sentence
    if trigger.noun or not any(word.low in SUBJUNCTIVE_2 for word in words):
        return False
    if any(word.low in _NEARLY for word in words):
        return True
    inverted = bool(sentence) and sentence[0].low in SUBJUNCTIVE_2 and any(word.form == "," for word in sentence)
    return (inverted and sentence[-1].form != "?") or any(word.low in _IF for word in sentence)


def _conditional(trigger: Trigger) -> bool:
    """Whether it is told as what depends on something: "wenn …", "die Vorbedingung der Stationierung"."""
    words = trigger.clause.words
    at = next((k for k, word in enumerate(words) if word is trigger.word), 0)
    before = [word.low for word in words[max(0, at - 3) : at]]
    if trigger.noun and any(word.endswith(("bedingung", "voraussetzung")) for word in before):
        return True
    if trigger.clause.conjunction in _CONDITIONS:
        return True
    if any(word.low in _CONDITIONS and not (word.capital and word.index) for word in words):
        return True
    return not trigger.noun and in_present(trigger) and _under_condition(trigger)


def _under_condition(trigger: Trigger) -> bool:
    """Whether another clause of the sentence is a condition: "Wenn der Rat zustimmt, tritt sie zurück"."""
    sentence = trigger.clause.sentence
    last = max((word.index for word in trigger.clause.words), default=0)
    opens = (at for at, word in enumerate(sentence[:-1]) if word.low in _IF and sentence[at + 1].low != "auch")
    return any(at == 0 or (sentence[at - 1].form == "," and at == last + 2) for at in opens)


def _purpose(words: tuple[Word, ...]) -> bool:
    """Whether it is a clause of purpose ("um ... zu sprechen"), whether or not it came to pass."""
    return words[0].low == "um" and any(word.low == "zu" or "zu" in word.low[2:5] for word in words)
