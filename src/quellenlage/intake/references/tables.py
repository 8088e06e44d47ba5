"""Plain tables of names: CSV or TSV with a heading in German or English, and `targets.simple.csv` of OpenSanctions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quellenlage.errors import BadInput, EmptyInput, UnreadableInput
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
from quellenlage.intake.references.lines import opened, place
from quellenlage.model import EntityKind, Post, Reference, fold

_COLUMNS = ("name", "kind", "aliases", "weak", "id", "wikidata", "birth", "country", "office", "from", "to", "sources")
_SEPARATORS = "\t;,|"
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_SEEN = 1 << 16
_SCHEMATA = frozenset({"Person", "Organization", "Company", "PublicBody", "LegalEntity"})
"""Kinds as OpenSanctions writes them in its table, which counts persons by Wikidata's identifiers."""
_REMEDY = "name the columns: name, kind, aliases, id, birth, country, office, from, to"


def read_table(path: Path, options: ListOptions) -> Iterator[Reference | Passed | BadInput]:
    """Rows of a table, in order; rows of one identifier that follow each other are one entry with several offices."""
    encoding = _encoding(path)
    with opened(path) as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as text:
        first = text.readline()
        while first and not first.strip():
            first = text.readline()
        if not first:
            raise EmptyInput(str(path), "the list is empty")
        separator = _separator(first)
        heading = next(csv.reader([first], delimiter=separator))
        columns = _columns(heading)
        rows = _rows(path, text, separator)
        if "name" not in columns:
            if len(heading) > 1:
                raise UnreadableInput(str(path), "no column for the name", remedy=_REMEDY)
            columns = {"name": 0}
            rows = _with_first(heading, rows)
        yield from _entries(path, rows, columns, options)


def _with_first(
    first: Sequence[str], rows: Iterator[tuple[int, list[str] | BadInput]]
) -> Iterator[tuple[int, list[str] | BadInput]]:
    yield 1, list(first)
    yield from rows


def _encoding(path: Path) -> str:
    with opened(path) as file:
        start = file.read(_SEEN)
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    try:
        # The last signs may be cut off in the middle.
        start[: max(len(start) - 4, 0)].decode("utf-8") if len(start) == _SEEN else start.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(start) < _SEEN or error.start < len(start) - 8:
            return "cp1252"
    return "utf-8-sig"


def _separator(line: str) -> str:
    """The sign between the columns: that which parts the heading most often, outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=lambda sign: (bare.count(sign), -_SEPARATORS.index(sign)))


def _columns(heading: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        for column in _COLUMNS:
            if column not in found and fold(cell) in words_of("columns", column):
                found[column] = at
                break
    return found


def _rows(path: Path, text: io.TextIOWrapper, separator: str) -> Iterator[tuple[int, list[str] | BadInput]]:
    reader = csv.reader(text, delimiter=separator)
    while True:
        number = reader.line_num + 2
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            yield (
                number,
                UnreadableInput(
                    place(path, number),
                    "the row is damaged: {detail}",
                    remedy="check its quotation marks",
                    detail=error,
                ),
            )
            continue
        if any(cell.strip() for cell in row):
            yield number, row


def _entries(
    path: Path,
    rows: Iterator[tuple[int, list[str] | BadInput]],
    columns: Mapping[str, int],
    options: ListOptions,
) -> Iterator[Reference | Passed | BadInput]:
    waiting: Draft | None = None
    for number, row in rows:
        if isinstance(row, BadInput):
            yield row
            continue
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        read = _draft(path, number, cells, options)
        if not isinstance(read, Draft):
            yield read
            continue
        if waiting and _is_same(waiting, read):
            waiting.posts += read.posts
            waiting.names += read.names
            continue
        if waiting and (made := waiting.made(options)):
            yield made
        waiting = read
    if waiting and (made := waiting.made(options)):
        yield made


def _is_same(one: Draft, other: Draft) -> bool:
    if one.source_id or other.source_id:
        return one.source_id == other.source_id
    return (one.kind, one.names[0], one.births) == (other.kind, other.names[0], other.births)


def _draft(path: Path, number: int, cells: Mapping[str, str], options: ListOptions) -> Draft | Passed | BadInput:
    name = cells["name"]
    if "\ufffd" in name:
        return UnreadableInput(place(path, number), "the name is damaged", remedy="save the list as UTF-8")
    if not any(c.isalpha() for c in name):
        return UnreadableInput(place(path, number), "a row without a name", remedy="give it a name, or leave it out")
    word = cells.get("kind", "")
    kind = kind_of(word) if word else options.kind or EntityKind.PER
    if kind is None:
        if word in words_of("ignored", "schemata"):
            return Passed(word)
        return UnreadableInput(
            place(path, number), "no kind is called {word!r}", remedy="write PER, ORG, GPE or LOC", word=word
        )
    days: dict[str, list[str]] = {}
    for column in ("birth", "from", "to"):
        days[column] = []
        for value in _several(cells.get(column, "")):
            day = day_of(value)
            if day is None:
                return UnreadableInput(
                    place(path, number), "{value!r} is no day", remedy="write 1957, 1957-03 or 1957-03-21", value=value
                )
            days[column].append(day)
    term = interval(next(iter(days["from"]), None), next(iter(days["to"]), None))
    if days["from"] and days["to"] and term == (None, None):
        return UnreadableInput(place(path, number), "the office ends before it begins", remedy="check both days")
    identifier = cells.get("id", "")
    return Draft(
        kind=kind,
        names=[name, *_several(cells.get("aliases", ""))],
        weak=_several(cells.get("weak", "")),
        source_id=identifier,
        wikidata=wikidata_id(cells.get("wikidata", "")) or _told_by(identifier, cells),
        births=days["birth"],
        countries=[c for c in map(country_of, _several(cells.get("country", ""))) if c],
        posts=[Post(text, *term) for text in _several(cells.get("office", ""))],
        schema=word if word == "LegalEntity" else "",
        sources=_several(cells.get("sources", "")),
    )


def _told_by(identifier: str, cells: Mapping[str, str]) -> str | None:
    """Wikidata's identifier where a row's own says that it is one: an address there, or a row of OpenSanctions.

    A list that counts its questions Q1, Q2 says nothing of Wikidata.
    """
    listed = cells.get("kind") in _SCHEMATA and bool(cells.get("sources"))
    says_so = "wikidata.org/" in identifier.lower() or listed
    return wikidata_id(identifier) if says_so else None


def _several(cell: str) -> list[str]:
    return [part for part in _SEVERAL.split(cell.strip()) if part]
