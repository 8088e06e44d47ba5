"""Which places a name can mean, with how likely each is before anything of the text is known."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quellenlage.model.recent import recent
from quellenlage.places import tables
from quellenlage.places.cities import City, named
from quellenlage.places.places import Place
from quellenlage.places.spelling import key

HOME = frozenset({"DE", "AT", "CH", "LI", "LU"})
"""States where most places of German-language news lie, South Tyrol besides."""
_STATE, _ENGLISH, _AREA, _SITE, _LESSER = 8.0, 5.4, 6.3, 5.6, 4.5
_POPULATION, _OWN_NAME, _EXONYM, _SHORT = 0.8, 0.5, 0.6, -0.3
_CAPITAL, _EXACT, _GENITIVE, _FOREIGN = 0.6, 0.3, 1.5, 1.0
_METROPOLIS = 1_500_000
"""Inhabitants from which news far away names a town without a word of explanation, as it does capitals."""
_QUALIFIERS = re.compile(r"[\s()/]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean; `prior` is how likely, as a logarithm without a zero of its own.

    `points` are where it can be, several for a river; `extra` are the words of its full name that the name lacks
    ("Aisch" of "Neustadt an der Aisch"); `needs` words of which one must stand beside the name. `lesser`: a part of a
    state under the name of a state, or a town under the German name of the one it was named after ("Syrakus"), which
    is no candidate unless a noun or its surroundings speak for it. `borrowed`: a town that has the German name only as
    a namesake of the town that the name is made for ("Athen" for Athens in Georgia), no candidate unless its state or
    region stands at the name.
    """

    place: Place
    prior: float
    points: tuple[tuple[float, float], ...]
    extra: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    world: bool = False
    lesser: bool = False
    borrowed: bool = False


@recent(1 << 14)
def candidates(name: str) -> tuple[Candidate, ...]:
    """All places of a name, the likeliest first; none where no table has it in any spelling."""
    found: tuple[Candidate, ...] = ()
    for form in forms(name):
        found = _listed(form)
        if found:
            break
    if found and name.endswith("s") and len(name) > 4:
        # "Perus" is a town in Brazil and, much likelier, the genitive of a state.
        owners = _listed(name[:-1])
        if owners and owners[0].prior > found[0].prior + _GENITIVE:
            merged = {c.place.key: c for c in (*owners, *found)}
            return tuple(sorted(merged.values(), key=lambda c: (-c.prior, c.place.key)))
    return found


@recent(1 << 14)
def areas(name: str) -> tuple[Candidate, ...]:
    """States and places of our own tables of a name, towns left out."""
    return tuple(_own(name))


def forms(name: str) -> Iterator[str]:
    """A name as written, without the genitive's ending, without the Arabic article, and spelled the English way."""
    yield name
    bare = [name]
    for ending in ("'s", "’s", "’", "'", "s", "es"):
        if name.endswith(ending) and len(name) - len(ending) > 3:
            bare.append(name.removesuffix(ending))
    yield from bare[1:]
    for form in bare[:2]:
        article = re.sub(r"^(?:[Aa]l|[Aa]r|[Aa]s|[Aa]sch|[Aa]d|[Aa]n|[Ee]l|[Ee]s|[Ee]r)[- ](?=\S{3})", "", form)
        if article != form:
            yield article
        yield from _anglicised(article)


_TRANSCRIBED = (("dsch", "j"), ("tsch", "ch"), ("sch", "sh"), ("ch", "kh"), ("w", "v"), ("j", "y"))


def _anglicised(name: str) -> Iterator[str]:
    """German transcriptions of names from other scripts as English ones: "Dschisr" as "Jisr", "Schughur"."""
    lowered = name.lower()
    pattern = re.compile("|".join(old for old, _ in _TRANSCRIBED))
    table = dict(_TRANSCRIBED)
    spelled = pattern.sub(lambda m: table[m[0]], lowered)
    tried = {lowered}
    for form in (spelled, spelled.replace("kh", "h"), spelled.replace("v", "w"), re.sub(r"s(?!h)", "z", spelled)):
        for other in (form, form.replace("ou", "u"), re.sub(r"(?<=[aeiou])y(?=[aeiou])", "i", form)):
            if other not in tried:
                tried.add(other)
                yield other


def _listed(name: str) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {c.place.key: c for c in _own(name)}
    if len(name) < 3 or (len(name) == 3 and name.isupper()):
        return tuple(found.values())
    for city, kind in named(name):
        candidate = _town(city, kind, name, 0.0)
        found.setdefault(candidate.place.key, candidate)
    names = tables.synonyms().get(key(name), ())
    if names and key(names[0]) != key(name) and names[0] != names[-1]:
        # "Moscow" in a German text is hardly Moskau: of a town with a German name its English name means another.
        german = {city.id for city, kind in named(names[0])[:1]}
        for place, candidate in found.items():
            if place.startswith("gn:") and int(place[3:]) in german:
                found[place] = replace(candidate, prior=candidate.prior - _FOREIGN)
    for other in names:
        for city, kind in named(other)[:3]:
            if kind == 2 or f"gn:{city.id}" in found:
                candidate = _town(city, 1, name, _EXONYM if key(names[0]) == key(name) else 0.0)
                known = found.get(candidate.place.key)
                if known is None or known.prior < candidate.prior:
                    found[candidate.place.key] = candidate
    for city, kind in named(twin)[:3] if (twin := tables.twins().get(key(name))) else ():
        if kind == 2:
            candidate = replace(_town(city, 1, name, -_FOREIGN), lesser=True)
            found.setdefault(candidate.place.key, candidate)
    if names and key(names[0]) == key(name):
        for place in _borrowers(name, names, [c.place for c in found.values()]):
            found[place] = replace(found[place], prior=found[place].prior - _FOREIGN, borrowed=True)
    return tuple(sorted(found.values(), key=lambda c: (-c.prior, c.place.key)))


def _borrowers(name: str, names: Sequence[str], places: Sequence[Place]) -> list[str]:
    """Keys of the towns that are only namesakes, in their own language, of the largest that has a German name."""
    largest = next((f"gn:{city.id}" for city, _ in named(name)[:1]), "")
    others = {key(other) for other in names} - {key(name)}
    towns = [place for place in places if place.precision == "settlement" and not at_home(place)]
    return [town.key for town in towns if largest and town.key != largest and key(town.name) in others]


def _own(name: str) -> Iterator[Candidate]:
    folded = key(name)
    for names, prior in ((tables.states(), _STATE), (tables.english_states(), _ENGLISH)):
        code = names.get(folded)
        if code and (state := tables.state_places().get(code)):
            yield Candidate(state, prior, ((state.lat, state.lon),))
    for row in tables.rows().get(folded, ()):
        prior = _LESSER if row.lesser else _SITE if row.place.precision == "building" else _AREA
        yield Candidate(row.place, prior, row.points, needs=row.needs, lesser=row.lesser)


def _town(city: City, kind: int, name: str, bonus: float) -> Candidate:
    folded = key(name)
    full = key(city.name)
    extra = (
        frozenset(full.split()) - frozenset(folded.split()) - _SMALL if full.startswith(folded + " ") else frozenset()
    )
    prior = _POPULATION * math.log10(max(city.population, 300)) + bonus
    prior += {2: _OWN_NAME, 1: 0.0, 0: _SHORT}[kind]
    prior += _EXACT * (kind == 2 and city.name == name) + _CAPITAL * (tables.capitals().get(city.state) == full)
    world = kind > 0 and (city.population >= _METROPOLIS or tables.capitals().get(city.state) == full)
    radius = round(max(1.5, min(30.0, math.sqrt(city.population) / 65)), 1)
    place = Place(
        f"gn:{city.id}",
        city.name,
        (city.state,),
        city.lat,
        city.lon,
        radius,
        "settlement",
        city.admin,
        city.population,
    )
    return Candidate(place, prior, ((city.lat, city.lon),), extra, world=world)


_SMALL = frozenset("an am auf in im bei ob der dem den die das vor zu zur unter über de la le les du sur".split())


def at_home(place: Place) -> bool:
    """Whether a place lies where German is spoken."""
    return any(code in HOME for code in place.states) or (place.states[:1] == ("IT",) and place.admin == "17")


def is_well_known(place: Place) -> bool:
    """Whether a town is in our own table of those that German news often name."""
    return key(place.name) in tables.known_towns()
