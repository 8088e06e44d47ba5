"""Search by full text and by meaning, and both in one list: whoever asks need not know how an article puts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quellenlage.errors import MissingResource
from quellenlage.execution.meaning import Encoder, installed_encoder
from quellenlage.model import ASIDE, Archive, Hit, ZoneKind, fold

FLOOR = 0.845
"""Likeness below which a sentence is not shown. On the tune half of the search suite the lowest, in steps of .005, at
which nothing is shown for any of the 13 questions that the sample does not answer; of the 42 it answers, 40 % get a
right hit. At .84 it is 7 of 13 and 50 %."""

MOST_BESIDE_TEXT = 5
"""At most so many hits by meaning in a list of both: on the same questions one in five of the first five is right, of
the next five hardly any."""

LEAST_WORDS = 3
"""Words of a hit by meaning at least: a single word, a number or a sign is near to everything and tells nothing."""

RANKS = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009)."""

_LETTERS_ONLY = re.compile(r'["„“”«»*]')


class By(StrEnum):
    """Ways to search."""

    TEXT = "text"
    MEANING = "meaning"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first; how they were looked for, how many articles have no vectors yet, and what kept meaning out."""

    hits: tuple[Hit, ...]
    by: By
    unread: int = 0
    obstacle: MissingResource | None = None


def search(
    archive: Archive, query: str, *, by: By | None = None, limit: int = 20, encoder: Encoder | None = None
) -> Found:
    """Find sentences by their words, by what they mean, or both (None: both where that can be done).

    Of both, sentences that have the request as it stands come first. What stands in quotation marks, or ends in an
    asterisk, must occur whichever way is taken.

    Raises:
        MissingResource: only the meaning was asked for, and its model is missing.
    """
    if by is By.TEXT:
        return Found(tuple(archive.search(query, limit=limit)), By.TEXT)
    encoder = encoder or installed_encoder()
    try:
        most = limit if by is By.MEANING else min(limit, MOST_BESIDE_TEXT)
        near, unread = _near(archive, query, most, encoder)
    except MissingResource as error:
        if by is By.MEANING:
            raise
        return Found(tuple(archive.search(query, limit=limit)), By.TEXT, obstacle=error)
    if by is By.MEANING:
        return Found(tuple(near), By.MEANING, unread)
    return Found(tuple(fused(archive.search(query, limit=limit), near, query)[:limit]), By.BOTH, unread)


def fused(by_text: Sequence[Hit], by_meaning: Sequence[Hit], query: str) -> list[Hit]:
    """Both lists in one: the report before what stands beside it, the request as it stands first, then by ranks."""
    phrase = f" {fold(_plain(query))} "
    ranks: dict[tuple[str, int], float] = {}
    hits: dict[tuple[str, int], Hit] = {}
    for listed in (by_text, by_meaning):
        for rank, hit in enumerate(listed, 1):
            place = (hit.evidence.article, hit.evidence.start)
            ranks[place] = ranks.get(place, 0.0) + 1 / (RANKS + rank)
            known = hits.get(place)
            hits[place] = replace(known, meaning_score=hit.meaning_score) if known else hit
    aside = {place: ASIDE.get(ZoneKind(hit.zone), 0) if hit.zone else 0 for place, hit in hits.items()}
    verbatim = {place: phrase in f" {fold(hit.evidence.exact)} " for place, hit in hits.items()}
    ordered = sorted(ranks, key=lambda place: (aside[place], not verbatim[place], -ranks[place]))
    return [replace(hits[place], score=verbatim[place] + ranks[place] - 2 * aside[place]) for place in ordered]


def _near(archive: Archive, query: str, most: int, encoder: Encoder | None) -> tuple[Sequence[Hit], int]:
    """Hits by meaning, and the number of articles that were not asked because they have no vectors yet."""
    if encoder is None:
        raise MissingResource(
            "the model for search by meaning is missing", remedy="install the package again, with its models"
        )
    unread = archive.lacking_vectors(encoder.digest)
    asked = _plain(query)
    if not fold(asked) or not archive.with_vectors(encoder.digest):
        return [], unread
    (question,) = encoder.encode([asked], "query")
    near = archive.nearest(question, encoder.digest, floor=FLOOR, limit=2 * most, query=query)
    telling = [hit for hit in near if len(fold(hit.evidence.exact).split()) >= LEAST_WORDS]
    return telling[:most], unread


def _plain(query: str) -> str:
    """The request without marks that only say how it is to be looked for."""
    return " ".join(_LETTERS_ONLY.sub(" ", query).split())
