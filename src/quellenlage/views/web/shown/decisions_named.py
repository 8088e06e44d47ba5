"""Names by which a log tells what it is about, with their addresses, read for the entries of one page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quellenlage.model import Archive
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.shelves import citation_of, holdings_of_claims, holdings_of_conflicts, holdings_of_events
from quellenlage.views.web.links import page_of
from quellenlage.views.wording.lines import conflict_words, event_date, event_title
from quellenlage.views.wording.quoting import marks_around, quoted

_LIMIT = 90
"""Code points of a claim that are quoted in a log."""

_LONGEST = 120
"""Code points of a conflict's sides that are listed there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by name; `href` is empty where it has no page."""

    text: str
    href: str = ""


def named_things(archive: Archive, now: Mapping[str, str], words: Words) -> dict[str, Named]:
    """Names of things, by the identifier that a judgement gives; `now` says what stands for each.

    What the archive no longer has goes by its identifier.
    """
    wanted = set(now.values())
    found = {
        **_parts(archive, wanted),
        **_events(archive, [one for one in wanted if one.startswith("evm-")], words),
        **_conflicts(archive, [one for one in wanted if one.startswith("cfl-")], words),
        **_claims(archive, [one for one in wanted if one.startswith("clm-")], words),
        **_articles(archive, [one for one in wanted if one.startswith("art-")]),
    }
    return {one: found.get(present, Named(one)) for one, present in now.items()}


def _parts(archive: Archive, wanted: Collection[str]) -> dict[str, Named]:
    cards = archive.entities_by_id([one for one in wanted if one.startswith("ent-")])
    named = {card.id: card.name for card in cards.values()}
    rest = [one for one in wanted if one.startswith(("org-", "sty-", "stm-"))]
    if rest:
        linked = archive.parts_of(rest)
        named |= {one.id: one.name for one in linked.origins} | {one.id: one.title for one in linked.stories}
        named |= {one.id: one.retellings[0].evidence[0].exact[:_LIMIT] for one in linked.statements}
    return {one: Named(name, page_of(one)) for one, name in named.items()}


def _events(archive: Archive, wanted: Collection[str], words: Words) -> dict[str, Named]:
    if not wanted:
        return {}
    holdings = holdings_of_events(archive, wanted)
    return {one: Named(_event(one, holdings, words), page_of(one)) for one in wanted if one in holdings.events}


def _event(identifier: str, holdings: Holdings, words: Words) -> str:
    event = holdings.events[identifier]
    return f"{event_title(event, holdings, words)}, {event_date(event, holdings, words)}"


def _conflicts(archive: Archive, wanted: Collection[str], words: Words) -> dict[str, Named]:
    if not wanted:
        return {}
    holdings = holdings_of_conflicts(archive, wanted)
    return {
        one.id: Named(_cut(conflict_words(one, holdings, words), words), page_of(one.id))
        for one in holdings.linked.conflicts
        if one.id in wanted
    }


def _cut(text: str, words: Words) -> str:
    """The beginning of a long text, up to a word."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0]} {words('quote.ellipsis')}"


def _claims(archive: Archive, wanted: Collection[str], words: Words) -> dict[str, Named]:
    if not wanted:
        return {}
    holdings = holdings_of_claims(archive, wanted)
    named = {}
    for claim in holdings.claims:
        cut = quoted(claim.evidence[0], _LIMIT)
        opening, closing = marks_around(cut, words)
        who = ", ".join(name for link in holdings.chain_names(claim.chain)[:1] for name in link)
        rest = words("quote.ellipsis") if cut.after else ""
        text = f"{opening}{cut.exact}{closing}{' ' + rest if rest else ''}"
        named[claim.key] = Named(f"{who}: {text}" if who else text, page_of(claim.key))
    return named


def _articles(archive: Archive, wanted: Collection[str]) -> dict[str, Named]:
    cited = [citation_of(card) for card in archive.citations(wanted)] if wanted else []
    return {one.article: Named(one.headline or one.label, page_of(one.article)) for one in cited}
