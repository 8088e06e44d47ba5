"""Shapes of places for maps (RFC 7946): a point where one is known, an area where only an area is known."""

from __future__ import annotations

import math
from typing import Any

from quellenlage.model import EntityPlace
from quellenlage.places.keys import SURE

Shape = dict[str, Any]
Point = tuple[float, float]
"""Longitude and latitude in degrees; longitudes beyond 180 lie behind the date line until they are cut there."""

_EARTH_KM = 6371.0088
_CORNERS = 48
_DIGITS = 4
"""Decimal places of a degree: about ten metres, which no place of a newspaper is known better than."""
_POINTS = frozenset({"building", "settlement"})


def shape(place: EntityPlace | None) -> Shape | None:
    """The shape of a place as precisely as it is known; None where it is not sure which place is meant, or where it is.

    A building of which only the town is known has the area of the town.
    """
    if place is None or place.lat is None or place.lon is None or place.score < SURE:
        return None
    if place.precision in _POINTS and "/" not in place.key:
        return {"type": "Point", "coordinates": _rounded((place.lon, place.lat))}
    return circle((place.lon, place.lat), place.radius_km or 0.1)


def circle(centre: Point, radius_km: float) -> Shape:
    """All that lies within a distance, as a polygon; cut in two at the date line, a belt of the globe around a pole."""
    lon, lat = centre
    reach = math.degrees(radius_km / _EARTH_KM)
    if lat + reach >= 90 or lat - reach <= -90:
        south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
        return _polygon([(-180.0, south), (180.0, south), (180.0, north), (-180.0, north)])
    ring = [_at(lon, lat, radius_km / _EARTH_KM, -2 * math.pi * n / _CORNERS) for n in range(_CORNERS)]
    if all(-180 <= x <= 180 for x, _ in ring):
        return _polygon(ring)
    edge = 180.0 if max(x for x, _ in ring) > 180 else -180.0
    halves = [_cut(ring, edge, below=True), _cut(ring, edge, below=False)]
    moved = [[(x - math.copysign(360, edge), y) if _beyond(half, edge) else (x, y) for x, y in half] for half in halves]
    return {"type": "MultiPolygon", "coordinates": [_polygon(half)["coordinates"] for half in moved]}


def _beyond(ring: list[Point], edge: float) -> bool:
    """Whether a ring lies on the far side of the date line."""
    middle = sum(x for x, _ in ring) / len(ring)
    return middle > edge if edge > 0 else middle < edge


def _at(lon: float, lat: float, angle: float, bearing: float) -> Point:
    """The point at an angular distance in a direction (0 is north, negative turns west), on the sphere."""
    here = math.radians(lat)
    there = math.asin(math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * math.cos(bearing))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(here), math.cos(angle) - math.sin(here) * math.sin(there)
    )
    return lon + math.degrees(turn), math.degrees(there)


def _cut(ring: list[Point], edge: float, *, below: bool) -> list[Point]:
    """The part of a ring on one side of a meridian."""

    def inside(point: Point) -> bool:
        return point[0] <= edge if below else point[0] >= edge

    kept: list[Point] = []
    for before, point in zip([ring[-1], *ring], ring, strict=False):
        if inside(before) != inside(point):
            share = (edge - before[0]) / (point[0] - before[0])
            kept.append((edge, before[1] + share * (point[1] - before[1])))
        if inside(point):
            kept.append(point)
    return kept


def _polygon(ring: list[Point]) -> Shape:
    """A polygon of a ring that turns counterclockwise, closed; corners that rounding makes one are told once."""
    corners = [list(one) for one in dict.fromkeys((point[0], point[1]) for point in map(_rounded, ring))]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def _rounded(point: Point) -> list[float]:
    return [round(point[0], _DIGITS) + 0.0, round(point[1], _DIGITS) + 0.0]
