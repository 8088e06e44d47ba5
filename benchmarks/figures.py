"""Figures with the limit or the peer that they are held against, and tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its unit and the limit it is held against, if any; `least` says that more is better."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the limit is kept."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def bound(self) -> str:
        """The limit with its sign; empty where there is none."""
        return "" if self.limit is None else f"{'≥' if self.least else '≤'} {self.limit:,g}"


def number(value: float) -> str:
    """A value with three digits that count, or all before the point."""
    if value >= 100 or value == 0:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if value >= 10 else f"{value:,.2f}" if value >= 0.1 else f"{value:,.3f}"


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures for a terminal, one a line."""
    for one in figures:
        bound = f"({one.bound})" if one.bound else ""
        yield f"{one.name:44} {number(one.value):>12} {one.unit:22} {bound}{'' if one.kept else '  MISSED'}".rstrip()


def markdown(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as a table in Markdown, line by line."""
    yield "| measure | value | unit | limit | kept |"
    yield "| --- | ---: | --- | --- | --- |"
    for one in figures:
        kept = "" if one.limit is None else "yes" if one.kept else "**no**"
        yield f"| {one.name} | {number(one.value)} | {one.unit} | {one.bound} | {kept} |"
