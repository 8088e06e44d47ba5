"""Gold annotation of articles after the annotation guideline, in one form for every scorer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quellenlage.evaluation import data
from quellenlage.model import AUTHOR, Document, Span


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A place that refers to an entity, with its form (name, noun, pronoun)."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """What mentions of one article refer to."""

    id: str
    kind: str
    name: str
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A passage on somebody's word; `quoted` is true where it is a quotation, false for "soll", "laut X"."""

    id: str
    spans: tuple[Span, ...]
    chain: tuple[frozenset[str], ...]
    evidentiality: str
    polarity: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A number of an event; None is an open end."""

    span: Span
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A happening, by its most informative mention."""

    id: str
    type: str
    trigger: Span
    actors: frozenset[str]
    recipients: frozenset[str]
    place: str | None
    time: str | None
    factuality: str
    word_of: str
    quantities: tuple[GoldQuantity, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """What a person found in one article; offsets are those of the text that was analysed."""

    name: str
    entities: tuple[GoldEntity, ...]
    claims: tuple[GoldClaim, ...]
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An article as annotated by a person and as annotated by us."""

    gold: GoldArticle
    document: Document


def cases() -> Iterator[Case]:
    """Articles of the gold folder with our analysis, publication dates given as in use."""
    texts = {text.number: text for text in data.news("dev")}
    for path in sorted(data.folder("gold").glob("*.json")):
        text = texts[path.stem]
        raw = json.loads(path.read_text(encoding="utf-8"))
        yield Case(read(path.stem, raw, text), data.analysed(text.text, raw["published"]))


def data_sha256() -> str:
    """Digest of the annotation and of the file that holds the texts."""
    return data.digest(data.folder("gold"), data.folder("quotations", "dev.jsonl"))


def read(name: str, raw: Mapping[str, Any], text: data.NewsText) -> GoldArticle:
    """Bring one gold file into the common form; quotations give their words from the quotation corpus."""
    quotes = {item["id"]: _spans(item["quote"]["spans"]) for item in text.raw["annotations"]}
    return GoldArticle(
        name=name,
        entities=tuple(
            GoldEntity(
                item["id"],
                item["kind"],
                item["name"],
                tuple(GoldMention(m["start"], m["end"], m["form"]) for m in item["mentions"]),
            )
            for item in raw["entities"]
        ),
        claims=tuple(
            GoldClaim(
                id=item["id"],
                spans=quotes.get(item["quote"]) or (Span(item["text_start"], item["text_end"]),),
                chain=tuple(frozenset(link) for link in item["chain"]),
                evidentiality=item["evidentiality"],
                polarity=item["polarity"],
                quoted=item["quote"] is not None,
            )
            for item in raw["claims"]
        ),
        events=tuple(_event(item, text.text) for item in raw["events"]),
    )


def _spans(raw: list[dict[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(item["charBegin"], item["charEnd"]) for item in raw)


def _event(item: Mapping[str, Any], text: str) -> GoldEvent:
    trigger = Span(item["trigger"]["start"], item["trigger"]["end"])
    quantities = []
    for quantity in item["quantities"]:
        span = nearest(text, quantity["text"], trigger.start)
        if span:
            quantities.append(GoldQuantity(span, quantity["low"], quantity["high"]))
    return GoldEvent(
        id=item["id"],
        type=item["type"],
        trigger=trigger,
        actors=frozenset(item["actors"]),
        recipients=frozenset(item["recipients"]),
        place=item["place"],
        time=item["time"],
        factuality=item["factuality"],
        word_of=item.get("word_of", AUTHOR),
        quantities=tuple(quantities),
    )


def nearest(text: str, words: str, place: int) -> Span | None:
    """Return the occurrence of some words that begins nearest to a place; the gold gives numbers without offsets."""
    found: Span | None = None
    at = text.find(words)
    while at >= 0 and words:
        if found is None or abs(at - place) < abs(found.start - place):
            found = Span(at, at + len(words))
        at = text.find(words, at + 1)
    return found
