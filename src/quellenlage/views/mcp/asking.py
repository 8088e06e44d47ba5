"""What the arguments of tools may be, and how they are understood."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from quellenlage.errors import BadInput, NotFound
from quellenlage.model import EVENT_TYPES, Archive, DateInterval
from quellenlage.model.listing import EntityCard, EntityQuestion
from quellenlage.views.bearing import the_one
from quellenlage.views.locale import Lang
from quellenlage.views.mcp.answers import Named

Limit = Annotated[int, Field(ge=1, le=50, description="entries at most; a part is shorter where they are long")]
Offset = Annotated[int, Field(ge=0, description="entries to skip, as `next_offset` of the answer before")]
Day = Annotated[str | None, Field(description="ISO day, month or year, e.g. 2015-09-18, 2015-09 or 2015")]
Name = Annotated[
    str | None,
    Field(description="a name in any spelling, or an identifier (ent-…); `meant` in the answer says who was found"),
]
Story = Annotated[str | None, Field(description="words of a story's title, or its identifier (sty-…)")]
Language = Annotated[Lang, Field(description="language of lines and labels; quoted words stay as they are")]

_MOST_BEARERS = 50


def _event_type(value: Any) -> Any:
    code = value.upper() if isinstance(value, str) else value
    if code is not None and code not in EVENT_TYPES:
        raise ValueError(f"there is no such kind of event; the kinds are {', '.join(sorted(EVENT_TYPES))}")
    return code


EventType = Annotated[
    str | None,
    BeforeValidator(_event_type),
    WithJsonSchema({"anyOf": [{"type": "string", "enum": sorted(EVENT_TYPES)}, {"type": "null"}]}),
    Field(description="kind of event"),
]


def bearers(archive: Archive, name: str | None, most: int = _MOST_BEARERS) -> tuple[Named, ...]:
    """Who goes by a name: who bears just this one, else all who bear its words. Raises NotFound."""
    return tuple(Named(name=card.name, id=card.id) for card in _cards(archive, name, most)) if name else ()


def bearing(archive: Archive, name: str, most: int) -> tuple[tuple[Named, ...], str | None]:
    """The same, and the identifier of the one that is meant, None where that is unclear. Raises NotFound."""
    cards = _cards(archive, name, most)
    meant = the_one(cards, name)
    return tuple(Named(name=card.name, id=card.id) for card in cards), meant.id if meant else None


def _cards(archive: Archive, name: str, most: int) -> tuple[EntityCard, ...]:
    if name.startswith("ent-"):
        cards = tuple(archive.entities_by_id([archive.resolve(name)]).values())
    else:
        cards = archive.entities(EntityQuestion(words=name), limit=most).items
    if not cards:
        raise NotFound("{reference}: nobody and nothing goes by that name", remedy="search for it", reference=name)
    return cards


def identifiers(found: tuple[Named, ...]) -> tuple[str, ...]:
    """Identifiers of those who are meant."""
    return tuple(one.id for one in found if one.id)


def stories(archive: Archive, named_so: str | None) -> tuple[str, ...]:
    """Stories by words of the title or an identifier. Raises NotFound."""
    if not named_so:
        return ()
    found = archive.stories_named(archive.resolve(named_so))
    if not found:
        raise NotFound("{reference}: no story goes by that", remedy="ask without a story", reference=named_so)
    return tuple(found)


def first_day(day: str | None) -> date | None:
    """The first day of a day, month or year. Raises BadInput."""
    return _interval(day).earliest if day else None


def last_day(day: str | None) -> date | None:
    """The last day of a day, month or year. Raises BadInput."""
    return _interval(day).latest if day else None


def _interval(day: str) -> DateInterval:
    try:
        return DateInterval.parse(day)
    except ValueError as error:
        raise BadInput(day, "no date", remedy="write 2015, 2015-09 or 2015-09-18") from error
