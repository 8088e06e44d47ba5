"""English sentences: order of words, tense by factuality, passive, on whose word."""

from __future__ import annotations

from quellenlage.model import Factuality
from quellenlage.views.locale import Words
from quellenlage.views.wording.days import when_phrase
from quellenlage.views.wording.frames import English, Frame, Nominal
from quellenlage.views.wording.parts import Parts, finished, several
from quellenlage.views.wording.phrases import Phrase, listed


def make(frame: Frame, parts: Parts, words: Words) -> str | None:
    """The sentence; None where the frame has no form for this."""
    when = when_phrase(parts.interval, words)
    if isinstance(frame.en, Nominal):
        return _nominal(frame.en, parts, when)
    verb = frame.en
    if not parts.subject and not verb.passive:
        return None
    passive = not parts.subject or frame.who == "stationed"
    if parts.subject and not parts.object and frame.en_without:
        verb = frame.en_without
    who = parts.subject or parts.object
    target = "" if passive else _object(verb, parts)
    verb_first = frame.place in {"left", "visited"}
    around = [target, *([parts.where] if verb_first else []), verb.rest or (verb.together if several(who) else "")]
    if target and verb.object:  # "made accusations against X"
        around = [verb.rest, f"{verb.object} {target}"]
    if not verb_first:
        around.append(parts.where)
    if frame.who == "stationed" and parts.factuality is Factuality.ONGOING:
        told = f"{'are' if several(who) else 'is'} {verb.participle}"
    else:
        told = _verb(verb, parts, several(who), passive)
    return _told(_join(who), told, [*around, when], parts)


def _object(verb: English, parts: Parts) -> str:
    return _join(parts.object) if parts.object else ""


def _verb(verb: English, parts: Parts, plural: bool, passive: bool) -> str:
    be, was = ("are", "were") if plural else ("is", "was")
    kind = parts.factuality
    if passive:
        forms = {
            Factuality.PLANNED: f"{be} to be {verb.participle}",
            Factuality.ALLEGED: f"{be} said to have been {verb.participle}",
            Factuality.ONGOING: f"{be} being {verb.participle}",
        }
        return forms.get(kind, f"{was} {verb.participle}")
    forms = {
        Factuality.PLANNED: f"{be} to {verb.base}",
        Factuality.ALLEGED: f"{be} said to have {verb.participle}",
        Factuality.ONGOING: f"{be} {verb.ing}",
    }
    return forms.get(kind, verb.past)


def _nominal(noun: Nominal, parts: Parts, when: str) -> str | None:
    if noun.happened[0] != "took place" and parts.factuality in {Factuality.PLANNED, Factuality.ONGOING}:
        return None  # nobody plans an accident, and a fire does not "take place"
    if noun.passive and parts.factuality is Factuality.ONGOING:
        return None
    was = "were" if noun.plural else "was"
    be = "are" if noun.plural else "is"
    done = noun.passive
    kind = parts.factuality
    if done:
        told = {Factuality.PLANNED: f"{be} to be {done}", Factuality.ALLEGED: f"{be} said to have been {done}"}
        return _told(noun.noun, told.get(kind, f"{was} {done}"), [parts.where, when], parts)
    if parts.denies:
        return _told("there", f"{was} {noun.noun}", [parts.where, when], parts)
    told = {
        Factuality.PLANNED: f"{be} planned",
        Factuality.ALLEGED: f"{be} said to have {noun.happened[1]}",
        Factuality.ONGOING: f"{be} taking place",
    }
    return _told(noun.noun, told.get(kind, noun.happened[0]), [parts.where, when], parts)


def _told(subject: str, verb: str, rest: list[str], parts: Parts) -> str:
    inside = " ".join(part for part in (subject, verb, *rest) if part)
    if parts.denies:
        deny = "deny" if several(parts.denies) else "denies"
        relays = [_join(link) for link in parts.sources[1:]]
        tail = f", according to {listed(relays, 'en')}" if relays else ""
        return finished(f"{_join(parts.denies)} {deny} that {inside}", tail)
    if parts.unnamed:
        return finished(inside, ", it is reported")
    if parts.own and parts.subject:
        own = f"according to {_join(parts.subject)}" if parts.person else f"by {_its(parts)} own account"
        return finished(inside, f", {own}")
    if parts.own:
        return finished(inside, "")
    if not parts.sources:
        return finished(inside, "")
    relays = [_join(link) for link in parts.sources[1:]]
    via = f" via {listed(relays, 'en')}" if relays else ""
    return finished(inside, f", according to {_join(parts.sources[0])}{via}")


def _its(parts: Parts) -> str:
    return "their" if several(parts.subject) else "its"


def _join(phrases: tuple[Phrase, ...]) -> str:
    return listed([one.nom for one in phrases], "en")
