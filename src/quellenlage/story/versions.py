"""Two versions of an article side by side: which sentences, claims and events one has and the other has not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from quellenlage.model import (
    AUTHOR,
    Claim,
    Document,
    EventMention,
    Evidence,
    Notice,
    Revised,
    Sentence,
    Span,
    TextChange,
    evidence,
    fold,
)

_SAME_SENTENCE = 60.0
"""Likeness (0 to 100) from which two sentences at one place are one that was changed, rather than another one."""
_SAME_CLAIM = 50.0
_MOST = 600
"""Sentences of an article that are compared."""
_MOST_WORDS = 8
_MOST_PLACES = 2
"""Sentences in which the words that a note corrects may stand: in more, it is not known which is meant."""
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs: sentences with their places in both versions, and keys of claims and events."""

    changes: tuple[TextChange, ...] = ()
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    altered: tuple[Revised, ...] = ()


def read_words(document: Document) -> list[str]:
    """Folded sentences of the report, in order."""
    return [fold(s.span.of(document.text)) for s in _sentences(document)]


def _sentences(document: Document) -> list[Sentence]:
    return [s for _, s in zip(range(_MOST), document.read_sentences(), strict=False)]


def compare_versions(old: Document, new: Document) -> Comparison:
    """Compare two versions of an article sentence by sentence; a sentence that only moved is no change."""
    befores, afters = _sentences(old), _sentences(new)
    partner, changed = _partners(old, new, befores, afters)
    changes = []
    for i, before in enumerate(befores):
        if i not in partner:
            changes.append(TextChange(quoted(old, before.span), None))
        elif i in changed:
            after = afters[partner[i]]
            was, now = _differing(before.span.of(old.text), after.span.of(new.text))
            changes.append(TextChange(quoted(old, before.span), quoted(new, after.span), was, now))
    met = set(partner.values())
    changes += [TextChange(None, quoted(new, s.span)) for j, s in enumerate(afters) if j not in met]
    places = {befores[i].start: (afters[j].start, i in changed) for i, j in partner.items()}
    items = _Items(old, new, places)
    items.match_events()
    items.match_claims()
    return Comparison(tuple(changes), *items.result())


def _partners(
    old: Document, new: Document, befores: Sequence[Sentence], afters: Sequence[Sentence]
) -> tuple[dict[int, int], set[int]]:
    """For sentences of the old version their place in the new one, and which of them were changed."""
    keys = [fold(s.span.of(old.text)) for s in befores], [fold(s.span.of(new.text)) for s in afters]
    partner: dict[int, int] = {}
    blocks = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for tag, a, b, c, d in blocks:
        if tag == "equal":
            partner.update(zip(range(a, b), range(c, d), strict=True))
    taken = set(partner.values())
    where: dict[str, list[int]] = {}
    for j, key in enumerate(keys[1]):
        if j not in taken:
            where.setdefault(key, []).append(j)
    for i, key in enumerate(keys[0]):
        if i not in partner and where.get(key):
            partner[i] = where[key].pop(0)
    taken = set(partner.values())
    changed: set[int] = set()
    for tag, a, b, c, d in blocks:
        for i in range(a, b) if tag == "replace" else ():
            left = [j for j in range(c, d) if j not in taken] if i not in partner else []
            score, best = max(((fuzz.ratio(keys[0][i], keys[1][j]), -j) for j in left), default=(0.0, 0))
            if score >= _SAME_SENTENCE:
                partner[i] = -best
                taken.add(-best)
                changed.add(i)
    return partner, changed


def _differing(was: str, now: str) -> tuple[str, str]:
    """Words of either sentence that the other has not; empty where they are too many to be told in a line."""
    before, after = was.split(), now.split()
    blocks = [
        (before[a:b], after[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    if sum(len(a) + len(b) for a, b in blocks) > 2 * _MOST_WORDS:
        return "", ""
    one, other = (" … ".join(" ".join(block[side]) for block in blocks if block[side]) for side in (0, 1))
    return one.strip(".,;:"), other.strip(".,;:")


def corrected_by_note(old: Document, note: Document, notice: Notice) -> Comparison:
    """What a mere note changes: the sentences with the words that it calls wrong, where these are few enough."""
    if notice.wrong is None or notice.right is None:
        return Comparison()
    wrong, right = notice.wrong.of(note.text), notice.right.of(note.text)
    pattern = re.compile(rf"(?<![\w.,]){re.escape(wrong)}(?![\w]|[.,]\d)")
    found = [s for s in _sentences(old) if pattern.search(s.span.of(old.text))]
    if not 1 <= len(found) <= _MOST_PLACES:
        return Comparison()
    words = quoted(note, notice.span)
    reason = f"words:{fold(wrong)}>{fold(right)}"
    article = old.article.id
    keys = [e.key(article) for s in found for e in old.events if e.sentence.overlaps(s.span)]
    keys += [c.key(article) for s in found for c in old.claims if s.start <= c.start < s.end]
    return Comparison(
        changes=tuple(TextChange(quoted(old, s.span), words, wrong, right) for s in found),
        altered=tuple(Revised(key, "", (reason,)) for key in dict.fromkeys(keys)),
    )


def quoted(document: Document, span: Span) -> Evidence:
    """Words of an article as evidence."""
    return evidence(document.article.id, document.text, span, digest=document.article.text_sha256)


class _Items:
    """Claims and events of two versions, matched through the sentences they stand in."""

    def __init__(self, old: Document, new: Document, places: dict[int, tuple[int, bool]]) -> None:
        self._old, self._new, self._places = old, new, places
        self._dropped: list[str] = []
        self._altered: list[Revised] = []
        self._met: set[str] = set()
        self._added: list[str] = []

    def result(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Revised, ...]]:
        """Keys that are dropped, keys that are added, and what is told otherwise."""
        return tuple(self._dropped), tuple(self._added), tuple(self._altered)

    def _sentence(self, document: Document, at: int) -> int | None:
        found = document.sentence_at(at)
        return found.start if found else None

    def _place(self, at: int) -> tuple[int | None, bool]:
        """Beginning of the sentence of the new version that stands for this place, and whether it was changed."""
        return self._places.get(self._sentence(self._old, at) or 0, (None, False))

    def match_events(self) -> None:
        """Compare events: the same kind of event in the sentence that stands for theirs."""
        old, new = self._old, self._new
        for event in old.events:
            place, changed = self._place(event.trigger.start)
            here = [e for e in new.events if self._sentence(new, e.trigger.start) == place is not None]
            here = [e for e in here if e.event_type == event.event_type and e.key(new.article.id) not in self._met]
            words = fold(event.trigger.of(old.text))
            best = max(here, key=lambda e: fuzz.ratio(words, fold(e.trigger.of(new.text))), default=None)
            reasons = list(self._event_reasons(event, best)) if best and changed else []
            self._settle(event.key(old.article.id), best.key(new.article.id) if best else None, place, changed, reasons)
        self._added += [
            k for e in new.events if (k := e.key(new.article.id)) not in self._met and self._is_new(e.sentence.start)
        ]

    def match_claims(self) -> None:
        """Compare claims by their words."""
        old, new = self._old, self._new
        for claim in old.claims:
            place, changed = self._place(claim.start)
            words = fold(_words(old, claim))
            here = [
                (fuzz.ratio(words, fold(_words(new, c))), -c.start, c)
                for c in new.claims
                if self._sentence(new, c.start) == place is not None and c.key(new.article.id) not in self._met
            ]
            best = max(here, key=lambda h: h[:2], default=None)
            other = best[2] if best and best[0] >= _SAME_CLAIM else None
            reasons = list(self._claim_reasons(claim, other)) if other and changed else []
            self._settle(
                claim.key(old.article.id), other.key(new.article.id) if other else None, place, changed, reasons
            )
        self._added += [
            k for c in new.claims if (k := c.key(new.article.id)) not in self._met and self._is_new(c.start)
        ]

    def _is_new(self, at: int) -> bool:
        """Whether the sentence of the new version stands in the old one in other words or not at all."""
        start = self._sentence(self._new, at)
        return all(place != start or changed for place, changed in self._places.values())

    def _settle(self, key: str, other: str | None, place: int | None, changed: bool, reasons: Sequence[str]) -> None:
        if other is not None:
            self._met.add(other)
            if reasons:
                self._altered.append(Revised(key, other, tuple(reasons)))
        elif place is None or changed:
            self._dropped.append(key)

    def _event_reasons(self, event: EventMention, other: EventMention) -> Iterator[str]:
        if event.quantities and other.quantities:
            was = {(q.low, q.high) for q in event.quantities}
            now = {(q.low, q.high) for q in other.quantities}
            if was != now:
                told = [" ".join(q.span.of(d.text) for q in e.quantities) for d, e in self._both(event, other)]
                yield f"number:{fold(told[0])}>{fold(told[1])}"
        if event.time != other.time and event.time and other.time:
            yield f"time:{event.time}>{other.time}"
        if event.factuality is not other.factuality:
            yield f"factuality:{event.factuality}>{other.factuality}"
        chains = [_chain(d, "" if e.word_of == AUTHOR else e.word_of) for d, e in self._both(event, other)]
        if chains[0] != chains[1]:
            yield f"speaker:{chains[0]}>{chains[1]}"

    def _both(self, event: EventMention, other: EventMention) -> tuple[tuple[Document, EventMention], ...]:
        return (self._old, event), (self._new, other)

    def _claim_reasons(self, claim: Claim, other: Claim) -> Iterator[str]:
        was, now = _words(self._old, claim), _words(self._new, other)
        numbers = " ".join(_NUMBER.findall(was)), " ".join(_NUMBER.findall(now))
        if numbers[0] != numbers[1]:
            yield f"number:{numbers[0]}>{numbers[1]}"
        if claim.polarity is not other.polarity:
            yield f"polarity:{claim.polarity}>{other.polarity}"
        chains = _chain(self._old, claim.id), _chain(self._new, other.id)
        if chains[0] != chains[1]:
            yield f"speaker:{chains[0]}>{chains[1]}"


def _words(document: Document, claim: Claim) -> str:
    return " ".join(span.of(document.text) for span in claim.spans)


def _chain(document: Document, claim: str) -> str:
    """Folded names along the chain of a claim."""
    links = document.claim(claim).chain if claim else ()
    return "/".join("+".join(fold(document.entity(e).name) for e in link) for link in links)
