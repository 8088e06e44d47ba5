"""What an entry of a file of given layers puts in place of pipeline stages, and what of it is not taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from quellenlage.errors import BadInput, Phrase
from quellenlage.model import Document
from quellenlage.views.exports.standoff import LAYERS
from quellenlage.views.given.file import Entry
from quellenlage.views.given.mentions import given_mentions
from quellenlage.views.given.quotations import given_quotations
from quellenlage.views.given.value import Value

TAKEN = ("mentions", "entities", "derived", "quotations")
"""Layers that can be given; `derived` goes with mentions."""
_BESIDE = frozenset({"article", "doc"})
_MENTIONS = frozenset({"mentions", "entities"})


def stages(entry: Entry, source: str) -> Mapping[str, Callable[[Document], Document]]:
    """What runs in place of which stage for the input of this name; its checks raise BadInput when it runs.

    A layer that is null is not given.

    Raises:
        BadInput: the entry gives no layer that can be taken.
    """
    record = {key: layer for key, layer in entry.record.items() if layer is not None}
    value = Value(record, source, entry.place)
    named = not _MENTIONS.isdisjoint(record)
    found: dict[str, Callable[[Document], Document]] = {}
    if named:
        found["mentions"] = partial(given_mentions, entry=value)
    if "quotations" in record:
        found["quotations"] = partial(given_quotations, entry=value, named=named)
    if not found:
        raise BadInput(
            source,
            "{place}: no layer in it that can be given",
            remedy=Phrase("give quotations, or mentions and entities"),
            place=entry.place,
        )
    return found


def not_taken(entries: Iterable[Entry]) -> tuple[list[str], list[str]]:
    """Names in the entries of layers that are made anew, and of what is no layer at all."""
    others = dict.fromkeys(key for entry in entries for key in entry.record if not _taken(key, entry))
    return [key for key in others if key in LAYERS], [key for key in others if key not in LAYERS]


def _taken(key: str, entry: Entry) -> bool:
    if key == "derived":
        return not _MENTIONS.isdisjoint(entry.record)
    return key in TAKEN or key in _BESIDE
