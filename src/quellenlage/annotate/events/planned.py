"""Whether a clause plans an event: future, modals of intent, verbs and words of what is to come."""

from __future__ import annotations

from itertools import pairwise

from quellenlage.annotate.events.lexicon import lexicon
from quellenlage.annotate.events.triggers import Trigger, is_attributive
from quellenlage.annotate.events.words import Word

_PLAN_VERBS = frozenset(
    "planen ankündigen kündigen vorsehen beabsichtigen vorhaben erwarten vorbereiten erwägen anstreben streben wollen "
    "bevorstehen anberaumen ansetzen vorschlagen zusagen versprechen".split()
)
PLAN_WORDS = frozenset(
    "geplant geplante geplanten vorgesehen vorgesehene anberaumt bevorstehend bevorstehende bevorstehenden".split()
)
AGREEMENTS = frozenset(
    "einigen vereinbaren zustimmen verständigen beschließen billigen genehmigen verhandeln".casefold().split()
)
"""Verbs whose noun object is still to come ("sich auf einen Abzug einigen")."""

_WISHES = AGREEMENTS | frozenset(
    "fordern verlangen bitten aufrufen drohen warnen hoffen ablehnen verhindern vermeiden".split()
)
_TO_COME = frozenset("demnächst bald künftig zukünftig voraussichtlich nächstens kürze zukunft".split())
"""Words that, with a verb in the present, tell what is to come ("tritt demnächst zurück", "in Kürze")."""
_THEN = frozenset("darauf danach nach".split())
"""Words after "bald" that make it a time in the past ("bald darauf")."""
_INTENT = frozenset("will wollen wolle soll sollen solle möchte möchten wollten wollte".split())
_WERDEN = frozenset({"wird", "werden", "werde"})
_PERFECT = frozenset({"haben", "sein"})
_BEGUN = frozenset("starten beginnen erfolgen eröffnen ereignen enden ausbrechen".split())
"""Verbs that say, in the past, that what was planned took place ("startete die erwartete Offensive")."""
_VICTIMS = frozenset("opfer menschenleben tote toter todesopfer leben verletzter verletzte".split())
_AFTER = frozenset({"nach", "seit", "während"})


def is_future(trigger: Trigger) -> bool:
    """Whether the clause plans it: a modal of intent or "werden" with an infinitive, or a verb of planning."""
    words = trigger.clause.words
    verbs = [
        word
        for at, word in enumerate(words)
        if word.is_verb and word.token.deprel != "amod" and not is_attributive(trigger.clause, at)
    ]
    governor = () if trigger.clause.conjunction else trigger.clause.governor
    lemmas = {word.lemma for word in (*verbs, *governor)}
    if trigger.noun:
        return _noun_is_future(trigger, verbs, lemmas)
    with_infix = trigger.word.low != trigger.word.lemma == trigger.word.low.replace("zu", "", 1)
    infinitive = trigger.word.low == trigger.word.lemma or with_infix
    intends = any(word.low in _INTENT for word in words)
    with_zu = with_infix or any(a.low == "zu" and b is trigger.word for a, b in pairwise(words))
    if is_perfect(words) and intends:
        return False  # "soll ... getötet haben" is hearsay, not a plan
    if intends and (infinitive or last_word(words) == "werden"):
        return True
    return future_tense(verbs) or with_zu or (bool(lemmas & _PLAN_VERBS) and infinitive) or _told_ahead(trigger)


def _noun_is_future(trigger: Trigger, verbs: list[Word], lemmas: set[str]) -> bool:
    if _done_already(trigger, verbs):
        return False
    if future_tense(verbs) or _planned_noun(trigger):
        return True
    if "fordern" in lemmas and any(word.lemma in _VICTIMS for word in trigger.clause.words):
        return False
    # "das Beben forderte Opfer" wishes for none, while "der Gipfel steht bevor" is planned.
    wishes = _WISHES if trigger.word.token.deprel != "nsubj" else frozenset()
    return bool(lemmas & (_PLAN_VERBS | wishes))


def _told_ahead(trigger: Trigger) -> bool:
    """Whether a verb in the present stands with a word of what is to come ("tritt demnächst zurück")."""
    words = trigger.clause.words
    ahead = any(
        word.low in _TO_COME and not (after is not None and after.low in _THEN)
        for word, after in zip(words, [*words[1:], None], strict=True)
    )
    return ahead and in_present(trigger)


def in_present(trigger: Trigger) -> bool:
    """Whether the verb of a trigger is told in the present, also in the passive, but not in the perfect."""
    own = [w for w in trigger.clause.words if w is trigger.word or w.governor == trigger.word.index]
    finite = [w for w in own if "VerbForm=Fin" in (w.token.feats or "")]
    if not finite or any(word.past for word in own) or any(word.low == "worden" for word in own):
        return False
    plural = all(w.low == w.lemma and "Number=Plur" in (w.token.feats or "") for w in finite)
    return all((plural or "Tense=Pres" in (w.token.feats or "")) and w.lemma not in _PERFECT for w in finite)


def _done_already(trigger: Trigger, verbs: list[Word]) -> bool:
    """Whether a noun took place whatever else the clause plans: "nach Diskussionen", "startete die Offensive"."""
    cases = {word.low for word in trigger.clause.below(trigger.word) if word.relation == "case"}
    past = any("Tense=Past" in (word.token.feats or "") for word in verbs)
    if cases & _AFTER and (past or any(word.lemma in _PERFECT for word in trigger.clause.words)):
        return "bei" not in cases
    ruler = trigger.clause.above(trigger.word)
    begun = ruler is not None and ruler.lemma in _BEGUN and "Tense=Past" in (ruler.token.feats or "")
    return begun and trigger.word.relation in {"nsubj", "obj", "nsubj:pass"}


def _planned_noun(trigger: Trigger) -> bool:
    """Whether "geplant" is said of the trigger: right before it, or as the verb of its clause."""
    words = trigger.clause.words
    at = words.index(trigger.word)
    for k, word in enumerate(words):
        if word.low not in PLAN_WORDS:
            continue
        ruler = trigger.clause.above(word) if word.relation == "amod" or word.low.endswith(("en", "e")) else None
        if ruler is not None and ruler is not trigger.word and lexicon().noun(ruler.lemma):
            continue  # "ein Schritt bei den vorgeschlagenen direkten Gesprächen"
        if 0 < at - k <= 3 or not (k + 1 < len(words) and words[k + 1].capital):
            return True
    return False


def last_word(words: tuple[Word, ...]) -> str:
    """The last word of a clause in folded case, punctuation left out; empty where there is none."""
    return next((word.low for word in reversed(words) if word.form.isalpha()), "")


def is_perfect(words: tuple[Word, ...]) -> bool:
    """Whether a clause ends with the infinitive of the perfect, or of its passive."""
    last = [word.low for word in words if word.form.isalpha()][-2:]
    return bool(last) and (last[-1] in _PERFECT or "worden" in last)


def future_tense(verbs: list[Word]) -> bool:
    """Form of "werden" with an infinitive or passive infinitive at the end of the clause."""
    if not any(word.low in _WERDEN for word in verbs):
        return False
    last = verbs[-1]
    if last.low == "werden" and len(verbs) > 1:
        return any(word.low in {"wird", "werde"} for word in verbs[:-1])
    return last.low == last.lemma and last.lemma != "werden"
