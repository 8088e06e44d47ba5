"""JSON documents written piece by piece, so that a large archive need not stand in memory twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from quellenlage.views.pseudonyms import veiled

Record = dict[str, Any]


def listed(head: Record, name: str, members: Iterable[Record]) -> Iterator[bytes]:
    """An object with the fields of `head`, then the members in a list of this name, each on a line of its own."""
    opening = msgspec.json.encode(veiled(head))[:-1]
    yield opening + (b"," if head else b"") + msgspec.json.encode(name) + b":["
    between = b"\n"
    for member in members:
        yield between + msgspec.json.encode(veiled(member))
        between = b",\n"
    yield b"\n]}\n"
