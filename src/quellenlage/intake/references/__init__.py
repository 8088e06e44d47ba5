"""Lists from outside as reference entities: FollowTheMoney, Wikidata, plain tables. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quellenlage.errors import BadInput, EmptyInput
from quellenlage.intake.references.entry import ListOptions, Passed
from quellenlage.intake.references.lines import file_digest, first_value, opened
from quellenlage.intake.references.money import read_money
from quellenlage.intake.references.tables import read_table
from quellenlage.intake.references.wikidata import read_wikidata
from quellenlage.model import Reference

__all__ = ["ListOptions", "Passed", "default_licence", "file_digest", "form_of", "list_name", "read_list"]

_READERS = {"ftm": read_money, "wikidata": read_wikidata, "table": read_table}
_LICENCES = {"wikidata": "CC0-1.0"}


def list_name(path: Path) -> str:
    """What a list is called that was given no name: its file without the endings."""
    return path.name.partition(".")[0] or path.name


def form_of(path: Path) -> str:
    """Which form a file has, by its first line that is whole: "ftm", "wikidata" or "table".

    Raises:
        BadInput: it cannot be opened, or is empty.
    """
    with opened(path) as file:
        for line in file:
            text = line.strip().removeprefix(b"\xef\xbb\xbf")
            if not text:
                continue
            if text[:1] not in b"{[":
                return "table"
            record = first_value(path)
            if record is None:  # nothing whole: what it was meant to be, for the message
                return "ftm" if b'"schema"' in text else "wikidata"
            if isinstance(record, list):
                record = record[0]
            return "ftm" if isinstance(record, dict) and "schema" in record else "wikidata"
    raise EmptyInput(str(path), "the list is empty")


def default_licence(form: str) -> str:
    """Terms that all lists of a form stand under, if there are such."""
    return _LICENCES.get(form, "")


def read_list(path: Path, options: ListOptions) -> Iterator[Reference | Passed | BadInput]:
    """Every entry of a file, in order; a line that cannot be used comes as its error, and the rest goes on.

    Raises:
        BadInput: nothing of the file can be used: it cannot be opened, is empty, or its columns have no names.
    """
    yield from _READERS[form_of(path)](path, options)
