"""Second names that the article introduces: "Liga Nord (LN)", "kurz LN", and initials that only one name has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.lexicon import ORG_WORDS, TITLES
from quellenlage.model import EntityKind, fold
from quellenlage.resources import load

_QUOTE = "[„“”\"'»«‚‘’]?"
_BRACKET = re.compile(rf"{_QUOTE}\s?[(\[]\s?{_QUOTE}")
_CLOSING = re.compile(rf"{_QUOTE}\s?[)\]]")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_FAR = 40
"""Code points between two names at most."""
_SHORTEST, _LONGEST_SHORT = 2, 9


@cache
def _called() -> re.Pattern[str]:
    words = "|".join(re.escape(phrase) for phrase in sorted(load(TITLES)["aliases"]["phrases"], key=len, reverse=True))
    return re.compile(rf"{_QUOTE},?\s(?:(?:{words})\s)+(?:der |die |das |den |dem )?{_QUOTE}", re.IGNORECASE)


def introduced_pairs(text: str, candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate, str]]:
    """Two neighbouring names that the words between them equate, with the reason; the second is the alias.

    In brackets one of the two must be the other's abbreviation: "Liga Nord (Kiel)" says where, "Quint (LN)" to whom
    somebody belongs.
    """
    for one, other in pairwise(candidates):
        gap = other.start - one.end
        if not 0 < gap <= _FAR:
            continue
        if _BRACKET.fullmatch(text, one.end, other.start) and _CLOSING.match(text, other.end):
            if any(abbreviates(name, other.name) for name in _longer(text, one)) or abbreviates(other.name, one.name):
                yield one, other, "bracket"
            elif _translated(one, other):
                yield one, other, "bracket-capitals"
        elif _called().fullmatch(text, one.end, other.start):
            yield one, other, "called"


def _translated(one: Candidate, other: Candidate) -> bool:
    """Whether capitals behind a body's name can be those of its name in another language: "(ISW)" for an institute.

    A party in brackets says to whom an office belongs.
    """
    capitals = other.name.isupper() and 3 <= len(other.name) <= 6
    bodies = one.kind is other.kind is EntityKind.ORG and len(_NAME_WORD.findall(one.name)) > 1
    return capitals and bodies and other.name not in _parties()


@cache
def _parties() -> frozenset[str]:
    cells = load(ORG_WORDS)["parties"]["names"].replace("\n", "|").split("|")
    return frozenset(form.strip() for cell in cells for form in cell.split("="))


def _longer(text: str, name: Candidate) -> Iterator[str]:
    """The name, and the name with the adjective before it: "(der Deutschen) Schutzvereinigung (DS)"."""
    yield name.name
    before = text[max(0, name.start - _FAR) : name.start].split()
    if before and before[-1][:1].isupper():
        yield f"{before[-1]} {name.name}"


def abbreviates(name: str, short: str) -> bool:
    """Whether a short name's letters are a longer name's, in their order, and both begin alike (Schwartz and Hearst
    2003); a short form that is no capitals must be the initials ("Inca").
    """
    letters = "".join(_NAME_WORD.findall(short)).lower()
    if not (_SHORTEST <= len(letters) <= _LONGEST_SHORT) or len(name) <= len(short):
        return False
    if len(_NAME_WORD.findall(name)) < 2:
        return False
    if sum(c.isupper() for c in short) < 2 and not initials_of(name, short):
        return False
    rest = name.lower()
    if rest[0] != letters[0]:
        return False
    at = 0
    for letter in letters:
        at = rest.find(letter, at) + 1
        if not at:
            return False
    return True


def initials_of(name: str, short: str) -> bool:
    """Whether a short name is made of the initials of a name's words, of all or of those with a capital."""
    words = _NAME_WORD.findall(name)
    letters = fold(short).replace(" ", "")
    capitals = [w for w in words if w[:1].isupper()]
    return len(letters) >= 3 and any(fold("".join(w[0] for w in some)) == letters for some in (words, capitals) if some)


def only_initials(short: str, names: Iterable[str]) -> str | None:
    """The one name among several whose initials an abbreviation in capitals is."""
    found = {name for name in names if name != short and initials_of(name, short)} if short.isupper() else set()
    return found.pop() if len(found) == 1 else None
