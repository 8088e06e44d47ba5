"""The log of judgements: which are in force, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution.desk import ticks_of
from quellenlage.execution.lookup import find
from quellenlage.execution.parting import concerned
from quellenlage.model import PARTED, Archive, Judgement, Verdict, in_force, make_judgement, undone
from quellenlage.store import MIN_BEGINNING

State = Literal["in-force", "undone", "overridden"]
LAST = "last"


@dataclass(frozen=True, slots=True)
class Logged:
    """A judgement of the log, and whether it counts; `by` is the undo that took it back."""

    judgement: Judgement
    state: State
    by: str | None = None


def logged(archive: Archive, entity: str | None = None) -> list[Logged]:
    """The log, oldest first; with `entity` only what is about that entity or its members, and undos of that.

    Raises:
        NotFound: nothing, or more than one thing, goes by the name.
    """
    log = archive.judgements()
    gone, kept = undone(log), {j.id for j in in_force(log)}
    result = []
    wanted = archive.resolve(find(archive, entity).id) if entity else None
    about: set[str] = set()
    for judgement in log:
        named = {i for i in (judgement.subject, judgement.other) if i}
        if wanted is not None and judgement.field == PARTED:
            named |= concerned(archive, judgement)
        sides = {archive.resolve(i) for i in named}
        if wanted is not None and wanted not in sides and judgement.subject not in about:
            continue
        about.add(judgement.id)
        counts = judgement.id in kept or (judgement.verdict is Verdict.UNDO and judgement.id not in gone)
        state: State = "undone" if judgement.id in gone else "in-force" if counts else "overridden"
        result.append(Logged(judgement, state, gone.get(judgement.id)))
    return result


def undo(archive: Archive, reference: str, *, author: str, made_at: str, note: str = "") -> tuple[Judgement, int]:
    """Take a decision back: append to the archive what `taking_back` makes of it.

    Returns the undo and how many judgements it concerns: all that the decision made.
    """
    made, count = taking_back(archive, reference, author=author, made_at=made_at, note=note)
    archive.add_judgement(made)
    return made, count


def unticking(
    archive: Archive, subject: str, *, author: str, made_at: str, account: bool = False
) -> tuple[Judgement, ...]:
    """The undos of all ticks by which this person ticked something, or one account of an event, off.

    Raises:
        NotFound: nothing, or more than one thing, goes by the reference.
        BadInput: this person did not tick it off.
    """
    target = find(archive, subject)
    ticks = ticks_of(archive, target.id, author, account=account)
    if not ticks:
        raise BadInput(
            subject, "is not ticked off by {author}", remedy="judge list shows who ticked it off", author=author
        )
    return tuple(make_judgement(Verdict.UNDO, tick, made_at=made_at, author=author) for tick in ticks)


def taking_back(
    archive: Archive, reference: str, *, author: str, made_at: str, note: str = ""
) -> tuple[Judgement, int]:
    """The undo of the judgement of this identifier, or of the `last` one that is not undone; nothing is written.

    The last one may itself be an undo: then what it took back counts again. Returned with the undo is how many
    judgements it concerns.

    Raises:
        NotFound: no judgement, or more than one, has such an identifier.
        BadInput: it is undone already.
    """
    log = archive.judgements()
    gone = undone(log)
    subject = _meant(log, gone, reference.strip())
    if subject.id in gone:
        raise BadInput(
            reference, "is undone already", remedy="to bring it back: judge undo {undo}", undo=gone[subject.id]
        )
    made = make_judgement(Verdict.UNDO, subject.id, made_at=made_at, author=author, note=note)
    return made, sum(1 for j in log if j.decision == subject.decision)


def _meant(log: list[Judgement], gone: dict[str, str], reference: str) -> Judgement:
    if reference == LAST:
        found = [j for j in log if j.id not in gone][-1:]
    else:
        found = [j for j in log if len(reference) >= MIN_BEGINNING and j.id.startswith(reference)]
    if len(found) != 1:
        raise NotFound(
            "{reference}: {count} judgements of this identifier",
            remedy="judge list shows them",
            reference=reference,
            count=len(found),
        )
    return found[0]
