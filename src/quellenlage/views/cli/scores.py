"""The figures of an evaluation suite as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click

from quellenlage.evaluation import Metric, SuiteResult
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.cli.output import bold, dim, plain
from quellenlage.views.locale import Words


def score_lines(result: SuiteResult, words: Words) -> Iterator[str]:
    """Name, one row a figure with its cases, the trivial answer and the pin, the widest errors by place."""
    if result.skipped is not None:
        yield dim(words("evaluate.skipped", name=result.name, reason=words.detail(result.skipped)))
        return
    yield bold(result.name)
    for note in result.notes:
        yield INDENT + dim(words.detail(note))
    width = max([len(m.name) for m in result.metrics] + [len(words("evaluate.metric"))])
    heads = [words(f"evaluate.{name}") for name in ("value", "cases", "trivial", "pinned")]
    yield INDENT + dim(f"{words('evaluate.metric'):<{width}}") + "".join(f"{head:>11}" for head in heads)
    for metric in result.metrics:
        yield INDENT + _row(metric, width, words)
    if result.worst:
        yield INDENT + dim(words("evaluate.worst"))
    for miss in result.worst:
        yield INDENT * 2 + plain(f"{miss.article}:{miss.start}-{miss.end}  {miss.expected} / {miss.found}")
    yield ""


def _row(metric: Metric, width: int, words: Words) -> str:
    cells = f"{metric.value:>11.4f}{metric.cases:>11}{_cell(metric.trivial)}{_cell(metric.pinned)}"
    row = f"{metric.name:<{width}}{cells}"
    return click.style(f"{row}  {words('evaluate.fell')}", fg="red") if metric.fell else row


def _cell(value: float | None) -> str:
    return f"{value:>11.4f}" if value is not None else f"{'–':>11}"
