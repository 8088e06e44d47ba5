"""Statements with their prints, and positions in time, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quellenlage.model import Retelling, Statement
from quellenlage.story.positions import Position
from quellenlage.views.cli.lines import INDENT, firmness
from quellenlage.views.cli.output import bold, dim, plain, warn
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.lines import citation_words, event_title, place_in_source, trail
from quellenlage.views.wording.quoting import shown
from quellenlage.views.wording.statements import change_words, counted_words, occasion_words

Claims = Mapping[str, ClaimLine]


def statement_lines(statement: Statement, claims: Claims, holdings: Holdings, words: Words) -> Iterator[str]:
    """Who said it, how often, and under each occasion every print of it."""
    told = {r.member: r for r in statement.retellings}
    who = words("list.and").join(holdings.names(statement.speakers)) or words("chain.unnamed")
    yield f"{bold(who)} · {plain(counted_words(statement, words))}  {dim(statement.id)}"
    for occasion in statement.occasions:
        yield INDENT + plain(occasion_words(occasion, words))
        for member in occasion.members:
            for text in _retelling_lines(told[member], claims, holdings, words):
                yield INDENT * 2 + text
    for related in statement.related:
        yield INDENT + dim(f"{words.code('related', related.kind)}: {related.statement}")


def position_lines(position: Position, claims: Claims, holdings: Holdings, words: Words) -> Iterator[str]:
    """One occasion: the day, how it stands, the words; then what was said before that differs."""
    printed = words.count("statement.printed", len({m.article for m in position.members}))
    stands = _standing(position, claims, words)
    yield f"{bold(date_words(position.days, words))} · {plain(', '.join([*stands, printed]))}"
    for event in position.events:
        if found := holdings.events.get(event):
            yield f"{INDENT}{plain(event_title(found, holdings, words))}  {dim(event)}"
    for text in _retelling_lines(position.retelling, claims, holdings, words):
        yield INDENT + text
    for change in position.changes:
        yield INDENT + warn(f"{change_words(change, words)}:")
        for text in _retelling_lines(change.before, claims, holdings, words):
            yield INDENT * 2 + text


def _standing(position: Position, claims: Claims, words: Words) -> list[str]:
    """How the passage stands: beside an earlier one as the two compare, alone as the claim itself was read."""
    claim = claims.get(position.retelling.claim)
    if position.changes or claim is None:
        return [words.code("level", position.level.value)]
    return firmness(claim, words)


def _retelling_lines(retelling: Retelling, claims: Claims, holdings: Holdings, words: Words) -> Iterator[str]:
    claim = claims.get(retelling.claim)
    form = claim.form if claim else "indirect"
    yield plain(shown(retelling.evidence, form, words))
    citation = holdings.cite(retelling.member.article)
    where = f"{citation_words(citation, words)} ({place_in_source(retelling.evidence[0], citation)})"
    chain = f" · {trail(claim, holdings, words)}" if claim else ""
    yield dim(f"{where}{chain} · {retelling.claim}")
