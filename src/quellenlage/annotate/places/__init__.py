"""Places: which real place an entity of the article is, and which mentions of it act as a state instead."""

from __future__ import annotations

from quellenlage.annotate.places.stage import run
from quellenlage.model.stage import Stage
from quellenlage.places import RESOURCES

__all__ = ["STAGE"]

STAGE = Stage(
    name="places",
    version="3",
    reads=("sentences", "tokens", "mentions", "entities", "derived"),
    writes=("places",),
    resources=RESOURCES,
    run=run,
)
