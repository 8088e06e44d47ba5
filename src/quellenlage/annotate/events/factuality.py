"""Whether an event took place, as its clause and the claim around it tell it."""

from __future__ import annotations

from quellenlage.annotate.events.negation import NEGATIONS, Scope, came_to_nothing, denied, scope
from quellenlage.annotate.events.planned import is_future, is_perfect
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.underway import under_way
from quellenlage.annotate.events.unreal import hypothetical, unreal
from quellenlage.annotate.events.words import Word
from quellenlage.model import Claim, Evidentiality, Factuality, Polarity

_HEDGES = frozenset(
    "offenbar angeblich mutmaßlich vermutlich anscheinend wohl möglicherweise vorgeblich mutmaßliche mutmaßlichen "
    "angebliche angeblichen womöglich".casefold().split()
)
_SUCCEEDED = frozenset("gelingen schaffen zwingen beginnen anfangen".split())
"""Verbs whose infinitive came to pass where they are told of the past ("es gelang ihm, ... zu fliehen")."""
_CHARGES = frozenset("vorwurf anschuldigung behauptung verdacht gerücht unterstellung".split())
"""Nouns whose clause tells what somebody holds to be so ("den Vorwurf, sein Land rüste auf")."""
_SUSPICION = frozenset("verdächtigen bezichtigen beschuldigen".casefold().split())
_SHALL = frozenset({"soll", "sollen"})
_DOUBTED = frozenset({Evidentiality.HEDGED, Evidentiality.QUESTIONED})


def factuality(trigger: Trigger, claim: Claim | None) -> Factuality | None:
    """Judge the event; None where it is negated and nothing can be told of it."""
    words = trigger.clause.words
    nothing = came_to_nothing(trigger)
    if nothing is not None:
        return nothing
    own = scope(trigger)
    if own is not Scope.NONE or any(word.low in NEGATIONS for word in trigger.clause.governor):
        return denied(trigger, claim, own)
    if claim is not None and claim.polarity is Polarity.DENIED:
        return Factuality.DENIED
    above = _by_governor(trigger)
    if above is not None:
        return above
    if (claim is not None and claim.polarity is Polarity.UNKNOWN) or hypothetical(trigger):
        return Factuality.HYPOTHETICAL
    demanded = claim is not None and claim.evidentiality is Evidentiality.DEMANDED
    if is_future(trigger) or (demanded and any(word.low in _SHALL for word in words)):
        return Factuality.PLANNED
    if demanded or unreal(trigger, claim):
        return Factuality.HYPOTHETICAL
    hedged = any(word.low in _HEDGES for word in words)
    if hedged or _hearsay(trigger) or (claim is not None and claim.evidentiality in _DOUBTED):
        return Factuality.ALLEGED
    return Factuality.ONGOING if under_way(trigger) else Factuality.HAPPENED


def _by_governor(trigger: Trigger) -> Factuality | None:
    """What the clause above says of it: under way ("sind dabei, ... zu räumen"), or suspected of somebody."""
    clause = trigger.clause
    low = {word.low for word in clause.governor}
    if any(word.lemma in _SUCCEEDED for word in clause.governor) and not clause.conjunction:
        past = any("Tense=Past" in (word.token.feats or "") for word in clause.governor)
        return Factuality.HAPPENED if past else None
    if not trigger.noun and "dabei" in low and low & {"ist", "sind", "sei", "seien"}:
        return Factuality.ONGOING
    charged = any(word.lemma in _CHARGES for word in (*clause.governor, *_before(trigger)))
    if charged and not trigger.noun:
        return Factuality.ALLEGED
    words = clause.words
    if trigger.noun and any(word.low in _SHALL for word in words) and is_perfect(words):
        return Factuality.ALLEGED  # "soll einen Anschlag geplant haben"
    suspected = not clause.conjunction and any(word.lemma in _SUSPICION for word in clause.governor)
    return Factuality.ALLEGED if suspected else None


def _before(trigger: Trigger) -> tuple[Word, ...]:
    """The words right before the clause, which a comma parts from it."""
    first = trigger.clause.words[0].index
    return trigger.clause.sentence[max(0, first - 2) : first]


def _hearsay(trigger: Trigger) -> bool:
    """Whether it "soll" have happened: the modal with the infinitive of the perfect."""
    words = trigger.clause.words
    if trigger.noun or not any(word.low in _SHALL for word in words):
        return False
    after = [word.low for word in words[words.index(trigger.word) + 1 :] if word.form.isalpha()]
    return bool(after) and after[0] in {"haben", "sein", "worden"}
