"""Several files as one zip file, or in a folder: whole or not at all, and the same for the same archive."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

Files = Iterable[tuple[str, Iterable[bytes]]]
"""Names of files, each with its content in pieces."""

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""A fixed date keeps a zip file the same for the same archive."""


def zipped(files: Files, stream: BinaryIO) -> None:
    """Write files into one zip file.

    Raises:
        OSError: the stream cannot be written.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w") as file:
                for piece in pieces:
                    file.write(piece)


def into_folder(files: Files, folder: Path) -> list[Path]:
    """Write files into a folder, which is made; nothing is changed there before all of them are written.

    Raises:
        OSError: the folder cannot be made or written, the disk is full.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        names = []
        for name, pieces in files:
            with (beside / name).open("wb") as file:
                file.writelines(pieces)
            names.append(name)
        folder.mkdir(exist_ok=True)
        for name in names:
            (beside / name).replace(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [folder / name for name in names]
