"""How far something is borne out: whose words, from which origins and camps, and how often merely printed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quellenlage.model import Account, Corroboration, Event, Factuality, Figure, Origin, Revision, Statement
from quellenlage.story.affiliations import Affiliations


def corroborate(accounts: Sequence[Account], affiliations: Affiliations | None = None) -> Corroboration:
    """Count informants and origins of those accounts that do not deny it, reprints apart; of all where none tells it.

    An account on the author's own word counts its origin as the informant. Joint speakers are one informant. With
    `affiliations`, those of one camp are told.
    """
    first, reprints = _first_prints(accounts)
    own = [account for account in first if account.factuality is not Factuality.DENIED] or first
    return _counted((informant(a) for a in own), (a.origin for a in own), reprints, affiliations)


def _first_prints(accounts: Sequence[Account]) -> tuple[list[Account], int]:
    """Accounts that repeat no other of these, and the number of articles that only repeat.

    Of a text whose first print tells nothing of this, or is not understood, the first that does stands for it.
    """
    telling = {account.member.article for account in accounts}
    first: list[Account] = []
    stood_for: set[str] = set()
    for account in accounts:
        source = account.reprint_of
        if source is None or (source not in telling and source not in stood_for):
            first.append(account)
            stood_for.update({source} if source else ())
    telling_first = {account.member.article for account in first}
    return first, len(telling - telling_first)


def _counted(
    informants: Iterable[str], origins: Iterable[str], reprints: int, affiliations: Affiliations | None
) -> Corroboration:
    words, first = tuple(dict.fromkeys(informants)), tuple(dict.fromkeys(origins))
    return Corroboration(words, first, reprints, affiliations.camps(words, first) if affiliations else ())


def informant(account: Account) -> str:
    """Whose words they are: the first link of the chain (joint speakers joined by "+"), else the origin."""
    return "+".join(account.chain[0]) if account.chain else account.origin


@dataclass(frozen=True, slots=True)
class FigureBorne:
    """One number of an event with the accounts that give it, and how far it is borne out."""

    unit: str
    low: float | None
    high: float | None
    figures: tuple[Figure, ...]
    corroboration: Corroboration


def figures_borne(event: Event, affiliations: Affiliations | None = None) -> tuple[FigureBorne, ...]:
    """The numbers of an event, each range once, in the order in which they were captured.

    Whose word a number is, is told by the number itself where it names somebody, else by its account.
    """
    told: dict[tuple[str, float | None, float | None], list[tuple[Account, Figure]]] = {}
    for account in event.accounts:
        for figure in account.figures if account.revised is None else ():
            told.setdefault((figure.unit, figure.low, figure.high), []).append((account, figure))
    return tuple(_figure_borne(value, listed, affiliations) for value, listed in told.items())


def _figure_borne(
    value: tuple[str, float | None, float | None],
    listed: Sequence[tuple[Account, Figure]],
    affiliations: Affiliations | None,
) -> FigureBorne:
    first, reprints = _first_prints([account for account, _ in listed])
    own = [(account, figure) for account, figure in listed if account in first]
    words = ("+".join(f.word_of[0]) if f.word_of else informant(a) for a, f in own)
    borne = _counted(words, (a.origin for a, _ in own), reprints, affiliations)
    return FigureBorne(*value, tuple(figure for _, figure in listed), borne)


def statement_borne(
    statement: Statement, origins: Mapping[str, Origin], affiliations: Affiliations | None = None
) -> Corroboration:
    """How far it is borne out that something was said: by independent origins; the speakers are the informants.

    `origins` tell which articles repeat another's text.
    """
    reprints = {article for origin in origins.values() for article in origin.reprints}
    own = [r for r in statement.retellings if r.member.article not in reprints]
    told = own or list(statement.retellings[:1])
    informants = ["+".join(statement.speakers)] if statement.speakers else []
    again = len({r.member.article for r in statement.retellings} - {r.member.article for r in told})
    return _counted(informants, (r.origin for r in told), again, affiliations)


def prints(statement: Statement, revisions: Sequence[Revision]) -> int:
    """Number of articles that print a statement, versions of one article counted once."""
    newer = {r.earlier: r.replaced_by for r in revisions if r.whole and r.earlier and r.replaced_by}

    def newest(article: str) -> str:
        seen: set[str] = set()
        while article in newer and article not in seen:
            seen.add(article)
            article = newer[article]
        return article

    return len({newest(retelling.member.article) for retelling in statement.retellings})
