"""Which values the things asked for have, counted: by columns of their own rows, or by rows beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, desc, func, select

from quellenlage.model.listing import (
    NAMED,
    ArticleQuestion,
    ClaimQuestion,
    ConflictQuestion,
    Facet,
    Facets,
    LineQuestion,
    Question,
)
from quellenlage.store.listing import asking, counting, tables
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
_TABLES: dict[type[Question], Table] = {
    LineQuestion: _LINES,
    ClaimQuestion: _CLAIMS,
    ConflictQuestion: _CONFLICTS,
    ArticleQuestion: _CITED,
}
_MANY = frozenset({"place"})
"""Fields of which there may be very many values: of these no more are read than are asked for."""

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
    (_CLAIMS, "year"): _CLAIMS.c.year,
    (_CONFLICTS, "kind"): _CONFLICTS.c.kind,
    (_CONFLICTS, "grade"): _CONFLICTS.c.grade,
    (_CONFLICTS, "settled"): _CONFLICTS.c.settled,
    (_CITED, "outlet"): _CITED.c.outlet,
    (_CITED, "year"): _CITED.c.day,
}
_BESIDE: dict[tuple[Table, str], _Beside] = {
    (_LINES, "actor"): _Beside(_PARTIES.c.event, _PARTIES.c.entity, (_PARTIES.c.actor == 1,)),
    (_LINES, "recipient"): _Beside(_PARTIES.c.event, _PARTIES.c.entity, (_PARTIES.c.recipient == 1,)),
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
    table = _TABLES[type(asked)]
    own = _OWN.get((table, field))
    if own is not None:
        kept = _kept(asked, own.name)
        chosen = kept.grouped(own.name) if kept else select(own, func.count()).group_by(own)
        chosen = chosen if kept else chosen.where(*_conditions(look, asked))
        if field in _MANY:
            total = look.once((table.name, asked), lambda: _total(look, asked))
            most = chosen.where(own.is_not(None)).order_by(desc(func.count()), own).limit(limit)
            return Facets(_labelled(connection, Counter(dict(connection.execute(most).all())), limit), total)
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
    total = look.once((table.name, asked), lambda: _total(look, asked))
    some, in_order = _named(look, asked, name, digest)
    names = Counter(connection.scalars(some if total <= COUNTED else some.order_by(in_order).limit(SAMPLED)))
    # As a question within the question, all rows beside would be gone through.
    chosen = select(beside.whose, beside.value).where(
        beside.whose.in_(look.profile.listed(list(names), beside.whose)), *beside.where
    )
    found: Counter[str] = Counter()
    for whose, value in connection.execute(chosen):
        found[value] += names[whose]
    complete = total <= COUNTED
    return Facets(_labelled(connection, found, limit), total if complete else SAMPLED, complete)


def _conditions(look: Look, asked: Question) -> list[ColumnElement[bool]]:
    if isinstance(asked, LineQuestion):
        return asking.line_conditions(look, asked)
    if isinstance(asked, ClaimQuestion):
        return asking.claim_conditions(look, asked)
    if isinstance(asked, ConflictQuestion):
        return asking.conflict_conditions(asked)
    return asking.article_conditions(look, asked)


def _kept(asked: Question, *columns: str) -> counting.Counted | None:
    """Counts that are kept beside the rows of what is asked for."""
    if isinstance(asked, LineQuestion):
        return counting.of_lines(asked, *columns)
    return counting.of_claims(asked, *columns) if isinstance(asked, ClaimQuestion) else None


def _total(look: Look, asked: Question) -> int:
    kept = _kept(asked)
    return kept.total(look) if kept else count(look, _TABLES[type(asked)], _conditions(look, asked))


def _named(look: Look, asked: Question, name: Any, digest: Any) -> tuple[Select[Any], Any]:
    """What rows beside name the things by that are asked for, and by what these lie in the order of their digests."""
    beside = counting.beside_lines(asked, name.name) if isinstance(asked, LineQuestion) else None
    if beside is not None:
        event = beside.table.c[name.name]
        return select(event).where(*beside.where), event
    return select(name).where(*_conditions(look, asked)), digest


def _value(table: Table, field: str, value: Any) -> str | None:
    """A value as facets give it; None for what has none."""
    if value is None or (field == "year" and value in {tables.UNDATED, 0}):
        return None
    if field == "year":
        return str(value // 12 if table is _LINES else value if table is _CLAIMS else date.fromordinal(value).year)
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
