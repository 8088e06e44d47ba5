"""Whether an event goes on when it is told."""

from __future__ import annotations

from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.words import Word

NOW = frozenset("derzeit momentan gegenwärtig aktuell jetzt zurzeit".split())
"""Words for the day on which the article appears."""
_ONGOING = NOW | frozenset("weiterhin unverändert läuft laufen".split())
_GOING_ON = ("anhalt", "andauer", "fortdauer", "bestehend", "laufend", "derzeitig", "gegenwärtig")
"""Beginnings of adjectives and participles that say so of a noun ("die anhaltenden Kämpfe")."""
_CONTINUED = frozenset("fortsetzen weiterführen fortführen".split())
_LASTING = frozenset(
    "unterstützen kämpfen verhandeln belagern streiken wüten toben blockieren andauern anhalten laufen dauern "
    "fortsetzen weitergehen fortdauern anerkennen festhalten prüfen untersuchen ermitteln suchen fahnden entwickeln "
    "belasten bekämpfen brennen ringen arbeiten herrschen sitzen besetzen überwachen".casefold().split()
)
"""Verbs that in the present tell what goes on: "die Arbeiter streiken", "der Protest hält an"."""
_SINCE = frozenset({"seit", "seitdem"})
_PERFECT = frozenset({"haben", "sein"})


def under_way(trigger: Trigger) -> bool:
    """Whether it goes on: by a word of the clause, by an adjective of the noun, or by its verb and tense.

    A participle before its noun ("der jetzt bekannte, 1962 ausgerufene Staat") tells of the past whatever stands there.
    """
    if trigger.word.relation == "amod" and not trigger.noun:
        return False
    beside = (word for word in trigger.clause.below(trigger.word) if word.relation in {"amod", "acl"})
    if trigger.noun and any(word.low.startswith(_GOING_ON) for word in beside):
        return True
    return any(word.low in _ONGOING for word in trigger.clause.words) or _goes_on(trigger)


def _goes_on(trigger: Trigger) -> bool:
    """Whether it is told in the present with "seit" or "noch", or with a verb that lasts, also in the passive."""
    words = trigger.clause.words
    finite = [word for word in words if "VerbForm=Fin" in (word.token.feats or "")]
    present = [word for word in finite if "Tense=Pres" in (word.token.feats or "")]
    ruler = trigger.clause.above(trigger.word)
    if trigger.noun and ruler is not None and _lemma(trigger, ruler) & _CONTINUED and trigger.word.relation == "obj":
        return True  # "setzten die Offensive fort"
    if not present or any(word.lemma in _PERFECT for word in present) or any(w.low == "geworden" for w in words):
        return False
    if any(word.low in _SINCE for word in words):
        return True
    verb = next((word for word in words if word.is_verb and _lasts(trigger, word)), None)
    if verb is None:
        return False
    return verb in present or any(word.lemma == "werden" for word in present)


def _lasts(trigger: Trigger, verb: Word) -> bool:
    """Whether a verb lasts, by itself or with its particle ("hält ... fest")."""
    particle = next((low.low for low in trigger.clause.below(verb) if low.relation == "compound:prt"), "")
    return particle + verb.lemma in _LASTING or (verb.lemma in _LASTING and not particle)


def _lemma(trigger: Trigger, verb: Word) -> set[str]:
    particles = (low.low for low in trigger.clause.below(verb) if low.relation == "compound:prt")
    return {verb.lemma, *(particle + verb.lemma for particle in particles)}
