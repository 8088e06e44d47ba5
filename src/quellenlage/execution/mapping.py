"""Identifiers of a link of few articles as identifiers of the archive: what holds old members is what holds them there.

Things that span articles are named after their first member. Where the old members of one lie in several things of the
archive, these stay apart: it is the one that holds most of them, of equal ones that of the earliest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from quellenlage.model import Linked, from_json, to_json
from quellenlage.model.ports import Placed

T = TypeVar("T")

_IDENTIFIER = re.compile(rb"(?:ent|evm|stm|org)-[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Archived:
    """Identifiers of the small link that go by another in the archive."""

    to: Mapping[str, str]

    def of(self, identifier: str) -> str:
        """What an identifier of the small link is in the archive."""
        return self.to.get(identifier, identifier)

    def put_words(self, reason: str) -> str:
        """A reason that names something, with the archive's identifier."""
        code, colon, identifier = reason.partition(":")
        return f"{code}{colon}{self.of(identifier)}"

    def put(self, item: T) -> T:
        """The same object with the archive's identifiers."""
        plain = _IDENTIFIER.sub(lambda found: self.of(found[0].decode()).encode(), to_json(item))
        return from_json(plain, type(item))


def mapped(small: Linked, placed: Placed) -> Archived:
    """How identifiers of a link of old and new articles are put into those of the archive."""
    to: dict[str, str] = {}
    for entity in small.entities:
        _note(to, entity.id, (placed.entity_of.get(member) for member in entity.members))
    for event in small.events:
        _note(to, event.id, (placed.event_of.get(account.member) for account in event.accounts))
    for statement in small.statements:
        _note(to, statement.id, (placed.statement_of.get(told.member) for told in statement.retellings))
    origins: dict[str, list[str]] = {}
    for event in small.events:
        for account in event.accounts:
            if (known := placed.origin_of.get(account.member)) is not None:
                origins.setdefault(account.origin, []).append(known)
    for origin, listed in origins.items():
        if origin not in listed:
            _note(to, origin, listed)
    return Archived(to)


def _note(to: dict[str, str], identifier: str, homes: Iterable[str | None]) -> None:
    votes = Counter(home for home in homes if home is not None)
    if votes:
        order = {home: at for at, home in enumerate(votes)}
        to[identifier] = min(votes, key=lambda home: (-votes[home], order[home]))
