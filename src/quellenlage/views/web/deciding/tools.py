"""What the fragments of other pages show: marks, decisions in force and the forms, made by what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quellenlage.execution import Mark, Marks
from quellenlage.execution.marking import CREDIBILITIES, RELIABILITIES
from quellenlage.model import ACCOUNT, DESK, EVENT_TYPES, EntityKind, Event, Judgement, Member, Verdict, in_force
from quellenlage.views.web.deciding.outcome import Outcome, outcome_of
from quellenlage.views.web.deciding.recording import keys_of
from quellenlage.views.web.deciding.standing import Decided, sides, standing_of
from quellenlage.views.web.page import Page
from quellenlage.views.web.shown.claims import ShownClaim
from quellenlage.views.web.shown.claims_overlapping import overlapping
from quellenlage.views.web.shown.decisions import Entry, ShownDecision, grade_words, shown_decisions, when_words

if TYPE_CHECKING:
    from quellenlage.views.web.shown.accounts import ShownAccount


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A tick, note or grade: who, when, and its words; `grade` is worded, `value` its letter or figure."""

    id: str
    author: str
    iso: str
    when: str
    words: str
    grade: str = ""
    value: str = ""
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """Everything written beside one thing."""

    ticks: list[ShownMark] = field(default_factory=list)
    notes: list[ShownMark] = field(default_factory=list)
    grades: list[ShownMark] = field(default_factory=list)

    @property
    def grade(self) -> str:
        """The value of the grade, empty where there is none."""
        return self.grades[-1].value if self.grades else ""


@dataclass(frozen=True, slots=True)
class AccountTools:
    """An account of an event by article and local identifier, with what is written beside it alone."""

    id: str
    label: str
    when: str
    href: str
    headline: str
    written: Written


@dataclass(frozen=True, slots=True)
class Tools:
    """What a fragment shows of a thing (or, `other`, of a pair) and its forms.

    `part` names the fragment, `may` says whether who asks may decide. `done` was decided a moment ago.
    Of the name that was `typed` for a speaker, and that several go by, `choices` are whom it may mean.
    """

    part: str
    subject: str
    back: str
    may: bool
    written: Written
    decided: list[ShownDecision]
    other: str = ""
    done: ShownDecision | None = None
    error: str = ""
    accounts: list[AccountTools] = field(default_factory=list)
    typed: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()


def event_tools(page: Page, event: Event, accounts: Sequence[Sequence[ShownAccount]]) -> Tools:
    """The tools of an event and of its accounts."""
    told = [account for same in accounts for account in same]
    return _tools(page, "event", event.id, accounts=_accounts(page, event, told))


def thing_tools(page: Page, part: str, identifier: str) -> Tools:
    """The tools of one thing: a claim, a conflict, an origin, an entity."""
    return _tools(page, part, identifier)


def statement_tools(page: Page, identifier: str, claims: Sequence[str]) -> Tools:
    """The tools of a statement; what is decided about it is decided about each claim that tells it."""
    found = standing_of(page).about([identifier, *claims])
    made = _tools(page, "statement", identifier, decided=found)
    return replace(made, done=_done(page, outcome_of(page), (identifier, *claims), paired=False))


def same_words(page: Page, claim: str) -> list[ShownClaim]:
    """Other claims of the same words in the same article, whose speaker was read to be the same."""
    return overlapping(page.archive, claim, page.words)


def pair_tools(page: Page, pair: Sequence[str]) -> Tools:
    """The tools of two things that may be one."""
    one, other = pair
    found = standing_of(page).pair(one, other)
    return _tools(page, "pair", one, other=other, decided=[found] if found else [])


def event_types(page: Page) -> list[tuple[str, str]]:
    """Kinds of events in alphabetical order: (code, word)."""
    return sorted(((one, page.words.code("event", one)) for one in EVENT_TYPES), key=lambda pair: pair[1])


def entity_kinds(page: Page) -> list[tuple[str, str]]:
    """Kinds of names: (code, word)."""
    return [(one.value, page.words.code("kind", one.value)) for one in EntityKind]


def grades(page: Page, family: str) -> list[tuple[str, str]]:
    """Grades of a family ("reliability", "credibility") with their meaning."""
    values = RELIABILITIES if family == "reliability" else CREDIBILITIES
    return [(one, grade_words(family, one, page.words)) for one in values]


GLOBALS = {
    "event_tools": event_tools,
    "thing_tools": thing_tools,
    "pair_tools": pair_tools,
    "statement_tools": statement_tools,
    "same_words": same_words,
    "event_types": event_types,
    "entity_kinds": entity_kinds,
    "grades": grades,
}
"""What templates of fragments call."""


def _tools(
    page: Page,
    part: str,
    subject: str,
    *,
    other: str = "",
    decided: list[Decided] | None = None,
    accounts: list[AccountTools] | None = None,
) -> Tools:
    standing, outcome = standing_of(page), outcome_of(page)
    found = standing.about([subject]) if decided is None else decided
    marks = Marks() if other else standing.desk.of([subject])[subject]
    entries = [Entry((one.judgement,), "in-force", one.waiting) for one in found]
    user = getattr(page.request.state, "user", None)
    return Tools(
        part,
        subject,
        outcome.back,
        user is not None and user.may("editor"),
        _written(page, marks),
        shown_decisions(page.archive, entries, standing, page.words, page.say, beside="" if other else subject),
        other,
        _done(page, outcome, (subject, *([other] if other else [])), paired=other != ""),
        outcome.error if outcome.answering else "",
        accounts or [],
        outcome.typed if outcome.answering else "",
        outcome.note if outcome.answering else "",
        outcome.choices if outcome.answering else (),
    )


def _done(page: Page, outcome: Outcome, things: Sequence[str], *, paired: bool) -> ShownDecision | None:
    """The judgement just made, if it is about what the fragment is about: the first of the things."""
    about = set(things)
    if not outcome.done:
        return None
    log = page.archive.judgements()
    by_id = {judgement.id: judgement for judgement in log}
    made = by_id.get(outcome.done[0])
    if made is None:
        return None
    meant: Judgement | None = made
    while meant is not None and meant.verdict is Verdict.UNDO:
        meant = by_id.get(meant.subject)
    if not outcome.answering:
        named = set(sides(meant)) if meant else set()
        now = standing_of(page).now(named | about)
        whole = {now[one] for one in named} & {now[one] for one in about}
        if not (about <= named if paired else whole):
            return None
    counts = any(one.id == made.id for one in in_force(log)) or made.verdict is Verdict.UNDO
    waiting = meant is not None and meant.verdict not in DESK
    entry = Entry((made,), "in-force" if counts else "overridden", waiting)
    beside = "" if paired else things[0]
    return shown_decisions(page.archive, [entry], standing_of(page), page.words, page.say, beside=beside)[0]


def _accounts(page: Page, event: Event, told: Sequence[ShownAccount]) -> list[AccountTools]:
    members = [Member(one.article, one.local) for one in told]
    # Keys of tellings stand in the articles, which are read only where something may be written beside an account.
    judged = any(j.field == ACCOUNT for j in in_force(page.archive.judgements()))
    keys = keys_of(page.archive, members) if judged else {}
    marks = standing_of(page).desk.of_accounts(keys.values())
    found = []
    for member, one in zip(members, told, strict=True):
        written = marks.get(keys.get(member, ""), Marks())
        found.append(
            AccountTools(
                f"{one.article}:{one.local}",
                one.quote.label,
                one.quote.published,
                one.quote.href,
                one.quote.headline or "",
                _written(page, written),
            )
        )
    return found


def _written(page: Page, marks: Marks) -> Written:
    return Written(_marks(page, marks.ticks), _marks(page, marks.notes), _marks(page, marks.grades))


def _marks(page: Page, marks: Iterable[Mark]) -> list[ShownMark]:
    words = page.words
    return [
        ShownMark(
            mark.id,
            mark.author,
            mark.made_at,
            when_words(mark.made_at, words),
            words("judge.forgotten") if mark.forgotten else mark.words,
            grade_words(mark.field, mark.value, words) if mark.value else "",
            mark.value,
            mark.forgotten,
        )
        for mark in marks
    ]
