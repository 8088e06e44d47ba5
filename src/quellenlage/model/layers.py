"""Stand-off layers over one article: what each stage of `annotate` writes.

Local identifiers ("t1", "m1", "e1", "q1", "c1", "v1") hold within one article and one run; `key` hashes content and
holds across runs and machines. Offsets are half-open code points into the article's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from quellenlage.errors import Defect
from quellenlage.model.spans import Span, content_id
from quellenlage.model.time import DateInterval


class EntityKind(StrEnum):
    """Kinds of the annotation guideline; GRP are people without a name who act or speak."""

    PER = "PER"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    GRP = "GRP"
    MISC = "MISC"


class QuotationType(StrEnum):
    """Types of the German quotation corpora."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    REPORTED = "reported"
    FREE_INDIRECT = "free_indirect"
    INDIRECT_FREE_INDIRECT = "indirect_free_indirect"


class Evidentiality(StrEnum):
    """How firmly the speaker (or the author) stands to it."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    DEMANDED = "demanded"
    QUESTIONED = "questioned"


class Polarity(StrEnum):
    """Whether the speaker affirms, denies or knows nothing of it."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Factuality(StrEnum):
    """Whether a told event took place, as the text tells it."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    DENIED = "denied"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"


FIRMNESS = (
    Factuality.HAPPENED,
    Factuality.ONGOING,
    Factuality.ALLEGED,
    Factuality.DENIED,
    Factuality.PLANNED,
    Factuality.HYPOTHETICAL,
)
"""What an event counts as when its accounts differ: the first of these that any of them gives."""


PLOVER_TYPES = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
GENERAL_TYPES = frozenset(
    "DEATH ACCIDENT DISASTER CRIME JUSTICE PERSONNEL ELECTION LAW ECONOMY SPORT MOVEMENT CULTURE SCIENCE OTHER".split()
)
EVENT_TYPES = PLOVER_TYPES | GENERAL_TYPES

MentionForm = Literal["name", "noun", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Medium = Literal["speech", "thought", "writing"]
AUTHOR = "author"
"""`word_of` of what the author reports on the author's own word."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; never across a zone boundary, without surrounding white space."""

    start: int
    end: int

    def __post_init__(self) -> None:
        Span(self.start, self.end)

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `lemma`, `upos` (Universal POS), `feats` (UD) and its place in the tree are None where not known.

    `head` is the index of the token it depends on in the document's `tokens`, always in the same sentence; the root
    of a sentence has its own index, so that following heads ends where a token is its own head. `deprel` is the
    universal relation to the head ("nsubj:pass"; "root"). Either both are known or neither.
    """

    start: int
    end: int
    lemma: str | None = None
    upos: str | None = None
    feats: str | None = None
    head: int | None = None
    deprel: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Defect(f"token [{self.start}, {self.end}) is empty or negative")
        if (self.head is None) != (self.deprel is None):
            raise Defect(f"token at {self.start}: half a dependency")

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)

    def of(self, text: str) -> str:
        """The token's own words."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3. `value` keeps the text's precision; `earliest`/`latest` are the days it can mean, None if unresolved.

    `anchor` is "dct", the id of another timex, or None for what stands by itself. `distance` is how far from there the
    words count, as a TIMEX3 duration ("vor zwei Wochen": P2W), where they name a number of units.
    """

    id: str
    start: int
    end: int
    type: TimexType
    value: str
    mod: str | None = None
    anchor: str | None = None
    earliest: date | None = None
    latest: date | None = None
    distance: str | None = None

    def __post_init__(self) -> None:
        Span(self.start, self.end)
        if (self.earliest is None) != (self.latest is None):
            raise Defect(f"{self.id}: half an interval")
        if self.earliest is not None and self.latest is not None:
            DateInterval(self.earliest, self.latest)

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)

    @property
    def interval(self) -> DateInterval | None:
        """The days in question, if resolved."""
        return DateInterval(self.earliest, self.latest) if self.earliest and self.latest else None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that refers to an entity of the article; `score` is how sure it is that it is one."""

    id: str
    start: int
    end: int
    kind: EntityKind
    form: MentionForm
    entity: str
    score: float = 1.0

    def __post_init__(self) -> None:
        Span(self.start, self.end)

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Derived:
    """A word made from a name that names nothing itself, so that it is no mention.

    "derived" are adjectives and inhabitants ("syrisch", "Berliner"), "part" compounds that begin with a name
    ("EU-Budget"). `base` is that name where it is known, `entity` what bears it in the article.
    """

    start: int
    end: int
    form: Literal["derived", "part"]
    base: str | None
    entity: str | None
    score: float = 1.0

    def __post_init__(self) -> None:
        Span(self.start, self.end)

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Role:
    """A title or office as written next to a name, without article."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """What one article's mentions refer to; `name` is the fullest form of the name in the article."""

    id: str
    kind: EntityKind
    name: str
    roles: tuple[Role, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()


PlaceRole = Literal["place", "metonym", "none"]
Precision = Literal["building", "settlement", "region", "state", "water", "area"]


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A real place that a name may mean, with its probability among those that were weighed."""

    key: str
    name: str
    state: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Which real place an entity means; where `mention` is given, that mention alone, which deviates from the others.

    `role` is "place"; "metonym" for a town or building that acts for a state or body, which is then what the other
    fields name and never where something happens; "none" for what only looks like a place. `state` are codes of ISO
    3166-1 ("XK" for Kosovo), the likeliest first, none for open sea, for the European Union and where it is unsure.
    `key` is "gn:" with a GeoNames identifier, "iata:" with an airport's code, "state:", "area:", "site:" or "body:"
    with one of our own; what is within a town has the town's with the noun for it behind a stroke. `lat` and `lon`
    (decimal degrees) with `radius_km` are None where no pin is given: then the state is all that is known, or nothing.
    """

    entity: str
    mention: str | None
    role: PlaceRole
    state: tuple[str, ...] = ()
    key: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: Precision | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    candidates: tuple[PlaceCandidate, ...] = ()

    def __post_init__(self) -> None:
        if len({value is None for value in (self.lat, self.lon, self.radius_km)}) != 1:
            raise Defect(f"{self.entity}: half a pin")
        if not 0.0 <= self.score <= 1.0:
            raise Defect(f"{self.entity}: score {self.score}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that unresolved words for a speaker may mean, with its probability."""

    entity: str
    score: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words attributed to somebody. Every role is a list of spans, in order; empty where the text names none.

    `speaker` are the words that name the speaker; `speaker_entities` whom they mean (joint speakers: several).
    """

    id: str
    type: QuotationType
    medium: Medium
    quote: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    frame: tuple[Span, ...] = ()
    speaker_entities: tuple[str, ...] = ()
    parent: str | None = None
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        if not self.quote:
            raise Defect(f"{self.id}: a quotation without words")


class Channel(StrEnum):
    """How something was said, where the text names it."""

    INTERVIEW = "interview"
    TELEPHONE = "telephone"
    SOCIAL = "social"
    PRESS_CONFERENCE = "press-conference"
    STATEMENT = "statement"
    LETTER = "letter"
    SPEECH = "speech"
    BROADCAST = "broadcast"
    DOCUMENT = "document"
    HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class Claim:
    """What is held to be so, and on whose word.

    `chain` runs from the one whose words they are through each relay; every link is one or more entity ids; neither
    the article's outlet nor its credited agency is a link. Empty when the article names nobody.
    `told` are the entities who were spoken to (the words for them: `addressee`); `channel` how it was said, with the
    words that say so; `said` the time expression that tells when it was said. `candidates` are whom unresolved words
    for the speaker may mean; the chain is empty then.
    """

    id: str
    quotation: str | None
    spans: tuple[Span, ...]
    chain: tuple[tuple[str, ...], ...]
    evidentiality: Evidentiality
    polarity: Polarity
    score: float
    reasons: tuple[str, ...] = ()
    chain_spans: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    told: tuple[str, ...] = ()
    channel: Channel | None = None
    channel_spans: tuple[Span, ...] = ()
    said: str | None = None
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        if not self.spans:
            raise Defect(f"{self.id}: a claim without words")
        if (self.channel is None) != (not self.channel_spans):
            raise Defect(f"{self.id}: a channel without words for it")
        if not 0.0 <= self.score <= 1.0:
            raise Defect(f"{self.id}: score {self.score}")

    @property
    def start(self) -> int:
        """Start of the first span."""
        return min(span.start for span in self.spans)

    @property
    def end(self) -> int:
        """End of the last span."""
        return max(span.end for span in self.spans)

    def key(self, article: str) -> str:
        """Identifier that holds across runs: the article and the words claimed."""
        return content_id("clm", article, *(f"{s.start}:{s.end}" for s in self.spans), self.quotation is None)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number tied to an event, as a range; None is an open end. `word_of`: "author" or a claim's id."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    word_of: str = AUTHOR

    def __post_init__(self) -> None:
        Span(self.start, self.end)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise Defect(f"quantity {self.low} to {self.high}")

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class EventMention:
    """One happening as one article tells it; `also` are further places of the article that tell the same.

    `time` is an ISO day, month, year or `start/end`, None when unknown; `earliest`/`latest` are the days it can mean
    (these may be known, from the publication date, where `time` is None).
    """

    id: str
    event_type: str
    trigger: Span
    sentence: Span
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None
    earliest: date | None = None
    latest: date | None = None
    factuality: Factuality = Factuality.HAPPENED
    word_of: str = AUTHOR
    also: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()

    TYPES: ClassVar[frozenset[str]] = EVENT_TYPES

    def __post_init__(self) -> None:
        if self.event_type not in self.TYPES:
            raise Defect(f"{self.id}: event type {self.event_type!r}")
        if not self.sentence.contains(self.trigger):
            raise Defect(f"{self.id}: the trigger lies outside its sentence")
        if (self.earliest is None) != (self.latest is None):
            raise Defect(f"{self.id}: half an interval")
        if self.earliest is not None and self.latest is not None:
            DateInterval(self.earliest, self.latest)

    @property
    def interval(self) -> DateInterval | None:
        """The days it can have been, if anything is known."""
        return DateInterval(self.earliest, self.latest) if self.earliest and self.latest else None

    def key(self, article: str) -> str:
        """Identifier that holds across runs: the article, the trigger and the type."""
        return content_id("evm", article, self.trigger.start, self.trigger.end, self.event_type)
