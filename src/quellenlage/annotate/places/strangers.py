"""States that no table has: what a text puts into one is no place of the gazetteer, whatever it is called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from quellenlage.annotate.places.clues import PLACES, is_known_adjective, is_owned
from quellenlage.model import Document, LocalEntity, Mention
from quellenlage.places import candidates, word_set

Told: TypeAlias = Literal["state", "adjective"]
"""How a text puts a name into a state unknown to us: by the state's name, or one's adjective; by an adjective that
can be of a state, but of none that the text names."""

_ADJECTIVE = re.compile(r"\b([A-ZÄÖÜa-zäöüß][a-zäöüß]{2,})isch(?:e[nrms]?)?\b")
_OWNER = re.compile(r"\b([A-ZÄÖÜa-zäöüß][a-zäöüß]{2,}isch)e[nrms]?\s+(?:([A-ZÄÖÜ][\w-]*)\s+)?$")
_ENDINGS = ("ien", "en", "land", "stan", "ei", "a", "e", "i", "o", "")
_LIKE_A_STATE = ("ien", "stan")
_SHORTEST = 6
"""Letters from which on an ending alone makes a name like a state's: "Wien" is none."""
_REACH = 60
_INTO = re.compile(
    r"\s*(?:,\s*)?(?:\(|/|(?:im|in)\s(?:der\s|den\s|dem\s)?(?:[a-zäöüß]{3,}\s)?"
    r"(?:(?:Nord|Süd|Ost|West|Zentral)\w*\s|Norden\s|Süden\s|Osten\s|Westen\s|Zentrum\s|Staat\s|Republik\s|Königreich\s)?"
    r"(?:von\s|der\s)?)\s*"
)


class Strangers:
    """The states of an article that no table has, found by their names and adjectives."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        adjectives = {match[1].lower() for match in _ADJECTIVE.finditer(document.text)}
        named = [e for e in document.entities if e.kind in PLACES and not candidates(e.name)]
        known = {entity.id: stem for entity in named if (stem := _stem(entity, adjectives)) is not None}
        self._stems = frozenset(known.values())
        self._starts = sorted(m.start for m in document.mentions if m.form == "name" and m.entity in known)

    def __bool__(self) -> bool:
        return bool(self._stems)

    def tell(self, mentions: Iterable[Mention]) -> Told | None:
        """Whether the words at one of the mentions put it into a state that no table has."""
        told = {one for mention in mentions for one in self._at(mention)}
        return "state" if "state" in told else "adjective" if told else None

    def _at(self, mention: Mention) -> Iterator[Told]:
        first = bisect_right(self._starts, mention.end)
        behind = self._starts[first : bisect_right(self._starts, mention.end + _REACH, lo=first)]
        if any(_INTO.fullmatch(self._text, mention.end, start) for start in behind):
            yield "state"
        owner = _OWNER.search(self._text, max(0, mention.start - _REACH), mention.start)
        name = self._text[mention.start : mention.end]
        if owner is None or not is_owned((owner[2] or "").lower(), name):
            return
        if not owner[2] and name.split()[0].lower() in word_set("sites", "words"):
            return  # whose the port is, not where: "die russische Basis Tartus"
        adjective = owner[1].lower()
        if adjective.removesuffix("isch") in self._stems:
            yield "state"
        elif adjective not in word_set("adjectives", "plain") and not is_known_adjective(adjective):
            yield "adjective"


def _stem(entity: LocalEntity, adjectives: set[str]) -> str | None:
    """The stem of a state's adjective, where the text uses it or the name ends as those of states do."""
    name = entity.name.lower().removesuffix("s")
    stems = [name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)]
    used = next((stem for stem in stems if stem in adjectives), None)
    if used is not None:
        return used
    return stems[0] if len(name) >= _SHORTEST and name.endswith(_LIKE_A_STATE) and _is_one_word(name) else None


def _is_one_word(name: str) -> bool:
    return name.isalpha()
