"""What stands on one page, as a file: the dossiers with only its sections, or its records as a table or as JSON."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from quellenlage.errors import BadInput
from quellenlage.views.dossier.excerpt import Excerpt, chosen, make_excerpt
from quellenlage.views.exports import formats
from quellenlage.views.exports.jsonl import limited
from quellenlage.views.exports.packing import zipped
from quellenlage.views.exports.tables import Chosen, Row, csv_table, tables
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.pseudonyms import veiled
from quellenlage.views.records import (
    claim_record,
    conflict_record,
    entity_record,
    entry_record,
    event_record,
    origin_record,
)

EXCERPT_FORMATS = (*formats.RENDERERS, "csv", "json", "parquet")
_TABLES = {"chronicle": ("events",), "claims": ("claims",), "conflicts": ("conflicts",), "sources": ("origins",)}
"""The one table of a page; other pages have several."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file to hand out; `suffix` is the ending of its name."""

    media_type: str
    suffix: str
    content: bytes


def export_excerpt(excerpt: Excerpt, form: str, holdings: Holdings, words: Words) -> Made:
    """Make a file of an excerpt, in one of `EXCERPT_FORMATS`; the holdings need their claims.

    As CSV and Parquet a page with one kind of records is one table, one with several (a person's) a zip file of tables.

    Raises:
        BadInput: there is no such format.
        NotFound: the archive holds nothing of one of the identifiers.
    """
    if form in _TABULAR:
        return _tables(excerpt, holdings, _TABULAR[form]())
    if form == "json":
        return Made("application/json", ".json", msgspec.json.encode(veiled(_record(excerpt, holdings, words))))
    if form not in formats.RENDERERS:
        raise BadInput(
            form, "there is no such format", remedy="choose one of {choices}", choices=", ".join(EXCERPT_FORMATS)
        )
    known = formats.FORMATS[form]
    return Made(known.media_type, known.suffix, formats.RENDERERS[form](make_excerpt(excerpt, holdings, words)))


@dataclass(frozen=True, slots=True)
class _Tabular:
    """How tables are written."""

    media_type: str
    suffix: str
    write: Callable[[str, Iterable[Row]], bytes]


def _parquet() -> _Tabular:
    from quellenlage.views.exports.parquet import parquet_table  # loads pyarrow, which no other format needs

    return _Tabular("application/vnd.apache.parquet", ".parquet", parquet_table)


_TABULAR: dict[str, Callable[[], _Tabular]] = {
    "csv": lambda: _Tabular("text/csv; charset=utf-8", ".csv", csv_table),
    "parquet": _parquet,
}


def _tables(excerpt: Excerpt, holdings: Holdings, kind: _Tabular) -> Made:
    found = chosen(excerpt, holdings)
    rows = Chosen(found.claims, found.events, found.entities, found.conflicts, origins=found.origins)
    wanted = _TABLES.get(excerpt.kind) or ("entities", "events", "claims", "conflicts")
    made = [(name, kind.write(name, listed)) for name, listed in tables(holdings, rows) if name in wanted]
    if len(made) == 1:
        return Made(kind.media_type, kind.suffix, made[0][1])
    packed = io.BytesIO()
    zipped([(f"{name}{kind.suffix}", [content]) for name, content in made], packed)
    return Made("application/zip", ".zip", packed.getvalue())


def _record(excerpt: Excerpt, holdings: Holdings, words: Words) -> dict[str, Any]:
    """The records of a page as JSON Lines has them, quotations up to the citation limit."""
    found = chosen(excerpt, holdings)
    listed = {
        "events": [
            entry_record(entry, holdings) if entry.story else event_record(holdings.events[entry.event], holdings)
            for entry in found.entries
        ],
        "claims": [claim_record(claim, holdings) for claim in found.claims],
        "conflicts": [conflict_record(conflict, holdings) for conflict in found.conflicts],
        "entities": [entity_record(entity, holdings) for entity in found.entities],
        "origins": [origin_record(origin, holdings) for origin in found.origins],
    }
    told = {"kind": excerpt.kind, "title": excerpt.title, "lang": words.lang}
    return {**told, **{name: [limited(one) for one in records] for name, records in listed.items()}}
