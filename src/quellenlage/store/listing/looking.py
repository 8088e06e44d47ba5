"""One look at an archive's lists: a connection within one transaction, and what was answered before."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from quellenlage.store.kept import Kept
from quellenlage.store.profile import Profile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """What a list is answered from; `stand` is another one whenever something was written (`state.stand`)."""

    connection: Connection
    profile: Profile
    kept: Kept
    stand: str

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """The answer to a question, asked again only where something was written since."""
        return self.kept.get(self.stand, question, ask)
