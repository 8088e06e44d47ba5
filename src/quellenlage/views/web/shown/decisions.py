"""Decisions in words: who, when, what, with links to what each is about, and whether it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from quellenlage.execution import parted_words
from quellenlage.model import (
    ACCOUNT,
    FORGOTTEN,
    PARTED,
    RELIABILITY,
    Archive,
    DateInterval,
    Judgement,
    Verdict,
    bearing,
    in_force,
    undone,
)
from quellenlage.views.locale import Words
from quellenlage.views.web.deciding.standing import Standing, awaits, sides, time_of
from quellenlage.views.web.shown.choices import Said
from quellenlage.views.web.shown.decisions_named import Named, named_things
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.dates import date_words, moment_words

State = Literal["in-force", "undone", "overridden"]

_ALONE = {Verdict.TICK: "judge.said_tick_account", Verdict.GRADE: "judge.said_grade_account"}
_PLACES = re.compile("(\x01|\x02)")
_GAP = re.compile(r"(:)\s*,\s*")


FIELDS = {
    "dct": _("day of the article"),
    "outlet": _("outlet"),
    "speaker": _("speaker"),
    "time": _("date"),
    "place": _("place"),
    "type": _("kind of event"),
    "name": _("name"),
    "kind": _("kind"),
}
"""What can be corrected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision of the log with all its judgements, and what has become of it."""

    parts: tuple[Judgement, ...]
    state: State
    waiting: bool = False

    @property
    def judgement(self) -> Judgement:
        """The first one, which stands for all."""
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision in words; `told` are pieces, links where there is a page. `iso` is when it was made, in UTC.

    `waiting` says that the next link brings it in, `undoable` that it can be taken back.
    """

    id: str
    verdict: str
    author: str
    iso: str
    when: str
    told: list[Named]
    note: str
    state: State
    waiting: bool
    count: int

    @property
    def undoable(self) -> bool:
        """Whether it counts, or would count again."""
        return self.state != "undone"


def entries(log: Sequence[Judgement], standing: Standing) -> list[Entry]:
    """Decisions of a log, the newest first; judgements that one decision made are one entry."""
    gone = undone(log)
    kept = {judgement.id for judgement in in_force(log)}
    changing = {judgement.id for judgement in bearing(log)}
    linked_at = standing.linked_at()
    parts: dict[tuple[str, ...], list[Judgement]] = {}
    for judgement in log:
        parts.setdefault((judgement.verdict, *judgement.decision), []).append(judgement)
    made = []
    for same in parts.values():
        first = same[0]
        counts = any(one.id in kept for one in same) or (first.verdict is Verdict.UNDO and first.id not in gone)
        state: State = "undone" if first.id in gone else "in-force" if counts else "overridden"
        waits = any(one.id in changing for one in same) and awaits(first, linked_at)
        made.append(Entry(tuple(same), state, waits and state == "in-force"))
    return made[::-1]


def shown_decisions(
    archive: Archive, listed: Iterable[Entry], standing: Standing, words: Words, say: Said, *, beside: str = ""
) -> list[ShownDecision]:
    """Word entries of the log; what they name is looked up for these alone.

    `beside` is the thing that they stand beside on a page, which is not named again.
    """
    listed = list(listed)
    by_id = {judgement.id: judgement for judgement in archive.judgements()}
    named = {j.id: j for entry in listed for j in _with_undone(entry.judgement, by_id)}
    now = standing.now({side for one in named.values() if one.verdict is not Verdict.UNDO for side in sides(one)})
    this = standing.now({beside})[beside] if beside else ""
    here = frozenset(one for one, present in now.items() if present == this)
    joined = {s for one in named.values() if len(both := sides(one)) == 2 and _one(both, now) for s in both}
    wording = _Wording(archive, by_id, named_things(archive, now, words, joined), words, say, here)
    return [wording.shown(entry) for entry in listed]


def when_words(made_at: str, words: Words) -> str:
    """When something was decided, in the time of this machine: "3. März 2024, 10:15"."""
    time = time_of(made_at)
    if time is None:
        return made_at
    return moment_words(time.astimezone(), words)


def grade_words(field: str, value: str, words: Words) -> str:
    """A grade with its meaning: "B – usually reliable"."""
    return f"{value} – {words.code('reliability' if field == RELIABILITY else 'credibility', value)}"


def _one(both: Sequence[str], now: Mapping[str, str]) -> bool:
    """Whether two identifiers stand for the same."""
    return len({now[one] for one in both}) == 1


def _unnamed(pieces: Sequence[Named]) -> list[Named]:
    """The sentence without the name of what it stands beside: "corrected: date = 2021"."""
    text = "".join(piece.text for piece in pieces)
    return [Named(_GAP.sub(r"\1 ", text).strip(" :,"))]


def _with_undone(judgement: Judgement, by_id: Mapping[str, Judgement]) -> Iterator[Judgement]:
    """A judgement, and what it takes back, down to what that took back in its turn."""
    found: Judgement | None = judgement
    while found is not None:
        yield found
        found = by_id.get(found.subject) if found.verdict is Verdict.UNDO else None


@dataclass(frozen=True, slots=True)
class _Wording:
    archive: Archive
    by_id: Mapping[str, Judgement]
    things: Mapping[str, Named]
    words: Words
    say: Said
    here: frozenset[str]

    def shown(self, entry: Entry) -> ShownDecision:
        judgement = entry.judgement
        return ShownDecision(
            judgement.id,
            judgement.verdict.value,
            judgement.author or "–",
            judgement.made_at,
            when_words(judgement.made_at, self.words),
            self.told(judgement),
            self._plain(judgement.note),
            entry.state,
            entry.waiting,
            len(entry.parts),
        )

    def told(self, judgement: Judgement) -> list[Named]:
        """The sentence of `judge list` in pieces."""
        if judgement.verdict is Verdict.UNDO:
            before = self.by_id.get(judgement.subject)
            inner = self.told(before) if before else [Named(judgement.subject)]
            return self._filled("judge.said_undo", "", [inner, []])
        key = "judge.said_parted" if judgement.field == PARTED else f"judge.said_{judgement.verdict}"
        key = _ALONE.get(judgement.verdict, key) if judgement.field == ACCOUNT else key
        named = [[self.things.get(one, Named(one))] for one in sides(judgement)]
        if not judgement.other and judgement.subject in self.here:
            named = [[Named("")]]
        return self._filled(key, self._value(judgement), [*named, []], field=self._field(judgement))

    def _filled(self, key: str, value: str, named: list[list[Named]], field: str = "") -> list[Named]:
        text = self.words(key, subject="\x01", other="\x02", field=field, value=value)
        pieces: list[Named] = []
        for piece in _PLACES.split(text):
            pieces += named[ord(piece) - 1] if piece in {"\x01", "\x02"} else [Named(piece)] if piece else []
        return _unnamed(pieces) if Named("") in pieces else pieces

    def _field(self, judgement: Judgement) -> str:
        return self.say(FIELDS[judgement.field]) if judgement.field in FIELDS else judgement.field or ""

    def _value(self, judgement: Judgement) -> str:
        value, field = judgement.value or "", judgement.field
        if field == PARTED:
            return parted_words(self.archive, judgement)
        if value == FORGOTTEN:
            return self._plain(value)
        if judgement.verdict is Verdict.GRADE:
            return grade_words(field or "", value, self.words)
        if field in {"time", "dct"}:
            try:
                return date_words(DateInterval.parse(value), self.words)
            except ValueError:
                return value
        families = {"type": "event", "kind": "kind"}
        return self.words.code(families[field], value) if field in families else value

    def _plain(self, text: str) -> str:
        return self.words("judge.forgotten") if text == FORGOTTEN else text
