"""The REST API for people: every operation with its parameters, its answers and a line to try it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from quellenlage.views.api import PREFIX
from quellenlage.views.api.document import TAGS, description, operations
from quellenlage.views.api.problems import MEDIA_TYPE
from quellenlage.views.mcp.http import PATH as MCP
from quellenlage.views.web.page import Asked
from quellenlage.views.web.translation import marked as _

router = APIRouter()


GROUPS: Mapping[str, tuple[str, str]] = {
    "Chronicle": (_("Chronicle"), _("What happened when: lines, events, who rests on whom, places.")),
    "Claims": (_("Claims"), _("Who said what, on whose word.")),
    "Conflicts": (_("Conflicts"), _("Accounts that cannot both hold.")),
    "Entities": (_("Names"), _("People, bodies and places.")),
    "Articles": (_("Articles"), _("Articles as they are cited, their layers, their words.")),
    "Search": (_("Search"), _("Sentences by words and by meaning.")),
    "Stories": (_("Stories"), _("Articles about one course of events.")),
    "Sources": (_("Sources"), _("Who first obtained accounts.")),
    "Decisions": (_("Decisions"), _("Doubts, people's decisions, and taking them back.")),
    "Draft check": (_("Draft check"), _("A draft beside the archive.")),
    "Background work": (_("Background work"), _("Taking articles in, building, linking.")),
    "Archive": (_("Archive"), _("The archive as a whole, and its exports.")),
}
"""What groups of operations are called on the page."""
_PROBLEMS = range(400, 600)
_REF = "#/components/schemas/"
_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address or a field of a body; `kind` is its type in a few words, `values` what it may be."""

    name: str
    place: str
    kind: str
    values: tuple[str, ...]
    more: bool
    required: bool
    default: str
    told: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its status, what it means, and the name of the record that it is."""

    status: str
    told: str
    record: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page shows it; `curl` is a line that can be tried."""

    id: str
    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[Parameter, ...]
    bodies: tuple[tuple[str, tuple[Parameter, ...]], ...]
    answers: tuple[Answered, ...]
    problems: tuple[str, ...]
    curl: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record."""

    name: str
    kind: str
    record: str
    told: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A record with its fields."""

    name: str
    told: str
    fields: tuple[Field, ...]


@router.get("/reference")
def reference(page: Asked) -> Response:
    """The page; what operations do is said in its language, what else the description has in English."""
    url = page.request.url
    return page.render(
        "reference.html",
        groups=[(name, *map(page.say, GROUPS[name]), listed) for name, listed in _groups().items()],
        say=page.say,
        schemas=_schemas(),
        problems=_problems(),
        here_at=f"{url.scheme}://{url.netloc}",
        prefix=PREFIX,
        mcp=MCP,
        counted=sum(len(listed) for listed in _groups().values()),
    )


@cache
def _groups() -> dict[str, list[Operation]]:
    """Operations by their group, in its order."""
    found: dict[str, list[Operation]] = {name: [] for name in TAGS}
    for path, method, told in operations(description()):
        found[told["tags"][0]].append(_operation(path, method, told))
    return found


def _operation(path: str, method: str, told: Mapping[str, Any]) -> Operation:
    listed = [_parameter(one["name"], one["in"], one["schema"], one) for one in told.get("parameters", ())]
    answers = [
        Answered(status, one["description"], _record(one), tuple(one.get("headers", ())))
        for status, one in told["responses"].items()
        if int(status) not in _PROBLEMS
    ]
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        told=told["description"],
        parameters=tuple(listed),
        bodies=tuple(_bodies(told)),
        answers=tuple(answers),
        problems=tuple(status for status in told["responses"] if int(status) in _PROBLEMS),
        curl=_curl(path, method, told),
    )


def _bodies(told: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Parameter, ...]]]:
    """Each form that a body may have: its name and fields."""
    for content in told.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        for one in schema.get("anyOf", [schema]):
            named = _resolved(one)
            required = set(named.get("required", ()))
            fields = named.get("properties", {}).items()
            yield (
                one.get("$ref", "").removeprefix(_REF),
                tuple(_parameter(name, "body", field, {"required": name in required}) for name, field in fields),
            )


def _parameter(name: str, place: str, schema: Mapping[str, Any], told: Mapping[str, Any]) -> Parameter:
    kind, values = _kind(schema)
    default = schema.get("default")
    shown = "" if default in (None, "", []) or isinstance(default, list) else json.dumps(default).strip('"')
    return Parameter(
        name,
        place,
        kind,
        values[:_MOST_VALUES],
        len(values) > _MOST_VALUES,
        bool(told.get("required")),
        shown,
        told.get("description") or schema.get("description", ""),
    )


def _kind(schema: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The type in a few words, and the values where there are only some."""
    plain = _resolved(next((one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"), schema))
    if plain.get("type") == "array":
        kind, values = _kind(plain["items"])
        return f"{kind}, several", values
    values = tuple(str(one) for one in plain.get("enum", [plain["const"]] if "const" in plain else []))
    bounds = [f"{sign} {_bound(plain[key])}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in plain]
    kind = " ".join([str(plain.get("type", "object")), *bounds])
    return kind, values


def _bound(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").removeprefix(_REF)
    found: Mapping[str, Any] = description()["components"]["schemas"][name] if name else schema
    return found


def _record(answer: Mapping[str, Any]) -> str:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).removeprefix(_REF)


@cache
def _schemas() -> list[Schema]:
    """Records by name, with what each field is."""
    found = []
    for name, schema in sorted(description()["components"]["schemas"].items()):
        if "properties" in schema:
            fields = tuple(_field(field, one) for field, one in schema["properties"].items())
            found.append(Schema(name, schema.get("description", ""), fields))
    return found


def _field(name: str, schema: Mapping[str, Any]) -> Field:
    kind, record = _shape(schema)
    nullable = any(one.get("type") == "null" for one in schema.get("anyOf", ()))
    return Field(name, f"{kind}, or null" if nullable else kind, record, schema.get("description", ""))


def _shape(schema: Mapping[str, Any]) -> tuple[str, str]:
    """The type of a field in a few words, and the record that it is or that it lists."""
    plain = next((one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"), schema)
    if plain.get("type") == "array":
        kind, record = _shape(plain["items"])
        return f"list of {kind}", record
    if "$ref" in plain:
        resolved = _resolved(plain)
        if "properties" in resolved:
            name = plain["$ref"].removeprefix(_REF)
            return name, name
        return _kind(plain)[0] + (": " + ", ".join(_kind(plain)[1]) if "enum" in resolved else ""), ""
    kind, values = _kind(plain)
    return (f"“{values[0]}”" if "const" in plain else kind), ""


def _problems() -> list[tuple[str, str, str]]:
    """Every problem there is: status, title, when."""
    found: dict[str, tuple[str, str]] = {}
    for _path, _method, told in operations(description()):
        for status, answer in told["responses"].items():
            if int(status) in _PROBLEMS:
                example = answer["content"][MEDIA_TYPE]["example"]
                found[status] = (example["title"], answer["description"])
    return [(status, *found[status]) for status in sorted(found)]


_TRIED: dict[str, dict[str, object]] = {
    "chronicle": {"actor": "Perkonien", "from": "2021", "limit": 5},
    "entities": {"q": "Miren"},
    "claims": {"about": "Hafen", "limit": 5},
    "articles": {"limit": 5},
    "search": {"q": "Hafen Miren"},
    "read_passage": {"start": 0, "end": 80},
    "read_layers": {"layer": "events"},
}
"""Parameters that a line to try has, by operation."""
_SENT = {
    "decide": {"verdict": "note", "subject": "evm-0123456789abcdef", "note": "asked the ministry on Monday"},
    "undo_decision": {"note": "was a slip"},
    "check_draft": {"text": "Bei dem Angriff auf den Hafen starben mindestens 14 Menschen."},
    "start_job": {"kind": "build"},
}
"""Bodies that a line to try has."""


def _curl(path: str, method: str, told: Mapping[str, Any]) -> str:
    """A line for a shell; what stands in braces is to be filled in, in examples of the description."""
    query = _TRIED.get(told["operationId"], {})
    for one in told.get("parameters", ()):
        if one["in"] == "path":
            values = one.get("examples") or one["schema"].get("examples") or one["schema"].get("enum") or ["geojson"]
            path = path.replace(f"{{{one['name']}}}", str(next(iter(values))))
    address = f"{PREFIX}{path}" + (f"?{urlencode(query)}" if query else "")
    if method == "get":
        extra = " -OJ" if told["operationId"] == "export" else ""
        return f"curl{extra} 'ORIGIN{address}'"
    if "multipart/form-data" in told.get("requestBody", {}).get("content", {}):
        return f"curl -F files=@article.html 'ORIGIN{address}'"
    if told["operationId"] in _SENT:
        sent = json.dumps(_SENT[told["operationId"]], ensure_ascii=False)
        return f"curl --json '{sent}' 'ORIGIN{address}'"
    return f"curl -X POST 'ORIGIN{address}'"
