"""Which article is a later version of which, and which is withdrawn: by address, headline, notes and people's word.

Precision before recall: an address alone makes no version where the texts have nothing in common, a headline alone none
without shared text or a note, and a note no pair without the headline that it names. People's word goes before all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from quellenlage.model import (
    Dct,
    Document,
    Judgement,
    Notice,
    Reuse,
    Revision,
    RevisionKind,
    Verdict,
    fold,
)
from quellenlage.model.recent import recent
from quellenlage.story.versions import Comparison, compare_versions, corrected_by_note, quoted, read_words

_ALIKE, _COPY = 0.3, 0.5
"""Share of the shorter text's three-word runs that the other has too: one text revised, and one repeated."""
_HEADLINE = 92.0
"""Likeness (0 to 100) of headlines that differ by a slip or an ending."""
_SHORT_HEADLINE = 12
"""Letters from which a headline says which article is meant."""
_DAYS, _NOTED_DAYS = 1, 14
"""Days between versions without a note, and with one. "Das Wetter morgen" is printed every day."""
_NARROW = 3
"""Days from which on a publication date is too vague to order versions by."""
_SELF = frozenset({"withdrawal", "headline-withdrawal"})
"""Rules by which an article withdraws itself where it names no other one."""
_OF_ITSELF = frozenset({"earlier-version", "earlier-version-edge", "article-corrected"})
"""Rules by which an article speaks of an earlier version of itself."""
_FORGOTTEN = "text-forgotten:"
_PREFIX = re.compile(
    r"^(?:[\W\d_]*(?:korrektur|berichtigung|berichtigt|richtigstellung|update|aktualisiert|neufassung|zusammenfassung"
    r"|corrected|correction|kill|storno|withdrawn|zurückgezogen|achtung)\W+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Version:
    """An article with what tells its versions: position in the archive, headline without prefixes, publisher."""

    position: int
    documents: Sequence[Document]
    id: str
    dct: Dct | None
    modified: date | None
    url: str
    noted: tuple[Notice, ...]
    headline: str
    outlet: str
    agencies: frozenset[str]

    @property
    def document(self) -> Document:
        """The article with its layers, read when it is asked for: an archive holds more than memory does."""
        return self.documents[self.position]

    @property
    def day(self) -> date | None:
        """Day of the last change as far as it is known."""
        dct = self.dct.latest if self.dct and self.dct.interval.days <= _NARROW else None
        noted = [n.day for n in self.noted if n.day]
        return max((d for d in (dct, self.modified, *noted) if d), default=None)

    def notices(self, *kinds: RevisionKind, alone: bool = False) -> list[Notice]:
        """Its notes of these kinds."""
        return [n for n in self.noted if n.kind in kinds and (n.alone or not alone)]


def find_revisions(
    documents: Sequence[Document], reuses: Sequence[Reuse], judgements: Sequence[Judgement]
) -> tuple[Revision, ...]:
    """All versions and withdrawals, in the order of capture of the article that tells of them."""
    versions = [_version(i, documents) for i in range(len(documents))]
    by_id = {v.id: v for v in versions}
    apart = {frozenset((j.subject, j.other)) for j in judgements if j.verdict is Verdict.DIFFER and j.other}
    stands = {j.subject for j in judgements if j.verdict is Verdict.CONFIRM}
    found: dict[tuple[str, str | None], Revision] = {}
    for revision in [*_by_people(judgements, by_id), *_by_text(versions, reuses)]:
        key = (revision.article, revision.earlier)
        pair = frozenset(one for one in key if one)
        by_hand = any(reason.startswith("judgement:") for reason in revision.reasons)
        if not by_hand and (pair in apart or _is_confirmed(revision, stands)):
            continue
        found.setdefault(key, revision)
    if len(found) > 1:
        _drop_cycles(found)
    paired = {one for article, earlier in found if earlier != article for one in (article,) if earlier}
    for revision in _alone(versions, paired):
        if not _is_confirmed(revision, stands):
            found.setdefault((revision.article, revision.earlier), revision)
    place = {v.id: v.position for v in versions}
    ordered = sorted(found.values(), key=lambda r: (place[r.article], place.get(r.earlier or "", -1)))
    return tuple(_compared(r, by_id) for r in ordered)


def _is_confirmed(revision: Revision, stands: set[str]) -> bool:
    return revision.kind is RevisionKind.WITHDRAWN and revision.earlier in stands


def _drop_cycles(found: dict[tuple[str, str | None], Revision]) -> None:
    """Leave out what would make an article a version of one that replaced it; what came first stays."""
    newer: dict[str, str] = {}
    for key, revision in list(found.items()):
        if revision.earlier is None or revision.earlier == revision.article:
            continue
        at: str | None = revision.article
        while at is not None and at != revision.earlier:
            at = newer.get(at)
        if at == revision.earlier:
            del found[key]
        else:
            newer.setdefault(revision.earlier, revision.article)


def _version(position: int, documents: Sequence[Document]) -> _Version:
    article = documents[position].article
    headline = article.headline.value if article.headline else ""
    return _Version(
        position,
        documents,
        article.id,
        article.dct,
        article.modified,
        article.url or "",
        article.notices,
        fold(_PREFIX.sub("", headline)),
        fold(article.outlet.value) if article.outlet else "",
        frozenset(fold(a.value) for a in article.agencies),
    )


def _by_people(judgements: Sequence[Judgement], by_id: dict[str, _Version]) -> Iterator[Revision]:
    for judgement in judgements:
        subject = by_id.get(judgement.subject)
        if judgement.verdict is Verdict.WITHDRAW and subject:
            yield Revision(
                subject.id,
                subject.id,
                RevisionKind.WITHDRAWN,
                day=_day_of(judgement),
                reasons=("judgement:withdraw",),
                note=judgement.note,
            )
        other = by_id.get(judgement.other or "")
        if judgement.verdict is Verdict.REVISES and subject and other:
            noted = subject.notices(RevisionKind.CORRECTED)
            kind = RevisionKind.CORRECTED if noted else RevisionKind.UPDATED
            made = _revision(subject, other, kind, noted, ("judgement:revises",))
            yield replace(made, note=judgement.note)


def _day_of(judgement: Judgement) -> date | None:
    try:
        return date.fromisoformat(judgement.made_at[:10])
    except ValueError:
        return None


def _by_text(versions: Sequence[_Version], reuses: Sequence[Reuse]) -> Iterator[Revision]:
    yield from _same_address(versions)
    by_id = {v.id: v for v in versions}
    listed: dict[tuple[str, str], list[_Version]] = {}
    for version in versions:
        for publisher in (version.outlet, *version.agencies) if len(version.headline) >= _SHORT_HEADLINE else ():
            if publisher:
                listed.setdefault((publisher, version.headline), []).append(version)
    pairs = {(a.id, b.id) for group in listed.values() for a, b in pairwise(sorted(group, key=_order))}
    pairs |= {(r.earlier, r.article) for r in reuses if r.kind != "revision"}
    for one, other in sorted(pairs, key=lambda p: (by_id[p[0]].position, by_id[p[1]].position)):
        if found := _same_headline(by_id[one], by_id[other]):
            yield found
    prints = _Prints(versions)
    yield from _earlier_versions(versions, prints, pairs)
    noting = [v for v in versions if any(n.about for n in v.noted)]
    for version in noting:
        yield from _named(version, prints)


def _same_address(versions: Sequence[_Version]) -> Iterator[Revision]:
    """Versions at one address: each with the one before it, if the texts have something in common."""
    by_url: dict[str, list[_Version]] = {}
    for version in versions:
        if url := _page(version.url):
            by_url.setdefault(url, []).append(version)
    for group in by_url.values():
        group.sort(key=_order)
        for older, newer in pairwise(group):
            same = bool(older.headline) and older.headline == newer.headline
            withdrawn = newer.notices(RevisionKind.WITHDRAWN)
            if same or withdrawn or _shared(older.document, newer.document) >= _ALIKE:
                yield from _pair(newer, older, ("same-url",))


def _page(url: str) -> str:
    """Address without fragment; empty for the front page of a site, which shows another text every day."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.netloc.lower()}{path}?{parts.query}" if path or parts.query else ""


def _order(version: _Version) -> tuple[date, bool, int]:
    noted = version.notices(RevisionKind.CORRECTED, RevisionKind.WITHDRAWN)
    return (version.day or date.min, bool(noted), version.position)


def _same_headline(one: _Version, other: _Version) -> Revision | None:
    """One outlet's text under one headline twice: at once or with a note; or an agency's correction of its own text."""
    older, newer = sorted((one, other), key=_order)
    if len(older.headline) < _SHORT_HEADLINE or _page(older.url) == (_page(newer.url) or "-"):
        return None
    if older.headline != newer.headline and fuzz.ratio(older.headline, newer.headline) < _HEADLINE:
        return None
    noted = _fresh(newer, older)
    published = bool(older.outlet) and older.outlet == newer.outlet
    if not published and not (noted and older.agencies & newer.agencies):
        return None
    if not _near(older, newer, _NOTED_DAYS if noted else _DAYS, known=not noted):
        return None
    if not noted and _shared(older.document, newer.document) < _COPY:
        return None
    return next(_pair(newer, older, ("same-headline", "same-outlet" if published else "same-agency")), None)


class _Prints:
    """Versions by outlet, by agency and by day, so that what a note may speak of is not sought in the whole archive."""

    def __init__(self, versions: Iterable[_Version]) -> None:
        self._listed: dict[tuple[str, str], dict[date | None, list[_Version]]] = {}
        for version in versions:
            for key in (("outlet", version.outlet), *(("agency", name) for name in version.agencies)):
                self._listed.setdefault(key, {}).setdefault(version.day, []).append(version)

    def before(self, note: _Version) -> list[_Version]:
        """Versions that may be of a note's publisher, from the days before it or of no known day, in order."""
        credits_ = (note.outlet, *note.agencies)
        keys = {*((kind, name) for name in credits_ for kind in ("outlet", "agency"))}
        found: dict[int, _Version] = {}
        for by_day in (self._listed.get(key, {}) for key in keys):
            for day in _days_before(note.day, by_day):
                found.update((version.position, version) for version in by_day.get(day, ()))
        return [found[position] for position in sorted(found)]


def _days_before(day: date | None, listed: Iterable[date | None]) -> Iterable[date | None]:
    """Days that are near before one, and none; all that are listed where it is not known."""
    if day is None:
        return listed
    first = max(day.toordinal() - _NOTED_DAYS, 1)
    return (None, *map(date.fromordinal, range(first, day.toordinal() + 1)))


def _earlier_versions(
    versions: Sequence[_Version], prints: _Prints, known: Collection[tuple[str, str]]
) -> Iterator[Revision]:
    """What speaks of an earlier version of itself, under another headline, against the outlet's texts before it."""
    for newer in versions:
        unnamed = [n for n in newer.notices(RevisionKind.CORRECTED) if n.about is None]
        if not newer.outlet or not unnamed:
            continue
        least = _ALIKE if any(n.rule in _OF_ITSELF for n in unnamed) else _COPY
        before = [
            (_shared(older.document, newer.document), -older.position, older)
            for older in prints.before(newer)
            if older.outlet == newer.outlet
            and older.id != newer.id
            and _order(older) < _order(newer)
            and (older.id, newer.id) not in known
            if older.headline != newer.headline and _near(older, newer, _NOTED_DAYS, known=True)
        ]
        shared, _, nearest = max(before, key=lambda one: one[:2], default=(0.0, 0, newer))
        if shared >= least:
            yield from _pair(newer, nearest, ("same-outlet", "speaks-of-earlier-version"))


def _named(note: _Version, prints: _Prints) -> Iterator[Revision]:
    """Articles of the same publisher that a note names by their headline."""
    for notice in note.noted:
        about = fold(notice.about.of(note.document.text)) if notice.about else ""
        if len(about) < _SHORT_HEADLINE or notice.kind is RevisionKind.UPDATED:
            continue
        for version in prints.before(note):
            if (
                version.id == note.id
                or not _related(note, version)
                or not _near(version, note, _NOTED_DAYS, known=False)
            ):
                continue
            if version.headline == about or fuzz.ratio(version.headline, about) >= _HEADLINE:
                reasons = (f"named:{about}", f"rule:{notice.rule}")
                yield _revision(note, version, notice.kind, [notice], reasons)


def _related(one: _Version, other: _Version) -> bool:
    """Whether the two come from one publisher: an outlet, or an agency that both credit or that is one's outlet."""
    if one.outlet and one.outlet == other.outlet:
        return True
    return bool({one.outlet, *one.agencies} & other.agencies) or other.outlet in one.agencies


def _near(older: _Version, newer: _Version, days: int, *, known: bool) -> bool:
    if older.day is None or newer.day is None:
        return not known
    return 0 <= (newer.day - older.day).days <= days


def _fresh(newer: _Version, older: _Version) -> list[Notice]:
    """Notes of the newer version that the older one has not yet."""
    before = {fold(n.span.of(older.document.text)) for n in older.noted}
    every = newer.notices(*RevisionKind)
    return [n for n in every if fold(n.span.of(newer.document.text)) not in before]


def _pair(newer: _Version, older: _Version, reasons: tuple[str, ...]) -> Iterator[Revision]:
    """The newer version of the two, with what its own notes make of the older; nothing where the texts are the same."""
    noted = _fresh(newer, older)
    if not noted and read_words(newer.document) == read_words(older.document):
        return
    kinds = [n.kind for n in noted] or [RevisionKind.UPDATED]
    kind = next(k for k in RevisionKind if k in kinds)
    shown = [n for n in noted if n.kind is kind]
    yield _revision(newer, older, kind, shown, (*reasons, *(f"rule:{n.rule}" for n in shown)))


def _revision(
    newer: _Version, older: _Version, kind: RevisionKind, noted: Sequence[Notice], reasons: tuple[str, ...]
) -> Revision:
    shared = _shared(older.document, newer.document)
    return Revision(
        article=newer.id,
        earlier=older.id,
        kind=kind,
        whole=kind is not RevisionKind.CORRECTED or shared >= _ALIKE or "judgement:revises" in reasons,
        day=newer.day,
        evidence=tuple(quoted(newer.document, n.span) for n in noted),
        reasons=tuple(dict.fromkeys((*reasons, f"shared:{round(100 * shared)}"))),
    )


def _alone(versions: Sequence[_Version], paired: Iterable[str]) -> Iterator[Revision]:
    """Articles that withdraw themselves, or tell of a correction of which the earlier version is not there."""
    known = set(paired)
    for version in versions:
        for notice in version.notices(RevisionKind.WITHDRAWN, RevisionKind.CORRECTED, alone=True)[:1]:
            if version.id in known:
                continue
            itself = notice.kind is RevisionKind.WITHDRAWN and notice.rule in _SELF and notice.about is None
            yield Revision(
                article=version.id,
                earlier=version.id if itself else None,
                kind=notice.kind,
                day=version.day,
                evidence=(quoted(version.document, notice.span),),
                reasons=(f"rule:{notice.rule}",),
            )


def _compared(revision: Revision, by_id: dict[str, _Version]) -> Revision:
    """The revision with what changed; of a text that was deleted or withdrawn there is nothing to compare."""
    if revision.earlier in {None, revision.article} or revision.kind is RevisionKind.WITHDRAWN:
        return revision
    newer, older = by_id[revision.article].document, by_id[revision.earlier or ""].document
    if any(w.startswith(_FORGOTTEN) for d in (newer, older) for w in d.article.warnings):
        return revision
    found = Comparison()
    if revision.whole:
        found = compare_versions(older, newer)
    else:
        spans = {(e.start, e.end) for e in revision.evidence}
        notices = [n for n in newer.article.notices if (n.start, n.end) in spans]
        found = next((c for n in notices if (c := corrected_by_note(older, newer, n)).changes), found)
    return replace(revision, changes=found.changes, dropped=found.dropped, added=found.added, altered=found.altered)


def _shared(one: Document, other: Document) -> float:
    """Share of the shorter report's three-word runs that the other has, too."""
    a, b = _runs(tuple(read_words(one))), _runs(tuple(read_words(other)))
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


@recent(256)
def _runs(sentences: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    words = " ".join(sentences).split()
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))
