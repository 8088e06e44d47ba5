"""Take inputs in: read them, keep what is new, name what cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from quellenlage.errors import BadInput, Reserved, UnreadableInput
from quellenlage.execution.audit import note_reservation
from quellenlage.execution.ports import Progress, Silent
from quellenlage.intake import Collection, IntakeOptions, LeftOut, captures, count
from quellenlage.model import Archive, Capture

Reader = Callable[[Sequence[str], IntakeOptions], Iterator[Capture | BadInput]]
"""Reads sources one by one; an input that cannot be used is yielded as its error, and the rest goes on."""


@dataclass(frozen=True, slots=True)
class CollectionAdded:
    """What became of a file that holds several articles, an export of a press database.

    `found` articles were seen in it: `added` are new, `known` were there already (in this file or before), `failed`
    could not be used and are named among the failures. `left_out` says which parts are no articles, and where they are.
    """

    source: str
    database: str
    found: int
    added: int = 0
    known: int = 0
    failed: int = 0
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of the inputs: captures added, captures that were there already, and inputs that failed.

    `collections` are the files that were split into their articles, which count among all of these.
    """

    added: int = 0
    known: int = 0
    failed: tuple[BadInput, ...] = ()
    collections: tuple[CollectionAdded, ...] = ()


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
    told: dict[str, CollectionAdded] = {}
    expected = None if reader else count(sources)
    reading = reader(sources, options) if reader else captures(sources, _listening(options, told))
    progress.start(expected, "add")
    try:
        for number, item in enumerate(reading):
            # A mailbox or a file of records is one input and many captures: a bar must not run over its end.
            if expected is None or number < expected:
                progress.advance()
            try:
                capture = clean(item)
            except BadInput as error:
                failed.append(error)
                if isinstance(error, Reserved):
                    note_reservation(archive, error, options.captured_at)
                _count(told, error.source, failed=1)
                continue
            new = archive.add_capture(capture)
            added, known = added + new, known + (not new)
            _count(told, item.source, added=int(new), known=int(not new))
    finally:
        progress.finish()
    return AddReport(added, known, tuple(failed), tuple(told.values()))


def _listening(options: IntakeOptions, told: dict[str, CollectionAdded]) -> IntakeOptions:
    """Options that note every collection, and still tell whom the caller named."""

    def note(found: Collection) -> None:
        told[found.source] = CollectionAdded(found.source, found.database, found.articles, left_out=found.left_out)
        if options.on_collection:
            options.on_collection(found)

    return replace(options, on_collection=note)


def _count(told: dict[str, CollectionAdded], source: str, *, added: int = 0, known: int = 0, failed: int = 0) -> None:
    """Count an article for its file; articles of a collection are named `FILE#3`."""
    file = source.rpartition("#")[0]
    if one := told.get(file):
        told[file] = replace(one, added=one.added + added, known=one.known + known, failed=one.failed + failed)


def clean(item: Capture | BadInput) -> Capture:
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
