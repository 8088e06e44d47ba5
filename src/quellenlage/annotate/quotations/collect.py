"""From units to quotations in the making: frames first, then what goes on without one, then quoted words within."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from quellenlage.annotate.quotations.attribution import attribute
from quellenlage.annotate.quotations.drafts import Draft, trimmed
from quellenlage.annotate.quotations.free import HOLD, Holder, following, goes_on, refers_back, report
from quellenlage.annotate.quotations.listed import Introduction, quoted_alone
from quellenlage.annotate.quotations.naming import named_within, told_within
from quellenlage.annotate.quotations.units import Reading, Unit
from quellenlage.model.layers import QuotationType
from quellenlage.model.spans import Span

_ANAPHORIC = frozenset({"demnach", "demzufolge", "danach"})


def collect(reading: Reading, text: str) -> list[Draft]:
    """All quotations of an article, in the order of their first word."""
    drafts: list[Draft] = []
    holder: Holder | None = None
    previous: Unit | None = None
    introduced = Introduction()
    for unit in reading.units:
        introduced.advance(unit)
        found = attribute(unit)
        backward = refers_back(unit)
        if backward is not None and previous is not None and previous.paragraph == unit.paragraph:
            span = trimmed(previous.words, 0, len(previous.words), stop=False)
            taken = span is not None and any(
                d.quote[0].start < span.end and d.quote[-1].end > span.start for d in drafts[-4:]
            )
            if span is not None and not taken:
                backward.quote = [span]
                found = [backward, *(d for d in found if d.type is not QuotationType.INDIRECT)]
        previous = unit
        if not found:
            item = introduced.item(unit)
            found = [item] if item is not None else _unframed(unit, holder, drafts, text)
        for draft in found:
            if draft.parent is None and draft.speaker and not draft.carried and not _anaphor(draft, text):
                holder = Holder(draft, unit.paragraph)
        if holder is not None and (found or unit.paragraph > holder.paragraph + HOLD):
            holder = Holder(holder.draft, unit.paragraph) if found else None
        drafts += found
    drafts += _within(drafts, reading, text)
    drafts += _inner(drafts, reading, text)
    drafts.sort(key=lambda d: (d.quote[0].start, -d.quote[-1].end))
    return drafts


def _anaphor(draft: Draft, text: str) -> bool:
    return len(draft.speaker) == 1 and draft.speaker[0].of(text).lower() in _ANAPHORIC


def _unframed(unit: Unit, holder: Holder | None, drafts: list[Draft], text: str) -> list[Draft]:
    if unit.headline:
        return []
    alone = _alone(unit, holder)
    if alone is not None:
        return [alone]
    told = report(unit)
    if told is not None:
        return [told]
    free = goes_on(unit, holder)
    if free is None:
        return []
    last = drafts[-1] if drafts else None
    if last is not None and last.type is free.type and last.carried and following(last.quote, free.quote[0], text):
        last.quote = [*last.quote[:-1], Span(last.quote[-1].start, free.quote[0].end)]
        return []
    return [free]


def _alone(unit: Unit, holder: Holder | None) -> Draft | None:
    """A sentence that is nothing but words in quotation marks: the last speaker goes on."""
    word = quoted_alone(unit)
    if word is None:
        return None
    draft = Draft(QuotationType.DIRECT, "speech", [Span(word.start, word.end)], paragraph=unit.paragraph)
    draft.carried = True
    draft.reasons = ["speaker-carried", "marks"]
    draft.score = 0.6
    if holder is not None:
        draft.speaker = list(holder.draft.speaker)
        draft.medium = holder.draft.medium
    return draft


def _within(drafts: list[Draft], reading: Reading, text: str) -> list[Draft]:
    """Words in quotation marks inside indirect speech are the speaker's very words: nested direct quotations."""
    out: list[Draft] = []
    units, starts = reading.units, [u.start for u in reading.units]
    taken = {(s.start, s.end) for d in drafts if d.type is QuotationType.DIRECT for s in d.quote}
    outer = sorted(
        (d for d in drafts if d.type is not QuotationType.DIRECT), key=lambda d: (d.quote[0].start, -d.quote[-1].end)
    )
    at = 0
    open_drafts: list[Draft] = []
    for mark in (m for m in reading.marks if m.depth == 0):
        while at < len(outer) and outer[at].quote[0].start <= mark.start:
            open_drafts.append(outer[at])
            at += 1
        open_drafts = [d for d in open_drafts if d.quote[-1].end > mark.start]
        if (mark.start, mark.end) in taken or not _worded(text[mark.start : mark.end]):
            continue
        host = None
        for draft in open_drafts:
            if any(s.start <= mark.start and mark.start < s.end for s in draft.quote):
                host = draft
        if host is None:
            continue
        nested = Draft(
            QuotationType.DIRECT, host.medium, [Span(mark.start, mark.end)], parent=host, paragraph=host.paragraph
        )
        nested.cue, nested.speaker, nested.frame = list(host.cue), list(host.speaker), list(host.frame)
        nested.addressee, nested.carried = list(host.addressee), host.carried
        nested.reasons = [*host.reasons, "marks"]
        nested.score = host.score - 0.1
        named_within(units[bisect_right(starts, mark.start) - 1], mark, nested, host)
        out.append(nested)
    return out


def _inner(drafts: list[Draft], reading: Reading, text: str) -> list[Draft]:
    """Words in inner quotation marks that a speaker reports as somebody's: nested direct quotations."""
    quoted = [
        (s.start, s.end, d) for d in drafts if d.type is QuotationType.DIRECT and d.parent is None for s in d.quote
    ]
    quoted.sort(key=lambda item: item[:2])
    starts = [start for start, _, _ in quoted]
    found: list[Draft] = []
    for mark in (m for m in reading.marks if m.depth == 1):
        at = bisect_left(starts, mark.start) - 1
        told = told_within(text, mark, quoted[at][2]) if at >= 0 and mark.end < quoted[at][1] else None
        if told is not None:
            found.append(told)
    return found


def _worded(quoted: str) -> bool:
    """Whether quoted words are a piece of speech rather than a name or title."""
    inner = quoted.strip("„“”\"«»‚‘’'‹› ")
    words = inner.split()
    if len(words) >= 4:
        return True
    lower = sum(w[:1].islower() for w in words)
    return bool(words) and (words[0][:1].islower() or lower >= 2) and len(words) >= 2
