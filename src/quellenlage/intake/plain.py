"""Plain text and Markdown: the decoded input is the text, unchanged but for the byte order mark."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.errors import BadInput
from quellenlage.intake.decode import decode
from quellenlage.intake.press.captures import articles_of
from quellenlage.intake.raw import Raw, Reading, capture_of
from quellenlage.intake.sniff import suffix_of
from quellenlage.model.capture import Capture

_MARKDOWN = {".md", ".markdown", ".mdown"}


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """One capture, or one for each article of an export; line ends stay, since offsets count in the text as it is."""
    decoded = decode(raw.name, raw.data, forced=raw.options.encoding, declared=raw.declared)
    media_type = "text/markdown" if suffix_of(raw.name) in _MARKDOWN else "text/plain"
    reading = Reading(decoded.text, media_type, decoded.encoding, offsets_in="input", warnings=decoded.warnings)
    if articles := articles_of(raw, reading):
        yield from articles
        return
    yield capture_of(raw, reading, empty="there is nothing but white space in it")
