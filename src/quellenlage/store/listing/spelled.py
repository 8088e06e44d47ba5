"""Names in whatever spelling they are asked for: Tchouvarine finds Tschuwarin, Песков finds Peskow.

Keys say which names may be meant (`names.keys`); the words of these are then compared by their sounds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, or_, select

from quellenlage.model import EntityKind, fold
from quellenlage.model.listing import EntityQuestion
from quellenlage.names import keys, near
from quellenlage.names.keys import skeletons
from quellenlage.names.parts import person
from quellenlage.names.scripts import unmixed
from quellenlage.store.listing import tables
from quellenlage.store.listing.looking import Look
from quellenlage.store.portions import in_parts

LOOKED = 300
"""Entities at most whose names are compared, those that most articles name first."""

FOUND = 50
"""Entities at most that are found by another spelling."""

_SPELLINGS = 4
"""Keys that an entity has by which one word may find it, mostly at most."""

_TOLD = 2
"""Consonants that a word needs to be looked for by them."""

_BEGUN = 4
"""Letters that the beginning of a word needs."""

_LISTED = ("known:", "listed:")
"""Begin keys that are names of one thing by a list."""


def keys_of(kind: EntityKind, names: Iterable[str]) -> frozenset[str]:
    """Keys of all names of an entity."""
    found = {key for name in names for word in _words(name) for key in _consonants(word)}
    return frozenset(found.union(*(_listed(kind, name) for name in names)))


def alike(look: Look, asked: EntityQuestion) -> tuple[str, ...]:
    """Entities one of whose names sounds like what is asked for, the nearest first; of the same ones the best known."""
    words = _words(asked.words)
    if not words or (asked.prefix and len(words[-1]) < _BEGUN):
        return ()
    question = ("alike", tuple(words), asked.prefix, asked.kinds)
    return look.once(question, lambda: _alike(look.connection, words, asked))


def _alike(connection: Connection, words: Sequence[str], asked: EntityQuestion) -> tuple[str, ...]:
    found = dict.fromkeys(_meant(connection, asked), 1.0)
    candidates = _candidates(connection, words, asked)
    names, order = tables.entity_names, {entity: number for number, entity in enumerate(candidates)}
    for some in in_parts(candidates):
        for row in connection.execute(select(names.c.entity, names.c.folded).where(names.c.entity.in_(some))):
            score = _nearness(words, _words(row.folded), begun=asked.prefix)
            if score is not None:
                found[row.entity] = max(score, found.get(row.entity, 0.0))
    ranked = sorted(found, key=lambda entity: (-found[entity], order.get(entity, -1), entity))
    return tuple(ranked[:FOUND])


def _meant(connection: Connection, asked: EntityQuestion) -> list[str]:
    """Entities that a list has under this name, as Kyjiw has Kiew."""
    listed = {key for kind in (asked.kinds or tuple(EntityKind)) for key in _listed(kind, asked.words)}
    table = tables.entity_keys
    return list(connection.scalars(select(table.c.entity).where(table.c.key.in_(sorted(listed))).limit(FOUND)))


def _candidates(connection: Connection, words: Sequence[str], asked: EntityQuestion) -> list[str]:
    """Entities whose names may sound like that, those that most articles name first."""
    table = tables.entity_keys
    wanted = [_sounding(word, begun=asked.prefix and word is words[-1]) for word in words]
    if not all(wanted):
        return []
    chosen = select(table.c.entity, table.c.articles).order_by(table.c.articles.desc(), table.c.entity)
    if asked.kinds:
        chosen = chosen.where(table.c.kind.in_([str(kind) for kind in asked.kinds]))
    for any_of in wanted[1:]:
        chosen = chosen.where(table.c.entity.in_(select(table.c.entity).where(or_(*any_of))))
    # Each by itself: of one stretch of keys, however long, the first ones are found without a list of all.
    found: dict[str, int] = {}
    for met in wanted[0]:
        found.update(connection.execute(chosen.where(met).limit(_SPELLINGS * LOOKED)).all())
    return sorted(found, key=lambda entity: (-found[entity], entity))[:LOOKED]


def _sounding(word: str, *, begun: bool) -> list[ColumnElement[bool]]:
    """Conditions on keys, one of which those have that may sound like a word, or `begun` like its beginning."""
    key, sounds = tables.entity_keys.c.key, _consonants(word)
    if not begun:
        return [key.in_(sounds)] if sounds else []
    least = [one for one in sounds if not any(one != other and one.startswith(other) for other in sounds)]
    return [(key >= sound) & (key < f"{sound}\U0010ffff") for sound in least]


def _nearness(wanted: Sequence[str], there: Sequence[str], *, begun: bool) -> float | None:
    """How near the farthest of some words is to a word of a name; None where one is near none."""
    least = 1.0
    for number, word in enumerate(wanted):
        beginning = begun and number == len(wanted) - 1
        scores = [score for other in there if (score := _near(word, other, beginning=beginning)) is not None]
        if not scores:
            return None
        least = min(least, max(scores))
    return least


def _near(word: str, other: str, *, beginning: bool) -> float | None:
    lengths = range(len(word) - 1, len(word) + 3) if beginning else ()
    pairs = dict.fromkeys((other, *(other[:length] for length in lengths)))
    return max((score for one in pairs if (score := near(word, one)) is not None), default=None)


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    return tuple(part.word for part in person(unmixed(name)).parts if not part.initial)


def _consonants(word: str) -> list[str]:
    return [key for key in skeletons(word) if len(key) >= _TOLD]


def _listed(kind: EntityKind, name: str) -> Collection[str]:
    return {key for key in keys(kind, name) if key.startswith(_LISTED)} if fold(name) else ()
