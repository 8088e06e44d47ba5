"""Which articles may have to do with one another: a table of keys and of the articles that have them.

A key is a name, a kind of happening with a day or a name, a headline, an address or a run of words.

Keys are numbers: what they stand for is in the articles alone. Finding the neighbours of an article reads what stands
under its own keys and nothing else, however large the archive.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from hashlib import blake2b

from sqlalchemy import Connection, delete, insert, select

from quellenlage.model import READ_ZONES, Document, EntityKind, fold
from quellenlage.store import schema, state
from quellenlage.store.packing import unpack_text, unpack_without_tokens

KEYS = "1"
"""Raise whenever a document would get other keys; all of them are then written anew with the next whole link."""

_HOLDERS = 200
"""Articles under one key that are looked at, the latest ones; a key of more says little about any of them."""

_COMMON = 0.3
"""What a key counts that has more."""

_LIKE = {"name": 1.0, "doing": 1.0, "day": 0.7, "headline": 2.0, "page": 4.0, "run": 1.0}
"""What a shared key of a kind counts, times how rare it is."""

_NARROW = 3
"""Days of an event at most under which it is looked up by its day."""

_NEAR = 1
"""Days to either side on which the same kind of happening is looked up."""

_RUN, _SAMPLED, _WORDS = 4, 12, 4_000
"""Words in a run; one run in so many is kept, the same ones in every article; words of an article that are read."""

_KINDS = frozenset(EntityKind) - {EntityKind.GRP}
_BATCH = 64

Key = tuple[str, str]
"""Kind of a key and what it stands for."""


def keys_of(document: Document) -> set[Key]:
    """Under which keys an article is found."""
    return {*_names(document), *_happenings(document), *_prints(document), *_runs(document)}


def _names(document: Document) -> Iterator[Key]:
    for entity in document.entities:
        words = fold(entity.name).split()
        if words and entity.kind in _KINDS:
            yield "name", words[-1]
            if len(words) > 1:
                yield "name", " ".join(words)


def _happenings(document: Document, near: int = 0) -> Iterator[Key]:
    """Kinds of happenings with their days and with whom they are told of; `near` days to either side as well."""
    last = {entity.id: fold(entity.name).rpartition(" ")[2] for entity in document.entities}
    dct = document.article.dct
    printed = (dct.earliest, dct.latest) if dct else (None, None)
    for event in document.events:
        first, end = (event.earliest, event.latest) if event.earliest and event.latest else printed
        if first and end and (end - first).days < _NARROW:
            for day in _days(first, end, near):
                yield "day", f"{event.event_type} {day.isoformat()}"
        places = (event.place,) if event.place else ()
        for one in {last.get(one) for one in (*event.actors, *event.recipients, *places)}:
            if one:
                yield "doing", f"{event.event_type} {one}"


def _days(first: date, last: date, near: int) -> Iterator[date]:
    for ordinal in range(first.toordinal() - near, last.toordinal() + near + 1):
        yield date.fromordinal(max(1, ordinal))


def _prints(document: Document) -> Iterator[Key]:
    article = document.article
    if article.headline:
        yield "headline", fold(article.headline.value)
    if article.url:
        yield "page", article.url.partition("#")[0].rstrip("/")


def _runs(document: Document) -> Iterator[Key]:
    words: list[str] = []
    for zone in document.article.zones:
        if zone.kind in READ_ZONES and len(words) < _WORDS:
            words += fold(document.text[zone.start : zone.end]).split()
    for at in range(min(len(words), _WORDS) - _RUN + 1):
        run = " ".join(words[at : at + _RUN])
        if _number(("run", run)) % _SAMPLED == 0:
            yield "run", run


def asked_of(document: Document) -> set[Key]:
    """Keys by which an article's neighbours are found: its own, those of the days around, headlines that it names."""
    named = {fold(n.about.of(document.text)) for n in document.article.notices if n.about}
    return {*keys_of(document), *_happenings(document, _NEAR), *(("headline", one) for one in named)}


def _number(key: Key) -> int:
    """A key as a signed number of 64 bits, the same on every machine."""
    digest = blake2b("\n".join(key).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def write(connection: Connection, document: Document) -> None:
    """Write the keys of an article that has none."""
    table, captures = schema.neighbours, schema.captures
    sequence = connection.scalar(select(captures.c.sequence).where(captures.c.id == document.article.capture))
    rows = [{"key": key, "capture": sequence} for key in sorted({_number(key) for key in keys_of(document)})]
    if rows:
        connection.execute(insert(table), rows)


def forget(connection: Connection, article: str) -> None:
    """Delete the keys of an article."""
    table, articles, captures = schema.neighbours, schema.articles, schema.captures
    chosen = select(captures.c.sequence).join(articles, articles.c.capture == captures.c.id)
    sequence = connection.scalar(chosen.where(articles.c.id == article))
    connection.execute(delete(table).where(table.c.capture == sequence))


def complete(connection: Connection) -> None:
    """Write the keys of all articles, if those that there are were made otherwise or by a version that made none."""
    if state.get(connection, state.NEIGHBOURS) == KEYS:
        return
    articles, captures = schema.articles, schema.captures
    connection.execute(delete(schema.neighbours))
    listed = list(connection.scalars(select(articles.c.id)))
    chosen = select(articles.c.document, articles.c.text.label("own"), captures.c.text).join(
        captures, captures.c.id == articles.c.capture
    )
    for at in range(0, len(listed), _BATCH):
        for row in connection.execute(chosen.where(articles.c.id.in_(listed[at : at + _BATCH]))).all():
            write(connection, unpack_without_tokens(row.document, unpack_text(row.own or row.text)))
    state.put(connection, state.NEIGHBOURS, KEYS)


def nearest(connection: Connection, documents: Sequence[Document], among: int, most: int) -> list[int]:
    """Sequence numbers of the captures, up to `among`, that have most to do with these articles, `most` of them.

    Each article has its say in turn, the best of each first.
    """
    ranked = [_ranked(connection, document, among, most) for document in documents]
    found: dict[int, None] = {}
    for place in range(most):
        for listed in ranked:
            if place < len(listed) and len(found) < most:
                found[listed[place]] = None
    return sorted(found)


def _ranked(connection: Connection, document: Document, among: int, most: int) -> list[int]:
    weights: dict[int, float] = {}
    for kind, holders, count in _holders(connection, asked_of(document), among):
        weight = _LIKE[kind] * (math.log(1 + among / count) if count <= _HOLDERS else _COMMON)
        for holder in holders:
            weights[holder] = weights.get(holder, 0.0) + weight
    return heapq.nsmallest(most, weights, key=lambda holder: (-round(weights[holder], 6), -holder))


def _holders(connection: Connection, keys: Collection[Key], among: int) -> Iterator[tuple[str, list[int], int]]:
    """For each key its kind, the latest articles that have it, and how many they are (one more than are looked at)."""
    table = schema.neighbours
    for kind, word in sorted(keys):
        chosen = select(table.c.capture).where(table.c.key == _number((kind, word)), table.c.capture <= among)
        found = list(connection.scalars(chosen.order_by(table.c.capture.desc()).limit(_HOLDERS + 1)))
        if found:
            yield kind, found[:_HOLDERS], len(found)
