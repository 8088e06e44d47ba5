"""Buildings, ports, bridges and the like: their names ("Hafen von Miren", "Hilton-Hotel") and the nouns for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.mentions.gazetteer import PLACES
from quellenlage.annotate.mentions.lexicon import first_names, is_unknown, known_names, surnames
from quellenlage.annotate.mentions.places import is_small_town, place_at
from quellenlage.annotate.mentions.words import Words, is_name_like
from quellenlage.model import EntityKind
from quellenlage.model.recent import recent
from quellenlage.resources import load

_RECENT = 1 << 14
_WHERE = frozenset("in im ins am an aus vom auf vor beim nahe neben bei".split())


@dataclass(frozen=True, slots=True)
class Facility:
    """A named place as words `start` to `end` and its name in the nominative."""

    start: int
    end: int
    name: str
    score: float
    reason: str


@cache
def _table(field: str) -> frozenset[str]:
    return frozenset(load(PLACES)["facilities"][field].split())


@cache
def _longest_head() -> int:
    return max(map(len, _table("heads")))


@recent(_RECENT)
def facility_head(form: str) -> str | None:
    """The noun in the nominative singular where a word is a building or ends in one: "Hafens" gives "Hafen"."""
    if len(form) < 4 or not form[0].isupper():
        return None
    suffixes = _table("heads")
    for word in (form, form.removesuffix("s"), form.removesuffix("es"), form.removesuffix("ses")):
        lowered = word.lower()
        cuts = range(max(0, len(lowered) - _longest_head()), len(lowered) - 3)
        if any(lowered[cut:] in suffixes for cut in cuts) and lowered not in _table("none"):
            return word
    return None


def facility_at(words: Words, i: int) -> Facility | None:
    """The named place that begins with the head noun, or is the compound, at word `i`."""
    form = words.forms[i]
    head = facility_head(form)
    if head is None or form in known_names():
        return None
    if "-" in form:
        return Facility(i, i + 1, head, 0.8, "facility-compound") if _bears_name(form) else None
    k = i + 2 if words.at(i + 1) == "von" else i + 1
    if k >= len(words) or not words.forms[k][0].isupper():
        return None
    place = place_at(words, k, after=True)
    if (place is None or place[1].kind is EntityKind.LOC) and is_small_town(words.forms[k]):
        name = " ".join([head, *words.forms[i + 1 : k + 1]])
        return Facility(i, k + 1, name, 0.75, f"facility:{head.lower()}")
    if place is None or place[1].kind is not EntityKind.GPE:
        return None
    if k == i + 1 and words.forms[place[0] - 1] != place[1].surface:  # "am Bahnhof Moskaus Züge"
        return None
    name = " ".join([head, *words.forms[i + 1 : place[0]]])
    return Facility(i, place[0], name, 0.8, f"facility:{head.lower()}")


def _bears_name(form: str) -> bool:
    """Whether what stands before the last hyphen is a name: "Hilton-Hotel", "Karl-Marx-Platz", not "UN-Gebäude"."""
    parts = form.split("-")[:-1]
    first = parts[0]
    if not is_name_like(first) or first.isupper():
        return False
    if first in first_names() or first in surnames():
        return True
    places = known_names().get(first, ())
    return is_unknown(first) or any(k.kind is not EntityKind.ORG and k.surface == first for k in places)


def is_where(words: Words, start: int) -> bool:
    """Whether a preposition of place stands before the noun phrase that begins at `start`, an article allowed."""
    before = words.at(start - 1).lower()
    if before in {"dem", "der", "das", "die", "den", "einem", "einer", "ein", "eine", "einen"}:
        before = words.at(start - 2).lower()
    return before in _WHERE
