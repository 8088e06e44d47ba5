"""Whether two sentences tell the same course: done or not, planned or done, for or against, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from quellenlage.execution.drafting.facts import Content, Facts, clause_at, folded_in, negated_at
from quellenlage.execution.drafting.opposites import against, opposed
from quellenlage.execution.drafting.parties import on_another_side, turned_round
from quellenlage.execution.drafting.report import DraftKind
from quellenlage.execution.drafting.roles import Subject, acting_at, held_by, subject_at, subject_of, token_at
from quellenlage.execution.drafting.stems import stem
from quellenlage.model import EventMention, Factuality, Span, fold

_SAME_WORD = 0.8
"""Worth of a pair from which both tell it in the same word, or in one of its compounds."""


_SHORT = 4

PARTY = "open:party"
"""Of a sentence that does not surely tell it of all whom the draft names, or not in the same part: it bears nothing
out for sure, and may still say otherwise."""

_ABSENT = frozenset(
    "fernbleiben ausbleiben unterbleiben wegbleiben verzichten absagen ausfallen entfallen platzen".split()
)
_OVER = frozenset({"tot", "geplatzt"})
"""What a meeting is said to be that does not take place."""

_MEETING = "CONSULT"
_WITHOUT, _BEHIND = "ohne", 3
"""Words behind "ohne" among which what is not there stands."""

_ALONG = frozenset({"from", "to"})

_ANNOUNCING = frozenset(
    "ankuendigen versprechen zusagen planen beabsichtigen vorhaben vorschlagen anbieten fordern verlangen drohen "
    "erwaegen hoffen versuchen".split()
)
"""Folded verbs of which what depends on them is not done yet."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What the archive says instead: of which kind, the draft's words, its own; a clash that is not `firm` is perhaps
    none."""

    kind: DraftKind
    draft: Span
    told: Span | None
    reason: str
    firm: bool = True


class PairLike(Protocol):
    """A word of the draft that one of the archive answers."""

    @property
    def word(self) -> Content:
        """The draft's word."""

    @property
    def at(self) -> int | None:
        """Where the archive's stands."""

    @property
    def worth(self) -> float:
        """How far it is the same."""

    @property
    def weight(self) -> float:
        """How telling it is."""


class SharedLike(Protocol):
    """What two sentences share."""

    @property
    def pairs(self) -> Sequence[PairLike]:
        """All words of the draft."""

    @property
    def held(self) -> Sequence[PairLike]:
        """Pairs that answer each other, what is done first."""

    @property
    def deeds(self) -> Sequence[PairLike]:
        """Words for what is done."""


def course(mine: Facts, theirs: Facts, shared: SharedLike) -> Iterator[Clash]:
    """Told as done what is denied, taken back or only planned, or the other way round."""
    if any(notice.span.overlaps(theirs.span) for notice in theirs.document.article.notices):
        yield Clash(DraftKind.DENIED, mine.span, theirs.span, "corrected")
        return
    turned = _opposite(mine, theirs, shared) or _sides(mine, theirs, shared)
    if turned is not None:
        yield turned
        return
    best = next(iter(shared.held), None)
    if best is None or best.at is None:
        return
    my_event, event = _event(mine, best.word.start), _event(theirs, best.at)
    my_no = _is_negated(mine, best.word.start, my_event, theirs)
    no = _is_negated(theirs, best.at, event, mine) or (theirs.denied and not mine.denied)
    mark = Span(best.word.start, best.word.end)
    told = _word(theirs, best.at)
    firm = best.worth >= _SAME_WORD
    if my_no is not no and (mine.denied or my_no) is not no:
        yield Clash(DraftKind.DENIED, mark, told, "denied" if no else "affirmed", firm)
    elif (theirs.unreal or announced_at(theirs, best.at)) and not (
        mine.unreal or my_no or announced_at(mine, best.word.start)
    ):
        yield Clash(DraftKind.PLANNED, mark, told, "planned", firm)


def _is_negated(facts: Facts, at: int, event: EventMention | None, other: Facts) -> bool:
    """Whether what a word tells is said not to be: by a negation, or by a word for what is missing, not by both."""
    if _lacks(facts, at, other):
        return not negated_at(facts, at)
    return negated_at(facts, at) or (event is not None and event.factuality is Factuality.DENIED)


def _lacks(facts: Facts, at: int, other: Facts) -> bool:
    """Whether a clause says by a word that something is not there ("blieb fern", "ohne Ergebnis"), not so the other."""
    clause = clause_at(facts, at)
    if any(clause.start <= word.start < clause.end and word.lemma in _ABSENT for word in facts.words.values()):
        return _ABSENT.isdisjoint(word.lemma for word in other.words.values())
    event = _event(facts, at)
    if event is not None and event.event_type == _MEETING and not _OVER.isdisjoint(folded_in(facts, clause)):
        return _OVER.isdisjoint(folded_in(other, other.span))
    tokens = facts.document.tokens_in(clause)
    for place, token in enumerate(tokens):
        if fold(token.of(facts.document.text)) == _WITHOUT:
            behind = tokens[place + 1 : place + 1 + _BEHIND]
            shared = (stem(fold(one.lemma or one.of(facts.document.text))) in other.words for one in behind)
            return any(shared) and _WITHOUT not in folded_in(other, other.span)
    return False


def announced_at(facts: Facts, at: int) -> bool:
    """Whether a verb is only announced, promised or planned ("kündigte an, einen Plan vorzulegen")."""
    document = facts.document
    inside = document.token_range(facts.span)
    place = next((n for n in inside if document.tokens[n].start <= at < document.tokens[n].end), None)
    if place is None or "VerbForm=Inf" not in (document.tokens[place].feats or ""):
        return False
    head = document.tokens[place].head
    if head is None or head not in inside or document.tokens[head].deprel == "aux":
        return False
    governing = next((w for w in facts.words.values() if w.start == document.tokens[head].start), None)
    return governing is not None and governing.lemma in _ANNOUNCING


def _event(facts: Facts, at: int) -> EventMention | None:
    return next((e for e in facts.events if e.trigger.start <= at < e.trigger.end), None)


def _word(facts: Facts, at: int) -> Span:
    token = next((t for t in facts.document.tokens_in(facts.span) if t.start <= at < t.end), None)
    return token.span if token else facts.span


def _opposite(mine: Facts, theirs: Facts, shared: SharedLike) -> Clash | None:
    """A word of the draft that the archive has the opposite of, and not the word itself."""
    for pair in shared.pairs:
        if pair.worth >= _SAME_WORD:
            continue
        for other in theirs.words.values():
            if opposed(pair.word.lemma, other.lemma):
                here, there = negated_at(mine, pair.word.start), negated_at(theirs, other.start)
                if here is not there:
                    return None  # "nicht abgelehnt" is "angenommen"
                spans = Span(pair.word.start, pair.word.end), Span(other.start, other.end)
                return Clash(DraftKind.DENIED, *spans, f"opposite:{other.lemma}")
    return None


def _sides(mine: Facts, theirs: Facts, shared: SharedLike) -> Clash | None:
    """For it on one side, against it on the other, in the clauses that tell the same."""
    best = next((one for one in shared.held if one.at is not None), None)
    if best is None or best.at is None:
        return None
    counted = (o for n in mine.numbers for o in theirs.numbers if (o.low, o.high) == (n.low, n.high))
    number = next(counted, None)
    here = clause_at(mine, best.word.start)
    there = clause_at(theirs, number.span.start if number else best.at)
    one, other = against(folded_in(mine, here)), against(folded_in(theirs, there))
    if one is None or other is None or one is other:
        return None
    return Clash(DraftKind.DENIED, here, there, "side")


def agents(mine: Facts, theirs: Facts, shared: SharedLike, near: Collection[str]) -> Iterator[Clash | str]:
    """Another one who does the same; "open:agent" where the archive does not tell who does.

    `near` are those whom the sentences around name: a pronoun may mean one of them.
    """
    asked = [pair for pair in shared.held if pair.at is not None and pair in shared.deeds]
    exchanged = [_exchanged(mine, theirs, pair) for pair in asked]
    clashing = [one for one in exchanged if isinstance(one, Clash)]
    found = [*clashing, *(_turned(mine, theirs, pair) or _agent(mine, theirs, pair, near) for pair in asked)]
    clash = next((one for one in found if isinstance(one, Clash)), None)
    if clash is not None:
        yield clash
    elif found and found[0] is not None:
        yield found[0]
    elif None not in found and not mine.claims and _swapped(mine, theirs):
        yield "open:agent"
    if PARTY in exchanged or on_another_side(mine, theirs):
        yield PARTY


def _exchanged(mine: Facts, theirs: Facts, pair: PairLike) -> Clash | str | None:
    """One who acts here and is acted upon there; sure by the same verb where the other one is exchanged as well."""
    at = pair.at if pair.at is not None else theirs.span.start
    found = turned_round(mine, theirs, pair.word.start, at, pair.word.lemma)
    if found is None:
        return None
    told = found.told if "NOUN" not in {pair.word.upos, _upos(theirs, at)} and pair.worth >= _SAME_WORD else None
    if told is None:
        return PARTY
    return Clash(DraftKind.AGENT, _word(mine, found.draft), _word(theirs, told), "agent")


def _turned(mine: Facts, theirs: Facts, pair: PairLike) -> Clash | str | None:
    """Two who both are named, of whom the one acts here and the other there; by nouns perhaps ("Karveniens Aufnahme").

    None as well where both sentences name them in the same order: then the trees only differ.
    """
    at = pair.at if pair.at is not None else theirs.span.start
    one, other = acting_at(mine, pair.word.start), acting_at(theirs, at)
    here, there = {*mine.names, *mine.spelled}, {*theirs.names, *theirs.spelled}
    if not one.keys().isdisjoint(other) or here.isdisjoint(other) or there.isdisjoint(one):
        return None
    if _in_order(mine, theirs, one, other):
        return None
    if "NOUN" in {pair.word.upos, _upos(theirs, at)}:
        return "open:agent"
    return Clash(DraftKind.AGENT, min(one.values()), min(other.values()), "agent")


def _upos(facts: Facts, at: int) -> str | None:
    return next((t.upos for t in facts.document.tokens_in(facts.span) if t.start <= at < t.end), None)


def _agent(mine: Facts, theirs: Facts, pair: PairLike, near: Collection[str]) -> Clash | str | None:
    at = pair.at if pair.at is not None else theirs.span.start
    one, other = subject_at(mine, pair.word.start, mine.meant), subject_at(theirs, at, theirs.meant)
    if one is None:
        return None
    known = not one.ids.isdisjoint({*theirs.names, *theirs.spelled})
    if other is None or one.passive is not other.passive:
        absent = not known and one.ids.isdisjoint(near)
        return "open:agent" if one.ids and (absent or (known and _elsewhere(mine, theirs, one.ids, at))) else None
    if one.named and other.named:
        if one.same(other) or _in_order(mine, theirs, one.ids, other.ids):
            return None
        if _belongs_to(theirs, at, one):
            return "open:agent"  # who acts there is of the body that acts here, and may speak for it
        return Clash(DraftKind.AGENT, one.span, other.span, "agent")
    if one.named:
        return None if known or not one.ids.isdisjoint(near) else "open:agent"
    if not other.ids.isdisjoint({*mine.names, *mine.spelled}):
        return None  # the draft names them as well: that they are the subject may be a slip of the tree
    told = any(
        one.word == word or (len(word) > _SHORT and (one.word.endswith(word) or word.endswith(one.word)))
        for word in theirs.all_words
    )
    return "open:agent" if other.named and not told else None


def _belongs_to(facts: Facts, at: int, body: Subject) -> bool:
    """Whether the one who acts at a place is told to be of a body ("Weber, Sprecherin der Reederei")."""
    acting = subject_of(facts, token_at(facts, at))
    if acting is None or not body.ids.isdisjoint(acting_at(facts, at)):
        return acting is not None
    words = {stem(fold(facts.document.tokens[n].of(facts.document.text))) for n in held_by(facts, acting)}
    return words.issuperset(map(stem, body.name.split()))


def _elsewhere(mine: Facts, theirs: Facts, ids: Collection[str], at: int) -> bool:
    """Whether a sentence names somebody only as where it leads from or to, or in another clause than one who is named
    where the same is done."""
    spans = [span for one, span in (*theirs.names.items(), *theirs.spelled.items()) if one in ids]
    if all(any(p.span.overlaps(span) and p.way in _ALONG for p in theirs.places) for span in spans):
        return True
    clause = clause_at(theirs, at)
    if any(clause.overlaps(span) for span in spans):
        return False
    shared = [theirs.names[one] for one in mine.names if one in theirs.names]
    others = (*theirs.names.values(), *theirs.spelled.values())
    return any(clause.contains(span) and not any(span.overlaps(one) for one in shared) for span in others)


def _in_order(mine: Facts, theirs: Facts, ids: Collection[str], others: Collection[str]) -> bool:
    """Whether both sentences name both in the same order: then the trees only differ about who is the subject."""
    places = []
    for facts in (mine, theirs):
        first = [facts.names[one].start for one in ids if one in facts.names]
        second = [facts.names[one].start for one in others if one in facts.names]
        if not first or not second:
            return False
        places.append(min(first) < min(second))
    return places[0] is places[1]


def _swapped(mine: Facts, theirs: Facts) -> bool:
    """Whether the first two names that both have stand the other way round, places left out."""
    placed = {place.span for place in (*mine.places, *theirs.places)}
    common = [one for one, span in mine.names.items() if one in theirs.names and span not in placed]
    common = [one for one in common if theirs.names[one] not in placed]
    mine_first = list(dict.fromkeys(mine.names[one].start for one in common))
    if len(mine_first) < 2:
        return False
    one, other = (next(c for c in common if mine.names[c].start == at) for at in sorted(mine_first)[:2])
    return theirs.names[one].start > theirs.names[other].start
