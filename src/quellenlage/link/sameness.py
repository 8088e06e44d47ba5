"""Whether two tellings are of one happening: a score with its reasons, and the measurements behind the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quellenlage.link.tellings import Telling
from quellenlage.model import DateInterval, EntityKind, Factuality, Quantity, fold

THRESHOLD = 3.0
"""Score from which two tellings are one event. One shared person (1.5), one exact day (2) reach it; one shared person
in one month with another verb (2.5) does not."""

NEAR_DAYS = 3
"""Accounts of one happening that differ about the day differ by few days; farther apart they are two happenings."""

_STEM = 6
"""Letters at the beginning that make two trigger words one word family ("telefonieren", "Telefonat")."""

_MONTH = 31
_PLANS = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_HARM = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME"})
_SHARED = {
    EntityKind.PER: 1.5,
    EntityKind.ORG: 1.2,
    EntityKind.GPE: 0.8,
    EntityKind.LOC: 0.8,
    EntityKind.MISC: 0.8,
}
_MAX_SHARED = 3.5

_COMPATIBLE = frozenset(
    frozenset(pair.split())
    for pair in (
        "RETREAT MOVEMENT",
        "MOBILIZE MOVEMENT",
        "ASSAULT DEATH",
        "ASSAULT CRIME",
        "CRIME DEATH",
        "ACCIDENT DEATH",
        "DISASTER DEATH",
        "DISASTER ACCIDENT",
        "COERCE JUSTICE",
        "CONSULT MOVEMENT",
        "AGREE COOPERATE",
        "REJECT SANCTION",
    )
)
"""Types that one happening goes by, depending on the words chosen: a retreat is a movement, an attack costs lives."""


@dataclass(slots=True)
class Cluster:
    """Tellings taken for one happening so far."""

    tellings: list[Telling]
    articles: set[str] = field(default_factory=set)
    named: dict[str, EntityKind] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    place_words: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    interval: DateInterval | None = None
    reasons: list[str] = field(default_factory=list)

    def add(self, telling: Telling, reasons: tuple[str, ...] = ()) -> None:
        """Take a telling in; the interval becomes what all tellings allow, if there is such a day."""
        self.tellings.append(telling)
        self.articles.add(telling.member.article)
        self.named.update(telling.named)
        self.lemmas |= telling.lemmas
        self.place_words |= telling.place_words
        self.types.add(telling.mention.event_type)
        self.reasons += reasons
        if telling.place and telling.place not in self.places:
            self.places.append(telling.place)
        if telling.interval:
            narrowed = self.interval.intersection(telling.interval) if self.interval else telling.interval
            self.interval = narrowed or self.interval


@dataclass(frozen=True, slots=True)
class Sameness:
    """A score and what it is made of, for people to read."""

    score: float
    reasons: tuple[str, ...]


def compare(telling: Telling, cluster: Cluster, repeats: Mapping[str, str]) -> Sameness | None:
    """Score a telling against a cluster; None where something excludes that they are one.

    `repeats` gives for an article the one whose text it repeats: the same sentence reprinted is the same telling.
    """
    if telling.member.article in cluster.articles or not _types_agree(telling, cluster):
        return None
    if _plan_against_fact(telling, cluster) and not _reprinted(telling, cluster, repeats):
        return None
    parts: list[tuple[float, str]] = []
    if telling.mention.event_type not in cluster.types:
        parts.append((-0.5, "type:related"))
    time = _time(telling, cluster)
    if time is None:
        return None
    parts += [time, *_participants(telling, cluster), *_place(telling, cluster), *_words(telling, cluster)]
    if _reprinted(telling, cluster, repeats):
        parts.append((3.0, "text:reprint"))
    if not _grounded(parts):
        parts.append((-1.0, "time:unknown-and-nothing-else"))
    score = sum(weight for weight, _ in parts)
    if time[1].startswith("time:near") and not _strong(parts):
        return None
    return Sameness(round(score, 2), tuple(f"{name}({weight:+.1f})" for weight, name in parts if weight))


_GROUNDS = frozenset({"trigger", "trigger-stem", "place", "text", "toll", "quantity"})


def _grounded(parts: list[tuple[float, str]]) -> bool:
    """Whether more than the people speaks for it, where the time does not: the same people meet again and again."""
    names = {name.split(":")[0] for weight, name in parts if weight > 0}
    return "time" in names or bool(names & _GROUNDS)


def _plan_against_fact(telling: Telling, cluster: Cluster) -> bool:
    """Whether one tells a plan and the other a fact without both giving a time: nothing says that it is the same."""
    planned = telling.mention.factuality in _PLANS
    others = {t.mention.factuality in _PLANS for t in cluster.tellings}
    return planned not in others and (telling.interval is None or cluster.interval is None)


def _types_agree(telling: Telling, cluster: Cluster) -> bool:
    mine = telling.mention.event_type
    return mine in cluster.types or any(frozenset((mine, other)) in _COMPATIBLE for other in cluster.types)


def _time(telling: Telling, cluster: Cluster) -> tuple[float, str] | None:
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
    theirs = cluster.interval or next((t.news for t in cluster.tellings if t.news), None)
    if mine is None or theirs is None or max(mine.days, theirs.days) > _MONTH:
        return (0.0, "time:unknown")
    if mine.meets(theirs):
        return (0.8, "time:news")
    return (-1.5, "time:other-news") if not mine.widened(_MONTH).meets(theirs) else (0.0, "time:unknown")


def _participants(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    shared = sorted(set(telling.named) & set(cluster.named))
    weight = min(_MAX_SHARED, sum(_SHARED.get(telling.named[one], 0.0) for one in shared))
    if shared:
        return [(weight, f"participants:{len(shared)}")]
    if telling.named and cluster.named:
        return [(-1.5, "participants:none-shared")]
    return []


def _place(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    if not telling.place or not cluster.places:
        return []
    if telling.place in cluster.places:
        return [(1.0, "place:same")]
    if telling.place_words & cluster.place_words:
        return [(0.7, "place:part")]
    if not telling.place_words or not cluster.place_words:
        return []  # "der Hafen" can be any harbour
    return [(-0.8, "place:other")]


def _words(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    parts: list[tuple[float, str]] = []
    shared = sorted(telling.lemmas & cluster.lemmas)
    stems = sorted(a for a in telling.lemmas for b in cluster.lemmas if _common_prefix(a, b) >= _STEM)
    if shared:
        parts.append((1.0, f"trigger:{shared[0]}"))
    elif stems:
        parts.append((0.7, f"trigger-stem:{stems[0]}"))
    mine = telling.mention.quantities
    theirs = [q for other in cluster.tellings for q in other.mention.quantities]
    if mine and theirs and telling.mention.event_type in _HARM:
        parts.append((1.0, "toll"))
    if any(fold(a.unit) == fold(b.unit) and ranges_meet(a, b) for a in mine for b in theirs):
        parts.append((0.7, "quantity:same"))
    return parts


def ranges_meet(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers given as ranges can both be right; None is an open end."""
    return (a.low is None or b.high is None or a.low <= b.high) and (b.low is None or a.high is None or b.low <= a.high)


def _common_prefix(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def _reprinted(telling: Telling, cluster: Cluster, repeats: Mapping[str, str]) -> bool:
    """Whether a reprint tells it in the same word as the text that it repeats (or as another copy of it)."""
    family = _family(telling.member.article, repeats)
    return any(
        _family(other.member.article, repeats) == family and other.lemmas & telling.lemmas for other in cluster.tellings
    )


def _family(article: str, repeats: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while article in repeats and article not in seen:
        seen.add(article)
        article = repeats[article]
    return article


def _strong(parts: list[tuple[float, str]]) -> bool:
    """Tellings that differ about the day must agree in two participants or one and the place, and in the word."""
    total = {name.split(":")[0]: weight for weight, name in parts}
    people = total.get("participants", 0.0)
    return "trigger" in total and (people >= 2.0 or (people >= 0.8 and total.get("place", 0.0) > 0))
