"""Lexica and rules as data, read from TOML files that carry their source, licence and examples."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from quellenlage.errors import MissingResource


def resource(name: str) -> Traversable:
    """Return a packaged file, e.g. `de/agencies.toml` or `sample`."""
    found = files(__name__).joinpath(*name.split("/"))
    if not (found.is_file() or found.is_dir()):
        raise MissingResource("resource {name} is missing", remedy="install the package again", name=name)
    return found


@cache
def load(name: str) -> dict[str, Any]:
    """Read a TOML file of the package once; treat the result as read-only.

    Raises:
        MissingResource: it is not there, or is no TOML: whoever needs it fails, for every article.
    """
    try:
        return tomllib.loads(resource(name).read_text(encoding="utf-8"))
    except ValueError as error:  # of the syntax, or of the encoding
        raise MissingResource(
            "resource {name} cannot be read ({error})",
            remedy="mend the file or install the package again",
            name=name,
            error=error,
        ) from error


@cache
def digest(name: str) -> str:
    """SHA-256 of a packaged file: part of the fingerprint of the stages that read it."""
    return hashlib.sha256(resource(name).read_bytes()).hexdigest()
