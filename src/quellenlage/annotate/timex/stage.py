"""The timex stage: sentences to TIMEX3 expressions with value, modifier, anchor and days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from quellenlage.annotate.timex.grammar import RULES
from quellenlage.annotate.timex.lexicon import HOLIDAYS, NUMBERS, WORDS
from quellenlage.annotate.timex.reading import Words, read
from quellenlage.model.article import ZoneKind
from quellenlage.model.document import Document
from quellenlage.model.layers import Token
from quellenlage.model.stage import Stage


def run(document: Document) -> Document:
    """Write the time expressions of every zone but boilerplate."""
    dct = document.article.dct
    found = tuple(read(document.text, _sentences(document), dct.interval if dct else None))
    return replace(document, timexes=found)


def _sentences(document: Document) -> Iterator[Words]:
    """The words of every sentence; none of those in boilerplate, so that the others keep their distance."""
    skipped = [zone for zone in document.article.zones if zone.kind is ZoneKind.BOILERPLATE]
    tokens = document.tokens
    starts = [token.start for token in tokens]
    skip = 0
    for sentence in document.sentences:
        while skip < len(skipped) and skipped[skip].end <= sentence.start:
            skip += 1
        if skip < len(skipped) and skipped[skip].start <= sentence.start:
            yield _words(())
            continue
        low = bisect_left(starts, sentence.start)
        high = bisect_left(starts, sentence.end, low)
        yield _words(tokens[low:high])


def _words(tokens: tuple[Token, ...]) -> Words:
    return Words(tokens, lambda: tokens)


STAGE = Stage(
    name="timex",
    version="4",
    reads=("sentences", "tokens"),
    writes=("timexes",),
    resources=(RULES, WORDS, NUMBERS, HOLIDAYS),
    article=("dct",),
    run=run,
)
