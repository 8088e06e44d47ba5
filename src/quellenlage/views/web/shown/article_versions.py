"""Versions of an article beside each other: each changed sentence as a word diff, and what became of its claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from quellenlage.model import Document, Evidence, Revision, Span, TextChange, evidence, hull
from quellenlage.store import digest_as_received
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.web.shown.article_held import Held
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.corrections import revision_words, version_words
from quellenlage.views.wording.quoting import quoted

_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_PIECES = 900
"""Words of two sentences up to which they are compared word by word."""
_MOST = 200
"""Changes, or claims, of one revision that are shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both versions have (`same`), or one of them only; always a slice of it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence as one version has it and the other; empty runs where it has none."""

    kind: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    old_href: str
    new_href: str


@dataclass(frozen=True, slots=True)
class Fate:
    """A claim or event of one version and what became of it in the other."""

    kind: str
    what: str
    old: tuple[Run, ...]
    old_href: str
    new: tuple[Run, ...]
    new_href: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A revision that concerns the article: what it says of itself, the sentences and claims that differ."""

    told: str
    older: str
    older_href: str
    newer: str
    newer_href: str
    changes: tuple[Changed, ...]
    more: int
    fates: tuple[Fate, ...]
    comparable: bool


_WHY = {
    "number": _("another number"),
    "time": _("day: %(was)s → %(now)s"),
    "factuality": _("told as: %(was)s → %(now)s"),
    "polarity": _("stance: %(was)s → %(now)s"),
    "speaker": _("on somebody else's word"),
    "words": _("other words"),
}


def versions(held: Held, words: Words, say: Callable[[str], str]) -> list[Version]:
    """Every revision that the article makes or undergoes, with what it changes."""
    return [_version(one, held, words, say) for one in held.revisions]


def _version(revision: Revision, held: Held, words: Words, say: Callable[[str], str]) -> Version:
    documents = {held.id: held.document, **held.others}
    newer, older = documents.get(revision.article), documents.get(revision.earlier or "")
    paired = revision.earlier not in {None, revision.article}
    return Version(
        told=revision_words(revision, held.holdings, words),
        older=version_words(revision.earlier or "", held.holdings, words) if paired else "",
        older_href=page_of(revision.earlier or "") if paired else "",
        newer=version_words(revision.article, held.holdings, words),
        newer_href=page_of(revision.article),
        changes=tuple(_changed(change) for change in revision.changes[:_MOST]),
        more=max(0, len(revision.changes) - _MOST),
        fates=tuple(_fates(revision, older, newer, words, say))[:_MOST],
        comparable=paired and newer is not None and older is not None,
    )


def _changed(change: TextChange) -> Changed:
    old, new = change.old, change.new
    if old is None or new is None:
        return Changed(change.kind, _whole(old), _whole(new), _href(old), _href(new))
    before, after = diff(old.exact, new.exact)
    return Changed(change.kind, before, after, _href(old), _href(new))


def _whole(one: Evidence | None) -> tuple[Run, ...]:
    return _all(one.exact if one else "")


def _all(text: str) -> tuple[Run, ...]:
    return (Run("same", text),) if text else ()


def _href(one: Evidence | None) -> str:
    return sentence_of(one) if one else ""


def diff(was: str, now: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two sentences as runs that are the same in both and that are not; each side joined is that sentence again."""
    before, after = _PIECES.findall(was), _PIECES.findall(now)
    if len(before) + len(after) > _MOST_PIECES:
        return (Run("del", was),), (Run("ins", now),)
    one: list[Run] = []
    other: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = tag == "equal"
        if b > a:
            one.append(Run("same" if same else "del", "".join(before[a:b])))
        if d > c:
            other.append(Run("same" if same else "ins", "".join(after[c:d])))
    return tuple(one), tuple(other)


def _fates(
    revision: Revision, older: Document | None, newer: Document | None, words: Words, say: Callable[[str], str]
) -> Iterator[Fate]:
    """Altered ones first, then what is gone, then what is new."""
    old, new = _spans(older), _spans(newer)

    def fate(kind: str, was: str, now: str, why: Sequence[str] = ()) -> Fate:
        one, other = old.get(was, _MISSING), new.get(now, _MISSING)
        code = one[0] or other[0]
        what = "" if code == _CLAIM else words.code("event", code)
        before, after = diff(one[1], other[1]) if one[1] and other[1] else (_all(one[1]), _all(other[1]))
        return Fate(kind, what, before, one[2], after, other[2], tuple(why))

    for one in revision.altered:
        if one.old in old:
            yield fate("altered", one.old, one.new, _why(one.reasons, words, say))
    yield from (fate("dropped", key, "") for key in revision.dropped if key in old)
    yield from (fate("added", "", key) for key in revision.added if key in new)


_CLAIM = "claim"
_MISSING = ("", "", "")


def _spans(document: Document | None) -> dict[str, tuple[str, str, str]]:
    """By key of a claim or event: what it is, its words, the address at which the article opens there."""
    if document is None:
        return {}
    article, digest = document.article.id, digest_as_received(document)

    def told(what: str, span: Span) -> tuple[str, str, str]:
        one = evidence(article, document.text, span, digest=digest)
        return what, quoted(one, 240).exact, sentence_of(one)

    found = {claim.key(article): told(_CLAIM, hull(claim.spans)) for claim in document.claims}
    found |= {event.key(article): told(event.event_type, event.sentence) for event in document.events}
    return found


def _why(reasons: Sequence[str], words: Words, say: Callable[[str], str]) -> list[str]:
    told = []
    for reason in reasons:
        code, _colon, detail = reason.partition(":")
        was, _arrow, now = detail.partition(">")
        if code in {"factuality", "polarity"}:
            was, now = words.code(code, was), words.code(code, now)
        if code in _WHY:
            told.append(say(_WHY[code]) % {"was": was or "–", "now": now or "–"})
        else:
            told.append(reason)
    return told
