"""Intake: bytes to captures. Files, folders, globs, standard input and URLs of many formats; see `captures`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from quellenlage.intake.options import DOUBTS, Collection, Doubt, FetchOptions, IntakeOptions, LeftOut, Skipped

if TYPE_CHECKING:
    from quellenlage.errors import BadInput
    from quellenlage.model.capture import Capture

__all__ = [
    "Collection", "Doubt", "FetchOptions", "IntakeOptions", "LeftOut", "Skipped", "capture_bytes", "capture_file",
    "captures", "count",
]  # fmt: skip


def captures(
    sources: Sequence[str], options: IntakeOptions, *, stdin: BinaryIO | None = None
) -> Iterator[Capture | BadInput]:
    """Read every document that the sources name, in a fixed order.

    A source is a file, a folder (searched recursively), a glob pattern, an http(s) URL, or "-" for `stdin`. Formats
    are told by content first and name second: plain text and Markdown, HTML, JSON and JSON Lines, RSS and Atom, PDF,
    DOCX, RTF, mail and mailboxes, each also compressed with gzip. An export of a press database with many articles
    in one file gives a capture for each. What cannot be read is yielded as an instance of
    BadInput in its place, never raised, and the rest goes on. Large JSON Lines files and mailboxes are streamed.
    """
    from quellenlage.intake.opening import Opener

    with Opener(options, stdin) as opener:
        for found in opener.read(sources):
            if options.on_doubt and not isinstance(found, Exception):
                for warning in found.warnings:
                    code, _, detail = warning.partition(":")
                    if code in DOUBTS:
                        options.on_doubt(Doubt(found.source, code, detail))
            yield found


def capture_file(path: str | os.PathLike[str], options: IntakeOptions) -> list[Capture | BadInput]:
    """Read one file (or folder): its captures, one for most formats, or what is wrong with it."""
    return list(captures([os.fspath(path)], options))


def capture_bytes(
    name: str, data: bytes, options: IntakeOptions, *, url: str | None = None
) -> list[Capture | BadInput]:
    """Read bytes under a name, whose extension helps to tell the format; `url` is where they were found."""
    from quellenlage.intake.raw import Raw
    from quellenlage.intake.reading import read

    return list(read(Raw(name, data, options, url=url)))


def count(sources: Sequence[str]) -> int:
    """Number of inputs that the sources name, for a progress bar; a feed or a mailbox counts once."""
    from quellenlage.intake.sources import Input, expand

    return sum(isinstance(found, Input) for found in expand(sources))
