"""What is known across articles: entities, events, origins, conflicts, the chronicle, and human judgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from quellenlage.errors import Defect
from quellenlage.model.layers import EntityKind, Evidentiality, Factuality, Polarity
from quellenlage.model.reference import ReferenceMatch
from quellenlage.model.spans import Evidence, content_id
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


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How far an event is borne out: independent informants, independent origins, and mere reprints."""

    informants: tuple[str, ...]
    origins: tuple[str, ...]
    reprints: int


@dataclass(frozen=True, slots=True)
class Event:
    """What happened once, with every account of it beside the others; id is that of the first-captured account."""

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

    def __post_init__(self) -> None:
        if not self.accounts:
            raise Defect(f"{self.id}: an event that nobody tells")
        if (self.earliest is None) != (self.latest is None):
            raise Defect(f"{self.id}: half an interval")

    @property
    def interval(self) -> DateInterval | None:
        """The days it can have been, if anything is known."""
        return DateInterval(self.earliest, self.latest) if self.earliest and self.latest else None


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


@dataclass(frozen=True, slots=True)
class Origin:
    """The agency or outlet that first obtained an account; an article of unknown outlet is its own origin.

    `reprints` are the articles whose text repeats another article of this origin.
    """

    id: str
    kind: OriginKind
    name: str
    articles: tuple[str, ...]
    reprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two articles share text: a near-duplicate, a revision of one URL, or a reprint.

    `similarity` is the share of the shorter text's shingles found in the longer; `passages` quote the later article.
    """

    article: str
    earlier: str
    kind: Literal["duplicate", "revision", "reprint"]
    similarity: float
    passages: tuple[Evidence, ...] = ()


class ConflictKind(StrEnum):
    """What two accounts of one event disagree about."""

    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: the value, the words, who said so."""

    value: str
    evidence: Evidence
    chain: tuple[tuple[str, ...], ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Accounts of one event that cannot all hold; never resolved silently."""

    id: str
    event: str
    kind: ConflictKind
    about: str
    sides: tuple[Side, ...]

    def __post_init__(self) -> None:
        if len(self.sides) < 2:
            raise Defect(f"{self.id}: a conflict needs two sides")


@dataclass(frozen=True, slots=True)
class ChronicleEntry:
    """One line of the chronicle: an event, the sentence that tells it best, and its place in time."""

    event: str
    story: str
    position: int
    evidence: Evidence
    event_type: str
    factuality: Factuality
    time: str | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one course of events; `title` is a headline of one of them, with its evidence."""

    id: str
    title: str
    articles: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Everything that spans articles, as `link` and `story` compute it from documents and judgements."""

    entities: tuple[Entity, ...] = ()
    origins: tuple[Origin, ...] = ()
    reuses: tuple[Reuse, ...] = ()
    events: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    stories: tuple[Story, ...] = ()
    chronicle: tuple[ChronicleEntry, ...] = ()
    statements: tuple[Statement, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    references: tuple[ReferenceMatch, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)
    """Other identifiers (of merged members) to the identifier that stands for them now."""


PARTED = "parted"
"""Field of an article by which `correct` takes mentions out of one of its entities; the value gives their places."""

FORGOTTEN = "\N{SYMBOL FOR DELETE}"
"""Value or note of a judgement that told of somebody whose data was deleted; as a name it is nobody's."""


class Verdict(StrEnum):
    """What a human decided."""

    SAME = "same"
    DIFFER = "differ"
    REJECT = "reject"
    CONFIRM = "confirm"
    CORRECT = "correct"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A human's decision, append-only, replayed on every build; a later one overrides an earlier one (`in_force`).

    `subject` and `other` are identifiers (same and differ need both); `correct` sets `field` of the subject to
    `value`: dct of an article (ISO), time (ISO) or place or type of an event, speaker of a claim, name or kind of an
    entity, outlet of an article, mentions of an article that are an entity of their own (`PARTED`). `undo` takes the
    decision back to which the judgement `subject` belongs.
    """

    id: str
    verdict: Verdict
    subject: str
    made_at: str
    author: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.verdict in {Verdict.SAME, Verdict.DIFFER} and not self.other:
            raise Defect(f"{self.verdict} needs two identifiers")
        if self.verdict is Verdict.CORRECT and not (self.field and self.value):
            raise Defect("correct needs a field and a value")

    @property
    def decision(self) -> tuple[str, ...]:
        """What the judgements of one decision have in common: its parts, and what an identifier that moved made of it.

        An undo is a decision by itself.
        """
        if self.verdict is Verdict.UNDO:
            return (self.id,)
        # Names are taken apart in several articles at once.
        about = ("", "") if self.field == PARTED else (self.field or "", self.value or "")
        return (self.made_at, self.author, self.note, *about)

    @property
    def matter(self) -> tuple[str, ...]:
        """What it is the word on: a pair, whether something stands, a field; the last word on a matter counts."""
        if self.other:
            return ("pair", *sorted((self.subject, self.other)))
        if self.field == PARTED:  # an article may be wrong about several names: one word does not replace another
            return ("field", self.subject, self.field, self.value or "")
        return ("field", self.subject, self.field) if self.field else ("whether", self.subject)


def undone(log: Sequence[Judgement]) -> dict[str, str]:
    """Identifiers of judgements that are taken back, each with that of the undo; `log` is in order of time.

    What is undone has no effect, so the undo of an undo brings back what it took.
    """
    first = {j.id: j for j in log}
    place = {j.id: at for at, j in enumerate(log)}
    taken: dict[tuple[str, ...], str] = {}
    for at, judgement in reversed(list(enumerate(log))):
        subject = first.get(judgement.subject)
        if judgement.verdict is not Verdict.UNDO or judgement.decision in taken or subject is None:
            continue
        if place[subject.id] < at:
            taken.setdefault(subject.decision, judgement.id)
    return {j.id: taken[j.decision] for j in log if j.decision in taken}


def in_force(log: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that count, in order of time: neither undone nor overridden by a later word on the same matter.

    Everything that reads judgements, but for what shows or copies the log itself, reads these.
    """
    gone = undone(log)
    last: dict[tuple[str, ...], Judgement] = {}
    for judgement in log:
        if judgement.verdict is not Verdict.UNDO and judgement.id not in gone:
            last.pop(judgement.matter, None)
            last[judgement.matter] = judgement
    return list(last.values())


def make_judgement(  # noqa: PLR0913 - the one constructor that computes the identifier
    verdict: Verdict,
    subject: str,
    *,
    made_at: str,
    author: str,
    other: str | None = None,
    field: str | None = None,
    value: str | None = None,
    note: str = "",
) -> Judgement:
    """Build a judgement; its identifier hashes all it says, with the time it was made."""
    identifier = content_id("jdg", verdict, subject, other or "", field or "", value or "", author, made_at)
    return Judgement(identifier, verdict, subject, made_at, author, other, field, value, note)


@dataclass(frozen=True, slots=True)
class Activity:
    """One stage run (PROV): which code, configuration and model made which rows, for how many articles."""

    id: str
    stage: str
    version: str
    config_hash: str
    model_hash: str
    started_at: str
    ended_at: str
    articles: int
