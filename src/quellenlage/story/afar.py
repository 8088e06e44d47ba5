"""Denials of what other articles tell: "Kreml dementiert Angriff" beside the accounts of that attack.

The denial is printed on the day of what it denies or within two weeks, the days that they name meet, and the words of
what is denied are largely those of the account. Denials are few: they are collected first, by word and week, and every
passage is then held against those of its weeks, so that neither memory nor time grows with the pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from quellenlage.model import (
    Document,
    Event,
    Factuality,
    Member,
    Polarity,
    Span,
    fold,
)
from quellenlage.story.conflicts import HELD_TRUE
from quellenlage.story.denials import Denied, denial_conflict, denial_side, denies
from quellenlage.story.matter import days_in, happenings, things
from quellenlage.story.rejections import circumstances
from quellenlage.story.scenes import Archive
from quellenlage.story.tensions import Chains

_AFTER = 14
"""Days after an account within which it is denied."""

_CROWDED = 100
"""Denials with one word in one week above which the later ones are not compared by that word."""

_SHARED = 2
"""Words for things, or a thing and a happening, that an account shares with what is denied; at least half of those."""

_MOST = 3
"""Accounts that are shown beside one denial."""

_WEEK = 7
_SAYING = frozenset({"REJECT", "ACCUSE", "REQUEST", "THREATEN"})
_OF_DENYING = frozenset({"family:denial", "family:refusal"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A passage that tells something as so, or as said by somebody; `order` is its place in the archive."""

    order: int
    document: Document
    span: Span
    event: Event | None
    factuality: Factuality
    chain: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Denial:
    """A sentence in which somebody denies; `event` is the denying, or what is denied. `hits` are the best passages of
    each article that tell what it denies, with the number of words shared.
    """

    document: Document
    sentence: Span
    printed: date
    speakers: tuple[str, ...]
    event: Event
    rejects: bool
    words: frozenset[str]
    names: frozenset[str]
    days: frozenset[date]
    hits: dict[str, tuple[int, _Told]] = field(default_factory=dict)


class Afar:
    """Denials of an archive and what they deny: first `take` every document, then `hold` it, then ask for `found`."""

    def __init__(
        self, event_of: Mapping[Member, Event], reprints: Collection[str], archive: Archive, chains: Chains
    ) -> None:
        """`reprints` are articles that have an account from another one: the other's is enough."""
        self._event_of, self._reprints, self._archive, self._chains = event_of, reprints, archive, chains
        self._denials: list[_Denial] = []
        self._index: dict[tuple[str, int], list[int]] = {}
        self._weeks: set[int] = set()
        self._held = 0

    def take(self, document: Document) -> None:
        """Note the denials of a document with a day."""
        if document.article.dct is None or document.article.id in self._reprints:
            return
        for denial in self._read(document, document.article.dct.latest):
            week = denial.printed.toordinal() // _WEEK
            for word in denial.words:
                self._weeks.add(week)
                listed = self._index.setdefault((word, week), [])
                if len(listed) < _CROWDED:
                    listed.append(len(self._denials))
            self._denials.append(denial)

    def hold(self, document: Document) -> None:
        """Hold a document against the denials of all that were taken; documents come in order of capture."""
        self._held += 1
        dct = document.article.dct
        near = _weeks(dct.latest) if dct else ()
        if dct and not self._weeks.isdisjoint(near) and document.article.id not in self._reprints:
            for told in self._passages(self._held, document):
                self._hold(told, dct.latest, near)

    def found(self) -> Iterator[Denied]:
        """Yield each denial with what other articles tell of the same, their best passages first."""
        for denial in self._denials:
            best = sorted(denial.hits.values(), key=lambda hit: (-hit[0], hit[1].order, hit[1].span))
            for _, told in best[:_MOST]:
                home = told.event or denial.event
                side = denial_side(told.document, told.factuality, told.span, told.chain, home)
                denied = denial_side(
                    denial.document, Factuality.DENIED, denial.sentence, (denial.speakers,), denial.event
                )
                yield Denied(denial.event if denial.rejects else None, denial_conflict(home, side, denied, "afar"))

    def _read(self, document: Document, printed: date) -> Iterator[_Denial]:
        """Sentences in which somebody denies: by an act of denying, else by a claim that says that it is not so."""
        article = document.article.id
        by_act = [m for m in document.events if denies(document, m) and m.actors]
        found: list[tuple[Span, Sequence[str], Event, bool]] = []
        for mention in by_act:
            if event := self._event_of.get(Member(article, mention.id)):
                found.append((mention.sentence, mention.actors, event, True))
        taken = {m.sentence for m in by_act}
        for claim in document.claims:
            sentence = document.sentence_at(claim.start)
            if claim.polarity is not Polarity.DENIED or not claim.chain or sentence is None or sentence.span in taken:
                continue
            told = (self._event_of.get(Member(article, m.id)) for m in document.events if m.sentence == sentence.span)
            if event := next((one for one in told if one), None):
                taken.add(sentence.span)
                found.append((sentence.span, claim.chain[0], event, False))
        for span, speakers, event, rejects in found:
            words = self._archive.matter(document, span) - _OF_DENYING
            for beside in circumstances(document, span):  # what a rejection takes for granted is not denied
                words -= self._archive.matter(document, beside)
            across = self._archive.across(document, speakers)
            marks = _names(document, span), days_in(document, span)
            yield _Denial(document, span, printed, across, event, rejects, words, *marks)

    def _passages(self, order: int, document: Document) -> Iterator[_Told]:
        """Passages that tell an event or make a claim."""
        article = document.article
        denying = {m.sentence for m in document.events if m.event_type in _SAYING}
        passages: dict[Span, _Told] = {}
        for mention in document.events:
            member = Member(article.id, mention.id)
            event = self._event_of.get(member)
            if event and mention.factuality in HELD_TRUE and mention.sentence not in denying:
                chain = next((a.chain for a in event.accounts if a.member == member), ())
                told = _Told(order, document, mention.sentence, event, mention.factuality, chain)
                passages.setdefault(mention.sentence, told)
        for claim in document.claims:
            sentence = document.sentence_at(claim.start)
            if sentence is None or claim.polarity is not Polarity.AFFIRMED or sentence.span in denying:
                continue
            chain = self._chains.across(document, claim.chain)
            told = _Told(order, document, sentence.span, None, Factuality.ALLEGED, chain)
            passages.setdefault(sentence.span, told)
        yield from passages.values()

    def _hold(self, told: _Told, printed: date, weeks: Iterable[int]) -> None:
        """Hold a passage against the denials of its weeks that have words of it."""
        words = self._archive.matter(told.document, told.span)
        listed = (self._index.get((word, week), ()) for week in weeks for word in words)
        shared = Counter(chain.from_iterable(listed))
        for number in [number for number, count in shared.items() if count >= _SHARED]:
            denial = self._denials[number]
            score = self._answers(denial, told, printed, words)
            article = told.document.article.id
            if score and (article not in denial.hits or score > denial.hits[article][0]):
                denial.hits[article] = (score, told)

    def _answers(self, denial: _Denial, told: _Told, printed: date, words: frozenset[str]) -> int:
        """How many words an account has of what a sentence denies; 0 where that is something else."""
        if told.document is denial.document or not 0 <= (denial.printed - printed).days <= _AFTER:
            return 0
        same = self._archive.parties.same
        if any(same(one, other) for link in told.chain[:1] for one in link for other in denial.speakers):
            return 0  # one's own word is not what one denies
        days = days_in(told.document, told.span)
        if denial.days and days and not denial.days & days:
            return 0
        shared = denial.words & words
        # The same people or places, or one word more: names are not always read the same.
        least = _SHARED if denial.names & _names(told.document, told.span) else _SHARED + 1
        enough = len(shared) >= least and things(shared) and 2 * len(shared) >= len(denial.words)
        if happenings(denial.words) and not happenings(shared):
            return 0
        return len(shared) if enough else 0


def _weeks(printed: date) -> range:
    """Weeks in which a passage of a day may be denied."""
    first = printed.toordinal()
    return range(first // _WEEK, (first + _AFTER) // _WEEK + 1)


def _names(document: Document, span: Span) -> frozenset[str]:
    """Folded names in a passage, whatever kind of thing they were taken for."""
    found = (m for m in document.mentions if m.form == "name" and m.span.overlaps(span))
    return frozenset(fold(m.span.of(document.text)) for m in found)
