"""Questions of the review as a template shows them: both sides with their sentences, and what each answer does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from quellenlage.execution.queue import Choice, Kind, Question
from quellenlage.model import Archive, Event, hull, in_force
from quellenlage.model.listing import Wanted
from quellenlage.views.doubting import Part, open_doubts
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.parts import parts_of
from quellenlage.views.shelves import (
    citation_of,
    holdings_of_claims,
    holdings_of_conflicts,
    holdings_of_events,
)
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.accounts import shown_account
from quellenlage.views.web.shown.choices import Said
from quellenlage.views.web.shown.claims import ShownClaim, shown_claim
from quellenlage.views.web.shown.conflicts import shown_conflict
from quellenlage.views.web.shown.names_alike import ShownSide as DoubtSide
from quellenlage.views.web.shown.names_alike import quoted_doubts, shown_doubts
from quellenlage.views.web.shown.quotes import ShownName, ShownQuote, shown_quote
from quellenlage.views.web.shown.review_words import ANSWERS, ASKED
from quellenlage.views.wording.lines import event_date, event_title
from quellenlage.views.wording.reasons import reason_words

_QUOTES = 3
"""Sentences of one side that are shown at most."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question: what it is, its sentences, on whose word; `notes` are (label, value)."""

    heading: str
    href: str
    about: str
    quotes: list[ShownQuote]
    chain: list[list[ShownName]] = field(default_factory=list)
    nobody: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """An answer: its number, which is its key as well, its words, what it does, and what it still needs."""

    number: int
    name: str
    label: str
    does: str
    asks: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its sides; `title` names what it is about.

    `percent` says how likely what the archive takes for true is, where it can be said.
    """

    id: str
    kind: Kind
    asked: str
    title: str
    sides: list[Side]
    choices: list[ShownChoice]
    percent: int | None
    reasons: list[str]


def shown_questions(
    archive: Archive, questions: Sequence[Question], words: Words, say: Said
) -> dict[str, ShownQuestion]:
    """Word questions, by identifier; one whose subject the archive no longer has is left out."""
    found: dict[str, ShownQuestion] = {}
    for kinds, read in _READERS:
        same = [question for question in questions if question.kind in kinds]
        if same:
            found |= {one.id: one for one in read(_Asker(archive, words, say), same)}
    return found


@dataclass(frozen=True, slots=True)
class _Asker:
    archive: Archive
    words: Words
    say: Said

    def question(
        self, question: Question, title: str, sides: list[Side], reasons: list[str] | None = None
    ) -> ShownQuestion:
        told = self.reasons(question) if reasons is None else reasons
        likely = question.kind in {"entity", "merged", "speaker"}
        return ShownQuestion(
            question.id,
            question.kind,
            self.say(ASKED[question.kind]),
            title,
            sides,
            [self._choice(number, one, question.kind) for number, one in enumerate(question.choices, 1)],
            round(100 * question.score) if likely else None,
            told,
        )

    def reasons(self, question: Question) -> list[str]:
        """Reasons that there are words for: a bare code tells a person nothing."""
        known = [one for one in question.reasons if self.words.knows(f"reason.{one.partition(':')[0]}")]
        return reason_words(known, self.words)

    def _choice(self, number: int, choice: Choice, kind: Kind) -> ShownChoice:
        label, does = ANSWERS[kind, choice.name]
        told = self.say(label)
        if choice.label:
            told = f"{told}: {choice.label}" if choice.name == "confirm" else choice.label
        return ShownChoice(number, choice.name, told, self.say(does), choice.asks)


def _of_doubts(ask: _Asker, asked: Sequence[Question]) -> Iterable[ShownQuestion]:
    now = {question.id: ask.archive.resolve(question.subject) for question in asked}
    holdings = _doubtful(ask.archive, dict.fromkeys(now.values()))
    parts: dict[str, Part] = {}
    for question in asked:
        if question.kind == "merged" and now[question.id] in holdings.entities:
            entity = holdings.entities[now[question.id]]
            parts |= parts_of(ask.archive, entity, {question.subject, question.other or ""})
    holdings = replace(holdings, parts=parts)
    known = [holdings.entities[one] for one in dict.fromkeys(now.values()) if one in holdings.entities]
    named = {(one.article, one.start) for entity in known for one in quoted_doubts(entity, holdings)}
    sentences = ask.archive.sentences_at(named)
    told = {entity.id: shown_doubts(entity, holdings, sentences, ask.words) for entity in known}
    for question in asked:
        pair = {question.subject, question.other}
        doubt = next((one for one in told.get(now[question.id], ()) if set(one.pair) == pair), None)
        if doubt is not None:
            sides = sorted(doubt.sides, key=lambda side: side.id != question.subject)
            title = " – ".join(dict.fromkeys(side.name for side in sides))
            yield ask.question(question, title, [_doubted(side) for side in sides], doubt.reasons)


def _doubtful(archive: Archive, entities: Iterable[str]) -> Holdings:
    """Entities with the doubts about them, read at once; what was decided since the last link is none any more."""
    portion = archive.portion(Wanted(entities=list(entities), doubts=True))
    return Holdings(
        portion.linked,
        {card.article: citation_of(card) for card in portion.citations},
        doubts=open_doubts(portion.linked, in_force(archive.judgements())),
    )


def _doubted(side: DoubtSide) -> Side:
    return Side(side.name, side.href, side.about, [side.quote] if side.quote else [])


def _of_claims(ask: _Asker, asked: Sequence[Question]) -> Iterable[ShownQuestion]:
    holdings = holdings_of_claims(ask.archive, [question.subject for question in asked])
    known = {claim.key: claim for claim in holdings.claims}
    for question in asked:
        claim = known.get(question.subject)
        if claim is None:
            continue
        shown = shown_claim(claim, holdings, ask.words)
        whole = hull([one.span for one in claim.evidence])
        mark = whole if claim.sentence.span.contains(whole) and claim.sentence.span != whole else None
        around = shown_quote(claim.sentence, holdings, ask.words, mark=mark, context=True)
        yield ask.question(question, shown.unclear or shown.nobody, [_spoken(shown, around, ask.say)])


def _spoken(shown: ShownClaim, around: ShownQuote, say: Said) -> Side:
    who = ", ".join(name.name for link in shown.chain[:1] for name in link)
    notes = [(say("Words for the speaker"), shown.unclear)] if shown.unclear else []
    if shown.candidates:
        percent = say("%(percent)s%%")
        likely = ", ".join(f"{one.name.name} ({percent % {'percent': one.percent}})" for one in shown.candidates)
        notes.append((say("Who may be meant"), likely))
    return Side(who or shown.nobody, shown.href, around.label, [around], shown.chain, shown.nobody, notes)


def _of_accounts(ask: _Asker, asked: Sequence[Question]) -> Iterable[ShownQuestion]:
    holdings = holdings_of_events(ask.archive, [question.subject for question in asked], whole=True)
    for question in asked:
        event = holdings.events.get(question.subject)
        if event is None or len(event.accounts) < 2:
            continue
        sides = []
        for account in event.accounts[:2]:
            one = shown_account(account, holdings, ask.words)
            about = one.quote.headline or ""
            heading = f"{one.quote.label}, {one.quote.published}"
            sides.append(Side(heading, one.quote.href, about, [one.quote], one.chain, one.nobody, one.notes))
        yield ask.question(question, _title(event, holdings, ask.words), sides)


def _of_events(ask: _Asker, asked: Sequence[Question]) -> Iterable[ShownQuestion]:
    wanted = dict.fromkeys(one for question in asked for one in (question.subject, question.other) if one)
    holdings = holdings_of_events(ask.archive, list(wanted), whole=True)
    for question in asked:
        events = [holdings.events.get(one) for one in (question.subject, question.other or "")]
        sides = [_event(event, holdings, ask.words) for event in events if event]
        if len(sides) == 2:
            yield ask.question(question, " – ".join(side.heading for side in sides), sides)


def _event(event: Event, holdings: Holdings, words: Words) -> Side:
    told = [shown_account(account, holdings, words) for account in event.accounts[:_QUOTES]]
    place = [holdings.name(event.place)] if event.place else []
    about = ", ".join([event_date(event, holdings, words), *place])
    return Side(event_title(event, holdings, words), page_of(event.id), about, [one.quote for one in told])


def _title(event: Event, holdings: Holdings, words: Words) -> str:
    return f"{event_title(event, holdings, words)}, {event_date(event, holdings, words)}"


def _of_conflicts(ask: _Asker, asked: Sequence[Question]) -> Iterable[ShownQuestion]:
    holdings = holdings_of_conflicts(ask.archive, [question.subject for question in asked])
    known = {conflict.id: conflict for conflict in holdings.linked.conflicts}
    for question in asked:
        conflict = known.get(question.subject)
        if conflict is None:
            continue
        one = shown_conflict(conflict, holdings, ask.words)
        sides = [
            Side(
                told.value,
                one.href,
                "",
                [side.quote for side in told.sides[:_QUOTES]],
                told.sides[0].chain if told.sides else [],
                told.sides[0].nobody if told.sides else "",
            )
            for told in one.values
        ]
        title = f"{one.kind}: {one.about}" if one.about else one.kind
        yield ask.question(question, f"{title} – {one.event_told}", sides)


_READERS: tuple[tuple[frozenset[str], Callable[[_Asker, Sequence[Question]], Iterable[ShownQuestion]]], ...] = (
    (frozenset({"entity", "merged"}), _of_doubts),
    (frozenset({"speaker"}), _of_claims),
    (frozenset({"event"}), _of_accounts),
    (frozenset({"near-event"}), _of_events),
    (frozenset({"conflict"}), _of_conflicts),
)
