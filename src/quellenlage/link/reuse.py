"""Text that repeats: near-duplicates, revisions of one URL, and reprints of an agency's or outlet's text.

Near-duplicates come from MinHash with banding (Broder 1997; Leskovec et al., Mining of Massive Datasets, ch. 3),
partial copies from an index of rare word shingles of headline, lead and body; each candidate pair is then compared
exactly, and the copied passages are kept as evidence. Nothing is dropped: a reprint stays an article, it only counts
as no origin of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from rensa import RMinHash, RMinHashLSH

from quellenlage.model import READ_ZONES, Document, Evidence, Reuse, Span, evidence, fold

SHINGLE = 4
"""Words per shingle. Edited copy changes a word in about ten; of four-word shingles two thirds then survive, of
eight-word ones under half, while two unrelated articles on one event share under 3 % of four-word shingles."""

REPRINT = 0.15
"""Share of the shorter text's shingles found in the longer from which the later text counts as taken from it, if there
are passages too (below). Of the 245,000 pairs of 700 independent Wikinews articles two reach it, both true copies; the
next pair has 0.09."""

COPIED_WORDS, COPIED_PASSAGES = 25, 2
"""Words in passages, and passages, that a copy has at least: one quotation in common makes no reprint."""


DUPLICATE = 0.9
"""Share, in both directions, from which two texts count as the same but for trifles."""

PASSAGE = 6
"""Words that a copied passage has at least, to be shown as one."""

_PERMUTATIONS, _BANDS, _SEED = 128, 64, 20
_RARE = 20
"""Articles that a shingle may stand in to count as rare: beyond that it is a phrase of the trade."""

_SHARED = 5
"""Rare shingles that make two articles candidates."""

_MAX_WORDS = 4000
_WORD = re.compile(r"\w+(?:[-.]\w+)*")


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words of the report with their places, and the set of shingles."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    shingles: frozenset[str]


def _words(document: Document) -> _Words:
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for zone in document.article.zones:
        if zone.kind not in READ_ZONES:
            continue
        for match in _WORD.finditer(document.text, zone.start, zone.end):
            words.append(fold(match.group()))
            spans.append(match.span())
            if len(words) >= _MAX_WORDS:
                break
    shingles = frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return _Words(tuple(words), tuple(spans), shingles)


def order(document: Document, position: int) -> tuple[date, int]:
    """Sort key "who was first": the latest day the article can be from, then the order of capture.

    The latest day, not the earliest: an article of unknown date must not pass as older than a dated one.
    """
    dct = document.article.dct
    return (dct.latest if dct else date.max, position)


def find_reuse(documents: Sequence[Document]) -> tuple[Reuse, ...]:
    """Pairs of articles that share text, each later article with the earlier one it repeats most."""
    prepared = [_words(document) for document in documents]
    found: list[Reuse] = []
    for later, candidates in _candidates(documents, prepared).items():
        ranked = sorted(candidates, key=lambda c: -_containment(prepared[c].shingles, prepared[later].shingles))
        revised = _revision_of(documents, later, candidates)
        if revised is not None:
            found.append(_reuse(documents, prepared, later, revised))
        elif reuse := next(
            (r for r in (_reuse(documents, prepared, later, c) for c in ranked[:3]) if _copied(r)), None
        ):
            found.append(reuse)
    return tuple(sorted(found, key=lambda r: (r.article, r.earlier)))


def _copied(reuse: Reuse) -> bool:
    words = sum(len(passage.exact.split()) for passage in reuse.passages)
    return reuse.kind == "duplicate" or (
        reuse.similarity >= REPRINT and words >= COPIED_WORDS and len(reuse.passages) >= COPIED_PASSAGES
    )


def _candidates(documents: Sequence[Document], prepared: Sequence[_Words]) -> dict[int, list[int]]:
    """Return for each article the articles before it that may share text or its URL, in order of precedence."""
    lsh = RMinHashLSH(threshold=0.2, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    by_url: dict[str, list[int]] = {}
    by_shingle: dict[str, list[int]] = {}
    result: dict[int, list[int]] = {}
    for index in sorted(range(len(documents)), key=lambda i: order(documents[i], i)):
        shingles = prepared[index].shingles
        similar: set[int] = set()
        if shingles:
            minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
            minhash.update(sorted(shingles))
            similar |= set(lsh.query(minhash))
            lsh.insert(index, minhash)
        shared: dict[int, int] = {}
        for shingle in shingles:
            holders = by_shingle.setdefault(shingle, [])
            for holder in holders if len(holders) <= _RARE else ():
                shared[holder] = shared.get(holder, 0) + 1
            holders.append(index)
        similar |= {other for other, count in shared.items() if count >= _SHARED}
        url = documents[index].article.url
        if url:
            similar |= set(by_url.get(url, ()))
            by_url.setdefault(url, []).append(index)
        if similar:
            result[index] = sorted(similar, key=lambda i: order(documents[i], i))
    return result


def _revision_of(documents: Sequence[Document], later: int, candidates: Sequence[int]) -> int | None:
    url = documents[later].article.url
    same = [index for index in candidates if url and documents[index].article.url == url]
    return same[-1] if same else None


def _containment(a: frozenset[str], b: frozenset[str]) -> float:
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def _reuse(documents: Sequence[Document], prepared: Sequence[_Words], later: int, earlier: int) -> Reuse:
    mine, theirs = prepared[later].shingles, prepared[earlier].shingles
    url = documents[later].article.url
    kind: Literal["duplicate", "revision", "reprint"] = "reprint"
    if url and url == documents[earlier].article.url:
        kind = "revision"
    elif _jaccard(mine, theirs) >= DUPLICATE:
        kind = "duplicate"
    return Reuse(
        article=documents[later].article.id,
        earlier=documents[earlier].article.id,
        kind=kind,
        similarity=round(_containment(mine, theirs), 4),
        passages=_passages(documents[later], prepared[later], prepared[earlier]),
    )


def _passages(document: Document, later: _Words, earlier: _Words) -> tuple[Evidence, ...]:
    """Quote the runs of words that the later text shares with the earlier one, in order."""
    article = document.article
    blocks = SequenceMatcher(None, later.words, earlier.words, autojunk=False).get_matching_blocks()
    return tuple(
        evidence(
            article.id,
            article.text,
            Span(later.spans[block.a][0], later.spans[block.a + block.size - 1][1]),
            digest=article.text_sha256,
        )
        for block in blocks
        if block.size >= PASSAGE
    )
