"""Articles of about 250 words that the benchmarks read: beginnings of news where data is at hand, else generated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.generated import articles

from quellenlage.annotate.language.stage import split
from quellenlage.evaluation.timex import read_tml

WORDS = 250
_BEFORE, _AFTER = re.compile(r" ([.,;:!?)“])"), re.compile(r"([(„]) ")
"""Signs without a space before or after them, where a text is given as its words."""


def beginnings(data: Path, count: int) -> Iterator[str]:
    """Beginnings of that many news articles, whole sentences of together about 250 words; shorter ones are left out.

    Further stretches of the long ones follow; then newspaper articles and speeches, where there are not enough of them.
    Without the data, generated articles as long as they are.
    """
    if not (data / "quotations").is_dir():
        yield from (capture.text for capture, _ in articles(count))
        return
    yield from islice((stretch for text in _texts(data) for stretch in _stretches(text)), count)


def _texts(data: Path) -> Iterator[str]:
    for part in ("dev", "train"):
        for line in (data / "quotations" / f"{part}.jsonl").open(encoding="utf-8"):
            yield json.loads(line)["originalText"]
    for path in sorted(data.glob("timex/**/gold/*.tml")):
        yield read_tml(path).text
    for line in (data / "speaker-attribution" / "train.jsonl").open(encoding="utf-8"):
        words = " ".join(word for sentence in json.loads(line)["Sentences"] for word in sentence["Tokens"])
        yield _AFTER.sub(r"\1", _BEFORE.sub(r"\1", words))


def _stretches(text: str) -> Iterator[str]:
    start, length = None, 0
    for sentence in split(text, 0, len(text)):
        start = sentence[0].start if start is None else start
        length += sum(piece.form.isalnum() for piece in sentence)
        if length >= WORDS:
            yield text[start : sentence[-1].end]
            start, length = None, 0
