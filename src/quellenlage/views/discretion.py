"""Where files lie on a server is the business of who runs it: everybody else reads their names alone.

The command line shows paths as they were given; the workbench hides folders from all who do not manage it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Literal

from quellenlage.errors import Phrase

Manner = Literal["initials", "roles"]
MANNERS: tuple[Manner, ...] = ("initials", "roles")
"""How private persons are shown where their names are not (`pseudonyms`)."""

_hidden: ContextVar[bool] = ContextVar("folders are hidden", default=False)

_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_FILE = re.compile(r"(?:file|(?:sqlite|postgres(?:ql)?)(?:\+\w+)?):/+", re.IGNORECASE)
_SIGNS = "/~"


@contextmanager
def hiding(hide: bool) -> Iterator[None]:
    """Hide folders, or not, from whatever is put into words meanwhile, also on threads that work for it."""
    token = _hidden.set(hide)
    try:
        yield
    finally:
        _hidden.reset(token)


def is_hiding() -> bool:
    """Whether folders are hidden at the moment."""
    return _hidden.get()


def shown_source(source: str) -> str:
    """A source as it may be shown now: of a path of this machine the last part, `#3` and all; others as they are."""
    return without_folders(source) if _hidden.get() else source


def without_folders(source: str) -> str:
    """The last part of an absolute path; addresses, relative paths and names as they are."""
    if _WINDOWS.match(source):
        return PureWindowsPath(source).name or source
    if source[:1] in _SIGNS or _FILE.match(source):
        return PurePosixPath(source).name or source
    return source


def discreet(phrase: Phrase) -> Phrase:
    """A message as it may be shown now."""
    if not _hidden.get():
        return phrase
    return Phrase(phrase.template, **{name: _discreet(value) for name, value in phrase.params.items()})


def _discreet(value: object) -> object:
    if isinstance(value, Phrase):
        return discreet(value)
    return without_folders(str(value)) if isinstance(value, str | PurePath) else value


def discreet_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as it may be shown now: sources in it are named, and nothing else is looked at."""
    if not _hidden.get():
        return dict(record)
    return {
        key: without_folders(value) if key == "source" and isinstance(value, str) else value
        for key, value in record.items()
    }
