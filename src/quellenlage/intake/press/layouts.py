"""The layouts of `press_layouts.toml`, compiled: where an article begins or ends, and how its header is arranged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, cast

from quellenlage.resources import load

RESOURCE = "de/press_layouts.toml"


class Role(StrEnum):
    """What a line or a value of a header is."""

    OUTLET = "outlet"
    DATE = "date"
    HEADLINE = "headline"
    AUTHOR = "author"
    LEAD = "lead"
    URL = "url"
    LANGUAGE = "language"
    LENGTH = "length"
    BODY = "body"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout; `opens` and `closes` find whole lines anywhere in a text."""

    name: str
    database: str
    opens: re.Pattern[str] | None = None
    closes: re.Pattern[str] | None = None
    before: tuple[Role, ...] = ()
    after: tuple[Role, ...] = ()
    needs: frozenset[str] = frozenset()
    codes: bool = False
    kept: bool = False
    outlet: str | None = None
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether the opening lines number the articles."""
        return self.opens is not None and "n" in self.opens.groupindex


@cache
def layouts() -> tuple[Layout, ...]:
    """Every known layout, in the order of the file."""
    return tuple(_layout(row) for row in load(RESOURCE)["layout"])


def _layout(row: dict[str, Any]) -> Layout:
    opens = _whole_lines(row.get("opens", ()))
    fields = {name.rstrip("0123456789") for name in opens.groupindex} - {"n", "of"} if opens else set()
    return Layout(
        name=row["name"],
        database=row["database"],
        opens=opens,
        closes=_whole_lines(row.get("closes", ())),
        before=tuple(Role(name) for name in row.get("before", ())),
        after=tuple(Role(name) for name in row.get("after", ())),
        needs=frozenset(label.casefold() for label in row.get("needs", ())),
        codes=row.get("codes", False),
        kept=row.get("kept", bool(fields)),
        outlet=row.get("outlet"),
        examples=tuple(row["examples"]),
        counter=tuple(row["counter"]),
    )


def _whole_lines(patterns: list[str] | tuple[()]) -> re.Pattern[str] | None:
    """One pattern for several; names that occur in a later one too are set apart by a number."""
    if not patterns:
        return None
    seen: set[str] = set()
    parts = []
    for number, row in enumerate(patterns):
        pattern = row
        names = set(re.findall(r"\(\?P<(\w+)>", row))
        for name in names & seen:
            pattern = pattern.replace(f"(?P<{name}>", f"(?P<{name}{number}>")
        seen |= names
        parts.append(f"(?:{pattern})")
    return re.compile(rf"^[ \t\f\xa0]*(?:{'|'.join(parts)})[ \t\xa0]*\r?$", re.MULTILINE)


def group(match: re.Match[str], name: str) -> tuple[int, int] | None:
    """Place of a named group, under whichever of its numbers it matched."""
    for known in match.re.groupindex:
        if known.rstrip("0123456789") == name and match[known] is not None:
            return match.span(known)
    return None


@dataclass(frozen=True, slots=True)
class Around:
    """What is told of the pages around the articles."""

    contents: re.Pattern[str]
    entry: re.Pattern[str]
    legal: re.Pattern[str]


@cache
def around() -> Around:
    """Patterns of tables of contents and of legal notices."""
    table = load(RESOURCE)["around"]
    return Around(re.compile(table["contents"], re.IGNORECASE), re.compile(table["entry"]), re.compile(table["legal"]))


@cache
def label_roles() -> dict[str, Role]:
    """Labels in lower case, to what stands behind them."""
    table = cast("dict[str, list[str]]", load(RESOURCE)["labels"])
    return {label.casefold(): Role(role) for role, labels in table.items() for label in labels}


@cache
def label_pattern() -> re.Pattern[str]:
    """A label with its colon, at the beginning of a line or parted from what is before it."""
    names = "|".join(re.escape(label) for label in sorted(label_roles(), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=\s\s)|(?<=\t)|(?<=[|;]\s))(?P<label>{names})\.?[ \t]?(?::|\t)[ \t]*", re.IGNORECASE)


@cache
def code_roles() -> dict[str, Role]:
    """Labels of two or three capitals, to what stands behind them."""
    table = cast("dict[str, list[str]]", load(RESOURCE)["codes"])
    return {code: Role(role) for role, codes in table.items() for code in codes}


@cache
def code_pattern() -> re.Pattern[str]:
    """Such a label at the beginning of a line."""
    return re.compile(rf"(?P<label>{'|'.join(code_roles())})(?:\s+|$)")


@cache
def alone() -> frozenset[str]:
    """Labels of the text that stand alone on a line, without a colon."""
    return frozenset(cast("list[str]", load(RESOURCE)["alone"]["body"]))


@cache
def languages() -> dict[str, str]:
    """Names of languages as they stand alone on a line, to their codes."""
    table = cast("dict[str, list[str]]", load(RESOURCE)["languages"])
    return {name: code for code, names in table.items() for name in names}
