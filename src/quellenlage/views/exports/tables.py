"""Claims, events, entities, conflicts, doubts and origins as tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quellenlage.execution import SpeakerCorrected
from quellenlage.model import Conflict, Corrected, Doubt, Entity, Event, Evidence, Origin, fold
from quellenlage.views.exports.part import Part
from quellenlage.views.holdings import Chain, ClaimLine, Holdings
from quellenlage.views.pseudonyms import current, veiled
from quellenlage.views.wording.lines import place_of
from quellenlage.views.wording.numbers import surface_unit
from quellenlage.views.wording.quoting import quoted

Row = tuple[object, ...]
"""Cells: text, numbers, days, several names as a tuple, a chain as lists of names."""
_CITED = ("article", "source", "outlet", "headline", "published", "start", "end", "quote")
HEADS: dict[str, tuple[str, ...]] = {
    "claims": (
        "id", "chain", "corrected", "speaker_read", "evidentiality", "polarity", "score", "form", "said", "channel",
        "statement", "occasions", "printed", *_CITED,
    ),
    "events": (
        "id", "position", "story", "event_type", "time", "earliest", "latest", "actors", "recipients", "place",
        "corrected", "factuality", "informants", "origins", "reprints", "account_time", "account_place",
        "account_factuality", "account_chain", "account_origin", "reprint_of", "figures", *_CITED,
    ),
    "entities": ("id", "kind", "name", "spellings", "offices", "articles", "perhaps"),
    "conflicts": ("id", "event", "kind", "about", "value", "chain", "origin", *_CITED),
    "doubts": (
        "one", "other", "merged", "score", "value", "reasons", "side", "entity", "kind", "name", "articles", "office",
        *_CITED,
    ),
    "origins": ("id", "kind", "name", "role", "article", "source", "outlet", "headline", "published"),
}  # fmt: skip
"""Columns of each table; events have a row for every account, conflicts and doubts one for every side, origins one for
every article: its `role` is "own", "reprint", or "relay" for what tells on the word of the origin."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the tables are made of: all that an archive holds, or what stands on one page."""

    claims: Iterable[ClaimLine] = ()
    events: Iterable[Event] = ()
    entities: Iterable[Entity] = ()
    conflicts: Iterable[Conflict] = ()
    doubts: Iterable[Doubt] = ()
    origins: Iterable[Origin] = ()

    @classmethod
    def all(cls, holdings: Holdings) -> Chosen:
        """Everything."""
        linked = holdings.linked
        return cls(holdings.claims, linked.events, linked.entities, linked.conflicts, holdings.doubts, linked.origins)

    @classmethod
    def of(cls, part: Part, holdings: Holdings) -> Chosen:
        """A part of the chronicle, with the doubts about whom it names."""
        doubts = {id(doubt): doubt for entity in part.entities for doubt in holdings.doubts_of.get(entity.id, ())}
        return cls(part.claims, part.events, part.entities, part.conflicts, tuple(doubts.values()), part.origins)


def tables(holdings: Holdings, chosen: Chosen | None = None) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each table's name with its rows."""
    taken = chosen or Chosen.all(holdings)
    made = {
        "claims": _claims(taken.claims, holdings),
        "events": _events(taken.events, holdings),
        "entities": _entities(taken.entities, holdings),
        "conflicts": _conflicts(taken.conflicts, holdings),
        "doubts": _doubts(taken.doubts, holdings),
        "origins": _origins(taken.origins, holdings),
    }
    for name, rows in made.items():
        yield name, rows if current() is None else _without_names(name, rows)


def _without_names(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    cited = [head in {"quote", "headline"} for head in HEADS[name]]
    for row in rows:
        yield tuple(veiled(cell, cited=words) for cell, words in zip(row, cited, strict=True))


def csv_files(holdings: Holdings, chosen: Chosen | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """A CSV file for each table."""
    for name, rows in tables(holdings, chosen):
        yield f"{name}.csv", [csv_table(name, rows)]


def csv_table(name: str, rows: Iterable[Row]) -> bytes:
    """A table as CSV with the mark by which spreadsheets know UTF-8.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. Several names in one cell stand with
    semicolons between them, the links of a chain with ">".
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADS[name])
    for row in rows:
        writer.writerow([_safe(_flat(cell)) for cell in row])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _flat(cell: object) -> object:
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if isinstance(cell, list):
        return " > ".join(" + ".join(link) for link in cell)
    return cell


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


def _chain(chain: Chain, holdings: Holdings) -> list[list[str]]:
    return holdings.chain_names(chain)


def _claims(claims: Iterable[ClaimLine], holdings: Holdings) -> Iterator[Row]:
    for c in claims:
        said, channel = c.said.value if c.said else None, c.channel.value if c.channel else None
        one = holdings.statement_of.get(c.key)
        counted = (one.id, len(one.occasions), holdings.printed(one)) if one else (None, None, None)
        by_hand = (_corrected(c.corrected, "speaker"),) if c.corrected else ()
        read = tuple(holdings.names(c.corrected.read)) if c.corrected else ()
        head = (c.key, _chain(c.chain, holdings), by_hand, read, c.evidentiality.value, c.polarity.value, c.score)
        told = (*head, c.form, said, channel, *counted)
        yield (*told, *_cited(c.evidence[0], holdings))


def _events(events: Iterable[Event], holdings: Holdings) -> Iterator[Row]:
    line = {entry.event: entry for entry in holdings.linked.chronicle}
    for e in events:
        entry = line.get(e.id)
        borne = e.corroboration
        by_hand = tuple(_corrected(one, one.field) for one in e.corrected)
        head = (
            e.id, entry.position if entry else None, entry.story if entry else None, e.event_type, e.time,
            e.earliest, e.latest, tuple(holdings.names(e.actors)), tuple(holdings.names(e.recipients)),
            place_of(e, holdings), by_hand, e.factuality.value, len(borne.informants),
            len(borne.origins), borne.reprints,
        )  # fmt: skip
        for a in e.accounts:
            figures = tuple(f"{_bound(f.low)}..{_bound(f.high)} {surface_unit([f])}" for f in a.figures)
            origin = holdings.origin_name(a.origin)
            said = (a.time, holdings.name(a.place), a.factuality.value)
            told = (*said, _chain(a.chain, holdings), origin, a.reprint_of, figures)
            yield (*head, *told, *_cited(a.evidence, holdings))


def _corrected(one: Corrected | SpeakerCorrected, field: str) -> str:
    """A correction by hand: "time = 2021-03-10 (A. Muster, 2026-11-23T08:00:00Z: Protokoll)"."""
    why = f": {one.note}" if one.note else ""
    return f"{field} = {one.value} ({one.author}, {one.made_at}{why})"


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _entities(entities: Iterable[Entity], holdings: Holdings) -> Iterator[Row]:
    for e in entities:
        offices = tuple({fold(o.text): o.text for o in e.offices}.values())
        perhaps = tuple(f"{other.name} ({other.entity.id})" for _, other in holdings.perhaps(e.id))
        head = (e.id, e.kind.value, e.name, e.spellings, offices)
        yield (*head, len({m.article for m in e.members}), perhaps)


def _conflicts(conflicts: Iterable[Conflict], holdings: Holdings) -> Iterator[Row]:
    for c in conflicts:
        for s in c.sides:
            head = (c.id, c.event, c.kind.value, c.about, s.value, _chain(s.chain, holdings))
            yield (*head, holdings.origin_name(s.origin), *_cited(s.evidence, holdings))


def _doubts(doubts: Iterable[Doubt], holdings: Holdings) -> Iterator[Row]:
    for d in doubts:
        head = (d.one, d.other, d.merged, d.score, d.value, d.reasons)
        for side in holdings.sides(d) or ():
            told = (side.id, side.entity.id, side.entity.kind.value, side.name, side.articles, side.office)
            cited = _cited(side.evidence, holdings) if side.evidence else (None,) * len(_CITED)
            yield (*head, *told, *cited)


def _origins(origins: Iterable[Origin], holdings: Holdings) -> Iterator[Row]:
    for one in origins:
        reprints = frozenset(one.reprints)
        roles = [(article, "reprint" if article in reprints else "own") for article in one.articles]
        for article, role in (*roles, *((article, "relay") for article in one.relayed)):
            citation = holdings.cite(article)
            published = citation.published.value if citation.published else None
            head = (one.id, one.kind.value, one.name, role)
            yield (*head, article, citation.source, citation.outlet, citation.headline, published)
