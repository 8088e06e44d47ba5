"""Claims, events, entities, conflicts and doubts as tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from quellenlage.model import Evidence, fold
from quellenlage.views.holdings import Chain, Holdings
from quellenlage.views.wording.numbers import surface_unit
from quellenlage.views.wording.quoting import quoted

Row = tuple[object, ...]
_CITED = ("article", "source", "outlet", "headline", "published", "start", "end", "quote")
HEADS: dict[str, tuple[str, ...]] = {
    "claims": (
        "id", "chain", "evidentiality", "polarity", "score", "form", "said", "channel", "statement", "occasions",
        "printed", *_CITED,
    ),
    "events": (
        "id", "position", "story", "event_type", "time", "earliest", "latest", "actors", "recipients", "place",
        "factuality", "informants", "origins", "reprints", "account_factuality", "account_chain", "account_origin",
        "reprint_of", "figures", *_CITED,
    ),
    "entities": ("id", "kind", "name", "spellings", "offices", "articles", "perhaps"),
    "conflicts": ("id", "event", "kind", "about", "value", "chain", "origin", *_CITED),
    "doubts": (
        "one", "other", "merged", "score", "value", "reasons", "side", "entity", "kind", "name", "articles", "office",
        *_CITED,
    ),
}  # fmt: skip
"""Columns of each table; events have a row for every account, conflicts and doubts one for every side."""


def tables(holdings: Holdings) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each table's name with its rows."""
    yield "claims", _claims(holdings)
    yield "events", _events(holdings)
    yield "entities", _entities(holdings)
    yield "conflicts", _conflicts(holdings)
    yield "doubts", _doubts(holdings)


def write_csv(holdings: Holdings, target: Path) -> list[Path]:
    """Write the tables into a folder, or into one zip file where the target ends in `.zip`.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.

    Raises:
        OSError: the target cannot be written.
    """
    if target.suffix.lower() == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, rows in tables(holdings):
                # A fixed date keeps the file the same for the same archive.
                packed.writestr(zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0)), _csv(name, rows))
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in tables(holdings):
        path = target / f"{name}.csv"
        path.write_text(_csv(name, rows), encoding="utf-8-sig", newline="")
        written.append(path)
    return written


def _csv(name: str, rows: Iterable[Row]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADS[name])
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return buffer.getvalue()


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + cell
    return "" if cell is None else cell


def _cited(evidence: Evidence, holdings: Holdings) -> Row:
    citation = holdings.cite(evidence.article)
    cut = quoted(evidence)
    published = citation.published.value if citation.published else None
    return (
        evidence.article, citation.source, citation.outlet, citation.headline, published, cut.start, cut.end, cut.exact,
    )  # fmt: skip


def _chain(chain: Chain, holdings: Holdings) -> str:
    return " > ".join(" + ".join(names) for names in holdings.chain_names(chain))


def _claims(holdings: Holdings) -> Iterator[Row]:
    for c in holdings.claims:
        said, channel = c.said.value if c.said else None, c.channel.value if c.channel else None
        one = holdings.statement_of.get(c.key)
        counted = (one.id, len(one.occasions), holdings.printed(one)) if one else (None, None, None)
        head = (c.key, _chain(c.chain, holdings), c.evidentiality.value, c.polarity.value, c.score)
        told = (*head, c.form, said, channel, *counted)
        yield (*told, *_cited(c.evidence[0], holdings))


def _events(holdings: Holdings) -> Iterator[Row]:
    line = {entry.event: entry for entry in holdings.linked.chronicle}
    for e in holdings.linked.events:
        entry = line.get(e.id)
        borne = e.corroboration
        head = (
            e.id, entry.position if entry else None, entry.story if entry else None, e.event_type, e.time,
            e.earliest, e.latest, "; ".join(holdings.names(e.actors)), "; ".join(holdings.names(e.recipients)),
            holdings.name(e.place), e.factuality.value, len(borne.informants), len(borne.origins), borne.reprints,
        )  # fmt: skip
        for a in e.accounts:
            figures = "; ".join(f"{_bound(f.low)}..{_bound(f.high)} {surface_unit([f])}" for f in a.figures)
            origin = holdings.origin_name(a.origin)
            told = (a.factuality.value, _chain(a.chain, holdings), origin, a.reprint_of, figures)
            yield (*head, *told, *_cited(a.evidence, holdings))


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _entities(holdings: Holdings) -> Iterator[Row]:
    for e in holdings.linked.entities:
        offices = "; ".join({fold(o.text): o.text for o in e.offices}.values())
        perhaps = "; ".join(f"{other.name} ({other.entity.id})" for _, other in holdings.perhaps(e.id))
        head = (e.id, e.kind.value, e.name, "; ".join(e.spellings), offices)
        yield (*head, len({m.article for m in e.members}), perhaps)


def _conflicts(holdings: Holdings) -> Iterator[Row]:
    for c in holdings.linked.conflicts:
        for s in c.sides:
            head = (c.id, c.event, c.kind.value, c.about, s.value, _chain(s.chain, holdings))
            yield (*head, holdings.origin_name(s.origin), *_cited(s.evidence, holdings))


def _doubts(holdings: Holdings) -> Iterator[Row]:
    for d in holdings.doubts:
        head = (d.one, d.other, d.merged, d.score, d.value, "; ".join(d.reasons))
        for side in holdings.sides(d) or ():
            told = (side.id, side.entity.id, side.entity.kind.value, side.name, side.articles, side.office)
            cited = _cited(side.evidence, holdings) if side.evidence else (None,) * len(_CITED)
            yield (*head, *told, *cited)
