"""Who is a private person: a cautious rule, which people overrule.

A person is of public life who has, in any article, an office or role of public life (`public_roles.toml`), or whom the
table of terms of office has; everybody else is private. Somebody's word (`judge private`, `judge public`) decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from quellenlage.model import PRIVACY, Archive, Entity, EntityKind, Verdict, fold
from quellenlage.offices.holders import is_holder
from quellenlage.resources import load

PRIVATE, PUBLIC = "private", "public"
_ROLES = "de/public_roles.toml"
_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True, slots=True)
class Publicity:
    """Whether a person is private, why ("judged", "office:Außenminister", "term", "nothing"); a role if one is told."""

    private: bool
    reason: str
    role: str = ""


def publicity(archive: Archive) -> dict[str, Publicity]:
    """What holds of each person, by identifier, in order of the archive."""
    judged = _judged(archive)
    return {
        entity.id: _publicity(entity, judged.get(entity.id))
        for entity in archive.linked().entities
        if entity.kind is EntityKind.PER
    }


def _judged(archive: Archive) -> Mapping[str, str]:
    said = [j for j in archive.decisions() if j.verdict is Verdict.GRADE and j.field == PRIVACY]
    now = archive.resolve_all({j.subject for j in said})
    return {now[j.subject]: j.value or "" for j in sorted(said, key=lambda j: j.made_at)}


def _publicity(entity: Entity, judged: str | None) -> Publicity:
    role = next((noun for office in entity.offices if (noun := _role(office.text))), "")
    if judged is not None:
        return Publicity(judged == PRIVATE, "judged", role)
    for office in entity.offices:
        if is_public(office.text):
            return Publicity(False, f"office:{office.text}", role)
    if any(is_holder(name) for name in (entity.name, *entity.spellings)):
        return Publicity(False, "term", role)
    return Publicity(True, "nothing", role)


@lru_cache(maxsize=1 << 14)
def is_public(office: str) -> bool:
    """Whether words beside a name tell an office or role of public life."""
    listed = load(_ROLES)
    stems, whole = listed["anywhere"]["stems"].split(), frozenset(listed["whole"]["words"].split())
    words = fold(office).split()
    return any(word in whole or any(stem in word for stem in stems) for word in words)


def _role(office: str) -> str:
    """The noun of a role, as it can stand for a name: "Wiener Bäcker" is a "Bäcker"."""
    words: list[str] = _WORD.findall(office)
    nouns = [word for word in words if word[:1].isupper()]
    if len(nouns) > 1 and nouns[0].endswith("er") and words.index(nouns[1]) == words.index(nouns[0]) + 1:
        return nouns[1]
    return nouns[0] if nouns else ""
