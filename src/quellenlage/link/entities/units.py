"""What belongs together: bearers with their short names, and what people declared one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quellenlage.link.entities.profile import Profile
from quellenlage.link.entities.registry import Bearer, Perhaps, Registry
from quellenlage.link.entities.shorts import Shorts
from quellenlage.model import Judgement, Verdict


@dataclass(slots=True)
class Unit:
    """Profiles that are one thing, in order, and why."""

    profiles: list[Profile]
    reasons: list[str] = field(default_factory=list)

    @property
    def first(self) -> Profile:
        """The first-captured member, which names the unit."""
        return self.profiles[0]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What people said of pairs of identifiers, the last word on each."""

    same: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]


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


def units(registry: Registry, shorts: Shorts, pairs: Pairs) -> list[Unit]:
    """All units in the order of their first members."""
    found = [Unit(list(b.profiles), list(b.reasons)) for b in registry.bearers]
    apart = _apart(pairs)
    meant: set[int] = set()
    alone: list[Unit] = []
    for settled in shorts.settled:
        meant.add(settled.profile.order)
        unit = found[settled.bearer]
        if not apart.get(settled.profile.identifier, frozenset()).isdisjoint(p.identifier for p in unit.profiles):
            alone.append(Unit([settled.profile]))  # a person said that it is not this bearer
            continue
        unit.profiles.append(settled.profile)
        if settled.reason not in unit.reasons:
            unit.reasons.append(settled.reason)
    for group in shorts.groups:
        kept = Unit([], list(group.reasons))
        for profile in group.profiles:
            if apart.get(profile.identifier, frozenset()).isdisjoint(p.identifier for p in kept.profiles):
                kept.profiles.append(profile)
            else:
                alone.append(Unit([profile]))
        alone.append(kept)
    found += alone
    found += [Unit([noun]) for noun in registry.nouns if noun.order not in meant]
    for unit in found:
        unit.profiles.sort(key=lambda p: p.order)
    joined = _forced([unit for unit in found if unit.profiles], pairs)
    return sorted(joined, key=lambda unit: unit.first.order)


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
    decided_on = {identifier for pair in (*pairs.same, *pairs.apart) for identifier in pair}
    at = {
        p.identifier: number for number, unit in enumerate(found) for p in unit.profiles if p.identifier in decided_on
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
        a, b = sorted((root(at[one]), root(at[other])), key=lambda n: found[n].first.order)
        if a == b or any(root(n) == a for n in apart.get(b, ())) or any(root(n) == b for n in apart.get(a, ())):
            continue
        parent[b] = a
        apart.setdefault(a, set()).update(apart.pop(b, set()))
        found[a].profiles = sorted([*found[a].profiles, *found[b].profiles], key=lambda p: p.order)
        found[a].reasons += [r for r in [*found[b].reasons, "judgement:same"] if r not in found[a].reasons]
    return [unit for number, unit in enumerate(found) if root(number) == number]


def open_doubts(
    registry: Registry, shorts: Shorts, found: Sequence[Unit], pairs: Pairs
) -> list[tuple[Unit, Unit, Perhaps]]:
    """Doubts that people have not settled, the likeliest of each pair of units."""
    doubted = {order for perhaps in (*registry.perhaps, *shorts.perhaps) for order in (perhaps.one, perhaps.other)}
    unit_of = {p.order: number for number, unit in enumerate(found) for p in unit.profiles if p.order in doubted}
    settled = {frozenset(pair) for pair in (*pairs.same, *pairs.apart)}
    best: dict[tuple[int, int, bool], Perhaps] = {}
    for perhaps in (*registry.perhaps, *shorts.perhaps):
        one, other = unit_of.get(perhaps.one), unit_of.get(perhaps.other)
        if one is None or other is None or (one == other) != perhaps.merged:
            continue
        key = (min(one, other), max(one, other), perhaps.merged)
        if key not in best or perhaps.score > best[key].score:
            best[key] = perhaps
    result = []
    for (one, other, merged), perhaps in sorted(best.items()):
        a, b = found[one], found[other]
        if not merged and settled and _parted(a, b, settled):
            continue
        if merged and frozenset(p.identifier for p in a.profiles if p.order in {perhaps.one, perhaps.other}) in settled:
            continue
        result.append((a, b, perhaps))
    return result


def _parted(a: Unit, b: Unit, settled: Iterable[frozenset[str]]) -> bool:
    """Whether people decided about a member of the one and one of the other."""
    identifiers = [{p.identifier for p in unit.profiles} for unit in (a, b)]
    return any(_between(pair, *identifiers) for pair in settled if len(pair) == 2)


def _between(pair: frozenset[str], one: set[str], other: set[str]) -> bool:
    x, y = sorted(pair)
    return (x in one and y in other) or (y in one and x in other)


__all__ = ["Bearer", "Pairs", "Unit", "decided", "open_doubts", "units"]
