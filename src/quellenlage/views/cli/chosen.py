"""Options that choose a part of the chronicle, shared by `chronicle` and `dossier`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from quellenlage.views.cli.command import option

F = TypeVar("F", bound=Callable[..., object])


def choosing(function: F) -> F:
    """Decorate with --story, --actor, --place, --from, --to and --type."""
    for decorate in reversed(
        (
            option("--story", key="story", metavar="S"),
            option("--actor", key="actor", metavar="A"),
            option("--place", key="place", metavar="P"),
            option("--from", "since", key="from", metavar="D"),
            option("--to", "until", key="to", metavar="D"),
            option("--type", "event_type", key="type", metavar="T"),
        )
    ):
        function = decorate(function)
    return function
