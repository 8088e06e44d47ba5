"""Statements with their prints, and positions in time, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quellenlage.model import Retelling, Statement
from quellenlage.story.corroboration import statement_borne
from quellenlage.story.positions import Position
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.cli.output import bold, dim, plain, warn
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.lines import borne_words, citation_words, event_title, place_in_source, trail
from quellenlage.views.wording.quoting import shown
from quellenlage.views.wording.statements import counted_words, occasion_words, standing

Claims = Mapping[str, ClaimLine]


def statement_lines(statement: Statement, claims: Claims, holdings: Holdings, words: Words) -> Iterator[str]:
    """Who said it, how often, and under each occasion every print of it."""
    told = {r.member: r for r in statement.retellings}
    who = words("list.and").join(holdings.names(statement.speakers)) or words("chain.unnamed")
    yield f"{bold(who)} · {plain(counted_words(statement, holdings, words))}  {dim(statement.id)}"
    yield INDENT + dim(borne_words(statement_borne(statement, holdings.origins, holdings.affiliations), words))
    for occasion in statement.occasions:
        yield INDENT + plain(occasion_words(occasion, words))
        for member in occasion.members:
            for text in _retelling_lines(told[member], claims, holdings, words, stands=True):
                yield INDENT * 2 + text
    for related in statement.related:
        other = holdings.statements.get(related.statement)
        said = f"{_shown(other.retellings[0], claims, words)} " if other else ""
        yield INDENT + dim(f"{words.code('related', related.kind)}: {said}{related.statement}")


def position_lines(position: Position, claims: Claims, holdings: Holdings, words: Words) -> Iterator[str]:
    """One occasion: the day, how it stands, the words; then what was said before that differs."""
    printed = words.count("statement.printed", len({m.article for m in position.members}))
    stands = standing(position.retelling, claims.get(position.retelling.claim), words)
    yield f"{bold(date_words(position.days, words))} · {plain(', '.join([*stands, printed]))}"
    for event in position.events:
        if found := holdings.events.get(event):
            yield f"{INDENT}{plain(event_title(found, holdings, words))}  {dim(event)}"
    for text in _retelling_lines(position.retelling, claims, holdings, words):
        yield INDENT + text
    for change in position.changes:
        stood = ", ".join(standing(change.before, claims.get(change.before.claim), words))
        yield INDENT + warn(f"{words('positions.before', stood=stood)}:")
        for text in _retelling_lines(change.before, claims, holdings, words):
            yield INDENT * 2 + text


def _shown(retelling: Retelling, claims: Claims, words: Words) -> str:
    """The words with how they stand: "indirekt wiedergegeben: ... (behauptet, zurückgewiesen)"."""
    claim = claims.get(retelling.claim)
    stands = ", ".join(standing(retelling, claim, words))
    return f"{shown(retelling.evidence, claim.form if claim else 'indirect', words)} ({stands})"


def _retelling_lines(
    retelling: Retelling, claims: Claims, holdings: Holdings, words: Words, *, stands: bool = False
) -> Iterator[str]:
    claim = claims.get(retelling.claim)
    form = claim.form if claim else "indirect"
    yield plain(_shown(retelling, claims, words) if stands else shown(retelling.evidence, form, words))
    citation = holdings.cite(retelling.member.article)
    where = f"{citation_words(citation, words)} ({place_in_source(retelling.evidence[0], citation)})"
    chain = f" · {trail(claim, holdings, words)}" if claim else ""
    yield dim(f"{where}{chain} · {retelling.claim}")
