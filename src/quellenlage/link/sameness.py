"""Whether two tellings are of one happening: a score with its reasons, and the measurements behind the weights."""

from __future__ import annotations

from quellenlage.link import weighing
from quellenlage.link.apart import NEAR_DAYS, hours_apart, one_of_several, plan_against_fact, told_of_others
from quellenlage.link.cluster import Cluster, Sameness
from quellenlage.link.kinds import HARM, by_word_only, types_like
from quellenlage.link.tellings import Telling

__all__ = ["BESIDE", "NEARLY", "NEAR_DAYS", "THRESHOLD", "Cluster", "Sameness", "compare", "types_like"]

THRESHOLD = 3.0
"""Score from which two tellings are one event. One shared person (1.5), one exact day (2) reach it; one shared person
in one month with another verb (2.5) does not."""

NEARLY = 2.0
"""Score from which two tellings are one event if their articles tell another event in common (`BESIDE`)."""

BESIDE = 1.0
"""What it weighs that the articles tell another event in common of which both give the time: they are of one course."""

_DAYS = 0.8
"""What days weigh at least that say when it was."""

_MOST_WORDS, _MOST_FIGURES = 2.4, 1.7
"""What shared words and surroundings can weigh at most, and shared figures."""


def compare(telling: Telling, cluster: Cluster, family: str) -> Sameness | None:
    """Score a telling against a cluster; None where something excludes that they are one, or of one series.

    What scores between `NEARLY` and `THRESHOLD` is one only with more from outside.

    `family` is that of the texts in which the telling's article stands (`events.family_of`): the same sentence
    reprinted is the same telling.
    """
    if telling.member.article in cluster.articles or not _types_agree(telling, cluster):
        return None
    time = weighing.time(telling, cluster)
    if time is None or told_of_others(telling, cluster):
        return None
    # A reprint tells it in the same word as the text that it repeats, or as another copy of it.
    reprinted = not telling.lemmas.isdisjoint(cluster.prints.get(family, ()))
    if not reprinted and (plan_against_fact(telling, cluster) or hours_apart(telling, cluster)):
        return None
    parts: list[tuple[float, str]] = []
    if telling.event_type not in cluster.types:
        harm = telling.event_type in HARM
        # An attack and the deaths that it caused are two events, where an article tells both; "das Unglück" is any.
        weight = 0.0 if telling.signs.general and cluster.types != {"DEATH"} else -1.0 if harm else -0.5
        parts.append((weight, "type:related"))
    parts += [time, *weighing.days_of_year(telling, cluster, time[1])]
    parts += [*weighing.participants(telling, cluster), *weighing.people(telling, cluster)]
    parts += [*weighing.things(telling, cluster, time[1]), *weighing.place(telling, cluster, time[1])]
    if reprinted:
        parts.append((3.0, "text:reprint"))
    counted = bool(telling.account.figures and cluster.figures)
    least = NEARLY if time[0] >= _DAYS else THRESHOLD
    if sum(weight for weight, _ in parts) + _MOST_WORDS + counted * _MOST_FIGURES < least:
        return None  # whatever words and figures say
    parts += weighing.words(telling, cluster)
    undated = telling.interval is None and cluster.interval is None
    if not _grounded(parts, undated=undated and weighing.in_company(telling, cluster) < weighing.MANY):
        parts.append((-1.0, "time:unknown-and-nothing-else"))
    parts += weighing.surroundings(telling, cluster, parts)
    score = round(sum(weight for weight, _ in parts), 2)
    if score < THRESHOLD and not (score >= NEARLY and _worded(parts)):
        return None
    reasons = tuple(f"{name}({weight:+.1f})" for weight, name in parts if weight)
    if time[1].startswith("time:near") and not _strong(parts):
        return None
    if reprinted:
        return Sameness(score, reasons)
    return one_of_several(telling, cluster, score, reasons) or Sameness(score, reasons)


_WORDS = frozenset({"trigger", "trigger-stem", "trigger-family", "trigger-general", "refers-back"})
_TOLD = frozenset({"participants", "people", "people-around", "things", "place", "toll", "quantity"})
_GROUNDS = _WORDS | {"place", "text", "toll", "quantity", "things"}


def _worded(parts: list[tuple[float, str]]) -> bool:
    """Whether the word, the days and somebody or something told speak for it, and no other place or people against it.

    A month without a year says little.
    """
    weights = {name.split(":")[0]: weight for weight, name in parts if weight > 0}
    against = any(name in {"place:other", "participants:none-shared", "things:other"} for _, name in parts)
    known = weights.get("time", 0.0) >= _DAYS and not _WORDS.isdisjoint(weights) and not _TOLD.isdisjoint(weights)
    return known and not against


def _grounded(parts: list[tuple[float, str]], *, undated: bool) -> bool:
    """Whether more than the people speaks for it, where the time does not: the same people meet again and again.

    Where neither gives any time nor many are named in both articles, somebody with a name must take part in both, or
    place and number be the same: words, places and groups come again.
    """
    names = {name.split(":")[0] for weight, name in parts if weight > 0}
    if "time" in names or "text" in names:
        return True
    exact = any(name == "quantity:exact" for _, name in parts)
    anchored = "participants" in names or ("place" in names and exact)
    return not _GROUNDS.isdisjoint(names) and (anchored or not undated)


def _types_agree(telling: Telling, cluster: Cluster) -> bool:
    if telling.event_type in cluster.types:
        return True
    if cluster.types.isdisjoint(types_like(telling.event_type)):
        return False
    same_word = not (telling.lemmas.isdisjoint(cluster.lemmas) and telling.families.isdisjoint(cluster.families))
    return same_word or not by_word_only(telling.event_type, cluster.types)


def _strong(parts: list[tuple[float, str]]) -> bool:
    """Tellings that differ about the day must agree in two participants or one and the place, and in the word."""
    total = {name.split(":")[0]: weight for weight, name in parts}
    people = total.get("participants", 0.0)
    named = bool(total.keys() & {"trigger", "trigger-family"})
    return named and (people >= 2.0 or (people >= 0.8 and total.get("place", 0.0) > 0))
