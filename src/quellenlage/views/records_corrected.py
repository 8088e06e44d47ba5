"""A correction of an event by hand as a plain record."""

from __future__ import annotations

from typing import Any

from quellenlage.model import Corrected, Event
from quellenlage.views.holdings import Holdings
from quellenlage.views.wording.corrections import told_instead

Record = dict[str, Any]


def corrected_record(one: Corrected, event: Event, holdings: Holdings) -> Record:
    """What a person corrected about an event, and what its accounts say about it."""
    return {
        "field": one.field,
        "value": one.value,
        "author": one.author,
        "made_at": one.made_at,
        "note": one.note,
        "told": told_instead(event, one, holdings),
    }
