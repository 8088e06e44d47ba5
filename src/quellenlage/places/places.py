"""What a place is, whichever source tells of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Precision = Literal["building", "settlement", "region", "state", "water", "area"]
"""How exactly a place can be shown: "area" are mountains, deserts and continents."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its key: "gn:" and the GeoNames identifier of a town, "state:" and the code, "area:", "site:".

    `states` are codes of ISO 3166-1, the first the one that holds most of it; none for open sea. `lat` and `lon` are
    decimal degrees, `radius_km` that of a circle which holds most of it. `admin` is the first-level area as GeoNames
    codes it, "" where not known.
    """

    key: str
    name: str
    states: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float
    precision: Precision
    admin: str = ""
    population: int = 0


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in decimal degrees."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
