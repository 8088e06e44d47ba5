"""What speaks for it, and how much, that a telling is of the happening of a cluster: time, people, place and words."""

from __future__ import annotations

from datetime import date

from quellenlage.families import VAGUE
from quellenlage.link.apart import MONTH, NEAR_DAYS
from quellenlage.link.cluster import SAME_NEWS, STEM, Cluster
from quellenlage.link.kinds import HARM, SAYING, WITH_TARGET
from quellenlage.link.tellings import Telling
from quellenlage.link.things import related, shared
from quellenlage.model import DateInterval, EntityKind, Figure, fold
from quellenlage.model.recent import recent

_SHARED = {
    EntityKind.PER: 1.5,
    EntityKind.ORG: 1.2,
    EntityKind.GPE: 0.8,
    EntityKind.LOC: 0.8,
    EntityKind.MISC: 0.8,
}
_MAX_SHARED = 3.5
_UNKNOWN = "time:unknown"
_ONE_DAY = frozenset({"time:same-day", "time:same-news"})

MANY = 3
"""Others with a name, from so many on two articles are of one course of events."""

_STRUCK = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
_BLOWS = frozenset({"attack", "explosion", "shot", "killing", "death", "robbery", "crash", "collision", "derailment"})
"""Families of which one happening may have several words: a bomb explodes, which is an attack."""

_MANY_A_DAY = frozenset({"ACCIDENT", "CRIME", "PROTEST"})

_BODIES = frozenset({EntityKind.PER, EntityKind.ORG})
_UNSHARED = (-0.3, -0.7, -1.5)
"""Weight of having no participant in common, by how many of the two name a person or body: a state against a person
may be that person's state, and of two places one may be part of the other."""


def time(telling: Telling, cluster: Cluster) -> tuple[float, str] | None:
    """Days that both allow; None where they exclude that it is one happening."""
    mine, theirs = telling.interval, cluster.interval
    if mine is None or theirs is None:
        if theirs and telling.bound and theirs.earliest > telling.bound:
            return None
        return _by_news(telling, cluster)
    if mine.meets(theirs):
        narrow, wide = sorted((mine.days, theirs.days))
        if wide <= NEAR_DAYS:
            return (2.0, "time:same-day")
        if wide <= 31:
            return (1.0, "time:same-month")
        return (0.5 if narrow <= 31 else 0.2, "time:compatible")
    gap = max(mine.earliest - theirs.latest, theirs.earliest - mine.latest).days
    # A range of weeks that just misses another is no near miss: only days can contradict each other.
    if gap <= NEAR_DAYS and max(mine.days, theirs.days) <= NEAR_DAYS:
        return (-0.5, f"time:near:{gap}d")
    return None


def _by_news(telling: Telling, cluster: Cluster) -> tuple[float, str]:
    """Judge an undated telling by the week of its article: what is told without a day is news as a rule."""
    mine = telling.interval or telling.news
    theirs = cluster.interval or cluster.news
    if mine is None or theirs is None or max(mine.days, theirs.days) > MONTH:
        return (0.0, _UNKNOWN)
    if mine.meets(theirs):
        return (1.2, "time:same-news") if _printed_together(telling, cluster) else (0.8, "time:news")
    return (-1.5, "time:other-news") if not mine.widened(MONTH).meets(theirs) else (0.0, _UNKNOWN)


def _printed_together(telling: Telling, cluster: Cluster) -> bool:
    mine = telling.printed
    if mine is None or mine.days > SAME_NEWS:
        return False
    near = mine.widened(SAME_NEWS)
    return any(near.meets(days) for days in cluster.known_days)


def days_of_year(telling: Telling, cluster: Cluster, time: str) -> list[tuple[float, str]]:
    """A day or month whose year is not told, of the one that has no days, against the days of the other."""
    if time != _UNKNOWN:
        return []
    if telling.interval is None and telling.printed is None and telling.signs.days:
        days = cluster.interval or cluster.printed
        return [_yearless(telling.signs.days, days)] if days and days.days <= MONTH else []
    known = telling.interval or telling.printed
    if cluster.yearless and known and known.days <= MONTH and cluster.interval is None:
        return [_yearless(cluster.yearless, known)]
    return []


def _yearless(told: frozenset[str], days: DateInterval) -> tuple[float, str]:
    last = date.max.toordinal()
    near = range(days.earliest.toordinal() - 1, min(days.latest.toordinal() + 1, last) + 1)
    possible = {_day_of_year(max(one, 1)) for one in near}
    exact = {one for one in told if "-" in one}
    if exact:
        return (1.0, "time:day-of-year") if exact & possible else (-1.5, "time:other-day-of-year")
    months = {one[:2] for one in possible}
    return (0.6, "time:month-of-year") if told & months else (-1.0, "time:other-month-of-year")


@recent(1 << 14)
def _day_of_year(ordinal: int) -> str:
    return date.fromordinal(ordinal).strftime("%m-%d")


def participants(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    """Who has a name and takes part in both."""
    both = telling.named.keys() & cluster.named.keys()
    # The place counts with them: what one text tells as where, another tells as whom it befell.
    both |= telling.named.keys() & set(cluster.places)
    if telling.place and telling.place in cluster.places:
        both.discard(telling.place)
    elif telling.place and telling.place in cluster.named:
        both.add(telling.place)
    if both:
        # Of one kind after the other, since sums of such numbers depend on their order.
        weights = sorted(_SHARED.get(telling.named.get(one, EntityKind.LOC), 0.0) for one in both)
        weight = min(_MAX_SHARED, sum(weights))
        return [(weight, f"participants:{len(both)}")]
    if telling.named and cluster.named:
        bodies = sum(bool(_BODIES & set(kinds.values())) for kinds in (telling.named, cluster.named))
        return [(_UNSHARED[bodies], "participants:none-shared")]
    return []


def people(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    """Groups without a name: soldiers are troops, but those of another state are others."""
    groups = sorted(telling.signs.people & cluster.people)
    if not groups:
        around = sorted((telling.signs.around & cluster.around) - VAGUE)
        return [(0.5, f"people-around:{around[0]}")] if around else []
    mine, theirs = telling.signs.owners, cluster.owners
    if mine and theirs and not mine & theirs:
        return [(-1.0, "people:of-others")]
    weight = max(0.3 if group in VAGUE else 0.8 for group in groups)
    return [(weight + (0.4 if mine & theirs else 0.0), f"people:{groups[0]}")]


def things(telling: Telling, cluster: Cluster, when: str) -> list[tuple[float, str]]:
    """What was hit, who was on strike: nouns without a name, shared at a time that is known, or of quite other things.

    Other things count for more where one day (`when`) has many of a kind: an attack may be told by what was fired and
    by what was hit, but two trades on strike are two strikes.
    """
    if not telling.things or not cluster.things:
        return []
    if found := shared(telling.things, cluster.things):
        if when == _UNKNOWN:
            return []  # the same market is attacked again
        return [(0.8 if len(found) == 1 else 1.1, f"things:{found[0]}")]
    apart = telling.event_type in WITH_TARGET and not related(telling.things, cluster.things)
    many = when == "time:same-day" and telling.event_type in _MANY_A_DAY
    return [(-1.2 if many else -0.7, "things:other")] if apart else []


def place(telling: Telling, cluster: Cluster, when: str) -> list[tuple[float, str]]:
    """Whether it is one place, part of one, or another; `when` names what the time says."""
    if not telling.place or not cluster.places:
        return []
    if telling.place in cluster.places:
        return [(1.0, "place:same")]
    if telling.place_words & cluster.place_words:
        return [(0.7, "place:part")]
    if (telling.whole_state or cluster.whole_state) and telling.states & cluster.states:
        return [(0.4, "place:in-state")]
    if not telling.place_words or not cluster.place_words:
        return []  # "der Hafen" can be any harbour
    if _takes_part(telling, cluster):
        return []
    if not (telling.place_told and cluster.place_told):
        return [(-0.4, "place:other")]
    # Accounts differ about the place of what they tell of one day; of other days it is another happening.
    other_days = telling.interval and cluster.interval and when not in _ONE_DAY
    return [(-1.6 if other_days else -0.8, "place:other")]


def _takes_part(telling: Telling, cluster: Cluster) -> bool:
    """Whether the one tells as a participant what the other tells as the place ("der Botschafter von ...")."""
    return telling.place in cluster.named or not telling.named.keys().isdisjoint(cluster.places)


def words(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    """The word for it, and numbers."""
    parts: list[tuple[float, str]] = []
    if same := telling.lemmas & cluster.lemmas:
        parts.append((1.0, f"trigger:{min(same)}"))
    elif families := telling.families & cluster.families:
        parts.append((1.0, f"trigger-family:{min(families)}"))
    elif telling.signs.general and telling.signs.definite and cluster.types & HARM - {"DEATH"}:
        parts.append((1.0, f"trigger-general:{min(telling.lemmas)}"))
    elif _refers_back(telling, cluster):
        parts.append((0.8, f"refers-back:{min(telling.lemmas)}"))
    elif stems := [lemma for lemma in telling.lemmas if lemma[:STEM] in cluster.stems]:
        parts.append((0.7, f"trigger-stem:{min(stems)}"))
    mine, theirs = telling.account.figures, cluster.figures
    if mine and theirs and telling.event_type in HARM:
        parts.append((1.0, "toll"))
    same_unit = [(a, b) for a in mine for b in theirs if fold(a.unit) == fold(b.unit) and ranges_meet(a, b)]
    if same_unit:
        exact = any(a.low == a.high == b.low == b.high for a, b in same_unit)
        parts.append((0.7, "quantity:exact" if exact else "quantity:same"))
    return parts


def _refers_back(telling: Telling, cluster: Cluster) -> bool:
    """Whether "der Anschlag" without a day of its own may be any blow of that kind that was told of the place."""
    signs = telling.signs
    if not signs.definite or signs.plural or telling.interval or telling.place not in cluster.places:
        return False
    blows = (telling.families | cluster.families) <= _BLOWS
    return telling.place is not None and telling.event_type in _STRUCK & cluster.types and blows


def in_company(telling: Telling, cluster: Cluster) -> int:
    """How many others with a name the articles have in common."""
    return len(set(telling.company).intersection(cluster.company) - telling.named.keys())


def surroundings(telling: Telling, cluster: Cluster, parts: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """What else the sentences and articles have in common; it weighs only where the time speaks for it."""
    found: list[tuple[float, str]] = []
    content = set(telling.signs.content).intersection(cluster.content)
    if len(content) >= 3:
        found.append((0.5 if len(content) < 6 else 0.8, f"words:{len(content)}"))
    elif telling.event_type in SAYING and not any(n.startswith("time:same") for w, n in parts if w > 0):
        # People deny, demand and threaten again and again: without a day the matter must be told to be the same.
        found.append((-0.3, "words:few"))
    if any(name.startswith("time:") and weight > 0 for weight, name in parts):
        company = in_company(telling, cluster)
        if company >= MANY:
            found.append((0.4 if company < 6 else 0.6, f"company:{company}"))
        elif any(n.endswith("-of-year") for _, n in parts) and not any(n.startswith("participants:") for _, n in parts):
            # Every year has such a day, and few are named in both articles.
            found.append((-1.0, "company:few"))
    return found


def ranges_meet(a: Figure, b: Figure) -> bool:
    """Whether two numbers given as ranges can both be right; None is an open end."""
    return (a.low is None or b.high is None or a.low <= b.high) and (b.low is None or a.high is None or b.low <= a.high)
