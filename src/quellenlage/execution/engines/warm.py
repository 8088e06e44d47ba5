"""Loads on import what the workers of a pool share; for the nursery alone, which imports it before it forks.

Models are left out: a session of onnxruntime does not outlive a fork.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from quellenlage import pipeline
from quellenlage.encoder import files
from quellenlage.model import make_capture

_TEXT = """Hafen von Miren bleibt geschlossen

Miren, 14. März 2024 (eigener Bericht) – Karveniens Verkehrsminister Jonas Weferling hat am Mittwoch angekündigt, der
Hafen bleibe bis Freitag geschlossen. „Wir warten auf das Gutachten“, sagte er in Berlin. Die Gewerkschaft widersprach.
Am 2. März 2024 waren dort nach Angaben der Polizei drei Menschen verletzt worden.
"""


def _load() -> None:
    wanted = os.environ.get(files.VARIABLE)
    files.choose(files.Models.RULES)
    try:
        content = _TEXT.encode()
        capture = make_capture(
            source="warm.txt",
            media_type="text/plain",
            content=content,
            text=_TEXT,
            captured_at="2024-03-14T12:00:00Z",
            encoding="utf-8",
        )
        pipeline.analyse(capture)
    finally:
        os.environ.pop(files.VARIABLE)
        if wanted is not None:
            os.environ[files.VARIABLE] = wanted
    gc.collect()
    gc.freeze()  # a collection would touch, and so copy, what is shared


with suppress(Exception):  # what is missing or wrong is told by the worker that needs it
    _load()
