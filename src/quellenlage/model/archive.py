"""What is known across articles: entities, events, origins, conflicts and the chronicle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from quellenlage.errors import Defect
from quellenlage.model.article import RevisionKind
from quellenlage.model.layers import EntityKind, Evidentiality, Factuality, Polarity
from quellenlage.model.reference import ReferenceMatch
from quellenlage.model.revision import Revision
from quellenlage.model.spans import Evidence
from quellenlage.model.time import DateInterval


@dataclass(frozen=True, slots=True)
class Member:
    """A local item ("e3", "v2", "c5") of an article, as part of something that spans articles."""

    article: str
    local: str


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office as one article gives it, with the article's publication interval and the words themselves."""

    text: str
    evidence: Evidence
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class EntityPlace:
    """Where an entity is, as most of its articles tell it; the fields are those of `PlaceReading`.

    `articles` is the number of articles that tell it so; coordinates are decimal degrees, None where only the state is
    known.
    """

    key: str
    name: str
    state: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str | None
    score: float
    articles: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world. Its id is that of its first-captured member; `reasons` say why the members are one."""

    id: str
    kind: EntityKind
    name: str
    members: tuple[Member, ...]
    spellings: tuple[str, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()
    place: EntityPlace | None = None

    def __post_init__(self) -> None:
        if not self.members:
            raise Defect(f"{self.id}: an entity without members")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one, or (`merged`) two members of one entity that may be two.

    `one` and `other` are identifiers of entities, or of members where they are merged; `score` is how likely they are
    one, `reasons` what speaks for it. `value` grows with what hangs on the answer: the most valuable come first.
    """

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]
    value: float
    merged: bool = False

    def __post_init__(self) -> None:
        if self.one == self.other:
            raise Defect(f"{self.one}: in doubt with itself")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an event as one account gives it, as a range, with who said so (entity ids; empty: the author)."""

    unit: str
    low: float | None
    high: float | None
    evidence: Evidence
    word_of: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One article's telling of an event: the sentence, its factuality, on whose word, from which origin.

    `chain` holds entity ids across articles (empty: the author's own word); `origin` is an origin id; `reprint_of` is
    the article this one's telling was taken from, if its text is a reprint. `claim` is the key of the claim behind it.
    `revised` says that it no longer stands: a newer version of its article replaced it, or it was withdrawn. `actors`
    and `recipients` are entity ids of those who do and undergo it in this telling alone.
    """

    member: Member
    evidence: Evidence
    factuality: Factuality
    chain: tuple[tuple[str, ...], ...]
    origin: str
    claim: str | None = None
    reprint_of: str | None = None
    time: str | None = None
    place: str | None = None
    figures: tuple[Figure, ...] = ()
    revised: RevisionKind | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Camp:
    """Informants and origins that belong to one state or party: counted apart, but not independent of each other.

    `key` is "state:" or "party:" with the code of the table of affiliations, `voices` are informants and origins,
    `reasons` why each belongs to it ("office:ru-spokes", "agency:TASS").
    """

    key: str
    name: str
    voices: tuple[str, ...]
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.voices) < 2:
            raise Defect(f"{self.key}: a camp of one")


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How far an event is borne out: independent informants, independent origins, and mere reprints.

    `camps` tell which of the informants and origins are related.
    """

    informants: tuple[str, ...]
    origins: tuple[str, ...]
    reprints: int
    camps: tuple[Camp, ...] = ()


@dataclass(frozen=True, slots=True)
class EventLink:
    """Another event that this one is close to and yet not: of the same series, or the whole that it is a part of."""

    event: str
    kind: Literal["series", "part-of"]
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunningFigure:
    """A figure that was brought up to date as reports came in: each version replaces the one before it.

    `reported` are the days of the reports, one for each figure, None where the day is not known.
    """

    unit: str
    figures: tuple[Figure, ...]
    reported: tuple[date | None, ...]
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.figures) < 2 or len(self.figures) != len(self.reported):
            raise Defect(f"{self.unit}: a running figure needs two versions, each with its report")


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person holds to be right about an event, in place of what its articles say: who, when, and why (`note`).

    `value` is as the person gave it: an ISO date, the name of a place, a type. `members` are the tellings for which it
    was said. `was` is the type that was read of the first of them; what articles say of time and place stands in the
    accounts.
    """

    FIELDS: ClassVar[tuple[str, ...]] = ("time", "place", "type")

    field: str
    value: str
    author: str
    made_at: str
    note: str = ""
    was: str = ""
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened once, with every account of it beside the others; id is that of the first-captured account.

    `revised` says that none of its accounts stands any more. Type, place and days are those that people gave it, where
    `corrected` says so; its accounts go on telling what their articles say.
    """

    id: str
    event_type: str
    accounts: tuple[Account, ...]
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None
    earliest: date | None = None
    latest: date | None = None
    factuality: Factuality = Factuality.HAPPENED
    corroboration: Corroboration = field(default_factory=lambda: Corroboration((), (), 0))
    reasons: tuple[str, ...] = ()
    revised: RevisionKind | None = None
    links: tuple[EventLink, ...] = ()
    running: tuple[RunningFigure, ...] = ()
    corrected: tuple[Corrected, ...] = ()

    def __post_init__(self) -> None:
        if not self.accounts:
            raise Defect(f"{self.id}: an event that nobody tells")
        if (self.earliest is None) != (self.latest is None):
            raise Defect(f"{self.id}: half an interval")

    @property
    def interval(self) -> DateInterval | None:
        """The days it can have been, if anything is known."""
        return DateInterval(self.earliest, self.latest) if self.earliest and self.latest else None

    def correction(self, field: str) -> Corrected | None:
        """What a person holds to be right about a field, if anybody corrected it."""
        return next((one for one in self.corrected if one.field == field), None)


@dataclass(frozen=True, slots=True)
class Retelling:
    """One article's claim as a print of a statement: its words, from which origin, and the days it is dated to.

    `claim` is the claim's key. `stance` is what the words come to with their negation and the verb that reports them
    ("bestritt, ... zu haben" denies). `earliest`/`latest` are the days on which it was said where a time expression
    tells them (`dated_by` "said"), else those of publication ("printed"), None where neither is known.
    """

    member: Member
    claim: str
    evidence: tuple[Evidence, ...]
    origin: str
    evidentiality: Evidentiality
    stance: Polarity
    earliest: date | None = None
    latest: date | None = None
    dated_by: Literal["said", "printed"] | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise Defect(f"{self.claim}: a retelling without words")
        if (self.earliest is None) != (self.latest is None) or (self.earliest is None) != (self.dated_by is None):
            raise Defect(f"{self.claim}: half a date")

    @property
    def interval(self) -> DateInterval | None:
        """The days it is dated to, if any."""
        return DateInterval(self.earliest, self.latest) if self.earliest and self.latest else None


@dataclass(frozen=True, slots=True)
class Occasion:
    """Once that something was said, however often printed; `reasons` say why its members are taken for one.

    `earliest`/`latest` are the days of saying where any member tells them, else those of the first print.
    """

    members: tuple[Member, ...]
    earliest: date | None = None
    latest: date | None = None
    dated_by: Literal["said", "printed"] | None = None
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.members:
            raise Defect("an occasion on which nothing was said")

    @property
    def interval(self) -> DateInterval | None:
        """Its days, if known."""
        return DateInterval(self.earliest, self.latest) if self.earliest and self.latest else None


@dataclass(frozen=True, slots=True)
class Related:
    """Another statement of the same speaker: perhaps the same, or the same content with the opposite sign."""

    statement: str
    kind: Literal["perhaps", "contrary"]
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker said, whether once or on several occasions; id is that of the first-captured member.

    `speakers` are entity ids (joint speakers: several; empty where nobody across articles is known); `occasions` are
    in order of time, the undated last, and hold every retelling once.
    """

    id: str
    speakers: tuple[str, ...]
    retellings: tuple[Retelling, ...]
    occasions: tuple[Occasion, ...]
    reasons: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()

    def __post_init__(self) -> None:
        told = sorted((r.member.article, r.member.local) for r in self.retellings)
        placed = sorted((m.article, m.local) for occasion in self.occasions for m in occasion.members)
        if not told or told != placed:
            raise Defect(f"{self.id}: occasions are no partition of what is told")

    @property
    def printed(self) -> int:
        """Number of articles that print it."""
        return len({retelling.member.article for retelling in self.retellings})


class OriginKind(StrEnum):
    """Who first obtained an account."""

    AGENCY = "agency"
    OUTLET = "outlet"
    ARTICLE = "article"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """The agency or outlet that first obtained an account; an article of unknown outlet is its own origin.

    `reprints` are the articles whose text repeats another article of this origin; `relayed` those of other origins that
    tell something on its word. One that is unknown goes by the papers that print its text.
    """

    id: str
    kind: OriginKind
    name: str
    articles: tuple[str, ...]
    reprints: tuple[str, ...] = ()
    relayed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two articles share text: a near-duplicate, a revision of one URL, or a reprint.

    `similarity` is the share of the shorter text's words that the other has too, `share` that of the later one's words;
    `passages` quote the later article, `sources` the earlier one, place for place (empty where its text is gone).
    """

    article: str
    earlier: str
    kind: Literal["duplicate", "revision", "reprint"]
    similarity: float
    passages: tuple[Evidence, ...] = ()
    sources: tuple[Evidence, ...] = ()
    share: float = 0.0


class ConflictKind(StrEnum):
    """What two accounts of one event disagree about."""

    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    HAPPENED = "happened"
    MANNER = "manner"
    AGENT = "agent"


class ConflictGrade(StrEnum):
    """How far two accounts are apart, the most serious first."""

    CONTRADICTION = "contradiction"
    TENSION = "tension"
    PRECISION = "precision"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: the value, the words, who said so."""

    value: str
    evidence: Evidence
    chain: tuple[tuple[str, ...], ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Accounts of one event that cannot all hold, or hardly; never resolved silently.

    `settled` is the reason for which a person holds it to be settled, empty as long as it is open.
    """

    id: str
    event: str
    kind: ConflictKind
    about: str
    sides: tuple[Side, ...]
    grade: ConflictGrade = ConflictGrade.CONTRADICTION
    reasons: tuple[str, ...] = ()
    settled: str = ""

    def __post_init__(self) -> None:
        if len(self.sides) < 2:
            raise Defect(f"{self.id}: a conflict needs two sides")


@dataclass(frozen=True, slots=True)
class ChronicleEntry:
    """One line of the chronicle: an event, the sentence that tells it best, its place in time.

    `importance` weighs it among others, `later` counts the articles that come back to it, `also` are stories that
    people made which tell it, too.
    """

    event: str
    story: str
    position: int
    evidence: Evidence
    event_type: str
    factuality: Factuality
    time: str | None = None
    earliest: date | None = None
    latest: date | None = None
    importance: float = 0.0
    later: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Belonging:
    """Why an article belongs to a story: codes as everywhere (`event:evm-…`, `name:lovsen`, `words:12`, `days:3`)."""

    article: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one course of events; `title` is a headline of one of them, with its evidence, or a person's.

    `why` tells for each article why it belongs here, `related` which stories may be about the same, likeliest first.
    Of a story that a person `made`, articles and events belong to other stories, too.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    events: tuple[str, ...]
    why: tuple[Belonging, ...] = ()
    related: tuple[str, ...] = ()
    made: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Everything that spans articles, as `link` and `story` compute it; of large archives mostly filed (`filed`)."""

    entities: Sequence[Entity] = ()
    origins: tuple[Origin, ...] = ()
    reuses: tuple[Reuse, ...] = ()
    events: Sequence[Event] = ()
    conflicts: tuple[Conflict, ...] = ()
    stories: Sequence[Story] = ()
    chronicle: Sequence[ChronicleEntry] = ()
    statements: Sequence[Statement] = ()
    doubts: tuple[Doubt, ...] = ()
    references: tuple[ReferenceMatch, ...] = ()
    revisions: tuple[Revision, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other identifiers (of merged members) to the identifier that stands for them now."""
