"""Origins and text reuse as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.model import Origin, Reuse
from quellenlage.views.cli.lines import INDENT, heading
from quellenlage.views.cli.output import bold, dim, plain, quotation
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.resting import ArticleTree, Branch, Copied, EventTree, Print, passages
from quellenlage.views.wording.lines import (
    borne_words,
    camp_words,
    citation_words,
    factuality_mark,
    origin_counts,
    place_in_source,
)
from quellenlage.views.wording.numbers import merged_figures
from quellenlage.views.wording.quoting import quoted


def origin_lines(origin: Origin, holdings: Holdings, words: Words) -> Iterator[str]:
    """An origin with every article that rests on it; reprints are marked."""
    kind = words.code("origin", origin.kind.value)
    yield f"{bold(origin.name)} ({kind}) · {origin_counts(origin, words)}"
    for article in origin.articles:
        citation = holdings.cite(article)
        headline = f": {citation.headline}" if citation.headline else ""
        mark = f" [{words('reuse.reprint')}]" if article in origin.reprints else ""
        yield f"{INDENT}{plain(citation_words(citation, words) + headline)}{mark} {dim(f'({citation.source})')}"
    if origin.relayed:
        told = "; ".join(citation_words(holdings.cite(article), words) for article in origin.relayed)
        yield INDENT + plain(words("sources.relayed", articles=told))


def reuse_lines(reuse: Reuse, holdings: Holdings, words: Words) -> Iterator[str]:
    """Which article repeats which, and how much of it."""
    later, earlier = holdings.cite(reuse.article), holdings.cite(reuse.earlier)
    share = words("sources.share", percent=words.number(round(100 * reuse.similarity)))
    yield f"{INDENT}{plain(citation_words(later, words))} ← {plain(citation_words(earlier, words))}"
    yield INDENT * 2 + dim(f"{words.code('reuse', reuse.kind)}, {share} ({later.source} ← {earlier.source})")


def event_tree_lines(tree: EventTree, holdings: Holdings, words: Words) -> Iterator[str]:
    """Who rests on whom for an event: informant, relays, origin, first print, reprints with the copied passages."""
    yield heading(tree.event, holdings, words)
    yield INDENT + plain(borne_words(tree.event.corroboration, words))
    if tree.figures:
        yield INDENT + plain(f"{words('sources.numbers')}:")
    for figure in tree.figures:
        told = "; ".join(merged_figures(figure.figures, words))
        yield INDENT * 2 + plain(f"{told} · {borne_words(figure.corroboration, words)}")
    for branch in tree.branches:
        yield from _branch_lines(branch, holdings, words)


def _branch_lines(branch: Branch, holdings: Holdings, words: Words) -> Iterator[str]:
    names = [words("list.and").join(link) for link in holdings.chain_names(branch.chain) if link]
    camp = f" [{words('sources.camp_mark', camp=camp_words(branch.camp, words))}]" if branch.camp else ""
    known = holdings.origins.get(branch.origin)
    kind = words.code("origin", known.kind.value) if known else ""
    origin = words("sources.origin", name=holdings.origin_name(branch.origin), kind=kind)
    level = 1
    yield INDENT + bold((names[0] if names else words("sources.own_word")) + camp)
    for relay in names[1:]:
        yield INDENT * level + "└ " + plain(words("sources.via", who=relay))
        level += 1
    yield INDENT * level + "└ " + plain(origin)
    for one in branch.prints:
        yield from _print_lines(one, holdings, words, level + 1)


def _print_lines(one: Print, holdings: Holdings, words: Words, level: int) -> Iterator[str]:
    account = one.account
    citation = holdings.cite(account.member.article)
    mark = f" [{words('reuse.reprint')}]" if account.reprint_of else ""
    firm = factuality_mark(account.factuality, words)
    where = place_in_source(account.evidence, citation)
    yield (
        INDENT * level
        + plain(f"{citation_words(citation, words)}{mark}{f' [{firm}]' if firm else ''}")
        + " "
        + dim(f"({where})")
    )
    yield INDENT * (level + 1) + quotation(quoted(account.evidence), words)
    for copied in one.copied:
        yield from _copied_lines(copied, holdings, words, level + 1)
    for again in one.again:
        yield from _print_lines(again, holdings, words, level + 1)


def _copied_lines(copied: Copied, holdings: Holdings, words: Words, level: int) -> Iterator[str]:
    if copied.source is None:
        return
    citation = holdings.cite(copied.source.article)
    where = f"{citation_words(citation, words)} ({place_in_source(copied.source, citation)})"
    yield INDENT * level + dim(words("sources.taken_from", where=where))


def article_tree_lines(tree: ArticleTree, holdings: Holdings, words: Words) -> Iterator[str]:
    """What an article takes from others, passage by passage from both sides, and who takes from it."""
    citation = holdings.cite(tree.article)
    yield bold(citation_words(citation, words)) + " " + dim(f"({citation.source})")
    known = holdings.origins.get(tree.origin or "")
    if known:
        told = words("sources.origin", name=known.name, kind=words.code("origin", known.kind.value))
        yield INDENT + plain(told)
    if not (tree.sources or tree.taken_by):
        yield INDENT + plain(words("sources.nothing"))
    for title, listed in ((words("sources.takes"), tree.sources), (words("sources.taken"), tree.taken_by)):
        if listed:
            yield INDENT + plain(f"{title}:")
        for reuse in listed:
            other = holdings.cite(reuse.earlier if reuse.article == tree.article else reuse.article)
            share = words("sources.share_of", percent=words.number(round(100 * reuse.share)))
            kind = words.code("reuse", reuse.kind)
            yield (
                INDENT * 2 + plain(f"{citation_words(other, words)}: {kind}, {share}") + " " + dim(f"({other.source})")
            )
            for copied in passages(reuse):
                yield INDENT * 3 + quotation(quoted(copied.words), words)
                mine = holdings.cite(copied.words.article)
                places = [place_in_source(copied.words, mine)]
                if copied.source:
                    places.append(place_in_source(copied.source, holdings.cite(copied.source.article)))
                yield INDENT * 3 + dim(" ← ".join(places))
