"""Many identifiers in little memory: eight bytes each where they are made as nearly all are, by `content_id`."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping

from quellenlage.model.numbered import Numbered

_MADE = re.compile(r"([a-z]+-)([0-9a-f]{16})")
_OTHER = 0
"""Stands in the place of the prefix where an identifier is kept as it is."""
_PREFIXES = 255
_NONE = array("Q")


class Identifiers(Numbered[str]):
    """Identifiers in the order in which they were added; each is made anew when it is asked for."""

    __slots__ = ("_numbers", "_others", "_prefixes", "_prefixes_of")

    def __init__(self) -> None:
        self._numbers = array("Q")
        self._prefixes_of = array("B")
        self._prefixes: list[str] = [""]
        self._others: dict[int, str] = {}

    def append(self, identifier: str) -> None:
        """Add one at the end."""
        found = _MADE.fullmatch(identifier)
        prefix = self._prefix(found[1]) if found else _OTHER
        if found is None or prefix == _OTHER:
            self._others[len(self._numbers)] = identifier
            self._numbers.append(0)
        else:
            self._numbers.append(int(found[2], 16))
        self._prefixes_of.append(prefix)

    def _prefix(self, prefix: str) -> int:
        if prefix not in self._prefixes:
            if len(self._prefixes) > _PREFIXES:
                return _OTHER
            self._prefixes.append(prefix)
        return self._prefixes.index(prefix)

    def __len__(self) -> int:
        return len(self._numbers)

    def at(self, number: int) -> str:
        """The identifier of a number, made anew."""
        prefix = self._prefixes_of[number]
        if prefix == _OTHER:
            return self._others[number]
        return f"{self._prefixes[prefix]}{self._numbers[number]:016x}"

    def __iter__(self) -> Iterator[str]:
        return map(self.at, range(len(self)))


class IdentifierSet(Collection[str]):
    """Identifiers, each once and in no order of theirs, to be asked whether one is among them."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        numbers: dict[str, array[int]] = {}
        self._others: set[str] = set()
        for one in identifiers:
            found = _MADE.fullmatch(one)
            if found:
                numbers.setdefault(found[1], array("Q")).append(int(found[2], 16))
            else:
                self._others.add(one)
        self._numbers = {prefix: array("Q", sorted(set(some))) for prefix, some in numbers.items()}

    def __contains__(self, one: object) -> bool:
        found = _MADE.fullmatch(one) if isinstance(one, str) else None
        if found is None:
            return one in self._others
        some, wanted = self._numbers.get(found[1], _NONE), int(found[2], 16)
        at = bisect_left(some, wanted)
        return at < len(some) and some[at] == wanted

    def __iter__(self) -> Iterator[str]:
        for prefix, some in self._numbers.items():
            yield from (f"{prefix}{number:016x}" for number in some)
        yield from self._others

    def __len__(self) -> int:
        return len(self._others) + sum(map(len, self._numbers.values()))


class Joined(Mapping[str, str]):
    """Several mappings as one, without a copy of them; of one key the last that has it counts."""

    __slots__ = ("_parts",)

    def __init__(self, *parts: Mapping[str, str]) -> None:
        self._parts = tuple(part for part in parts if part)

    def __getitem__(self, key: str) -> str:
        for part in reversed(self._parts):
            found = part.get(key)
            if found is not None:
                return found
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(key in part for part in self._parts)

    def __iter__(self) -> Iterator[str]:
        for number, part in enumerate(self._parts):
            before = self._parts[:number]
            yield from (key for key in part if not any(key in other for other in before))

    def __len__(self) -> int:
        return sum(1 for _ in self)
