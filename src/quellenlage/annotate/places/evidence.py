"""What of an article speaks for a town that the table alone knows: an only hit of a name is none."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.places import Candidate, Clue, Place, at_home, distance_km, is_well_known, likeliest
from quellenlage.places.ranking import support

OBSCURE, STRANGE = 30_000, 100_000
"""Inhabitants below which a town abroad is not taken for the one that is meant without anything that speaks for it;
the second where the article names a state that no table has, and then at home too."""
_NEIGHBOUR_KM = 90.0
"""How far a place of another state may lie to speak for a town beside the border; capitals farther off tell nothing."""
_WORTH = 0.1


def is_obscure(candidate: Candidate, *, strange: bool = False) -> bool:
    """Whether a town is so small that German news name it only with something beside it that tells where it is."""
    place = candidate.place
    if place.precision != "settlement" or is_well_known(place):
        return False
    return place.population < STRANGE if strange else place.population < OBSCURE and not at_home(place)


def speaking(candidate: Candidate, clues: Sequence[Clue]) -> list[Clue]:
    """The clues that speak for a place: of its state, or beside it; not its own name, nor a dateline that is."""
    place = candidate.place
    own = any(clue.dateline and likeliest(clue).key == place.key for clue in clues)
    return [
        clue
        for clue in clues
        if not (own and clue.dateline) and _is_near(likeliest(clue), place) and support([candidate], clue)[0] > _WORTH
    ]


def _is_near(told: Place, place: Place) -> bool:
    if told.key == place.key:
        return False
    if told.states[:1] == place.states[:1] or not told.states:
        return True
    if told.precision == "state":
        return False
    return distance_km((told.lat, told.lon), (place.lat, place.lon)) <= max(_NEIGHBOUR_KM, told.radius_km)
