"""Quellenlage: from German news clippings to a chronicle in which every line opens at its sentence."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
_PUBLIC = {"normalise_times": "quellenlage.times"}
"""What can be imported from here, with the module that it stands in."""


def __getattr__(name: str) -> Any:
    """Load what is public on first use, so that importing the package costs nothing."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
