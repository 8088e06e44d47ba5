"""What an event's page shows: its accounts beside each other, who rests on whom, its numbers in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.model import Account, Event, Factuality
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.resting import Branch, EventTree, Print
from quellenlage.views.web.shown.conflicts import nobody_words
from quellenlage.views.web.shown.figures import Range, Ranges, ranges
from quellenlage.views.web.shown.quotes import ShownName, ShownQuote, shown_chain, shown_name, shown_quote
from quellenlage.views.wording.corrections import account_mark
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.lines import borne_words, camp_words, time_value
from quellenlage.views.wording.numbers import figure_words, merged_figures, surface_unit


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One article's telling of an event; `notes` are (label, value) of what it tells otherwise or besides."""

    article: str
    local: str
    claim: str | None
    quote: ShownQuote
    chain: list[list[ShownName]]
    nobody: str
    notes: list[tuple[str, str]]
    origin: ShownName
    reprint: bool
    revised: str


def shown_account(account: Account, holdings: Holdings, words: Words) -> ShownAccount:
    """Word an account."""
    notes: list[tuple[str, str]] = []
    if account.factuality is not Factuality.HAPPENED:
        notes.append((words("dossier.told_as"), words.code("factuality", account.factuality.value)))
    if account.time:
        notes.append((words("dossier.told_time"), time_value(account.time, words)))
    if account.place:
        notes.append((words("dossier.told_place"), holdings.name(account.place)))
    if account.figures:
        notes.append((words("dossier.figures"), "; ".join(figure_words(f, words) for f in account.figures)))
    if account.reprint_of:
        notes.append((words("dossier.reprint_of"), holdings.cite(account.reprint_of).label))
    return ShownAccount(
        article=account.member.article,
        local=account.member.local,
        claim=account.claim,
        quote=shown_quote(
            account.evidence,
            holdings,
            words,
            mark=holdings.triggers.get((account.member.article, account.member.local)),
            context=True,
        ),
        chain=shown_chain(account.chain, holdings),
        nobody=nobody_words(claimed=account.claim is not None, words=words),
        notes=notes,
        origin=shown_name(account.origin, holdings),
        reprint=account.reprint_of is not None,
        revised=account_mark(account, holdings, words),
    )


def by_article(accounts: Sequence[ShownAccount]) -> list[list[ShownAccount]]:
    """Accounts of one article together, in the order of their first."""
    grouped: dict[str, list[ShownAccount]] = {}
    for one in accounts:
        grouped.setdefault(one.article, []).append(one)
    return list(grouped.values())


@dataclass(frozen=True, slots=True)
class ShownPrint:
    """An article that prints an account at so many `places`, the passages it took, and who prints it again."""

    quote: ShownQuote
    places: int
    reprint: bool
    copied: list[tuple[ShownQuote, ShownQuote | None]]
    again: list[ShownPrint]


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """Accounts on one word by one origin: who is heard, through whom, who obtained it, who prints it."""

    informant: list[ShownName]
    relays: list[list[ShownName]]
    camp: str
    origin: ShownName
    origin_kind: str
    prints: list[ShownPrint]


def shown_branches(tree: EventTree, holdings: Holdings, words: Words) -> list[ShownBranch]:
    """Lay out who rests on whom."""
    return [_branch(branch, holdings, words) for branch in tree.branches]


def _branch(branch: Branch, holdings: Holdings, words: Words) -> ShownBranch:
    chain = shown_chain(branch.chain, holdings)
    known = holdings.origins.get(branch.origin)
    return ShownBranch(
        informant=chain[0] if chain else [],
        relays=chain[1:],
        camp=camp_words(branch.camp, words) if branch.camp else "",
        origin=shown_name(branch.origin, holdings),
        origin_kind=words.code("origin", known.kind.value) if known else "",
        prints=_prints(branch.prints, holdings, words),
    )


def _prints(told: Sequence[Print], holdings: Holdings, words: Words) -> list[ShownPrint]:
    """Each article once, with the number of places at which it tells the same."""
    grouped: dict[str, list[Print]] = {}
    for one in told:
        grouped.setdefault(one.account.member.article, []).append(one)
    return [_print(same, holdings, words) for same in grouped.values()]


def _print(same: Sequence[Print], holdings: Holdings, words: Words) -> ShownPrint:
    return ShownPrint(
        quote=shown_quote(same[0].account.evidence, holdings, words),
        places=len(same),
        reprint=all(one.account.reprint_of is not None for one in same),
        copied=[
            (shown_quote(c.words, holdings, words), shown_quote(c.source, holdings, words) if c.source else None)
            for one in same
            for c in one.copied
        ],
        again=_prints([again for one in same for again in one.again], holdings, words),
    )


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """All figures of one unit in the order of their reports; `borne` says how far each range is borne out."""

    unit: str
    ranges: Ranges
    borne: list[tuple[str, str]]


def shown_figures(event: Event, tree: EventTree, holdings: Holdings, words: Words) -> list[ShownFigures]:
    """The numbers of an event over time, one drawing for each unit that is counted more than once."""
    units: dict[str, list[tuple[Account, int]]] = {}
    for account in event.accounts:
        for at, figure in enumerate(account.figures):
            units.setdefault(figure.unit, []).append((account, at))
    shown = []
    for unit, told in units.items():
        figures = [account.figures[at] for account, at in told]
        rows = [_row(account, at, holdings, words) for account, at in sorted(told, key=lambda t: _day(t[0], holdings))]
        drawn = ranges(rows, words)
        if drawn is None or len(rows) < 2:
            continue
        borne = [
            ("; ".join(merged_figures(one.figures, words)), borne_words(one.corroboration, words))
            for one in tree.figures
            if one.unit == unit
        ]
        shown.append(ShownFigures(surface_unit(figures) or unit, drawn, borne))
    return shown


def _day(account: Account, holdings: Holdings) -> tuple[bool, str]:
    published = holdings.cite(account.member.article).published
    return (published is None, published.earliest.isoformat() if published else "")


def _row(account: Account, at: int, holdings: Holdings, words: Words) -> Range:
    figure = account.figures[at]
    citation = holdings.cite(account.member.article)
    return Range(
        figure.low,
        figure.high,
        figure_words(figure, words),
        _by(figure.word_of, citation.label, holdings),
        date_words(citation.published, words) if citation.published else "",
        shown_quote(figure.evidence, holdings, words).href,
    )


def _by(word_of: Sequence[Sequence[str]], label: str, holdings: Holdings) -> str:
    names = holdings.names(word_of[0]) if word_of else []
    return f"{', '.join(names)} ({label})" if names else label
