"""The clusters of an archive: those that were asked for last in memory, the others in a file.

A cluster keeps all that later tellings are compared with, and there are several times as many of them as articles. A
telling is compared with those of its days, most of which were opened shortly before it.
"""

from __future__ import annotations

import pickle
from array import array
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import cast

from quellenlage.link.cluster import Cluster
from quellenlage.link.tellings import Told
from quellenlage.model.filed import File, Filed, Some
from quellenlage.model.numbered import Numbered

_HELD = 1 << 15
"""Clusters that are held, those of the latest five thousand articles or so."""

_NEVER = 0
_KEPT = tuple(field.name for field in fields(Cluster) if field.name != "tellings")
_kept_of = attrgetter(*_KEPT)


class Clusters(Numbered[Cluster]):
    """Clusters by their numbers. What is asked for stays the same object until `let_go`."""

    def __init__(self) -> None:
        self._told: Filed[Told] = Filed(Told)
        self._file = File()
        self._pieces = array("I")
        self._held: OrderedDict[int, Cluster] = OrderedDict()
        self._changed: set[int] = set()

    def open(self) -> int:
        """A new cluster behind all others; returns its number."""
        number = len(self._pieces)
        self._pieces.append(_NEVER)
        self._held[number] = Cluster(Some(self._told))
        self._changed.add(number)
        return number

    def change(self, number: int) -> Cluster:
        """A cluster that is going to be changed."""
        self._changed.add(number)
        return self[number]

    def let_go(self) -> None:
        """Put away what was not asked for lately; what is held by others must not be changed any more."""
        while len(self._held) > _HELD:
            number, cluster = self._held.popitem(last=False)
            if number in self._changed:
                self._changed.remove(number)
                state = (cast("Some[Told]", cluster.tellings).numbers, *_kept_of(cluster))
                self._pieces[number] = self._file.append(pickle.dumps(state, pickle.HIGHEST_PROTOCOL)) + 1

    def _read(self, number: int) -> Cluster:
        piece = self._pieces[number] - 1
        numbers, *kept = pickle.loads(next(self._file.read(piece, piece + 1)))  # noqa: S301 - written by ourselves
        return Cluster(Some(self._told, numbers), *kept)

    def __len__(self) -> int:
        return len(self._pieces)

    def at(self, number: int) -> Cluster:
        """The cluster of a number: the one held, or read anew."""
        found = self._held.get(number)
        if found is None:
            found = self._held[number] = self._read(number)
        else:
            self._held.move_to_end(number)
        return found

    def __iter__(self) -> Iterator[Cluster]:
        for number in range(len(self)):
            yield self[number]
            self.let_go()
