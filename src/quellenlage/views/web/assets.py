"""Scripts, styles, fonts and map data that `make web` built: their names carry a hash of what is in them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from quellenlage.errors import MissingResource

PREFIX = "/static"


def static_folder() -> Path:
    """The folder of the built files. Raises MissingResource where they were not built."""
    folder = Path(str(files("quellenlage.views.web"))) / "static"
    if not (folder / "manifest.json").is_file():
        raise MissingResource(
            "the scripts and styles of the workbench were not built", remedy="run: make web (it needs Node 20)"
        )
    return folder


@cache
def _manifest() -> dict[str, str]:
    found: dict[str, str] = json.loads((static_folder() / "manifest.json").read_text(encoding="utf-8"))
    return found


def asset(name: str) -> str:
    """Address of a built file by its plain name ("main.css"); a new build has a new address."""
    return f"{PREFIX}/{_manifest()[name]}"
