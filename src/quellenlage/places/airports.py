"""Airports that are named after their town: "Flughafen Damaskus"."""

from __future__ import annotations

from functools import cache

from quellenlage.places.places import Place, distance_km

_FARTHEST_KM = 60.0
_RADIUS_KM = 5.0


@cache
def _airports() -> dict[str, list[tuple[str, str, float, float]]]:
    """Code, name and position of the airports with a code of IATA, by state."""
    import airportsdata

    found: dict[str, list[tuple[str, str, float, float]]] = {}
    for code, row in airportsdata.load("IATA").items():
        found.setdefault(row["country"], []).append((code, row["name"], row["lat"], row["lon"]))
    return found


def airport(town: Place) -> Place | None:
    """The airport of a town: the nearest that bears its name, else the nearest; None where none is near."""
    near = sorted(
        (distance_km((town.lat, town.lon), (lat, lon)), code, name, lat, lon)
        for state in town.states
        for code, name, lat, lon in _airports().get(state, ())
        if abs(lat - town.lat) < 1.0
    )
    reachable = [row for row in near if row[0] <= _FARTHEST_KM]
    if not reachable:
        return None
    _, code, name, lat, lon = next((row for row in reachable if town.name.lower() in row[2].lower()), reachable[0])
    return Place(f"iata:{code}", name, town.states, round(lat, 4), round(lon, 4), _RADIUS_KM, "building")
