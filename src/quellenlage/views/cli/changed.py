"""What changed since a day, and what is still open, as lines and records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from quellenlage.model import Archive, Judgement
from quellenlage.story.changes import Change, ChangeKind, find_changes
from quellenlage.story.gaps import Gap, find_gaps
from quellenlage.views.cli import output
from quellenlage.views.cli.lines import INDENT, heading, quotation_lines
from quellenlage.views.cli.settings import Settings
from quellenlage.views.cli.story import story_title
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.records import Record, account_record, citation_record
from quellenlage.views.wording.dates import day_words, span_words
from quellenlage.views.wording.lines import citation_words, conflict_words
from quellenlage.views.wording.numbers import range_words
from quellenlage.views.wording.told import entry_line

_TITLES: Mapping[ChangeKind, str] = {
    "event": "changes.event",
    "account": "changes.account",
    "number": "changes.number",
    "conflict": "changes.conflict",
    "settled": "changes.settled",
    "denial": "changes.denial",
    "correction": "changes.correction",
}


def new_articles(archive: Archive, since: date, *, published: bool) -> frozenset[str]:
    """Articles captured on that day (UTC) or later; with `published` those that cannot have been published before."""
    return archive.published_since(since) if published else archive.captured_since(since.isoformat())


def made_since(log: Iterable[Judgement], since: date) -> list[Judgement]:
    """Decisions of that day (UTC) or later."""
    return [judgement for judgement in log if judgement.made_at[:10] >= since.isoformat()]


def print_changes(
    holdings: Holdings,
    settings: Settings,
    new: Collection[str],
    judgements: Sequence[Judgement],
    taken: Collection[str],
) -> None:
    """Print what new articles and decisions changed about the chosen events (`taken`); corrections always."""
    words = settings.words
    found = [c for c in find_changes(holdings.linked, new, judgements) if c.event is None or c.event in taken]
    if settings.json:
        output.json_lines(change_record(change, holdings) for change in found)
        return
    if not found:
        output.notice(words("changes.none"), settings)
    kind = None
    for change in found:
        if change.kind != kind:
            output.line(output.bold(words(_TITLES[change.kind])))
        kind = change.kind
        for text in _change_lines(change, holdings, words):
            output.line(INDENT + text)


def _change_lines(change: Change, holdings: Holdings, words: Words) -> Iterator[str]:
    if change.event is None:
        yield output.plain(citation_words(holdings.cite(change.other), words))
        return
    event = holdings.events[change.event]
    entry = next((e for e in holdings.linked.chronicle if e.event == change.event), None)
    line = entry_line(entry, holdings, words, dated=False) if entry else None
    yield heading(event, holdings, words, line=line)
    if change.before and change.after:
        before, after = (range_words(*r, change.unit, words) for r in (change.before, change.after))
        yield INDENT + output.plain(words("changes.from_to", before=before, after=after))
    for conflict in holdings.linked.conflicts:
        if change.kind in {"conflict", "settled"} and conflict.id == change.other:
            yield INDENT + output.plain(conflict_words(conflict, holdings, words))
    for account in change.accounts:
        yield from quotation_lines(account.evidence, holdings, words)


def change_record(change: Change, holdings: Holdings) -> Record:
    """A change with its accounts, for programs."""
    corrected = change.kind == "correction" and change.event is None
    return {
        "record": "change",
        "kind": change.kind,
        "event": change.event,
        "accounts": [account_record(account, holdings) for account in change.accounts],
        "unit": change.unit or None,
        "before": list(change.before) if change.before else None,
        "after": list(change.after) if change.after else None,
        "conflict": change.other if change.kind in {"conflict", "settled"} else None,
        "article": citation_record(holdings.cite(change.other)) if corrected else None,
    }


def print_gaps(holdings: Holdings, settings: Settings, taken: Collection[str], stories: Collection[str] | None) -> None:
    """Print what is open: announced for a day that is past and not reported since, and long silence in a story."""
    words = settings.words
    published = {
        c.article: (c.published.earliest, c.published.latest) for c in holdings.citations.values() if c.published
    }
    found = [
        gap
        for gap in find_gaps(holdings.linked, published)
        if (gap.event is None or gap.event in taken) and (stories is None or gap.story in stories)
    ]
    if settings.json:
        output.json_lines(_gap_record(gap) for gap in found)
        return
    if not found:
        output.notice(words("gaps.none"), settings)
    for gap in found:
        for text in _gap_lines(gap, holdings, words):
            output.line(text)


def _gap_lines(gap: Gap, holdings: Holdings, words: Words) -> Iterator[str]:
    if gap.event is None:
        days = span_words((gap.until - gap.since).days, words)
        first, last = day_words(gap.since, words), day_words(gap.until, words)
        title = output.bold(story_title(gap.story, holdings))
        yield f"{title} · {output.plain(words('gaps.silence', days=days, first=first, last=last))}"
        return
    entry = next(e for e in holdings.linked.chronicle if e.event == gap.event)
    line = entry_line(entry, holdings, words, dated=False)
    yield heading(holdings.events[gap.event], holdings, words, line=line)
    yield INDENT + output.warn(words("gaps.announced", day=day_words(gap.until, words)))
    yield from quotation_lines(entry.evidence, holdings, words)


def _gap_record(gap: Gap) -> Record:
    return {
        "record": "gap",
        "kind": gap.kind,
        "story": gap.story,
        "event": gap.event,
        "since": gap.since.isoformat(),
        "until": gap.until.isoformat(),
    }
