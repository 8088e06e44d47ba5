"""What the user names on the command line to single inputs: files, folders, globs, standard input, URLs."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.errors import BadInput, EmptyInput, Phrase, UnreadableInput
from quellenlage.intake.options import Skipped
from quellenlage.intake.sniff import suffix_of

STDIN = "-"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MAGIC = re.compile(r"[*?\[]")
_JUNK_NAMES = {
    "thumbs.db": "system-file", "desktop.ini": "system-file", "icon\r": "system-file", "__macosx": "system-file",
    "__pycache__": "program", "node_modules": "program", "lost+found": "system-file",
}  # fmt: skip
_JUNK_SUFFIXES = {
    suffix: reason
    for reason, suffixes in {
        "picture": "jpg jpeg png gif webp svg ico bmp tif tiff avif heic",
        "page-resource": "css js mjs map woff woff2 ttf otf eot",
        "sound-or-film": "mp3 mp4 m4a wav ogg webm mov avi mkv flac",
        "program": "exe dll so dylib pyc class jar",
        "temporary": "tmp temp bak swp swo part crdownload download lock",
        "database": "db sqlite sqlite3 db-wal db-shm db-journal",
    }.items()
    for suffix in (f".{s}" for s in suffixes.split())
}
# Browsers save a page's pictures and scripts beside it, in a folder of the page's name.
_RESOURCE_FOLDER = re.compile(r"(.+)[_-](?:files|dateien)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Input:
    """One input to be opened: `path` for files, none for standard input and URLs."""

    name: str
    path: str | None = None

    @property
    def is_url(self) -> bool:
        """Whether it has to be fetched."""
        return self.path is None and self.name != STDIN


def is_url(source: str) -> bool:
    """Whether this names something by scheme, "https://…", rather than a file."""
    return bool(_URL.match(source))


def printable_path(path: str) -> str:
    """A path that can be printed and stored, whatever bytes the file system has for it."""
    return os.fsencode(path).decode("utf-8", "replace")


def expand(sources: Sequence[str]) -> Iterator[Input | BadInput | Skipped]:
    """Name every single input, in a fixed order; folders recursively, without hidden files and known junk."""
    for source in sources:
        if source == STDIN or is_url(source):
            yield Input(source)
        elif "\0" in source:
            yield UnreadableInput(source.replace("\0", "\ufffd"), "not a file name")
        elif os.path.lexists(source):
            yield from _path(source)
        elif _MAGIC.search(source):
            yield from _matching(source)
        else:
            yield UnreadableInput(
                printable_path(source), "there is no such file", remedy="check the spelling and the folder"
            )


def _matching(pattern: str) -> Iterator[Input | BadInput | Skipped]:
    """Everything a pattern matches, `**` meaning any depth."""
    found = sorted(glob.glob(pattern, recursive=True))
    if "**" in pattern:
        found = [path for path in found if not os.path.isdir(path)]
    if not found:
        yield UnreadableInput(
            printable_path(pattern), "no file matches this pattern", remedy="check the pattern and the folder"
        )
    for path in found:
        yield from _path(path)


def _path(path: str) -> Iterator[Input | BadInput | Skipped]:
    """One path that the user named: a file of any kind is tried, a folder is searched."""
    name = printable_path(path)
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        reason = Phrase(str(error.strerror))
        yield UnreadableInput(
            name, "it cannot be opened: {reason}", remedy="check the link or the rights", reason=reason
        )
        return
    if stat.S_ISDIR(mode):
        some = False
        for found in _folder(path):
            some = some or not isinstance(found, Skipped)
            yield found
        if not some:
            yield EmptyInput(name, "there are no files in this folder that could be clippings")
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        yield Input(name, path)
    else:
        yield UnreadableInput(name, "this is no file (a socket or a device)")


def _folder(folder: str) -> Iterator[Input | BadInput | Skipped]:
    """Files of a folder and its folders, sorted by name; links to folders are not followed, so that none is a loop."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        cause = Phrase(str(error.strerror))
        yield UnreadableInput(
            printable_path(folder), "the folder cannot be opened: {reason}", remedy="check the rights", reason=cause
        )
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        name = printable_path(entry.path)
        reason = _junk(entry, names)
        if reason:
            yield Skipped(name, reason)
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path)
        elif entry.is_file():
            yield Input(name, entry.path)
        else:
            broken = entry.is_symlink() and not os.path.exists(entry.path)
            yield UnreadableInput(name, "a link that leads nowhere") if broken else Skipped(name, "no-regular-file")


def _junk(entry: os.DirEntry[str], names: set[str]) -> str | None:
    """Why a member of a folder is left out, or None."""
    if reason := junk_name(entry.name, folder=True):
        return reason
    if entry.is_dir(follow_symlinks=False):
        saved = _RESOURCE_FOLDER.match(entry.name)
        page = saved and any(f"{saved[1]}{suffix}" in names for suffix in (".html", ".htm", ".xhtml"))
        return "page-resource" if page else None
    if entry.is_symlink() and entry.is_dir():
        return "link-to-folder"
    return junk_name(entry.name, folder=False)


def junk_name(name: str, *, folder: bool) -> str | None:
    """Why a member of a folder is left out by its name alone, or None; of a folder its ending says nothing."""
    lower = name.lower()
    if name.startswith((".", "~$")):
        return "hidden" if name.startswith(".") else "temporary"
    if lower in _JUNK_NAMES:
        return _JUNK_NAMES[lower]
    if folder:
        return None
    if lower.endswith("~"):
        return "temporary"
    return _JUNK_SUFFIXES.get(suffix_of(name))
