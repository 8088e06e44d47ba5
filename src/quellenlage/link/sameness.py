"""Whether two tellings are of one happening: a score with its reasons, and the measurements behind the weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from quellenlage.link.families import VAGUE
from quellenlage.link.tellings import Telling
from quellenlage.model import DateInterval, EntityKind, Factuality, Quantity, fold

THRESHOLD = 3.0
"""Score from which two tellings are one event. One shared person (1.5), one exact day (2) reach it; one shared person
in one month with another verb (2.5) does not."""

NEAR_DAYS = 3
"""Accounts of one happening that differ about the day differ by few days; farther apart they are two happenings."""

_SAME_NEWS = 2
"""Days between two papers that report the same news."""

_STEM = 6
"""Letters at the beginning that make two trigger words one word family ("telefonieren", "Telefonat")."""

_CLOCK_APART = 60
"""Minutes between two happenings of one day whose hours are told."""

_PARTS_APART = frozenset(frozenset(pair.split()) for pair in ("MO AF", "MO EV", "AF EV", "AF NI"))
"""Parts of a day that are not taken for each other; a night begins in the evening and ends in the morning."""

_MONTH = 31
_AHEAD = 400
"""Days that a plan may be announced ahead."""

_PLANS = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_HARM = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME"})
_SAYING = frozenset({"REJECT", "REQUEST", "ACCUSE", "THREATEN"})
_SHARED = {
    EntityKind.PER: 1.5,
    EntityKind.ORG: 1.2,
    EntityKind.GPE: 0.8,
    EntityKind.LOC: 0.8,
    EntityKind.MISC: 0.8,
}
_MAX_SHARED = 3.5
_BODIES = frozenset({EntityKind.PER, EntityKind.ORG})
_UNSHARED = (-0.3, -0.7, -1.5)
"""Weight of having no participant in common, by how many of the two name a person or body: a state against a person
may be that person's state, and of two places one may be part of the other."""

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


def types_like(name: str) -> Iterator[str]:
    """The type itself, then those by which the same happening may go."""
    yield name
    for pair in sorted(map(sorted, _COMPATIBLE)):
        if name in pair:
            yield from (other for other in pair if other != name)


@dataclass(frozen=True, slots=True)
class Sameness:
    """A score and what it is made of, for people to read; `apart` says why two that are so alike are not one."""

    score: float
    reasons: tuple[str, ...]
    apart: Literal["series", "part-of"] | None = None


@dataclass(slots=True)
class Cluster:
    """Tellings taken for one happening so far; `linked` are clusters of the same series, or of which it is a part."""

    tellings: list[Telling]
    articles: set[str] = field(default_factory=set)
    named: dict[str, EntityKind] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    place_words: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    speakers: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    content: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    interval: DateInterval | None = None
    reasons: list[str] = field(default_factory=list)
    linked: list[tuple[int, Sameness]] = field(default_factory=list)

    def add(self, telling: Telling, reasons: tuple[str, ...] = ()) -> None:
        """Take a telling in; the interval becomes what all tellings allow, if there is such a day."""
        self.tellings.append(telling)
        self.articles.add(telling.member.article)
        self.named.update(telling.named)
        self.lemmas |= telling.lemmas
        self.families |= telling.families
        self.place_words |= telling.place_words
        self.states |= telling.states
        self.modes |= telling.modes
        self.speakers |= speakers_of(telling)
        self.people |= telling.signs.people
        self.around |= telling.signs.around
        self.owners |= telling.signs.owners
        self.content |= telling.signs.content
        self.company |= telling.company
        self.types.add(telling.mention.event_type)
        self.reasons += reasons
        if telling.place and telling.place not in self.places:
            self.places.append(telling.place)
        if telling.interval:
            narrowed = self.interval.intersection(telling.interval) if self.interval else telling.interval
            self.interval = narrowed or self.interval


def compare(telling: Telling, cluster: Cluster, repeats: Mapping[str, str]) -> Sameness | None:
    """Score a telling against a cluster; None where something excludes that they are one, or of one series.

    `repeats` gives for an article the one whose text it repeats: the same sentence reprinted is the same telling.
    """
    reprinted = _reprinted(telling, cluster, repeats)
    if telling.member.article in cluster.articles or not _types_agree(telling, cluster):
        return None
    if _told_of_others(telling, cluster):
        return None
    if not reprinted and (_plan_against_fact(telling, cluster) or _hours_apart(telling, cluster)):
        return None
    parts: list[tuple[float, str]] = []
    if telling.mention.event_type not in cluster.types:
        harm = telling.mention.event_type in _HARM
        # An attack and the deaths that it caused are two events, where an article tells both.
        parts.append((-1.0 if harm else -0.5, "type:related"))
    time = _time(telling, cluster)
    if time is None:
        return None
    parts += [time, *_days(telling, cluster, time[1])]
    parts += [*_participants(telling, cluster), *_people(telling, cluster), *_place(telling, cluster)]
    parts += _words(telling, cluster)
    if reprinted:
        parts.append((3.0, "text:reprint"))
    if not _grounded(parts):
        parts.append((-1.0, "time:unknown-and-nothing-else"))
    parts += _surroundings(telling, cluster, parts)
    score = round(sum(weight for weight, _ in parts), 2)
    reasons = tuple(f"{name}({weight:+.1f})" for weight, name in parts if weight)
    if time[1].startswith("time:near") and not _strong(parts):
        return None
    if reprinted:
        return Sameness(score, reasons)
    return _one_of_several(telling, cluster, score, reasons) or Sameness(score, reasons)


def speakers_of(telling: Telling) -> set[str]:
    """Actors who are people or bodies with a name."""
    return {one for one in telling.actors if telling.named.get(one) in _BODIES}


def _told_of_others(telling: Telling, cluster: Cluster) -> bool:
    """Whether one tells of a call and the other of a meeting, or two people say no, each for himself."""
    if telling.modes and cluster.modes and not telling.modes & cluster.modes:
        return True
    saying = telling.mention.event_type in _SAYING
    speakers = speakers_of(telling)
    return saying and bool(speakers and cluster.speakers) and not speakers & cluster.speakers


_GROUNDS = frozenset({"trigger", "trigger-stem", "trigger-family", "place", "text", "toll", "quantity"})


def _grounded(parts: list[tuple[float, str]]) -> bool:
    """Whether more than the people speaks for it, where the time does not: the same people meet again and again."""
    names = {name.split(":")[0] for weight, name in parts if weight > 0}
    return "time" in names or bool(names & _GROUNDS)


def _one_of_several(telling: Telling, cluster: Cluster, score: float, reasons: tuple[str, ...]) -> Sameness | None:
    """Whether the words tell one of several of a kind: "die zweite Runde", "ein weiterer Angriff", one day of many."""
    told = {t.signs.ordinal for t in cluster.tellings} - {None}
    mine = telling.signs.ordinal
    if mine and told and mine not in told:
        return Sameness(score, (*reasons, f"ordinal:{mine}"), "series")
    if (mine or 0) > 1 and not told and not _exact_day(telling, cluster):
        return Sameness(score, (*reasons, f"ordinal:{mine}"), "series")
    another = telling.signs.another
    if another != any(t.signs.another for t in cluster.tellings) and not _exact_day(telling, cluster):
        return Sameness(score, (*reasons, "word:another"), "series")
    days, theirs = telling.interval, cluster.interval
    if days and theirs and days != theirs and days.meets(theirs):
        narrow, wide = sorted((days, theirs), key=lambda one: one.days)
        plural = telling.signs.plural if wide == days else any(t.signs.plural for t in cluster.tellings)
        if plural and narrow.days <= NEAR_DAYS < wide.days < _MONTH:
            return Sameness(score, (*reasons, "plural:days"), "part-of")
    return None


def _exact_day(telling: Telling, cluster: Cluster) -> bool:
    """Whether both give the same single day: the one then calls "erneut" what the other tells without."""
    mine, theirs = telling.interval, cluster.interval
    return bool(mine and theirs and mine == theirs and mine.days == 1)


def _plan_against_fact(telling: Telling, cluster: Cluster) -> bool:
    """Whether one tells a plan and the other a fact, and neither two times nor word, people and place say it is one."""
    planned = telling.mention.factuality in _PLANS
    others = {t.mention.factuality in _PLANS for t in cluster.tellings}
    if planned in others or (telling.interval and cluster.interval):
        return False
    known = bool(telling.families & cluster.families) and telling.place in cluster.places and telling.place is not None
    who = set(telling.named) & set(cluster.named) or telling.signs.people & cluster.people
    return not (known and who and _in_order(telling, cluster, planned=planned))


def _in_order(telling: Telling, cluster: Cluster, *, planned: bool) -> bool:
    """Whether the plan was printed before the fact, and no more than a good year before."""
    printed = next((t.printed for t in cluster.tellings if t.printed), None)
    if printed is None or telling.printed is None:
        return False
    plan, fact = (telling.printed, printed) if planned else (printed, telling.printed)
    return 0 <= (fact.latest - plan.earliest).days <= _AHEAD


def _hours_apart(telling: Telling, cluster: Cluster) -> bool:
    """Whether both give an hour on one and the same day, and not the same: two attacks in one night."""
    if not telling.interval or not cluster.interval or not telling.interval.meets(cluster.interval):
        return False
    parts = {t.signs.part for t in cluster.tellings if t.signs.part}
    if telling.signs.part and parts and all(frozenset((telling.signs.part, one)) in _PARTS_APART for one in parts):
        return True
    mine = telling.signs.clock
    hours = [t.signs.clock for t in cluster.tellings if t.signs.clock is not None]
    return mine is not None and bool(hours) and all(abs(mine - other) > _CLOCK_APART for other in hours)


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
        return (1.2, "time:same-news") if _printed_together(telling, cluster) else (0.8, "time:news")
    return (-1.5, "time:other-news") if not mine.widened(_MONTH).meets(theirs) else (0.0, "time:unknown")


def _printed_together(telling: Telling, cluster: Cluster) -> bool:
    mine = telling.printed
    if mine is None or mine.days > _SAME_NEWS:
        return False
    near = mine.widened(_SAME_NEWS)
    return any(t.printed and t.printed.days <= _SAME_NEWS and near.meets(t.printed) for t in cluster.tellings)


def _days(telling: Telling, cluster: Cluster, time: str) -> list[tuple[float, str]]:
    """A day or month whose year is not told, of the one that has no days, against the days of the other."""
    if time != "time:unknown":
        return []
    if telling.interval is None and telling.printed is None and telling.signs.days:
        days = cluster.interval or next((t.printed for t in cluster.tellings if t.printed), None)
        return [_yearless(telling.signs.days, days)] if days and days.days <= _MONTH else []
    undated = {d for t in cluster.tellings if t.interval is None and t.printed is None for d in t.signs.days}
    known = telling.interval or telling.printed
    if undated and known and known.days <= _MONTH and cluster.interval is None:
        return [_yearless(frozenset(undated), known)]
    return []


def _yearless(told: frozenset[str], days: DateInterval) -> tuple[float, str]:
    last = date.max.toordinal()
    near = range(days.earliest.toordinal() - 1, min(days.latest.toordinal() + 1, last) + 1)
    possible = {date.fromordinal(max(one, 1)).strftime("%m-%d") for one in near}
    exact = {one for one in told if "-" in one}
    if exact:
        return (1.0, "time:day-of-year") if exact & possible else (-1.5, "time:other-day-of-year")
    months = {one[:2] for one in possible}
    return (0.6, "time:month-of-year") if told & months else (-1.0, "time:other-month-of-year")


def _participants(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    mine, theirs = _involved(telling), {**cluster.named, **dict.fromkeys(cluster.places, EntityKind.LOC)}
    both = {telling.place} & set(cluster.places)
    shared = sorted((set(mine) & set(theirs)) - both)
    weight = min(_MAX_SHARED, sum(_SHARED.get(telling.named.get(one, EntityKind.LOC), 0.0) for one in shared))
    if shared:
        return [(weight, f"participants:{len(shared)}")]
    if telling.named and cluster.named:
        bodies = sum(bool(_BODIES & set(kinds.values())) for kinds in (telling.named, cluster.named))
        return [(_UNSHARED[bodies], "participants:none-shared")]
    return []


def _involved(telling: Telling) -> dict[str, EntityKind]:
    """Participants and the place: what one text tells as where, another tells as whom it befell."""
    return {**dict.fromkeys([telling.place] if telling.place else [], EntityKind.LOC), **telling.named}


def _people(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    """Groups without a name: soldiers are troops, but those of another state are others."""
    shared = sorted(telling.signs.people & cluster.people)
    if not shared:
        around = sorted((telling.signs.around & cluster.around) - VAGUE)
        return [(0.5, f"people-around:{around[0]}")] if around else []
    mine, theirs = telling.signs.owners, cluster.owners
    if mine and theirs and not mine & theirs:
        return [(-1.0, "people:of-others")]
    weight = max(0.3 if group in VAGUE else 0.8 for group in shared)
    return [(weight + (0.4 if mine & theirs else 0.0), f"people:{shared[0]}")]


def _place(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    if not telling.place or not cluster.places:
        return []
    if telling.place in cluster.places:
        return [(1.0, "place:same")]
    if telling.place_words & cluster.place_words:
        return [(0.7, "place:part")]
    whole = telling.whole_state or any(t.whole_state for t in cluster.tellings)
    if whole and telling.states & cluster.states:
        return [(0.4, "place:in-state")]
    if not telling.place_words or not cluster.place_words:
        return []  # "der Hafen" can be any harbour
    return [(-0.8, "place:other")]


def _words(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    parts: list[tuple[float, str]] = []
    shared = sorted(telling.lemmas & cluster.lemmas)
    families = sorted(telling.families & cluster.families)
    stems = sorted(a for a in telling.lemmas for b in cluster.lemmas if _common_prefix(a, b) >= _STEM)
    if shared:
        parts.append((1.0, f"trigger:{shared[0]}"))
    elif families:
        parts.append((1.0, f"trigger-family:{families[0]}"))
    elif stems:
        parts.append((0.7, f"trigger-stem:{stems[0]}"))
    mine = telling.mention.quantities
    theirs = [q for other in cluster.tellings for q in other.mention.quantities]
    if mine and theirs and telling.mention.event_type in _HARM:
        parts.append((1.0, "toll"))
    if any(fold(a.unit) == fold(b.unit) and ranges_meet(a, b) for a in mine for b in theirs):
        parts.append((0.7, "quantity:same"))
    return parts


def _surroundings(telling: Telling, cluster: Cluster, parts: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """What else the sentences and articles have in common; it weighs only where the time speaks for it."""
    found: list[tuple[float, str]] = []
    content = telling.signs.content & cluster.content
    if len(content) >= 3:
        found.append((0.5 if len(content) < 6 else 0.8, f"words:{len(content)}"))
    elif telling.mention.event_type in _SAYING and not any(n.startswith("time:same") for w, n in parts if w > 0):
        # People deny, demand and threaten again and again: without a day the matter must be told to be the same.
        found.append((-0.3, "words:few"))
    if any(name.startswith("time:") and weight > 0 for weight, name in parts):
        company = len((telling.company & cluster.company) - set(telling.named))
        if company >= 3:
            found.append((0.4 if company < 6 else 0.6, f"company:{company}"))
    return found


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
    named = bool(total.keys() & {"trigger", "trigger-family"})
    return named and (people >= 2.0 or (people >= 0.8 and total.get("place", 0.0) > 0))
