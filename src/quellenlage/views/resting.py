"""Who rests on whom: of an event the informants, relays, origins and prints; of an article its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.model import Account, Event, Evidence, Linked, Reuse
from quellenlage.story.corroboration import FigureBorne, figures_borne
from quellenlage.views.holdings import Chain, Holdings
from quellenlage.views.records import (
    Record,
    account_record,
    chain_record,
    citation_record,
    corroboration_record,
    evidence_record,
    named,
)


@dataclass(frozen=True, slots=True)
class Copied:
    """A passage of a later article, and the place that it was taken from, if its text is still there."""

    words: Evidence
    source: Evidence | None


@dataclass(frozen=True, slots=True)
class Print:
    """An account as one article prints it, the passages taken from another, and who prints it again."""

    account: Account
    copied: tuple[Copied, ...]
    again: tuple[Print, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Accounts on one word (`chain`, empty: the authors' own) by one origin.

    `camp` (key and name) is the informant's, else the origin's.
    """

    chain: Chain
    origin: str
    camp: tuple[str, str] | None
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True)
class EventTree:
    """All accounts of an event by the words they rest on, and how far each of its numbers is borne out."""

    event: Event
    branches: tuple[Branch, ...]
    figures: tuple[FigureBorne, ...]


@dataclass(frozen=True, slots=True)
class ArticleTree:
    """What an article takes from earlier ones, the main source first, and which later ones take from it."""

    article: str
    origin: str | None
    sources: tuple[Reuse, ...]
    taken_by: tuple[Reuse, ...]


def event_tree(event: Event, holdings: Holdings) -> EventTree:
    """Lay out who rests on whom for an event, in the order in which it was captured."""
    affiliations = holdings.affiliations
    reuses = {(r.article, r.earlier): r for r in holdings.linked.reuses}
    grouped: dict[tuple[Chain, str], list[Account]] = {}
    for account in event.accounts:
        grouped.setdefault((account.chain, account.origin), []).append(account)
    branches = []
    for (chain, origin), accounts in grouped.items():
        told = affiliations.of("+".join(chain[0])) if chain else None
        camp = told or affiliations.of(origin)
        branches.append(
            Branch(chain, origin, (camp.key, camp.name) if camp else None, tuple(_prints(accounts, reuses)))
        )
    return EventTree(event, tuple(branches), figures_borne(event, affiliations))


def _prints(accounts: Sequence[Account], reuses: dict[tuple[str, str], Reuse]) -> Iterator[Print]:
    """First prints, each with those that repeat it; one whose source tells it otherwise stands by itself."""
    here = {account.member.article for account in accounts}
    again: dict[str, list[Account]] = {}
    for account in accounts:
        if account.reprint_of in here and account.reprint_of != account.member.article:
            again.setdefault(account.reprint_of or "", []).append(account)
    placed: set[str] = set()

    def grown(account: Account) -> Print:
        article = account.member.article
        first = article not in placed
        placed.add(article)
        below = tuple(grown(a) for a in again.get(article, ()) if a.member.article not in placed) if first else ()
        return Print(account, copied(account, reuses), below)

    for account in accounts:
        if account.reprint_of is None or account.reprint_of not in here:
            yield grown(account)


def copied(account: Account, reuses: dict[tuple[str, str], Reuse]) -> tuple[Copied, ...]:
    """Passages of an account's sentence that were taken from the article it repeats."""
    reuse = reuses.get((account.member.article, account.reprint_of or ""))
    if reuse is None:
        return ()
    return tuple(one for one in passages(reuse) if one.words.span.overlaps(account.evidence.span))


def passages(reuse: Reuse) -> tuple[Copied, ...]:
    """Copied passages from both sides."""
    sources = reuse.sources if len(reuse.sources) == len(reuse.passages) else (None,) * len(reuse.passages)
    return tuple(Copied(words, source) for words, source in zip(reuse.passages, sources, strict=True))


def article_tree(article: str, linked: Linked) -> ArticleTree:
    """What an article rests on, and what rests on it."""
    origin = next((o.id for o in linked.origins if article in o.articles), None)
    mine = sorted((r for r in linked.reuses if r.article == article), key=lambda r: -r.share)
    return ArticleTree(article, origin, tuple(mine), tuple(r for r in linked.reuses if r.earlier == article))


def event_tree_record(tree: EventTree, holdings: Holdings) -> Record:
    """The tree of an event for JSON."""
    return {
        "record": "event-sources",
        "event": tree.event.id,
        "corroboration": corroboration_record(tree.event.corroboration, holdings),
        "figures": [
            {
                "unit": figure.unit,
                "low": figure.low,
                "high": figure.high,
                "corroboration": corroboration_record(figure.corroboration, holdings),
                "evidence": [evidence_record(f.evidence, holdings) for f in figure.figures],
            }
            for figure in tree.figures
        ],
        "branches": [
            {
                "chain": chain_record(branch.chain, holdings),
                "origin": _origin_reference(branch.origin, holdings),
                "camp": {"key": branch.camp[0], "name": branch.camp[1]} if branch.camp else None,
                "prints": [_print_record(one, holdings) for one in branch.prints],
            }
            for branch in tree.branches
        ],
    }


def _print_record(one: Print, holdings: Holdings) -> Record:
    return {
        "account": account_record(one.account, holdings),
        "copied": [copied_record(c, holdings) for c in one.copied],
        "reprints": [_print_record(again, holdings) for again in one.again],
    }


def copied_record(one: Copied, holdings: Holdings) -> Record:
    """A copied passage from both sides."""
    return {
        "words": evidence_record(one.words, holdings),
        "source": evidence_record(one.source, holdings) if one.source else None,
    }


def _origin_reference(origin: str, holdings: Holdings) -> Record:
    known = holdings.origins.get(origin)
    return {**named(origin, holdings), "kind": known.kind.value if known else None}


def article_tree_record(tree: ArticleTree, holdings: Holdings) -> Record:
    """The sources of an article for JSON."""

    def reuse(one: Reuse, other: str) -> Record:
        return {
            "kind": one.kind,
            "article": citation_record(holdings.cite(other)),
            "share": one.share,
            "similarity": one.similarity,
            "passages": [copied_record(c, holdings) for c in passages(one)],
        }

    return {
        "record": "article-sources",
        "article": citation_record(holdings.cite(tree.article)),
        "origin": _origin_reference(tree.origin, holdings) if tree.origin else None,
        "sources": [reuse(one, one.earlier) for one in tree.sources],
        "taken_by": [reuse(one, one.article) for one in tree.taken_by],
    }
