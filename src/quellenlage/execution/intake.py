"""Take inputs in: read them, keep what is new, name what cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from quellenlage.errors import BadInput, UnreadableInput
from quellenlage.execution.ports import Progress, Silent
from quellenlage.intake import IntakeOptions, captures, count
from quellenlage.model import Archive, Capture

Reader = Callable[[Sequence[str], IntakeOptions], Iterator[Capture | BadInput]]
"""Reads sources one by one; an input that cannot be used is yielded as its error, and the rest goes on."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the inputs: captures added, captures that were there already, and inputs that failed."""

    added: int = 0
    known: int = 0
    failed: tuple[BadInput, ...] = ()


def add(
    archive: Archive,
    sources: Sequence[str],
    options: IntakeOptions,
    *,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> AddReport:
    """Add files, folders, addresses and whatever else `quellenlage.intake.captures` (or `reader`) reads.

    Every capture is kept as soon as it is read, so that an interrupted call loses nothing of what it had.

    Raises:
        ArchiveUnusable: the archive cannot be written.
    """
    progress = progress or Silent()
    added, known, failed = 0, 0, list[BadInput]()
    expected = None if reader else count(sources)
    progress.start(expected, "add")
    try:
        for number, item in enumerate((reader or captures)(sources, options)):
            # A mailbox or a file of records is one input and many captures: a bar must not run over its end.
            if expected is None or number < expected:
                progress.advance()
            try:
                capture = _clean(item)
            except BadInput as error:
                failed.append(error)
                continue
            if archive.add_capture(capture):
                added += 1
            else:
                known += 1
    finally:
        progress.finish()
    return AddReport(added, known, tuple(failed))


def _clean(item: Capture | BadInput) -> Capture:
    """A capture that can be kept. Raises BadInput."""
    if isinstance(item, BadInput):
        raise item
    # Names of files need not be text; the name is for people, so that a replacement sign does.
    source = item.source.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        item.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableInput(
            source,
            "half a character pair (U+{code}) at {at}",
            remedy="save the file as UTF-8 with a program that repairs it",
            code=f"{ord(item.text[error.start]):04X}",
            at=error.start,
        ) from None
    return item if source == item.source else replace(item, source=source)
