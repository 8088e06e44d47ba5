"""What belongs together: bearers with their short names, and what people declared one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge

from quellenlage.link.entities.profile import Profile
from quellenlage.link.entities.profiles import Chosen, Profiles
from quellenlage.link.entities.registry import Bearer, Perhaps, Registry
from quellenlage.link.entities.shorts import Shorts
from quellenlage.model import Judgement, Verdict


@dataclass(slots=True)
class Unit:
    """Profiles that are one thing, in order, and why."""

    profiles: Chosen
    reasons: list[str] = field(default_factory=list)

    @property
    def first(self) -> Profile:
        """The first-captured member, which names the unit."""
        return self.profiles[0]

    @property
    def order(self) -> int:
        """The order of the first-captured member, by which units are sorted."""
        return self.profiles.orders[0]

    @property
    def identifier(self) -> str:
        """The identifier of the first-captured member."""
        return next(self.profiles.identifiers)


class Units(Iterable[Unit]):
    """Units in the order of their first members; most are a noun by itself, for which one is made when it is its turn.

    Those that are `told` of otherwise can be changed, and stay as they were left.
    """

    def __init__(self, profiles: Profiles, told: Iterable[Unit], nouns: array[int]) -> None:
        self._profiles = profiles
        self.told = sorted(told, key=lambda unit: unit.order)
        self._nouns = nouns

    def __iter__(self) -> Iterator[Unit]:
        nouns = (Unit(Chosen(self._profiles, (order,))) for order in self._nouns)
        return merge(self.told, nouns, key=lambda unit: unit.order)

    def __len__(self) -> int:
        return len(self.told) + len(self._nouns)

    def of(self, orders: Collection[int]) -> dict[int, Unit]:
        """The units that profiles belong to."""
        found = {order: unit for unit in self.told for order in unit.profiles.orders if order in orders}
        for order in orders:
            at = bisect_left(self._nouns, order)
            if at < len(self._nouns) and self._nouns[at] == order:
                found[order] = Unit(Chosen(self._profiles, (order,)))
        return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """What people said of pairs of identifiers, the last word on each."""

    same: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]

    @property
    def identifiers(self) -> frozenset[str]:
        """Whom people spoke of."""
        return frozenset(identifier for pair in (*self.same, *self.apart) for identifier in pair)


def decided(judgements: Iterable[Judgement], known: frozenset[str], parted: Iterable[tuple[str, str]] = ()) -> Pairs:
    """The last word on every pair of known identifiers; those `parted` within an article differ by that alone."""
    last: dict[tuple[str, str], tuple[Verdict, tuple[str, str]]] = {
        (min(pair), max(pair)): (Verdict.DIFFER, pair) for pair in parted
    }
    for judgement in judgements:
        if judgement.verdict not in {Verdict.SAME, Verdict.DIFFER} or not judgement.other:
            continue
        one, other = judgement.subject, judgement.other
        if one != other and one in known and other in known:
            pair = (min(one, other), max(one, other))
            last.pop(pair, None)
            last[pair] = (judgement.verdict, (one, other))
    same = tuple(pair for verdict, pair in last.values() if verdict is Verdict.SAME)
    return Pairs(same, tuple(pair for verdict, pair in last.values() if verdict is Verdict.DIFFER))


def units(registry: Registry, shorts: Shorts, pairs: Pairs) -> Units:
    """All units in the order of their first members."""
    profiles = registry.profiles
    found = [Unit(Chosen(profiles, b.profiles.orders), list(b.reasons)) for b in registry.bearers]
    apart = _apart(pairs)
    meant: set[int] = set()
    alone: list[Unit] = []

    def fits(order: int, unit: Unit) -> bool:
        """Whether nobody said that a profile is not of a unit."""
        others = apart.get(profiles.identifier(order)) if apart else None
        return not others or others.isdisjoint(unit.profiles.identifiers)

    for settled in shorts.settled:
        meant.add(settled.order)
        unit = found[settled.bearer]
        if not fits(settled.order, unit):
            alone.append(Unit(Chosen(profiles, (settled.order,))))
            continue
        unit.profiles.orders.append(settled.order)
        if settled.reason not in unit.reasons:
            unit.reasons.append(settled.reason)
    for group in shorts.groups:
        kept = Unit(Chosen(profiles), list(group.reasons))
        for order in group.orders:
            if fits(order, kept):
                kept.profiles.orders.append(order)
            else:
                alone.append(Unit(Chosen(profiles, (order,))))
        alone.append(kept)
    found += alone
    nouns = array("I", (order for order in registry.nouns.orders if order not in meant))
    if pairs.same:
        decided_on = pairs.identifiers
        told = {order for order in nouns if profiles.identifier(order) in decided_on}
        found += [Unit(Chosen(profiles, (order,))) for order in sorted(told)]
        nouns = array("I", (order for order in nouns if order not in told))
    found = [unit for unit in found if unit.profiles.orders]
    for unit in found:
        unit.profiles.sort()
    return Units(profiles, _forced(found, pairs), nouns)


def _apart(pairs: Pairs) -> dict[str, frozenset[str]]:
    """Identifiers that people keep apart from each."""
    found: dict[str, set[str]] = {}
    for one, other in pairs.apart:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {identifier: frozenset(others) for identifier, others in found.items()}


def _forced(found: list[Unit], pairs: Pairs) -> list[Unit]:
    """Make one of two units that people declared one, unless they declared members of them two."""
    if not pairs.same:
        return found
    decided_on = pairs.identifiers
    at = {
        identifier: number
        for number, unit in enumerate(found)
        for identifier in unit.profiles.identifiers
        if identifier in decided_on
    }
    parent = list(range(len(found)))
    apart: dict[int, set[int]] = {}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in pairs.apart:
        apart.setdefault(at[one], set()).add(at[other])
        apart.setdefault(at[other], set()).add(at[one])
    for one, other in pairs.same:
        a, b = sorted((root(at[one]), root(at[other])), key=lambda n: found[n].order)
        if a == b or any(root(n) == a for n in apart.get(b, ())) or any(root(n) == b for n in apart.get(a, ())):
            continue
        parent[b] = a
        apart.setdefault(a, set()).update(apart.pop(b, set()))
        found[a].profiles.orders.extend(found[b].profiles.orders)
        found[a].profiles.sort()
        found[a].reasons += [r for r in [*found[b].reasons, "judgement:same"] if r not in found[a].reasons]
    return [unit for number, unit in enumerate(found) if root(number) == number]


def open_doubts(doubts: Iterable[Perhaps], found: Units, pairs: Pairs) -> list[tuple[Unit, Unit, Perhaps]]:
    """Doubts that people have not settled, the likeliest of each pair of units."""
    doubts = list(doubts)
    unit_of = found.of({order for perhaps in doubts for order in (perhaps.one, perhaps.other)})
    settled = {frozenset(pair) for pair in (*pairs.same, *pairs.apart)}
    best: dict[tuple[int, int, bool], tuple[Unit, Unit, Perhaps]] = {}
    for perhaps in doubts:
        one, other = unit_of.get(perhaps.one), unit_of.get(perhaps.other)
        if one is None or other is None or (one.order == other.order) != perhaps.merged:
            continue
        a, b = (one, other) if one.order <= other.order else (other, one)
        key = (a.order, b.order, perhaps.merged)
        if key not in best or perhaps.score > best[key][2].score:
            best[key] = (a, b, perhaps)
    result = []
    for _, (a, b, perhaps) in sorted(best.items(), key=lambda item: item[0]):
        if not perhaps.merged and settled and _parted(a, b, settled):
            continue
        if perhaps.merged:
            both = {perhaps.one, perhaps.other}
            if frozenset(p.identifier for p in a.profiles if p.order in both) in settled:
                continue
        result.append((a, b, perhaps))
    return result


def _parted(a: Unit, b: Unit, settled: Iterable[frozenset[str]]) -> bool:
    """Whether people decided about a member of the one and one of the other."""
    identifiers = [set(unit.profiles.identifiers) for unit in (a, b)]
    return any(_between(pair, *identifiers) for pair in settled if len(pair) == 2)


def _between(pair: frozenset[str], one: set[str], other: set[str]) -> bool:
    x, y = sorted(pair)
    return (x in one and y in other) or (y in one and x in other)


__all__ = ["Bearer", "Pairs", "Unit", "Units", "decided", "open_doubts", "units"]
