"""Offices of a person in time, as the articles give them."""

from __future__ import annotations

from quellenlage.model import DateInterval, Entity, OfficeHeld


def offices_in_time(entity: Entity) -> list[OfficeHeld]:
    """Offices in the order of the publication of the articles that give them, each wording once a time."""
    seen: dict[tuple[str, object], OfficeHeld] = {}
    for office in entity.offices:
        seen.setdefault((office.text, office.earliest), office)
    return sorted(seen.values(), key=lambda o: (o.earliest is None, o.earliest.isoformat() if o.earliest else ""))


def held(office: OfficeHeld) -> DateInterval | None:
    """The publication interval of the article that gives an office, if known."""
    return DateInterval(office.earliest, office.latest) if office.earliest and office.latest else None
