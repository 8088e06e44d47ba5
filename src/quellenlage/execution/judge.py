"""Record what a person decided: same or not the same, rejected, confirmed, corrected, ticked off, noted, graded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quellenlage.errors import BadInput, NotFound, Phrase
from quellenlage.execution.lookup import Kind, Target, find, find_entity
from quellenlage.execution.marking import marked
from quellenlage.execution.pointing import event_of, statement_of
from quellenlage.execution.ports import PipelineLike
from quellenlage.execution.speaking import speaker_name
from quellenlage.execution.undoing import joined_pairs
from quellenlage.model import (
    DESK,
    EVENT_TYPES,
    Archive,
    DateInterval,
    EntityKind,
    Judgement,
    Member,
    Verdict,
    make_judgement,
    seen,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in the words of the person who makes it; `subject`, `other` are references (see `lookup.find`)."""

    verdict: Verdict
    subject: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    note: str = ""


def judge(
    archive: Archive, decision: Decision, *, author: str, made_at: str, pipeline: PipelineLike | None = None
) -> tuple[Judgement, ...]:
    """Append to the archive what `resolve` makes of a decision; the next build replays it."""
    return record(archive, resolve(archive, decision, author=author, made_at=made_at, pipeline=pipeline))


def record(archive: Archive, made: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Append judgements to the archive."""
    for judgement in made:
        archive.add_judgement(judgement)
    return tuple(made)


def resolve(
    archive: Archive, decision: Decision, *, author: str, made_at: str, pipeline: PipelineLike | None = None
) -> tuple[Judgement, ...]:
    """Find what a decision is about and check it; nothing is written.

    One judgement, but for the rejection or confirmation of an event or statement that several articles tell, and for
    the correction of such an event: it is about each telling, since the event would otherwise go on with the next one.
    And what several judgements made one, `differ` parts with as many.

    Raises:
        NotFound: nothing, or more than one thing, goes by a reference.
        BadInput: the decision makes no sense for what it is about.
    """
    if decision.verdict is Verdict.DIFFER and decision.other and not decision.field and not decision.value:
        joined = joined_pairs(archive, (decision.subject, decision.other), pipeline)
        if joined:
            return tuple(
                make_judgement(Verdict.DIFFER, one, made_at=made_at, author=author, other=other, note=decision.note)
                for one, other in joined
            )
    if decision.verdict in DESK:
        return (marked(archive, decision, author=author, made_at=made_at),)
    subject = find(archive, decision.subject)
    if decision.verdict is Verdict.SETTLE:
        _check_settling(decision, subject)
    other: str | None = None
    if decision.verdict in {Verdict.WITHDRAW, Verdict.REVISES} and subject.kind != "article":
        raise BadInput(
            decision.subject,
            "is of kind {kind}; only articles are withdrawn or revised",
            remedy="name the file or the identifier of an article",
            kind=Phrase(subject.kind),
        )
    if decision.verdict in {Verdict.SAME, Verdict.DIFFER, Verdict.REVISES}:
        other = _other(archive, decision, subject).id
    field, value = decision.field, decision.value
    if decision.verdict is Verdict.CORRECT:
        field, value = _correction(archive, decision, subject)
    elif field or value:
        raise BadInput(decision.subject, "{verdict} takes no field", remedy="use correct", verdict=decision.verdict)
    subjects = [subject.id]
    if decision.verdict in _OF_ALL and subject.kind == "event":
        subjects = _tellings(archive, subject.id)
    elif decision.verdict in {Verdict.REJECT, Verdict.CONFIRM} and subject.kind == "statement":
        subjects = _retellings(archive, subject.id)
    return tuple(
        make_judgement(
            decision.verdict,
            one,
            made_at=made_at,
            author=author,
            other=other,
            field=field,
            value=value,
            note=decision.note,
        )
        for one in subjects
    )


_OF_ALL = frozenset({Verdict.REJECT, Verdict.CONFIRM, Verdict.CORRECT})
"""What is decided about an event is decided about all its tellings."""


def _check_settling(decision: Decision, subject: Target) -> None:
    """A conflict is settled by a person alone, who says why.

    Raises:
        BadInput: it is no conflict, or the reason is missing.
    """
    if subject.kind != "conflict":
        raise BadInput(
            decision.subject, "only conflicts can be settled", remedy="quellenlage conflicts shows their identifiers"
        )
    if not seen(decision.note).strip():
        raise BadInput(decision.subject, "settling needs a reason", remedy="give it with --note")


def _other(archive: Archive, decision: Decision, subject: Target) -> Target:
    if not decision.other:
        raise BadInput(
            decision.subject, "{verdict} needs two things", remedy="name the other one", verdict=decision.verdict
        )
    other = find(archive, decision.other)
    if other.id == subject.id:
        raise BadInput(
            decision.other,
            "this is {subject} already",
            remedy="give the identifiers of two members: entity and chronicle show them with --json",
            subject=decision.subject,
        )
    if _SORT.get(other.kind) != _SORT.get(subject.kind):
        raise BadInput(
            decision.other,
            "is of kind {kind}, {subject} of kind {other}",
            kind=Phrase(other.kind),
            subject=decision.subject,
            other=Phrase(subject.kind),
        )
    if subject.kind == other.kind == "reference":
        raise BadInput(decision.other, "both are entries of lists", remedy="name an entity of the archive")
    if subject.kind not in _SORT or (decision.verdict is Verdict.SAME and subject.kind == "article"):
        raise BadInput(decision.subject, "only entities, events and statements can be the same or differ")
    return other


_SORT: dict[Kind, str] = {
    "entity": "entity",
    "reference": "entity",
    "event": "event",
    "statement": "statement",
    "claim": "statement",
    "article": "article",
}
"""What can be the same as what: an entry of a list is an entity, a claim stands for the statement that it tells.

Articles are never the same, but may be no versions of each other.
"""


def _retellings(archive: Archive, statement_id: str) -> list[str]:
    """Keys of all claims that tell a statement; of the identifier of one member, those of the whole."""
    found = statement_of(archive, statement_id)
    return [r.claim for r in found.retellings] if found else [statement_id]


def _tellings(archive: Archive, event_id: str) -> list[str]:
    """Keys of all event mentions that an event rests on, that which it is named by first."""
    event = event_of(archive, event_id)
    if event is None:
        return [event_id]  # one telling of several: only this one is meant
    keys = [event_id]
    for member in dict.fromkeys(a.member for a in event.accounts):
        keys += _keys(archive, member)
    return list(dict.fromkeys(keys))


def _keys(archive: Archive, member: Member) -> list[str]:
    document = archive.document(member.article)
    return [m.key(member.article) for m in document.events if m.id == member.local]


def _correction(archive: Archive, decision: Decision, subject: Target) -> tuple[str, str]:
    if not decision.field or not decision.value or not decision.value.strip():
        raise BadInput(
            decision.subject, "correct needs a field and a value", remedy="e.g. correct ARTICLE dct 2015-09-18"
        )
    check = _FIELDS.get((subject.kind, decision.field))
    if check is None:
        fields = [field for kind, field in _FIELDS if kind == subject.kind]
        raise BadInput(
            decision.subject,
            "{kind} has no field {field!r} to correct",
            remedy="fields of this: {fields}" if fields else "only articles, claims, events and entities",
            kind=Phrase(subject.kind),
            field=decision.field,
            fields=", ".join(fields),
        )
    return decision.field, check(archive, decision.value.strip())


def _date(_archive: Archive, value: str) -> str:
    try:
        return DateInterval.parse(value).value
    except ValueError as error:
        raise BadInput(
            value, "no date", remedy="write 2015, 2015-09, 2015-09-18 or two of these with / between"
        ) from error


def _event_type(_archive: Archive, value: str) -> str:
    if value.upper() not in EVENT_TYPES:
        raise BadInput(value, "no event type", remedy="one of {choices}", choices=", ".join(sorted(EVENT_TYPES)))
    return value.upper()


def _entity_kind(_archive: Archive, value: str) -> str:
    if value.upper() not in {str(kind) for kind in EntityKind}:
        raise BadInput(value, "no kind of entity", remedy="one of {choices}", choices=", ".join(EntityKind))
    return value.upper()


def _name(archive: Archive, value: str) -> str:
    """A name as people write it, also where an identifier is given: names outlast identifiers."""
    now = archive.parts_of([archive.resolve(value)]).entities
    if now:
        return now[0].name
    try:
        known = find_entity(archive.parts_of(archive.entities_named(value)), value)
    except NotFound:
        return value
    return known.name if known else value


def _text(_archive: Archive, value: str) -> str:
    """What shows nothing is left out: a soft hyphen copied from a page is no part of a name."""
    told = seen(value).strip()
    if not told:
        raise BadInput(value, "shows nothing", remedy="write the name with letters")
    return told


_FIELDS: dict[tuple[Kind, str], Callable[[Archive, str], str]] = {
    ("article", "dct"): _date,
    ("article", "outlet"): _text,
    ("claim", "speaker"): speaker_name,
    ("event", "time"): _date,
    ("event", "place"): _name,
    ("event", "type"): _event_type,
    ("entity", "name"): _text,
    ("entity", "kind"): _entity_kind,
}
"""What can be corrected of what, and how a value is read."""
