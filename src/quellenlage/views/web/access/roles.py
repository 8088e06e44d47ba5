"""What somebody may do, and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Each may all that those before it may."""

    READER = "reader"
    """Reads, searches, checks drafts and exports."""
    EDITOR = "editor"
    """Judges and adds articles."""
    ADMIN = "admin"
    """Manages accounts."""

    def covers(self, needed: Role) -> bool:
        """Whether who has this role may do what another one is needed for."""
        return _RANK[self] >= _RANK[needed]


TEXTS = Role.EDITOR
"""Who may take whole articles out of the archive, many at once."""

_RANK = {role: rank for rank, role in enumerate(Role)}


def lesser(one: Role, other: Role) -> Role:
    """The role that may less."""
    return other if one.covers(other) else one


@dataclass(frozen=True, slots=True)
class User:
    """Who asks; `account` is None for who sits at the machine itself."""

    name: str
    role: Role
    account: int | None = None

    def may(self, needed: str) -> bool:
        """Whether a role is among theirs. Raises ValueError for what is no role."""
        return self.role.covers(Role(needed))
