"""Search by meaning: the sentences whose vectors are nearest to a question's, each with its neighbours in mind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from quellenlage.model import Hit
from quellenlage.model.ports import Floats
from quellenlage.store import schema
from quellenlage.store.searching import quote
from quellenlage.store.vectors import READ, SCALE, SCALE_BYTES

BEFORE, AFTER = 0.2, 0.1
"""How much of the likeness of the sentence before and after counts for a sentence: „Er lehnte ab.“ means nothing by
itself. Tuned on the tune half of the search suite: recall@5 .51 without, .55 with (MRR .47 and .53); among 4,500
sentences of other news .29 and .34."""

_ROWS = 256
_AT_ONCE = 16
"""Questions for which every vector is read once: one number per sentence is kept for each of them."""


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence near a question: its row, its likeness (cosine), and its rank score with its neighbours'."""

    sentence: int
    likeness: float
    score: float


def hits(connection: Connection, near: Sequence[Near]) -> list[Hit]:
    """Sentences that were found, quoted from their texts."""
    return hits_each(connection, [near])[0]


def hits_each(connection: Connection, near: Sequence[Sequence[Near]]) -> list[list[Hit]]:
    """The same for several questions, each sentence being read once."""
    quoted = quote(connection, sorted({one.sentence for listed in near for one in listed}))
    return [
        [replace(quoted[one.sentence], score=one.score, meaning_score=one.likeness) for one in listed]
        for listed in near
    ]


def nearest(
    connection: Connection,
    questions: Floats,
    model: str,
    *,
    floor: float,
    limit: int,
    among: Collection[int] | None = None,
) -> list[list[Near]]:
    """For each question, a row, sentences whose likeness is at least `floor`, best first; only `among` rows, if given.

    Every vector is looked at once for all questions, a few hundred articles at a time, so memory does not grow with
    the archive but for one number per sentence and question. An index would be faster and miss some.
    """
    names, lengths, parts = _likenesses(connection, questions, model)
    if not parts or limit <= 0:
        return [[] for _ in questions]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    only = None
    if among is not None:
        only = _only(connection, among, dict(zip(names, starts.tolist(), strict=False)), int(starts[-1]))
    likeness = np.concatenate(parts, axis=1)
    best: list[tuple[Floats, Floats, list[int]]] = []
    for row in likeness:
        score = _with_neighbours(row, lengths)
        found = np.flatnonzero(row >= floor if only is None else (row >= floor) & only)
        chosen = found[np.argsort(-score[found], kind="stable")][:limit]
        best.append((row[chosen], score[chosen], chosen.tolist()))
    owner_of = {at: int(np.searchsorted(starts, at, side="right") - 1) for _, _, listed in best for at in listed}
    places = _sentences(connection, {names[owner] for owner in owner_of.values()})
    return [
        sorted(
            (
                Near(places[names[owner_of[at]]][at - starts[owner_of[at]]], float(like), float(score))
                for like, score, at in zip(likes, scores, listed, strict=True)
            ),
            key=lambda n: (-n.score, n.sentence),
        )
        for likes, scores, listed in best
    ]


def nearest_each(
    connection: Connection, questions: Floats, model: str, *, floor: float, limit: int
) -> list[list[Near]]:
    """The same for however many questions, some at a time."""
    found: list[list[Near]] = []
    for at in range(0, len(questions), _AT_ONCE):
        found += nearest(connection, questions[at : at + _AT_ONCE], model, floor=floor, limit=limit)
    return found


def _likenesses(connection: Connection, questions: Floats, model: str) -> tuple[list[str], list[int], list[Floats]]:
    """Articles, how many sentences each has, and the likeness of each sentence to each question (a row)."""
    table = schema.vectors
    chosen = (
        select(table.c.article, table.c.scales, table.c.components)
        .where(table.c.model == model, table.c.current == 1)
        .order_by(table.c.article)
        .execution_options(yield_per=_ROWS)
    )
    names: list[str] = []
    lengths: list[int] = []
    parts: list[Floats] = []
    for rows in connection.execute(chosen).partitions():
        scales = np.frombuffer(b"".join(row.scales for row in rows), SCALE)
        components = np.frombuffer(b"".join(row.components for row in rows), np.int8)
        vectors = components.reshape(-1, questions.shape[1]).astype(np.float32)
        parts.append((questions @ vectors.T) * scales)
        names += [row.article for row in rows]
        lengths += [len(row.scales) // SCALE_BYTES for row in rows]
    return names, lengths, parts


def _with_neighbours(likeness: Floats, lengths: Sequence[int]) -> Floats:
    """Likeness with its share of the neighbours': what they are nearer than the archive is on the whole."""
    above = likeness - likeness.mean()
    owner = np.repeat(np.arange(len(lengths)), lengths)
    same = (owner[1:] == owner[:-1]).astype(np.float32)
    score = likeness.copy()
    score[1:] += BEFORE * above[:-1] * same
    score[:-1] += AFTER * above[1:] * same
    return score


def _sentences(connection: Connection, articles: Iterable[str]) -> dict[str, list[int]]:
    """Rows of the report's sentences of some articles, in order."""
    table = schema.sentences
    found: dict[str, list[int]] = {}
    chosen = (
        select(table.c.article, table.c.id)
        .where(table.c.article.in_(sorted(articles)), table.c.zone.in_(READ))
        .order_by(table.c.article, table.c.start)
    )
    for row in connection.execute(chosen):
        found.setdefault(row.article, []).append(row.id)
    return found


def _only(connection: Connection, among: Collection[int], starts: Mapping[str, int], length: int) -> NDArray[np.bool_]:
    """Which of all vectors are of the given rows."""
    table, wanted = schema.sentences, set(among)
    owners = set(connection.scalars(select(table.c.article).where(table.c.id.in_(sorted(wanted)))))
    mask = np.zeros(length, dtype=np.bool_)
    for article, rows in _sentences(connection, owners & starts.keys()).items():
        for at, row in enumerate(rows):
            mask[starts[article] + at] = row in wanted
    return mask
