"""FollowTheMoney entities as JSON lines, as OpenSanctions and Aleph give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quellenlage.errors import BadInput, UnreadableInput
from quellenlage.intake.references.entry import (
    Draft,
    ListOptions,
    Passed,
    country_of,
    day_of,
    interval,
    kind_of,
    wikidata_id,
    words_of,
)
from quellenlage.intake.references.lines import listed, numbered, place, value_of
from quellenlage.model import EntityKind, Post, Reference

_NAMES = ("name", "alias", "previousName")
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction")
_REMEDY = "export the list again; one entity a line, with id, schema and properties"


def read_money(path: Path, options: ListOptions) -> Iterator[Reference | Passed | BadInput]:
    """Entities of a file, in order. Offices come from `position` and from what `Occupancy` says of their time."""
    held = _occupancies(path)
    for number, line in numbered(path):
        record = value_of(line)
        if not isinstance(record, dict) or not isinstance(record.get("properties"), dict):
            yield UnreadableInput(place(path, number), "no FollowTheMoney entity", remedy=_REMEDY)
            continue
        schema, identifier = str(record.get("schema") or ""), str(record.get("id") or "")
        kind = kind_of(schema) if schema not in words_of("ignored", "schemata") else None
        if kind not in {EntityKind.PER, EntityKind.ORG}:
            yield Passed(schema or "?")
            continue
        draft = _draft(kind, schema, identifier, record, held)
        made = draft.made(options)
        yield (
            made
            if made
            else UnreadableInput(
                place(path, number), "an entity without a name", remedy="give it a name, or leave it out"
            )
        )


def _draft(
    kind: EntityKind, schema: str, identifier: str, record: Mapping[str, Any], held: Mapping[str, list[Post]]
) -> Draft:
    fields = record["properties"]
    told = [Post(text) for text in _values(fields, "position")]
    ids = [wikidata_id(v) for v in (*_values(fields, "wikidataId"), identifier)]
    return Draft(
        kind=kind,
        names=[name for key in _NAMES for name in _values(fields, key)],
        weak=_values(fields, "weakAlias"),
        source_id=identifier,
        wikidata=next((i for i in ids if i), None),
        births=[day for day in map(day_of, _values(fields, "birthDate")) if day],
        countries=[c for key in _COUNTRIES for c in map(country_of, _values(fields, key)) if c],
        posts=[*held.get(identifier, ()), *told],
        schema=schema,
        sources=[str(d) for d in listed(record.get("datasets")) if isinstance(d, str)],
    )


def _values(fields: Mapping[str, Any], key: str) -> list[str]:
    found = fields.get(key)
    return [v for v in ([found] if isinstance(found, str) else listed(found)) if isinstance(v, str)]


def _occupancies(path: Path) -> dict[str, list[Post]]:
    """Offices by holder. A first reading that parses only lines that can be about offices, so that it costs little."""
    names: dict[str, str] = {}
    told: list[tuple[str, str, str | None, str | None]] = []
    for _, line in numbered(path):
        if b'"Occupancy"' not in line and b'"Position"' not in line:
            continue
        record = value_of(line)
        if not isinstance(record, dict) or not isinstance(record.get("properties"), dict):
            continue
        fields = record["properties"]
        if record.get("schema") == "Position":
            names[str(record.get("id"))] = next(iter(_values(fields, "name")), "")
        elif record.get("schema") == "Occupancy":
            days = [next((d for d in map(day_of, _values(fields, key)) if d), None) for key in ("startDate", "endDate")]
            posts = _values(fields, "post")
            told += [(holder, post, days[0], days[1]) for holder in _values(fields, "holder") for post in posts]
    found: dict[str, list[Post]] = {}
    for holder, post, first, last in told:
        if names.get(post):
            found.setdefault(holder, []).append(Post(names[post], *interval(first, last)))
    return found
