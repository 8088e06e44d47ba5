"""From questions to conditions: what of a question is asked of which table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, select

from quellenlage.model import fold
from quellenlage.model.listing import ArticleQuestion, ClaimQuestion, ConflictQuestion, LineQuestion
from quellenlage.store import schema
from quellenlage.store.listing import tables
from quellenlage.store.listing.linked_rows import GRADES
from quellenlage.store.profile import Profile, Term
from quellenlage.store.searching import parse_query

Condition = ColumnElement[bool]

WORDS = 5_000
"""Sentences at most in which words are found that are asked for beside other things."""

LONG = 4
"""Letters from which on a word is the beginning of one (as in `execution.reading.is_about`)."""


def line_conditions(connection: Connection, profile: Profile, asked: LineQuestion) -> list[Condition]:
    """Conditions on `event_cards`."""
    cards, parties, sources = tables.event_cards, tables.event_parties, tables.event_sources
    found: list[Condition] = [cards.c.hidden == 0]
    if not asked.all:
        found.append(cards.c.line.is_not(None))
    told = tables.event_stories
    found += _among(cards.c.event, told.c.event, told.c.story, asked.stories)
    found += _among(cards.c.event, parties.c.event, parties.c.entity, asked.entities)
    found += _among(cards.c.event, parties.c.event, parties.c.entity, asked.actors, parties.c.role == "actor")
    found += _among(cards.c.event, parties.c.event, parties.c.entity, asked.recipients, parties.c.role == "recipient")
    found += _one_of(cards.c.place, asked.places)
    found += _one_of(cards.c.event_type, asked.types)
    found += _one_of(cards.c.factuality, asked.factualities)
    found += between(cards, asked.first, asked.last)
    if asked.dated is not None:
        found.append(cards.c.day < tables.UNDATED if asked.dated else cards.c.day == tables.UNDATED)
    found += _among(cards.c.event, sources.c.event, sources.c.who, asked.origins, sources.c.kind == "origin")
    found += _among(cards.c.event, sources.c.event, sources.c.who, asked.outlets, sources.c.kind == "outlet")
    found += _among(cards.c.event, schema.accounts.c.event, schema.accounts.c.article, asked.articles)
    limits = (
        (cards.c.origins, asked.min_origins),
        (cards.c.informants, asked.min_informants),
        (cards.c.importance, asked.min_importance),
    )
    found += [column >= least for column, least in limits if least > 0]
    found += _one_of(cards.c.grade, [GRADES[one] for one in asked.grades])
    if asked.conflicting is not None:
        found.append(cards.c.grade > 0 if asked.conflicting else cards.c.grade == 0)
    if asked.revised is not None:
        found.append(cards.c.revised.is_not(None) if asked.revised else cards.c.revised.is_(None))
    if asked.words.strip():
        mentions, accounts = schema.event_mentions, schema.accounts
        sentences = schema.sentences
        rows = matching(profile, parse_query(asked.words))
        within = and_(
            mentions.c.article == sentences.c.article,
            mentions.c.trigger_start >= sentences.c.start,
            mentions.c.trigger_start < sentences.c.end,
        )
        here = and_(accounts.c.article == mentions.c.article, accounts.c.local == mentions.c.local)
        events = select(accounts.c.event).join(mentions, here).join(sentences, within)
        found.append(cards.c.event.in_(events.where(sentences.c.id.in_(rows))))
    return found


def claim_conditions(connection: Connection, profile: Profile, asked: ClaimQuestion) -> list[Condition]:
    """Conditions on `claim_cards`."""
    cards, spoken, cited = tables.claim_cards, tables.claim_voices, tables.citations
    found: list[Condition] = [cards.c.hidden == 0]
    roles = (
        (asked.speakers, spoken.c.role == "speaker"),
        (asked.voices, spoken.c.role.in_(["speaker", "relay"])),
        (asked.told, spoken.c.role == "told"),
    )
    for who, role in roles:
        found += _among(cards.c.number, spoken.c.claim, spoken.c.who, who, role)
    found += _one_of(cards.c.evidentiality, asked.evidentialities)
    found += _one_of(cards.c.polarity, asked.polarities)
    found += _one_of(cards.c.channel, asked.channels)
    found += _one_of(cards.c.medium, asked.media)
    found += _one_of(cards.c.quotation_type, asked.types)
    found += between(cards, asked.first, asked.last)
    found += _one_of(cards.c.article, asked.articles)
    found += _among(cards.c.article, cited.c.article, cited.c.outlet, asked.outlets)
    held = tables.story_articles
    found += _among(cards.c.article, held.c.article, held.c.story, asked.stories)
    found += _one_of(cards.c.key, asked.keys)
    if asked.unresolved is not None:
        given = select(tables.judged.c.key).where(tables.judged.c.speaker.is_not(None))
        lost = and_(cards.c.open == 1, cards.c.key.not_in(given))
        found.append(lost if asked.unresolved else ~lost)
    if asked.about.strip():
        found.append(cards.c.number.in_(about(connection, profile, asked.about)))
    return found


def conflict_conditions(asked: ConflictQuestion) -> list[Condition]:
    """Conditions on `conflict_cards`."""
    cards, parties, told = tables.conflict_cards, tables.event_parties, tables.event_stories
    found: list[Condition] = [cards.c.hidden == 0]
    found += _one_of(cards.c.kind, asked.kinds)
    found += _one_of(cards.c.grade, [GRADES[one] for one in asked.grades])
    if asked.settled is not None:
        found.append(cards.c.settled == int(asked.settled))
    found += between(cards, asked.first, asked.last)
    found += _among(cards.c.event, told.c.event, told.c.story, asked.stories)
    found += _among(cards.c.event, parties.c.event, parties.c.entity, asked.entities)
    found += _one_of(cards.c.event, asked.events)
    return found


def article_conditions(connection: Connection, profile: Profile, asked: ArticleQuestion) -> list[Condition]:
    """Conditions on `citations`."""
    cited, agencies, held = tables.citations, tables.article_agencies, tables.story_articles
    members, rests = schema.entity_members, tables.origin_articles
    found = _one_of(cited.c.outlet, asked.outlets)
    found += _among(cited.c.article, agencies.c.article, agencies.c.agency, asked.agencies)
    found += _among(cited.c.article, held.c.article, held.c.story, asked.stories)
    found += _among(cited.c.article, members.c.article, members.c.entity, asked.entities)
    found += _among(cited.c.article, rests.c.article, rests.c.origin, asked.origins)
    found += between(cited, asked.first, asked.last)
    if asked.dated is not None:
        found.append(cited.c.day < tables.UNDATED if asked.dated else cited.c.day == tables.UNDATED)
    if asked.words.strip():
        sentences = schema.sentences
        rows = matching(profile, parse_query(asked.words))
        found.append(cited.c.article.in_(select(sentences.c.article).where(sentences.c.id.in_(rows))))
    return found


def between(table: Any, first: date | None, last: date | None) -> list[Condition]:
    """What may have been between two days; what has no day was not."""
    found: list[Condition] = []
    if first is not None:
        found += [table.c.last >= first.toordinal(), table.c.day < tables.UNDATED]
    if last is not None:
        found.append(table.c.day <= last.toordinal())
    return found


def matching(profile: Profile, terms: Sequence[Term]) -> Select[tuple[int]]:
    """The question for sentences in which all terms occur, `WORDS` at most; of no terms for none."""
    if not terms:
        return select(schema.sentences.c.id).where(false())
    return profile.matching(terms, WORDS)


def is_capped(connection: Connection, profile: Profile, words: str) -> bool:
    """Whether more sentences than are looked at have these words."""
    terms = parse_query(words)
    if not terms:
        return False
    found = profile.matching(terms, WORDS + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(found)) or 0) > WORDS


def about(connection: Connection, profile: Profile, words: str) -> list[int]:
    """Claims in whose sentences each of these words occurs, from four letters on as the beginning of one."""
    wanted = list(dict.fromkeys(fold(words).split()))
    cards, sentences = tables.claim_cards, schema.sentences
    found: set[int] | None = None
    for word in wanted:
        if found is not None and not found:
            break
        rows = matching(profile, [Term((word,), prefix=len(word) >= LONG)])
        within = and_(
            cards.c.article == sentences.c.article,
            cards.c.start < sentences.c.end,
            cards.c.end > sentences.c.start,
        )
        here = set(connection.scalars(select(cards.c.number).join(sentences, within).where(sentences.c.id.in_(rows))))
        found = here if found is None else found & here
    return sorted(found or ())


def _one_of(column: Any, values: Collection[Any]) -> list[Condition]:
    return [column.in_([str(v) if isinstance(v, str) else v for v in values])] if values else []


def _among(column: Any, found: Any, asked: Any, values: Collection[str], *more: Condition) -> list[Condition]:
    """What stands in another table beside one of some values."""
    if not values:
        return []
    return [column.in_(select(found).where(asked.in_(list(values)), *more))]
