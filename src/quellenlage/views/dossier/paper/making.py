"""From a dossier to its words: the chronicle and the conflicts; `registers` makes what stands behind them."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from quellenlage import __version__
from quellenlage.model import Account, Conflict, Evidence, Side, Span
from quellenlage.views.dossier.contents import Dossier, Line
from quellenlage.views.dossier.paper import registers
from quellenlage.views.dossier.paper.model import (
    Also,
    ConflictTold,
    LineTold,
    Note,
    Paper,
    SideTold,
    YearTold,
    clean,
)
from quellenlage.views.dossier.paper.notes import note, quote
from quellenlage.views.pseudonyms import veiled
from quellenlage.views.wording.corrections import account_mark, event_marks
from quellenlage.views.wording.dates import day_words
from quellenlage.views.wording.lines import (
    account_chain,
    by_hand,
    chain_words,
    citation_words,
    conflict_words,
    corroboration_words,
    event_date,
    event_mark,
    event_title,
    side_claimed,
    side_sentence,
    side_value,
)
from quellenlage.views.wording.numbers import merged_figures
from quellenlage.views.wording.told import entry_line

_LABELS = {
    "contents": "dossier.contents",
    "chronicle": "dossier.chronicle",
    "conflicts": "dossier.conflicts",
    "claims": "dossier.claims",
    "people": "dossier.people",
    "sources": "dossier.sources",
    "reading": "dossier.reading",
    "kicker": "dossier.kicker",
    "nothing": "dossier.nothing",
    "conflicts_intro": "dossier.conflict_intro",
    "no_conflicts": "dossier.no_conflicts",
    "claims_intro": "dossier.claims_intro",
    "no_claims": "dossier.no_claims",
    "people_intro": "dossier.people_intro",
    "sources_intro": "dossier.sources_intro",
    "about_event": "dossier.about_event",
    "conflict": "chronicle.conflict",
    "spellings": "entity.spellings",
    "offices": "entity.offices",
    "lines": "dossier.lines",
    "heard": "entity.claims",
    "rests": "sources.reuse",
    "also": "paper.also",
    "reprinted": "paper.reprinted",
    "relayed": "paper.relayed",
    "when": "paper.when",
    "what": "paper.what",
    "checked": "paper.checked",
    "page": "paper.page",
    "reading_text": "paper.reading_text",
}
NO_DAY = date(1980, 1, 1)
"""Stands in a file for the day of which nothing is known; the earliest that a zip file can hold."""


def make_paper(dossier: Dossier) -> Paper:
    """Put a dossier into words, section by section; only those that it has."""
    return veiled(_paper(dossier))


def _paper(dossier: Dossier) -> Paper:
    words, has = dossier.words, dossier.sections
    labels = {name: clean(words(key)) for name, key in _LABELS.items()}
    labels["made_with"] = words("dossier.made_with", version=__version__)
    days = [c.published.latest for a in dossier.articles if (c := dossier.holdings.cite(a)).published]
    return Paper(
        lang=words.lang,
        title=clean(dossier.title),
        standfirst=clean(standfirst(dossier)),
        counts=_counts(dossier),
        day=max(max(days, default=NO_DAY), NO_DAY),
        sections=[name for name in has if name != "timeline"],
        labels=labels,
        chronicle=_chronicle(dossier) if "chronicle" in has else [],
        conflicts=_conflicts(dossier) if "conflicts" in has else [],
        claims=registers.speakers(dossier) if "claims" in has else [],
        people=registers.people(dossier) if "people" in has else [],
        origins=registers.origins(dossier) if "sources" in has else [],
        rests=registers.rests(dossier) if "sources" in has else [],
    )


def standfirst(dossier: Dossier) -> str:
    """What a dossier holds in one sentence: how many events, in how many articles, of what time."""
    words = dossier.words
    told = {
        "events": words.count("count.events", len(dossier.lines)),
        "articles": words.count("dossier.in_articles", len(dossier.articles)),
    }
    if "chronicle" not in dossier.sections:
        return words("paper.from_articles", articles=told["articles"])
    if reach := dossier.reach:
        first, last = day_words(reach.earliest, words), day_words(reach.latest, words)
        return words("dossier.standfirst", **told, period=words("dossier.period", first=first, last=last))
    return words("dossier.standfirst_undated", **told)


def _counts(dossier: Dossier) -> list[str]:
    """What the standfirst does not say, of the sections that there are."""
    numbers = (
        ("outlets", len(dossier.outlets), "sources"),
        ("origins", len(dossier.origins), "sources"),
        ("claims", len(dossier.claims), "claims"),
        ("conflicts", len(dossier.conflicts), "conflicts"),
    )
    return [dossier.words.count(f"count.{name}", n) for name, n, section in numbers if section in dossier.sections]


def _chronicle(dossier: Dossier) -> list[YearTold]:
    years = groupby(dossier.lines, key=lambda one: one.event.earliest.year if one.event.earliest else 0)
    shown = dossier.conflicts if "conflicts" in dossier.sections else ()
    numbers = {conflict.id: number for number, conflict in enumerate(shown, 1)}
    return [
        YearTold(str(year) if year else dossier.words("dossier.undated"), [_line(n, numbers, dossier) for n in lines])
        for year, lines in years
    ]


def _line(line: Line, numbers: dict[str, int], dossier: Dossier) -> LineTold:
    words, holdings, event = dossier.words, dossier.holdings, line.event
    told = entry_line(line.entry, holdings, words, dated=False)
    best = line.best
    others = [a for a in event.accounts if a is not best]
    marks = [account_mark(best, holdings, words), *event_marks(event, holdings, words)]
    return LineTold(
        number=line.number,
        when=clean(event_date(event, holdings, words)),
        kind=by_hand(words.code("event", event.event_type), event, "type", words),
        text=clean(told or event_title(event, holdings, words)),
        mark=event_mark(event, words),
        note=note(line.entry.evidence, dossier, keep=_trigger(best, dossier), quoted_above=told is None),
        quote=None if told else quote(line.entry.evidence, words, keep=_trigger(best, dossier)),
        chain=clean(account_chain(best, holdings, words)),
        borne=clean(corroboration_words(event, words)),
        figures=[clean(f) for f in merged_figures((f for a in event.accounts for f in a.figures), words)],
        warnings=[clean(mark) for mark in dict.fromkeys(marks) if mark],
        conflicts=[
            (numbers.get(c.id, 0), clean(conflict_words(c, holdings, words)))
            for c in holdings.conflicts_of.get(event.id, ())
        ],
        also=[_also(account, dossier) for account in others if not account.reprint_of],
        reprints=[
            clean(citation_words(holdings.cite(account.evidence.article), words))
            for account in others
            if account.reprint_of
        ],
    )


def _trigger(account: Account, dossier: Dossier) -> Span | None:
    return dossier.holdings.triggers.get((account.member.article, account.member.local))


def _also(account: Account, dossier: Dossier) -> Also:
    words, holdings = dossier.words, dossier.holdings
    mark = account_mark(account, holdings, words)
    chain = account_chain(account, holdings, words) + (f" ({mark})" if mark else "")
    label = holdings.cite(account.evidence.article).label
    return Also(clean(label), clean(chain), note(account.evidence, dossier, keep=_trigger(account, dossier)))


def _conflicts(dossier: Dossier) -> list[ConflictTold]:
    shown = dossier.lines if "chronicle" in dossier.sections else ()
    lines = {line.event.id: line.number for line in shown}
    return [_conflict(n, conflict, lines, dossier) for n, conflict in enumerate(dossier.conflicts, 1)]


def _conflict(number: int, conflict: Conflict, lines: dict[str, int], dossier: Dossier) -> ConflictTold:
    words, holdings = dossier.words, dossier.holdings
    event = holdings.events.get(conflict.event)
    about = f"{event_date(event, holdings, words)} · {event_title(event, holdings, words)}" if event else ""
    return ConflictTold(
        number=number,
        title=clean(conflict_words(conflict, holdings, words)),
        line=lines.get(conflict.event, 0),
        about=clean(about),
        sides=[_side(conflict, side, dossier) for side in conflict.sides],
    )


def _side(conflict: Conflict, side: Side, dossier: Dossier) -> SideTold:
    words, holdings = dossier.words, dossier.holdings
    sentence: Evidence = side_sentence(conflict, side, holdings)
    keep = side.evidence.span if sentence.span.contains(side.evidence.span) else None
    source: Note = note(sentence, dossier, keep=keep, quoted_above=True)
    return SideTold(
        value=clean(side_value(conflict, side.value, holdings, words)),
        quote=quote(sentence, words, keep=keep),
        chain=clean(chain_words(side.chain, holdings, words, claimed=side_claimed(conflict, side, holdings))),
        note=source,
    )
