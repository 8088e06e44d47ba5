"""Articles of about 250 words that the benchmarks read: beginnings of news where data is at hand, else generated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated import articles

from quellenlage.annotate.language.stage import split

WORDS = 250


def beginnings(data: Path, count: int) -> Iterator[str]:
    """Beginnings of that many news articles, whole sentences of together about 250 words; shorter ones are left out.

    Where there are fewer articles than that, further stretches of the long ones follow. Without the data, generated
    articles as long as they are.
    """
    folder = data / "quotations"
    if not folder.is_dir():
        yield from (capture.text for capture, _ in articles(count))
        return
    given = 0
    texts = [
        json.loads(line)["originalText"]
        for part in ("dev", "train")
        for line in (folder / f"{part}.jsonl").open(encoding="utf-8")
    ]
    for text in texts:
        for stretch in _stretches(text):
            yield stretch
            given += 1
            if given == count:
                return


def _stretches(text: str) -> Iterator[str]:
    start, length = None, 0
    for sentence in split(text, 0, len(text)):
        start = sentence[0].start if start is None else start
        length += sum(piece.form.isalnum() for piece in sentence)
        if length >= WORDS:
            yield text[start : sentence[-1].end]
            start, length = None, 0
