"""Results to standard output, everything else to standard error; progress bars only where somebody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from quellenlage.model import seen
from quellenlage.views.cli.failures import printable
from quellenlage.views.cli.settings import Settings

if TYPE_CHECKING:
    from quellenlage.views.locale import Words
    from quellenlage.views.wording.quoting import Quoted


def line(text: str = "") -> None:
    """Write a line of the result, without control characters that could come from an article."""
    click.echo(text)


def json_line(record: Any) -> None:
    """Write one record as a line of JSON."""
    from quellenlage.views.records import encoded

    click.echo(encoded(record).decode("utf-8", "replace"))


def json_lines(records: Iterable[Any]) -> None:
    """Write records as JSON Lines."""
    for record in records:
        json_line(record)


def notice(text: str, settings: Settings) -> None:
    """Say something beside the result on standard error, unless asked to be quiet."""
    if not settings.quiet:
        click.echo(printable(text), err=True)


def plain(text: str) -> str:
    """Text of an article for a terminal: white space as single spaces, no control characters, no soft hyphens."""
    return printable(" ".join(seen(text).split()))


def bold(text: str) -> str:
    """Emphasise on a terminal; plain elsewhere."""
    return click.style(plain(text), bold=True)


def dim(text: str) -> str:
    """Step back on a terminal; plain elsewhere."""
    return click.style(plain(text), dim=True)


def warn(text: str) -> str:
    """Call attention on a terminal; plain elsewhere."""
    return click.style(plain(text), fg="yellow")


def quotation(quote: Quoted, words: Words) -> str:
    """A quotation for a terminal."""
    from quellenlage.views.wording.quoting import in_marks

    return plain(in_marks(quote, words))


class Progress:
    """A bar for each piece of long work (`quellenlage.execution.Progress`); silent where nobody watches."""

    def __init__(self, bars: Any, settings: Settings) -> None:
        """Take rich's bars, or None."""
        self._bars = bars
        self._words = settings.words
        self._task: Any = None

    def start(self, total: int | None, label: str) -> None:
        """Begin a piece of work."""
        if self._bars is not None:
            self._task = self._bars.add_task(self._words.code("progress", label), total=total)

    def advance(self, steps: int = 1) -> None:
        """Some steps are done."""
        if self._bars is not None:
            self._bars.advance(self._task, steps)

    def finish(self) -> None:
        """The piece of work has ended."""
        if self._bars is not None:
            self._bars.remove_task(self._task)


@contextmanager
def progress_bars(settings: Settings) -> Iterator[Progress]:
    """Bars with rate and remaining time on a terminal; nothing elsewhere or with --quiet."""
    if settings.quiet or not sys.stderr.isatty():
        yield Progress(None, settings)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    words = settings.words

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(words("progress.rate", rate=words.number(round(speed, 1))) if speed else "", style="dim")

    with Bars(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bars:
        yield Progress(bars, settings)
