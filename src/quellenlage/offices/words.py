"""The words for offices, states and bodies as one lexicon, from the table of terms and the table of office words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.offices.terms import RESOURCE as TERMS
from quellenlage.resources import load

WORDS, PLACES = "de/office_words.toml", "de/place_states.toml"

Gender = Literal["m", "f", "?"]

_ADJECTIVE = ("e", "er", "en", "em", "es")
_PARTICIPLES = ("vorsitzend", "beauftragt", "gesandt")
_STATE_OF_FEDERATION = re.compile(r"[a-z]{2}-[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its key in the table of terms, and the state it belongs to (None: a body between states)."""

    key: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a noun for an office: its lemma, the gender it tells, and whether it can only be a plural."""

    lemma: str
    gender: Gender
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything by its compact spelling (`compact`).

    `forms` are the nouns; `specific` and `generic` the offices that a lemma means by itself, or with a state; `bodies`
    the offices that a lemma means with a body's name, which may hold `{}` for the state; `states` the words for states.
    """

    forms: dict[str, Form]
    specific: dict[str, frozenset[str]]
    generic: dict[str, frozenset[str]]
    bodies: dict[str, dict[str, str]]
    states: dict[str, str]
    adjectives: dict[str, str]
    keys: frozenset[str]


def compact(words: str) -> str:
    """Folded without spaces, so that "Kreml-Chef" and "Kremlchef" are one."""
    return fold(words).replace(" ", "")


@cache
def office(key: str) -> Office:
    """An office by its key; of a German state the key is the state."""
    prefix, dash, _ = key.partition("-")
    if _STATE_OF_FEDERATION.fullmatch(key):
        return Office(key, key)
    return Office(key, prefix if dash and prefix in _codes() else None)


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in _listed_states())


def _listed_states() -> Iterator[tuple[str, str]]:
    for row in re.split(r"[|\n]", load(WORDS)["states"]["names"]):
        code, equals, names = row.partition(" = ")
        for name in names.split(",") if equals else ():
            yield code.strip(), name.strip()


def lemma_of(noun: str) -> str:
    """The masculine in the nominative, compact: "Außenministerin" and "Außenminister" are one office."""
    word = compact(noun)
    for participle in _PARTICIPLES:
        if re.fullmatch(rf".*{participle}(?:e|er|en|em)", word):
            return word[: word.rindex(participle)] + participle
    return word[:-2] if word.endswith("in") and len(word) > 4 else word


def forms_of(lemma: str) -> Iterator[tuple[str, Form]]:
    """The forms of a lemma: cases, the feminine, plurals that cannot be a singular."""
    if lemma.endswith(_PARTICIPLES):
        yield lemma + "er", Form(lemma, "m")
        for ending in ("e", "en", "em"):
            yield lemma + ending, Form(lemma, "?")
        return
    yield lemma, Form(lemma, "m")
    for ending in ("s", "es", "en", "n"):
        yield lemma + ending, Form(lemma, "m")
    yield lemma + "in", Form(lemma, "f")
    yield lemma + "innen", Form(lemma, "f", plural=True)
    yield lemma + "e", Form(lemma, "m", plural=True)


@cache
def lexicon() -> Lexicon:
    """Build it once from the two tables."""
    words = load(WORDS)
    offices = cast("list[dict[str, Any]]", load(TERMS)["office"])
    alone = [row for row in offices if row["key"] not in words["mixed"]["keys"]]
    keys = frozenset(row["key"] for row in alone)
    specific, generic = _wordings(alone)
    for word, key in words["by_itself"]["words"].items():
        specific.setdefault(lemma_of(word), set()).add(key)
    for role in words["role"]:
        for key in keys & _keys_of(role, keys):
            for word in role["words"]:
                generic.setdefault(lemma_of(word), set()).add(key)
    bodies: dict[str, dict[str, str]] = {}
    heads: set[str] = set()
    for body in words["body"]:
        held = {lemma_of(word): key for key, listed in body["heads"].items() for word in listed}
        heads |= held.keys()
        for form in {compact(name) + ending for name in body["names"] for ending in ("", "s")}:
            bodies.setdefault(form, {}).update(held)
    forms: dict[str, Form] = {}
    # The shortest first: where the table lists a case as a wording ("Ministerpräsidenten"), it stays a form.
    for lemma in sorted({*specific, *generic, *heads}, key=lambda word: (len(word), word)):
        for form, reading in forms_of(lemma):
            forms.setdefault(form, reading)
    return Lexicon(
        forms, _frozen(specific), _frozen(generic), bodies, _state_words(offices), _adjectives(offices), keys
    )


def _wordings(offices: Iterable[dict[str, Any]]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The table's own wordings, specific and generic, less those that tell nothing without a name beside them."""
    listed = load(WORDS)["beside_a_name"]
    beside, needs_state = ({lemma_of(word) for word in listed[kind]} for kind in ("words", "generic"))
    specific: dict[str, set[str]] = {}
    generic: dict[str, set[str]] = {}
    for row in offices:
        for field, sink in (("specific", specific), ("generic", generic)):
            for wording in row[field]:
                lemma = lemma_of(wording)
                # "Sprecherin des Weißen Hauses": what follows the noun is read as a body, in all its cases.
                if lemma not in beside and " des " not in wording:
                    (generic if lemma in needs_state else sink).setdefault(lemma, set()).add(row["key"])
    return specific, generic


def _keys_of(role: dict[str, Any], keys: Iterable[str]) -> set[str]:
    endings = tuple(f"-{suffix}" for suffix in role["suffixes"])
    named = role.get("keys", ())
    return {key for key in keys if (key.endswith(endings) or key in named) and key not in role.get("except", ())}


def _frozen(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(found) for word, found in sets.items()}


def _state_words(offices: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Names and genitives of states, and the capitals that act for them."""
    found: dict[str, str] = {}
    for code, name in _listed_states():
        for form in (compact(name), compact(name) + "s"):
            found.setdefault(form, code)
    for row in offices:
        if state := office(row["key"]).state:
            for genitive in row.get("genitives", ()):
                found.setdefault(compact(genitive), state)
    known = set(found.values())
    for pair in f"{load(PLACES)['seats']['rows']}|{load(PLACES)['bodies']['rows']}".split("|"):
        seat, _, code = pair.strip().partition("=")
        if code.lower() in known:
            for form in (compact(seat), compact(seat) + "s"):
                found.setdefault(form, code.lower())
    return found


def _adjectives(offices: Iterable[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in offices:
        if state := office(row["key"]).state:
            for adjective in row.get("adjectives", ()):
                for ending in ("", *_ADJECTIVE):
                    found.setdefault(compact(adjective) + ending, state)
    return found


@recent(1 << 14)
def state_of(name: str) -> str | None:
    """The state that a name, a genitive, an adjective, a capital or its own key stands for, as office keys have it."""
    if name in _codes():
        return name
    word = compact(name)
    return lexicon().states.get(word) or lexicon().adjectives.get(word)


@cache
def stems(section: str) -> frozenset[str]:
    """Adjectives of a section with their endings, compact."""
    listed = cast("list[str]", load(WORDS)[section]["adjectives"])
    return frozenset(compact(stem) + ending for stem in listed for ending in ("", *_ADJECTIVE))
