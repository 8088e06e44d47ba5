"""Once said or said again: a statement's retellings parted into the occasions on which it was said.

Print is no repetition: a reprint, an agency's report and the same words within a week are one occasion. Only days
that exclude each other make a second one; a retelling without a date never does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
    if len(retellings) == 1:
        (only,) = retellings
        return (Occasion((only.member,), only.earliest, only.latest, only.dated_by),)
    ordered = sorted(retellings, key=_order)
    units = _units(ordered, prints)
    dated = sorted((u for u in units if u.days), key=lambda u: (u.start, u.retellings[0].claim))
    found: list[_Unit] = []
    near: list[_Unit] = []
    for unit in dated:
        reason = ""
        # Units come in order of time: an occasion that is too long past for one is so for all that follow.
        near = [before for before in near if not _past(before, unit, SAME_WORDS_WITHIN)]
        for before in near:
            reason = _joins(unit, before, same_words)
            if reason:
                before.add(unit, reason)
                break
        if not reason:
            found.append(unit)
            near.append(unit)
    for unit in (u for u in units if not u.days):
        home = next((o for o in found if _share_words(unit, o, same_words)), found[0] if found else None)
        if home is None:
            found.append(unit)
        else:
            home.add(unit, "undated")
    return tuple(unit.occasion() for unit in found)


def _past(before: _Unit, unit: _Unit, days: int) -> bool:
    return before.days is not None and unit.days is not None and (unit.days.earliest - before.days.latest).days > days


def _order(retelling: Retelling) -> tuple[bool, str, str]:
    days = retelling.interval
    return (days is None, days.earliest.isoformat() if days else "", retelling.claim)


class _Unit:
    """Retellings that are one print of the same report, then, as more are added, one occasion."""

    def __init__(self, retellings: list[Retelling], reasons: list[str]) -> None:
        self.retellings = retellings
        self.reasons = reasons
        self.days = self._days()
        self.said = any(r.dated_by == "said" for r in retellings)

    @property
    def start(self) -> str:
        return self.days.earliest.isoformat() if self.days else ""

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
            self.days, self.said = other.days, True
        self.retellings += other.retellings
        self.reasons = list(dict.fromkeys((*self.reasons, *other.reasons, reason)))

    def occasion(self) -> Occasion:
        days = self.days
        return Occasion(
            members=tuple(r.member for r in sorted(self.retellings, key=_order)),
            earliest=days.earliest if days else None,
            latest=days.latest if days else None,
            dated_by=("said" if self.said else "printed") if days else None,
            reasons=tuple(dict.fromkeys(self.reasons)),
        )


class _Gathered:
    """Retellings of one report, with the bounds of their days: a further one is compared with these only."""

    def __init__(self) -> None:
        self.retellings: list[Retelling] = []
        self.reasons: list[str] = []
        self.all = _Bounds()
        self.said = _Bounds()

    def add(self, retelling: Retelling) -> None:
        self.retellings.append(retelling)
        if retelling.interval:
            self.all.add(retelling.interval)
            if retelling.dated_by == "said":
                self.said.add(retelling.interval)


@dataclass(slots=True)
class _Bounds:
    """The last day on which one of some intervals begins, and the first on which one ends."""

    begin: date = date.min
    end: date = date.max

    def add(self, days: DateInterval) -> None:
        self.begin, self.end = max(self.begin, days.earliest), min(self.end, days.latest)

    def within(self, days: DateInterval, apart: int) -> bool:
        """Whether all of them lie so few days from this one."""
        none = self.begin == date.min
        return none or ((self.begin - days.latest).days <= apart and (days.earliest - self.end).days <= apart)


def _units(ordered: Sequence[Retelling], prints: Prints) -> list[_Unit]:
    """Retellings of one article, of articles that share text, and of one agency's report, together."""
    groups: list[_Gathered] = []
    by_key: dict[str, list[int]] = {}
    for retelling in ordered:
        keys = _keys(retelling, prints)
        home, why = len(groups), ""
        for key, reason in keys:
            if reason == "agency" and (days := retelling.interval):
                # In order of time: a report that is too old for this one is so for all that follow.
                known = by_key.get(key, [])
                by_key[key] = [n for n in known if (days.earliest - groups[n].all.end).days <= AGENCY_WITHIN]
            fit = next((n for n in by_key.get(key, ()) if _fits(retelling, groups[n], reason)), None)
            if fit is not None:
                home, why = fit, reason
                break
        if why:
            groups[home].reasons.append(why)
        else:
            groups.append(_Gathered())
        groups[home].add(retelling)
        for key, _ in keys:
            if home not in by_key.setdefault(key, []):
                by_key[key].append(home)
    return [_Unit(one.retellings, one.reasons) for one in groups]


def _keys(retelling: Retelling, prints: Prints) -> list[tuple[str, str]]:
    article = retelling.member.article
    keys = [(f"article:{article}", "same-article")]
    if family := prints.family.get(article):
        keys.append((f"family:{family}", "reprint"))
    if prints.kinds.get(retelling.origin) is OriginKind.AGENCY and retelling.interval:
        keys.append((f"agency:{retelling.origin}", "agency"))
    return keys


def _fits(retelling: Retelling, group: _Gathered, reason: str) -> bool:
    """Whether the days allow one report: told days of saying must meet, an agency's reports lie close together.

    Text that was copied weeks later tells of no second occasion by itself.
    """
    if retelling.interval is None:
        return True
    if retelling.dated_by == "said" and not group.said.within(retelling.interval, 0):
        return False
    return reason != "agency" or group.all.within(retelling.interval, AGENCY_WITHIN)


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
