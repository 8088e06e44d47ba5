"""The dossier as Markdown: the same lines, for an editor's desk or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from quellenlage import __version__
from quellenlage.model import Evidence
from quellenlage.views.dossier.contents import Dossier, Line
from quellenlage.views.wording.dates import day_words
from quellenlage.views.wording.lines import (
    account_chain,
    chain_words,
    citation_words,
    conflict_words,
    corroboration_words,
    event_date,
    event_mark,
    event_title,
    origin_counts,
    place_in_source,
    side_claimed,
    side_sentence,
    side_value,
)
from quellenlage.views.wording.numbers import merged_figures
from quellenlage.views.wording.quoting import in_marks, quoted, shown
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import spelled_in
from quellenlage.views.wording.statements import counted_words, firmness

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def render_markdown(dossier: Dossier) -> str:
    """The dossier as one Markdown text."""
    return "\n".join(_lines(dossier)).rstrip("\n") + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).split()))


def _lines(dossier: Dossier) -> Iterator[str]:
    words = dossier.words
    yield f"# {plain(dossier.title)}"
    yield ""
    told = {
        "events": words.count("count.events", len(dossier.lines)),
        "articles": words.count("dossier.in_articles", len(dossier.articles)),
    }
    if reach := dossier.reach:
        first, last = day_words(reach.earliest, words), day_words(reach.latest, words)
        yield words("dossier.standfirst", **told, period=words("dossier.period", first=first, last=last))
    else:
        yield words("dossier.standfirst_undated", **told)
    yield from _chronicle(dossier)
    yield from _conflicts(dossier)
    yield from _claims(dossier)
    yield from _perhaps(dossier)
    yield from _sources(dossier)
    yield ""
    yield f"*{words('dossier.made_with', version=__version__)}*"


def _chronicle(dossier: Dossier) -> Iterator[str]:
    yield from ("", f"## {dossier.words('dossier.chronicle')}")
    for year, lines in groupby(dossier.lines, key=lambda one: one.event.earliest.year if one.event.earliest else 0):
        yield from ("", f"### {year or dossier.words('dossier.undated')}")
        for line in lines:
            yield from _entry(line, dossier)


def _entry(line: Line, dossier: Dossier) -> Iterator[str]:
    words, holdings, event = dossier.words, dossier.holdings, line.event
    mark = event_mark(event, words)
    title = f"**{plain(event_date(line.event, holdings, words))}** · {plain(event_title(event, holdings, words))}"
    yield from ("", f"{title} *({mark})*" if mark else title, "")
    yield from _quotation(line.entry.evidence, dossier)
    figures = merged_figures((f for a in event.accounts for f in a.figures), words)
    yield from (
        "",
        plain(" · ".join([account_chain(line.best, holdings, words), corroboration_words(event, words), *figures])),
    )
    for conflict in holdings.conflicts_of.get(event.id, ()):
        yield from ("", f"**{words('chronicle.conflict')}:** {plain(conflict_words(conflict, holdings, words))}")
    others = [a for a in event.accounts if a is not line.best]
    if others:
        yield ""
    for account in others:
        citation = holdings.cite(account.evidence.article)
        cited = f"{citation_words(citation, words)} ({place_in_source(account.evidence, citation)})"
        told = f"{in_marks(quoted(account.evidence), words)} {cited}, {account_chain(account, holdings, words)}"
        reprint = f" [{words('reuse.reprint')}]" if account.reprint_of else ""
        yield f"- {plain(told + reprint)}"


def _quotation(evidence: Evidence, dossier: Dossier, indent: str = "") -> Iterator[str]:
    citation = dossier.holdings.cite(evidence.article)
    headline = f": {citation.headline}" if citation.headline else ""
    cited = f"{citation_words(citation, dossier.words)}{headline} ({place_in_source(evidence, citation)})"
    yield f"{indent}> {plain(in_marks(quoted(evidence), dossier.words))}"
    yield f"{indent}>"
    yield f"{indent}> — {plain(cited)}"


def _conflicts(dossier: Dossier) -> Iterator[str]:
    if not dossier.conflicts:
        return
    words, holdings = dossier.words, dossier.holdings
    yield from ("", f"## {words('dossier.conflicts')}")
    for conflict in dossier.conflicts:
        event = holdings.events[conflict.event]
        yield from ("", f"### {plain(conflict_words(conflict, holdings, words))}", "")
        yield plain(f"{event_date(event, holdings, words)} · {event_title(event, holdings, words)}")
        for side in conflict.sides:
            chain = chain_words(side.chain, holdings, words, claimed=side_claimed(conflict, side, holdings))
            yield from ("", f"- **{plain(side_value(conflict, side.value, holdings, words))}**, {plain(chain)}", "")
            yield from _quotation(side_sentence(conflict, side, holdings), dossier, "  ")


def _claims(dossier: Dossier) -> Iterator[str]:
    if not dossier.claims:
        return
    words, holdings = dossier.words, dossier.holdings
    yield from ("", f"## {words('dossier.claims')}", "")
    for claim in dossier.claims:
        firmly = ", ".join(firmness(claim.evidentiality, claim.polarity, words))
        said = shown(claim.evidence, claim.form, words)
        citation = holdings.cite(claim.article)
        cited = f"{citation_words(citation, words)} ({place_in_source(claim.evidence[0], citation)})"
        whose = words("chain.unresolved") if claim.unresolved else chain_words(claim.chain, holdings, words)
        statement = holdings.statement_of.get(claim.key)
        often = (
            f", {counted_words(statement, dossier.holdings, words)}"
            if statement and len(statement.retellings) > 1
            else ""
        )
        yield f"- {plain(said)} {plain(whose)} ({firmly}{often}). {plain(cited)}"


def _perhaps(dossier: Dossier) -> Iterator[str]:
    """Names that may be the same, each pair once."""
    words = dossier.words
    pairs = {d: (e, other) for e in dossier.entities for d, other in dossier.holdings.perhaps(e.id)}
    if pairs:
        yield from ("", f"## {words('entity.perhaps')}", "")
    for doubt, (entity, other) in pairs.items():
        told = reason_words(doubt.reasons, words, spelled_in(dossier.holdings.linked, entity, other.entity))
        why = "; ".join([words("doubts.score", score=words.number(round(doubt.score, 2))), *told])
        yield f"- {plain(entity.name)} / {plain(other.name)} ({plain(why)})"


def _sources(dossier: Dossier) -> Iterator[str]:
    words = dossier.words
    yield from ("", f"## {words('dossier.sources')}", "")
    for origin in sorted(dossier.origins, key=lambda o: (-len(o.articles), o.name.casefold())):
        yield f"- **{plain(origin.name)}** ({words.code('origin', origin.kind.value)}): {origin_counts(origin, words)}"
        for article in origin.articles:
            citation = dossier.holdings.cite(article)
            headline = f": {citation.headline}" if citation.headline else ""
            mark = f" [{words('reuse.reprint')}]" if article in origin.reprints else ""
            yield f"  - {plain(citation_words(citation, words) + headline + mark)}"
