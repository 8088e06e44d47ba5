"""A sentence of the archive told word for word of another person: one name put in the place of another."""

from __future__ import annotations

from collections.abc import Collection

from quellenlage.execution.drafting.course import SharedLike
from quellenlage.execution.drafting.facts import Facts, folded_in
from quellenlage.execution.drafting.people import Directory
from quellenlage.execution.drafting.roles import Subject, held_by, subject_at, subject_of, token_at
from quellenlage.model import Span, fold

_LEAST_WORDS = 3
"""Words of content, the deed among them, that are no chance: of two people it can be told that they resigned."""


def in_anothers_place(
    directory: Directory, mine: Facts, theirs: Facts, shared: SharedLike, missing: Collection[Span]
) -> bool:
    """Whether all that a draft tells of somebody the archive tells of somebody else in the same words.

    `missing` are the draft's names that the archive's sentence lacks. People may do alike, therefore nothing but who
    acts may differ, in the active voice: a body is not exchanged for the one who speaks for it, nor one who is chosen
    for another one. Words before the name (an office) are the name's.
    """
    deed = next((one for one in shared.held if one in shared.deeds), None)
    if deed is None or deed.at is None or deed.word.upos != "VERB":
        return False
    acting = subject_of(mine, token_at(mine, deed.word.start))
    here = subject_at(mine, deed.word.start, mine.meant)
    there = subject_at(theirs, deed.at, theirs.meant)
    if acting is None or not (_one_who_acts(directory, here) and _one_who_acts(directory, there)):
        return False
    tokens = mine.document.tokens
    own = [tokens[n].span for n in held_by(mine, acting)]
    if not all(any(span.overlaps(one) for one in own) for span in missing):
        return False
    told = folded_in(theirs, theirs.span)
    rest = (t for t in mine.document.tokens_in(mine.span) if t.upos != "PUNCT" and t.span not in own)
    if any(fold(token.of(mine.document.text)) not in told for token in rest):
        return False
    said = [one for one in shared.pairs if not any(span.contains(Span(one.word.start, one.word.end)) for span in own)]
    return len(said) >= _LEAST_WORDS and all(one.worth >= 1.0 and one.at is not None for one in said)


def _one_who_acts(directory: Directory, subject: Subject | None) -> bool:
    """Whether somebody with a name acts, and is a person."""
    return subject is not None and subject.named and not subject.passive and directory.is_person(subject.ids)
