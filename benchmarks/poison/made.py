"""What a family of poison makes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Expected(StrEnum):
    """What must become of an input."""

    TAKEN = "taken"
    REFUSED = "refused"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Made:
    """Bytes with the ending of a file's name."""

    suffix: str
    data: bytes
    expected: Expected = Expected.EITHER


@dataclass(frozen=True, slots=True)
class Poison:
    """One input: its number and family, the name of its file, its bytes and what must become of it."""

    number: int
    family: str
    name: str
    data: bytes
    expected: Expected
