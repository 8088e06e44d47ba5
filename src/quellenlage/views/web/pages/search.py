"""Search by full text and by meaning: every hit is the sentence itself and opens there; names and stories first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from quellenlage.execution import By, Found
from quellenlage.execution import search as find
from quellenlage.model import Archive
from quellenlage.views.web.links import page_of, with_query
from quellenlage.views.web.page import Asked
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.shown.search_encoder import RESIDENT, Stand
from quellenlage.views.web.shown.search_hits import FIELDS, Chosen, Hits, in_order, shown_hit
from quellenlage.views.web.shown.search_names import COMPLETED, fitting, meant

router = APIRouter()

LIMIT = 200
"""Hits that are looked at; facets count among these."""
SIZE = 25
LONGEST = 1_000
"""Letters of a request that are read."""
Order = Literal["relevance", "time", "-time"]


@dataclass(frozen=True, slots=True)
class Sought:
    """What the address asks for: the request, how to look for it, what its hits are narrowed to."""

    q: str = ""
    by: By | Literal[""] = By.BOTH
    order: Order | Literal[""] = "relevance"
    outlet: str = ""
    year: str = ""
    entity: str = ""
    zone: str = ""
    offset: int = 0


@router.get("/search")
def search(page: Asked, sought: Annotated[Sought, Depends()]) -> Response:
    """The page with what was found."""
    RESIDENT.start()
    query = " ".join(sought.q[:LONGEST].split())
    by, order = sought.by or By.BOTH, sought.order or "relevance"
    if not query:
        return page.render(
            "search.html", block="results", reads=(), query="", by=by.value, order=order, stand=RESIDENT.stand
        )
    found = _found(page.archive, query, by)
    worded = any(hit.text_score is not None for hit in found.hits)
    hits = Hits(page.archive, found.hits)
    chosen = Chosen(sought.outlet, sought.year, sought.entity, sought.zone)
    asked = {"q": query, "by": None if by is By.BOTH else by.value, "order": None if order == "relevance" else order}
    narrowed = in_order(hits.narrowed(chosen), hits, order)
    start = max(0, min(sought.offset, (len(narrowed) - 1) // SIZE * SIZE))
    where = pager("/search", {**asked, **chosen.given()}, len(narrowed), start, size=SIZE)
    facets = [
        (name, [(value, *_link(asked, chosen, name, value.value)) for value in hits.facet(name, chosen, page.say)])
        for name in FIELDS
    ]
    return page.render(
        "search.html",
        block="results",
        reads=(),
        query=query,
        by=by.value,
        order=order,
        stand=RESIDENT.stand,
        found=found,
        hits=[shown_hit(hit, hits, query, page.words) for hit in narrowed[start : start + SIZE]],
        total=len(found.hits),
        limited=len(found.hits) >= LIMIT,
        limit=LIMIT,
        where=where,
        facets=facets,
        chosen=chosen.given(),
        cleared=with_query("/search", asked),
        names=fitting(page.archive, query, page.words),
        stories=[(one, page_of(one.id)) for one in page.archive.story_cards(query, limit=3).items],
        worded=worded,
        meant=[] if worded else meant(page.archive, query, page.words),
        fewer=[] if worded else _fewer(page.archive, query),
    )


@router.get("/search/names")
def names(page: Asked, q: str = "") -> Response:
    """Names that begin like what is being typed, as a part of a page."""
    return page.render("search_names.html", names=fitting(page.archive, q[:LONGEST], page.words, COMPLETED))


def _found(archive: Archive, query: str, by: By) -> Found:
    """Text alone as long as the model is not in memory: nobody waits for it."""
    encoder = RESIDENT.encoder
    if encoder is None and RESIDENT.stand is not Stand.MISSING:
        return find(archive, query, by=By.TEXT, limit=LIMIT)
    if encoder is None:
        return find(archive, query, by=None if by is By.BOTH else By.TEXT, limit=LIMIT)
    return find(archive, query, by=None if by is By.BOTH else by, limit=LIMIT, encoder=encoder)


def _link(asked: Mapping[str, object | None], chosen: Chosen, name: str, value: str) -> tuple[bool, str]:
    """Whether a value is chosen, and the address that chooses it, or lets it go."""
    given = chosen.given()
    on = given.get(name) == value
    others = {key: held for key, held in given.items() if key != name}
    return on, with_query("/search", {**asked, **others, **({} if on else {name: value})})


def _fewer(archive: Archive, query: str) -> list[tuple[str, str]]:
    """Single words of a request that found nothing, or their beginnings, which find something."""
    words = dict.fromkeys(word.strip('"„“”«»*.,;:') for word in query.split())
    tries = [word for word in words if word] if len(words) > 1 else []
    tries += [f"{word[: max(4, len(word) - 3)]}*" for word in words if len(word) > 5]
    return [(one, with_query("/search", {"q": one})) for one in tries[:8] if archive.search(one, limit=1)][:4]
