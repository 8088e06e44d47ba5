"""What people wrote beside things, for the pages that show these: ticks, notes and grades by identifier."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from quellenlage.model import ACCOUNT, DESK, FORGOTTEN, Archive, Judgement, Verdict, undone


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick, note or grade: who made it and when (ISO); `words` are the note, or how a fact was verified.

    `id` is that of the judgement, by which it is taken back. `field` and `value` are those of a grade. `forgotten` says
    that the words were deleted on request.
    """

    id: str
    author: str
    made_at: str
    words: str = ""
    field: str = ""
    value: str = ""
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """All that is in force about one thing, oldest first; of grades the last of each kind."""

    ticks: tuple[Mark, ...] = ()
    notes: tuple[Mark, ...] = ()
    grades: tuple[Mark, ...] = ()

    def grade(self, field: str) -> str | None:
        """The grade of this kind, if there is one."""
        return next((mark.value for mark in self.grades if mark.field == field), None)


class Desk:
    """Reads what is written beside things of one archive. Threads may share it."""

    def __init__(self, archive: Archive) -> None:
        """Read nothing yet."""
        self._archive = archive

    def of(self, identifiers: Iterable[str]) -> dict[str, Marks]:
        """Marks by the identifier as it was asked for: a merged thing has those of all that it was made of."""
        known = self._archive.known_as(list(dict.fromkeys(identifiers)))
        said = self._said({name for names in known.values() for name in names}, account=False)
        return {one: _marks([j for j in said if j.subject in names]) for one, names in known.items()}

    def of_accounts(self, keys: Iterable[str]) -> dict[str, Marks]:
        """Ticks and grades of single accounts of events, by the keys of their tellings."""
        asked = list(dict.fromkeys(keys))
        said = self._said(set(asked), account=True)
        return {key: _marks([j for j in said if j.subject == key]) for key in asked}

    def _said(self, subjects: Collection[str], *, account: bool) -> list[Judgement]:
        found = self._archive.decisions_about(subjects)
        return [j for j in found if j.verdict in DESK and _about_account(j) == account]


def desk(archive: Archive, identifiers: Iterable[str]) -> dict[str, Marks]:
    """Marks by identifier, read once (`Desk.of`)."""
    return Desk(archive).of(identifiers)


def ticks_of(archive: Archive, identifier: str, author: str, *, account: bool = False) -> list[str]:
    """Judgements by which somebody ticked a thing, or an account, off, and which nobody took back."""
    log = archive.judgements()
    gone, names = undone(log), archive.known_as([identifier])[identifier]
    ticks = [j for j in log if j.verdict is Verdict.TICK and j.author == author and j.id not in gone]
    if account:
        return [j.id for j in ticks if _about_account(j) and j.subject == identifier]
    return [j.id for j in ticks if not _about_account(j) and j.subject in names]


def _about_account(judgement: Judgement) -> bool:
    return judgement.field == ACCOUNT


def _marks(said: Sequence[Judgement]) -> Marks:
    """Marks of judgements about one thing; what followed an identifier that moved is there once.

    Of somebody's ticks the last one counts: things that each had one may have become one.
    """
    once: dict[tuple[str, ...], Judgement] = {}
    for judgement in said:
        once.setdefault((judgement.verdict, *judgement.decision), judgement)
    kept = list(once.values())
    grades = {j.field: j for j in sorted(kept, key=lambda j: j.made_at) if j.verdict is Verdict.GRADE}
    ticks = {j.author: j for j in sorted(kept, key=lambda j: j.made_at) if j.verdict is Verdict.TICK}
    return Marks(
        tuple(_mark(j) for j in ticks.values()),
        tuple(_mark(j) for j in kept if j.verdict is Verdict.NOTE),
        tuple(_mark(j) for j in grades.values()),
    )


def _mark(judgement: Judgement) -> Mark:
    gone = judgement.note == FORGOTTEN
    words = "" if gone else judgement.note
    return Mark(
        judgement.id,
        judgement.author,
        judgement.made_at,
        words,
        judgement.field or "",
        judgement.value or "",
        forgotten=gone,
    )
