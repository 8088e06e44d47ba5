"""What the text says did not happen: negated, called off, ruled out, come to nothing."""

from __future__ import annotations

from enum import Enum

from quellenlage.annotate.events.planned import PLAN_WORDS, future_tense, in_present, is_future, last_word
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.unreal import MODALS, SUBJUNCTIVE_2, in_conditions
from quellenlage.annotate.events.words import Word
from quellenlage.model import Claim, Evidentiality, Factuality, Polarity

NEGATIONS = frozenset(
    "niemand niemanden niemandem nicht nichts kein keine keinen keinem keiner keines keinerlei nie niemals nirgends "
    "weder".split()
)
_NONE = frozenset("kein keine keinen keinem keiner keines keinerlei".split())
_NO_NEGATION = frozenset("nur zuletzt weniger minder allein umsonst ohne selten".split())
"""Words after "nicht" that make no negation of it ("nicht nur in Miren", "nicht weniger als 40")."""
_SO_FAR = frozenset({"noch", "bisher", "bislang", "vorerst", "zunächst"})
"""Words beside "nicht" that leave it open whether it comes to pass."""
_STILL = frozenset({"mehr", "länger", "immer"})
"""The same after "nicht": what no longer is was once."""
_EXISTENCE = frozenset("geben stattfinden kommen finden zustandekommen erfolgen ereignen geschehen".split())
"""Verbs that say of a noun that it was: "ein Treffen gab es nicht"."""
_CARRYING = frozenset("führen halten abhalten verüben unternehmen durchführen".split())
"""Verbs whose object is what is done: "führte keine Gespräche"."""
_SUCCEEDED = frozenset("gelingen schaffen".split())
"""Verbs whose infinitive did not come to pass where they are negated ("es gelang ihr nicht, ... zu fliehen")."""
_ORDERS = frozenset(
    "anweisen weisen auffordern fordern bitten aufrufen rufen befehlen verbieten untersagen warnen raten".split()
)
"""Verbs of ordering: what they forbid ("angewiesen, nicht ... zu erleichtern") is no happening that is denied."""
CALLED_OFF = frozenset("ausfallen absagen entfallen platzen scheitern".split())
"""Verbs that say of a plan that it came to nothing."""
_FAILED = "scheitern"
"""The one of these that is said, too, of what took place and led to nothing ("die Gespräche sind gescheitert")."""
RULING_OUT = frozenset({"ausschließen".casefold()})
"""Verbs by which somebody says of a noun that it is not so: "schließt einen Anschlag aus"."""
_CAME_TO_NOTHING = frozenset("ausbleiben vereiteln fehlschlagen".split())
"""Verbs that say of the noun they stand with that it did not come to pass: "der Angriff blieb aus"."""
_UNTRUE = frozenset("falsch unwahr unzutreffend gelogen erfunden".split())
_TRUE = frozenset("wahr stimmt richtig zutreffend".split())
_SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "AGREE", "SUPPORT", "CONCEDE"})
_UNSAID = _SPEECH_ACTS - {"AGREE"}
"""Types of saying of which the author's "nicht" tells nothing that anybody would set against it."""
_UNTOLD = frozenset({Evidentiality.DEMANDED, Evidentiality.QUESTIONED})
_CORE = frozenset({"nsubj", "nsubj:pass", "obj"})
_INSIDE = frozenset({"nmod", "nmod:poss", "appos", "conj", "amod"})
"""Relations of what stands inside a noun phrase."""


class Scope(Enum):
    """What a negation of the clause is about."""

    NONE = "no negation, or of something else"
    EVENT = "the event"
    UNSURE = "perhaps the event, perhaps a part of it, or only so far"


def scope(trigger: Trigger) -> Scope:
    """What the negations of a trigger's own clause are about, by the tree where there is one."""
    found = [_scope(trigger, word) for word in trigger.clause.words if word.low in NEGATIONS]
    return next((kind for kind in (Scope.UNSURE, Scope.EVENT) if kind in found), Scope.NONE)


def _scope(trigger: Trigger, negation: Word) -> Scope:
    words = trigger.clause.words
    at = words.index(negation)
    after = words[at + 1].low if at + 1 < len(words) else ""
    if after in _NO_NEGATION or _contrasts(trigger, negation):
        return Scope.NONE
    host = trigger.clause.above(negation)
    if host is not None and host is not trigger.word and host.relation == "amod":
        return Scope.NONE  # "auf nicht überfluteten Straßen"
    if trigger.noun:
        return _scope_on_noun(trigger, negation)
    so_far = after in _STILL or (at > 0 and words[at - 1].low in _SO_FAR)
    if host is None or so_far:
        return Scope.UNSURE
    own = {trigger.word.index, *(part.index for part in trigger.parts)}
    ruler = trigger.clause.above(trigger.word)
    if ruler is not None and (trigger.parts or ruler.token.upos == "AUX"):
        own.add(ruler.index)
    return Scope.EVENT if host.index in own or host.governor in own else Scope.UNSURE


def _scope_on_noun(trigger: Trigger, negation: Word) -> Scope:
    """ "Kein Treffen gab es", "es kam nie zu einem Treffen": only of what is said to be, or done, is it the event."""
    noun, words = trigger.word, trigger.clause.words
    host, ruler = trigger.clause.above(negation), trigger.clause.above(noun)
    at, position = words.index(negation), words.index(noun)
    if not noun.relation:
        there = any(word.lemma in _EXISTENCE for word in words)
        return Scope.EVENT if there else Scope.UNSURE if 0 < position - at <= 3 else Scope.NONE
    if ruler is None:
        beside = negation.low in _NONE and 0 < position - at <= 3
        return Scope.EVENT if beside and noun.relation == "root" else Scope.UNSURE if beside else Scope.NONE
    lemmas = set(lemmas_of(trigger, ruler))
    said_to_be = bool(lemmas & (_EXISTENCE | _CARRYING)) and noun.relation != "nmod"
    if host is noun or (negation.low in _NONE and 0 < position - at <= 3):
        return Scope.EVENT if said_to_be else Scope.UNSURE
    if lemmas & _EXISTENCE and host is not None and host.index in {ruler.index, ruler.governor}:
        return Scope.EVENT
    return Scope.UNSURE if 0 < position - at <= 3 else Scope.NONE


def _contrasts(trigger: Trigger, negation: Word) -> bool:
    """Whether "sondern" without a verb follows: "nicht in Miren, sondern in Dorwa" denies a part, not the event."""
    sentence = trigger.clause.sentence
    for at in range(negation.index - (sentence[0].index if sentence else 0) + 1, len(sentence)):
        if sentence[at].low == "sondern":
            own = {trigger.word.index, trigger.word.governor}
            behind = (word for word in sentence[at + 1 :] if word.is_verb)
            return not any(word.index not in own and word.relation == "conj" for word in behind)
    return False


def contrasted(trigger: Trigger) -> tuple[Word, ...]:
    """Words from "nicht" to "sondern" that a contrast denies: who stands there has no part in the event."""
    sentence = trigger.clause.sentence
    for word in trigger.clause.words:
        if word.low in NEGATIONS and _contrasts(trigger, word):
            ends = next((other.index for other in sentence if other.low == "sondern"), word.index)
            return tuple(other for other in sentence if word.index < other.index < ends)
    return ()


def left_out(trigger: Trigger) -> tuple[Word, ...]:
    """Words that a negation keeps out of an event that took place: "sprach mit allen, nicht mit der Volksfront"."""
    found = list(contrasted(trigger))
    for word in trigger.clause.sentence:
        case = trigger.clause.sentence[word.index + 1] if word.index + 1 < len(trigger.clause.sentence) else None
        if word.low == "nicht" and case is not None and case.relation == "case":
            host = trigger.clause.above(case)
            ends = host.index + 1 if host is not None else word.index
            found += [other for other in trigger.clause.sentence if word.index < other.index < ends + 2]
    return tuple(found)


def lemmas_of(trigger: Trigger, verb: Word) -> tuple[str, ...]:
    """Lemma of a verb, and the one with its separated particle before it."""
    particle = next((word.low for word in trigger.clause.below(verb) if word.relation == "compound:prt"), "")
    if not particle or verb.lemma.startswith(particle):
        return (verb.lemma,)
    return (particle + verb.lemma,)


def denied(trigger: Trigger, claim: Claim | None, own: Scope) -> Factuality | None:
    """What a negated clause tells, by what its `own` negation is about; None where nothing can be told of it.

    Within somebody's words it is denied on their word; the author's own words deny it where the negation is surely
    about the event, and neither a modal nor a bare present leaves open what happens.
    """
    clause = trigger.clause
    above = any(word.low in NEGATIONS for word in clause.governor)
    if any(word.lemma in _ORDERS for word in clause.governor):
        return None
    if clause.conjunction == "dass" and (above or claim is None):
        return Factuality.HYPOTHETICAL  # "sagte nicht, dass ...": nobody tells it
    if claim is not None and claim.evidentiality in _UNTOLD:
        return Factuality.HYPOTHETICAL
    if claim is not None:
        doubly = claim.polarity is Polarity.DENIED
        return None if doubly or is_future(trigger) else Factuality.DENIED
    if above and own is Scope.NONE:
        failed = any(word.lemma in _SUCCEEDED and word.past for word in clause.governor)
        return Factuality.DENIED if failed and not clause.conjunction else None
    if above or own is not Scope.EVENT or trigger.reading.event_type in _UNSAID:
        return None
    return Factuality.DENIED if _settled(trigger) else None


def _settled(trigger: Trigger) -> bool:
    """Whether what is negated is told as past, or as a plan that is none: not asked, nor open, nor true in general."""
    words = trigger.clause.words
    if trigger.clause.sentence and trigger.clause.sentence[-1].form == "?":
        return False
    if in_conditions(trigger) or trigger.clause.governor:
        return False
    finite = [word for word in words if "VerbForm=Fin" in (word.token.feats or "")]
    if trigger.noun:
        return bool(finite) or trigger.word.relation == "root"
    return bool(finite) and (not in_present(trigger) or future_tense([word for word in words if word.is_verb]))


def came_to_nothing(trigger: Trigger) -> Factuality | None:
    """What the words around it say where they deny it, rule it out or call it off; None where they do not."""
    if _called_off(trigger) or _untrue(trigger.clause.governor):
        return Factuality.DENIED
    return _ruled_out(trigger)


def _called_off(trigger: Trigger) -> bool:
    """Whether a plan came to nothing: "der geplante Gipfel fällt aus", "kam nie zustande", "wird nicht stattfinden"."""
    if not trigger.noun:
        return False
    words = trigger.clause.words
    verbs = [word for word in words if word.is_verb]
    low = {word.low for word in words}
    planned = bool(low & PLAN_WORDS) or any(word.low.startswith("geplant") for word in words)
    ruler = _ruler(trigger)
    off = {lemma for verb in verbs if ruler in {None, verb} for lemma in lemmas_of(trigger, verb)} & CALLED_OFF
    if (off if planned else off - {_FAILED}) and not low & NEGATIONS:
        return True
    last = last_word(words)
    if "fallen" in {verb.lemma for verb in verbs} and last == "aus" and ruler in {None, *verbs}:
        return True
    if planned and bool(low & NEGATIONS) and last in PLAN_WORDS:
        return True  # "ist nicht mehr geplant"
    never = scope(trigger) is Scope.EVENT
    return never and (planned or future_tense(verbs) or "zustande" in low)


def _ruler(trigger: Trigger) -> Word | None:
    """The verb whose subject or object the noun is, or stands in; itself for one that stands beside the verb.

    None where the tree knows of no such verb, or hangs the noun on words that it cannot belong to.
    """
    word = trigger.word
    while (above := trigger.clause.above(word)) is not None:
        if above.is_verb:
            return above if word.relation in _CORE else trigger.word
        if word.relation not in _INSIDE:
            return None
        word = above
    return None


def _ruled_out(trigger: Trigger) -> Factuality | None:
    """What a verb says of its noun that rules it out or makes nothing of it; None where none does.

    "Die Polizei schließt einen Anschlag aus" denies it, "schließt einen Anschlag nicht aus" leaves it open.
    """
    ruler = trigger.clause.above(trigger.word) if trigger.noun else None
    if ruler is None or trigger.word.relation not in _CORE:
        return None
    lemma = lemmas_of(trigger, ruler)[0]
    passive = any(word.relation == "aux:pass" for word in trigger.clause.below(ruler))
    low = {word.low for word in trigger.clause.words}
    if lemma in RULING_OUT and (trigger.word.relation != "nsubj" or passive):
        low |= {word.low for word in trigger.clause.governor}
        open_still = bool(low & (NEGATIONS | MODALS | SUBJUNCTIVE_2))
        return Factuality.HYPOTHETICAL if open_still else Factuality.DENIED
    if lemma in _CAME_TO_NOTHING:
        return None if low & (NEGATIONS | MODALS | SUBJUNCTIVE_2) else Factuality.DENIED
    return None


def _untrue(governor: tuple[Word, ...]) -> bool:
    """Whether the clause before says of this one that it is not so: "es ist nicht wahr, dass ..."."""
    low = {word.low for word in governor}
    return bool(low & _UNTRUE) or (bool(low & _TRUE) and bool(low & NEGATIONS))
