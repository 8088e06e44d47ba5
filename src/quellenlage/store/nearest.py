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


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence near a question: its row, its likeness (cosine), and its rank score with its neighbours'."""

    sentence: int
    likeness: float
    score: float


def hits(connection: Connection, near: Sequence[Near]) -> list[Hit]:
    """Sentences that were found, quoted from their texts."""
    quoted = quote(connection, [one.sentence for one in near])
    return [replace(quoted[one.sentence], score=one.score, meaning_score=one.likeness) for one in near]


def nearest(
    connection: Connection,
    question: Floats,
    model: str,
    *,
    floor: float,
    limit: int,
    among: Collection[int] | None = None,
) -> list[Near]:
    """Sentences whose likeness to a question is at least `floor`, best first; only those `among` rows, if given.

    Every vector is looked at, a few hundred articles at a time, so memory does not grow with the archive but for one
    number per sentence. An index would be faster and miss some.
    """
    names, lengths, parts = _likenesses(connection, question, model)
    if not parts or limit <= 0:
        return []
    likeness = np.concatenate(parts)
    score = _with_neighbours(likeness, lengths)
    wanted = likeness >= floor
    starts = np.concatenate([[0], np.cumsum(lengths)])
    if among is not None:
        wanted &= _only(connection, among, dict(zip(names, starts.tolist(), strict=False)), len(likeness))
    found = np.flatnonzero(wanted)
    best = found[np.argsort(-score[found], kind="stable")][:limit]
    owners = np.searchsorted(starts, best, side="right") - 1
    places = _sentences(connection, {names[owner] for owner in owners.tolist()})
    near = [
        Near(places[names[owner]][at - starts[owner]], float(likeness[at]), float(score[at]))
        for at, owner in zip(best.tolist(), owners.tolist(), strict=True)
    ]
    return sorted(near, key=lambda n: (-n.score, n.sentence))


def _likenesses(connection: Connection, question: Floats, model: str) -> tuple[list[str], list[int], list[Floats]]:
    """Articles, how many sentences each has, and the likeness of each sentence to the question."""
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
        parts.append((components.reshape(-1, len(question)).astype(np.float32) @ question) * scales)
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
