"""Questions that lists of the workbench ask of an archive, and what they get: pages, counts, edges, never everything.

Of several values of one field any will do, of several fields all must hold; an empty field asks for nothing. Days are
closed intervals: `first` and `last` ask for what may have been between them, so what has no day is left out then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeAlias, TypeVar

from quellenlage.model.archive import ConflictGrade, ConflictKind, Doubt, Linked, Member, OriginKind
from quellenlage.model.article import RevisionKind
from quellenlage.model.layers import (
    Channel,
    EntityKind,
    Evidentiality,
    Factuality,
    Medium,
    Polarity,
    QuotationType,
)
from quellenlage.model.spans import Span

T = TypeVar("T")

LineOrder: TypeAlias = Literal["time", "-time", "importance", "origins", "story"]
"""In time (undated ones at the end, either way), the weightiest or best borne out first, or story by story."""
ClaimOrder: TypeAlias = Literal["capture", "-capture", "time", "-time"]
ConflictOrder: TypeAlias = Literal["grade", "time", "-time"]
EntityOrder: TypeAlias = Literal["articles", "events", "name"]
ArticleOrder: TypeAlias = Literal["capture", "-capture", "time", "-time"]
Unit: TypeAlias = Literal["day", "month", "year"]
Party: TypeAlias = Literal["actor", "recipient", "place"]
LineField: TypeAlias = Literal[
    "type", "factuality", "story", "actor", "recipient", "place", "entity", "origin", "outlet", "grade", "year"
]
ClaimField: TypeAlias = Literal[
    "speaker", "relay", "told", "evidentiality", "polarity", "channel", "medium", "type", "outlet", "year"
]
ConflictField: TypeAlias = Literal["kind", "grade", "settled", "story"]
ArticleField: TypeAlias = Literal["outlet", "agency", "story", "year"]
Field: TypeAlias = LineField | ClaimField | ConflictField | ArticleField

NAMED = "name:"
"""Begins what stands for a voice that is no entity across articles, before its folded name."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list from `offset` on; `total` is how many there are, at least that many if `more`."""

    items: tuple[T, ...]
    total: int
    offset: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """Events of the chronicle. `entities` are those that take part in any way, `words` must stand in the sentences.

    `grades` are those of the worst open conflict of an event, `conflicting` whether there is one at all. With `all`,
    events that have no line are asked for, too. `only_reprints`: several articles tell it, and all of them print one
    report. Identifiers of entities, stories, origins and articles are present
    ones (`Archive.resolve`).
    """

    stories: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    factualities: tuple[Factuality, ...] = ()
    first: date | None = None
    last: date | None = None
    dated: bool | None = None
    origins: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    min_origins: int = 0
    min_informants: int = 0
    max_origins: int | None = None
    max_informants: int | None = None
    only_reprints: bool = False
    min_importance: float = 0.0
    grades: tuple[ConflictGrade, ...] = ()
    conflicting: bool | None = None
    revised: bool | None = None
    words: str = ""
    all: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An event as lists and drawings need it; names and sentences come with `views.shelves`.

    `position` is the place of its line in the chronicle, None where it has none. `grade` is that of its worst open
    conflict, `settled` says that it has conflicts and all of them are settled.
    """

    event: str
    story: str
    position: int | None
    event_type: str
    factuality: Factuality
    earliest: date | None
    latest: date | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    importance: float
    articles: int
    origins: int
    informants: int
    reprints: int
    grade: ConflictGrade | None
    settled: bool
    revised: RevisionKind | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Lines by the day, month or year that begins at `start`: how many of each kind lie wholly in it.

    `wider` counts those that begin in it and may have been later: their day is not known so precisely.
    """

    start: date
    counts: Mapping[str, int]
    wider: int = 0


@dataclass(frozen=True, slots=True)
class Density:
    """Lines over time, in order, only where there are any; `undated` are those without a day."""

    buckets: tuple[Bucket, ...]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days between two lines, both excluded, in which nothing is told; `perhaps` lines may belong there, undatedly."""

    since: date
    until: date
    days: int
    perhaps: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a field with how many of what was asked for have it; `label` names an identifier."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The most frequent values. Not `complete`: counted among the first `counted` of what was asked for only."""

    values: tuple[Facet, ...]
    counted: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """Claims. `speakers` are whose words they are, `voices` any link of the chain, `told` who was spoken to.

    Each is an identifier of an entity, or `NAMED` with a folded name. `about` must stand in the sentences
    (`execution.reading.is_about`); `first` and `last` ask for the day it was said, else printed. `unresolved`: the
    text attributes it and nobody knows to whom (a name that was deleted on request is known to the text).
    """

    speakers: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    evidentialities: tuple[Evidentiality, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    channels: tuple[Channel, ...] = ()
    media: tuple[Medium, ...] = ()
    types: tuple[QuotationType, ...] = ()
    first: date | None = None
    last: date | None = None
    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    about: str = ""
    unresolved: bool | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as lists know it; its words come with `views.shelves.holdings_of_claims`."""

    key: str
    article: str
    evidentiality: Evidentiality
    polarity: Polarity
    channel: Channel | None
    medium: Medium | None
    type: QuotationType | None
    earliest: date | None
    latest: date | None
    dated_by: Literal["said", "printed"] | None


@dataclass(frozen=True, slots=True)
class ConflictQuestion:
    """Conflicts; `first` and `last` ask for the days of the event, `entities` for those that take part in it."""

    kinds: tuple[ConflictKind, ...] = ()
    grades: tuple[ConflictGrade, ...] = ()
    settled: bool | None = None
    first: date | None = None
    last: date | None = None
    stories: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """A conflict as lists know it."""

    id: str
    event: str
    kind: ConflictKind
    grade: ConflictGrade
    settled: bool
    earliest: date | None
    latest: date | None
    story: str


@dataclass(frozen=True, slots=True)
class EntityQuestion:
    """Entities. All of `words` must be words of one of the names, with `prefix` the last one as a beginning.

    In a spelling that no name has, they find names that sound alike.
    """

    words: str = ""
    prefix: bool = False
    kinds: tuple[EntityKind, ...] = ()
    ids: tuple[str, ...] = ()
    min_articles: int = 0
    min_events: int = 0


@dataclass(frozen=True, slots=True)
class EntityCard:
    """An entity in a list: how many articles name it, in how many events and claims (its own words) it occurs."""

    id: str
    kind: EntityKind
    name: str
    articles: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class CoMention:
    """Another entity: in how many of an entity's events it takes part, and how many of its articles name it."""

    id: str
    kind: EntityKind
    name: str
    events: int
    articles: int


@dataclass(frozen=True, slots=True)
class CoMentions:
    """Whom an entity is told of with, most shared events first, then articles.

    Not `complete`: counted among its newest events and articles only, so many of each.
    """

    items: tuple[CoMention, ...]
    events: int
    articles: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """Articles; `first` and `last` ask for the days on which they may have been published.

    `origins` are those to which an article belongs as its own, a reprint or a relay; `words` must
    stand in one sentence.
    """

    outlets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    dated: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """What is needed to cite an article, as views hold it; `sequence` is the number of its capture."""

    article: str
    sequence: int
    source: str
    outlet: str | None
    headline: str | None
    earliest: date | None
    latest: date | None
    open_end: bool
    dct_method: str | None
    agencies: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class OriginCard:
    """An origin: articles that are its own or print it, which of them are reprints, and who tells on its word."""

    id: str
    kind: OriginKind
    name: str
    articles: int
    reprints: int
    relayed: int
    events: int


@dataclass(frozen=True, slots=True)
class Resting:
    """An outlet's articles that rest on an origin: its own and prints, which of them are reprints, and relays beside.

    `outlet` is None for articles whose outlet is not known.
    """

    origin: str
    name: str
    kind: OriginKind
    outlet: str | None
    articles: int
    reprints: int
    relayed: int


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place of events: where it is, how precisely, and how many of the lines asked for are told of it.

    Coordinates are decimal degrees with a radius in km, None where only the state is known; `precision` is that of
    `PlaceReading`.
    """

    entity: str
    name: str
    kind: EntityKind
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str | None
    state: tuple[str, ...]
    events: int


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story with the days between which its lines lie."""

    id: str
    title: str
    made: bool
    articles: int
    lines: int
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of each kind, and the days of the first and the last dated line."""

    articles: int
    lines: int
    claims: int
    conflicts: int
    open_conflicts: int
    entities: Mapping[str, int] = field(default_factory=dict)
    origins: int = 0
    stories: int = 0
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page is about. `members` are local entities of which it is asked whose they are, `names` are folded.

    `claims` are keys, of which their statements are read. With `whole`, events that these are close to
    and copied passages are read, too, with `doubts` what may be the same as the entities.
    """

    events: Collection[str] = ()
    entities: Collection[str] = ()
    claims: Collection[str] = ()
    articles: Collection[str] = ()
    members: Collection[Member] = ()
    names: Collection[str] = ()
    whole: bool = False
    doubts: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """What a page shows: of entities, origins and stories no more than their names and what is told in passing.

    An entity has its first member and those asked for; an origin has of its articles those that are cited, a story
    neither articles nor events: the cards of lists count them. `forms` are those of one article for each entity whose
    name is ever written.
    """

    linked: Linked
    citations: tuple[ArticleCard, ...]
    triggers: Mapping[tuple[str, str], Span]
    forms: Mapping[str, Mapping[str, int]]
    doubts: tuple[Doubt, ...] = ()


Question: TypeAlias = LineQuestion | ClaimQuestion | ConflictQuestion | ArticleQuestion
"""What facets may be asked of."""
