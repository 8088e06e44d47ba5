"""What stands in a speaker's phrase: its core and head, what follows a comma, and what kind of speaker a noun is."""

from __future__ import annotations

from functools import cache

from quellenlage.annotate.quotations.lexicon import NOUNS, lexicon, words
from quellenlage.annotate.quotations.phrases import GENITIVE, PREPOSITIONS, is_determiner
from quellenlage.annotate.quotations.units import Word
from quellenlage.coreference.lexicon import noun
from quellenlage.model.layers import EntityKind
from quellenlage.resources import load


def core_of(ws: list[Word]) -> list[Word]:
    """The phrase up to a genitive, preposition, parenthesis or apposition."""
    seen = False
    for i, word in enumerate(ws):
        if seen and (
            word.low in GENITIVE
            or word.low in PREPOSITIONS
            or word.text in {",", "(", "–", "-"}
            or word.low in {"und", "sowie"}
        ):
            return ws[:i]
        seen = seen or (word.capital and not (i == 0 and is_determiner(word)))
    return ws


def head_of(ws: list[Word]) -> Word | None:
    """The last noun or name of a phrase's core."""
    nouns = [
        w
        for i, w in enumerate(ws)
        if w.capital and w.text[:1].isalnum() and not (i == 0 and (is_determiner(w) or w.low in PREPOSITIONS))
    ]
    return nouns[-1] if nouns else None


def is_one_person(word: Word) -> bool:
    """Whether a word is a noun for one person."""
    listed = noun(word.text) if word.capital else None
    return listed is not None and listed.kind is EntityKind.PER and listed.singular


def first_noun(ws: list[Word]) -> str:
    """The first capitalised word that is no article."""
    return next((w.text for i, w in enumerate(ws) if w.capital and not (i == 0 and is_determiner(w))), "")


@cache
def legal_forms() -> frozenset[str]:
    """Legal forms of companies ("AG")."""
    return frozenset(load("de/org_words.toml")["legal_forms"]["words"].split())


@cache
def own_words() -> frozenset[str]:
    """Nouns for what somebody gives out: with a genitive the words are that somebody's."""
    return frozenset(load(NOUNS)["own_words"]["nouns"])


def apposed(ws: list[Word]) -> list[Word] | None:
    """What follows the first comma."""
    for i, word in enumerate(ws):
        if word.text == "," and i + 1 < len(ws):
            return ws[i + 1 :]
    return None


def is_simple(ws: list[Word]) -> bool:
    """No genitive or preposition between the beginning and the end."""
    return len(core_of(ws)) == len(ws)


def kind_of(body: list[Word], head: Word) -> EntityKind:
    """Kind of a speaker that no mention covers, by its noun."""
    low = head.low
    for singular in (
        low,
        low.removesuffix("s"),
        low.removesuffix("es"),
        low.removesuffix("en"),
        low.removesuffix("n"),
        low.removesuffix("e"),
    ):
        if singular in lexicon().documents:
            return EntityKind.MISC
    if low.endswith(("angaben", "berichten", "berichte", "kreise", "kreisen", "quellen", "aussagen", "medien")):
        return EntityKind.GRP
    if any(low.endswith(noun) for noun in words("role_nouns", "group")) or low.endswith(("innen", "leute")):
        return EntityKind.GRP
    if any(low.endswith((noun, noun + "s", noun + "es")) for noun in words("role_nouns", "organisation")):
        return EntityKind.ORG
    if low in words("media", "nouns") or head.text in words("media", "names"):
        return EntityKind.ORG
    named = _named_like(body, head)
    if named is not None:
        return named
    if head.text.isupper() and len(head.text) > 1:
        return EntityKind.ORG
    return EntityKind.GRP


def _named_like(body: list[Word], head: Word) -> EntityKind | None:
    """What several capitalised words look like: a body by noun or legal form, else a person's name."""
    listed = noun(head.text)
    if listed is not None and listed.kind is EntityKind.ORG and listed.singular:
        return EntityKind.ORG
    if head.text in legal_forms():
        return EntityKind.ORG
    capitals = [w for w in body if w.capital]
    if capitals and capitals[0].text.endswith("er") and noun(capitals[0].text) is not None and len(capitals) > 1:
        return EntityKind.ORG if len(capitals) == 2 else EntityKind.GRP  # "Berliner Verkehrsbetriebe"
    if len(capitals) >= 2 and all(w.text.isalpha() or "-" in w.text for w in capitals):
        return EntityKind.PER
    return None
