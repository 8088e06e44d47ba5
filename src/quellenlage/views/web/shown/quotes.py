"""Quoted words as a template shows them: an exact slice between the marks, its place a link."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import Evidence, Span
from quellenlage.views.holdings import Chain, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.wording.lines import published_words
from quellenlage.views.wording.quoting import marks_around, quoted


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A slice `head + marked + tail` of an article between quotation marks, with its citation.

    `left` and `right` stand outside the marks: an ellipsis where the sentence is cut, or the words around it. `day` is
    the ISO day of publication where it is one day.
    """

    head: str
    marked: str
    tail: str
    opening: str
    closing: str
    left: str
    right: str
    href: str
    article: str
    label: str
    headline: str | None
    published: str
    day: str | None
    lang: str = "de"


def shown_quote(
    evidence: Evidence, holdings: Holdings, words: Words, *, mark: Span | None = None, context: bool = False
) -> ShownQuote:
    """Quote evidence up to the citation limit, with `mark` (a place in the article) marked in it.

    `context` adds the words around it that the evidence has kept.
    """
    cut = quoted(evidence, keep=mark)
    opening, closing = marks_around(cut, words)
    head, marked, tail = cut.exact, "", ""
    if mark is not None and cut.span.contains(mark):
        at, end = mark.start - cut.start, mark.end - cut.start
        head, marked, tail = cut.exact[:at], cut.exact[at:end], cut.exact[end:]
    ellipsis = words("quote.ellipsis")
    left = ellipsis if cut.before else _before(evidence.prefix) if context else ""
    right = ellipsis if cut.after else _after(evidence.suffix) if context else ""
    citation = holdings.cite(evidence.article)
    interval = citation.published
    return ShownQuote(
        head=head,
        marked=marked,
        tail=tail,
        opening=opening,
        closing=closing,
        left=left,
        right=right,
        href=sentence_of(evidence),
        article=evidence.article,
        label=citation.label,
        headline=citation.headline,
        published=published_words(citation, words) if interval else words("citation.undated"),
        day=interval.value if interval and interval.days == 1 else None,
    )


def _before(prefix: str) -> str:
    """Words before a quotation: of the same paragraph, from the first whole one on."""
    paragraph = prefix.rpartition("\n")[2]
    if len(paragraph) == len(prefix) and " " in prefix.strip():
        paragraph = prefix.partition(" ")[2]
    return f"… {paragraph.strip()}" if paragraph.strip() else ""


def _after(suffix: str) -> str:
    """Words after a quotation: of the same paragraph, to the last whole one."""
    paragraph = suffix.partition("\n")[0]
    if len(paragraph) == len(suffix) and " " in suffix.strip():
        paragraph = suffix.rpartition(" ")[0]
    return f"{paragraph.strip()} …" if paragraph.strip() else ""


@dataclass(frozen=True, slots=True)
class ShownName:
    """Somebody or something by name; `href` is empty where nothing across articles stands for it."""

    name: str
    href: str


def shown_name(identifier: str, holdings: Holdings) -> ShownName:
    """An entity, an origin, or a name that stands for neither."""
    known = holdings.linked.aliases.get(identifier, identifier)
    there = known in holdings.entities or known in holdings.origins
    return ShownName(holdings.name(identifier), page_of(known) if there else "")


def shown_chain(chain: Chain, holdings: Holdings) -> list[list[ShownName]]:
    """A chain from the informant to the last relay; links without a name are left out."""
    links = [[shown_name(one, holdings) for one in link] for link in chain]
    return [link for link in links if link]
