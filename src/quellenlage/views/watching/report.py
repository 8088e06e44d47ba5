"""What a watch reports: changes since the last report, each as a line with its citations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from quellenlage.execution.watching.round import Round, Trouble
from quellenlage.execution.watching.state import Taken
from quellenlage.model import Account, Archive, Event, Evidence, Factuality, Revision, content_id, in_force
from quellenlage.story.changes import Change, find_changes
from quellenlage.story.corroboration import corroborate
from quellenlage.views.cli.changed import change_record
from quellenlage.views.holdings import Citation, Holdings, read_news
from quellenlage.views.locale import Words
from quellenlage.views.records import Record
from quellenlage.views.shelves import holdings_of_articles
from quellenlage.views.wording.corrections import change_words, revision_words
from quellenlage.views.wording.lines import citation_words, conflict_words, event_date, event_mark, event_title
from quellenlage.views.wording.numbers import range_words
from quellenlage.views.wording.quoting import in_marks, quoted
from quellenlage.views.wording.told import entry_line

MOST = 400
"""Articles at most whose news are told one by one; of more, how many they are."""
CHANGES_TOLD = 6
"""Changes of the text of one article that are told."""
TITLES = {
    "conflict": "changes.conflict",
    "denial": "changes.denial",
    "confirmed": "watch.confirmed",
    "number": "changes.number",
    "correction": "changes.correction",
    "settled": "changes.settled",
    "event": "changes.event",
    "account": "changes.account",
}
"""Kinds of changes in the order of a report, the weightiest first, with their headings."""
TROUBLES = {
    "failing": "watch.feed_failing",
    "gone": "watch.feed_gone",
    "reserved": "watch.feed_reserved",
    "unreadable": "watch.feed_unreadable",
}
"""What is said of feeds that cannot be looked at."""
_FIRM = frozenset({Factuality.HAPPENED, Factuality.ONGOING})


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it is cited: outlet and day, headline, address; `quote` are its words on the matter."""

    label: str
    headline: str
    url: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One change: its line, what else is to say of it, and where that stands.

    It rests on `articles`, and of some words are `quoted`.
    """

    kind: str
    line: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    record: Record
    articles: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that is new since the last report; `told` is None where it is too much to be told one by one."""

    id: str
    at: str
    since: str
    added: int
    revised: int
    told: tuple[Told, ...] | None
    unread: int = 0
    troubles: tuple[Trouble, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.added or self.revised or self.told or self.troubles)


@dataclass(frozen=True, slots=True)
class News:
    """What changed in an archive since the last report, before it is put into words."""

    at: str
    since: str
    taken: tuple[Taken, ...]
    holdings: Holdings | None
    revisions: tuple[Revision, ...]
    changes: tuple[tuple[str, Change], ...]
    unread: int
    troubles: tuple[Trouble, ...]


def news_of(archive: Archive, taken: Sequence[Taken], since: str, done: Round) -> News:
    """What captures that were taken, and decisions made since a time, changed."""
    new = frozenset(archive.articles_of([one.capture for one in taken]))
    unread = len(taken) - len(new)
    bare = News(done.at, since, tuple(taken), None, (), (), unread, tuple(done.troubles))
    decided = [one for one in in_force(archive.judgements()) if since and one.made_at >= since]
    if len(new) > MOST or not (new or decided):
        return bare
    holdings = read_news(archive, new, {one.subject for one in decided})
    found = find_changes(holdings.linked, new, decided)
    revisions = holdings_of_articles(archive, new).linked.revisions
    # Versions that share too little text to count as one text revised are revisions nevertheless, by their address.
    corrected = {change.other for change in found if change.kind == "correction"}
    versions = dict.fromkeys(r.article for r in revisions if r.article in new and r.article not in corrected)
    found += [Change("correction", None, other=article) for article in versions]
    listed = [(_kind(change, holdings, new), change) for change in found]
    order = list(TITLES)
    listed.sort(key=lambda pair: order.index(pair[0]))
    return replace(bare, holdings=holdings, revisions=revisions, changes=tuple(listed))


def report_of(news: News, words: Words) -> Report:
    """The news in words."""
    told = None
    holdings = news.holdings
    if holdings is not None:
        told = tuple(_told(kind, change, holdings, news.revisions, words) for kind, change in news.changes)
    elif len(news.taken) <= MOST:
        told = ()
    revised = sum(one.revision for one in news.taken)
    identifier = content_id("rep", news.at, *(one.capture for one in news.taken))
    added = len(news.taken) - revised
    return Report(identifier, news.at, news.since, added, revised, told, news.unread, news.troubles)


def _kind(change: Change, holdings: Holdings, new: Collection[str]) -> str:
    """A new account that bears an event out on the word of somebody else confirms it."""
    if change.kind == "account" and change.event and confirms(holdings.events[change.event], change.accounts, new):
        return "confirmed"
    return change.kind


def confirms(event: Event, accounts: Sequence[Account], new: Collection[str]) -> bool:
    """Whether new accounts tell it as something that happened, on the word of an informant that it did not have."""
    firm = any(a.factuality in _FIRM and a.revised is None for a in accounts)
    before = corroborate([a for a in event.accounts if a.member.article not in new and a.revised is None])
    after = corroborate([a for a in event.accounts if a.revised is None])
    return firm and bool(before.informants) and not set(after.informants) <= set(before.informants)


def _told(kind: str, change: Change, holdings: Holdings, revisions: Sequence[Revision], words: Words) -> Told:
    record: Record = {**change_record(change, holdings), "kind": kind}
    if change.event is None:
        revision = next((r for r in revisions if r.article == change.other), None)
        notes = _revised(revision, holdings, words) if revision else ()
        source = _source(holdings.cite(change.other), words)
        line = f"{source.label}: {source.headline}" if source.headline else source.label
        # A version that was withdrawn, or whose earlier one is not here, rests on itself alone.
        versions = (change.other, revision.earlier if revision else None)
        rests = tuple(one for one in versions if one)
        return Told(kind, line, notes, (source,), {**record, "line": line}, rests, rests)
    event = holdings.events[change.event]
    entry = next((one for one in holdings.linked.chronicle if one.event == event.id), None)
    said = (entry_line(entry, holdings, words, dated=False) if entry else None) or event_title(event, holdings, words)
    mark = event_mark(event, words)
    line = f"{event_date(event, holdings, words)} · {said}" + (f" [{mark}]" if mark else "")
    conflict = next((one for one in holdings.linked.conflicts if one.id == change.other), None)
    notes = _notes(change, words) + ((conflict_words(conflict, holdings, words),) if conflict else ())
    evidence = [side.evidence for side in conflict.sides] if conflict else [a.evidence for a in change.accounts]
    if not evidence:
        evidence = [a.evidence for a in event.accounts[:1]]
    sources = tuple(_quoting(one, holdings, words) for one in evidence)
    cited = dict.fromkeys(one.article for one in evidence)
    rests = tuple(dict.fromkeys((*cited, *(a.member.article for a in event.accounts))))
    return Told(kind, line, notes, tuple(dict.fromkeys(sources)), {**record, "line": line}, rests, tuple(cited))


def _notes(change: Change, words: Words) -> tuple[str, ...]:
    if change.before is None or change.after is None:
        return ()
    before, after = (range_words(*r, change.unit, words) for r in (change.before, change.after))
    return (words("changes.from_to", before=before, after=after),)


def _revised(revision: Revision, holdings: Holdings, words: Words) -> tuple[str, ...]:
    changes = [change_words(change, words) for change in revision.changes[:CHANGES_TOLD]]
    if len(revision.changes) > CHANGES_TOLD:
        changes.append(words.count("corrections.more", len(revision.changes) - CHANGES_TOLD))
    return (revision_words(revision, holdings, words), *changes)


def _quoting(evidence: Evidence, holdings: Holdings, words: Words) -> Source:
    around = holdings.sentences.get((evidence.article, evidence.start)) or evidence
    return _source(holdings.cite(evidence.article), words, in_marks(quoted(around), words))


def _source(citation: Citation, words: Words, quote: str = "") -> Source:
    return Source(citation_words(citation, words), citation.headline or "", citation.url or "", quote)
