"""Who copies from whom: what an article shares with others, the passages side by side."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import Evidence, Reuse
from quellenlage.views.locale import Words
from quellenlage.views.resting import article_tree, passages
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.web.shown.article_held import Held
from quellenlage.views.web.shown.article_item import Slice
from quellenlage.views.wording.lines import citation_words
from quellenlage.views.wording.quoting import marks_around, quoted

OPEN = 3
"""Passages of an article that are shown at once; the others open."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in both articles, as each has them; the source's are None where its text is gone."""

    here: Slice
    there: Slice | None


@dataclass(frozen=True, slots=True)
class Shared:
    """Another article with which this one shares text; `percent` of the later one's words."""

    kind: str
    label: str
    headline: str
    href: str
    percent: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What an article takes, the main source first, and what takes from it."""

    takes: tuple[Shared, ...]
    taken: tuple[Shared, ...]


def sources(held: Held, words: Words) -> Sources:
    """Lay out both sides."""
    tree = article_tree(held.id, held.holdings.linked)
    return Sources(
        tuple(_shared(one, one.earlier, held, words) for one in tree.sources),
        tuple(_shared(one, one.article, held, words) for one in tree.taken_by),
    )


def _shared(reuse: Reuse, other: str, held: Held, words: Words) -> Shared:
    citation = held.holdings.cite(other)
    listed = []
    for one in passages(reuse):
        earlier = _slice(one.source, words) if one.source else None
        if reuse.article == held.id:
            listed.append(Passage(_slice(one.words, words), earlier))
        elif earlier is not None:
            listed.append(Passage(earlier, _slice(one.words, words)))
    return Shared(
        kind=words.code("reuse", reuse.kind),
        label=citation_words(citation, words),
        headline=citation.headline or "",
        href=page_of(other),
        percent=round(100 * reuse.share),
        passages=tuple(listed),
    )


def _slice(one: Evidence, words: Words) -> Slice:
    cut = quoted(one)
    opening, closing = marks_around(cut, words)
    return Slice(opening, cut.exact, closing, f" {words('quote.ellipsis')}" if cut.after else "", sentence_of(one))
