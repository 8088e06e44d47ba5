"""Which real place a name means: gazetteer, tables of regions, waters and buildings, and their ranking by context."""

from quellenlage.places.airports import airport
from quellenlage.places.candidates import Candidate, areas, at_home, candidates, is_well_known
from quellenlage.places.context import CONTEXT, word_set
from quellenlage.places.keys import place_key
from quellenlage.places.places import Place, distance_km
from quellenlage.places.ranking import Clue, Ranked, likeliest, rank
from quellenlage.places.spelling import key
from quellenlage.places.tables import (
    EU,
    FACILITIES,
    NAMES,
    REGIONS,
    STATES,
    bodies,
    hints,
    inhabitants,
    seat_names,
    seats,
    state_places,
    states,
    stems,
)

RESOURCES = (STATES, REGIONS, FACILITIES, NAMES, CONTEXT)
"""Resource files that decide what is read: part of the fingerprint of the stage that asks."""

__all__ = [
    "CONTEXT", "EU", "RESOURCES",
    "Candidate", "Clue", "Place", "Ranked",
    "airport", "areas", "at_home", "bodies", "candidates", "distance_km", "hints", "inhabitants", "is_well_known",
    "key", "likeliest", "place_key", "rank", "seat_names", "seats", "state_places", "states", "stems", "word_set",
]  # fmt: skip
