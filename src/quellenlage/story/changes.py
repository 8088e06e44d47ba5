"""What later articles changed: new events and accounts, numbers that moved, conflicts, denials, corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quellenlage.model import Account, Conflict, Event, Factuality, Judgement, Linked, Verdict

ChangeKind = Literal["event", "account", "number", "conflict", "settled", "denial", "correction"]
ORDER: tuple[ChangeKind, ...] = ("conflict", "settled", "denial", "correction", "number", "event", "account")
"""The weightiest first."""

Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise, about an event; `accounts` are the new ones.

    `before` and `after` are the ranges of a number with its `unit`; `other` is the conflict, or the article corrected.
    """

    kind: ChangeKind
    event: str | None
    accounts: tuple[Account, ...] = ()
    unit: str = ""
    before: Range | None = None
    after: Range | None = None
    other: str = ""


def find_changes(linked: Linked, new: Collection[str], judgements: Sequence[Judgement] = ()) -> list[Change]:
    """What the articles `new`, and these later judgements, changed; the weightiest first, then by event."""
    found: list[Change] = []
    for event in linked.events:
        found += _of_event(event, new)
    for conflict in linked.conflicts:
        if _arose(conflict, new):
            found.append(Change("conflict", conflict.event, other=conflict.id))
    known = {conflict.id: conflict.event for conflict in linked.conflicts}
    found += _decided(judgements, known)
    for reuse in linked.reuses:
        if reuse.kind == "revision" and reuse.article in new:
            found.append(Change("correction", None, other=reuse.article))
    place = {event.id: at for at, event in enumerate(linked.events)}
    return sorted(found, key=lambda c: (ORDER.index(c.kind), place.get(c.event or "", -1)))


def _of_event(event: Event, new: Collection[str]) -> Iterator[Change]:
    fresh = tuple(a for a in event.accounts if a.member.article in new)
    old = [a for a in event.accounts if a.member.article not in new]
    if not fresh:
        return
    denials = tuple(a for a in fresh if a.factuality is Factuality.DENIED)
    if denials and any(a.factuality is not Factuality.DENIED for a in event.accounts):
        yield Change("denial", event.id, denials)
    if not old:
        yield Change("event", event.id, fresh)
        return
    yield Change("account", event.id, fresh)
    for unit in dict.fromkeys(f.unit for a in fresh for f in a.figures):
        before, after = _range(old, unit), _range(fresh, unit)
        if before is not None and after is not None and before != after:
            yield Change("number", event.id, fresh, unit, before, after)


def _range(accounts: Iterable[Account], unit: str) -> Range | None:
    """From the lowest to the highest number given; an end that any account leaves open is open."""
    figures = [f for a in accounts for f in a.figures if f.unit == unit]
    lows = [f.low for f in figures if f.low is not None]
    highs = [f.high for f in figures if f.high is not None]
    if not figures:
        return None
    low = min(lows) if len(lows) == len(figures) else None
    return low, max(highs) if len(highs) == len(figures) else None


def _arose(conflict: Conflict, new: Collection[str]) -> bool:
    """Whether there was none without the new articles."""
    fresh = any(side.evidence.article in new for side in conflict.sides)
    return fresh and len({side.value for side in conflict.sides if side.evidence.article not in new}) < 2


def _decided(judgements: Sequence[Judgement], conflicts: dict[str, str]) -> Iterator[Change]:
    for judgement in judgements:
        if judgement.subject in conflicts and judgement.verdict in _SETTLING:
            yield Change("settled", conflicts[judgement.subject], other=judgement.subject)
        elif judgement.verdict is Verdict.CORRECT and judgement.subject.startswith("art-"):
            yield Change("correction", None, other=judgement.subject)


_SETTLING = frozenset(v for v in Verdict if v.value in {"settle", "confirm", "reject"})
