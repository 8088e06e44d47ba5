"""Run the stages over an article, all of them or those alone of which something changed.

A stage is run again where its own identity changed, or where what it reads was changed by a stage that was run again
and gave another result. What the others gave is taken from the stored document. So the result is that of all stages,
as long as each depends on nothing but what it declares.

Some layers are written by several stages: quotations add speakers to the mentions. What such a layer was in between is
kept beside the document, as places in what it became and the few items that are no longer in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import msgspec

from quellenlage.model.article import Article
from quellenlage.model.document import LAYERS, Document
from quellenlage.model.layers import (
    Claim,
    Derived,
    EventMention,
    LocalEntity,
    Mention,
    PlaceReading,
    Quotation,
    Sentence,
    Timex,
    Token,
)
from quellenlage.model.serial import to_json
from quellenlage.model.stage import Stage

ARTICLE = "article"
"""Name of the step that makes an article of a capture, before all stages."""

Layer = tuple[Any, ...]
States = Mapping[str, Mapping[str, Layer]]
"""By stage and layer, what a layer was after that stage, where a later one changed it."""

_TYPES: dict[str, type] = {
    "sentences": Sentence,
    "tokens": Token,
    "timexes": Timex,
    "mentions": Mention,
    "entities": LocalEntity,
    "derived": Derived,
    "places": PlaceReading,
    "quotations": Quotation,
    "claims": Claim,
    "events": EventMention,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is stored, what layers were between its stages, and the stages that have to be run again."""

    document: Document
    again: frozenset[str]
    earlier: States = field(default_factory=dict)

    def after(self, stage: str, layer: str) -> Layer:
        """What a layer was when a stage had been run."""
        found: Layer = self.earlier.get(stage, {}).get(layer, getattr(self.document, layer))
        return found


@dataclass(frozen=True, slots=True)
class Made:
    """A document, what its layers were in between, and the stages that were run for it, in order.

    `same`: it is the one that was kept.
    """

    document: Document
    earlier: bytes | None = None
    ran: tuple[str, ...] = ()
    same: bool = False


def remake(stages: Sequence[Stage], article: Callable[[], Article], kept: Kept | None = None) -> Made:
    """Make a document; of one that is kept, by what has to be run again alone."""
    new = article() if kept is None or ARTICLE in kept.again else kept.document.article
    ran = [ARTICLE] if kept is None or ARTICLE in kept.again else []
    changed = _changed_fields(new, kept.document.article) if kept else set[str]()
    document, waiting = Document(new), dict[str, Layer]()
    states: dict[str, dict[str, Layer]] = {}
    for stage in stages:
        if kept is None or stage.name in kept.again or not changed.isdisjoint(stage.needs):
            document = stage.run(_with(document, waiting))
            waiting = {}
            ran.append(stage.name)
            states[stage.name] = {layer: getattr(document, layer) for layer in stage.writes}
        elif kept is not None:
            states[stage.name] = {layer: kept.after(stage.name, layer) for layer in stage.writes}
            waiting |= states[stage.name]
        if kept is not None:
            for layer, now in states[stage.name].items():
                (changed.discard if now == kept.after(stage.name, layer) else changed.add)(layer)
    document = _with(document, waiting)
    same = kept is not None and document == kept.document
    return Made(document, pack_earlier(states, document), tuple(ran), same)


def following(stages: Sequence[Stage], again: frozenset[str]) -> frozenset[str]:
    """Stages that may have to be run because others are: they read what these write, or the article."""
    touched = {f"{ARTICLE}.{name}" for name in Article.__dataclass_fields__} if ARTICLE in again else set[str]()
    found: set[str] = set()
    for stage in stages:
        if stage.name in again or not touched.isdisjoint(stage.needs):
            found.add(stage.name)
            touched.update(stage.writes)
    return frozenset(found - again)


def pack_earlier(states: States, document: Document) -> bytes | None:
    """Compact JSON of what layers were between the stages; None where all of them are as they were written."""
    told: dict[str, dict[str, list[Any]]] = {}
    for stage, layers in states.items():
        for layer, items in layers.items():
            final = getattr(document, layer)
            if items != final:
                told.setdefault(stage, {})[layer] = list(_pieces(items, final))
    return to_json(told) if told else None


def unpack_earlier(packed: bytes | None, document: Document) -> dict[str, dict[str, Layer]]:
    """Reverse `pack_earlier`.

    Raises:
        msgspec.MsgspecError, ValueError, TypeError: the data is damaged, or is of another document.
    """
    told: dict[str, dict[str, list[Any]]] = (
        msgspec.json.decode(packed, type=dict[str, dict[str, list[Any]]]) if packed else {}
    )
    return {
        stage: {layer: tuple(_items(layer, pieces, document)) for layer, pieces in layers.items()}
        for stage, layers in told.items()
    }


def _with(document: Document, layers: Mapping[str, Layer]) -> Document:
    return replace(document, **cast(Any, layers)) if layers else document


def _changed_fields(new: Article, old: Article) -> set[str]:
    names = Article.__dataclass_fields__
    return {f"{ARTICLE}.{name}" for name in names if getattr(new, name) != getattr(old, name)}


def _pieces(items: Layer, final: Layer) -> Iterator[Any]:
    """Runs of items as place and number in the final layer; what is not there as it stands."""
    places: dict[Any, int] = {}
    for place, item in enumerate(final):
        places.setdefault(item, place)
    start, count = 0, 0
    for item in items:
        place = places.get(item, -1)
        if count and place == start + count:
            count += 1
            continue
        if count:
            yield [start, count]
        if place < 0:
            yield item
        start, count = max(place, 0), int(place >= 0)
    if count:
        yield [start, count]


def _items(layer: str, pieces: Sequence[Any], document: Document) -> Iterator[Any]:
    if layer not in LAYERS:
        raise ValueError(f"no layer {layer}")
    final = getattr(document, layer)
    for piece in pieces:
        if isinstance(piece, dict):
            yield msgspec.convert(piece, _TYPES[layer])
            continue
        start, count = piece
        found = final[start : start + count]
        if len(found) != count:
            raise ValueError(f"{layer}: no items {start} to {start + count}")
        yield from found
