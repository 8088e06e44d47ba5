"""What is kept of an article whose text is deleted: its citations in their places, blank where nothing is cited.

The offsets of every layer stay right, so that the article goes on being linked with others. Kept are the
words of its evidence (without the context around them), names, offices, time expressions and the
headline; lemmas and sentences of the rest go. The digest of the text as received is kept in the
article's warning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate
from typing import TypeVar, cast

from quellenlage.model import Document, Evidence, Quotation, Span, Token, text_digest

FORGOTTEN = "text-forgotten:"
"""Warning of an article of which only citations are left; after it the SHA-256 of the text as received."""

_GAP = re.compile(r"\s{2,}")
"""Where something was blanked there are several spaces, or the text has a paragraph of its own."""

T = TypeVar("T")


def digest_as_received(document: Document) -> str:
    """SHA-256 of the text that evidence of this article names, also when the text was deleted since."""
    for warning in document.article.warnings:
        if warning.startswith(FORGOTTEN):
            return warning.removeprefix(FORGOTTEN)
    return document.article.text_sha256


def context_left(prefix: str, suffix: str) -> tuple[str, str]:
    """Of the context that was cut from what is left of a text, the words that stand right beside the citation."""
    return _GAP.split(prefix)[-1], _GAP.split(suffix)[0]


def without_contexts(value: T, articles: Collection[str]) -> T:
    """A model object whose evidence from these articles is the cited words alone, wherever in it that stands."""
    return cast(T, _without_contexts(value, articles))


def _without_contexts(value: object, articles: Collection[str]) -> object:
    if isinstance(value, Evidence):
        bare = value.article not in articles or not (value.prefix or value.suffix)
        return value if bare else replace(value, prefix="", suffix="")
    if isinstance(value, tuple):
        parts = tuple(_without_contexts(one, articles) for one in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        known = {field.name: getattr(value, field.name) for field in fields(value)}
        bared = {name: _without_contexts(one, articles) for name, one in known.items()}
        changed = {name: one for name, one in bared.items() if one is not known[name]}
        return replace(value, **changed) if changed else value
    return value


def redact(document: Document, cited: Iterable[Span]) -> Document:
    """Blank everything that is neither cited nor a name, an office, a time or the headline."""
    text = document.text
    kept = bytearray(len(text))
    for span in (*cited, *_always_kept(document)):
        kept[span.start : span.end] = b"\x01" * len(span)
    blanked = "".join(c if keep or c == "\n" else " " for c, keep in zip(text, kept, strict=True))

    def whole(span: Span) -> bool:
        return 0 not in kept[span.start : span.end]

    article = document.article
    mentions = tuple(m for m in document.mentions if whole(m.span))
    left = {m.id for m in mentions}
    return replace(
        document,
        article=replace(
            article,
            text=blanked,
            text_sha256=text_digest(blanked),
            warnings=(*article.warnings, FORGOTTEN + article.text_sha256),
        ),
        sentences=tuple(s for s in document.sentences if whole(s.span)),
        tokens=_tokens(document.tokens, [whole(t.span) for t in document.tokens]),
        mentions=mentions,
        places=tuple(p for p in document.places if p.mention is None or p.mention in left),
        derived=tuple(d for d in document.derived if whole(d.span)),
        quotations=tuple(_quotations(document, kept)),
    )


def _tokens(tokens: Sequence[Token], kept: Sequence[bool]) -> tuple[Token, ...]:
    """The tokens that are kept; one that depended on a deleted one has no known head any more."""
    places = list(accumulate(kept, initial=0))

    def moved(token: Token) -> Token:
        if token.head is None:
            return token
        if not kept[token.head]:
            return replace(token, head=None, deprel=None)
        return replace(token, head=places[token.head])

    return tuple(moved(token) for token, keep in zip(tokens, kept, strict=True) if keep)


def _always_kept(document: Document) -> Iterator[Span]:
    for mention in document.mentions:
        if mention.form == "name":
            yield mention.span
    for entity in document.entities:
        for role in entity.roles:
            yield Span(role.start, role.end)
    for timex in document.timexes:
        yield timex.span
    headline = document.article.headline
    yield from headline.spans if headline else ()
    yield from (notice.span for notice in document.article.notices)


def _quotations(document: Document, kept: bytearray) -> Iterator[Quotation]:
    """Quotations that are cited, with those that they stand in."""
    by_id = {q.id: q for q in document.quotations}
    wanted = {c.quotation for c in document.claims if c.quotation}
    wanted |= {q.id for q in document.quotations if all(0 not in kept[s.start : s.end] for s in q.quote)}
    pending = list(wanted)
    while pending:
        parent = by_id[pending.pop()].parent
        if parent and parent not in wanted:
            wanted.add(parent)
            pending.append(parent)
    yield from (q for q in document.quotations if q.id in wanted)
