"""Where the model files lie, which of them may be used, and whether they are whole.

They are part of the installed package, or lie in the folder `models` of a source tree. `manifest.json` names each with
its size and SHA-256; both are checked whenever a file is loaded, so a damaged download never becomes a wrong result.
"""

from __future__ import annotations

import hashlib
import json
import os
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from quellenlage.errors import MissingResource

MANIFEST = "manifest.json"
SHARED = "shared"
Entry = tuple[int, str]
"""Size in bytes and SHA-256."""
_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "models", _PACKAGE.parent.parent / "models")


class Models(StrEnum):
    """Which weights a user wants: all, only those whose licence allows every use, or none (rules alone, fastest)."""

    DEFAULT = "default"
    OPEN = "open"
    RULES = "rules"


VARIABLE = "QUELLENLAGE_MODELS"
"""Environment variable that chooses the models; worker processes inherit it."""
RESTRICTED = frozenset({"quotations"})
"""Models whose training data forbid commercial use."""


def wanted() -> Models:
    """The models chosen for this process.

    Raises:
        MissingResource: the variable names no choice; a slip of the pen must not bring the restricted weights in.
    """
    chosen = os.environ.get(VARIABLE, "").strip().lower() or Models.DEFAULT
    if chosen not in list(Models):
        raise MissingResource(
            "{variable}={value} names no choice of models",
            remedy="set it to default, open or rules, or leave it out",
            variable=VARIABLE,
            value=chosen,
        )
    return Models(chosen)


def choose(models: Models) -> None:
    """Choose the models for this process and those it starts."""
    os.environ[VARIABLE] = models


def root() -> Path:
    """The folder of the models.

    Raises:
        MissingResource: there is none.
    """
    for place in _PLACES:
        if (place / MANIFEST).is_file():
            return place
    raise MissingResource(
        "the model files are missing: there is no {path}",
        remedy="install the package again, or fetch the whole source tree",
        path=_PLACES[0] / MANIFEST,
    )


@lru_cache(maxsize=4)
def _manifest(folder: Path) -> dict[str, Entry]:
    path = folder / MANIFEST
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(file): (int(entry["bytes"]), str(entry["sha256"])) for file, entry in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        raise _damaged(path) from None


def available(name: str, models: Models | None = None) -> bool:
    """Whether the model `name` is installed and wanted; its content is checked when it is loaded.

    Whoever wants to do without a model deletes its folder. A folder that lacks a file is damaged.

    Raises:
        MissingResource: the list of the files is missing or damaged, or a file that it names is missing.
    """
    chosen = models or wanted()
    if chosen is Models.RULES or (chosen is Models.OPEN and name in RESTRICTED):
        return False
    if not any((place / name).is_dir() for place in _PLACES):
        return False
    folder = root()
    if not (folder / name).is_dir():
        return False
    own = [file for file in _of(name, folder) if not file.startswith(f"{SHARED}/")]
    for file in _of(name, folder) if own else ():
        _entry(file)
    return bool(own)


def digest(name: str) -> str:
    """One SHA-256 for all files that decide what the model `name` says, without reading them; empty without it."""
    if not available(name):
        return ""
    folder = root()
    files = _manifest(folder)
    lines = [f"{file} {files[file][1]}" for file in _of(name, folder)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def checked(file: str) -> Path:
    """The path of a model file (`words/read.onnx`) whose size and digest were found right.

    Raises:
        MissingResource: it is not there, or is not what the manifest says.
    """
    path, expected = _entry(file)
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if (path.stat().st_size, found) != expected:
        raise _damaged(path)
    return path


def content(file: str) -> bytes:
    """The bytes of a model file; the very bytes that were checked.

    Raises:
        MissingResource: it is not there, or is not what the manifest says.
    """
    path, expected = _entry(file)
    found = path.read_bytes()
    if (len(found), hashlib.sha256(found).hexdigest()) != expected:
        raise _damaged(path)
    return found


def _of(name: str, folder: Path) -> list[str]:
    return sorted(file for file in _manifest(folder) if file.split("/")[0] in (name, SHARED))


def _entry(file: str) -> tuple[Path, Entry]:
    folder = root()
    path = folder / file
    expected = _manifest(folder).get(file)
    if expected is None or not path.is_file():
        raise MissingResource(
            "the model file {path} is missing", remedy="install the package again, with its models", path=path
        )
    return path, expected


def _damaged(path: Path) -> MissingResource:
    return MissingResource(
        "the model file {path} is damaged: it is not the one that was published",
        remedy="install the package again, or fetch this file again",
        path=path,
    )
