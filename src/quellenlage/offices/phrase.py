"""What a role noun phrase means: "der russische Außenminister", "Kremlchef", "Präsident der Ukraine"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.offices.words import (
    WORDS,
    Form,
    Gender,
    Office,
    compact,
    forms_of,
    lemma_of,
    lexicon,
    office,
    state_of,
    stems,
)
from quellenlage.resources import load

_SPLIT = re.compile(r"[^\s,;:!?\"„“»«()]+")
_LINKS = frozenset("der des von vom in im aus dem den die das".split())
_COMPLEMENT = re.compile(r"\s(?:der|des|von|vom|für)\s")
_RECENT = 1 << 12
"""Words that are kept as they were read: what articles call offices is always the same."""
_MASCULINE_ONLY = frozenset({"des", "dem", "den"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The offices that a phrase may mean, and the gender that its form tells of the holder.

    Exactly one office: that is meant. Several: unsure. None: `refusal` says why nobody is to be named ("former:ex",
    "plural", "indefinite", "unknown:..."). `name` is the phrase as one key, for offices that no table has. `in_context`
    says that the article's states decided, not the phrase.
    """

    offices: tuple[Office, ...] = ()
    gender: Gender = "?"
    refusal: str = ""
    name: str = ""
    in_context: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """A noun for an office, with the state or the body that stands in the same word."""

    form: Form
    state: str | None = None
    body: str | None = None
    noun: str = ""


def is_relation(phrase: str) -> bool:
    """Whether words beside a name say how its bearer stands to somebody ("Verbündeten"), which is no office."""
    head = _COMPLEMENT.split(phrase, 1)[0]
    return any(_relations().search(compact(word)) for word in head.split() if word[:1].isupper())


@cache
def _relations() -> re.Pattern[str]:
    listed = "|".join(compact(stem) for stem in load(WORDS)["relations"]["stems"].split())
    return re.compile(rf"(?:{listed})(?:e|er|en|em|es|n|s|in|innen)?$")


@cache
def _determiners(group: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load(WORDS)["determiners"][group])


def read(phrase: str, states: Collection[str] = (), *, singular: bool = False) -> Reading:
    """Read a phrase without a name, given the states (names or keys) that the article is likely to speak of.

    A noun that needs a state and has none of its own is read with the article's where there is exactly one. `singular`
    says that one person is meant, where a phrase without its article does not tell ("Präsidenten").
    """
    words = [w.rstrip(".") for w in _SPLIT.findall(phrase)]
    determiner = fold(words[0]) if words else ""
    if determiner in _determiners("some"):
        return Reading(refusal="indefinite")
    if determiner in _determiners("one"):
        words = words[1:]
    else:
        determiner = "des" if singular and _is_weak(words) else ""
    if not words:
        return Reading(refusal="empty")
    return _parts(words, determiner, states)


def _is_weak(words: Sequence[str]) -> bool:
    return any(word[:1].isupper() and word.endswith("en") for word in words)


def _parts(words: Sequence[str], determiner: str, states: Collection[str]) -> Reading:
    """Modifiers, head and complement, each of which must be known."""
    state: str | None = None
    at = 0
    while at < len(words):
        word = words[at]
        key = compact(word)
        if key in stems("not_the_holder"):
            return Reading(refusal=f"former:{key}")
        found = lexicon().adjectives.get(key) if word[:1].islower() or key not in lexicon().forms else None
        if found is None and at == 0 and not determiner and len(words) > 1:
            found = lexicon().states.get(key)
        if found:
            state = found
        elif _pair(words[at : at + 2]) or not _is_neutral(key):
            break
        at += 1
    if at == len(words):
        return Reading(refusal="no-office")
    marked = _former_prefix(words[at])
    if marked:
        return Reading(refusal=f"former:{marked}")
    pair = _pair(words[at : at + 2])
    head = pair or _head(words[at])
    at += pair is not None
    rest = words[at + 1 :]
    if head is None:
        return Reading(refusal=f"unknown:{compact(words[at])}", name=_elsewhere(words[at], rest, state))
    if rest:
        complement = _complement(rest)
        if complement is None or (complement.body is None and complement.state is None):
            name = _elsewhere(words[at], rest, state)
            return Reading(refusal=f"unknown:{compact(' '.join(rest))}", name=name)
        head = _Head(head.form, head.state or complement.state, head.body or complement.body)
    if head.state and state and head.state != state:
        return Reading(refusal="two-states")
    return _decide(_Head(head.form, head.state or state, head.body), determiner, states, words[at])


@recent(_RECENT)
def _is_neutral(key: str) -> bool:
    suffixes = cast("list[str]", load(WORDS)["neutral"]["suffixes"])
    return key in stems("neutral") or any(
        re.search(rf"{compact(suffix)}(?:e|er|en|em|es)?$", key) for suffix in suffixes
    )


@recent(_RECENT)
def _former_prefix(noun: str) -> str:
    """The part of a compound that says that its bearer does not hold the office, if it has one."""
    key = compact(noun)
    if key in lexicon().forms:
        return ""
    for prefix in cast("list[str]", load(WORDS)["not_the_holder"]["prefixes"]):
        if key.startswith(compact(prefix)) and (
            _head(key[len(compact(prefix)) :]) or noun.lower().startswith(f"{prefix}-")
        ):
            return prefix
    return ""


def _pair(words: Sequence[str]) -> _Head | None:
    """A wording of two words that the tables list as such ("Regierender Bürgermeister"), in any case."""
    if len(words) < 2 or not words[1][:1].isupper():
        return None
    first, second = compact(words[0]), compact(words[1])
    for ending in ("", "en", "em", "er", "e"):
        stem = first.removesuffix(ending)
        for other in ("er", "e", "") if ending else ("",):
            if found := lexicon().forms.get(stem + other + second):
                return _Head(found)
    return None


@recent(_RECENT)
def _head(noun: str) -> _Head | None:
    """A noun that the lexicon has, or a compound of a state or body and one."""
    key = compact(noun)
    if found := lexicon().forms.get(key):
        return _Head(found)
    for prefix in cast("list[str]", load(WORDS)["neutral"]["compounds"]):
        if noun.lower().startswith(f"{prefix}-"):
            return _head(noun[len(prefix) + 1 :])
    for cut in range(2, len(key) - 3):
        first, form = key[:cut], lexicon().forms.get(key[cut:])
        if form is None:
            continue
        for part in (first, first.removesuffix("s"), first.removesuffix("n")):
            if part in lexicon().bodies:
                return _Head(form, None, part)
            if part in lexicon().states:
                return _Head(form, lexicon().states[part])
    return None


def _complement(rest: Sequence[str]) -> _Head | None:
    """The state or body after the noun ("der Ukraine", "des russischen Außenministeriums", "in Nordkorea")."""
    words = list(rest)
    while words and fold(words[0]) in _LINKS:
        words = words[1:]
    none = Form("", "?")
    for begin in range(len(words)):
        before, key = words[:begin], compact("".join(words[begin:]))
        body = next((k for k in (key, key.removesuffix("s"), key.removesuffix("es")) if k in lexicon().bodies), None)
        state = None if body else lexicon().states.get(key)
        if body is None and state is None:
            cut = next((c for c in (key.find("aussen"), key.find("verteidigung")) if c > 0), 0)
            if cut and key[:cut] in lexicon().states and key[cut:] in lexicon().bodies:
                return _Head(none, lexicon().states[key[:cut]], key[cut:])
            continue
        if not before:
            return _Head(none, state, body)
        adjective = lexicon().adjectives.get(compact(before[0])) if len(before) == 1 else None
        return _Head(none, adjective, body) if adjective and body else None
    return None


def _decide(head: _Head, determiner: str, states: Collection[str], noun: str | None) -> Reading:
    gender, plural = _gender(head.form, determiner, noun or "")
    if plural:
        return Reading(refusal="plural")
    keys = _keys(head, _named(states))
    offices = tuple(office(key) for key in sorted(keys))
    name = compact(noun) if noun else head.form.lemma
    if offices:
        return Reading(offices, gender, name=name, in_context=_keys(head, frozenset()) != keys)
    needs_state = not head.state and not head.body and head.form.lemma in lexicon().generic
    return Reading((), gender, "no-state" if needs_state else "no-office", name)


def _named(states: Collection[str]) -> frozenset[str]:
    """Keys of the states; one that the tables do not know stays one of its own, so that it counts."""
    return frozenset(state_of(name) or compact(name) for name in states)


def _keys(head: _Head, hints: frozenset[str]) -> frozenset[str]:
    lemma = head.form.lemma
    if head.body is not None:
        template = lexicon().bodies[head.body].get(lemma)
        if template is None:
            return frozenset()
        if "{}" not in template:
            return frozenset({template})
        states = [head.state] if head.state else list(hints)
        aliases = load(WORDS)["aliases"]["keys"]
        found = {aliases.get(key, key) for key in (template.format(state) for state in states)}
        return frozenset(found) & lexicon().keys if len(found) == 1 else frozenset()
    specific, generic = lexicon().specific.get(lemma, frozenset()), lexicon().generic.get(lemma, frozenset())
    if head.state:
        inside = frozenset(key for key in specific if (office(key).state or "").startswith(f"{head.state}-"))
        return frozenset(key for key in specific | generic if office(key).state == head.state) or inside
    here = frozenset(key for key in specific if office(key).state in hints)
    elsewhere = frozenset(key for key in generic if office(key).state in hints)
    if specific:
        return (here | elsewhere) or specific
    if len(hints) == 1:
        return elsewhere
    return elsewhere if len(elsewhere) > 1 else frozenset()


@recent(_RECENT)
def _gender(form: Form, determiner: str, noun: str) -> tuple[Gender, bool]:
    """What the form tells of the holder's sex, and whether it is a plural."""
    either = {compact(word) for word in load(WORDS)["either"]["words"]}
    if form.lemma in either or any(form.lemma.endswith(word) for word in either if len(word) > 4):
        return "?", False
    if form.plural:
        return form.gender, True
    if form.gender == "?":
        ending = compact(noun).removeprefix(form.lemma)
        weak = not compact(noun).endswith(("e", "er"))
        if determiner == "die" or (determiner == "der" and weak):
            return "f", determiner == "die" and weak
        masculine = determiner in _MASCULINE_ONLY or determiner == "der" or compact(noun).endswith("er")
        return ("m" if masculine else "f" if not determiner and ending.endswith("e") else "?"), False
    if form.gender == "f":
        return "f", determiner in _MASCULINE_ONLY
    weak = compact(noun).endswith("en") and not form.lemma.endswith("en")
    return "m", determiner == "die" or (weak and not determiner)


def _elsewhere(noun: str, rest: Sequence[str], state: str | None) -> str:
    """The key of an office that only the archive can tell; empty where the noun leaves open of what it is one."""
    if rest or state or _former_prefix(noun):
        return ""
    table = load(WORDS)["elsewhere"]
    first, hyphen, last = noun.rpartition("-")
    if hyphen:
        reading = _elsewhere_heads().get(compact(last))
        left_open = {compact(part) for part in table["open"]}
        named = reading is not None and compact(first).removesuffix("s") not in left_open
        return compact(first) + reading.lemma if named and reading else ""
    for body in cast("list[str]", table["bodies"]):
        reading = _elsewhere_heads().get(compact(noun).removeprefix(compact(body)))
        if reading is not None and compact(noun) != compact(noun).removeprefix(compact(body)):
            return compact(body) + reading.lemma
    return ""


@cache
def _elsewhere_heads() -> dict[str, Form]:
    """Singular forms of the last parts that `_elsewhere` takes."""
    heads = cast("list[str]", load(WORDS)["elsewhere"]["heads"])
    return {form: reading for head in heads for form, reading in forms_of(lemma_of(head)) if not reading.plural}
