"""Corrections of events and claims by hand as plain records."""

from __future__ import annotations

from typing import Any

from quellenlage.execution.lookup import IDENTIFIER
from quellenlage.model import Corrected, Event
from quellenlage.views.holdings import ClaimLine, Holdings
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


def speaker_record(claim: ClaimLine, holdings: Holdings) -> Record | None:
    """What a person corrected about who speaks, and whom the article was read to name; None where nobody did."""
    one = claim.corrected
    if one is None:
        return None
    return {
        "field": "speaker",
        "value": one.value,
        "author": one.author,
        "made_at": one.made_at,
        "note": one.note,
        "read": [reference(who, holdings) for who in one.read],
    }


def reference(identifier: str, holdings: Holdings) -> Record:
    """Somebody or something: identifier and name; who stands for nothing across articles has a name alone."""
    return {"id": identifier if IDENTIFIER.fullmatch(identifier) else None, "name": holdings.name(identifier)}
