"""What keeps two tellings apart that are much alike: another speaker, hour or plan, or one of several of a kind."""

from __future__ import annotations

from quellenlage.link.cluster import PLANS, SAME_NEWS, Cluster, Sameness
from quellenlage.link.kinds import ONE_PERSON, SAYING
from quellenlage.link.tellings import Telling

NEAR_DAYS = 3
"""Accounts of one happening that differ about the day differ by few days; farther apart they are two happenings."""

MONTH = 31
"""Days of a month at most."""

_CLOCK_APART = 60
"""Minutes between two happenings of one day whose hours are told."""

_PARTS_APART = frozenset(frozenset(pair.split()) for pair in ("MO AF", "MO EV", "AF EV", "AF NI"))
"""Parts of a day that are not taken for each other; a night begins in the evening and ends in the morning."""

_AHEAD = 400
"""Days that a plan may be announced ahead."""


def told_of_others(telling: Telling, cluster: Cluster) -> bool:
    """Whether one is a call and the other a meeting, two people say no, each for himself, or it befalls two people."""
    if telling.modes and cluster.modes and not telling.modes & cluster.modes:
        return True
    if telling.event_type in ONE_PERSON and telling.undergoing and cluster.undergoing:
        return not telling.undergoing & cluster.undergoing
    saying = telling.event_type in SAYING
    return saying and bool(telling.speakers and cluster.speakers) and not telling.speakers & cluster.speakers


def one_of_several(telling: Telling, cluster: Cluster, score: float, reasons: tuple[str, ...]) -> Sameness | None:
    """Whether the words tell one of several of a kind: "die zweite Runde", "ein weiterer Angriff", one day of many."""
    told, mine = cluster.ordinals, telling.signs.ordinal
    if mine and told and mine not in told:
        return Sameness(score, (*reasons, f"ordinal:{mine}"), "series")
    if (mine or 0) > 1 and not told and not _exact_day(telling, cluster):
        return Sameness(score, (*reasons, f"ordinal:{mine}"), "series")
    another = telling.signs.another
    if another != cluster.another and not _exact_day(telling, cluster):
        return Sameness(score, (*reasons, "word:another"), "series")
    days, theirs = telling.interval, cluster.interval
    if days and theirs and days != theirs and days.meets(theirs):
        narrow, wide = sorted((days, theirs), key=lambda one: one.days)
        plural = telling.signs.plural if wide == days else cluster.plural
        if plural and narrow.days <= NEAR_DAYS < wide.days < MONTH:
            return Sameness(score, (*reasons, "plural:days"), "part-of")
    return None


def _exact_day(telling: Telling, cluster: Cluster) -> bool:
    """Whether both give the same single day: the one then calls "erneut" what the other tells without."""
    mine, theirs = telling.interval, cluster.interval
    return bool(mine and theirs and mine == theirs and mine.days == 1)


def plan_against_fact(telling: Telling, cluster: Cluster) -> bool:
    """Whether one tells a plan and the other a fact, and neither two times nor word, people and place say it is one."""
    planned = telling.factuality in PLANS
    if planned in cluster.planned or (telling.interval and cluster.interval):
        return False
    if not _in_order(telling, cluster, planned=planned) or not telling.families & cluster.families:
        return True
    who = telling.named.keys() & cluster.named.keys() or telling.signs.people & cluster.people
    where = telling.place is not None and telling.place in cluster.places
    return not who or not (where or _next_day(telling, cluster))


def _next_day(telling: Telling, cluster: Cluster) -> bool:
    """Whether both were printed at about the same time, with people who have a name in both."""
    mine, theirs = telling.printed, cluster.printed
    near = bool(mine and theirs and mine.days <= SAME_NEWS and mine.widened(SAME_NEWS).meets(theirs))
    return near and not telling.named.keys().isdisjoint(cluster.named)


def _in_order(telling: Telling, cluster: Cluster, *, planned: bool) -> bool:
    """Whether the plan was printed before the fact, and no more than a good year before."""
    printed = cluster.printed
    if printed is None or telling.printed is None:
        return False
    plan, fact = (telling.printed, printed) if planned else (printed, telling.printed)
    return 0 <= (fact.latest - plan.earliest).days <= _AHEAD


def hours_apart(telling: Telling, cluster: Cluster) -> bool:
    """Whether both give an hour on one and the same day, and not the same: two attacks in one night."""
    if not telling.interval or not cluster.interval or not telling.interval.meets(cluster.interval):
        return False
    part, parts = telling.signs.part, cluster.parts
    if part and parts and all(frozenset((part, one)) in _PARTS_APART for one in parts):
        return True
    mine, hours = telling.signs.clock, cluster.clocks
    return mine is not None and bool(hours) and all(abs(mine - other) > _CLOCK_APART for other in hours)
