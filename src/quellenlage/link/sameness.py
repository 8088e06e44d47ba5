"""Whether two tellings are of one happening: a score with its reasons, and the measurements behind the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, TypeVar

from quellenlage.families import VAGUE
from quellenlage.link.signs import interned
from quellenlage.link.tellings import Telling, Told
from quellenlage.model import DateInterval, EntityKind, Factuality, Figure, fold

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
_FACT_OR_PLAN = (frozenset({False}), frozenset({True}))
_HARM = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME"})
_ONE_PERSON = frozenset({"JUSTICE", "COERCE", "PERSONNEL", "DEATH"})
"""Types that befall a person: a judgement on one and a judgement on another are two, whatever court and day."""

_SAYING = frozenset({"REJECT", "REQUEST", "ACCUSE", "THREATEN"})
_SHARED = {
    EntityKind.PER: 1.5,
    EntityKind.ORG: 1.2,
    EntityKind.GPE: 0.8,
    EntityKind.LOC: 0.8,
    EntityKind.MISC: 0.8,
}
_MAX_SHARED = 3.5
_MOST_WORDS, _MOST_FIGURES = 2.4, 1.7
"""What shared words and surroundings can weigh at most, and shared figures."""

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


_LIKE: Mapping[str, tuple[str, ...]] = {
    name: tuple(other for pair in sorted(map(sorted, _COMPATIBLE)) if name in pair for other in pair if other != name)
    for name in sorted({name for pair in _COMPATIBLE for name in pair})
}


def types_like(name: str) -> tuple[str, ...]:
    """The type itself, then those by which the same happening may go."""
    return (name, *_LIKE.get(name, ()))


@dataclass(frozen=True, slots=True)
class Sameness:
    """A score and what it is made of, for people to read; `apart` says why two that are so alike are not one."""

    score: float
    reasons: tuple[str, ...]
    apart: Literal["series", "part-of"] | None = None


@dataclass(slots=True)
class Cluster:
    """Tellings taken for one happening so far, and what they say together; `linked` are clusters of the same series, or
    of which it is a part.

    Of the signs (see `Signs`) and days of its tellings it keeps what `compare` asks: `prints` are the trigger lemmas of
    each family of texts, `known_days` the days of publication that are known to a day or two, `yearless` the days
    without a year of tellings that have no others.
    """

    tellings: list[Told] = field(default_factory=list)
    articles: frozenset[str] = frozenset()
    named: Mapping[str, EntityKind] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    place_words: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    undergoing: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    content: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    ordinals: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()
    clocks: frozenset[int] = frozenset()
    planned: frozenset[bool] = frozenset()
    yearless: frozenset[str] = frozenset()
    prints: dict[str, frozenset[str]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    another: bool = False
    plural: bool = False
    whole_state: bool = False
    interval: DateInterval | None = None
    news: DateInterval | None = None
    printed: DateInterval | None = None
    known_days: tuple[DateInterval, ...] = ()
    reasons: list[str] = field(default_factory=list)
    linked: list[tuple[int, Sameness]] = field(default_factory=list)

    def add(self, telling: Telling, family: str, reasons: tuple[str, ...] = ()) -> None:
        """Take a telling in, of an article of a family of texts; the interval becomes what all tellings allow, if there
        is such a day.
        """
        signs = telling.signs
        self.tellings.append(Told.of(telling))
        self.articles |= {telling.member.article}
        self.named = {**self.named, **telling.named} if self.named else telling.named
        self.lemmas = _with(self.lemmas, telling.lemmas)
        self.stems = _with(self.stems, stems_of(telling.lemmas))
        self.families = _with(self.families, telling.families)
        self.place_words = _with(self.place_words, telling.place_words)
        self.states = _with(self.states, telling.states)
        self.modes = _with(self.modes, telling.modes)
        self.speakers = _with(self.speakers, telling.speakers)
        self.undergoing = _with(self.undergoing, telling.undergoing)
        self.people = _with(self.people, signs.people)
        self.around = _with(self.around, signs.around)
        self.owners = _with(self.owners, signs.owners)
        self.content = _joined(self.content, signs.content)
        self.company = _joined(self.company, telling.company)
        self.types = _with(self.types, interned((telling.event_type,)))
        self.planned = _with(self.planned, _FACT_OR_PLAN[telling.factuality in _PLANS])
        self.prints[family] = _with(self.prints.get(family, frozenset()), telling.lemmas)
        self.figures += telling.account.figures
        self.another |= signs.another
        self.plural |= signs.plural
        self.whole_state |= telling.whole_state
        if signs.ordinal:
            self.ordinals |= {signs.ordinal}
        if signs.part:
            self.parts |= {signs.part}
        if signs.clock is not None:
            self.clocks |= {signs.clock}
        if telling.interval is None and telling.printed is None:
            self.yearless = _with(self.yearless, signs.days)
        self._take_days(telling)
        self.reasons += reasons
        if telling.place and telling.place not in self.places:
            self.places += (telling.place,)

    def _take_days(self, telling: Telling) -> None:
        self.news = self.news or telling.news
        self.printed = self.printed or telling.printed
        printed = telling.printed
        if printed and printed.days <= _SAME_NEWS and printed not in self.known_days:
            self.known_days += (printed,)
        if telling.interval:
            narrowed = self.interval.intersection(telling.interval) if self.interval else telling.interval
            self.interval = narrowed or self.interval


_T = TypeVar("_T")


def _with(known: frozenset[_T], more: frozenset[_T]) -> frozenset[_T]:
    """Both together, without a copy where one of them is all: most clusters have one telling and share its sets."""
    if more <= known:
        return known
    return known | more if known else more


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The same of tuples."""
    return tuple(dict.fromkeys((*known, *more))) if known else more


def stems_of(lemmas: frozenset[str]) -> frozenset[str]:
    """The beginnings by which words of one family are known."""
    return interned(lemma[:_STEM] for lemma in lemmas if len(lemma) >= _STEM)


def compare(telling: Telling, cluster: Cluster, family: str) -> Sameness | None:
    """Score a telling against a cluster; None where something excludes that they are one, or of one series.

    `family` is that of the texts in which the telling's article stands (`events.family_of`): the same sentence
    reprinted is the same telling.
    """
    if telling.member.article in cluster.articles or not _types_agree(telling, cluster):
        return None
    time = _time(telling, cluster)
    if time is None or _told_of_others(telling, cluster):
        return None
    # A reprint tells it in the same word as the text that it repeats, or as another copy of it.
    reprinted = not telling.lemmas.isdisjoint(cluster.prints.get(family, ()))
    if not reprinted and (_plan_against_fact(telling, cluster) or _hours_apart(telling, cluster)):
        return None
    parts: list[tuple[float, str]] = []
    if telling.event_type not in cluster.types:
        harm = telling.event_type in _HARM
        # An attack and the deaths that it caused are two events, where an article tells both.
        parts.append((-1.0 if harm else -0.5, "type:related"))
    parts += [time, *_days(telling, cluster, time[1])]
    parts += [*_participants(telling, cluster), *_people(telling, cluster), *_place(telling, cluster)]
    if reprinted:
        parts.append((3.0, "text:reprint"))
    counted = bool(telling.account.figures and cluster.figures)
    if sum(weight for weight, _ in parts) + _MOST_WORDS + counted * _MOST_FIGURES < THRESHOLD:
        return None  # whatever words and figures say
    parts += _words(telling, cluster)
    if not _grounded(parts):
        parts.append((-1.0, "time:unknown-and-nothing-else"))
    parts += _surroundings(telling, cluster, parts)
    score = round(sum(weight for weight, _ in parts), 2)
    if score < THRESHOLD:
        return None
    reasons = tuple(f"{name}({weight:+.1f})" for weight, name in parts if weight)
    if time[1].startswith("time:near") and not _strong(parts):
        return None
    if reprinted:
        return Sameness(score, reasons)
    return _one_of_several(telling, cluster, score, reasons) or Sameness(score, reasons)


def _told_of_others(telling: Telling, cluster: Cluster) -> bool:
    """Whether one is a call and the other a meeting, two people say no, each for himself, or it befalls two people."""
    if telling.modes and cluster.modes and not telling.modes & cluster.modes:
        return True
    if telling.event_type in _ONE_PERSON and telling.undergoing and cluster.undergoing:
        return not telling.undergoing & cluster.undergoing
    saying = telling.event_type in _SAYING
    return saying and bool(telling.speakers and cluster.speakers) and not telling.speakers & cluster.speakers


_GROUNDS = frozenset({"trigger", "trigger-stem", "trigger-family", "place", "text", "toll", "quantity"})


def _grounded(parts: list[tuple[float, str]]) -> bool:
    """Whether more than the people speaks for it, where the time does not: the same people meet again and again."""
    names = {name.split(":")[0] for weight, name in parts if weight > 0}
    return "time" in names or bool(names & _GROUNDS)


def _one_of_several(telling: Telling, cluster: Cluster, score: float, reasons: tuple[str, ...]) -> Sameness | None:
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
        if plural and narrow.days <= NEAR_DAYS < wide.days < _MONTH:
            return Sameness(score, (*reasons, "plural:days"), "part-of")
    return None


def _exact_day(telling: Telling, cluster: Cluster) -> bool:
    """Whether both give the same single day: the one then calls "erneut" what the other tells without."""
    mine, theirs = telling.interval, cluster.interval
    return bool(mine and theirs and mine == theirs and mine.days == 1)


def _plan_against_fact(telling: Telling, cluster: Cluster) -> bool:
    """Whether one tells a plan and the other a fact, and neither two times nor word, people and place say it is one."""
    planned = telling.factuality in _PLANS
    if planned in cluster.planned or (telling.interval and cluster.interval):
        return False
    known = bool(telling.families & cluster.families) and telling.place in cluster.places and telling.place is not None
    who = telling.named.keys() & cluster.named.keys() or telling.signs.people & cluster.people
    return not (known and who and _in_order(telling, cluster, planned=planned))


def _in_order(telling: Telling, cluster: Cluster, *, planned: bool) -> bool:
    """Whether the plan was printed before the fact, and no more than a good year before."""
    printed = cluster.printed
    if printed is None or telling.printed is None:
        return False
    plan, fact = (telling.printed, printed) if planned else (printed, telling.printed)
    return 0 <= (fact.latest - plan.earliest).days <= _AHEAD


def _hours_apart(telling: Telling, cluster: Cluster) -> bool:
    """Whether both give an hour on one and the same day, and not the same: two attacks in one night."""
    if not telling.interval or not cluster.interval or not telling.interval.meets(cluster.interval):
        return False
    part, parts = telling.signs.part, cluster.parts
    if part and parts and all(frozenset((part, one)) in _PARTS_APART for one in parts):
        return True
    mine, hours = telling.signs.clock, cluster.clocks
    return mine is not None and bool(hours) and all(abs(mine - other) > _CLOCK_APART for other in hours)


def _types_agree(telling: Telling, cluster: Cluster) -> bool:
    mine = telling.event_type
    return mine in cluster.types or not cluster.types.isdisjoint(_LIKE.get(mine, ()))


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
    theirs = cluster.interval or cluster.news
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
    return any(near.meets(days) for days in cluster.known_days)


def _days(telling: Telling, cluster: Cluster, time: str) -> list[tuple[float, str]]:
    """A day or month whose year is not told, of the one that has no days, against the days of the other."""
    if time != "time:unknown":
        return []
    if telling.interval is None and telling.printed is None and telling.signs.days:
        days = cluster.interval or cluster.printed
        return [_yearless(telling.signs.days, days)] if days and days.days <= _MONTH else []
    known = telling.interval or telling.printed
    if cluster.yearless and known and known.days <= _MONTH and cluster.interval is None:
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


@lru_cache(maxsize=1 << 14)
def _day_of_year(ordinal: int) -> str:
    return date.fromordinal(ordinal).strftime("%m-%d")


def _participants(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    shared = telling.named.keys() & cluster.named.keys()
    # The place counts with them: what one text tells as where, another tells as whom it befell.
    shared |= telling.named.keys() & set(cluster.places)
    if telling.place and telling.place in cluster.places:
        shared.discard(telling.place)
    elif telling.place and telling.place in cluster.named:
        shared.add(telling.place)
    if shared:
        # Of one kind after the other, since sums of such numbers depend on their order.
        weights = sorted(_SHARED.get(telling.named.get(one, EntityKind.LOC), 0.0) for one in shared)
        weight = min(_MAX_SHARED, sum(weights))
        return [(weight, f"participants:{len(shared)}")]
    if telling.named and cluster.named:
        bodies = sum(bool(_BODIES & set(kinds.values())) for kinds in (telling.named, cluster.named))
        return [(_UNSHARED[bodies], "participants:none-shared")]
    return []


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
    if (telling.whole_state or cluster.whole_state) and telling.states & cluster.states:
        return [(0.4, "place:in-state")]
    if not telling.place_words or not cluster.place_words:
        return []  # "der Hafen" can be any harbour
    return [(-0.8, "place:other")]


def _words(telling: Telling, cluster: Cluster) -> list[tuple[float, str]]:
    parts: list[tuple[float, str]] = []
    if shared := telling.lemmas & cluster.lemmas:
        parts.append((1.0, f"trigger:{min(shared)}"))
    elif families := telling.families & cluster.families:
        parts.append((1.0, f"trigger-family:{min(families)}"))
    elif stems := [lemma for lemma in telling.lemmas if lemma[:_STEM] in cluster.stems]:
        parts.append((0.7, f"trigger-stem:{min(stems)}"))
    mine, theirs = telling.account.figures, cluster.figures
    if mine and theirs and telling.event_type in _HARM:
        parts.append((1.0, "toll"))
    if any(fold(a.unit) == fold(b.unit) and ranges_meet(a, b) for a in mine for b in theirs):
        parts.append((0.7, "quantity:same"))
    return parts


def _surroundings(telling: Telling, cluster: Cluster, parts: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """What else the sentences and articles have in common; it weighs only where the time speaks for it."""
    found: list[tuple[float, str]] = []
    content = set(telling.signs.content).intersection(cluster.content)
    if len(content) >= 3:
        found.append((0.5 if len(content) < 6 else 0.8, f"words:{len(content)}"))
    elif telling.event_type in _SAYING and not any(n.startswith("time:same") for w, n in parts if w > 0):
        # People deny, demand and threaten again and again: without a day the matter must be told to be the same.
        found.append((-0.3, "words:few"))
    if any(name.startswith("time:") and weight > 0 for weight, name in parts):
        company = len(set(telling.company).intersection(cluster.company) - telling.named.keys())
        if company >= 3:
            found.append((0.4 if company < 6 else 0.6, f"company:{company}"))
    return found


def ranges_meet(a: Figure, b: Figure) -> bool:
    """Whether two numbers given as ranges can both be right; None is an open end."""
    return (a.low is None or b.high is None or a.low <= b.high) and (b.low is None or a.high is None or b.low <= a.high)


def _strong(parts: list[tuple[float, str]]) -> bool:
    """Tellings that differ about the day must agree in two participants or one and the place, and in the word."""
    total = {name.split(":")[0]: weight for weight, name in parts}
    people = total.get("participants", 0.0)
    named = bool(total.keys() & {"trigger", "trigger-family"})
    return named and (people >= 2.0 or (people >= 0.8 and total.get("place", 0.0) > 0))
