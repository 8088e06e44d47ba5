"""Tables by which lists are answered: an index over what is stored, never more than follows from it.

Days are proleptic ordinals, so that they sort and compare alike in every database; `UNDATED` stands behind all of them.
A claim's number holds that of its capture and its place in the article: in order of numbers is in order of capture.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Table, Text, text

from quellenlage.store.schema import metadata

UNDATED = date.max.toordinal() + 1
"""Day of what has none."""

NO_LINE, HIDDEN = -1, -2
"""What stands for the position of a line beside events that have none, or that are not shown at all."""

SEVERAL = 9
"""Up to how many origins and informants lines are told apart where they are counted."""

CLAIMS = 1 << 20
"""Numbers of claims that a capture has for itself."""

_Number = BigInteger().with_variant(Integer, "sqlite")


def _index_of_few(name: str, where: str, *columns: str) -> Index:
    """An index of those rows alone of which this holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _of_article(*, primary: bool = False) -> Column[str]:
    return Column("article", String(64), ForeignKey("articles.id"), primary_key=primary, nullable=False)


def _of_event(*, primary: bool = False) -> Column[str]:
    return Column("event", String(64), ForeignKey("events.id"), primary_key=primary, nullable=False)


citations = Table(
    "citations",
    metadata,
    _of_article(primary=True),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("day", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("outlet", Text),
    Column("headline", Text),
    Column("url", Text),
    Column("agencies", Text, nullable=False),
    Column("dct_method", String(32)),
    Column("open_end", Integer, nullable=False),
    Index("citations_day", "day", "sequence", "article"),
    Index("citations_last", "last", "day", "article"),
    Index("citations_outlet", "outlet", "article", "day"),
)
"""What is needed to cite an article."""

article_agencies = Table(
    "article_agencies",
    metadata,
    Column("agency", Text, primary_key=True),
    _of_article(primary=True),
    Index("article_agencies_article", "article"),
)

_CLAIM_KINDS = ("evidentiality", "polarity", "channel", "medium", "quotation_type")

claim_cards = Table(
    "claim_cards",
    metadata,
    Column("number", _Number, primary_key=True, autoincrement=False),
    _of_article(),
    Column("key", String(64), nullable=False, index=True),
    Column("evidentiality", String(16), nullable=False),
    Column("polarity", String(16), nullable=False),
    Column("channel", String(16)),
    Column("medium", String(16)),
    Column("quotation_type", String(32)),
    Column("day", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("dated_by", String(8)),
    Column("open", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("hidden", Integer, nullable=False),
    Index("claim_cards_article", "article", "start", "end"),
    Index(
        "claim_cards_scan",
        "day", "number", "last", "evidentiality", "polarity", "channel", "medium", "quotation_type", "hidden",
    ),
    *(Index(f"claim_cards_{kind}", kind, "hidden") for kind in _CLAIM_KINDS),
    _index_of_few("claim_cards_open", "open = 1", "day", "number", "key", "hidden", "open"),
    _index_of_few("claim_cards_hidden", "hidden = 1", "hidden", "number"),
)  # fmt: skip
"""Claims; `year` is that of their day, 0 without one, `start` and `end` are those of the sentences around.

`open`: the text attributes it to somebody whom it does not name. `hidden`: people rejected it.
"""

claim_links = Table(
    "claim_links",
    metadata,
    Column("claim", _Number, ForeignKey("claim_cards.number"), primary_key=True, autoincrement=False),
    Column("link", Integer, primary_key=True, autoincrement=False),
    Column("local", String(32), primary_key=True),
    _of_article(),
    Index("claim_links_member", "article", "local"),
    sqlite_with_rowid=False,
)
"""Who stands where in a claim's chain, as its article has it: links from 0 on, -1 for who was spoken to."""

claim_voices = Table(
    "claim_voices",
    metadata,
    Column("who", Text, primary_key=True),
    Column("role", String(8), primary_key=True),
    Column("claim", _Number, ForeignKey("claim_cards.number"), primary_key=True, autoincrement=False),
    Index("claim_voices_claim", "claim", "role", "who"),
    sqlite_with_rowid=False,
)
"""The same across articles, as people corrected it; role is speaker, relay or told."""

judged = Table(
    "judged",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("rejected", Integer, nullable=False),
    Column("speaker", Text),
)
"""What judgements in force say of claims and tellings of events: rejected, or somebody else's words."""

event_cards = Table(
    "event_cards",
    metadata,
    _of_event(primary=True),
    Column("line", Integer),
    Column("story", String(64), nullable=False),
    Column("day", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("event_type", String(16), nullable=False),
    Column("factuality", String(16), nullable=False),
    Column("place", String(64)),
    Column("importance", Float, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("informants", Integer, nullable=False),
    Column("reprints", Integer, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
    Column("revised", String(16)),
    Column("hidden", Integer, nullable=False),
    Index("event_cards_line", "line", "event", "hidden"),
    Index(
        "event_cards_day",
        "day", "line", "event", "last", "hidden", "width", "month", "factuality", "event_type",
    ),
    Index("event_cards_importance", "importance", "line", "event", "hidden"),
    Index("event_cards_origins", "origins", "line", "event", "hidden"),
    Index("event_cards_month", "month", "width", "factuality", "event_type", "line", "hidden"),
    Index("event_cards_type", "event_type", "day", "line", "last", "factuality", "hidden", "width", "month"),
    Index("event_cards_factuality", "factuality", "day", "line", "last", "event_type", "hidden", "width", "month"),
    _index_of_few("event_cards_shown", "line IS NOT NULL", "day", "line", "hidden"),
    Index("event_cards_grade", "grade", "day", "line", "event", "hidden"),
    Index("event_cards_place", "place", "line", "hidden", "event_type", "factuality", "day", "last", "event"),
    Index("event_cards_informants", "informants", "line", "hidden"),
    _index_of_few("event_cards_several", "informants > 1", "day", "line", "event", "informants", "hidden"),
    _index_of_few("event_cards_sourced", "origins > 1", "day", "line", "event", "origins", "hidden"),
    _index_of_few("event_cards_reprinted", "reprints > 0", "day", "line", "event", "reprints", "articles", "hidden"),
    _index_of_few("event_cards_disputed", "grade > 0", "day", "line", "event", "grade", "hidden"),
    _index_of_few("event_cards_revised", "revised IS NOT NULL", "day", "line", "event", "revised", "hidden"),
    _index_of_few("event_cards_wide", "width > 1", "last", "day", "width", "line", "hidden"),
)  # fmt: skip
"""Events; `line` is the position of its line in the chronicle, if it has one. `hidden`: people rejected all tellings.

`month` counts months from the year 0 on, `UNDATED` where there is no day; `width` tells how precise its days are: 0 a
day, 1 within a month, 2 within a year, 3 wider, 4 not known. `grade` is that of its worst open conflict, from 3 on
downwards, `settled` that all it has are settled.
"""


def _told_in_lists() -> tuple[Column[int], ...]:
    """What is mostly asked of an event beside which this stands, so that these are found in order and counted alone.

    `line` is `NO_LINE` where the event has none, `HIDDEN` where people rejected all tellings of it.
    """
    return (
        Column("day", Integer, primary_key=True, autoincrement=False),
        Column("line", Integer, primary_key=True, autoincrement=False),
    )


def _more_of_event() -> tuple[Column[Any], ...]:
    return (
        Column("last", Integer, nullable=False),
        Column("month", Integer, nullable=False),
        Column("width", Integer, nullable=False),
        Column("event_type", String(16), nullable=False),
        Column("factuality", String(16), nullable=False),
    )


event_parties = Table(
    "event_parties",
    metadata,
    Column("entity", String(64), primary_key=True),
    *_told_in_lists(),
    _of_event(primary=True),
    Column("actor", Integer, nullable=False),
    Column("recipient", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    *_more_of_event(),
    Index("event_parties_event", "event", "entity", "actor", "recipient"),
    sqlite_with_rowid=False,
)
"""Who takes part in an event, and whether as actor, recipient, place."""

event_stories = Table(
    "event_stories",
    metadata,
    Column("story", String(64), primary_key=True),
    *_told_in_lists(),
    _of_event(primary=True),
    *_more_of_event(),
    Index("event_stories_event", "event", "story"),
    sqlite_with_rowid=False,
)
"""Stories that tell an event in a line, those that people made among them."""

event_sources = Table(
    "event_sources",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("who", Text, primary_key=True),
    *_told_in_lists(),
    _of_event(primary=True),
    *_more_of_event(),
    Index("event_sources_event", "event", "kind", "who"),
    sqlite_with_rowid=False,
)
"""Origins and outlets of the accounts of an event."""

line_months = Table(
    "line_months",
    metadata,
    Column("month", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("event_type", String(16), nullable=False),
    Column("factuality", String(16), nullable=False),
    Column("grade", Integer, nullable=False),
    Column("revised", String(16)),
    Column("origins", Integer, nullable=False),
    Column("informants", Integer, nullable=False),
    Column("reprinted", Integer, nullable=False),
    Column("count", Integer, nullable=False),
)
"""How many lines that are shown are alike in all of this; several rows of the same are to be added up.

What changes adds rows, also of less than nothing, until all is counted anew with the next whole link. `origins` and
`informants` are counted up to `SEVERAL`, `reprinted` says that all articles print one report.
"""

line_days = Table(
    "line_days",
    metadata,
    Column("day", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("factuality", String(16), nullable=False),
    Column("count", Integer, nullable=False),
)
"""The same by their days."""

claim_kinds = Table(
    "claim_kinds",
    metadata,
    Column("year", Integer, nullable=False),
    Column("evidentiality", String(16), nullable=False),
    Column("polarity", String(16), nullable=False),
    Column("channel", String(16)),
    Column("medium", String(16)),
    Column("quotation_type", String(32)),
    Column("count", Integer, nullable=False),
)
"""How many claims that are shown are alike in all of this."""

entity_kinds = Table(
    "entity_kinds",
    metadata,
    Column("kind", String(8), nullable=False),
    Column("count", Integer, nullable=False),
)
"""How many entities there are of a kind."""

conflict_cards = Table(
    "conflict_cards",
    metadata,
    Column("id", String(64), ForeignKey("conflicts.id"), primary_key=True),
    _of_event(),
    Column("kind", String(16), nullable=False),
    Column("grade", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("story", String(64), nullable=False),
    Column("hidden", Integer, nullable=False),
    Index("conflict_cards_event", "event"),
    Index("conflict_cards_grade", "grade", "day", "id", "hidden"),
    Index("conflict_cards_day", "day", "id", "hidden"),
)

entity_cards = Table(
    "entity_cards",
    metadata,
    Column("entity", String(64), ForeignKey("entities.id"), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("surname", Text),
    Column("articles", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("precision", String(16)),
    Column("states", Text),
    Column("card", Text, nullable=False),
    Index("entity_cards_articles", "articles", "entity", "kind"),
    Index("entity_cards_events", "events", "entity", "kind"),
    Index("entity_cards_kind", "kind", "articles", "entity"),
    Index("entity_cards_name", "name"),
    Index("entity_cards_folded", "folded", "entity"),
    Index("entity_cards_surname", "surname"),
)
"""Entities; `card` is the entity with few of its members, evidence and offices: of some, half of the archive are."""

entity_words = Table(
    "entity_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("entity", String(64), ForeignKey("entities.id"), primary_key=True),
    Index("entity_words_entity", "entity"),
    sqlite_with_rowid=False,
)
"""Folded words of all names of an entity."""

entity_keys = Table(
    "entity_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("entity", String(64), ForeignKey("entities.id"), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("articles", Integer, nullable=False),
    Index("entity_keys_entity", "entity"),
    sqlite_with_rowid=False,
)
"""What the words of an entity's names sound like, and under what lists have them (`listing.spelled`).

How many articles name it stands here, too: very many names may sound alike.
"""

entity_names = Table(
    "entity_names",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("entity", String(64), ForeignKey("entities.id"), primary_key=True),
    Index("entity_names_entity", "entity"),
    sqlite_with_rowid=False,
)
"""Folded names and spellings, each as a whole."""

origin_cards = Table(
    "origin_cards",
    metadata,
    Column("origin", String(64), ForeignKey("origins.id"), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("reprints", Integer, nullable=False),
    Column("relayed", Integer, nullable=False),
    Index("origin_cards_articles", "articles", "origin"),
)

origin_articles = Table(
    "origin_articles",
    metadata,
    Column("origin", String(64), ForeignKey("origins.id"), primary_key=True),
    Column("role", String(8), primary_key=True),
    _of_article(primary=True),
    Index("origin_articles_article", "article"),
    sqlite_with_rowid=False,
)
"""Articles of an origin: its own and prints of it (own), of these the reprints, and those that relay its word."""

resting = Table(
    "resting",
    metadata,
    Column("origin", String(64), ForeignKey("origins.id"), primary_key=True),
    Column("outlet", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("reprints", Integer, nullable=False),
    Column("relayed", Integer, nullable=False),
)
"""The same counted by outlet, "" where it is not known."""

story_cards = Table(
    "story_cards",
    metadata,
    Column("story", String(64), ForeignKey("stories.id"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("made", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Index("story_cards_articles", "articles", "story"),
)

story_articles = Table(
    "story_articles",
    metadata,
    Column("story", String(64), ForeignKey("stories.id"), primary_key=True),
    _of_article(primary=True),
    Index("story_articles_article", "article"),
    sqlite_with_rowid=False,
)

doubt_cards = Table(
    "doubt_cards",
    metadata,
    Column("entity", String(64), primary_key=True),
    Column("position", Integer, ForeignKey("doubts.position"), primary_key=True, autoincrement=False),
    Index("doubt_cards_position", "position"),
)
"""Doubts by the entities that they are about."""

OF_ARTICLE = (claim_links, claim_cards, article_agencies, citations)
"""What one article yields by itself, what refers before what it refers to."""

OF_LINK = (
    event_parties, event_stories, event_sources, conflict_cards, event_cards, entity_words, entity_keys, entity_names,
    entity_cards,
    origin_articles, resting, origin_cards, story_articles, story_cards, doubt_cards,
)  # fmt: skip
"""What follows from what spans articles."""

COUNTS = (line_months, line_days, claim_kinds, entity_kinds)
"""What is counted in others."""

TABLES = (*COUNTS, claim_voices, *OF_ARTICLE, *OF_LINK, judged)
