"""Growing clusters under constraints: what a human kept apart stays apart, conflicting first names never meet."""

from __future__ import annotations

from collections.abc import Iterable

from quellenlage.link.entities.profile import Profile
from quellenlage.link.entities.spelling import same_first_name


class Clusters:
    """A disjoint-set forest over profiles whose unions can be refused; the root is always the first-captured.

    A union that a judgement forces may put conflicting first names into one cluster. First names are therefore kept
    by part, a second forest inside the first: what belongs to one of two persons that were declared one still joins
    its own part, instead of being refused for the first name of the other.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles = list(profiles)
        self._parent = list(range(len(self.profiles)))
        self._part = list(range(len(self.profiles)))
        self.members: dict[int, list[int]] = {p.order: [p.order] for p in self.profiles}
        self.reasons: dict[int, list[str]] = {p.order: [] for p in self.profiles}
        self._firsts: dict[int, set[tuple[str, ...]]] = {
            p.order: {p.first} if p.first else set() for p in self.profiles
        }
        self._apart: dict[int, set[int]] = {}

    def find(self, order: int) -> int:
        """Root of a profile: the order of the cluster's first-captured member."""
        return _root(self._parent, order)

    def keep_apart(self, one: int, other: int) -> None:
        """Never let these two come into one cluster."""
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)

    def firsts(self, order: int) -> set[tuple[str, ...]]:
        """All first names in the cluster of a profile, but for those of another person that a judgement added."""
        return self._firsts[_root(self._part, order)]

    def join(self, one: int, other: int, reason: str, *, forced: bool = False) -> bool:
        """Make one cluster of two unless a judgement or conflicting first names forbid it; whether they are one now."""
        a, b = sorted((self.find(one), self.find(other)))
        if a == b:
            self._join_parts(one, other)
            return True
        if self._forbidden(a, b) or not (self._join_parts(one, other) or forced):
            return False
        self._parent[b] = a
        self.members[a] += self.members.pop(b)
        gained = [*self.reasons.pop(b), reason]
        self.reasons[a] += [r for r in gained if r not in self.reasons[a]]
        return True

    def _forbidden(self, a: int, b: int) -> bool:
        if not self._apart:
            return False
        small, large = sorted((a, b), key=lambda root: len(self.members[root]))
        return any(self.find(other) == large for m in self.members[small] for other in self._apart.get(m, ()))

    def _join_parts(self, one: int, other: int) -> bool:
        """Make one part of two unless first names conflict; whether they are one now."""
        a, b = sorted((_root(self._part, one), _root(self._part, other)))
        if a == b:
            return True
        if not all(compatible(x, y) for x in self._firsts[a] for y in self._firsts[b]):
            return False
        self._part[b] = a
        self._firsts[a] |= self._firsts.pop(b)
        return True


def _root(parents: list[int], order: int) -> int:
    while parents[order] != order:
        parents[order] = parents[parents[order]]
        order = parents[order]
    return order


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of first names can be one person's; a second first name may be missing, not differ."""
    if not one or not other:
        return True
    if not same_first_name(one[0], other[0]):
        # "Frank-Walter" is also told as "Walter", "George W." as "W."? Only whole names count, never initials.
        return " ".join(one).replace("-", "").lower() == " ".join(other).replace("-", "").lower()
    return len(one) < 2 or len(other) < 2 or same_first_name(one[1], other[1])
