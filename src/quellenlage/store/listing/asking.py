"""From questions to conditions: what of a question is asked of which table."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, select

from quellenlage.model import fold
from quellenlage.model.listing import ArticleQuestion, ClaimQuestion, ConflictQuestion, LineQuestion
from quellenlage.store import schema
from quellenlage.store.listing import tables
from quellenlage.store.listing.linked_rows import GRADES
from quellenlage.store.listing.looking import Look
from quellenlage.store.profile import Term
from quellenlage.store.searching import parse_query

Condition = ColumnElement[bool]

WORDS = 5_000
"""Sentences at most in which words are found that are asked for beside other things."""

MANY = 1_000
"""Rows beside from which on they are asked for one by one, where few rows are looked at."""

YEAR = 366
"""Days of what is no wider than a year, at most."""

_NONE: ColumnElement[int] = literal_column("0")
_ONE: ColumnElement[int] = literal_column("1")
WIDE: ColumnElement[int] = literal_column("1")
"""Numbers by which an index of few rows is found: as parameters they would be unknown to it."""

LONG = 4
"""Letters from which on a word is the beginning of one (as in `execution.reading.is_about`)."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """Rows beside those of events: the event, the value that is asked for, and which rows."""

    event: Any
    value: Any
    where: tuple[Condition, ...] = ()

    def rows(self, values: Collection[str]) -> Select[Any]:
        """Events with one of these values."""
        return select(self.event).where(self.value.in_(list(values)), *self.where)


_PARTIES, _SOURCES, _STORIES = tables.event_parties.c, tables.event_sources.c, tables.event_stories.c
_BESIDE_LINES = {
    "stories": _Beside(_STORIES.event, _STORIES.story),
    "entities": _Beside(_PARTIES.event, _PARTIES.entity),
    "actors": _Beside(_PARTIES.event, _PARTIES.entity, (_PARTIES.actor == 1,)),
    "recipients": _Beside(_PARTIES.event, _PARTIES.entity, (_PARTIES.recipient == 1,)),
    "origins": _Beside(_SOURCES.event, _SOURCES.who, (_SOURCES.kind == "origin",)),
    "outlets": _Beside(_SOURCES.event, _SOURCES.who, (_SOURCES.kind == "outlet",)),
    "articles": _Beside(schema.accounts.c.event, schema.accounts.c.article),
}
"""Fields of a question for lines by what stands beside them."""


def line_conditions(look: Look, asked: LineQuestion, *, walking: bool = False) -> list[Condition]:
    """Conditions on `event_cards`.

    With `walking`, rows are looked at in order until there are enough: what stands in other tables beside very many
    of them is then asked row by row, as it is where few rows are left by what stands in the rows themselves.
    """
    cards = tables.event_cards
    found: list[Condition] = [cards.c.hidden == 0]
    if not asked.all:
        found.append(cards.c.line.is_not(None))
    found += _beside_lines(look, asked, walk=walking or is_narrow(asked))
    found += _one_of(cards.c.place, asked.places)
    found += _one_of(cards.c.event_type, asked.types)
    found += _one_of(cards.c.factuality, asked.factualities)
    found += _lines_between(look, asked)
    if asked.dated is not None:
        when = cards.c.day + _NONE if asked.words.strip() else cards.c.day  # the words say which rows are looked at
        found.append(when < tables.UNDATED if asked.dated else when == tables.UNDATED)
    for column, least in ((cards.c.origins, asked.min_origins), (cards.c.informants, asked.min_informants)):
        found += [column > _ONE] if least > 1 else []  # as the indexes of these rows alone say it
        found += [column >= least] if least > 0 else []
    if asked.min_importance > 0:
        found.append(cards.c.importance >= asked.min_importance)
    highest = ((cards.c.origins, asked.max_origins), (cards.c.informants, asked.max_informants))
    found += [column <= most for column, most in highest if most is not None]
    if asked.only_reprints:
        found.append(and_(cards.c.reprints > _NONE, cards.c.reprints == cards.c.articles - 1))
    found += _one_of(cards.c.grade, [GRADES[one] for one in asked.grades])
    if asked.conflicting is not None:
        found.append(cards.c.grade > _NONE if asked.conflicting else cards.c.grade == 0)
    if asked.revised is not None:
        found.append(cards.c.revised.is_not(None) if asked.revised else cards.c.revised.is_(None))
    if asked.words.strip():
        found.append(cards.c.event.in_(look.profile.listed(_told_with(look, asked.words), cards.c.event)))
    return found


def _told_with(look: Look, words: str) -> tuple[str, ...]:
    """Events in whose sentences words stand."""
    mentions, accounts, sentences = schema.event_mentions, schema.accounts, schema.sentences
    within = and_(
        mentions.c.article == sentences.c.article,
        mentions.c.trigger_start >= sentences.c.start,
        mentions.c.trigger_start < sentences.c.end,
    )
    here = and_(accounts.c.article == mentions.c.article, accounts.c.local == mentions.c.local)
    events = select(accounts.c.event).join(mentions, here).join(sentences, within).distinct()

    def ask() -> tuple[str, ...]:
        rows = look.profile.listed(matching(look, parse_query(words)), sentences.c.id)
        return tuple(sorted(look.connection.scalars(events.where(sentences.c.id.in_(rows)))))

    return look.once(("told with", words), ask)


def is_narrow(asked: LineQuestion) -> bool:
    """Whether an index holds few rows that are asked for."""
    several = asked.min_origins > 1 or asked.min_informants > 1 or asked.only_reprints
    return bool(several or asked.conflicting or asked.revised or asked.grades)


def _lines_between(look: Look, asked: LineQuestion) -> list[Condition]:
    """`between`, with the first day on which a line can begin that may have been then."""
    cards = tables.event_cards
    found = between(cards, asked.first, asked.last)
    if asked.first is not None:
        since = asked.first.toordinal()
        wide = select(func.min(cards.c.day)).where(cards.c.width > WIDE, cards.c.width == 3, cards.c.last >= since)
        begun = look.once(("begun", since), lambda: look.connection.scalar(wide))
        found.append(cards.c.day >= min(since - YEAR, tables.UNDATED if begun is None else begun))
    return found


def claim_conditions(look: Look, asked: ClaimQuestion) -> list[Condition]:
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
        lost = and_(cards.c.open == _ONE, cards.c.key.not_in(given))
        found.append(lost if asked.unresolved else ~lost)
    if asked.about.strip():
        found.append(cards.c.number.in_(look.profile.listed(about(look, asked.about), cards.c.number)))
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


def article_conditions(look: Look, asked: ArticleQuestion) -> list[Condition]:
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
        rows = look.profile.listed(matching(look, parse_query(asked.words)), sentences.c.id)
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


def matching(look: Look, terms: Sequence[Term]) -> tuple[int, ...]:
    """Sentences in which all terms occur, `WORDS` at most; of no terms none."""
    return _with_terms(look, tuple(terms))[:WORDS]


def is_capped(look: Look, words: str) -> bool:
    """Whether more sentences than are looked at have these words."""
    return len(_with_terms(look, parse_query(words))) > WORDS


def _with_terms(look: Look, terms: tuple[Term, ...]) -> tuple[int, ...]:
    """One sentence more than are looked at."""
    if not terms:
        return ()
    asked = look.profile.matching(terms, WORDS + 1)
    return look.once(("with", terms), lambda: tuple(look.connection.scalars(asked)))


def about(look: Look, words: str) -> tuple[int, ...]:
    """Claims in whose sentences each of these words occurs, from four letters on as the beginning of one."""
    return look.once(("about", words), lambda: _about(look, list(dict.fromkeys(fold(words).split()))))


def _about(look: Look, wanted: Sequence[str]) -> tuple[int, ...]:
    cards, sentences = tables.claim_cards, schema.sentences
    found: set[int] | None = None
    for word in wanted:
        if found is not None and not found:
            break
        rows = look.profile.listed(matching(look, [Term((word,), prefix=len(word) >= LONG)]), sentences.c.id)
        within = and_(
            cards.c.article == sentences.c.article,
            cards.c.start < sentences.c.end,
            cards.c.end > sentences.c.start,
        )
        asked = select(cards.c.number).join(sentences, within).where(sentences.c.id.in_(rows))
        here = set(look.connection.scalars(asked))
        found = here if found is None else found & here
    return tuple(sorted(found or ()))


def _one_of(column: Any, values: Collection[Any]) -> list[Condition]:
    return [column.in_([str(v) if isinstance(v, str) else v for v in values])] if values else []


def is_plain(asked: LineQuestion) -> bool:
    """Whether one thing beside lines is asked for, and nothing else: walking through them finds such ones soon."""
    beside = [name for name in _BESIDE_LINES if getattr(asked, name)]
    plain = LineQuestion(dated=asked.dated, all=asked.all)
    return len(beside) == 1 and replace(asked, **{beside[0]: ()}) == plain  # type: ignore[arg-type]  # all hold tuples


def _beside_lines(look: Look, asked: LineQuestion, *, walk: bool) -> list[Condition]:
    """What stands beside lines; asked row by row where these are walked through and very many have such a value.

    Of several things that are asked for, the one that fewest lines have says which are looked at.
    """
    event = tables.event_cards.c.event
    wanted = {name: beside.rows(values) for name, beside in _BESIDE_LINES.items() if (values := getattr(asked, name))}
    if not walk:
        return [event.in_(rows) for rows in wanted.values()]
    there = {name: _many(look, (name, getattr(asked, name)), rows) for name, rows in wanted.items()}
    fewest = min(there, key=lambda name: there[name]) if len(there) > 1 and not is_narrow(asked) else None
    return [
        exists(rows.where(_BESIDE_LINES[name].event == event))
        if there[name] > MANY and name != fewest
        else event.in_(rows)
        for name, rows in wanted.items()
    ]


def _many(look: Look, question: Hashable, rows: Select[Any]) -> int:
    """How many rows there are, up to some number."""
    first = select(func.count()).select_from(rows.limit(20 * MANY).subquery())
    return look.once(("beside", question), lambda: look.connection.scalar(first) or 0)


def _among(column: Any, found: Any, asked: Any, values: Collection[str], *more: Condition) -> list[Condition]:
    """What stands in another table beside one of some values."""
    if not values:
        return []
    return [column.in_(select(found).where(asked.in_(list(values)), *more))]
