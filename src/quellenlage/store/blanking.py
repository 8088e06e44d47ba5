"""Judgements without what they told of somebody whose data was deleted; the decisions themselves stay.

A blanked name is nobody's: words that it was said somebody else had spoken stay nobody's. The identifier stays, since
an undo names it. The rows from the first blanked one on are sealed anew; where a seal did not hold before, it does not
afterwards, so that blanking hides no other change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, update

from quellenlage.model import FORGOTTEN, Judgement, fold, text_digest
from quellenlage.store import records, schema, state
from quellenlage.store.profile import Profile

NAMED = frozenset({"name", "speaker", "place"})
"""Fields whose value is a name; an outlet stands in its article, too, and goes with it."""
LAST = "surname:"
"""Begins what the digest of a surname alone is of: no folded name has a colon, so that namesakes keep their records."""
_LONGEST = 6
"""Words of a name at most, where one is looked for in a note."""


def blank(connection: Connection, profile: Profile, hidden: Collection[str], about: Collection[str]) -> int:
    """Blank the judgements `about` somebody (identifiers) and those that tell a name with such a digest.

    Returns how many were changed.
    """
    if connection.scalar(select(schema.judgements.c.id).limit(1)) is None:
        return 0
    rows = list(records.sealed_judgements(connection))
    log = [records.make_judgement_from(row) for row, _ in rows]
    after = blanked(log, hidden, about)
    if after == log:
        return 0
    table = schema.judgements
    profile.release_judgements(connection)
    before: str | None = None
    for (row, old), was, now in zip(rows, log, after, strict=True):
        held = records.seal(old, was) == row.seal
        seal = records.seal(before, now) if held else row.seal
        if (now.value, now.note, seal) != (row.value, row.note, row.seal):
            changed = update(table).where(table.c.sequence == row.sequence)
            connection.execute(changed.values(value=now.value, note=now.note, seal=seal))
        before = seal
    profile.protect_judgements(connection)
    state.count(connection, state.BLANKED)
    return sum(one != other for one, other in zip(log, after, strict=True))


def admitted(connection: Connection, judgement: Judgement) -> Judgement:
    """A judgement as it may be kept: names that were deleted come back neither by hand nor from an older export."""
    hidden = frozenset(connection.scalars(select(schema.suppressed.c.digest)))
    return blanked([judgement], hidden)[0]


def blanked(log: Sequence[Judgement], hidden: Collection[str], about: Collection[str] = ()) -> list[Judgement]:
    """The log with values and notes blanked; what belongs to one decision goes on belonging to it."""
    meant = set(about)
    notes: set[tuple[str, str, str]] = set()
    for judgement in log:
        if judgement.subject in meant:  # an undo of one of them
            meant.add(judgement.id)
        if judgement.id in meant or _tells_name(judgement, hidden) or tells(judgement.note, hidden):
            notes.add(_said(judgement))
    return [_without(j, j.id in about or _tells_name(j, hidden), _said(j) in notes) for j in log]


def _said(judgement: Judgement) -> tuple[str, str, str]:
    return judgement.made_at, judgement.author, judgement.note


def _without(judgement: Judgement, about: bool, noted: bool) -> Judgement:
    # Whose words a claim has is blanked by the name alone: the claim may be somebody else's.
    value = FORGOTTEN if about and judgement.value and judgement.field in NAMED else judgement.value
    return replace(judgement, value=value, note=FORGOTTEN if noted and judgement.note else judgement.note)


def _tells_name(judgement: Judgement, hidden: Collection[str]) -> bool:
    value = judgement.value or ""
    if judgement.field not in NAMED or not value:
        return False
    return text_digest(fold(value)) in hidden or tells(value, hidden)


def tells(text: str, hidden: Collection[str]) -> bool:
    """Whether a name of two words or more stands in a text; of one word it may be a namesake's."""
    words = fold(text).split() if hidden else []
    return any(_is_in(words[at : at + n], hidden) for n in range(2, _LONGEST + 1) for at in range(len(words) - n + 1))


def tells_person(text: str, hidden: Collection[str]) -> bool:
    """Whether such a name stands in a text, or a surname alone, which may be a namesake's or a common word."""
    words = fold(text).split() if hidden else []
    forms = {form for word in words for form in (word, word.removesuffix("s"), word.removesuffix("es"))}
    return tells(text, hidden) or any(last_name_digest(form) in hidden for form in forms)


def last_name_digest(folded: str) -> str:
    """Digest of a surname that stands for a person whose data was deleted, where precision matters less."""
    return text_digest(f"{LAST}{folded}")


def _is_in(words: Iterable[str], hidden: Collection[str]) -> bool:
    name = " ".join(words)
    return any(text_digest(form) in hidden for form in {name, name.removesuffix("s")})
