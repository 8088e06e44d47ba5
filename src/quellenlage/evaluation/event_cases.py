"""Which words tell an event: short texts in our own words with every event in them, half of them with none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from quellenlage.errors import Defect
from quellenlage.evaluation import data, events
from quellenlage.evaluation.gold import Case, GoldArticle, GoldEvent
from quellenlage.evaluation.results import SuiteResult, rate, worst
from quellenlage.model import AUTHOR, Span

PUBLISHED = "2024-05-17"
"""When all of these texts count as published."""

PARTS = ("events", "cases-open.toml")
GATE = ("no-event.silent", "found.f1", "trigger.f1")
_TOLD = ("trigger.", "found.precision", "found.recall", "found.f1", "all-events.factuality.")


def table() -> Iterator[tuple[str, GoldArticle]]:
    """Texts with what is told in them, in the order of the file.

    Raises:
        Defect: a trigger does not stand in its text once.
    """
    raw = tomllib.loads(data.shipped(*PARTS).read_text(encoding="utf-8"))
    for number, item in enumerate(raw["case"], start=1):
        told = tuple(_event(item["text"], n, one) for n, one in enumerate(item.get("event", ()), start=1))
        yield item["text"], GoldArticle(f"open-{number}", (), (), told)


def _event(text: str, number: int, item: Mapping[str, Any]) -> GoldEvent:
    word = item["trigger"]
    at = text.find(word)
    if at < 0 or text.find(word, at + 1) >= 0:
        raise Defect(f"this word does not stand in the text once: {word}")
    return GoldEvent(
        id=f"v{number}",
        type=item["type"],
        trigger=Span(at, at + len(word)),
        actors=frozenset(),
        recipients=frozenset(),
        place=None,
        time=None,
        factuality=item["factuality"],
        word_of=AUTHOR,
        quantities=(),
    )


def evaluate() -> SuiteResult:
    """Score triggers, types and factuality; who, where and when are not in the table."""
    cases = [Case(gold, data.analysed(text, PUBLISHED)) for text, gold in table()]
    metrics, misses = events.score(cases)
    bare = [case for case in cases if not case.gold.events]
    silent = rate("no-event.silent", sum(not case.document.events for case in bare), len(bare))
    return SuiteResult(
        name="events-cases-open",
        metrics=(silent, *(metric for metric in metrics if metric.name.startswith(_TOLD))),
        worst=worst(misses),
        data_sha256=data.digest(data.shipped(*PARTS)),
        notes=("no-event: texts that tell none; silent: we find none there",),
    )
