"""How a request is refused: as a page for people, as problem+json for programs, as plain text before we know either."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

MACHINE = ("/api/", "/mcp")
"""Paths for programs: they take tokens, and are refused in JSON."""


def type_of(status: int) -> str:
    """Address of what the reference says about problems of a status."""
    return f"/reference#problem-{status}"


class Refused(HTTPException):
    """A request that is not carried out; `reason` is a code of the page that says so."""

    def __init__(self, status: int, reason: str, *, headers: Mapping[str, str] | None = None) -> None:
        """Name status and reason."""
        super().__init__(status, reason, dict(headers or {}))
        self.reason = reason


def too_often(seconds: float) -> Refused:
    """The refusal of what was asked for too often, with the whole seconds to wait."""
    return Refused(429, "often", headers={"Retry-After": str(max(1, math.ceil(seconds)))})


def for_programs(path: str) -> bool:
    """Whether a path is for programs."""
    return any(path == prefix.rstrip("/") or path.startswith(prefix.rstrip("/") + "/") for prefix in MACHINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457, without what it has no use for."""

    status: int
    detail: str
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """The answer for a program."""
        title = HTTPStatus(self.status).phrase
        body = {"type": type_of(self.status), "title": title, "status": self.status, "detail": self.detail}
        return Response(json.dumps(body), self.status, headers=self.headers, media_type="application/problem+json")


DETAILS = {
    "login": "a login or a token is needed",
    "token": "the token is unknown, expired or revoked",
    "role": "the account may not do this",
    "form": "the form has expired, or was not sent by a page of ours",
    "origin": "another site sent this request",
    "often": "asked for too often",
    "busy": "too many logins at once",
}
"""What programs are told; people are told in `access/refused.html`."""


def response_to(request: Request, refused: Refused) -> Response:
    """A refusal in the form that suits who asks."""
    headers = dict(refused.headers or {})
    if for_programs(request.scope["path"]):
        return Problem(refused.status_code, DETAILS[refused.reason], headers).response()
    from quellenlage.views.web.page import get_page

    wait = headers.get("Retry-After")
    page = get_page(request)
    answer = page.render("access/refused.html", status=refused.status_code, reason=refused.reason, wait=wait)
    answer.headers.update(headers)
    return answer


async def refuse(scope: Scope, receive: Receive, send: Send, refused: Refused) -> None:
    """Answer with a refusal instead of the application."""
    await response_to(Request(scope, receive), refused)(scope, receive, send)


async def refuse_plainly(scope: Scope, receive: Receive, send: Send, problem: Problem) -> None:
    """Answer in one line: nothing about the request is believed yet."""
    answer: Response = (
        problem.response()
        if for_programs(scope["path"])
        else PlainTextResponse(f"{HTTPStatus(problem.status).phrase}: {problem.detail}\n", problem.status)
    )
    await answer(scope, receive, send)


def state_of(scope: Scope) -> dict[str, Any]:
    """What `request.state` reads."""
    state: dict[str, Any] = scope.setdefault("state", {})
    return state
