"""Which of the places of a name an article means: how likely each was before, and what the article says around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quellenlage.places.candidates import Candidate, at_home
from quellenlage.places.places import Place, distance_km

Floats = npt.NDArray[np.float64]

_SUPPORT = 5.6
"""Worth of one other place that lies close, on the scale of the priors. On the 150 open passages 3.4 has 138 states
right, 4 has 140, and from 4.5 to 6.5 it is 141 or 142."""
_DECAY = 0.6
"""What each further supporting place is worth beside the one before."""
_HOME = 1.0
_ATTACHED = 4.0
_OWN_WORD = 3.0
_KIND = 3.0
ELSEWHERE = "not-where-it-says"
"""Reason against a place that lies outside the region or state named right at the name."""
_DEGREE_KM = 111.2
_STEPS = ((15.0, 1.0), (40.0, 0.9), (90.0, 0.65), (180.0, 0.4), (350.0, 0.18), (700.0, 0.06))
_SAME_STATE, _SAME_ADMIN = 0.62, 0.85
_TOWN_OF_STATE, _CITY_OF_STATE, _CITY = 0.25, 0.45, 500_000
"""Worth of a town to what lies far off in the same state; of one with half a million inhabitants more."""
_BESIDE = 0.2
"""From which worth on what stands at the name speaks for a place."""
_HOLDS = 0.8
_NEXT_STATE, _NEXT_KM = 0.12, 250.0
"""Worth of a state to what lies outside it but not far: articles name neighbours together."""
_MARGIN_KM = 60.0
_ACTOR, _METROPOLIS = 0.3, 1_500_000
"""Worth of what is far away to a small namesake of a capital or metropolis: presidents fly to London."""
_NAMESAKE = 60
"""How many times larger the capital or metropolis is."""
_LINE_KM = 15.0
_KEPT = 25


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """All points of a clue's candidates as columns: where, how wide, how likely meant, and whose each is."""

    lats: Floats
    lons: Floats
    radii: Floats
    shares: Floats
    wide: npt.NDArray[np.bool_]
    places: tuple[Place, ...]


def points(candidates: Sequence[Candidate]) -> Points:
    """Columns of the likeliest candidates; their priors say how they share the clue's weight."""
    kept = candidates[:_KEPT]
    top = max(c.prior for c in kept)
    weights = [math.exp(c.prior - top) for c in kept]
    total = sum(weights)
    rows = [
        (lat, lon, _LINE_KM if len(c.points) > 1 else c.place.radius_km, weight / total, _is_wide(c), c.place)
        for c, weight in zip(kept, weights, strict=True)
        for lat, lon in c.points
    ]
    lats, lons, radii, shares, wide, places = zip(*rows, strict=True)
    return Points(np.array(lats), np.array(lons), np.array(radii), np.array(shares), np.array(wide), places)


def _is_wide(candidate: Candidate) -> bool:
    return len(candidate.points) == 1 and candidate.place.precision not in ("settlement", "building")


@dataclass(frozen=True, slots=True, eq=False)
class Clue:
    """Another place that the article names, or an adjective made of one; `weight` is lower for what stands far off.

    `attached` says that it stands at the name itself: "Birmingham in Alabama", "das türkische Birecik". `actor`: it is
    part of a word for who acts ("US-Präsident", "britische"), which tells less of where. `dateline`: it is where the
    report was written. `hint`: it names no place, but what there is in one state alone ("Landrat").
    """

    word: str
    points: Points
    weight: float = 1.0
    attached: bool = False
    actor: bool = False
    dateline: bool = False
    hint: bool = False

    @property
    def reason(self) -> str:
        """How it is named among the reasons for what it speaks for."""
        way = "attached" if self.attached else "dateline" if self.dateline else "with"
        return f"{way}:{self.word.lower()}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score (the higher the likelier), its probability among all, and why."""

    candidate: Candidate
    score: float
    share: float
    reasons: tuple[str, ...]


def support(candidates: Sequence[Candidate], clue: Clue) -> Floats:
    """How much a clue speaks for each of the candidates, from 0 to its weight."""
    told = clue.points
    at = np.array([(c.place.lat, c.place.lon) for c in candidates])
    high = (at[:, :1] - told.lats) * _DEGREE_KM
    wide = (at[:, 1:] - told.lons) * _DEGREE_KM * np.cos(np.radians(at[:, :1]))
    off = np.hypot(high, wide)
    worth = np.zeros_like(off)
    for limit, value in reversed(_STEPS):
        worth[off <= limit] = value
    if told.wide.any():
        size = np.clip(1.0 - 0.42 * np.log10(np.maximum(told.radii, 15.0) / 15.0), 0.08, 1.0)
        reach = told.radii * 1.15
        around = size * ((off <= reach) * 0.5 + (off <= reach + _MARGIN_KM) * 0.5)
        worth = np.where(told.wide, around, worth)
        for column, place in enumerate(told.places):
            if place.precision == "settlement":
                continue
            if place.precision == "state":
                near = np.where(off[:, column] <= place.radius_km + _NEXT_KM, _NEXT_STATE, 0.0)
                same = np.array([place.states[0] in c.place.states for c in candidates])
                worth[:, column] = np.where(same, _SAME_STATE, near)
            elif place.admin and place.radius_km > 60:
                worth[:, column] = [
                    _within(place, c.place, value) for c, value in zip(candidates, worth[:, column], strict=True)
                ]
    towns = np.array([p.states[0] if p.precision == "settlement" else "" for p in told.places])
    same = towns[None, :] == np.array([[c.place.states[0] if c.place.states else "-"] for c in candidates])
    known = np.array([_CITY_OF_STATE if p.population >= _CITY else _TOWN_OF_STATE for p in told.places])
    worth = np.maximum(worth, same * known)
    for line, candidate in enumerate(candidates):
        # A town speaks for the state and the region that it lies in as much as for a place near it.
        if candidate.place.precision == "state":
            worth[line] = np.maximum(worth[line], same[line] * _HOLDS)
        elif candidate.place.precision == "region":
            near = (off[line] <= candidate.place.radius_km) | _same_area(candidate.place, told.places)
            worth[line] = np.maximum(worth[line], near * ~told.wide * _HOLDS)
    result: Floats = (worth * told.shares).max(axis=1) * clue.weight
    return result


def _same_area(region: Place, places: Sequence[Place]) -> npt.NDArray[np.bool_]:
    """Which places lie in the first-level area that a region is, as far as known."""
    known = bool(region.admin)
    return np.array([known and p.admin == region.admin and p.states[:1] == region.states[:1] for p in places])


def outside(candidates: Sequence[Candidate], clue: Clue) -> list[bool]:
    """Whether each candidate lies clearly beyond every state and area that a clue can mean."""
    told = clue.points

    def beyond(place: Place, number: int) -> bool:
        around = told.places[number]
        if around.precision == "state":
            return bool(place.states) and around.states[0] not in place.states
        off = distance_km((place.lat, place.lon), (told.lats[number], told.lons[number]))
        return bool(off > 1.3 * told.radii[number] + place.radius_km + _MARGIN_KM)

    return [all(beyond(c.place, number) for number in range(len(told.places))) for c in candidates]


def _beside_metropolis(candidates: Sequence[Candidate]) -> list[bool]:
    """Whether each candidate is a small namesake of a capital or metropolis: London in Kentucky."""
    largest = max((c.place.population for c in candidates if c.world), default=0)
    return [bool(c.place.population) and c.place.population * _NAMESAKE < largest for c in candidates]


def likeliest(clue: Clue) -> Place:
    """What a clue means most likely."""
    return clue.points.places[int(clue.points.shares.argmax())]


def _is_afar(clue: Clue) -> bool:
    """Whether a clue tells little of where: who acts, a state, a metropolis; international news names them all."""
    if clue.attached:
        return False
    place = likeliest(clue)
    return clue.actor or place.precision == "state" or place.population >= _METROPOLIS


def is_distant(clue: Clue) -> bool:
    """Whether a clue is only a state or a metropolis away from the name: "österreichischer Tourist", "aus Wien"."""
    if clue.attached or clue.hint:
        return False
    place = likeliest(clue)
    return place.precision == "state" or place.population >= _METROPOLIS


def _owns(clue: Clue, candidate: Candidate) -> bool:
    """Whether an adjective says whose a site is, not where: "die russische Luftwaffenbasis Hmeimim"."""
    return clue.word[:1].islower() and candidate.place.precision == "building"


def _within(region: Place, place: Place, value: float) -> float:
    """What a region is worth to a town, where the first-level area of both is known."""
    if place.precision != "settlement" or not place.admin or region.states[:1] != place.states[:1]:
        return value
    return max(value, _SAME_ADMIN) if region.admin == place.admin else min(value, 0.25)


def _tells(clue: Clue, part: Place) -> bool:
    """Whether a clue is a town within a part of a state, a town or region beside a town, or the state at the name."""
    place = likeliest(clue)
    if place.states[:1] != part.states[:1]:
        return False
    if place.precision == "state":
        return clue.attached
    if clue.actor and not clue.attached:
        return False
    near = ("settlement", "region") if part.precision == "settlement" else ("settlement",)
    if place.precision not in near:
        return False
    if place.admin and part.admin:
        return place.admin == part.admin
    reach = max(part.radius_km, place.radius_km)
    return distance_km((place.lat, place.lon), (part.lat, part.lon)) <= reach


def rank(
    candidates: Sequence[Candidate],
    clues: Sequence[Clue],
    *,
    words: frozenset[str] = frozenset(),
    home: float = 1.0,
    kind: frozenset[str] = frozenset(),
    part: bool = False,
) -> list[Ranked]:
    """Order the candidates of a name, the likeliest first.

    `words` are the folded words of the article, for names that hold one ("Neustadt an der Aisch"); `home` is how much
    the article is at home where German is spoken, 0 to 1; `kind` are the precisions that a word beside the name allows
    ("Bundesstaat Georgia"), none where nothing is said; `part` says that the word is for a part of a state.
    """
    kept = [c for c in candidates if not c.needs or c.needs & words or len(candidates) == 1]
    kept = [c for c in kept if not c.lesser or part or any(_tells(clue, c.place) for clue in clues)]
    kept = [c for c in kept if not c.borrowed or any(clue.attached and _tells(clue, c.place) for clue in clues)]
    kept = kept or list(candidates)
    small = np.where(_beside_metropolis(kept), _ACTOR, 1.0)
    told = [(clue, support(kept, clue) * (small if _is_afar(clue) else 1.0)) for clue in clues]
    against = [(clue, outside(kept, clue)) for clue in clues if clue.attached and clue.points.wide.all()]
    scores: list[float] = []
    reasons: list[list[str]] = []
    for number, candidate in enumerate(kept):
        score, why = candidate.prior, []
        if at_home(candidate.place) and candidate.place.precision == "settlement":
            score += _HOME * home
        if candidate.needs and candidate.needs & words:
            score += _KIND
            why.append(f"beside:{min(candidate.needs & words)}")
        if any(lies[number] and not _owns(clue, candidate) for clue, lies in against):
            score -= _ATTACHED
            why.append(ELSEWHERE)
        own = candidate.extra & words
        if own:
            score += _OWN_WORD
            why.append(f"own-word:{min(own)}")
        if kind:
            if candidate.place.precision in kind:
                score += _KIND
                why.append(f"kind:{candidate.place.precision}")
            else:
                score -= _KIND
        gained = sorted(((float(values[number]), clue) for clue, values in told), key=lambda pair: -pair[0])
        factor = _SUPPORT
        for value, clue in gained[:5]:
            if value <= 0.02:
                break
            if clue.attached and value > _BESIDE:
                score += _ATTACHED
            score += factor * value
            factor *= _DECAY
            if value > 0.1:
                why.append(clue.reason)
        scores.append(score)
        reasons.append(why)
    top = max(scores)
    weights = [math.exp((score - top) * 1.6) for score in scores]
    total = sum(weights)
    found = [
        Ranked(c, round(s, 3), round(w / total, 3), tuple(why[:5]))
        for c, s, w, why in zip(kept, scores, weights, reasons, strict=True)
    ]
    return sorted(found, key=lambda r: (-r.score, r.candidate.place.key))
