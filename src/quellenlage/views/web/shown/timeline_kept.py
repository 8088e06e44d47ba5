"""Answers about many lines, kept until the archive changes: all who open the chronicle ask for the same ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from quellenlage.model import Archive
from quellenlage.model.listing import Density, LineQuestion, Stretch, Unit

T = TypeVar("T")

KEPT = 256
"""Answers that are kept at most; those that were longest not asked for go first."""

_answers: OrderedDict[Hashable, object] = OrderedDict()
_lock = Lock()


def stand(archive: Archive) -> Hashable:
    """What an answer hangs on: which archive, its last link, and how many decisions people made."""
    return archive.location, archive.linked_fingerprint(), archive.provisional(), len(archive.judgements())


def kept(archive: Archive, key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question (`key` says which) as it was, or asked now."""
    whole = (stand(archive), key)
    with _lock:
        if whole in _answers:
            _answers.move_to_end(whole)
            return cast(T, _answers[whole])
    found = ask()
    with _lock:
        _answers[whole] = found
        while len(_answers) > KEPT:
            _answers.popitem(last=False)
    return found


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
