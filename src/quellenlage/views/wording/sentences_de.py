"""German sentences: order of words, tense and mood by factuality, passive, on whose word."""

from __future__ import annotations

from typing import cast

from quellenlage.model import Factuality
from quellenlage.views.locale import Words
from quellenlage.views.wording.days import when_phrase
from quellenlage.views.wording.frames import Frame, German, Nominal
from quellenlage.views.wording.parts import Parts, finished, several
from quellenlage.views.wording.phrases import Case, Phrase, listed

_AUX = {"haben": ("hat", "haben"), "sein": ("ist", "sind")}


def make(frame: Frame, parts: Parts, words: Words) -> str | None:
    """The sentence; None where the frame has no form for this."""
    when = when_phrase(parts.interval, words)
    if isinstance(frame.de, Nominal):
        return _nominal(frame.de, parts, when)
    verb = frame.de
    if frame.who == "stationed":
        return _stationed(verb, parts, when)
    if not parts.subject:
        return _passive(verb, parts, when) if verb.passive else None
    if not parts.object and frame.de_without:
        verb = frame.de_without
    return _active(frame, verb, parts, when)


def _active(frame: Frame, verb: German, parts: Parts, when: str) -> str:
    subject = _join(parts.subject, "nom")
    plural = several(parts.subject)
    aux = verb.aux_without if verb.aux_without and not parts.object else verb.aux
    before, after = _object(verb, parts)
    rest = verb.rest or (verb.together if plural else "")
    places = (rest, parts.where) if verb.place_last else (parts.where, rest)
    own = "nach eigenen Angaben" if parts.own and not parts.denies else ""
    if frame.place in {"left", "visited"}:
        before, places = parts.where, ("", rest)
    middle = [own, before, when, *places, after]
    reflexive = "sich" if verb.reflexive else ""
    if parts.denies:
        if parts.self_denied:
            inside = [reflexive, *middle, verb.participle, f"zu {aux}"]
            return finished(f"{subject} {_deny(parts.subject)}, {' '.join(p for p in inside if p)}", "")
        inside = [subject, reflexive, *middle, verb.participle, _AUX[aux][plural]]
        return _denial(parts, inside)
    finite, ending = _forms(verb, parts, plural, aux)
    return finished(" ".join([subject, finite, reflexive, *middle, *ending]), _tail(parts))


def _forms(verb: German, parts: Parts, plural: bool, aux: str) -> tuple[str, list[str]]:
    """Finite verb, and what stands at the end."""
    if parts.factuality is Factuality.PLANNED:
        modal = ("will", "wollen") if parts.willing else ("soll", "sollen")
        return modal[plural], [verb.infinitive]
    if parts.factuality is Factuality.ALLEGED:
        return ("soll", "sollen")[plural], [verb.participle, aux]
    forms = verb.present if parts.factuality is Factuality.ONGOING else verb.past
    return forms[plural], [verb.particle]


def _object(verb: German, parts: Parts) -> tuple[str, str]:
    """The object before the days, or with its preposition behind the rest."""
    if not parts.object or not verb.object:
        return "", ""
    *preposition, case = verb.object.split()
    told = _join(parts.object, cast(Case, case))
    return ("", f"{preposition[0]} {told}") if preposition else (told, "")


def _passive(verb: German, parts: Parts, when: str) -> str:
    subject = _join(parts.object, "nom")
    plural = several(parts.object)
    middle = [when, parts.where]
    if parts.denies:
        return _denial(parts, [subject, *middle, verb.participle, ("wurde", "wurden")[plural]])
    if parts.factuality is Factuality.PLANNED:
        finite, ending = ("soll", "sollen")[plural], [verb.participle, "werden"]
    elif parts.factuality is Factuality.ALLEGED:
        finite, ending = ("soll", "sollen")[plural], [verb.participle, "worden sein"]
    elif parts.factuality is Factuality.ONGOING:
        finite, ending = ("wird", "werden")[plural], [verb.participle]
    else:
        finite, ending = ("wurde", "wurden")[plural], [verb.participle]
    return finished(" ".join([subject, finite, *middle, *ending]), _tail(parts))


def _stationed(verb: German, parts: Parts, when: str) -> str:
    subject = _join(parts.subject, "nom")
    plural = several(parts.subject)
    middle = [when, parts.where, verb.participle]
    if parts.denies:
        return _denial(parts, [subject, *middle, ("war", "waren")[plural]])
    finite, ending = {
        Factuality.PLANNED: (("soll", "sollen"), "werden"),
        Factuality.ALLEGED: (("soll", "sollen"), "gewesen sein"),
        Factuality.ONGOING: (("ist", "sind"), ""),
    }.get(parts.factuality, (("war", "waren"), ""))
    return finished(" ".join([subject, finite[plural], *middle, ending]), _tail(parts))


def _nominal(noun: Nominal, parts: Parts, when: str) -> str | None:
    """An event for which nobody is named: "In Wien fand am 12. März 2019 ein Gespräch statt."."""
    comes = bool(noun.dative)
    if parts.denies:
        if comes:
            return _denial(parts, ["es", parts.where, when, "zu", noun.dative, "gekommen ist"])
        verb = f"{noun.passive} wurde" if noun.passive else "stattgefunden hat"
        return _denial(parts, [parts.where, when, noun.noun, verb])
    planned = parts.factuality is Factuality.PLANNED
    alleged = parts.factuality is Factuality.ALLEGED
    if comes:
        if planned or parts.factuality is Factuality.ONGOING:
            return None
        told = ["soll es", when, "zu", noun.dative, "gekommen sein"] if alleged else ["kam es", when, "zu", noun.dative]
    elif noun.passive:
        if parts.factuality is Factuality.ONGOING:
            return None
        ending = {Factuality.PLANNED: "werden", Factuality.ALLEGED: "worden sein"}.get(parts.factuality, "")
        told = ["soll" if planned or alleged else "wurde", when, noun.noun, noun.passive, ending]
    elif planned or alleged:
        told = ["soll", when, noun.noun, "stattfinden" if planned else "stattgefunden haben"]
    else:
        told = ["findet" if parts.factuality is Factuality.ONGOING else "fand", when, noun.noun, "statt"]
    return finished(" ".join([parts.where, *told]), _tail(parts))


def _denial(parts: Parts, inside: list[str]) -> str:
    who = _join(parts.denies, "nom")
    relays = [_join(link, "nom") for link in parts.sources[1:]]
    tail = f", so {listed(relays, 'de')}" if relays else ""
    return finished(f"{who} {_deny(parts.denies)}, dass {' '.join(p for p in inside if p)}", tail)


def _deny(who: tuple[Phrase, ...]) -> str:
    return "bestreiten" if several(who) else "bestreitet"


def _tail(parts: Parts) -> str:
    """On whose word: ", so das Präsidialamt", ", so Dmitri Peskow laut Interfax", ", heißt es"."""
    if parts.unnamed:
        return ", heißt es"
    if not parts.sources:
        return ""
    told = f", so {_join(parts.sources[0], 'nom')}"
    relays = [_join(link, "dat") for link in parts.sources[1:]]
    return f"{told} laut {listed(relays, 'de')}" if relays else told


def _join(phrases: tuple[Phrase, ...], case: Case) -> str:
    return listed([one.case(case) for one in phrases], "de")
