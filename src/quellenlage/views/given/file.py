"""A file of given layers as entries: one JSON object, several after one another (JSON Lines), or a list of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quellenlage.errors import BadInput, Phrase, UnreadableInput
from quellenlage.model import text_digest

_SPACE = " \t\r\n"
_REMEDY = "give one JSON object, or JSON Lines with one object per input, as `annotate` prints them"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the file holds for one input; `place` names file and line."""

    place: str
    record: dict[str, Any]

    @property
    def digest(self) -> str | None:
        """Digest of the text that the entry is about, where it says so."""
        article = self._article
        digest, text = article.get("text_sha256"), article.get("text")
        if isinstance(digest, str) and digest:
            return digest.lower()
        return text_digest(text) if isinstance(text, str) and text else None

    @property
    def source(self) -> str | None:
        """The input that the entry is about, where it names it."""
        source = self._article.get("source")
        return os.path.normpath(source) if isinstance(source, str) and source else None

    @property
    def _article(self) -> dict[str, Any]:
        article = self.record.get("article")
        return article if isinstance(article, dict) else {}


def entries(name: str, data: bytes) -> list[Entry]:
    """Cut a file into its entries.

    Raises:
        BadInput: binary data, no JSON, or something else than objects.
    """
    text = _text(name, data)
    found = [one for place, value in _values(name, text) for one in _objects(name, place, value)]
    if not found:
        raise UnreadableInput(name, "no layers in it", remedy=_REMEDY)
    return [Entry(name if len(found) == 1 else place, record) for place, record in found]


def _text(name: str, data: bytes) -> str:
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise _unreadable(name, error.start) from error
    if "\0" in text:
        raise _unreadable(name, data.find(b"\0"))
    return text.removeprefix("\N{BYTE ORDER MARK}")


def _unreadable(name: str, at: int) -> BadInput:
    return UnreadableInput(
        name,
        "binary data, or text in another encoding than UTF-8 (byte {at})",
        remedy="give JSON in UTF-8",
        at=at,
    )


def _values(name: str, text: str) -> Iterator[tuple[str, Any]]:
    """JSON values one after another, with file and line where each begins."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    line, counted = 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            problem = Phrase("no JSON at line {line}, column {column}", line=str(error.lineno), column=str(error.colno))
            raise UnreadableInput(name, problem, remedy=_REMEDY) from error
        except (RecursionError, ValueError) as error:
            raise UnreadableInput(f"{name}:{line}", "JSON nested too deep, or too long a number", remedy=_REMEDY) from (
                error
            )
        yield f"{name}:{line}", value
        at = _skip(text, end)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _objects(name: str, place: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a value: itself, or the members of a list, by their number."""
    listed = isinstance(value, list)
    for number, one in enumerate(value if listed else [value]):
        where = f"{name}[{number}]" if listed else place
        if not isinstance(one, dict):
            raise UnreadableInput(where, "an object is expected here", remedy=_REMEDY)
        yield where, one
