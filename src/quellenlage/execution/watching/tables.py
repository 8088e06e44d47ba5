"""Reading one table of a settings file with what is wrong in it, each problem with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, cast

from quellenlage.errors import Phrase, UnreadableInput

Place = tuple[str | int, ...]
"""Where a value stands: `("every",)`, `("feed", 2, "url")`, tables of an array counted from 0."""

_ARRAY = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d{1,6})\s*([smhdw])")
_FENCE = re.compile("\"\"\"|'''")

CORRECT = Phrase("correct this line; docs/watch.md describes every setting")


def line_numbers(text: str) -> dict[Place, int]:
    """Line of each table and key of a TOML file, from 1; the parser of the standard library tells none."""
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        fences = len(_FENCE.findall(line))
        if not inside:
            if match := _ARRAY.match(line):
                counts[match[1]] = counts.get(match[1], -1) + 1
                table = (match[1], counts[match[1]])
                found[table] = number
            elif match := _TABLE.match(line):
                table = (match[1],)
                found[table] = number
            elif match := _KEY.match(line):
                found.setdefault((*table, match[1]), number)
        inside = inside != (fences % 2 == 1)
    return found


def seconds(text: str) -> int | None:
    """A length of time such as "30m", "6h", "2d" in seconds; None where it is none."""
    match = _DURATION.fullmatch(text.strip())
    return int(match[1]) * _UNITS[match[2]] if match else None


class Table:
    """One table of the file; what is wrong is noted, and the default stands in for it."""

    def __init__(self, file: str, values: Mapping[str, Any], place: Place, lines: Mapping[Place, int]) -> None:
        """Take the values of the table and where it stands."""
        self._file, self._values, self._place, self._lines = file, values, place, lines
        self._asked: list[str] = []
        self.problems: list[UnreadableInput] = []

    def wrong(self, key: str | None, problem: Phrase, remedy: Phrase) -> None:
        """Note a problem with a key of the table, or with the table itself."""
        place = (*self._place, key) if key else self._place
        line = self._lines.get(place) or self._lines.get(self._place) or 1
        said = "line {line}: {problem}"
        self.problems.append(UnreadableInput(self._file, said, remedy=remedy, line=line, problem=problem))

    def _get(self, key: str, kind: type | tuple[type, ...], expected: str) -> Any:
        self._asked.append(key)
        value = self._values.get(key)
        if value is None or (isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool)):
            return value
        self._expected(key, expected)
        return None

    def _expected(self, key: str, expected: str) -> None:
        problem = Phrase("{key} is not what it should be: {expected}", key=key, expected=expected)
        self.wrong(key, problem, CORRECT)

    def text(self, key: str, default: str = "") -> str:
        """A text that is not empty."""
        value = self._get(key, str, '"…"')
        if value is not None and not value.strip():
            self._expected(key, '"…"')
            return default
        return default if value is None else str(value).strip()

    def needed(self, key: str) -> str:
        """A text that has to be there."""
        if key not in self._values:
            self._asked.append(key)
            problem = Phrase("{key} is missing", key=key)
            self.wrong(None, problem, Phrase("add it; docs/watch.md describes every setting"))
            return ""
        return self.text(key)

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str | None:
        """One of some words."""
        value = self._get(key, str, ", ".join(choices))
        if value is not None and value not in choices:
            self._expected(key, ", ".join(choices))
            return default
        return default if value is None else str(value)

    def flag(self, key: str, default: bool) -> bool:
        """Yes or no."""
        value = self._get(key, bool, "true, false")
        return default if value is None else bool(value)

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within limits."""
        expected = f"{least} … {most}"
        value = self._get(key, int, expected)
        if value is not None and not least <= value <= most:
            self._expected(key, expected)
            return default
        return default if value is None else int(value)

    def duration(self, key: str, default: int | None, least: int = 0) -> int | None:
        """A length of time in seconds."""
        value = self._get(key, str, '"30m", "6h", "2d"')
        if value is None:
            return default
        found = seconds(value)
        if found is None or found < least:
            self._expected(key, f'"30m", "6h", "2d" (≥ {least} s)')
            return default
        return found

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts, or a single one."""
        value = self._get(key, (list, str), '["…", "…"]')
        listed = [value] if isinstance(value, str) else value
        if listed is None:
            return None
        if not all(isinstance(one, str) and one.strip() for one in listed):
            self._expected(key, '["…", "…"]')
            return None
        return tuple(cast(str, one).strip() for one in listed)

    def tables(self, key: str) -> list[Table]:
        """Tables of an array, `[[key]]`."""
        value = self._get(key, list, f"[[{key}]]")
        if value is not None and not all(isinstance(one, Mapping) for one in value):
            self._expected(key, f"[[{key}]]")
            return []
        return [Table(self._file, one, (key, at), self._lines) for at, one in enumerate(value or ())]

    def unknown(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                if near:
                    problem = Phrase("there is no setting {key}; perhaps {near}", key=key, near=near[0])
                else:
                    problem = Phrase("there is no setting {key}", key=key)
                self.wrong(key, problem, CORRECT)
