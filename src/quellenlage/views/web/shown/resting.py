"""Who rests on whom, drawn in two columns and told in a table: origins to the left, papers that print them right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.model.listing import Resting
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of, with_query

MOST = 28
"""Names in a column; what has fewer articles is counted under the last line."""

_ROW, _TOP, _LEFT, _RIGHT = 26.0, 20.0, 330.0, 670.0
_NARROW, _WIDE = 1.2, 15.0  # strokes of the edges with fewest and most articles
_THIN = 2.0  # stroke of an edge that is no print


@dataclass(frozen=True, slots=True)
class Node:
    """A name where it stands; `y` is the middle of its line, `key` what its edges name it by."""

    key: str
    name: str
    href: str
    y: float
    articles: int
    known: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """That a paper prints an origin: the names it joins, the curve, its width, and what it means in words."""

    origin: str
    outlet: str
    path: str
    width: float
    reprints: bool
    relays: bool
    told: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing in units of a width of 1000; `left_out` counts origins and papers that are in the table alone."""

    height: float
    origins: list[Node]
    outlets: list[Node]
    edges: list[Edge]
    left_out: tuple[int, int]


def drawn(rows: Sequence[Resting], words: Words, unknown: str) -> Drawn:
    """Lay out who rests on whom, those of most articles above; `unknown` stands for papers without a name."""
    weights: dict[str, int] = {}
    papers: dict[str, int] = {}
    for row in rows:
        weights[row.origin] = weights.get(row.origin, 0) + _weight(row)
        papers[row.outlet or ""] = papers.get(row.outlet or "", 0) + _weight(row)
    origins, outlets = _first(weights), _first(papers)
    names = {row.origin: row.name for row in rows}
    left = {
        one: Node(f"origin-{n}", names[one], page_of(one), _row(n), weights[one], known=True)
        for n, one in enumerate(origins)
    }
    right = {
        one: Node(f"paper-{n}", one or unknown, _printed(one), _row(n), papers[one], known=bool(one))
        for n, one in enumerate(outlets)
    }
    shown = [row for row in rows if row.origin in left and (row.outlet or "") in right]
    most = max((_weight(row) for row in shown), default=1)
    return Drawn(
        height=_TOP + _ROW * max(len(left), len(right), 1),
        origins=list(left.values()),
        outlets=list(right.values()),
        edges=[_edge(row, left[row.origin], right[row.outlet or ""], most, words) for row in shown],
        left_out=(len(weights) - len(left), len(papers) - len(right)),
    )


def _weight(row: Resting) -> int:
    return row.articles + row.relayed


def _first(weights: dict[str, int]) -> list[str]:
    return sorted(weights, key=lambda one: (-weights[one], one))[:MOST]


def _printed(outlet: str) -> str:
    return with_query("/articles", {"outlet": outlet})


def _row(number: int) -> float:
    return _TOP + _ROW * number


def _edge(row: Resting, start: Node, end: Node, most: int, words: Words) -> Edge:
    width = _NARROW + (_WIDE - _NARROW) * (_weight(row) / most) ** 0.5
    middle = (_LEFT + _RIGHT) / 2
    told = [words.count("count.articles", row.articles)] if row.articles else []
    told += [words.count("count.reprints", row.reprints)] if row.reprints else []
    told += [words.count("count.relaying", row.relayed)] if row.relayed else []
    return Edge(
        origin=start.key,
        outlet=end.key,
        path=f"M{_LEFT} {start.y}C{middle} {start.y} {middle} {end.y} {_RIGHT} {end.y}",
        width=round(width, 1) if row.articles else _THIN,
        reprints=row.articles > 0 and row.reprints == row.articles,
        relays=row.articles == 0,
        told=f"{start.name} → {end.name}: {', '.join(told)}",
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    origin: str
    origin_href: str
    outlet: str
    outlet_href: str
    own: int
    reprints: int
    relayed: int


def table(rows: Iterable[Resting], unknown: str) -> list[Row]:
    """The same as the drawing, all of it."""
    return [
        Row(
            origin=row.name,
            origin_href=page_of(row.origin),
            outlet=row.outlet or unknown,
            outlet_href=_printed(row.outlet) if row.outlet else "",
            own=row.articles - row.reprints,
            reprints=row.reprints,
            relayed=row.relayed,
        )
        for row in rows
    ]
