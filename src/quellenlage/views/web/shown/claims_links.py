"""The words of an article that tell each link of a claim's chain, and those that say that something was said."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import Archive, Claim, Document, Evidence, Member, Mention, Span, evidence
from quellenlage.store import digest_as_received
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.quotes import ShownName, ShownQuote, shown_name, shown_quote


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link of a chain: who it is, and the sentences that name them, the words for them marked.

    There are none where a person put the link there.
    """

    names: list[ShownName]
    quotes: list[ShownQuote]


@dataclass(frozen=True, slots=True)
class Told:
    """How an article tells that something was said: each link from the first, and the words that say so."""

    links: list[ShownLink]
    cues: list[str]


def told_by(archive: Archive, claim: ClaimLine, holdings: Holdings, words: Words) -> Told:
    """The words behind a chain; none where the text of the article was deleted."""
    document = next(iter(archive.documents_of([claim.article])), None)
    found = next((c for c in document.claims if c.key(claim.article) == claim.key), None) if document else None
    if document is None or found is None:
        return Told([ShownLink([shown_name(one, holdings) for one in link], []) for link in claim.chain if link], [])
    links = []
    for place, link in enumerate(claim.chain):
        local = found.chain[place] if place < len(found.chain) else ()
        mine = [one for one in local if _entity_of(document, one, holdings) in link]
        mentions = [mention for one in mine if (mention := _mention(document, found, one)) is not None]
        quotes = [_quote(document, mention.span, holdings, words) for mention in mentions]
        links.append(ShownLink([shown_name(one, holdings) for one in link], quotes))
    cues = [document.text[cue.start : cue.end] for cue in found.cue]
    return Told([link for link in links if link.names], [cue for cue in dict.fromkeys(cues) if cue.strip()])


def _entity_of(document: Document, local: str, holdings: Holdings) -> str:
    """What a local entity is across articles; its name where it is nothing there."""
    member = Member(document.article.id, local)
    found = next((e.id for e in holdings.linked.entities if member in e.members), None)
    return found or document.entity(local).name


def _mention(document: Document, claim: Claim, local: str) -> Mention | None:
    """The words for a link: in the chain's own, else those nearest before the claim, else the first."""
    mine = [mention for mention in document.mentions if mention.entity == local]
    told = [one for one in mine if any(s.contains(one.span) or one.span.contains(s) for s in claim.chain_spans)]
    before = [one for one in mine if one.end <= claim.end]
    return next(iter(told), None) or (before[-1] if before else next(iter(mine), None))


def _quote(document: Document, span: Span, holdings: Holdings, words: Words) -> ShownQuote:
    around = document.sentence_at(span.start)
    whole = around.span if around and around.span.contains(span) else span
    quoted: Evidence = evidence(document.article.id, document.text, whole, digest=digest_as_received(document))
    return shown_quote(quoted, holdings, words, mark=span if span != whole else None)
