"""One input as bytes with what is known about it, and the way from there to a capture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from quellenlage.errors import BadInput, EmptyInput, Phrase, TooLarge, UnreadableInput
from quellenlage.intake.options import IntakeOptions
from quellenlage.model.capture import Capture, Given, Mark, make_capture

MAX_CHARACTERS = 2_000_000
"""Longest text of one article, in characters. The longest pieces of newspapers have some hundred thousand; beyond are
whole volumes and collections in one file, in which a date line or a byline would count for every article, and whose
annotation would need gigabytes of memory."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes of one input under the name that the user knows.

    `declared` is the encoding that a transport declared (HTTP, mail), `url` where the bytes were fetched from,
    `notes` warnings that every capture made of them carries.
    """

    name: str
    data: bytes
    options: IntakeOptions
    url: str | None = None
    declared: str | None = None
    notes: tuple[str, ...] = ()

    def part(self, name: str, data: bytes, *, declared: str | None = None) -> Raw:
        """Return an input that lies inside this one; where the whole was fetched from does not name the part."""
        return replace(self, name=name, data=data, declared=declared, url=None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in an input: the text, and what the container says of it."""

    text: str
    media_type: str
    encoding: str | None = None
    offsets_in: str = "extracted"
    given: Given | None = None
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()


Reader = Callable[[Raw], Iterator[Capture | BadInput]]


def capture_of(
    raw: Raw, reading: Reading, *, empty: str | Phrase = "there is no text in it", remedy: str | Phrase = ""
) -> Capture:
    """Make the capture; the caller's outlet overrides what the input says.

    Raises:
        EmptyInput: no text was found; `empty` and `remedy` say so in the format's own words.
        TooLarge: the text is longer than `MAX_CHARACTERS`.
    """
    text, warnings = reading.text, [*raw.notes, *reading.warnings]
    if reading.offsets_in == "extracted" and _UNSTORABLE.search(text):
        # One character for one, so that marks stay where they are.
        text = _UNSTORABLE.sub("\ufffd", text)
        warnings.append("unstorable-characters-replaced")
    if not text.strip():
        raise EmptyInput(raw.name, empty, remedy=remedy)
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(
            raw.name, "{size:,} characters, the limit for one article is {limit:,}",
            remedy="split it into its articles; --max-bytes does not change this limit",
            size=len(text), limit=MAX_CHARACTERS,
        )  # fmt: skip
    given = reading.given or Given()
    if raw.url and not given.url:
        given = replace(given, url=raw.url, how={**given.how, "url": "fetched"})
    if raw.options.outlet:
        given = replace(given, outlet=raw.options.outlet, how={**given.how, "outlet": "option"})
    return make_capture(
        source=raw.name,
        media_type=reading.media_type,
        content=raw.data,
        text=text,
        captured_at=raw.options.captured_at,
        encoding=reading.encoding,
        offsets_in=reading.offsets_in,
        given=given,
        marks=reading.marks,
        warnings=tuple(dict.fromkeys(warnings)),
    )


@contextmanager
def foreign(name: str, what: str, remedy: str) -> Iterator[None]:
    """Turn whatever a third-party parser raises on damaged input into bad input.

    Only calls into such parsers belong inside; what goes wrong in our own code must stay visible as a defect.
    """
    try:
        yield
    except BadInput:
        raise
    except Exception as error:
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableInput(
            name, "{what}: {detail}", remedy=remedy, what=Phrase(what), detail=Phrase(detail)
        ) from error


def too_large(name: str, limit: int, size: int | None = None) -> TooLarge:
    """Build the error for an input over the limit, both in bytes."""
    remedy = "split it, or raise the limit with --max-bytes"
    if size is None:
        return TooLarge(name, "more than {limit:,} bytes, the limit is {limit:,}", remedy=remedy, limit=limit)
    return TooLarge(name, "{size:,} bytes, the limit is {limit:,}", remedy=remedy, size=size, limit=limit)
