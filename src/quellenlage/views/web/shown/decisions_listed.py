"""The log under filters: who, what was decided, whether it counts, in which days; and the same as a file."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from quellenlage.model import Verdict, to_builtins
from quellenlage.model.listing import Facet, Facets
from quellenlage.views.locale import Words
from quellenlage.views.web.deciding.standing import time_of
from quellenlage.views.web.shown.asked import Given
from quellenlage.views.web.shown.choices import Group, Label, Said, group
from quellenlage.views.web.shown.decisions import Entry, ShownDecision
from quellenlage.views.web.translation import marked as _

STATES = ("waiting", "in-force", "undone", "overridden")
HEAD = ("made_at", "author", "decision", "told", "note", "state", "subject", "other", "field", "value", "parts", "id")
"""Columns of the log as a table; `parts` is how many judgements a decision made, `id` that of the first."""

_FORMULA = frozenset("=+-@\t\r")


VERDICTS = {
    Verdict.SAME: _("the same"),
    Verdict.DIFFER: _("not the same"),
    Verdict.CONFIRM: _("confirmed"),
    Verdict.REJECT: _("rejected"),
    Verdict.CORRECT: _("corrected"),
    Verdict.SETTLE: _("settled"),
    Verdict.TICK: _("verified"),
    Verdict.NOTE: _("noted"),
    Verdict.GRADE: _("graded"),
    Verdict.WITHDRAW: _("withdrawn"),
    Verdict.REVISES: _("newer version"),
    Verdict.UNDO: _("taken back"),
}
"""Kinds of decisions."""

STATE_WORDS = {
    "waiting": _("waits for the next linking"),
    "in-force": _("counts"),
    "undone": _("was taken back"),
    "overridden": _("replaced by a later decision"),
}


def state_of(entry: Entry) -> tuple[str, ...]:
    """The states that an entry is in: what waits counts as well."""
    return ("waiting", entry.state) if entry.waiting else (entry.state,)


def chosen(listed: Iterable[Entry], given: Given) -> list[Entry]:
    """Entries under the filters of an address."""
    return [one for one in listed if all(test(one) for test in _tests(given))]


def groups(listed: Sequence[Entry], given: Given, words: Words, say: Said) -> list[Group]:
    """The filters, each value counted over the whole log."""
    counted: dict[str, Counter[str]] = {
        "author": Counter(one.judgement.author for one in listed),
        "verdict": Counter(one.judgement.verdict.value for one in listed),
        "state": Counter(state for one in listed for state in state_of(one)),
    }
    labels = labelled(say)
    headings = {"author": say("Who"), "verdict": say("What was decided"), "state": say("Whether it counts")}

    def facets(name: str) -> Facets:
        values = tuple(Facet(value, value, count) for value, count in counted[name].most_common(20))
        return Facets(values, len(listed))

    return [group(name, heading, given, facets(name), words, labels.get(name)) for name, heading in headings.items()]


def labelled(say: Said) -> dict[str, Label]:
    """Words for the values of filters."""
    return {
        "verdict": lambda one: say(VERDICTS[Verdict(one)]),
        "state": lambda one: say(STATE_WORDS[one]),
    }


def csv_of(listed: Sequence[Entry], shown: Sequence[ShownDecision]) -> bytes:
    """The log as CSV with the mark by which spreadsheets know UTF-8; what looks like a formula gets an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in _rows(listed, shown):
        writer.writerow(["'" + cell if cell[:1] in _FORMULA else cell for cell in row])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def jsonl_of(listed: Sequence[Entry], shown: Sequence[ShownDecision]) -> bytes:
    """The log as JSON Lines: each judgement whole, with what it says in words and whether it counts."""
    lines = (
        {"record": "judgement", **to_builtins(judgement), "told": told_of(one), "state": entry.state}
        for entry, one in zip(listed, shown, strict=True)
        for judgement in entry.parts
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "replace")


def told_of(one: ShownDecision) -> str:
    """A decision as one text."""
    return "".join(piece.text for piece in one.told)


def _rows(listed: Sequence[Entry], shown: Sequence[ShownDecision]) -> Iterable[tuple[str, ...]]:
    for entry, one in zip(listed, shown, strict=True):
        judgement = entry.judgement
        named = (judgement.subject, judgement.other or "", judgement.field or "", judgement.value or "")
        yield (
            one.iso,
            one.author,
            one.verdict,
            told_of(one),
            one.note,
            one.state,
            *named,
            str(one.count),
            judgement.id,
        )


def _tests(given: Given) -> list[Callable[[Entry], bool]]:
    tests: list[Callable[[Entry], bool]] = []
    if given["author"]:
        tests.append(lambda one: one.judgement.author in given["author"])
    if given["verdict"]:
        tests.append(lambda one: one.judgement.verdict.value in given["verdict"])
    if given["state"]:
        tests.append(lambda one: not set(state_of(one)).isdisjoint(given["state"]))
    if given.first or given.last:
        tests.append(lambda one: _within(one, given.first, given.last))
    return tests


def _within(entry: Entry, first: date | None, last: date | None) -> bool:
    time = time_of(entry.judgement.made_at)
    day = time.astimezone().date() if time else None
    return day is not None and (first is None or day >= first) and (last is None or day <= last)
