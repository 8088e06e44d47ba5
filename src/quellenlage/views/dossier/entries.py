"""The chronicle as a list: each line with its sentence, and opened, with all accounts side by side."""

from __future__ import annotations

from itertools import groupby

from quellenlage.model import Account, Factuality, Span
from quellenlage.views.dossier.contents import Dossier, Line
from quellenlage.views.dossier.html import Html, el
from quellenlage.views.dossier.marks import icon
from quellenlage.views.dossier.quotes import chain_trail, quotation, source_line
from quellenlage.views.wording.corrections import account_mark, hand_marks
from quellenlage.views.wording.lines import (
    by_hand,
    conflict_words,
    corroboration_words,
    event_date,
    event_mark,
    participants,
    place_of,
    time_value,
)
from quellenlage.views.wording.numbers import figure_words, merged_figures
from quellenlage.views.wording.told import entry_line


def chronicle(dossier: Dossier) -> Html:
    """The section with all lines, year by year."""
    words = dossier.words
    groups = [
        el(
            "section",
            el("h3", str(year) if year else words("dossier.undated"), class_="year"),
            el("ol", *[_entry(line, dossier) for line in lines], class_="entries"),
            class_="of-year",
        )
        for year, lines in groupby(dossier.lines, key=lambda one: one.event.earliest.year if one.event.earliest else 0)
    ]
    if not groups:
        groups = [el("p", words("dossier.nothing"))]
    return el("section", el("h2", words("dossier.chronicle")), *groups, id="chronicle")


def _entry(line: Line, dossier: Dossier) -> Html:
    words, event = dossier.words, line.event
    conflicts = dossier.holdings.conflicts_of.get(event.id, [])
    best = line.best
    return el(
        "li",
        el("div", _when(line, dossier), _back(line, dossier), class_="when"),
        el(
            "div",
            _heading(line, dossier),
            quotation(line.entry.evidence, dossier, trigger=_trigger(best, dossier)),
            source_line(line.entry.evidence, dossier, exact_place=False),
            _facts(line, dossier),
            [el("p", mark, class_="facts") for mark in hand_marks(event, dossier.holdings, words)],
            [
                el(
                    "a",
                    f"{words('chronicle.conflict')}: {conflict_words(conflict, dossier.holdings, words)}",
                    href=f"#c-{dossier.conflict_number(conflict.id)}",
                    class_="clash",
                )
                for conflict in conflicts
                if dossier.conflict_number(conflict.id)
            ],
            el(
                "details",
                el("summary", words.count("dossier.side_by_side", len(event.accounts))),
                el("div", *[_account(a, dossier) for a in event.accounts], class_="accounts"),
            ),
            class_="what",
        ),
        id=f"e-{line.number}",
        class_=f"entry lane-{line.lane}",
        data_kind=event.factuality.value,
        data_lane=line.lane,
        data_conflict="yes" if conflicts else None,
        tabindex=-1,
    )


def _when(line: Line, dossier: Dossier) -> Html:
    told = event_date(line.event, dossier.holdings, dossier.words)
    value = line.interval.value if line.interval else ""
    return el("time", told, datetime=value) if "/" not in value and value else el("span", told)


def _back(line: Line, dossier: Dossier) -> list[Html]:
    """Back to the mark, in whichever of the two drawings is shown."""
    drawn = "timeline" in dossier.sections and any(one.interval for one in dossier.lines)
    if not drawn:
        return []
    label = dossier.words("dossier.to_mark")
    links = [("m", "wide"), ("n", "narrow")]
    return [
        el(
            "a",
            f"{line.number} ↑",
            href=f"#{kind}-{line.number}",
            class_=f"back {shown}",
            title=label,
            aria_label=f"{line.number}: {label}",
        )
        for kind, shown in links
    ]


def _heading(line: Line, dossier: Dossier) -> Html:
    words, event = dossier.words, line.event
    mark = event_mark(event, words)
    told = entry_line(line.entry, dossier.holdings, words, dated=False)
    who = "" if told else participants(event, dossier.holdings)
    where = "" if told else by_hand(place_of(event, dossier.holdings), event, "place", words)
    return el(
        "h4",
        icon(event.factuality, line.lane),
        el("span", by_hand(words.code("event", event.event_type), event, "type", words), class_="kind"),
        [" ", el("span", told, class_="line")] if told else None,
        [" ", el("span", who, class_="who")] if who else None,
        [" – ", el("span", where, class_="where")] if where else None,
        [" ", el("span", mark, class_=f"badge {event.factuality.value}")] if mark else None,
    )


def _facts(line: Line, dossier: Dossier) -> Html:
    words = dossier.words
    figures = merged_figures((f for a in line.event.accounts for f in a.figures), words)
    return el(
        "p",
        el("span", corroboration_words(line.event, words), class_="borne"),
        [[" · ", el("span", figure, class_="figure")] for figure in figures],
        class_="facts",
    )


def _trigger(account: Account, dossier: Dossier) -> Span | None:
    return dossier.holdings.triggers.get((account.member.article, account.member.local))


def _account(account: Account, dossier: Dossier) -> Html:
    words, holdings = dossier.words, dossier.holdings
    notes: list[Html] = []
    if account.factuality is not Factuality.HAPPENED:
        notes.append(_note(words("dossier.told_as"), words.code("factuality", account.factuality.value)))
    if account.time:
        notes.append(_note(words("dossier.told_time"), time_value(account.time, words)))
    if account.place:
        notes.append(_note(words("dossier.told_place"), holdings.name(account.place)))
    if account.figures:
        notes.append(_note(words("dossier.figures"), "; ".join(figure_words(f, words) for f in account.figures)))
    notes.append(_note(words("dossier.origin"), holdings.origin_name(account.origin)))
    if mark := account_mark(account, holdings, words):
        notes.append(_note(words("corrections.label"), mark))
    if account.reprint_of:
        notes.append(_note(words("dossier.reprint_of"), holdings.cite(account.reprint_of).label))
    return el(
        "article",
        source_line(account.evidence, dossier),
        quotation(account.evidence, dossier, trigger=_trigger(account, dossier), context=True),
        chain_trail(account.chain, dossier, claimed=account.claim is not None),
        el("dl", *notes),
        class_="account reprint" if account.reprint_of else "account",
    )


def _note(label: str, value: str) -> Html:
    return el("div", el("dt", label), el("dd", value))
