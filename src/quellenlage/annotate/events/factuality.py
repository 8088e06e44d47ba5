"""Whether an event took place, as its clause and the claim around it tell it."""

from __future__ import annotations

from itertools import pairwise

from quellenlage.annotate.events.lexicon import lexicon
from quellenlage.annotate.events.triggers import Trigger, is_attributive
from quellenlage.annotate.events.words import Word
from quellenlage.model import Claim, Evidentiality, Factuality, Polarity

_NEGATIONS = frozenset(
    "niemand niemanden niemandem nicht kein keine keinen keinem keiner keinerlei nie niemals nirgends weder".split()
)
_EXISTENCE = frozenset("geben stattfinden kommen finden zustandekommen".split())
"""Verbs that say of a noun that it was: "ein Treffen gab es nicht"."""

CALLED_OFF = frozenset("ausfallen absagen entfallen platzen scheitern".split())
"""Verbs that say of a plan that it came to nothing."""
RULING_OUT = frozenset({"ausschließen".casefold()})
"""Verbs by which somebody says of a noun that it is not so: "schließt einen Anschlag aus"."""
_CAME_TO_NOTHING = frozenset("ausbleiben vereiteln fehlschlagen".split())
"""Verbs that say of the noun they stand with that it did not come to pass: "der Angriff blieb aus"."""
_CONDITIONS = frozenset("wenn falls sofern sollte sollten".split())
_IF = frozenset({"wenn", "falls", "sofern"})
_NEARLY = frozenset({"beinahe", "fast"})
_HEDGES = frozenset(
    "offenbar angeblich mutmaßlich vermutlich anscheinend wohl möglicherweise vorgeblich mutmaßliche mutmaßlichen "
    "angebliche angeblichen womöglich".casefold().split()
)
_PLAN_VERBS = frozenset(
    "planen ankündigen kündigen vorsehen beabsichtigen vorhaben erwarten vorbereiten erwägen anstreben streben wollen "
    "bevorstehen anberaumen ansetzen vorschlagen zusagen versprechen".split()
)
_PLAN_WORDS = frozenset(
    "geplant geplante geplanten vorgesehen vorgesehene anberaumt bevorstehend bevorstehende bevorstehenden".split()
)
AGREEMENTS = frozenset(
    "einigen vereinbaren zustimmen verständigen beschließen billigen genehmigen verhandeln".casefold().split()
)
"""Verbs whose noun object is still to come ("sich auf einen Abzug einigen")."""

_WISHES = AGREEMENTS | frozenset(
    "fordern verlangen bitten aufrufen drohen warnen hoffen ablehnen verhindern vermeiden".split()
)
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
_FEARS = frozenset(
    "verhindern vermeiden warten hoffen bedrohen befürchten fürchten prüfen erwägen vorbeugen "
    "abwenden riskieren".casefold().split()
)
"""Verbs whose noun has not come to pass, nor does anybody plan it: "einen Angriff verhindern"."""

_SUCCEEDED = frozenset("gelingen schaffen zwingen beginnen anfangen".split())
"""Verbs whose infinitive came to pass where they are told of the past ("es gelang ihm, ... zu fliehen")."""
_BEGUN = frozenset("starten beginnen erfolgen eröffnen ereignen enden ausbrechen".split())
"""Verbs that say, in the past, that what was planned took place ("startete die erwartete Offensive")."""
_VICTIMS = frozenset("opfer menschenleben tote toter todesopfer leben verletzter verletzte".split())
_AFTER = frozenset({"nach", "seit", "während", "bei"})
_DEPENDENT = frozenset("abhängen abhängig voraussetzen erfordern".casefold().split())
_IDEAS = frozenset("idee bereitschaft möglichkeit wunsch hoffnung angst furcht gefahr sorge risiko chance".split())
"""Nouns of what may be: what follows them with a preposition has not come to pass."""
_DECIDED = frozenset("entscheiden nachdenken abstimmen".split())
_CHARGES = frozenset("vorwurf anschuldigung behauptung verdacht gerücht unterstellung".split())
"""Nouns whose clause tells what somebody holds to be so ("den Vorwurf, sein Land rüste auf")."""
_SUSPICION = frozenset("verdächtigen bezichtigen beschuldigen".casefold().split())
_ORDERS = frozenset(
    "anweisen weisen auffordern fordern bitten aufrufen rufen befehlen verbieten untersagen warnen raten".split()
)
"""Verbs of ordering: what they forbid ("angewiesen, nicht ... zu erleichtern") is no happening that is denied."""

_SUBJUNCTIVE_2 = frozenset(
    "würde würden könnte könnten dürfte dürften müsste müssten wäre wären hätte hätten sollte".split()
)
_MODALS = frozenset(
    "muss müsse müssen müssten kann könne können darf dürfe dürfen soll solle sollen mag möge mögen".split()
)
_SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "AGREE", "SUPPORT", "CONCEDE"})


def negated(trigger: Trigger) -> bool:
    """Whether the clause denies the event outright ("wurde nicht evakuiert", "es gab kein Treffen")."""
    words = trigger.clause.words
    if any(word.low in _NEGATIONS for word in trigger.clause.governor):
        return True
    at = words.index(trigger.word)
    if trigger.noun:
        said_not = any(word.low == "nicht" for word in words) and any(word.lemma in _EXISTENCE for word in words)
        return said_not or any(word.low in _NEGATIONS for word in words[max(0, at - 3) : at])
    if trigger.reading.event_type in _SPEECH_ACTS and any(w.low == "nicht" for w in words[at + 1 :]):
        return True
    return any(word.low in _NEGATIONS for word in words)


_SHALL = frozenset({"soll", "sollen"})
_PERFECT = frozenset({"haben", "sein"})


def factuality(trigger: Trigger, claim: Claim | None) -> Factuality | None:
    """Judge the event; None where the author denies it, so that there is nothing to tell."""
    words = trigger.clause.words
    nothing = _came_to_nothing(trigger)
    if nothing is not None:
        return nothing
    if negated(trigger):
        return _negated(trigger, claim)
    if claim is not None and claim.polarity is Polarity.DENIED:
        return Factuality.DENIED
    above = _by_governor(trigger)
    if above is not None:
        return above
    unsaid = claim is not None and claim.polarity is Polarity.UNKNOWN
    if unsaid or _conditional(trigger) or _purpose(words) or _feared(trigger) or _irreal(trigger):
        return Factuality.HYPOTHETICAL
    demanded = claim is not None and claim.evidentiality is Evidentiality.DEMANDED
    if _is_future(trigger, words) or (demanded and any(word.low in _SHALL for word in words)):
        return Factuality.PLANNED
    if demanded or _unreal(trigger, claim):
        return Factuality.HYPOTHETICAL
    low = {word.low for word in words}
    if (
        low & _HEDGES
        or _hearsay(trigger)
        or (claim is not None and claim.evidentiality in {Evidentiality.HEDGED, Evidentiality.QUESTIONED})
    ):
        return Factuality.ALLEGED
    return Factuality.ONGOING if _under_way(trigger, low) else Factuality.HAPPENED


def _negated(trigger: Trigger, claim: Claim | None) -> Factuality | None:
    """What a negated clause tells: a denial on somebody's word, nothing on the author's."""
    if trigger.clause.conjunction == "dass":
        return Factuality.HYPOTHETICAL  # "sagte nicht, dass ...": nobody tells it
    if any(word.lemma in _ORDERS for word in trigger.clause.governor):
        return None
    if claim is None or claim.polarity is Polarity.DENIED or _is_future(trigger, trigger.clause.words):
        return None
    return Factuality.DENIED


def _under_way(trigger: Trigger, low: set[str]) -> bool:
    """Whether it goes on: by a word of the clause, by an adjective of the noun, or by its verb and tense.

    A participle before its noun ("der jetzt bekannte, 1962 ausgerufene Staat") tells of the past whatever stands there.
    """
    if trigger.word.relation == "amod" and not trigger.noun:
        return False
    beside = (word for word in trigger.clause.below(trigger.word) if word.relation in {"amod", "acl"})
    if trigger.noun and any(word.low.startswith(_GOING_ON) for word in beside):
        return True
    return bool(low & _ONGOING) or _goes_on(trigger)


def _goes_on(trigger: Trigger) -> bool:
    """Whether it is told in the present with "seit" or "noch", or with a verb that lasts, also in the passive."""
    words = trigger.clause.words
    finite = [word for word in words if "VerbForm=Fin" in (word.token.feats or "")]
    present = [word for word in finite if "Tense=Pres" in (word.token.feats or "")]
    ruler = trigger.clause.above(trigger.word)
    if trigger.noun and ruler is not None and ruler.lemma in _CONTINUED and trigger.word.relation == "obj":
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


def _by_governor(trigger: Trigger) -> Factuality | None:
    """What the clause above says of it: under way ("sind dabei, ... zu räumen"), or suspected of somebody."""
    clause = trigger.clause
    low = {word.low for word in clause.governor}
    if any(word.lemma in _SUCCEEDED for word in clause.governor) and not clause.conjunction:
        past = any("Tense=Past" in (word.token.feats or "") for word in clause.governor)
        return Factuality.HAPPENED if past and not low & _NEGATIONS else None
    if not trigger.noun and "dabei" in low and low & {"ist", "sind", "sei", "seien"}:
        return Factuality.ONGOING
    charged = any(word.lemma in _CHARGES for word in (*clause.governor, *_before(trigger)))
    if charged and not trigger.noun:
        return Factuality.ALLEGED
    words = clause.words
    if trigger.noun and any(word.low in _SHALL for word in words) and _perfect(words):
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


def _perfect(words: tuple[Word, ...]) -> bool:
    """Whether a clause ends with the infinitive of the perfect, or of its passive."""
    last = [word.low for word in words if word.form.isalpha()][-2:]
    return bool(last) and (last[-1] in {"haben", "sein"} or "worden" in last)


def _feared(trigger: Trigger) -> bool:
    """Whether a noun is what a verb of fear, hope or prevention is about."""
    if not trigger.noun:
        return False
    cases = {word.low for word in trigger.clause.below(trigger.word) if word.relation == "case"}
    lemmas = {word.lemma for word in trigger.clause.words if word.is_verb or word.lemma in _DEPENDENT}
    if lemmas & _FEARS or (cases & {"von", "vom"} and lemmas & _DEPENDENT):
        return True  # "hängt von Verhandlungen ab"
    ruler = trigger.clause.above(trigger.word)
    if ruler is not None and ruler.lemma in _IDEAS and cases & {"zu", "zum", "zur", "auf", "vor", "für", "nach"}:
        return True  # "die Idee zu Gesprächen"
    return bool(cases & {"über"} and lemmas & _DECIDED)


def _unreal(trigger: Trigger, claim: Claim | None) -> bool:
    """Whether a verb stands with a modal ("muss zurücktreten"), or in the author's Konjunktiv II."""
    if trigger.noun:
        return False
    low = {word.low for word in trigger.clause.words}
    infinitive = trigger.word.low == trigger.word.lemma
    return (infinitive and bool(low & _MODALS)) or (claim is None and bool(low & _SUBJUNCTIVE_2))


def _irreal(trigger: Trigger) -> bool:
    """Whether a verb in the Konjunktiv II stands with a condition, or with "beinahe": nothing of it came to pass.

    "Hätte X gewarnt, wäre Y angegriffen worden", "würde zustimmen, falls ...": also within somebody's words, where the
    mood alone may only report.
    """
    words, sentence = trigger.clause.words, trigger.clause.sentence
    if trigger.noun or not any(word.low in _SUBJUNCTIVE_2 for word in words):
        return False
    if any(word.low in _NEARLY for word in words):
        return True
    inverted = bool(sentence) and sentence[0].low in _SUBJUNCTIVE_2 and any(word.form == "," for word in sentence)
    return (inverted and sentence[-1].form != "?") or any(word.low in _IF for word in sentence)


def _called_off(trigger: Trigger) -> bool:
    """Whether a plan came to nothing: "der geplante Gipfel fällt aus", "kam nie zustande", "wird nicht stattfinden"."""
    if not trigger.noun:
        return False
    words = trigger.clause.words
    lemmas = {word.lemma for word in words if word.is_verb}
    last = next((word.low for word in reversed(words) if word.form.isalpha()), "")
    if lemmas & CALLED_OFF or ("fallen" in lemmas and last == "aus"):
        return True
    low = {word.low for word in words}
    planned = bool(low & _PLAN_WORDS) or any(word.low.startswith("geplant") for word in words)
    never = bool(low & _NEGATIONS) and (bool(lemmas & _EXISTENCE) or "zustande" in low or last == "statt")
    if planned and bool(low & _NEGATIONS) and last in _PLAN_WORDS:
        return True  # "ist nicht mehr geplant"
    return never and (planned or _future_tense([word for word in words if word.is_verb]) or "zustande" in low)


def _came_to_nothing(trigger: Trigger) -> Factuality | None:
    """What the words around it say where they deny it, rule it out or call it off; None where they do not."""
    if _called_off(trigger) or _untrue(trigger.clause.governor):
        return Factuality.DENIED
    return _ruled_out(trigger)


def _ruled_out(trigger: Trigger) -> Factuality | None:
    """What a verb says of its noun that rules it out or makes nothing of it; None where none does.

    "Die Polizei schließt einen Anschlag aus" denies it, "schließt einen Anschlag nicht aus" leaves it open.
    """
    ruler = trigger.clause.above(trigger.word) if trigger.noun else None
    if ruler is None or trigger.word.relation not in {"obj", "nsubj", "nsubj:pass"}:
        return None
    particle = next((word.low for word in trigger.clause.below(ruler) if word.relation == "compound:prt"), "")
    lemma = ruler.lemma if ruler.lemma.startswith(particle) else particle + ruler.lemma
    passive = any(word.relation == "aux:pass" for word in trigger.clause.below(ruler))
    if lemma in RULING_OUT and (trigger.word.relation != "nsubj" or passive):
        low = {word.low for word in (*trigger.clause.words, *trigger.clause.governor)}
        open_still = bool(low & _NEGATIONS or low & _MODALS or low & _SUBJUNCTIVE_2)
        return Factuality.HYPOTHETICAL if open_still else Factuality.DENIED
    if lemma in _CAME_TO_NOTHING:
        low = {word.low for word in trigger.clause.words}
        return None if low & (_NEGATIONS | _MODALS | _SUBJUNCTIVE_2) else Factuality.DENIED
    return None


def _untrue(governor: tuple[Word, ...]) -> bool:
    """Whether the clause before says of this one that it is not so: "es ist nicht wahr, dass ..."."""
    low = {word.low for word in governor}
    return bool(low & {"falsch", "unwahr", "unzutreffend", "gelogen", "erfunden"}) or (
        bool(low & {"wahr", "stimmt", "richtig", "zutreffend"}) and bool(low & _NEGATIONS)
    )


def _conditional(trigger: Trigger) -> bool:
    """Whether it is told as what depends on something: "wenn …", "die Vorbedingung der Stationierung"."""
    words = trigger.clause.words
    at = next((k for k, word in enumerate(words) if word is trigger.word), 0)
    before = [word.low for word in words[max(0, at - 3) : at]]
    if trigger.noun and any(word.endswith(("bedingung", "voraussetzung")) for word in before):
        return True
    return trigger.clause.conjunction in _CONDITIONS or any(
        word.low in _CONDITIONS and not (word.capital and word.index) for word in words
    )


def _purpose(words: tuple[Word, ...]) -> bool:
    """Whether it is a clause of purpose ("um ... zu sprechen"), whether or not it came to pass."""
    return words[0].low == "um" and any(word.low == "zu" or "zu" in word.low[2:5] for word in words)


def _is_future(trigger: Trigger, words: tuple[Word, ...]) -> bool:
    """Whether the clause plans it: a modal of intent or "werden" with an infinitive, or a verb of planning."""
    verbs = [
        word
        for at, word in enumerate(words)
        if word.is_verb and word.token.deprel != "amod" and not is_attributive(trigger.clause, at)
    ]
    governor = () if trigger.clause.conjunction else trigger.clause.governor
    lemmas = {word.lemma for word in (*verbs, *governor)}
    low = {word.low for word in words}
    if trigger.noun:
        if _done_already(trigger, verbs):
            return False
        if _future_tense(verbs) or _planned_noun(trigger):
            return True
        if "fordern" in lemmas and any(word.lemma in _VICTIMS for word in words):
            return False
        # "das Beben forderte Opfer" wishes for none, while "der Gipfel steht bevor" is planned.
        wishes = _WISHES if trigger.word.token.deprel != "nsubj" else frozenset()
        return bool(lemmas & (_PLAN_VERBS | wishes))
    with_infix = trigger.word.low != trigger.word.lemma == trigger.word.low.replace("zu", "", 1)
    infinitive = trigger.word.low == trigger.word.lemma or with_infix
    intends = bool(
        low & {"will", "wollen", "wolle", "soll", "sollen", "solle", "möchte", "möchten", "wollten", "wollte"}
    )
    with_zu = with_infix or any(a.low == "zu" and b is trigger.word for a, b in pairwise(words))
    if _perfect(words) and intends:
        return False  # "soll ... getötet haben" is hearsay, not a plan
    if intends and (infinitive or _passive_infinitive(words)):
        return True
    return _future_tense(verbs) or with_zu or (bool(lemmas & _PLAN_VERBS) and infinitive)


def _done_already(trigger: Trigger, verbs: list[Word]) -> bool:
    """Whether a noun took place whatever else the clause plans: "nach Diskussionen", "startete die Offensive"."""
    cases = {word.low for word in trigger.clause.below(trigger.word) if word.relation == "case"}
    past = any("Tense=Past" in (word.token.feats or "") for word in verbs)
    if (
        cases & _AFTER
        and not cases & {"bei"}
        and (past or any(word.lemma in _PERFECT for word in trigger.clause.words))
    ):
        return True
    ruler = trigger.clause.above(trigger.word)
    begun = ruler is not None and ruler.lemma in _BEGUN and "Tense=Past" in (ruler.token.feats or "")
    return begun and trigger.word.relation in {"nsubj", "obj", "nsubj:pass"}


def _planned_noun(trigger: Trigger) -> bool:
    """Whether "geplant" is said of the trigger: right before it, or as the verb of its clause."""
    words = trigger.clause.words
    at = words.index(trigger.word)
    for k, word in enumerate(words):
        if word.low not in _PLAN_WORDS:
            continue
        ruler = trigger.clause.above(word) if word.relation == "amod" or word.low.endswith(("en", "e")) else None
        if ruler is not None and ruler is not trigger.word and lexicon().noun(ruler.lemma):
            continue  # "ein Schritt bei den vorgeschlagenen direkten Gesprächen"
        if 0 < at - k <= 3 or not (k + 1 < len(words) and words[k + 1].capital):
            return True
    return False


def _passive_infinitive(words: tuple[Word, ...]) -> bool:
    return words[-1].low == "werden"


def _future_tense(verbs: list[Word]) -> bool:
    """Form of "werden" with an infinitive or passive infinitive at the end of the clause."""
    if not any(word.low in {"wird", "werden", "werde"} for word in verbs):
        return False
    last = verbs[-1]
    if last.low == "werden" and len(verbs) > 1:
        return any(word.low in {"wird", "werde"} for word in verbs[:-1])
    return last.low == last.lemma and last.lemma != "werden"
