"""Names by which a log tells what it is about, with their addresses, read for the entries of one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quellenlage.model import Archive
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.parts import parts_of
from quellenlage.views.shelves import citation_of, holdings_of_claims, holdings_of_conflicts, holdings_of_events
from quellenlage.views.web.links import page_of
from quellenlage.views.wording.lines import citation_words, conflict_words, event_date, event_title
from quellenlage.views.wording.quoting import marks_around, quoted

_LIMIT = 90
"""Code points of a claim that are quoted in a log."""

_TOLD = 50
"""Accounts of an event among which those that people joined are looked for."""

_LONGEST = 120
"""Code points of a conflict's sides that are listed there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by name; `href` is empty where it has no page."""

    text: str
    href: str = ""


def named_things(
    archive: Archive, now: Mapping[str, str], words: Words, joined: Collection[str] = ()
) -> dict[str, Named]:
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
    named = {one: found.get(present, Named(one)) for one, present in now.items()}
    apart = {one: now[one] for one in joined}
    return named | _members(archive, apart, words) | _tellings(archive, apart, named, words)


def _members(archive: Archive, joined: Mapping[str, str], words: Words) -> dict[str, Named]:
    """Names that became one as their articles spell them; of one spelling, with the article."""
    wanted = {one: now for one, now in joined.items() if now.startswith("ent-")}
    entities = archive.parts_of(set(wanted.values())).entities if wanted else ()
    found: dict[str, Named] = {}
    for entity in entities:
        parts = parts_of(archive, entity, {one for one, now in wanted.items() if now == entity.id})
        spelled = Counter(part.name for part in parts.values())
        cited = _cited(archive, {part.member.article for part in parts.values() if spelled[part.name] > 1}, words)
        for one, part in parts.items():
            told = f"{part.name} ({cited[part.member.article]})" if part.member.article in cited else part.name
            found[one] = Named(told, page_of(entity.id))
    return found


def _tellings(
    archive: Archive, joined: Mapping[str, str], named: Mapping[str, Named], words: Words
) -> dict[str, Named]:
    """Events that became one, each with the article that tells it."""
    wanted = {one: now for one, now in joined.items() if now.startswith("evm-")}
    events = archive.parts_of(set(wanted.values())).events if wanted else ()
    articles = {account.member.article for event in events for account in event.accounts[:_TOLD]}
    told = {m.key(d.article.id): d.article.id for d in archive.documents_of(sorted(articles)) for m in d.events}
    cited = _cited(archive, {told[one] for one in wanted if one in told}, words)
    return {
        one: Named(f"{named[one].text} ({cited[told[one]]})", named[one].href)
        for one in wanted
        if one in told and told[one] in cited
    }


def _cited(archive: Archive, articles: Collection[str], words: Words) -> dict[str, str]:
    """Outlet and day of articles."""
    cards = archive.citations(articles) if articles else ()
    return {card.article: citation_words(citation_of(card), words) for card in cards}


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
