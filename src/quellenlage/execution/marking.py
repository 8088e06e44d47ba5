"""What people write beside things: a fact is ticked off, something is noted, a source or an information is graded.

Nothing is linked otherwise because of it. The grades are those of the Admiralty system: a source and what it tells are
judged apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quellenlage.errors import BadInput, NotFound, Phrase
from quellenlage.execution.lookup import Kind, Target, find, find_person
from quellenlage.model import (
    ACCOUNT,
    CREDIBILITY,
    PRIVACY,
    RELIABILITY,
    Archive,
    Judgement,
    OriginKind,
    Verdict,
    fold,
    make_judgement,
    seen,
)

if TYPE_CHECKING:
    from quellenlage.execution.judge import Decision

RELIABILITIES = tuple("ABCDEF")
"""How reliable a source is, from completely (A) to unreliable (E); F where that cannot be judged."""

CREDIBILITIES = tuple("123456")
"""How credible what is told is, from confirmed by others (1) to improbable (5); 6 where that cannot be judged."""

_NAMESAKES = 100
"""Origins with the same words in their names that are looked at."""

TOLD: frozenset[Kind] = frozenset({"event", "claim", "statement"})
"""What can be verified, and be more or less credible."""


def marked(archive: Archive, decision: Decision, *, author: str, made_at: str) -> Judgement:
    """The tick, note or grade of a decision; nothing is written.

    A source is named by the identifier of an origin or by the name of an agency or outlet. A tick that stands already
    is that tick: the same one sent twice is one.

    Raises:
        NotFound: nothing, or more than one thing, goes by the reference.
        BadInput: it is nothing that can be ticked or graded so, the grade is none, or a note has no words.
    """
    subject, field, value = _CHECKS[decision.verdict](archive, decision)
    note = seen(decision.note).strip()
    if decision.verdict is Verdict.TICK and (same := _standing_tick(archive, subject, field, (author, note))):
        return same
    return make_judgement(
        decision.verdict, subject, made_at=made_at, author=author, field=field, value=value, note=note
    )


def _standing_tick(archive: Archive, subject: str, field: str | None, said: tuple[str, str]) -> Judgement | None:
    """The tick in force by the same author with the same words on a thing, or on one account, if there is one."""
    names = {subject} if field == ACCOUNT else archive.known_as([subject])[subject]
    ticks = (j for j in archive.decisions_about(names) if j.verdict is Verdict.TICK and j.field == field)
    return next((j for j in ticks if (j.author, j.note) == said), None)


def outlet_key(name: str) -> str:
    """Identifier by which an outlet is graded, also one that is the origin of nothing."""
    from quellenlage.link.origins import house_key  # the stages behind it are large

    return house_key(OriginKind.OUTLET, name)


def _ticked(archive: Archive, decision: Decision) -> tuple[str, str | None, str | None]:
    if decision.value or decision.field not in {None, ACCOUNT}:
        raise BadInput(decision.subject, "a tick takes no field", remedy="tell with --note how it was verified")
    return _told(archive, decision, account=decision.field == ACCOUNT).id, decision.field, None


def _noted(archive: Archive, decision: Decision) -> tuple[str, str | None, str | None]:
    if decision.field or decision.value:
        raise BadInput(decision.subject, "a note takes no field", remedy="write the words of the note alone")
    if not seen(decision.note).strip():
        raise BadInput(decision.subject, "a note needs words", remedy="write them behind it")
    return _anything(archive, decision.subject).id, None, None


def _graded(archive: Archive, decision: Decision) -> tuple[str, str | None, str | None]:
    if decision.field == PRIVACY:
        return find_person(archive, decision.subject).id, PRIVACY, decision.value
    value = (decision.value or "").strip().upper()
    if value in RELIABILITIES and decision.field in {None, RELIABILITY}:
        return _source(archive, decision.subject), RELIABILITY, value
    if value in CREDIBILITIES and decision.field in {None, CREDIBILITY, ACCOUNT}:
        account = decision.field == ACCOUNT
        return _told(archive, decision, account=account).id, ACCOUNT if account else CREDIBILITY, value
    raise BadInput(
        decision.value or "", "no grade", remedy="a source is graded A to F, what is told 1 to 6: judge grade --help"
    )


_CHECKS: dict[Verdict, Callable[[Archive, Decision], tuple[str, str | None, str | None]]] = {
    Verdict.TICK: _ticked,
    Verdict.NOTE: _noted,
    Verdict.GRADE: _graded,
}


def _told(archive: Archive, decision: Decision, *, account: bool) -> Target:
    target = _anything(archive, decision.subject)
    if target.kind not in TOLD:
        raise BadInput(
            decision.subject,
            "is of kind {kind}; only events, claims and statements are verified or graded 1 to 6",
            remedy="chronicle and claims show their identifiers with --json",
            kind=Phrase(target.kind),
        )
    if account and target.kind != "event":
        raise BadInput(decision.subject, "is no account of an event", remedy="give the key of one account")
    return target


def _anything(archive: Archive, reference: str) -> Target:
    try:
        return find(archive, reference)
    except NotFound:
        source = _source_named(archive, reference)
        if source is None:
            raise
        return Target(source, "origin", reference)


def _source(archive: Archive, reference: str) -> str:
    """Identifier of an origin, or of an outlet that is the origin of nothing yet."""
    wanted = reference.strip()
    found = _source_named(archive, wanted)
    if found:
        return found
    target = find(archive, wanted)
    if target.kind != "origin":
        raise BadInput(
            reference,
            "is of kind {kind}; only agencies, outlets and other origins are graded A to F",
            remedy="quellenlage sources shows them",
            kind=Phrase(target.kind),
        )
    return target.id


def _source_named(archive: Archive, name: str) -> str | None:
    """The agency or outlet of this name, or (an identifier) the outlet that has it."""
    from quellenlage.link.origins import house_key

    wanted = fold(name)
    houses = [house_key(kind, name) for kind in (OriginKind.AGENCY, OriginKind.OUTLET)]
    there = {origin.id for origin in archive.parts_of([name, *houses]).origins}
    if name in there or not wanted:
        return name if name in there else None
    named = (card.id for card in archive.origins(name, limit=_NAMESAKES).items if fold(card.name) == wanted)
    found = next((house for house in houses if house in there), None) or next(named, None)
    if found:
        return found
    for document in archive.shelf():
        outlet = document.article.outlet
        if outlet is not None and (fold(outlet.value) == wanted or outlet_key(outlet.value) == name):
            return outlet_key(outlet.value)
    return None
