"""What programs send and get back where something is done: decisions, drafts, background work, the archive itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StrictBool

from quellenlage.execution.drafting import DraftKind
from quellenlage.execution.drafting import Verdict as DraftVerdict
from quellenlage.execution.marking import CREDIBILITIES, RELIABILITIES
from quellenlage.execution.queue import Kind
from quellenlage.model import EntityKind, Verdict
from quellenlage.views.api.fields import Day, EventType, Identifier
from quellenlage.views.api.models.base import Answer, Listed, Named, Words
from quellenlage.views.web.jobs import State


class Judgement(Answer):
    """A person's decision; nothing is ever deleted from the log."""

    record: Literal["judgement"]
    id: str
    verdict: Verdict
    subject: str
    made_at: str = Field(description="ISO 8601")
    author: str
    other: str | None
    field: str | None
    value: str | None
    note: str


class Logged(Judgement):
    """A decision of the log, and whether it counts; `by` is the undo that took it back."""

    state: Literal["in-force", "undone", "overridden"]
    by: str | None


class Decisions(Listed[Logged]):
    """Decisions, the newest first."""


class Recorded(Answer):
    """What a decision made: one judgement, or several where several articles tell it."""

    judgements: list[Judgement]
    job: str | None = Field(description="the background work that brings it in; null where it waits for the next link")


_Note = Annotated[str, Field(max_length=4000)]
_Written = Annotated[str, Field(min_length=1, max_length=4000, pattern="[^\\s]")]
_Value = Annotated[str, Field(min_length=1, max_length=300, pattern="^[^\\s]")]


class _Deciding(Answer):
    model_config = ConfigDict(extra="forbid")

    subject: Identifier
    note: _Note = ""


class Pairing(_Deciding):
    """Two entities, events or statements are the same, or differ; an article revises another one."""

    verdict: Literal["same", "differ", "revises"]
    other: Identifier


class Standing(_Deciding):
    """Something is confirmed or rejected, an article withdrawn."""

    verdict: Literal["confirm", "reject", "withdraw"]


class Settling(_Deciding):
    """A conflict is settled; `note` says why."""

    verdict: Literal["settle"]
    note: _Written


class CorrectingText(_Deciding):
    """A name is set right: speaker of a claim, place of an event, name of an entity, outlet of an article."""

    verdict: Literal["correct"]
    field: Literal["speaker", "place", "name", "outlet"]
    value: _Value


class CorrectingDay(_Deciding):
    """A day is set right: publication of an article (dct), time of an event."""

    verdict: Literal["correct"]
    field: Literal["dct", "time"]
    value: Day


class CorrectingType(_Deciding):
    """The type of an event is set right."""

    verdict: Literal["correct"]
    field: Literal["type"]
    value: EventType


class CorrectingKind(_Deciding):
    """The kind of an entity is set right."""

    verdict: Literal["correct"]
    field: Literal["kind"]
    value: EntityKind


class Ticking(_Deciding):
    """A fact is ticked off as verified (`note`: how), or one account of it."""

    verdict: Literal["tick"]
    field: Literal["account"] | None = None


class Noting(_Deciding):
    """Words are written beside something."""

    verdict: Literal["note"]
    note: _Written


class GradingSource(_Deciding):
    """A source is graded from A (completely reliable) to E; F: it cannot be judged."""

    verdict: Literal["grade"]
    field: Literal["reliability"] = "reliability"
    value: Literal["A", "B", "C", "D", "E", "F"]


class GradingTold(_Deciding):
    """What is told is graded from 1 (confirmed by others) to 5; 6: it cannot be judged."""

    verdict: Literal["grade"]
    field: Literal["credibility", "account"] = "credibility"
    value: Literal["1", "2", "3", "4", "5", "6"]


assert set(RELIABILITIES) == set("ABCDEF")  # noqa: S101 - the types above say the same
assert set(CREDIBILITIES) == set("123456")  # noqa: S101

NewDecision = (
    Pairing
    | Standing
    | Settling
    | CorrectingText
    | CorrectingDay
    | CorrectingType
    | CorrectingKind
    | Ticking
    | Noting
    | GradingSource
    | GradingTold
)


class Undoing(Answer):
    """Why a decision is taken back."""

    note: _Note = ""


class Undone(Answer):
    """The undo, and how many judgements it concerns: all that the decision made."""

    judgement: Judgement
    concerned: int
    job: str | None


class Choice(Answer):
    """An answer to a doubt; `decision` is what can be posted to /decisions, once what it `asks` for is filled in."""

    name: str
    label: str
    asks: Literal["", "note", "name"]
    decision: dict[str, Any]


class Doubt(Answer):
    """A question for a person; `value` grows with what hangs on it, `score` is what the program believes."""

    record: Literal["doubt"]
    id: str
    kind: Kind
    one: Named
    other: Named | None
    value: float
    score: float
    reasons: list[str]
    article: str | None
    choices: list[Choice]


class Doubts(Listed[Doubt]):
    """Open questions, the most valuable first."""


class NewDraft(Answer):
    """A draft in German; it is not kept."""

    text: str = Field(min_length=1, max_length=20_000, examples=["Bei dem Angriff starben mindestens 14 Menschen."])
    dct: Day | None = Field(default=None, description="day on which it is to appear")


class Voice(Answer):
    """An origin or informant; `id` is null where nothing across articles stands for it."""

    id: str | None
    name: str


class Proof(Words):
    """A sentence of the archive on which a finding rests; `told` are the words in it that answer the draft's."""

    article: str
    source: str
    outlet: str | None
    headline: str | None
    published: str | None
    told: Words | None
    origin: Voice | None
    informants: list[Voice]


class DraftPart(Answer):
    """A part of the draft, in code points of the draft."""

    start: int
    end: int
    exact: str


class Difference(Answer):
    """Words of a quotation: in both, in the draft only, or in the archive only."""

    side: Literal["both", "draft", "archive"]
    text: str


class Finding(Answer):
    """What the archive says about a part of a draft; what is not `sure` is a perhaps."""

    verdict: DraftVerdict
    kind: DraftKind | None
    sure: bool
    disputed: bool
    score: float
    draft: DraftPart
    evidence: list[Proof]
    origins: list[Voice]
    informants: list[Voice]
    difference: list[Difference]
    reasons: list[str]


class DraftSentence(Answer):
    """A sentence of the draft with its findings, the weightiest first."""

    record: Literal["draft_sentence"]
    start: int
    end: int
    text: str
    verdict: str
    sure: bool
    findings: list[Finding]


class Draft(Answer):
    """A draft beside the archive."""

    record: Literal["draft"]
    dct: str | None
    length: int
    checked_to: int
    cut: bool = Field(description="the draft goes on behind `checked_to`")
    sentences: list[DraftSentence]


class NewJob(Answer):
    """Background work that needs no files."""

    kind: Literal["build", "link"]


class NewAddresses(Answer):
    """Web pages or feeds that this machine shall fetch."""

    kind: Literal["add_url"]
    urls: list[Annotated[str, Field(pattern="^https?://[^\\s/]+", max_length=2000)]] = Field(
        min_length=1, max_length=200, examples=[["https://www.example.org/news/1.html"]]
    )
    follow_feed: StrictBool = Field(default=False, description="also what a feed links to")


class Step(Answer):
    """How far a job is."""

    label: str
    done: int
    total: int | None


class Failure(Answer):
    """Why a job failed."""

    code: str
    message: str
    remedy: str


class Input(Answer):
    """What became of a file or address; `code` says why it was left out or failed."""

    source: str
    state: Literal["taken", "known", "failed", "left-out"]
    code: str | None = None
    message: str | None = None
    remedy: str | None = None
    warnings: list[str] = Field(default=[])


class Added(Answer):
    """What was taken in."""

    taken: int
    known: int
    failed: int
    left_out: int
    inputs: list[Input]


class Rejected(Answer):
    """An article that a stage could not treat."""

    source: str
    stage: str
    reason: str


class Built(Answer):
    """What was analysed and linked."""

    analysed: int
    unchanged: int
    linked: bool
    provisional: int
    counts: dict[str, int]
    rejected: list[Rejected]
    failed: int


class Job(Answer):
    """Background work as it stands; what it reports is in `added`, `built` or `draft` by its kind."""

    record: Literal["job"]
    id: str
    kind: str
    author: str
    submitted_at: str
    state: State
    started_at: str | None
    ended_at: str | None
    step: Step | None
    cancelling: bool
    failure: Failure | None
    added: Added | None
    built: Built | None
    draft: Draft | None


class Jobs(Listed[Job]):
    """Background work, the newest first."""


class Counts(Answer):
    """How much there is of each kind."""

    captures: int
    articles: int
    sentences: int
    claims: int
    statements: int
    entities: int
    events: int
    conflicts: int
    judgements: int
    rejections: int
    lines: int
    stories: int
    origins: int
    open_conflicts: int


class Archive(Answer):
    """The archive being served."""

    record: Literal["archive"]
    version: str = Field(description="of the program")
    fingerprint: str | None = Field(description="of what is linked; null where a new link is due")
    provisional: int = Field(description="articles that were linked with what is nearest alone, so far")
    earliest: str | None = Field(description="day of the first dated line")
    latest: str | None = Field(description="day of the last dated line")
    counts: Counts
    waiting: int = Field(description="decisions that wait for the next link")
    formats: list[str] = Field(description="formats of /export/{format}")


class Me(Answer):
    """Who asks."""

    name: str
    role: str
