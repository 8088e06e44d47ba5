"""Events: what the article reports as having happened or as planned, with participants, place, time and numbers."""

from __future__ import annotations

from quellenlage.annotate.events.detect import detect_events
from quellenlage.annotate.events.frames import FRAMES
from quellenlage.annotate.events.lexicon import RESOURCES
from quellenlage.annotate.events.margins import RESOURCES as MARGINS
from quellenlage.coreference import RESOURCES as COREFERENCE
from quellenlage.model.stage import Stage

STAGE = Stage(
    name="events",
    version="6",
    reads=("sentences", "tokens", "timexes", "mentions", "entities", "places", "quotations", "claims"),
    writes=("events",),
    resources=(*RESOURCES, FRAMES, *MARGINS, *COREFERENCE),
    article=("dct", "notices"),
    run=detect_events,
)
