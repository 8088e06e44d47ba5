"""A doubtful pair as lines for a terminal, with the commands that decide it."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.model import Doubt
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.cli.output import bold, dim, plain, quotation
from quellenlage.views.doubting import DoubtSide
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.lines import citation_words, place_in_source
from quellenlage.views.wording.quoting import quoted
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import UNKNOWN, Spelled, spelled_in


def doubt_lines(doubt: Doubt, one: DoubtSide, other: DoubtSide, holdings: Holdings, words: Words) -> Iterator[str]:
    """Both sides with a sentence each, score and reasons in words, and the two lines to copy."""
    head = words("doubts.head_merged" if doubt.merged else "doubts.head", one=one.name, other=other.name)
    yield f"{bold(head)} · {plain(words('doubts.score', score=words.number(round(doubt.score, 2))))}"
    spelled = spelled_in(holdings.linked, one.entity, other.entity)
    if told := reason_words(doubt.reasons, words, spelled):
        yield INDENT + plain(words("doubts.why", reasons="; ".join(told)))
    for side in (one, other):
        yield from _side(side, holdings, words)
    for verdict in ("same", "differ"):
        yield f"{INDENT}quellenlage judge {verdict} {doubt.one} {doubt.other}"


def perhaps_words(doubt: Doubt, other: DoubtSide, words: Words, spelled: Spelled = UNKNOWN) -> str:
    """Another entity that may be the same, in one line: name, likeness, reasons; `spelled` are the names of both."""
    why = reason_words(doubt.reasons, words, spelled.beside(other.name, *other.entity.spellings))
    told = [words("doubts.score", score=words.number(round(doubt.score, 2))), *why]
    return f"{other.name} ({'; '.join(told)})"


def _side(side: DoubtSide, holdings: Holdings, words: Words) -> Iterator[str]:
    office = f", {side.office}" if side.office else ""
    about = f"{words.code('kind', side.entity.kind.value)}{office}, {words.count('count.articles', side.articles)}"
    yield f"{INDENT}{bold(side.name)} ({plain(about)})  {dim(side.id)}"
    if side.evidence is not None:
        citation = holdings.cite(side.evidence.article)
        sentence = holdings.sentences.get((side.evidence.article, side.evidence.start), side.evidence)
        yield INDENT * 2 + quotation(quoted(sentence, keep=side.evidence.span), words)
        yield INDENT * 2 + dim(f"{citation_words(citation, words)} ({place_in_source(side.evidence, citation)})")
