"""The archive as a whole: counts, what is linked, who asks, exports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import IO, Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from quellenlage import __version__
from quellenlage.errors import BadInput
from quellenlage.views.api.asking import Asked, Asking, bare
from quellenlage.views.api.asking import Query as Parameters
from quellenlage.views.api.fields import Day, EventType, Name, StoryRef, first_day, last_day
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.work import Archive, Me
from quellenlage.views.api.problems import Conflicting
from quellenlage.views.exports.formats import FORMATS, Order, check, write
from quellenlage.views.holdings import Selection
from quellenlage.views.locale import words_for
from quellenlage.views.records import Record
from quellenlage.views.web.access.refusing import Refused
from quellenlage.views.web.access.roles import TEXTS
from quellenlage.views.web.access.routes import limited
from quellenlage.views.web.jobs.waiting import undecided_since

router = APIRouter(tags=["Archive"])

_PIECE = 1 << 16
_IN_MEMORY = 8 << 20
_AT_ONCE = BoundedSemaphore(2)
"""Exports that are being made: each may read the whole archive."""

Format = Literal[
    "jsonl", "csv", "parquet", "ftm", "geojson", "jsonld", "timelinejs", "timeml", "uima", "html", "md", "docx", "pdf"
]


class ExportQuery(Parameters):
    """Which part, in which language, with or without whole articles."""

    lang: Literal["de", "en"] = Field(default="de", description="language of labels; quoted words stay as they are")
    full_text: bool = Field(default=False, description="with whole articles, for your own use")
    story: list[StoryRef] = Field(default=[], max_length=50)
    entity: list[Name] = Field(default=[], max_length=50, description="who or what takes part")
    place: list[Name] = Field(default=[], max_length=50)
    type: list[EventType] = Field(default=[], max_length=50)
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")

    def selection(self, asked: Asking) -> Selection | None:
        """What part is asked for, None for all of it. Raises NotFound for a name that nobody bears."""
        asks = self.story or self.entity or self.place or self.type or self.since or self.until
        if not asks:
            return None
        return Selection(
            stories=frozenset(asked.now(self.story)) if self.story else None,
            actors=frozenset(asked.entities(self.entity)) if self.entity else None,
            places=frozenset(asked.entities(self.place)) if self.place else None,
            first=first_day(self.since),
            last=last_day(self.until),
            types=frozenset(self.type) if self.type else None,
        )


@router.get("/archive", response_model=Archive, dependencies=[Depends(bare)])
def archive(asked: Asked) -> Record:
    """Read how much there is, what it was linked from, and which version of the program serves it."""
    found = asked.archive
    totals, counts = found.totals(), found.counts()
    more = {
        "lines": totals.lines,
        "stories": totals.stories,
        "origins": totals.origins,
        "open_conflicts": totals.open_conflicts,
    }
    return asked.by_content(
        {
            "record": "archive",
            "version": __version__,
            "fingerprint": found.linked_fingerprint(),
            "provisional": len(found.provisional()),
            "earliest": totals.earliest.isoformat() if totals.earliest else None,
            "latest": totals.latest.isoformat() if totals.latest else None,
            "counts": {**counts, **more},
            "waiting": undecided_since(found),
            "formats": list(FORMATS),
        }
    )


@router.get("/me", response_model=Me, dependencies=[Depends(bare)])
def me(asked: Asked) -> Record:
    """Read under whose name and with which role you ask."""
    return asked.by_content({"name": asked.user.name, "role": asked.user.role.value})


@router.get(
    "/export/{format}",
    response_class=StreamingResponse,
    responses={200: {"content": {one.media_type: {} for one in FORMATS.values()}, "description": "the export"}},
    dependencies=[Depends(by_stand), Depends(limited("export", per_minute=6, burst=3))],
)
def export(
    asked: Asked,
    format: Annotated[Format, Path(description="its name on the command line")],
    query: Annotated[ExportQuery, Query()],
) -> StreamingResponse:
    """Export the archive, or a part of it, with citations; never whole articles unless `full_text` is asked for.

    `jsonl` always holds the whole archive; `timeml` and `uima` consist of whole articles, which are for editors and
    those who manage.
    """
    if query.full_text and not asked.user.role.covers(TEXTS):
        raise Refused(403, "role")
    order = Order(asked.archive, words_for(query.lang), query.selection(asked), full_text=query.full_text)
    try:
        kind = check(format, order)
    except BadInput as error:
        raise Conflicting(error) from error
    if not _AT_ONCE.acquire(blocking=False):
        raise HTTPException(503, "other exports are being made", {"Retry-After": "10"})
    try:
        made: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
        write(format, order, made)  # type: ignore[arg-type]  # by `check`
    finally:
        _AT_ONCE.release()
    headers = {
        "Content-Disposition": f'attachment; filename="quellenlage{kind.suffix}"',
        "Content-Length": str(made.tell()),
        "ETag": asked.response.headers["ETag"],
    }
    made.seek(0)
    return StreamingResponse(_pieces(made), media_type=kind.media_type, headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
