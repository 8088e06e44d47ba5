"""Origins and text reuse as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.model import Origin, Reuse
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.cli.output import bold, dim, plain
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.lines import citation_words


def origin_lines(origin: Origin, holdings: Holdings, words: Words) -> Iterator[str]:
    """An origin with every article that rests on it; reprints are marked."""
    kind = words.code("origin", origin.kind.value)
    articles = words.count("count.articles", len(origin.articles))
    reprints = f", {words.count('count.reprints', len(origin.reprints))}" if origin.reprints else ""
    yield f"{bold(origin.name)} ({kind}) · {articles}{reprints}"
    for article in origin.articles:
        citation = holdings.cite(article)
        headline = f": {citation.headline}" if citation.headline else ""
        mark = f" [{words('reuse.reprint')}]" if article in origin.reprints else ""
        yield f"{INDENT}{plain(citation_words(citation, words) + headline)}{mark} {dim(f'({citation.source})')}"


def reuse_lines(reuse: Reuse, holdings: Holdings, words: Words) -> Iterator[str]:
    """Which article repeats which, and how much of it."""
    later, earlier = holdings.cite(reuse.article), holdings.cite(reuse.earlier)
    share = words("sources.share", percent=words.number(round(100 * reuse.similarity)))
    yield f"{INDENT}{plain(citation_words(later, words))} ← {plain(citation_words(earlier, words))}"
    yield INDENT * 2 + dim(f"{words.code('reuse', reuse.kind)}, {share} ({later.source} ← {earlier.source})")
