"""Human judgements, append-only, and the record of what was run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.errors import Defect
from quellenlage.model.spans import content_id

PARTED = "parted"
"""Field of an article by which `correct` takes mentions out of one of its entities; the value gives their places."""

ACCOUNT = "account"
"""Field of a tick or a grade that is about one account of an event alone: the account has the key of its telling, which
may be that of the event as well."""

RELIABILITY, CREDIBILITY = "reliability", "credibility"
"""Fields of a grade: of a source (A to F), and of what is told (1 to 6)."""

PRIVACY = "privacy"
"""Field of a grade of a person: whether names are kept back where those of private persons are."""

FORGOTTEN = "\N{SYMBOL FOR DELETE}"
"""Value or note of a judgement that told of somebody whose data was deleted; as a name it is nobody's."""


class Verdict(StrEnum):
    """What a human decided."""

    SAME = "same"
    DIFFER = "differ"
    REJECT = "reject"
    CONFIRM = "confirm"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REVISES = "revises"
    UNDO = "undo"
    SETTLE = "settle"
    TICK = "tick"
    NOTE = "note"
    GRADE = "grade"


DESK = frozenset({Verdict.TICK, Verdict.NOTE, Verdict.GRADE})
"""What people write beside things: nothing is analysed or linked otherwise because of it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A human's decision, append-only, replayed on every build; a later one overrides an earlier one (`in_force`).

    `subject` and `other` are identifiers (same, differ and revises need both: the subject is then a newer version of
    the other article, or with differ none); `correct` sets `field` of the subject to
    `value`: dct of an article (ISO), time (ISO) or place or type of an event, speaker of a claim, name or kind of an
    entity, outlet of an article, mentions of an article that are an entity of their own (`PARTED`). `undo` takes the
    decision back to which the judgement `subject` belongs.

    `tick` says that a person verified a fact (`note`: how), `note` holds words about anything, `grade` sets
    `RELIABILITY` of a source, `CREDIBILITY` of what is told, or `PRIVACY` of a person to `value`; with the field
    `ACCOUNT` tick and grade are about one account of an event.
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
        if self.verdict in {Verdict.SAME, Verdict.DIFFER, Verdict.REVISES} and not self.other:
            raise Defect(f"{self.verdict} needs two identifiers")
        if self.verdict is Verdict.CORRECT and not (self.field and self.value):
            raise Defect("correct needs a field and a value")
        if self.verdict is Verdict.GRADE and not (self.field and self.value):
            raise Defect("a grade needs a field and a value")
        if self.verdict is Verdict.NOTE and not self.note:
            raise Defect("a note needs words")

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
        if self.verdict is Verdict.NOTE:  # notes stand side by side
            return ("note", self.id)
        if self.verdict is Verdict.TICK:  # what two people verified is verified twice
            return ("tick", self.subject, self.field or "", self.author)
        if self.verdict is Verdict.GRADE:
            return ("grade", self.subject, self.field or "")
        if self.other:
            return ("pair", *sorted((self.subject, self.other)))
        if self.field == PARTED:  # an article may be wrong about several names: one word does not replace another
            return ("field", self.subject, self.field, self.value or "")
        if self.verdict is Verdict.SETTLE:
            return ("settled", self.subject)
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


def bearing(log: Sequence[Judgement]) -> list[Judgement]:
    """Of a log, the judgements that change what is analysed or linked; an undo does where what it takes back does."""
    kept: dict[str, Judgement] = {}
    for judgement in log:
        if judgement.subject in kept if judgement.verdict is Verdict.UNDO else judgement.verdict not in DESK:
            kept[judgement.id] = judgement
    return list(kept.values())


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
