"""Which values the things asked for have, counted: by columns of their own rows, or by rows beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from quellenlage.model.listing import (
    NAMED,
    ClaimQuestion,
    ConflictQuestion,
    Facet,
    Facets,
    LineQuestion,
    Question,
)
from quellenlage.store.listing import asking, tables
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import GRADE_OF, count
from quellenlage.store.portions import in_parts

COUNTED = 10_000
"""Things at most among all of which values are counted that stand beside them."""

SAMPLED = 3_000
"""Of more, so many are looked at: those of the lowest identifiers.

These are digests, hence in no order that means anything.
"""

_LINES, _CLAIMS, _CONFLICTS, _CITED = (
    tables.event_cards,
    tables.claim_cards,
    tables.conflict_cards,
    tables.citations,
)
_PARTIES, _SOURCES, _VOICES = tables.event_parties, tables.event_sources, tables.claim_voices


@dataclass(frozen=True, slots=True)
class _Beside:
    """Values in rows beside: the column that says whose they are, the value, and which rows."""

    whose: Any
    value: Any
    where: tuple[ColumnElement[bool], ...] = ()


_OWN: dict[tuple[Table, str], Any] = {
    (_LINES, "type"): _LINES.c.event_type,
    (_LINES, "factuality"): _LINES.c.factuality,
    (_LINES, "place"): _LINES.c.place,
    (_LINES, "grade"): _LINES.c.grade,
    (_LINES, "year"): _LINES.c.month,
    (_CLAIMS, "evidentiality"): _CLAIMS.c.evidentiality,
    (_CLAIMS, "polarity"): _CLAIMS.c.polarity,
    (_CLAIMS, "channel"): _CLAIMS.c.channel,
    (_CLAIMS, "medium"): _CLAIMS.c.medium,
    (_CLAIMS, "type"): _CLAIMS.c.quotation_type,
    (_CLAIMS, "year"): _CLAIMS.c.day,
    (_CONFLICTS, "kind"): _CONFLICTS.c.kind,
    (_CONFLICTS, "grade"): _CONFLICTS.c.grade,
    (_CONFLICTS, "settled"): _CONFLICTS.c.settled,
    (_CITED, "outlet"): _CITED.c.outlet,
    (_CITED, "year"): _CITED.c.day,
}
_BESIDE: dict[tuple[Table, str], _Beside] = {
    (_LINES, "actor"): _Beside(_PARTIES.c.event, _PARTIES.c.entity, (_PARTIES.c.role == "actor",)),
    (_LINES, "recipient"): _Beside(_PARTIES.c.event, _PARTIES.c.entity, (_PARTIES.c.role == "recipient",)),
    (_LINES, "entity"): _Beside(_PARTIES.c.event, _PARTIES.c.entity),
    (_LINES, "story"): _Beside(tables.event_stories.c.event, tables.event_stories.c.story),
    (_LINES, "origin"): _Beside(_SOURCES.c.event, _SOURCES.c.who, (_SOURCES.c.kind == "origin",)),
    (_LINES, "outlet"): _Beside(_SOURCES.c.event, _SOURCES.c.who, (_SOURCES.c.kind == "outlet",)),
    (_CLAIMS, "speaker"): _Beside(_VOICES.c.claim, _VOICES.c.who, (_VOICES.c.role == "speaker",)),
    (_CLAIMS, "relay"): _Beside(_VOICES.c.claim, _VOICES.c.who, (_VOICES.c.role == "relay",)),
    (_CLAIMS, "told"): _Beside(_VOICES.c.claim, _VOICES.c.who, (_VOICES.c.role == "told",)),
    (_CLAIMS, "outlet"): _Beside(_CITED.c.article, _CITED.c.outlet, (_CITED.c.outlet.is_not(None),)),
    (_CONFLICTS, "story"): _Beside(tables.event_stories.c.event, tables.event_stories.c.story),
    (_CITED, "agency"): _Beside(tables.article_agencies.c.article, tables.article_agencies.c.agency),
    (_CITED, "story"): _Beside(tables.story_articles.c.article, tables.story_articles.c.story),
}
_KEY: dict[Table, tuple[Any, Any]] = {
    _LINES: (_LINES.c.event, _LINES.c.event),
    _CLAIMS: (_CLAIMS.c.number, _CLAIMS.c.key),
    _CONFLICTS: (_CONFLICTS.c.event, _CONFLICTS.c.id),
    _CITED: (_CITED.c.article, _CITED.c.article),
}
"""What rows beside name a thing by, and its digest."""


def facets(look: Look, asked: Question, field: str, limit: int) -> Facets:
    """The most frequent values of a field among what is asked for.

    Raises:
        KeyError: what is asked for has no such field.
    """
    connection = look.connection
    table, where = _asked(look, asked)
    own = _OWN.get((table, field))
    if own is not None:
        chosen = select(own, func.count()).where(*where).group_by(own)
        rows = connection.execute(chosen).all()
        counts: Counter[str] = Counter()
        for value, times in rows:
            if (told := _value(table, field, value)) is not None:
                counts[told] += times
        return Facets(_labelled(connection, counts, limit), sum(times for _, times in rows))
    beside = _BESIDE[table, field]
    name, digest = _KEY[table]
    if (table, field) == (_CLAIMS, "outlet"):
        name = _CLAIMS.c.article
    total = look.once((table.name, asked), lambda: count(look, table, where))
    some = select(name.label("name")).where(*where)
    if total > COUNTED:
        some = some.order_by(digest).limit(SAMPLED)
    sampled = some.subquery()
    chosen = (
        select(beside.value, func.count()).select_from(sampled).join(beside.whose.table, beside.whose == sampled.c.name)
    )
    counted = func.count(func.distinct(sampled.c.name)) if field == "entity" else func.count()
    chosen = chosen.with_only_columns(beside.value, counted).where(*beside.where).group_by(beside.value)
    found: Counter[str] = Counter(dict(connection.execute(chosen).all()))
    complete = total <= COUNTED
    return Facets(_labelled(connection, found, limit), total if complete else SAMPLED, complete)


def _asked(look: Look, asked: Question) -> tuple[Table, list[ColumnElement[bool]]]:
    if isinstance(asked, LineQuestion):
        return _LINES, asking.line_conditions(look, asked)
    if isinstance(asked, ClaimQuestion):
        return _CLAIMS, asking.claim_conditions(look, asked)
    if isinstance(asked, ConflictQuestion):
        return _CONFLICTS, asking.conflict_conditions(asked)
    return _CITED, asking.article_conditions(look, asked)


def _value(table: Table, field: str, value: Any) -> str | None:
    """A value as facets give it; None for what has none."""
    if value is None or (field == "year" and value == tables.UNDATED):
        return None
    if field == "year":
        return str(date.fromordinal(value).year if table is not _LINES else value // 12)
    if field == "grade":
        grade = GRADE_OF[value]
        return str(grade) if grade else None
    return str(value)


def _labelled(connection: Connection, counts: Counter[str], limit: int) -> tuple[Facet, ...]:
    first = sorted(counts, key=lambda value: (-counts[value], value))[:limit]
    names = labels(connection, first)
    return tuple(Facet(value, names.get(value, value), counts[value]) for value in first)


def labels(connection: Connection, values: Iterable[str]) -> dict[str, str]:
    """Names of entities, origins and stories, and of who is none of them."""
    listed = set(values)
    found = {value: value.removeprefix(NAMED) for value in listed if value.startswith(NAMED)}
    known = (
        (tables.entity_cards.c.entity, tables.entity_cards.c.name),
        (tables.origin_cards.c.origin, tables.origin_cards.c.name),
        (tables.story_cards.c.story, tables.story_cards.c.title),
    )
    for identifier, name in known:
        for some in in_parts(value for value in listed - set(found) if "-" in value):
            found.update(connection.execute(select(identifier, name).where(identifier.in_(some))).all())
    return found
