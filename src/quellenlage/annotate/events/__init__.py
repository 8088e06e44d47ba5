"""Events: what the article reports as having happened or as planned, with participants, place, time and numbers."""

from __future__ import annotations

from quellenlage.annotate.events.detect import detect_events
from quellenlage.annotate.events.lexicon import RESOURCE
from quellenlage.model.stage import Stage

STAGE = Stage(
    name="events",
    version="3",
    reads=("sentences", "tokens", "timexes", "mentions", "entities", "places", "quotations", "claims"),
    writes=("events",),
    resources=(RESOURCE,),
    run=detect_events,
)
