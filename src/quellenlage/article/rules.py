"""The rules of `boilerplate.toml`, compiled: what a line that is not the report looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from quellenlage.model import ZoneKind
from quellenlage.resources import load

RESOURCE = "de/boilerplate.toml"

LINE_LIMIT = 900
"""Lines longer than this are only searched at their beginning and end, in code points."""
EDGE = 220
"""How far from the beginning or end of a line a prefix or suffix is looked for, in code points."""

_JOINT = re.compile(r"\s*[|·•]\s*|\s{2,}")
_MOST_PARTS = 12

Where = Literal["line", "start", "last", "prefix", "suffix", "caption"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One group of patterns with the zone that they make."""

    name: str
    kind: ZoneKind
    where: Where
    pattern: re.Pattern[str]
    limit: int
    follow: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def find(self, line: str) -> tuple[int, int] | None:
        """Return the part of a stripped line that the rule claims, as offsets into the line; None without a match."""
        if self.where in {"line", "start", "last"}:
            if len(line) > self.limit:
                return None
            match = self.pattern.fullmatch(line) if self.where != "start" else self.pattern.match(line)
            return (0, len(line)) if match else None
        if self.where == "prefix":
            match = self.pattern.match(line[:EDGE])
            return match.span() if match else None
        at = max(0, len(line) - EDGE)
        match = self.pattern.search(line[at:])
        return (at + match.start(), len(line)) if match and match.start() < match.end() else None


@cache
def macros() -> dict[str, str]:
    """Named pieces of patterns, each expanded with those before it."""
    expanded: dict[str, str] = {}
    for name, pattern in load(RESOURCE)["macros"].items():
        expanded[name] = _expand(pattern, expanded)
    return expanded


def _expand(pattern: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file: the first that matches decides."""
    return tuple(_rule(row) for row in load(RESOURCE)["rule"])


def _rule(row: dict[str, object]) -> Rule:
    patterns = cast("list[str]", row["patterns"])
    where = cast("Where", row["where"])
    joined = "|".join(f"(?:{_expand(p, macros())})" for p in patterns)
    anchored = rf"(?:{joined})\s*$" if where in {"suffix", "caption"} else f"(?:{joined})"
    return Rule(
        name=str(row["name"]),
        kind=ZoneKind(str(row["kind"])),
        where=where,
        pattern=re.compile(anchored, re.IGNORECASE),
        limit=cast("int", row.get("max", 200)),
        follow=str(row.get("follow", "")),
        examples=tuple(cast("list[str]", row.get("examples", []))),
        counter=tuple(cast("list[str]", row.get("counter", []))),
    )


def line_rule(line: str, *, near_end: bool = False) -> Rule | None:
    """First rule that claims a whole line (without bullets and outer white space).

    A line of several parts ("Teilen | Drucken | 3 Kommentare") is claimed where every part is page by itself. Rules
    for the last lines count only with `near_end`.
    """
    if len(line) > LINE_LIMIT:
        return None
    found = _whole(line)
    if found is None and near_end:
        found = next((rule for rule in rules() if rule.where == "last" and rule.find(line)), None)
    return found or _parted(line)


@lru_cache(maxsize=4096)
def _whole(line: str) -> Rule | None:
    """Pages repeat their lines, so what was judged lately is not judged again."""
    return next((rule for rule in rules() if rule.where in {"line", "start"} and rule.find(line)), None)


def _parted(line: str) -> Rule | None:
    parts = [part for part in _JOINT.split(line) if part]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    claimed = [_whole(part) for part in parts]
    return claimed[0] if all(rule is not None and rule.kind is ZoneKind.BOILERPLATE for rule in claimed) else None


@cache
def edge_rules(where: Where) -> tuple[Rule, ...]:
    """The rules for a prefix, a suffix or a caption."""
    return tuple(rule for rule in rules() if rule.where == where)
