"""Tags of answers: the same as long as nothing of the archive changed, so that nobody asks twice for the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quellenlage import __version__
from quellenlage.model import Archive
from quellenlage.model.listing import ArticleQuestion
from quellenlage.views.api.problems import NotModified
from quellenlage.views.web.workbench import workbench_of


def stand(archive: Archive) -> tuple[object, ...]:
    """What all that spans articles depends on: the link, what was added to it, articles, decisions."""
    linked = archive.linked_stand()
    return (
        __version__,
        archive.linked_fingerprint(),
        (linked.basis, linked.sequence) if linked else None,
        len(archive.provisional()),
        archive.articles(ArticleQuestion(), limit=1).total,
        len(archive.judgements()),
    )


def tag(*parts: object) -> str:
    """A strong entity tag of what an answer depends on."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def by_stand(request: Request, response: Response) -> None:
    """Answer 304 where nothing changed since the same address was asked; the tag has the address in it.

    Raises:
        NotModified: who asks has this answer.
    """
    if request.method == "GET":
        made = tag(stand(workbench_of(request).archive), request.url.path, request.url.query)
        settle(request, response, made)


def by_content(request: Request, response: Response, record: Mapping[str, Any]) -> None:
    """The same by what the answer says, where the stand of the archive does not tell all of it. Raises NotModified."""
    told = json.dumps(record, sort_keys=True, default=str, ensure_ascii=True)
    settle(request, response, tag(__version__, told))


def settle(request: Request, response: Response, made: str) -> None:
    """Set the tag of an answer. Raises NotModified where it is among those that are known to who asks."""
    known = (one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(","))
    if made in known:
        raise NotModified(made)
    response.headers["ETag"] = made
