"""Who did it: accounts of one act that name different people or bodies as the doer, which cannot both be it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from quellenlage.model import Account, Conflict, ConflictGrade, ConflictKind, Event, Side
from quellenlage.resources import load
from quellenlage.story.conflicts import HELD_TRUE, make_conflict
from quellenlage.story.figures import WORDS
from quellenlage.story.parties import Parties


def find_agents(event: Event, parties: Parties) -> Iterator[Conflict]:
    """Yield where accounts of an act that has one doer name different ones.

    Two whom any account names together may have done it together; who undergoes it in one account and does it in
    another was in a fight, which has two sides.
    """
    if event.event_type not in one_doer():
        return
    told = [(a, doers) for a in event.accounts if a.reprint_of is None and (doers := doers_of(a, parties))]
    together = [doers for _, doers in told if len(doers) > 1]
    undergoing = [one for account in event.accounts for one in account.recipients]
    against = [
        (a, b)
        for a, b in combinations(told, 2)
        if a[0].member.article != b[0].member.article
        and _one_victim(a[0], b[0])
        and may_be_rivals(a[1], b[1], undergoing, parties)
        and not any(_holds(doers, a[1], parties) and _holds(doers, b[1], parties) for doers in together)
    ]
    if against:
        sides = [doer_side(a, d, parties) for a, d in told if any(a is x or a is y for (x, _), (y, _) in against)]
        yield agents_conflict(event, sides)


def _one_victim(a: Account, b: Account) -> bool:
    """Whether two accounts agree where, whom or how many it befell; two who do the same elsewhere are two doers."""
    where = a.place is not None and a.place == b.place and a.place not in {*a.actors, *b.actors}
    counted = {(f.unit, f.low, f.high) for f in a.figures} & {(f.unit, f.low, f.high) for f in b.figures}
    return where or bool(set(a.recipients) & set(b.recipients) or counted)


def doers_of(account: Account, parties: Parties) -> tuple[str, ...]:
    """Doers with a name in an account that holds it to be so."""
    return parties.named(account.actors) if account.factuality in HELD_TRUE else ()


def may_be_rivals(a: Sequence[str], b: Sequence[str], undergoing: Sequence[str], parties: Parties) -> bool:
    """Whether two sets of doers exclude each other, and none of them is among those who undergo it."""
    if not parties.apart(a, b):
        return False
    known = parties.named(undergoing)
    return not any(parties.same(one, other) for one in (*a, *b) for other in known)


def agents_conflict(event: Event, sides: Sequence[Side], reasons: tuple[str, ...] = ()) -> Conflict:
    """Accounts with their doers side by side; a tension where it is open whether they tell one act."""
    grade = ConflictGrade.TENSION if reasons else ConflictGrade.CONTRADICTION
    return make_conflict(event.id, ConflictKind.AGENT, "", sides, (grade, ("agents:apart", *reasons)))


def doer_side(account: Account, doers: Sequence[str], parties: Parties) -> Side:
    """An account as a side that names the doers."""
    value = " + ".join(parties.name(one) for one in doers)
    return Side(value, account.evidence, account.chain, account.origin)


def _holds(doers: Sequence[str], some: Sequence[str], parties: Parties) -> bool:
    return any(parties.same(one, other) for one in doers for other in some)


@cache
def one_doer() -> frozenset[str]:
    """Types of acts that have one doer, or several who act together."""
    return frozenset(load(WORDS)["agents"]["types"].split())
