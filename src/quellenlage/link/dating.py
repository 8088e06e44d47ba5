"""What the archive's other articles tell about the date of an article: they report the same happening as news.

It only reads what does not depend on a date (people, kinds of events, text) and the days that each article allows
alone, so that the result is the same whichever article was dated first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from quellenlage.model import DateInterval, Document, EntityKind, Factuality, Reuse, fold, text_digest

ALONE = "alone:"
"""Prefix of the reason that keeps the days an article allows without the others."""

EVENT_REACH = 6
"""Days between two articles that tell one happening in their opening sentences."""
REPRINT_REACH = 7
"""Days between a text and its reprint; assumed, not measured."""

_OPENING = 12
"""So many sentences are an article's opening."""
_COMMON = 4
"""People whom two articles name, and the share of the shorter list that they are, to count as on one happening."""
_SHARE = 0.5
_WIDEST = 62
"""An article without a date of its own is dated by others only if these allow at most so many days."""
_MOST = 3
JUDGED = "judgement"
"""How a date came about that a person set; it goes before the other articles' dates."""
_FIXED = frozenset({JUDGED, "given"})
_COPY = 0.5


@dataclass(frozen=True, slots=True)
class _Telling:
    """An article with the days it allows alone, whether these are settled or even judged by a person, whom it names,
    and what its opening tells; `recorded` is the signature of what it was dated by."""

    article: str
    alone: DateInterval | None
    fixed: bool
    judged: bool
    people: frozenset[str]
    told: Mapping[tuple[str, str, str], str]
    recorded: str

    @property
    def open(self) -> bool:
        """Whether others may tell its day."""
        return not self.fixed and (self.alone is None or self.alone.days > 1)


def alone_of(document: Document) -> DateInterval | None:
    """The days that the article allows without the archive's others."""
    dct = document.article.dct
    if dct is None:
        return None
    kept = next((reason for reason in dct.reasons if reason.startswith(ALONE)), None)
    if kept is None:
        return dct.interval
    value = kept.removeprefix(ALONE).split(" ")[0]
    return DateInterval.parse(value) if value != "-" else None


def find_anchors(documents: Sequence[Document], copies: Sequence[Reuse]) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each article that is not dated to the day, the days that others allow (ISO interval) and why.

    `copies` tell what these documents take from each other (`reuse.find_reuse`).
    Days that a person set come first, then the fewest: where two exclude each other, the later one is left out.
    """
    return _anchors([_telling(document) for document in documents], copies)


def _anchors(tellings: Sequence[_Telling], copies: Sequence[Reuse]) -> dict[str, tuple[tuple[str, str], ...]]:
    open_ones = {t.article for t in tellings if t.open}
    if not open_ones:
        return {}
    by_id = {t.article: t for t in tellings}
    found: dict[str, list[tuple[bool, int, str, str]]] = {}
    for first, second, reach, why in _pairs(copies, tellings):
        for one, other in ((first, second), (second, first)):
            source, target = by_id[one], by_id[other]
            if source.alone is None or other not in open_ones:
                continue
            days = source.alone.widened(reach)
            if _narrows(days, target.alone):
                reason = f"archive:{one} {why}"
                found.setdefault(other, []).append((not source.judged, days.days, days_value(days), reason))
    return {
        article: tuple((value, reason) for *_, value, reason in sorted(listed)[:_MOST])
        for article, listed in found.items()
    }


def changed_anchors(documents: Sequence[Document], copies: Sequence[Reuse]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Like `find_anchors`, for the articles alone that were analysed with others; nothing for those to be freed.

    They are in the order of the documents.
    """
    tellings = [_telling(document) for document in documents]
    found = _anchors(tellings, copies)
    return {t.article: told for t in tellings if signature(told := found.get(t.article, ())) != t.recorded}


def signature(anchors: tuple[tuple[str, str], ...]) -> str:
    """Short digest of anchors, kept with the date; empty for none."""
    return text_digest(repr(anchors))[:12] if anchors else ""


def _recorded(document: Document) -> str:
    dct = document.article.dct
    kept = [r for r in dct.reasons if r.startswith(ALONE)] if dct else []
    return kept[0].rpartition(" ")[2] if kept else ""


def days_value(days: DateInterval) -> str:
    """The interval as two ISO days."""
    return f"{days.earliest.isoformat()}/{days.latest.isoformat()}"


def _narrows(days: DateInterval, alone: DateInterval | None) -> bool:
    if alone is None:
        return days.days <= _WIDEST
    return days.intersection(alone) != alone


def _telling(document: Document) -> _Telling:
    names = {e.id: _surname(e.name) for e in document.entities if e.kind is EntityKind.PER}
    opening = document.sentences[:_OPENING]
    end = opening[-1].span.end if opening else 0
    told: dict[tuple[str, str, str], str] = {}
    for event in document.events:
        if event.factuality is not Factuality.HAPPENED or event.trigger.start >= end:
            continue
        people = sorted({names[p] for p in (*event.actors, *event.recipients) if p in names})
        for one, other in combinations(people, 2):
            told.setdefault((event.event_type, one, other), f"{event.event_type} {one} {other}")
    dct = document.article.dct
    fixed = dct is not None and dct.method in _FIXED
    judged = dct is not None and dct.method == JUDGED
    named = frozenset(names.values())
    return _Telling(document.article.id, alone_of(document), fixed, judged, named, told, _recorded(document))


def _surname(name: str) -> str:
    return fold(name).split()[-1] if fold(name).split() else ""


def _pairs(copies: Sequence[Reuse], tellings: Sequence[_Telling]) -> Iterator[tuple[str, str, int, str]]:
    index: dict[tuple[str, str, str], list[_Telling]] = {}
    for telling in tellings:
        for key in telling.told:
            index.setdefault(key, []).append(telling)
    seen: set[tuple[str, str]] = set()
    for key, listed in index.items():
        for one, other in _with_open(listed):
            pair = (one.article, other.article)
            if pair not in seen and _on_one(one.people, other.people):
                seen.add(pair)
                yield *pair, EVENT_REACH, one.told[key]
    for reuse in copies:
        if reuse.similarity >= _COPY and (reuse.earlier, reuse.article) not in seen:
            yield reuse.earlier, reuse.article, REPRINT_REACH, f"{reuse.kind} {reuse.similarity:.2f}"


def _with_open(listed: Sequence[_Telling]) -> Iterator[tuple[_Telling, _Telling]]:
    """Pairs of articles one of which at least is not dated to the day: of two others neither says anything new."""
    undated = [at for at, one in enumerate(listed) if one.open]
    for at, one in enumerate(listed) if undated else ():
        later = range(at + 1, len(listed)) if one.open else undated[bisect_right(undated, at) :]
        yield from ((one, listed[other]) for other in later)


def _on_one(first: frozenset[str], second: frozenset[str]) -> bool:
    common = len(first & second)
    return common >= _COMMON and common >= _SHARE * min(len(first), len(second))
