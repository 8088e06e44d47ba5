"""Articles with their layers and passages; search."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from quellenlage.errors import NotFound
from quellenlage.execution import By, apply_judgements
from quellenlage.execution import search as find
from quellenlage.model import Document, Span, evidence, in_force
from quellenlage.model.listing import ArticleOrder, ArticleQuestion
from quellenlage.store import digest_as_received
from quellenlage.views.api.asking import Asked, Asking, Paged
from quellenlage.views.api.asking import Query as Parameters
from quellenlage.views.api.fields import ArticleId, Day, Name, OriginRef, StoryRef, Words, first_day, last_day
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.articles import Article, Articles, Hits, Layers, Passage
from quellenlage.views.api.problems import Moved
from quellenlage.views.exports.standoff import standoff
from quellenlage.views.records import Record, citation_record, evidence_record, hit_record
from quellenlage.views.shelves import citation_of, holdings_of_articles
from quellenlage.views.web.access.routes import limited
from quellenlage.views.web.shown.article_held import names_deleted
from quellenlage.views.web.shown.search_encoder import RESIDENT

router = APIRouter(tags=["Articles"])
search_router = APIRouter(tags=["Search"])

_MOST = 50
PASSAGE = 5000
"""Code points of a passage at most."""

Layer = Literal[
    "zones", "sentences", "tokens", "timexes", "mentions", "entities", "derived", "quotations", "claims", "events"
]

_ALL: tuple[Layer, ...] = get_args(Layer)


class ArticleQuery(Paged):
    """Of several values of one filter any will do; of several filters all must hold."""

    outlet: list[Name] = Field(default=[], max_length=_MOST)
    agency: list[Name] = Field(default=[], max_length=_MOST)
    story: list[StoryRef] = Field(default=[], max_length=_MOST)
    entity: list[Name] = Field(default=[], max_length=_MOST, description="who or what they name")
    origin: list[OriginRef] = Field(default=[], max_length=_MOST)
    since: Day | None = Field(default=None, alias="from", description="published not before")
    until: Day | None = Field(default=None, alias="to", description="published not after")
    dated: bool | None = Field(default=None, description="with or without a day of publication")
    q: Words = Field(default="", description="words that stand in one sentence")
    order: ArticleOrder = "-time"


class TextQuery(Parameters):
    """Whether the text goes along."""

    text: bool = Field(default=False, description="with the whole text, for your own use")


class LayerQuery(TextQuery):
    """Which layers."""

    layer: list[Layer] = Field(
        default_factory=lambda: list(get_args(Layer)), min_length=1, max_length=len(get_args(Layer))
    )


class PassageQuery(Parameters):
    """Which words."""

    start: int = Field(ge=0, le=100_000_000, description="first code point")
    end: int = Field(ge=1, le=100_000_000, description=f"code point behind the last one; {PASSAGE} at most are given")


class SearchQuery(Parameters):
    """What is looked for, and how."""

    q: str = Field(min_length=1, max_length=400, description='words, "a phrase" or begin*')
    by: Literal["text", "meaning", "both"] = Field(default="both", description="by words, by what is meant, or both")
    limit: int = Field(default=20, ge=1, le=200)


@router.get("/articles", response_model=Articles, dependencies=[Depends(by_stand)])
def articles(asked: Asked, query: Annotated[ArticleQuery, Query()]) -> Record:
    """List articles as they are cited."""
    question = ArticleQuestion(
        outlets=tuple(query.outlet),
        agencies=tuple(query.agency),
        stories=asked.now(query.story),
        entities=asked.entities(query.entity),
        origins=asked.now(query.origin),
        first=first_day(query.since),
        last=last_day(query.until),
        dated=query.dated,
        words=query.q,
    )
    page = asked.archive.articles(question, offset=query.offset, limit=query.limit, order=query.order)
    items = [{"record": "article", **citation_record(citation_of(card))} for card in page.items]
    return asked.part(query, items, page.total, more=page.more)


@router.get("/articles/{article}", response_model=Article)
def read_article(asked: Asked, article: ArticleId, query: Annotated[TextQuery, Query()]) -> Record:
    """Read what is known of an article; its text only where that is asked for."""
    document = _document(asked, article)
    record: Record = standoff(document, ())["article"]
    told = {
        "record": "article",
        **record,
        "text": document.text if query.text else None,
        "length": len(document.text),
        "provisional": document.article.id in asked.archive.provisional(),
    }
    return asked.by_content(told)


@router.get("/articles/{article}/layers", response_model=Layers, response_model_exclude_unset=True)
def read_layers(asked: Asked, article: ArticleId, query: Annotated[LayerQuery, Query()]) -> Record:
    """Read the stand-off layers of an article, as `quellenlage annotate` prints them.

    Names that were deleted on request are left out; what people corrected is corrected.
    """
    document = _document(asked, article)
    if judgements := in_force(asked.archive.judgements()):
        document = apply_judgements(document, judgements)
    gone = frozenset(names_deleted(document, asked.archive.suppressed()))
    record = without(standoff(document, query.layer), gone)
    record["article"]["text"] = document.text if query.text else None
    return asked.by_content(record)


@router.get("/articles/{article}/passage", response_model=Passage)
def read_passage(asked: Asked, article: ArticleId, query: Annotated[PassageQuery, Query()]) -> Record:
    """Read the exact words of an article between two offsets, as evidence: to check a quotation."""
    document = _document(asked, article)
    text, start, end = document.text, query.start, min(query.end, query.start + PASSAGE)
    if not start < end <= len(text):
        raise NotFound(
            "{article}: has no code points {start} to {end}", remedy="it has {length}", article=article, start=start,
            end=query.end, length=len(text),
        )  # fmt: skip
    words = evidence(article, text, Span(start, end), digest=digest_as_received(document))
    holdings = holdings_of_articles(asked.archive, [article])
    # Evidence of whole sentences is trimmed; what is asked for here is the very slice.
    record = {**evidence_record(words, holdings), "start": start, "end": end, "exact": text[start:end]}
    return asked.by_content({"record": "passage", "evidence": record})


@search_router.get("/search", response_model=Hits, dependencies=[Depends(limited("search", per_minute=120, burst=30))])
def search(asked: Asked, query: Annotated[SearchQuery, Query()]) -> Record:
    """Find sentences by their words, by what they mean, or both; each hit is the sentence itself."""
    RESIDENT.start()
    by = None if query.by == "both" else By(query.by)
    found = find(asked.archive, query.q, by=by, limit=query.limit, encoder=RESIDENT.encoder)
    return asked.by_content(
        {
            "by": found.by.value,
            "unread": found.unread,
            "obstacle": str(found.obstacle) if found.obstacle else None,
            "items": [hit_record(hit) for hit in found.hits],
        }
    )


def _document(asked: Asking, article: str) -> Document:
    """An article by its identifier alone. Raises Moved, NotFound."""
    now = asked.present(article)
    document = asked.archive.document(now)
    if document.article.id != now:
        raise Moved(asked.request.url.path.replace(article, document.article.id))
    return document


_LISTS = ("speaker_entities", "actors", "recipients", "told")


def without(record: Record, gone: frozenset[str]) -> Record:
    """Layers without these local entities."""
    if not gone:
        return record
    kept: dict[str, Any] = {"article": record["article"]}
    for name, items in record.items():
        if name == "article":
            continue
        kept[name] = [
            _cleared(item, gone) for item in items if item.get("entity") not in gone and not _is(item, name, gone)
        ]
    return kept


def _is(item: Record, layer: str, gone: frozenset[str]) -> bool:
    return layer == "entities" and item["id"] in gone


def _cleared(item: Record, gone: frozenset[str]) -> Record:
    """An item without references to them."""
    cleared: Record = {name: [one for one in item[name] if one not in gone] for name in _LISTS if name in item}
    if "chain" in item:
        cleared["chain"] = [[one for one in link if one not in gone] for link in item["chain"]]
    if "candidates" in item:
        cleared["candidates"] = [one for one in item["candidates"] if one.get("entity") not in gone]
    if isinstance(item.get("place"), str) and item["place"] in gone:  # of an event; of an entity it is where it lies
        cleared["place"] = None
    return {**item, **cleared}
