"""Once said or said again: a statement's retellings parted into the occasions on which it was said.

Print is no repetition: a reprint, an agency's report and the same words within a week are one occasion. Only days
that exclude each other make a second one; a retelling without a date never does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quellenlage.model import DateInterval, Member, Occasion, OriginKind, Retelling

SAME_WORDS_WITHIN = 7
"""Days between two prints of the same words that count as one occasion: weeklies print what was said days before."""

SAME_CONTENT_WITHIN = 2
"""The same for like content in other words: dailies print the next day, and over a Sunday the day after."""

AGENCY_WITHIN = 3
"""Days within which reports of one agency are one report."""

Alike = Callable[[Member, Member], bool]


@dataclass(frozen=True, slots=True)
class Prints:
    """Which articles share text, by the family they belong to, and the kind of each origin."""

    family: Mapping[str, str]
    kinds: Mapping[str, OriginKind]


def gap(one: DateInterval, other: DateInterval) -> int:
    """Days between two intervals, 0 where they meet."""
    return max(0, (one.earliest - other.latest).days, (other.earliest - one.latest).days)


def occasions(retellings: Sequence[Retelling], prints: Prints, same_words: Alike) -> tuple[Occasion, ...]:
    """Part retellings, in any order, into occasions in order of time; `same_words` compares two of them."""
    ordered = sorted(retellings, key=_order)
    units = _units(ordered, prints)
    dated = sorted((u for u in units if u.days), key=lambda u: (u.start, u.retellings[0].claim))
    found: list[_Unit] = []
    for unit in dated:
        reason = ""
        for before in found:
            reason = _joins(unit, before, same_words)
            if reason:
                before.add(unit, reason)
                break
        if not reason:
            found.append(unit)
    for unit in (u for u in units if not u.days):
        home = next((o for o in found if _share_words(unit, o, same_words)), found[0] if found else None)
        if home is None:
            found.append(unit)
        else:
            home.add(unit, "undated")
    return tuple(unit.occasion() for unit in found)


def _order(retelling: Retelling) -> tuple[bool, str, str]:
    days = retelling.interval
    return (days is None, days.earliest.isoformat() if days else "", retelling.claim)


class _Unit:
    """Retellings that are one print of the same report, then, as more are added, one occasion."""

    def __init__(self, retellings: list[Retelling], reasons: list[str]) -> None:
        self.retellings = retellings
        self.reasons = reasons
        self.days = self._days()

    @property
    def start(self) -> str:
        return self.days.earliest.isoformat() if self.days else ""

    @property
    def said(self) -> bool:
        return any(r.dated_by == "said" for r in self.retellings)

    def _days(self) -> DateInterval | None:
        """Days of saying that all who tell them allow, else of the first who does; else those of the first print."""
        told = [r.interval for r in self.retellings if r.dated_by == "said" and r.interval]
        if told:
            days = told[0]
            for other in told[1:]:
                days = days.intersection(other) or days
            return days
        printed = [r.interval for r in self.retellings if r.interval]
        return min(printed, key=lambda i: (i.latest, i.earliest), default=None)

    def add(self, other: _Unit, reason: str) -> None:
        """Take another unit in; the days stay those of the first, so that an occasion cannot creep on."""
        if other.said and not self.said:
            self.days = other.days
        self.retellings = sorted([*self.retellings, *other.retellings], key=_order)
        self.reasons = [*self.reasons, *other.reasons, reason]

    def occasion(self) -> Occasion:
        days = self.days
        return Occasion(
            members=tuple(r.member for r in self.retellings),
            earliest=days.earliest if days else None,
            latest=days.latest if days else None,
            dated_by=("said" if self.said else "printed") if days else None,
            reasons=tuple(dict.fromkeys(self.reasons)),
        )


def _units(ordered: Sequence[Retelling], prints: Prints) -> list[_Unit]:
    """Retellings of one article, of articles that share text, and of one agency's report, together."""
    groups: list[tuple[list[Retelling], list[str]]] = []
    by_key: dict[str, list[int]] = {}
    for retelling in ordered:
        keys = _keys(retelling, prints)
        fitting = (
            (n, reason) for key, reason in keys for n in by_key.get(key, ()) if _fits(retelling, groups[n][0], reason)
        )
        home, reason = next(fitting, (len(groups), ""))
        if reason:
            groups[home][1].append(reason)
        else:
            groups.append(([], []))
        groups[home][0].append(retelling)
        for key, _ in keys:
            if home not in by_key.setdefault(key, []):
                by_key[key].append(home)
    return [_Unit(told, reasons) for told, reasons in groups]


def _keys(retelling: Retelling, prints: Prints) -> list[tuple[str, str]]:
    article = retelling.member.article
    keys = [(f"article:{article}", "same-article")]
    if family := prints.family.get(article):
        keys.append((f"family:{family}", "reprint"))
    if prints.kinds.get(retelling.origin) is OriginKind.AGENCY and retelling.interval:
        keys.append((f"agency:{retelling.origin}", "agency"))
    return keys


def _fits(retelling: Retelling, group: Sequence[Retelling], reason: str) -> bool:
    """Whether the days allow one report: told days of saying must meet, an agency's reports lie close together.

    Text that was copied weeks later tells of no second occasion by itself.
    """
    for other in group:
        if retelling.interval is None or other.interval is None:
            continue
        apart = gap(retelling.interval, other.interval)
        if retelling.dated_by == other.dated_by == "said" and apart > 0:
            return False
        if reason == "agency" and apart > AGENCY_WITHIN:
            return False
    return True


def _joins(unit: _Unit, before: _Unit, same_words: Alike) -> str:
    """Why a unit belongs to an occasion that began before it; empty where it does not."""
    if unit.days is None or before.days is None:
        return ""
    apart = gap(unit.days, before.days)
    if unit.said and before.said:
        return "same-day" if apart == 0 else ""
    if apart <= SAME_WORDS_WITHIN and _share_words(unit, before, same_words):
        return "same-words"
    return "near-days" if apart <= SAME_CONTENT_WITHIN else ""


def _share_words(unit: _Unit, other: _Unit, same_words: Alike) -> bool:
    return any(same_words(a.member, b.member) for a in unit.retellings[:5] for b in other.retellings[:5])
