"""Keeping the tables of lists: with every article, every link, every decision, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, overload

from sqlalchemy import Connection, Table, case, delete, func, insert, literal, select, update

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    Document,
    Doubt,
    Entity,
    Event,
    Linked,
    Origin,
    Story,
    from_json,
    to_json,
)
from quellenlage.model.filed import Keyed
from quellenlage.store import schema, state
from quellenlage.store.listing import judging, tables, tallies, voices
from quellenlage.store.listing.article_rows import Rows, name_forms, rows_of
from quellenlage.store.listing.linked_rows import (
    Placed,
    Told,
    doubt_rows,
    entity_rows,
    event_rows,
    origin_rows,
    story_rows,
)
from quellenlage.store.packing import unpack_text, unpack_without_tokens
from quellenlage.store.portions import in_parts

VERSION = "1"
"""Raise whenever something would get other rows; all are then written anew before the next list is read."""

_BATCH = 5_000
_ARTICLES = 64


# with every article
def write_articles(connection: Connection, documents: Sequence[Document]) -> None:
    """Write the rows of articles that have none."""
    captures = schema.captures
    wanted = {document.article.capture: document for document in documents}
    numbers: dict[str, int] = {}
    for asked in in_parts(wanted):
        chosen = select(captures.c.id, captures.c.sequence).where(captures.c.id.in_(asked))
        numbers.update(connection.execute(chosen).all())
    out = judging.rejected(connection)
    gathered: Rows = {}
    for capture, document in wanted.items():
        for table, rows in rows_of(document, numbers[capture]).items():
            gathered.setdefault(table, []).extend(rows)
    for row in gathered.get(tables.claim_cards, ()):
        row["hidden"] = int(row["key"] in out)
    for table, rows in gathered.items():
        _insert(connection, table, rows)
    for asked in in_parts(document.article.id for document in wanted.values()):
        tallies.add(connection, tallies.CLAIMS, tables.claim_cards.c.article.in_(asked))
    voices.write(connection, [document.article.id for document in documents])


def delete_article(connection: Connection, article: str) -> None:
    """Delete the rows of an article."""
    cards, spoken = tables.claim_cards, tables.claim_voices
    tallies.take(connection, tallies.CLAIMS, cards.c.article == article)
    numbers = select(cards.c.number).where(cards.c.article == article)
    connection.execute(delete(spoken).where(spoken.c.claim.in_(numbers)))
    for table in tables.OF_ARTICLE:
        connection.execute(delete(table).where(table.c.article == article))


def outlet_of(connection: Connection, article: str) -> str | None:
    """Outlet of an article, as lists have it."""
    table = tables.citations
    return connection.scalar(select(table.c.outlet).where(table.c.article == article))


def follow(connection: Connection, article: str, outlet: str | None) -> None:
    """Bring up to date what across articles repeats something of an article, which had this outlet before."""
    now = outlet_of(connection, article)
    if now != outlet:
        table = tables.origin_articles
        origins = set(connection.scalars(select(table.c.origin).where(table.c.article == article)))
        _write_resting(connection, origins)
    if now != outlet or judging.rejected(connection):
        refresh_events(connection, _events_in(connection, [article]))


# with every decision
def judge(connection: Connection) -> None:
    """Bring lists up to date with people's decisions."""
    articles = judging.sync(connection)
    if articles:
        refresh_events(connection, _events_in(connection, articles))


def respeak(connection: Connection) -> None:
    """Write all voices anew: names were deleted."""
    judging.sync(connection)
    connection.execute(delete(tables.claim_voices))
    voices.write(connection)


# with every link
class _Numbered(Sequence[tuple[int, ChronicleEntry]]):
    """Lines of the chronicle, each behind its place."""

    def __init__(self, lines: Sequence[ChronicleEntry]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> tuple[int, ChronicleEntry]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[int, ChronicleEntry]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return list(enumerate(self._lines))[place] if isinstance(place, slice) else (place, self._lines[place])


def clear_linked(connection: Connection) -> None:
    """Delete all that follows from what spans articles."""
    for table in (*tables.COUNTS, tables.claim_voices, *tables.OF_LINK):
        connection.execute(delete(table))


def write_linked(connection: Connection, linked: Linked) -> None:
    """Write the rows of what spans articles, whose own rows are written already and in the order of `linked`."""
    told = _told(
        connection,
        Keyed(_Numbered(linked.chronicle), [entry.event for entry in linked.chronicle]),
        linked.conflicts,
        None,
    )
    doubts = doubt_rows(enumerate(linked.doubts), linked.aliases)
    _write(connection, (row for event in linked.events for row in event_rows(event, told)))
    captures = schema.captures
    if connection.scalar(select(captures.c.sequence).where(captures.c.text_removed == 1).limit(1)) is None:
        _write(connection, (row for entity in linked.entities for row in entity_rows(entity)))
    else:  # what is quoted of a deleted text carries the digest of the text as received, which the rows alone know
        _write_entities(connection, None)
    _write(connection, (row for origin in linked.origins for row in origin_rows(origin)))
    _write(connection, (row for story in linked.stories for row in story_rows(story)))
    _write(connection, doubts)
    _write_resting(connection, None)
    _count_events(connection, None)
    tallies.renew(connection)
    voices.write(connection)


def appended(connection: Connection, added: Linked, changed: Linked, articles: Collection[str]) -> None:
    """Bring the lists up to date with what new articles brought."""
    entities = {e.id for e in (*added.entities, *changed.entities)}
    _tally(connection, tallies.take, tallies.ENTITIES, tables.entity_cards.c.entity, entities)
    _delete(connection, tables.entity_words.c.entity, entities)
    _delete(connection, tables.entity_keys.c.entity, entities)
    _delete(connection, tables.entity_names.c.entity, entities)
    _delete(connection, tables.entity_cards.c.entity, entities)
    _write_entities(connection, entities)
    _tally(connection, tallies.add, tallies.ENTITIES, tables.entity_cards.c.entity, entities)
    _count_events(connection, entities)
    origins = {o.id: o for o in (*added.origins, *changed.origins)}
    for table in (tables.origin_articles, tables.resting, tables.origin_cards):
        _delete(connection, table.c.origin, origins)
    _write(connection, (row for origin in origins.values() for row in origin_rows(origin)))
    _write_resting(connection, origins)
    stories = {s.id: s for s in (*added.stories, *changed.stories)}
    for table in (tables.story_articles, tables.story_cards):
        _delete(connection, table.c.story, stories)
    _write(connection, (row for story in stories.values() for row in story_rows(story)))
    _write_doubts(connection)
    numbers = select(tables.claim_cards.c.number)
    spoken = tables.claim_voices
    for asked in in_parts(articles):
        mine = numbers.where(tables.claim_cards.c.article.in_(asked))
        connection.execute(delete(spoken).where(spoken.c.claim.in_(mine)))
    voices.write(connection, articles)
    judged = tables.judged
    corrected = numbers.join(judged, judged.c.key == tables.claim_cards.c.key).where(judged.c.speaker.is_not(None))
    voices.rewrite(connection, connection.scalars(corrected))


def release_events(connection: Connection, events: Iterable[str]) -> None:
    """Let conflicts of some events go, so that they can be deleted; `refresh_events` writes them again."""
    _delete(connection, tables.conflict_cards.c.event, events)


def refresh_events(connection: Connection, events: Iterable[str]) -> None:
    """Write the rows of some events anew; what is no event any more has none."""
    wanted = set(events)
    if not wanted:
        return
    parties = tables.event_parties
    touched = set(_valued(connection, parties.c.entity, parties.c.event, wanted))
    _tally(connection, tallies.take, tallies.LINES, tables.event_cards.c.event, wanted)
    for table in (tables.conflict_cards, tables.event_sources, tables.event_stories, parties, tables.event_cards):
        _delete(connection, table.c.event, wanted)
    for asked in in_parts(wanted):
        _write(connection, events_again(connection, asked))
    _tally(connection, tallies.add, tallies.LINES, tables.event_cards.c.event, wanted)
    touched.update(_valued(connection, parties.c.entity, parties.c.event, wanted))
    _count_events(connection, touched)


def events_again(connection: Connection, events: Sequence[str]) -> Iterator[Placed]:
    """Rows of a few events by what is stored of them."""
    table, lines = schema.events, schema.chronicle
    found = [from_json(p, Event) for p in connection.scalars(select(table.c.payload).where(table.c.id.in_(events)))]
    chosen = select(lines.c.position, lines.c.payload).where(lines.c.event.in_(events))
    entries = {}
    for row in connection.execute(chosen.order_by(lines.c.position.desc())):
        entry = from_json(row.payload, ChronicleEntry)
        entries[entry.event] = (row.position, entry)
    disputed = schema.conflicts
    payloads = connection.scalars(
        select(disputed.c.payload).where(disputed.c.event.in_(events)).order_by(disputed.c.position)
    )
    conflicts = [from_json(payload, Conflict) for payload in payloads]
    articles = {account.member.article for event in found for account in event.accounts}
    told = _told(connection, entries, conflicts, articles)
    for event in found:
        yield from event_rows(event, told)


def _told(
    connection: Connection,
    lines: Mapping[str, tuple[int, ChronicleEntry]],
    conflicts: Iterable[Conflict],
    articles: Collection[str] | None,
) -> Told:
    disputed: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        disputed.setdefault(conflict.event, []).append(conflict)
    cited, mentions = tables.citations, schema.event_mentions
    chosen = select(cited.c.article, cited.c.outlet)
    parts = [chosen] if articles is None else [chosen.where(cited.c.article.in_(some)) for some in in_parts(articles)]
    outlets = {article: outlet for part in parts for article, outlet in connection.execute(part)}
    rejected = judging.rejected(connection)
    keys = {
        (row.article, row.local): row.key
        for asked in in_parts(rejected)
        for row in connection.execute(
            select(mentions.c.article, mentions.c.local, mentions.c.key).where(mentions.c.key.in_(asked))
        )
    }
    return Told(lines, disputed, outlets, rejected, keys)


# all at once
def is_ready(connection: Connection) -> bool:
    """Whether the tables hold what this version would write."""
    return state.get(connection, state.LISTING) == VERSION


def fill(connection: Connection) -> None:
    """Write all rows anew, from documents and from what spans articles."""
    clear_linked(connection)
    for table in (*tables.OF_ARTICLE, tables.judged):
        connection.execute(delete(table))
    judging.sync(connection)
    articles, captures = schema.articles, schema.captures
    listed = list(connection.scalars(select(articles.c.id)))
    chosen = select(articles.c.document, articles.c.text.label("own"), captures.c.text).join(
        captures, captures.c.id == articles.c.capture
    )
    for at in range(0, len(listed), _ARTICLES):
        rows = connection.execute(chosen.where(articles.c.id.in_(listed[at : at + _ARTICLES]))).all()
        documents = [unpack_without_tokens(row.document, unpack_text(row.own or row.text)) for row in rows]
        write_articles(connection, documents)
        _write_layer_columns(connection, documents)
    fill_linked(connection)
    state.put(connection, state.LISTING, VERSION)


def fill_linked(connection: Connection) -> None:
    """Write the rows of what spans articles anew, from what is stored of it."""
    clear_linked(connection)
    table = schema.events
    events = list(connection.scalars(select(table.c.id)))
    for asked in in_parts(events):
        _write(connection, events_again(connection, asked))
    _write_entities(connection, None)
    _write(connection, (r for p in _payloads(connection, schema.origins) for r in origin_rows(from_json(p, Origin))))
    _write(connection, (r for p in _payloads(connection, schema.stories) for r in story_rows(from_json(p, Story))))
    _write_doubts(connection)
    _write_resting(connection, None)
    _count_events(connection, None)
    tallies.renew(connection)
    voices.write(connection)


def rewrite_article(connection: Connection, document: Document) -> None:
    """Write the rows of an article anew of which words were deleted."""
    delete_article(connection, document.article.id)
    write_articles(connection, [document])
    _write_layer_columns(connection, [document])


def _write_layer_columns(connection: Connection, documents: Sequence[Document]) -> None:
    """Write the columns of layers that archives of earlier versions do not have."""
    mentions, local = schema.event_mentions, schema.local_entities
    for document in documents:
        article = document.article.id
        connection.execute(update(local).where(local.c.article == article).values(forms=None))
        for one in document.events:
            at = (mentions.c.article == article) & (mentions.c.local == one.id)
            values = {"trigger_start": one.trigger.start, "trigger_end": one.trigger.end}
            connection.execute(update(mentions).where(at).values(**values))
        for name, forms in name_forms(document).items():
            at = (local.c.article == article) & (local.c.local == name)
            connection.execute(update(local).where(at).values(forms=to_json(forms).decode()))


def _write_doubts(connection: Connection) -> None:
    table, aliases = schema.doubts, schema.aliases
    connection.execute(delete(tables.doubt_cards))
    rows = connection.execute(select(table.c.position, table.c.payload).order_by(table.c.position))
    doubts = [(row.position, from_json(row.payload, Doubt)) for row in rows]
    named = {one for _, doubt in doubts for one in (doubt.one, doubt.other)}
    chosen = select(aliases.c.id, aliases.c.target).where(aliases.c.given_by == "link")
    known = {
        row.id: row.target
        for asked in in_parts(named)
        for row in connection.execute(chosen.where(aliases.c.id.in_(asked)))
    }
    _write(connection, doubt_rows(doubts, known))


def resting_rows(origins: Sequence[str] | None = None) -> Any:
    """Articles of origins counted by outlet."""
    table, cited = tables.origin_articles, tables.citations
    outlet = func.coalesce(cited.c.outlet, "")

    def counted(role: str) -> Any:
        return func.sum(case((table.c.role == role, 1), else_=literal(0)))

    chosen = select(table.c.origin, outlet, counted("own"), counted("reprint"), counted("relay"))
    chosen = chosen.join(cited, cited.c.article == table.c.article).group_by(table.c.origin, outlet)
    return chosen if origins is None else chosen.where(table.c.origin.in_(origins))


def _write_resting(connection: Connection, origins: Iterable[str] | None) -> None:
    names = ["origin", "outlet", "articles", "reprints", "relayed"]
    for asked in [None] if origins is None else list(in_parts(origins)):
        gone = delete(tables.resting)
        connection.execute(gone if asked is None else gone.where(tables.resting.c.origin.in_(asked)))
        connection.execute(insert(tables.resting).from_select(names, resting_rows(asked)))


def events_of_entity() -> Any:
    """The number of events in which the entity of a card takes part, as part of another question."""
    table, parties = tables.entity_cards, tables.event_parties
    count = select(func.count()).select_from(parties)
    return count.where(parties.c.entity == table.c.entity, parties.c.line >= tables.NO_LINE).scalar_subquery()


def _count_events(connection: Connection, entities: Iterable[str] | None) -> None:
    """Write in how many events entities take part."""
    table = tables.entity_cards
    changed = update(table).values(events=events_of_entity())
    for asked in [None] if entities is None else list(in_parts(entities)):
        connection.execute(changed if asked is None else changed.where(table.c.entity.in_(asked)))


def _write_entities(connection: Connection, identifiers: Iterable[str] | None) -> None:
    payloads = _payloads(connection, schema.entities, identifiers)
    _write(connection, (row for payload in payloads for row in entity_rows(from_json(payload, Entity))))


def _payloads(connection: Connection, table: Table, identifiers: Iterable[str] | None = None) -> Iterator[str]:
    """Payloads of a table, some at a time: a row is written while others are still to be read."""
    for asked in in_parts(connection.scalars(select(table.c.id)) if identifiers is None else identifiers):
        yield from connection.scalars(select(table.c.payload).where(table.c.id.in_(asked))).all()


def _events_in(connection: Connection, articles: Iterable[str]) -> set[str]:
    table = schema.accounts
    return set(_valued(connection, table.c.event, table.c.article, articles))


def _valued(connection: Connection, wanted: Any, column: Any, values: Iterable[str]) -> Iterator[str]:
    for asked in in_parts(values):
        yield from connection.scalars(select(wanted).where(column.in_(asked)))


def _tally(
    connection: Connection,
    counted: Callable[[Connection, Iterable[tallies.Tally], Any], None],
    kept: Iterable[tallies.Tally],
    column: Any,
    values: Iterable[str],
) -> None:
    """Count rows with one of some values, or count them no more."""
    for asked in in_parts(values):
        counted(connection, kept, column.in_(asked))


def _delete(connection: Connection, column: Any, values: Iterable[str]) -> None:
    for asked in in_parts(values):
        connection.execute(delete(column.table).where(column.in_(asked)))


def _write(connection: Connection, rows: Iterable[Placed]) -> None:
    """Write rows as they come, some thousand at a time, what is referred to first."""
    given = iter(rows)
    while batch := list(islice(given, _BATCH)):
        sorted_: dict[Table, list[dict[str, Any]]] = {}
        for table, row in batch:
            sorted_.setdefault(table, []).append(row)
        for table, listed in sorted_.items():
            _insert(connection, table, listed)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))
