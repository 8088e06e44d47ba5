"""The most valuable doubts for a person to decide: one thing or two, whose words, one event or two, a conflict or none.

What is looked at is bounded, whatever the size of the archive: the pairs that most hangs on, the weightiest events and
conflicts, the newest claims that nobody knows the speaker of, and those that the weightiest events rest on. Each
question says what every answer does, as decisions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import Literal

from quellenlage.execution.judge import Decision
from quellenlage.model import (
    Archive,
    Claim,
    Conflict,
    ConflictGrade,
    Document,
    Doubt,
    Event,
    Judgement,
    Member,
    Verdict,
    content_id,
)
from quellenlage.model.listing import ClaimQuestion, ConflictQuestion, LineQuestion

Kind = Literal["entity", "merged", "speaker", "event", "near-event", "conflict"]
KINDS: tuple[Kind, ...] = ("entity", "merged", "speaker", "event", "near-event", "conflict")
"""May two be one, or one be two; whose words; are two accounts of one event, or two events one; is it a conflict."""

DOUBTS = 1_000
"""Pairs of entities that are looked at."""

LOOKED = 200
"""Lines and conflicts that are looked at."""

READ = 40
"""Articles that are read for the speakers of their claims."""

SURE_EVENT = 4.0
"""Score of a join from which it is no question any more; 3.0 joins (`link.sameness.THRESHOLD`)."""

SURE_SPEAKER = 0.5
"""Score of a claim from which its speaker is no question."""

_WEIGHT = re.compile(r"\(([+-]\d+(?:\.\d+)?)\)$")
_BESIDE = "beside"
_ANONYMOUS = "speaker-anonymous"
_NONE = {ConflictGrade.CONTRADICTION: 0.1, ConflictGrade.TENSION: 0.5, ConflictGrade.PRECISION: 0.6}
"""How likely it is that a conflict is none, by its grade."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: a stable code, what it does, and whom it names where that is somebody.

    `asks` says what the person still has to give: the reason, as the decision's note, or a name, as its value.
    """

    name: Literal["same", "differ", "speaker", "confirm", "reject", "settle"]
    decision: Decision
    label: str = ""
    asks: Literal["", "note", "name"] = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt: `subject` and `other` are identifiers, `value` grows with what hangs on the answer.

    `score` is how likely, or how weighty, what the archive takes for true is; `reasons` are codes as everywhere.
    `article` is where a claim, or the account in question, stands.
    """

    kind: Kind
    subject: str
    other: str | None
    value: float
    score: float
    reasons: tuple[str, ...]
    choices: tuple[Choice, ...]
    article: str = ""

    @property
    def id(self) -> str:
        """Identifier, the same as long as it is the same question."""
        return content_id("qst", self.kind, self.subject, self.other or "")


def questions(
    archive: Archive, kinds: Collection[Kind] = KINDS, *, skipped: Collection[str] = (), limit: int = 50
) -> list[Question]:
    """Open questions, the most valuable first; `skipped` are identifiers of those that a person put off."""
    return undecided(archive, candidates(archive, kinds), skipped=skipped)[:limit]


def candidates(archive: Archive, kinds: Collection[Kind] = KINDS) -> list[Question]:
    """All questions of the last link, decided or not; they stay the same until the next one."""
    found: list[Question] = []
    if not {"entity", "merged"}.isdisjoint(kinds):
        found += map(_of_doubt, archive.doubts(limit=DOUBTS).items)
    if not {"speaker", "event", "near-event"}.isdisjoint(kinds):
        lines = archive.lines(LineQuestion(), limit=LOOKED, order="importance").items
        weights = {line.event: line.importance for line in lines}
        events = sorted(archive.parts_of(list(weights)).events, key=lambda e: (-weights[e.id], e.id))
        found += _of_events(archive, events)
        if "speaker" in kinds:
            found += _of_speakers(archive, events)
    if "conflict" in kinds:
        found += _of_conflicts(archive)
    once = {question.id: question for question in found if question.kind in kinds}
    return sorted(once.values(), key=lambda q: (-round(q.value, 3), KINDS.index(q.kind), q.subject, q.other or ""))


def undecided(archive: Archive, asked: Iterable[Question], *, skipped: Collection[str] = ()) -> list[Question]:
    """Of questions, in their order, those on which nobody has decided, be it since the last link."""
    said = _Said(archive, archive.decisions())
    return [question for question in asked if question.id not in skipped and not said.about(question)]


class _Said:
    """What people said about pairs and things."""

    def __init__(self, archive: Archive, judgements: Sequence[Judgement]) -> None:
        paired = (j for j in judgements if j.verdict in {Verdict.SAME, Verdict.DIFFER})
        self._members = {frozenset((j.subject, j.other)) for j in paired if j.other}
        self._resolve = archive.resolve_all
        self._things = {j.subject for j in judgements if j.verdict in _DECIDING or j.field == "speaker"}

    @cached_property
    def _wholes(self) -> frozenset[frozenset[str]]:
        """Pairs by what stands now for what was named."""
        now = self._resolve({one for pair in self._members for one in pair})
        return frozenset(frozenset(now[one] for one in pair) for pair in self._members)

    def about(self, question: Question) -> bool:
        if question.other is None:
            return question.subject in self._things
        pair = frozenset((question.subject, question.other))
        whole = question.kind in {"entity", "near-event"}
        return pair in self._members or (whole and pair in self._wholes)


_DECIDING = frozenset({Verdict.CONFIRM, Verdict.REJECT, Verdict.SETTLE})


def _pair(one: str, other: str) -> tuple[Choice, Choice]:
    return (
        Choice("same", Decision(Verdict.SAME, one, other)),
        Choice("differ", Decision(Verdict.DIFFER, one, other)),
    )


def _of_doubt(doubt: Doubt) -> Question:
    return Question(
        "merged" if doubt.merged else "entity",
        doubt.one,
        doubt.other,
        doubt.value,
        doubt.score,
        doubt.reasons,
        _pair(doubt.one, doubt.other),
    )


def _of_events(archive: Archive, events: Sequence[Event]) -> Iterator[Question]:
    joined = [(event, score) for event in events if (score := _join(event)) is not None and score < SURE_EVENT]
    keys = _keys(archive, [event.accounts[1].member for event, _ in joined])
    for event, score in joined:
        second = event.accounts[1].member
        if second in keys and keys[second] != event.id:
            value = min(1.0, SURE_EVENT - score) * _weight(event)
            choices = _pair(event.id, keys[second])
            yield Question(
                "event", event.id, keys[second], value, score, event.reasons, choices, article=second.article
            )
    for event in events:
        for link in event.links:
            if link.event != event.id:
                one, other = sorted((event.id, link.event))
                value = 0.5 * min(1.0, link.score / SURE_EVENT) * _weight(event)
                yield Question("near-event", one, other, value, link.score, link.reasons, _pair(one, other))


def _join(event: Event) -> float | None:
    """The score by which two tellings were made one event; None of more, whose reasons stand together."""
    if len(event.accounts) != 2 or any(reason.startswith("judgement") for reason in event.reasons):
        return None
    first, second = (account.member.article for account in event.accounts)
    weights = [float(found[1]) for reason in event.reasons if (found := _WEIGHT.search(reason))]
    # What comes from outside the two tellings speaks for less than what they tell.
    beside = any(reason.startswith(_BESIDE) for reason in event.reasons)
    return sum(weights) - (1.0 if beside else 0.0) if weights and first != second else None


def _weight(event: Event) -> float:
    return 1.0 + log2(1 + len({account.member.article for account in event.accounts}))


def _keys(archive: Archive, members: Iterable[Member]) -> dict[Member, str]:
    wanted = set(members)
    found: dict[Member, str] = {}
    for document in archive.documents_of(sorted({member.article for member in wanted})):
        article = document.article.id
        found.update({Member(article, mention.id): mention.key(article) for mention in document.events})
    return {member: key for member, key in found.items() if member in wanted}


def _of_speakers(archive: Archive, events: Sequence[Event]) -> Iterator[Question]:
    """Claims without a speaker, and those of a doubtful one that events rest on."""
    resting: dict[str, float] = {}
    for event in events:
        for account in event.accounts:
            if account.claim:
                resting[account.claim] = max(resting.get(account.claim, 0.0), _weight(event))
    lost = archive.claims(ClaimQuestion(unresolved=True), limit=LOOKED, order="-time").items
    articles = dict.fromkeys(a.member.article for event in events for a in event.accounts if a.claim)
    chosen = list(dict.fromkeys([*list(articles)[: READ // 2], *(card.article for card in lost)]))[:READ]
    unknown = {card.key for card in lost}
    documents = list(archive.documents_of(chosen))
    asked: list[tuple[Document, Claim, float]] = []
    for document in documents:
        for claim in document.claims:
            key = claim.key(document.article.id)
            if claim.quotation is None or _ANONYMOUS in claim.reasons:
                continue
            if key in unknown or (key in resting and claim.score < SURE_SPEAKER):
                asked.append((document, claim, resting.get(key, 0.0)))
    names = _names(archive, {Member(d.article.id, local) for d, claim, _ in asked for local in _speaking(claim)})
    for document, claim, weight in asked:
        yield _of_speaker(document, claim, names, weight)


def _speaking(claim: Claim) -> Iterator[str]:
    """Who said it as the article is read, and who else may have."""
    yield from (one for link in claim.chain[:1] for one in link)
    yield from (one.entity for one in claim.candidates)


def _of_speaker(document: Document, claim: Claim, names: dict[Member, str], weight: float) -> Question:
    article = document.article.id
    key = claim.key(article)

    def name(local: str) -> str:
        return names.get(Member(article, local), document.entity(local).name)

    now = [one for link in claim.chain[:1] for one in link]
    may_be = dict.fromkeys(name(one.entity) for one in claim.candidates)
    choices = [Choice("confirm", Decision(Verdict.CONFIRM, key), ", ".join(map(name, now)))] if now else []
    choices += [
        Choice("speaker", Decision(Verdict.CORRECT, key, field="speaker", value=one), one)
        for one in may_be
        if one not in {name(local) for local in now}
    ]
    choices.append(Choice("speaker", Decision(Verdict.CORRECT, key, field="speaker"), asks="name"))
    choices.append(Choice("reject", Decision(Verdict.REJECT, key)))
    best = max((one.score for one in claim.candidates), default=0.0)
    score = claim.score if now else best
    # An answer is near at hand where somebody may be meant; a claim that an event rests on carries more.
    value = (1.0 - score) * (0.5 + 0.5 * bool(may_be)) * (1.0 + weight)
    return Question("speaker", key, None, value, score, claim.reasons, tuple(choices), article=article)


def _names(archive: Archive, members: Collection[Member]) -> dict[Member, str]:
    """Names across articles. Of others the records are not read: that of a state has every mention in the archive."""
    placed = archive.placed({member.article for member in members}).entity_of
    entity_of = {member: placed[member] for member in members if member in placed}
    names = {entity.id: entity.name for entity in archive.parts_of(set(entity_of.values())).entities}
    return {member: names[entity] for member, entity in entity_of.items() if entity in names}


def _of_conflicts(archive: Archive) -> Iterator[Question]:
    grades = (ConflictGrade.TENSION, ConflictGrade.PRECISION)
    cards = [
        card
        for asked in (grades, (ConflictGrade.CONTRADICTION,))
        for card in archive.conflicts(ConflictQuestion(grades=asked, settled=False), limit=LOOKED, order="grade").items
    ]
    part = archive.parts_of({card.event for card in cards})
    events = {event.id: event for event in part.events}
    wanted = {card.id for card in cards}
    for conflict in part.conflicts:
        if conflict.id in wanted and conflict.event in events:
            yield _of_conflict(conflict, events[conflict.event])


def _of_conflict(conflict: Conflict, event: Event) -> Question:
    none = _NONE[conflict.grade]
    choices = (
        Choice("confirm", Decision(Verdict.CONFIRM, conflict.id)),
        Choice("reject", Decision(Verdict.REJECT, conflict.id)),
        Choice("settle", Decision(Verdict.SETTLE, conflict.id), asks="note"),
    )
    return Question("conflict", conflict.id, None, none * _weight(event), 1.0 - none, conflict.reasons, choices)
