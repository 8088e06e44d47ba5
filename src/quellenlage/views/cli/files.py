"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from quellenlage.errors import Phrase
from quellenlage.views.cli.failures import Failed
from quellenlage.views.locale import Words


def written(path: Path, parts: Iterable[bytes], words: Words) -> None:
    """Write a file beside its place and move it there, so that a stopped call leaves no half file.

    Raises:
        Failed: the folder does not exist or cannot be written, the disk is full.
    """
    written_by(path, lambda file: file.writelines(parts), words)


def written_by(path: Path, write: Callable[[BinaryIO], None], words: Words) -> None:
    """The same for what writes to a stream itself.

    Raises:
        Failed: the folder does not exist or cannot be written, the disk is full.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            write(file)
        beside.replace(path)
    except OSError as error:
        raise cannot_write(path, error, words) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def cannot_write(path: Path, error: OSError, words: Words) -> Failed:
    """The error of a file that cannot be written."""
    return Failed(words("error.cannot_write", path=path, reason=words.phrase(Phrase(str(error.strerror or error)))))
