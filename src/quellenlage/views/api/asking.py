"""A request to the API with what its operations need: the archive, who asks, parts of lists, present identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self
from urllib.parse import urlencode

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import Response

from quellenlage.errors import NotFound
from quellenlage.model import Archive
from quellenlage.model.listing import EntityQuestion
from quellenlage.views.api import freshness
from quellenlage.views.api.fields import first_day, last_day
from quellenlage.views.api.problems import Moved
from quellenlage.views.records import Record
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.jobs import Jobs
from quellenlage.views.web.workbench import workbench_of

MOST = 200
"""Items of a part of a list."""
CUT = 1000
"""Identifiers in a record of one thing."""
_BEARERS = 50
"""Entities that one name may mean in a filter."""


class Query(BaseModel):
    """Parameters of an address: others are refused, not overlooked."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse a last day before the first one: there is no day between them."""
        since, until = first_day(getattr(self, "since", None)), last_day(getattr(self, "until", None))
        if since and until and until < since:
            raise PydanticCustomError("reversed", "`to` is before `from`: there is no day between them")
        return self


class Paged(Query):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="items at most")
    offset: int = Field(0, ge=0, le=1_000_000, description="items before the first one")


@dataclass(frozen=True, slots=True)
class Asking:
    """A request and the answer that is being made."""

    request: Request
    response: Response

    @property
    def archive(self) -> Archive:
        """The archive being served."""
        return workbench_of(self.request).archive

    @property
    def jobs(self) -> Jobs:
        """The background work."""
        return workbench_of(self.request).jobs

    @property
    def user(self) -> User:
        """Who asks."""
        found: User = self.request.state.user
        return found

    def present(self, identifier: str) -> str:
        """The identifier itself. Raises Moved where another one stands for it now."""
        now = self.archive.resolve(identifier)
        if now != identifier:
            url = self.request.url
            path = url.path.replace(identifier, now)
            raise Moved(f"{path}?{url.query}" if url.query else path)
        return identifier

    def entities(self, names: Iterable[str]) -> tuple[str, ...]:
        """Who goes by names or identifiers; a name means all who bear just it, else all of whose name it is a part.

        Raises:
            NotFound: nobody and nothing goes by one of them.
        """
        found: list[str] = []
        for name in names:
            if name.startswith("ent-"):
                known = list(self.archive.entities_by_id([self.archive.resolve(name)]))
            else:
                known = [card.id for card in self.archive.entities(EntityQuestion(words=name), limit=_BEARERS).items]
            if not known:
                raise nobody(name)
            found += known
        return tuple(dict.fromkeys(found))

    def now(self, identifiers: Iterable[str]) -> tuple[str, ...]:
        """Present identifiers of what is named in a filter."""
        return tuple(dict.fromkeys(self.archive.resolve(one) for one in identifiers))

    def part(self, paged: Paged, items: Sequence[Record], total: int, *, more: bool = False) -> Record:
        """A part of a list, with the addresses of the other parts in the header Link; `more`: not all were counted."""
        self._link(paged, total, more=more)
        where = {"total": total, "total_is_exact": not more, "offset": paged.offset, "limit": paged.limit}
        return {**where, "items": list(items)}

    def _link(self, paged: Paged, total: int, *, more: bool) -> None:
        wanted = {"first": 0}
        if paged.offset:
            wanted["prev"] = max(0, paged.offset - paged.limit)
        if paged.offset + paged.limit < total:
            wanted["next"] = paged.offset + paged.limit
            if not more:
                wanted["last"] = (total - 1) // paged.limit * paged.limit
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k not in {"offset", "limit"}]
        self.response.headers["Link"] = ", ".join(
            f'<{self.request.url.path}?{urlencode([*kept, ("limit", paged.limit), ("offset", offset)])}>; rel="{rel}"'
            for rel, offset in wanted.items()
        )

    def by_content(self, record: Record) -> Record:
        """The record with a tag of what it says. Raises NotModified."""
        freshness.by_content(self.request, self.response, record)
        return record

    def at(self, path: str, status: int) -> None:
        """Say where what was made is found."""
        self.response.status_code = status
        self.response.headers["Location"] = f"{self.request.scope['root_path']}{path}"


def _asked(request: Request, response: Response) -> Asking:
    return Asking(request, response)


def bare(request: Request) -> None:
    """Refuse parameters where an operation has none. Raises RequestValidationError."""
    if request.query_params:
        errors = [{"type": "extra_forbidden", "loc": ("query", name), "msg": ""} for name in request.query_params]
        raise RequestValidationError(errors)


Asked = Annotated[Asking, Depends(_asked)]


def nobody(name: str) -> NotFound:
    """The error that nothing goes by a name."""
    return NotFound("{reference}: nobody and nothing goes by that name", remedy="search for it", reference=name)


def unknown(identifier: str) -> NotFound:
    """The error that there is nothing under an identifier."""
    return NotFound(
        "{reference}: there is nothing of this identifier", remedy="list what there is", reference=identifier
    )


def first(items: Iterable[Any], identifier: str) -> Any:
    """The one thing that was found. Raises NotFound."""
    found = next(iter(items), None)
    if found is None:
        raise unknown(identifier)
    return found
