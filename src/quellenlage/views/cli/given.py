"""`annotate --given FILE`: the file's entries beside the inputs, and what to say about both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from quellenlage.errors import BadInput, Phrase, UnreadableInput
from quellenlage.model import Capture, Document
from quellenlage.views.cli import output
from quellenlage.views.cli.failures import WrongUsage, describe
from quellenlage.views.cli.settings import Settings
from quellenlage.views.given import TAKEN, Entry, entries, matched, not_taken, stages

Instead = Mapping[str, Callable[[Document], Document]]
STDIN = "-"
_MOST = 5
"""How many entries are named that belong to no input."""


def paired(
    given: str, sources: Sequence[str], items: Iterable[Capture | BadInput], settings: Settings
) -> Iterator[tuple[Capture | BadInput, Instead]]:
    """Every input with what stands in place of stages for it, or with what is wrong about either.

    Raises:
        WrongUsage: the file cannot be used at all.
    """
    try:
        read = entries(given, _content(given, sources))
        listed = list(items)
        pairs = matched(given, read, listed)
    except BadInput as error:
        words = settings.words
        remedy = words.phrase(error.advice)
        raise WrongUsage(describe(error, words) + (f"\n{words('error.remedy')}: {remedy}" if remedy else "")) from error
    _tell(given, read, pairs.left, settings)
    for item, entry in zip(listed, pairs.found, strict=True):
        yield _pair(item, entry)


def _pair(item: Capture | BadInput, entry: Entry | BadInput) -> tuple[Capture | BadInput, Instead]:
    if isinstance(item, BadInput):
        return item, {}
    if isinstance(entry, BadInput):
        return entry, {}
    try:
        return item, stages(entry, item.source)
    except BadInput as error:
        return error, {}


def _content(given: str, sources: Sequence[str]) -> bytes:
    """The bytes of the file, of standard input for "-"."""
    if given == STDIN and STDIN in sources:
        raise UnreadableInput(
            STDIN,
            "standard input cannot be both the text and the layers given for it",
            remedy="write one of the two to a file",
        )
    try:
        if given == STDIN:
            return sys.stdin.buffer.read()
        with open(given, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        reason = Phrase(str(getattr(error, "strerror", None) or error))
        raise UnreadableInput(
            given, "it cannot be read: {reason}", remedy="check the spelling and the folder", reason=reason
        ) from error


def _tell(given: str, read: Sequence[Entry], left: Sequence[Entry], settings: Settings) -> None:
    """Say what of the file is not taken."""
    words = settings.words
    anew, unknown = not_taken(read)
    if anew:
        output.notice(words("given.anew", file=given, names=", ".join(anew)), settings)
    if unknown:
        told = words("given.unknown", file=given, names=", ".join(unknown), known=", ".join(TAKEN))
        output.notice(told, settings)
    if left:
        places = ", ".join(e.place for e in left[:_MOST]) + ("" if len(left) <= _MOST else ", …")
        output.notice(words("given.left", places=places), settings)
