"""Under which key the place entities of two articles are one."""

from __future__ import annotations

from quellenlage.model import PlaceReading

SURE = 0.6
"""From which score on a reading is sure enough to join what two articles name."""


def place_key(reading: PlaceReading) -> str | None:
    """The key of a place that is sure, the same in every article; None where two readings must not be joined by it.

    Metonyms have the key of the state or body that they stand for: "Moskau warnt" is "state:RU".
    """
    if reading.key is None or reading.role == "none" or reading.score < SURE:
        return None
    return reading.key
