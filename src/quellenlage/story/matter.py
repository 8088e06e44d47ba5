"""What a passage is about, so that those of two articles can be compared: its content words, by families of words."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date
from functools import cache

from quellenlage.families import families_of
from quellenlage.model import DateInterval, Document, EntityPlace, Span, fold
from quellenlage.resources import load
from quellenlage.story.figures import WORDS

_CONTENT = frozenset("NOUN VERB PROPN ADJ".split())
_SHORTEST = 4

_EARTH_KM = 6371.0
_NEAR_KM = 5.0
"""What two settlements must lie apart beyond their own extent, so that neither can be meant by the other's name."""

_EXACT = frozenset({"settlement", "building"})


def matter(document: Document, span: Span, without: Collection[str] = ()) -> frozenset[str]:
    """Folded lemmas of a passage's content words, those of a family by its name; `without` are local entities left out.

    Days, and words that any report has, are no content.
    """
    near = (m for m in document.mentions if m.start < span.end and span.start < m.end)
    left_out = [m.span for m in near if m.entity in without]
    left_out += [t.span for t in document.timexes if t.span.overlaps(span)]
    found: set[str] = set()
    for place in document.token_range(span):
        token = document.tokens[place]
        if token.upos not in _CONTENT or any(one.overlaps(token.span) for one in left_out):
            continue
        word = fold(token.lemma or token.of(document.text))
        families = families_of(_particle(document, place) + word) or families_of(word)
        if families:
            found |= {f"family:{name}" for name in families}
        elif len(word) >= _SHORTEST and word not in _any_report():
            found.add(word)
    return frozenset(found)


def _particle(document: Document, verb: int) -> str:
    """The particle that a verb is split from ("trat … zurück"); empty where there is none."""
    if document.tokens[verb].upos != "VERB":
        return ""
    sentence = document.sentence_at(document.tokens[verb].start)
    inside = document.token_range(sentence.span) if sentence else range(0)
    found = (document.tokens[k] for k in inside if k > verb and document.tokens[k].head == verb)
    return next((fold(t.of(document.text)) for t in found if t.deprel == "compound:prt"), "")


def happenings(words: Collection[str]) -> frozenset[str]:
    """Those of a passage's words that stand for a family of happenings."""
    return frozenset(word for word in words if word.startswith("family:"))


def things(words: Collection[str]) -> frozenset[str]:
    """The others: what a passage is about, besides what happened."""
    return frozenset(word for word in words if not word.startswith("family:"))


def days_in(document: Document, span: Span) -> frozenset[date]:
    """Single days that a passage names."""
    found = set()
    for timex in document.timexes:
        if timex.span.overlaps(span):
            try:
                days = DateInterval.parse(timex.value[:10])
            except ValueError:
                continue
            if days.days == 1:
                found.add(days.earliest)
    return frozenset(found)


def towns_apart(a: EntityPlace | None, b: EntityPlace | None) -> bool:
    """Whether two places are settlements, or within one, that lie too far from each other to be taken for one."""
    if a is None or b is None or not {a.precision, b.precision} <= _EXACT or a.key == b.key:
        return False
    if None in {a.lat, a.lon, b.lat, b.lon}:
        return False
    return _km(a, b) > (a.radius_km or 0.0) + (b.radius_km or 0.0) + _NEAR_KM


def _km(a: EntityPlace, b: EntityPlace) -> float:
    lat, lon, other, beside = (math.radians(v or 0.0) for v in (a.lat, a.lon, b.lat, b.lon))
    part = math.sin((other - lat) / 2) ** 2 + math.cos(lat) * math.cos(other) * math.sin((beside - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(part)))


@cache
def _any_report() -> frozenset[str]:
    return frozenset(map(fold, load(WORDS)["afar"]["any"].split()))
