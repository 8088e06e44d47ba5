"""Errors for programs: RFC 9457, each with what helps, and no word of what lies behind the server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from quellenlage.errors import BadInput, QuellenlageError
from quellenlage.model import Verdict
from quellenlage.views.api.fields import DAY_PATTERN
from quellenlage.views.discretion import discreet
from quellenlage.views.web.access.refusing import DETAILS, Refused, type_of
from quellenlage.views.web.failures import status_of

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 20

_log = logging.getLogger(__name__)


class FieldError(BaseModel):
    """A parameter or a field of the body that cannot be used."""

    model_config = ConfigDict(extra="forbid")

    place: str = Field(alias="in", description="query, path, header or body")
    name: str = Field(description="its name; of a body the way to the field")
    detail: str


class Problem(BaseModel):
    """Why a request was not carried out (RFC 9457), and what helps."""

    type: str = Field(description="address of its description")
    title: str
    status: int
    detail: str
    remedy: str | None = Field(default=None, description="what one can do about it")
    instance: str | None = Field(default=None, description="path that was asked for")
    errors: list[FieldError] | None = Field(default=None, description="each parameter that cannot be used")


REMEDIES: Mapping[int, str] = {
    400: "see the description of the operation",
    401: "send the header Authorization: Bearer TOKEN; quellenlage accounts token makes one",
    403: "ask somebody who manages the accounts for a role that may do this",
    404: "see the description of the API, or list what there is",
    405: "the header Allow names the methods of this address",
    409: "read the present state and decide again",
    413: "send less at once",
    415: "send the media type that the description of the operation names",
    422: "correct what `errors` names",
    429: "wait as long as the header Retry-After says",
    500: "the log of the server has the details; please report it",
    503: "try again later",
}
"""What helps where nothing more precise is known."""


class Moved(Exception):
    """What is asked for stands under another identifier now."""

    def __init__(self, location: str) -> None:
        """Name the address."""
        super().__init__(location)
        self.location = location


class Conflicting(Exception):
    """What is asked for makes no sense for what is there now."""

    def __init__(self, error: BadInput) -> None:
        """Keep what was wrong."""
        super().__init__(str(error))
        self.error = error


class NotModified(Exception):
    """Who asks has the answer already."""

    def __init__(self, tag: str) -> None:
        """Name the tag of the answer."""
        super().__init__(tag)
        self.tag = tag


def problem(
    request: Request,
    status: int,
    detail: str,
    *,
    remedy: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as an answer."""
    found = HTTPStatus(status)
    body: dict[str, Any] = {
        "type": type_of(status),
        "title": found.phrase,
        "status": status,
        "detail": detail,
        "remedy": remedy or REMEDIES.get(status, REMEDIES[400]),
        "instance": request.url.path,
    }
    if errors:
        body["errors"] = errors
    return JSONResponse(body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def install(app: FastAPI, parameters: Callable[[str], Sequence[str]]) -> None:
    """Let an application answer every error as a problem; `parameters` gives those of an operation's address."""
    app.add_exception_handler(Exception, _unexpected)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(QuellenlageError, _known)
    app.add_exception_handler(RequestValidationError, partial(_invalid, parameters))
    app.add_exception_handler(Conflicting, _conflicting)
    app.add_exception_handler(Moved, _moved)
    app.add_exception_handler(NotModified, _not_modified)


def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, QuellenlageError)  # noqa: S101 - registered for it alone
    status = status_of(error)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unexpected(request, error)
    if status is HTTPStatus.BAD_REQUEST:
        status = HTTPStatus.UNPROCESSABLE_ENTITY  # it was read, and makes no sense for this archive
    return problem(request, status, str(discreet(error.said)), remedy=str(discreet(error.advice)))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    status, headers = error.status_code, dict(error.headers or {})
    detail = DETAILS[error.reason] if isinstance(error, Refused) else error.detail
    if status == 404:
        detail = "nothing has this address"
    if status == 405:
        headers["Allow"] = ", ".join(_methods(request))
        detail = f"{request.method} is no method of this address"
    return problem(request, status, detail, headers=headers)


def _methods(request: Request) -> list[str]:
    """Methods of all routes of an address."""
    found: set[str] = set()
    for route in request.app.router.routes:
        match, _ = route.matches({**request.scope, "method": "GET"})
        if match is not Match.NONE:
            found |= set(getattr(route, "methods", None) or _included(route, request))
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _included(route: Any, request: Request) -> set[str]:
    """Methods of the routes that an included router has for an address."""
    contexts = route.effective_route_contexts() if hasattr(route, "effective_route_contexts") else ()
    return {
        method
        for one in contexts
        if one.original_route.matches({**request.scope, "method": "GET"})[0] is not Match.NONE
        for method in one.original_route.methods or ()
    }


def _invalid(parameters: Callable[[str], Sequence[str]], request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    listed = error.errors()
    if any(one["type"] == "json_invalid" for one in listed):
        return problem(request, 400, "the body is no JSON", remedy="send one JSON object")
    if verdict := _unknown_verdict(listed):
        return problem(
            request, 422, f"verdict: {verdict}", errors=[{"in": "body", "name": "verdict", "detail": verdict}]
        )
    errors = [_told(one) for one in listed[:MOST_ERRORS]]
    told = "; ".join(dict.fromkeys(f"{one['name'] or one['in']}: {one['detail']}" for one in errors))
    unknown = any(one["type"] == _UNKNOWN and one["loc"][0] == "query" for one in listed)
    remedy = _named(parameters(request.scope["route"].name)) if unknown else ""
    return problem(request, 422, told[:2000], remedy=remedy, errors=errors)


_UNKNOWN = "extra_forbidden"
"""How pydantic calls a field that there is not."""


def _named(parameters: Sequence[str]) -> str:
    """What helps where a parameter is not known: those that are."""
    return f"the parameters here are {', '.join(parameters)}" if parameters else "there are no parameters here"


def _told(one: Mapping[str, Any]) -> dict[str, str]:
    place, *way = [str(step) for step in one["loc"]] or ["body"]
    detail = str(one["msg"])
    if one["type"] == "string_pattern_mismatch" and one["ctx"]["pattern"] == DAY_PATTERN:
        detail = "this is no day, month or year that there is: write 2021-11-17, 2021-11 or 2021"
    if one["type"] == _UNKNOWN:
        detail = "there is no such parameter" if place == "query" else "there is no such field"
    return {"in": place, "name": ".".join(way), "detail": detail}


def _unknown_verdict(listed: Sequence[Any]) -> str:
    """Which verdicts there are, where a decision has none of them: the body fits none of its forms then."""
    wrong = [one for one in listed if one["loc"][-1] == "verdict" and one["type"] == "literal_error"]
    forms = {one["loc"][1] for one in listed if one["loc"][0] == "body" and len(one["loc"]) > 2}
    if not wrong or {one["loc"][1] for one in wrong} != forms:
        return ""
    return f"there is no such verdict; the verdicts are {', '.join(sorted(Verdict))}"


def _conflicting(request: Request, error: Exception) -> Response:
    assert isinstance(error, Conflicting)  # noqa: S101 - registered for it alone
    return problem(request, 409, error.error.message, remedy=error.error.remedy)


def _moved(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Moved)  # noqa: S101 - registered for it alone
    return Response(status_code=308, headers={"Location": error.location})


def _not_modified(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)  # noqa: S101 - registered for it alone
    return Response(status_code=304, headers={"ETag": error.tag})


def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("unexpected error at %s", request.url.path, exc_info=error)
    return problem(request, 500, "something went wrong that should not have; nothing was lost")
