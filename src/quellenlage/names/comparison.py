"""How sure it is that two names are one's, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.model import EntityKind, fold
from quellenlage.model.recent import recent
from quellenlage.names.scripts import SOUNDS, unmixed
from quellenlage.resources import load

KNOWN = "de/known_names.toml"
RESOURCES = (
    SOUNDS,
    KNOWN,
    "de/name_words.toml",
    "de/nicknames.toml",
    "de/first_names.toml",
    "de/name_gender.toml",
    "de/org_words.toml",
)
"""Files whose content decides the result."""

SAME = 0.7
"""Score from which two names are taken for one's; chosen on the open half of the pair list."""
PERHAPS = 0.4
"""Score from which they may be one's."""

_RECENT = 1 << 14


@dataclass(frozen=True, slots=True)
class Comparison:
    """A score from 0 (cannot be one's) to 1 (the same words), with reasons as `code:detail`."""

    score: float
    reasons: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the names are taken for one's."""
        return self.score >= SAME


@cache
def _known(kind: str, field: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(load(KNOWN)[kind][field].replace("\n", "|").split("|")):
        for name in group.split("="):
            if key := fold(name) or name.strip():
                found.setdefault(key, set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


def known_groups(kind: EntityKind, name: str) -> tuple[str, ...]:
    """Rows of the table of known names that a name stands in."""
    table = {EntityKind.PER: "persons", EntityKind.GPE: "places", EntityKind.LOC: "places"}.get(kind, "organisations")
    return tuple(f"{table}{number}" for number in sorted(_known(table, "same").get(fold(name) or name, ())))


def known(kind: str, one: str, other: str) -> Comparison | None:
    """What the table of known names says of two: one by-name, or two namesakes; None where it says nothing."""
    a, b = fold(one) or one, fold(other) or other
    if _known(kind, "same").get(a, frozenset()) & _known(kind, "same").get(b, frozenset()):
        return Comparison(0.95, (f"known-as:{a}~{b}",))
    if a != b and _known(kind, "distinct").get(a, frozenset()) & _known(kind, "distinct").get(b, frozenset()):
        return Comparison(0.0, (f"known-namesakes:{a}~{b}",))
    return None


@cache
def namesakes() -> tuple[tuple[str, ...], ...]:
    """Rows of persons whose names look like one."""
    return tuple(tuple(row.split("=")) for row in load(KNOWN)["persons"]["distinct"].splitlines() if row.strip())


@recent(_RECENT)
def compare(kind: EntityKind, one: str, other: str) -> Comparison:
    """Compare two names of one kind by their words alone; symmetrical."""
    # Imported on demand: each kind brings its own tables.
    one, other = unmixed(one), unmixed(other)
    if one > other:
        one, other = other, one
    if kind is EntityKind.PER:
        from quellenlage.names.persons import compare_persons

        return compare_persons(one, other)
    if kind in {EntityKind.GPE, EntityKind.LOC}:
        from quellenlage.names.regions import compare_places

        return compare_places(one, other)
    from quellenlage.names.bodies import compare_bodies

    return compare_bodies(one, other)
