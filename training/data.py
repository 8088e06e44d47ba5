"""Where the training data lie, and how their formats are read.

Nothing of it is copied: every function reads below `$QUELLENLAGE_DATA` (default `../shared/data`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def data_path(name: str) -> Path:
    """A file of the shared data.

    Raises:
        FileNotFoundError: naming the variable that says where the data are.
    """
    path = Path(os.environ.get("QUELLENLAGE_DATA", ROOT.parent / "shared" / "data")) / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: set QUELLENLAGE_DATA to the folder that holds it")
    return path


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
