"""Quoted sentences on the page: inside the quotation marks an exact slice, its trigger marked, context beside it."""

from __future__ import annotations

from quellenlage.model import Evidence, Span
from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.html import Html, el, join
from quellenlage.views.holdings import Chain, Citation
from quellenlage.views.wording.lines import place_in_source, published_words
from quellenlage.views.wording.quoting import marks_around, quoted


def quotation(evidence: Evidence, dossier: Dossier, *, trigger: Span | None = None, context: bool = False) -> Html:
    """A blockquote with the sentence; `context` adds the words around it, outside the quotation marks."""
    words = dossier.words
    cut = quoted(evidence, keep=trigger)
    opening, closing = marks_around(cut, words)
    inner: list[Html | str] = [cut.exact]
    if trigger is not None and cut.span.contains(trigger):
        at, end = trigger.start - cut.start, trigger.end - cut.start
        inner = [cut.exact[:at], el("mark", cut.exact[at:end]), cut.exact[end:]]
    exact = el("span", *inner, class_="exact", data_article=evidence.article, data_start=cut.start, data_end=cut.end)
    left, right = _from_word(evidence.prefix), _to_word(evidence.suffix)
    before = el("span", "… ", left, class_="context") if context and left.strip() else None
    after = el("span", right, " …", class_="context") if context and right.strip() else None
    ellipsis = el("span", f" {words('quote.ellipsis')} ", class_="context")
    return el(
        "blockquote",
        el("p", before if not cut.before else ellipsis, opening, exact, closing, after if not cut.after else ellipsis),
        lang="de",
        dir="auto",
    )


def _from_word(prefix: str) -> str:
    """Context before a quotation: of the same paragraph, from its first whole word on."""
    paragraph = prefix.rpartition("\n")[2]
    if len(paragraph) < len(prefix):
        return paragraph
    return prefix.partition(" ")[2] if " " in prefix.strip() else prefix


def _to_word(suffix: str) -> str:
    """Context after a quotation: of the same paragraph, to its last whole word."""
    paragraph = suffix.partition("\n")[0]
    if len(paragraph) < len(suffix):
        return paragraph
    return suffix.rpartition(" ")[0] if " " in suffix.strip() else suffix


def source_line(evidence: Evidence, dossier: Dossier, *, exact_place: bool = True) -> Html:
    """Outlet, headline, day, and where in the source the words stand."""
    citation = dossier.holdings.cite(evidence.article)
    parts: list[Html | str] = [el("cite", citation.label), ", ", published(citation, dossier)]
    if citation.headline:
        parts += [": ", el("span", citation.headline, class_="headline", lang="de")]
    if exact_place:
        parts += [" ", el("code", place_in_source(evidence, citation))]
    return el("p", *parts, class_="source")


def published(citation: Citation, dossier: Dossier) -> Html:
    """Day of publication, machine-readable where it is one day."""
    interval = citation.published
    if interval is None:
        return el("span", dossier.words("citation.undated"))
    told = published_words(citation, dossier.words)
    return el("time", told, datetime=interval.value) if interval.days == 1 else el("span", told)


def chain_trail(chain: Chain, dossier: Dossier, *, claimed: bool, unresolved: bool = False) -> Html:
    """On whose word, drawn as a trail from the informant through each relay."""
    words = dossier.words
    links = [names for names in dossier.holdings.chain_names(chain) if names]
    label = el("span", words("dossier.on_whose_word"), class_="label")
    if not links:
        told = words("dossier.unnamed" if claimed else "dossier.own_word")
        if unresolved:
            told = words("chain.unresolved")
        return el("p", label, " ", el("span", told, class_="nobody"), class_="trail")
    steps = [el("li", words("list.and").join(names)) for names in links]
    return el("div", label, " ", el("ol", join(*steps)), class_="trail")
