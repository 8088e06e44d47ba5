"""The description of the API (OpenAPI 3.1): what the routes say, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from quellenlage import __version__
from quellenlage.views.api import PREFIX
from quellenlage.views.api.content import Upload
from quellenlage.views.api.problems import MEDIA_TYPE, FieldError, Problem

Description = dict[str, Any]

INTRODUCTION = """An archive of German news articles, read sentence by sentence. Whatever is told carries evidence:
article, digest of its text, start and end in code points, and the exact words. Put quotation marks around nothing but
these. What is planned, alleged, denied or unsure is marked as that; accounts that contradict each other stand side by
side.

On the machine itself no login is needed. From elsewhere send a token: `Authorization: Bearer TOKEN`.

Lists come in parts of at most 200 items; the header Link has the addresses of the next and the previous part. Each
answer has an ETag: send it back as If-None-Match and get 304 as long as nothing changed. An identifier that became part
of another one leads there (308). HEAD works wherever GET does. Parameters that an operation does not have are refused.
Errors are application/problem+json (RFC 9457) and say what helps."""

TAGS = {
    "Chronicle": "What happened when: lines, events, who rests on whom, places.",
    "Claims": "Who said what, on whose word.",
    "Conflicts": "Accounts that cannot both hold.",
    "Entities": "People, bodies and places.",
    "Articles": "Articles as they are cited, their layers, their words.",
    "Search": "Sentences by words and by meaning.",
    "Stories": "Articles about one course of events.",
    "Sources": "Who first obtained accounts.",
    "Decisions": "Doubts, people's decisions, and taking them back.",
    "Draft check": "A draft beside the archive.",
    "Background work": "Taking articles in, building, linking.",
    "Archive": "The archive as a whole, and its exports.",
}

_TOLD: dict[int, str] = {
    304: "nothing changed since the answer of this ETag",
    308: "it stands under another identifier now: see Location",
    400: "the request cannot be read",
    401: "a login or a token is needed, or the token is unknown, expired or revoked",
    403: "the role does not cover it, or a page of another site sent it",
    404: "there is nothing of this identifier or name",
    405: "no method of this address",
    409: "it makes no sense for what is there now",
    413: "the body is too large",
    414: "the address is too long",
    415: "the body is of another media type",
    421: "the server does not go by this name",
    422: "a parameter or a field of the body cannot be used; `errors` names each",
    429: "asked for too often: see Retry-After",
    431: "the headers are too large",
    500: "a fault of the server; nothing was lost",
    503: "too much at once, or something is not installed",
    507: "the disk of the server is full",
}
_ALWAYS = (400, 401, 403, 405, 414, 421, 422, 429, 431, 500, 503)
_CHANGING = (409, 413, 415)
_BODILESS = frozenset({304, 308})
_METHODS = ("get", "post")


def describe(app: FastAPI) -> Description:
    """The description of an application."""
    made = get_openapi(
        title="Quellenlage",
        version=__version__,
        openapi_version="3.1.0",
        summary="The archive for programs",
        description=INTRODUCTION,
        routes=app.routes,
        tags=[{"name": name, "description": told} for name, told in TAGS.items()],
        servers=[{"url": PREFIX}],
    )
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    asked = [(model, "validation") for model in (Problem, FieldError, Upload)]
    schemas.update(models_json_schema(asked, ref_template="#/components/schemas/{model}")[1]["$defs"])  # type: ignore[arg-type]  # one mode
    made["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "made by an administrator; nothing on the machine itself",
        }
    }
    made["security"] = [{}, {"token": []}]
    for path, method, operation in operations(made):
        _complete(path, method, operation)
    return made


def operations(description: Description) -> Iterator[tuple[str, str, Description]]:
    """Path, method and description of each operation."""
    for path, item in description["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _complete(path: str, method: str, operation: Description) -> None:
    """Add what all operations of its kind have in common."""
    summary, _, rest = operation.get("description", "").partition("\n")
    operation["summary"], operation["description"] = summary.rstrip("."), rest.strip()
    statuses = list(_ALWAYS)
    if method == "get":
        statuses.append(304)
        operation.setdefault("parameters", []).append(_IF_NONE_MATCH)
    else:
        statuses += _CHANGING
    if path == "/export/{format}":
        statuses.append(409)
    if method == "post" or "{" in path or any(p["in"] == "query" for p in operation.get("parameters", ())):
        statuses.append(404)
    if "{" in path and method == "get":
        statuses.append(308)
    if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
        statuses.append(507)
    for status, answer in operation["responses"].items():
        answer["headers"] = dict(_headers(method, int(status), answer))
    operation["responses"].pop("422", None)
    told = operation["responses"]
    told.update({str(status): _problem(status) for status in statuses if str(status) not in told})
    operation["responses"] = dict(sorted(told.items()))


_IF_NONE_MATCH: Description = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "the ETag of an answer that is known already",
    "schema": {"type": "string"},
}


def _headers(method: str, status: int, answer: Description) -> Iterator[tuple[str, Description]]:
    text = {"type": "string"}
    if method == "get" and status == 200:
        yield "ETag", {"description": "of this answer, strong", "schema": text, "required": True}
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref", "").rpartition("/")[2] in _LISTS:
            yield "Link", {"description": "the other parts of the list (RFC 8288)", "schema": text, "required": True}
    if status in {201, 202} and method == "post":
        yield "Location", {"description": "address of what was made", "schema": text}


_LISTS = frozenset(
    ("Chronicle", "EventList", "Claims", "Positions", "Entities", "Conflicts", "Stories", "Sources", "Articles",
     "Doubts", "Decisions", "Jobs")
)  # fmt: skip


def _problem(status: int) -> Description:
    """A response that says why a request was not carried out."""
    made: Description = {"description": _TOLD[status]}
    if status == 304:
        made["headers"] = {"ETag": {"schema": {"type": "string"}, "required": True}}
    elif status == 308:
        made["headers"] = {"Location": {"schema": {"type": "string"}, "required": True}}
    else:
        title = HTTPStatus(status).phrase
        example = {"type": f"/reference#problem-{status}", "title": title, "status": status, "detail": _TOLD[status]}
        made["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    if status == 405:
        made["headers"] = {"Allow": {"schema": {"type": "string"}, "required": True}}
    if status == 429:
        made["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    return made


@cache
def parameters_of(operation: str) -> tuple[str, ...]:
    """Names of the parameters that the address of an operation may have."""
    found = (told for _, _, told in operations(description()) if told["operationId"] == operation)
    return tuple(one["name"] for told in found for one in told.get("parameters", ()) if one["in"] == "query")


@cache
def description() -> Description:
    """The description of our API, made once."""
    from quellenlage.views.api.app import routed

    return describe(routed())
