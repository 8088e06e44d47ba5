"""Answers about many lines, kept until the archive changes: all who open the chronicle ask for the same ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from quellenlage.model import Archive
from quellenlage.model.listing import Density, LineQuestion, Stretch, Unit
from quellenlage.store.kept import Kept

T = TypeVar("T")

_answers = Kept(256)


def stand(archive: Archive) -> Hashable:
    """What an answer hangs on: which archive, its last link, and how many decisions people made."""
    return archive.location, archive.linked_fingerprint(), archive.provisional(), len(archive.judgements())


def kept(archive: Archive, key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question (`key` says which) as it was, or asked now."""
    return _answers.get(stand(archive), (archive.location, key), ask)


def density(archive: Archive, question: LineQuestion, unit: Unit) -> Density:
    """How lines lie in time."""
    return kept(archive, ("density", question, unit), lambda: archive.density(question, unit))


def gaps(archive: Archive, question: LineQuestion, least: int) -> tuple[Stretch, ...]:
    """Stretches of so many days in which nothing is told."""
    return kept(archive, ("gaps", question, least), lambda: tuple(archive.gaps(question, least)))


def total(archive: Archive, question: LineQuestion) -> tuple[int, bool]:
    """How many lines there are, and whether there may be more."""

    def ask() -> tuple[int, bool]:
        found = archive.lines(question, limit=0)
        return found.total, found.more

    return kept(archive, ("total", question), ask)
