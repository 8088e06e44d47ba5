"""The part of an archive that knows what people decided, and what the identifiers stand for that they named."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from quellenlage.model import Judgement, in_force
from quellenlage.store import blanking, records, schema
from quellenlage.store.aliases import follow
from quellenlage.store.kept import Kept
from quellenlage.store.listing import judging
from quellenlage.store.listing import writing as listing
from quellenlage.store.portions import in_parts


class Decided(ABC):
    """The part of an archive that keeps people's decisions. The log is read again only when it has changed."""

    _kept: Kept

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]:
        """A connection within one reading transaction."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]:
        """A connection within one writing transaction."""

    def add_judgement(self, judgement: Judgement) -> None:
        """Append a decision; the same one twice is kept once."""
        with self._write() as connection:
            records.append_judgement(connection, blanking.admitted(connection, judgement))
            if judging.concerns(judgement):
                listing.judge(connection)

    def judgements(self) -> list[Judgement]:
        """All decisions, oldest first."""
        return list(self._log()[1])

    def decisions(self) -> Sequence[Judgement]:
        """Decisions in force, oldest first: `in_force(judgements())`."""
        stand, log = self._log()
        return self._kept.get(stand, "in force", lambda: tuple(in_force(log)))

    def decisions_about(self, subjects: Collection[str]) -> Sequence[Judgement]:
        """Decisions in force about these identifiers, just as they were named, oldest first."""
        stand, _ = self._log()
        decided = self.decisions()

        def read() -> dict[str, list[tuple[int, Judgement]]]:
            found: dict[str, list[tuple[int, Judgement]]] = {}
            for number, judgement in enumerate(decided):
                found.setdefault(judgement.subject, []).append((number, judgement))
            return found

        by_subject = self._kept.get(stand, "by subject", read)
        found = (one for subject in set(subjects) for one in by_subject.get(subject, ()))
        return tuple(judgement for _, judgement in sorted(found, key=lambda one: one[0]))

    def resolve(self, identifier: str) -> str:
        """Follow aliases to the identifier that stands for this one now (itself, if none)."""
        return self.resolve_all([identifier])[identifier]

    def resolve_all(self, identifiers: Collection[str]) -> Mapping[str, str]:
        """The same of many."""
        with self._read() as connection:
            return _resolved(connection, identifiers)

    def known_as(self, identifiers: Collection[str]) -> Mapping[str, frozenset[str]]:
        """All identifiers that stand for the same as each of these, itself and what it stands for now among them."""
        table = schema.aliases
        with self._read() as connection:
            now = _resolved(connection, identifiers)
            names: dict[str, set[str]] = {end: {end} for end in now.values()}
            meant = {end: end for end in names}
            looked = set(names)
            while looked:
                rows = [
                    (row.id, meant[row.target])
                    for asked in in_parts(looked)
                    for row in connection.execute(select(table).where(table.c.target.in_(asked)))
                    if row.id not in meant
                ]
                meant.update(rows)
                looked = {name for name, _ in rows}
                for name, end in rows:
                    names[end].add(name)
        return {one: frozenset({one, *names[end]}) for one, end in now.items()}

    def _log(self) -> tuple[Hashable, tuple[Judgement, ...]]:
        with self._read() as connection:
            stand = records.judged_stand(connection)
            return stand, self._kept.get(stand, "judgements", lambda: records.judgements(connection))


def _resolved(connection: Connection, identifiers: Collection[str]) -> dict[str, str]:
    table = schema.aliases
    known: dict[str, str] = {}
    looked = set(identifiers)
    while looked:
        rows = {
            row.id: row.target
            for asked in in_parts(looked)
            for row in connection.execute(select(table.c.id, table.c.target).where(table.c.id.in_(asked)))
        }
        known.update(rows)
        looked = set(rows.values()) - known.keys()
    return {one: follow(one, known) for one in identifiers}
