"""What corrections and withdrawals do to accounts and events: only the newest version of an article bears them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quellenlage.model import (
    FIRMNESS,
    Account,
    DateInterval,
    Event,
    Linked,
    Origin,
    Reuse,
    Revision,
    RevisionKind,
)
from quellenlage.model.filed import filed

_STRENGTH = {kind: strength for strength, kind in enumerate(RevisionKind)}


@dataclass(frozen=True, slots=True)
class Standing:
    """Which articles no longer stand, what stands in their place, and which words single notes took back."""

    revised: Mapping[str, RevisionKind]
    newer: Mapping[str, str]
    taken_back: frozenset[tuple[str, int, int]]
    source_of: Mapping[str, str]

    @classmethod
    def of(cls, revisions: Iterable[Revision], reuses: Iterable[Reuse] = ()) -> Standing:
        """Collect them; of several kinds the strongest counts. `reuses` tell which article was taken from which."""
        revised: dict[str, RevisionKind] = {}
        newer: dict[str, str] = {}
        taken: set[tuple[str, int, int]] = set()
        for revision in revisions:
            if revision.earlier is None:
                continue
            if not revision.whole:
                taken |= {(c.old.article, c.old.start, c.old.end) for c in revision.changes if c.old}
                continue
            before = revised.get(revision.earlier, revision.kind)
            revised[revision.earlier] = min(before, revision.kind, key=_STRENGTH.__getitem__)
            if revision.replaced_by:
                newer[revision.earlier] = revision.replaced_by
        return cls(revised, newer, frozenset(taken), {r.article: r.earlier for r in reuses})

    def newest(self, article: str) -> str:
        """The version that stands in place of an article, itself where there is none."""
        seen = {article}
        while (after := self.newer.get(article)) is not None and after not in seen:
            article = after
            seen.add(after)
        return article

    def taken_from(self, article: str, source: str | None) -> str | None:
        """What an article was really taken from, `source` or what that was: not from a version of its own."""
        seen = {article}
        while source is not None and source not in seen and self.newest(source) == self.newest(article):
            seen.add(source)
            source = self.source_of.get(source)
        return None if source in seen else source


def revise(linked: Linked, revisions: Sequence[Revision]) -> Linked:
    """Mark accounts and events that no longer stand; a newer version is no reprint of an older one."""
    if not revisions:
        return linked
    standing = Standing.of(revisions, linked.reuses)
    events = filed(Event, (_event(event, standing) for event in linked.events))
    origins = tuple(_origin(origin, standing) for origin in linked.origins)
    return replace(linked, revisions=tuple(revisions), events=events, origins=origins)


def standing_accounts(event: Event) -> tuple[Account, ...]:
    """Accounts that still stand; where none does, all of them."""
    return tuple(a for a in event.accounts if a.revised is None) or event.accounts


def left_standing(linked: Linked) -> Linked:
    """The same with no more than the accounts that stand, of which the chronicle picks its sentences."""
    return replace(linked, events=filed(Event, (replace(e, accounts=standing_accounts(e)) for e in linked.events)))


def gone(event: Event) -> bool:
    """Whether an event left the chronicle: withdrawn, or told no more by the corrected version."""
    return event.revised in {RevisionKind.WITHDRAWN, RevisionKind.CORRECTED}


def taken_back(revisions: Iterable[Revision]) -> frozenset[tuple[str, int, int]]:
    """Words that single notes took back, as article and place."""
    return Standing.of(revisions).taken_back


def not_taken_back(event: Event, taken: Collection[tuple[str, int, int]]) -> Event:
    """The event as far as it stands, of which accounts can conflict: without the numbers that notes took back."""
    accounts = tuple(
        replace(a, figures=()) if _span(a) in taken and a.figures else a for a in event.accounts if a.revised is None
    )
    return replace(event, accounts=accounts) if accounts and accounts != event.accounts else event


def _span(account: Account) -> tuple[str, int, int]:
    return account.evidence.article, account.evidence.start, account.evidence.end


def _event(event: Event, standing: Standing) -> Event:
    accounts = [_account(account, standing) for account in event.accounts]
    told_by = {a.member.article for a in accounts if a.revised is None}
    accounts = [_copy(account, told_by, standing) for account in accounts]
    if tuple(accounts) == event.accounts:
        return event
    left = [a for a in accounts if a.revised is None]
    event = replace(event, accounts=tuple(accounts))
    if left:
        return _as_told(event, left) if len(left) < len(accounts) else event
    kinds = {a.revised for a in accounts}
    if len(kinds) == 1:
        return replace(event, revised=kinds.pop())
    return replace(event, revised=RevisionKind.CORRECTED if RevisionKind.CORRECTED in kinds else RevisionKind.UPDATED)


def _copy(account: Account, told_by: Collection[str], standing: Standing) -> Account:
    """A copy of an older version counts as one of the newest; what a correction left out falls with the copies.

    What a mere update left out still stands where others copied it.
    """
    source = account.reprint_of
    if account.revised is not None or source is None or source not in standing.revised:
        return account
    newest = standing.newest(source)
    if newest in told_by and newest != account.member.article:
        return replace(account, reprint_of=newest)
    corrected = standing.revised[source] is RevisionKind.CORRECTED
    return replace(account, revised=RevisionKind.CORRECTED) if corrected else account


def _account(account: Account, standing: Standing) -> Account:
    """The account with what became of its article; a copy of a withdrawn text goes with it, wherever it is printed."""
    article = account.member.article
    revised = standing.revised.get(article)
    source = standing.taken_from(article, account.reprint_of)
    if revised is None and source is not None and standing.revised.get(source) is RevisionKind.WITHDRAWN:
        revised = RevisionKind.WITHDRAWN
    if (revised, source) == (account.revised, account.reprint_of):
        return account
    return replace(account, revised=revised, reprint_of=source)


def _as_told(event: Event, left: Sequence[Account]) -> Event:
    """The event's time, factuality and parties by the accounts that stand, where these know better.

    A time that a person gave stays.
    """
    told = {a.factuality for a in left}
    times = list(dict.fromkeys(a.time for a in left if a.time))
    event = replace(
        event,
        factuality=next(f for f in FIRMNESS if f in told),
        actors=_still(event.actors, [a.actors for a in left]),
        recipients=_still(event.recipients, [a.recipients for a in left]),
    )
    if event.correction("time") or len(times) != 1 or any(a.time == event.time for a in left):
        return event
    days = _interval(times[0])
    return replace(event, time=times[0], earliest=days.earliest, latest=days.latest) if days else event


def _still(parties: tuple[str, ...], told: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Those parties that an account still names; all of them where the accounts name none, or others."""
    named = {one for listed in told for one in listed}
    return tuple(one for one in parties if one in named) or parties


def _interval(value: str) -> DateInterval | None:
    try:
        return DateInterval.parse(value)
    except ValueError:
        return None


def _origin(origin: Origin, standing: Standing) -> Origin:
    """An origin of which a version of an article is no reprint of another version."""
    of = standing.source_of
    reprints = tuple(a for a in origin.reprints if a not in of or standing.taken_from(a, of[a]) is not None)
    return origin if reprints == origin.reprints else replace(origin, reprints=reprints)
