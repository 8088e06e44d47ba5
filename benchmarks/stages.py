"""Seconds of the processor that each stage takes for an article, in one process, after one article to warm up."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from quellenlage.article import Overrides, make_article
from quellenlage.encoder import files
from quellenlage.encoder.files import Models
from quellenlage.model import Capture, Document, make_capture
from quellenlage.pipeline import STAGES, article_id
from quellenlage.store.packing import pack_document


def capture_of(text: str) -> Capture:
    """A capture of a text, always the same."""
    return make_capture(
        source="bench",
        media_type="text/plain",
        content=text.encode(),
        text=text,
        captured_at="2026-01-01T00:00:00Z",
    )


def seconds(texts: Sequence[str], models: Models) -> Counter[str]:
    """By stage, processor seconds over all texts; "article" finds title, date and zones, "packing" writes layers.

    The stages run one after the other for each article, as in a build: what one keeps for the next is kept.
    """
    chosen = files.wanted()
    files.choose(models)
    try:
        _read(texts[0], Counter())
        spent: Counter[str] = Counter()
        for text in texts:
            _read(text, spent)
        return spent
    finally:
        files.choose(chosen)


def _read(text: str, spent: Counter[str]) -> None:
    capture = capture_of(text)
    start = time.process_time()
    document = Document(make_article(capture, article_id(capture.id), Overrides(dct="2015-01-01")))
    spent["article"] += time.process_time() - start
    for stage in STAGES:
        start = time.process_time()
        document = stage.run(document)
        spent[stage.name] += time.process_time() - start
    start = time.process_time()
    pack_document(document)
    spent["packing"] += time.process_time() - start
