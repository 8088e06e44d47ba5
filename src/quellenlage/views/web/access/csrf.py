"""Requests that change something come from our own pages: of our origin, and with the token that our forms carry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, QuerystringParser, parse_options_header
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quellenlage.views.web.access.refusing import Refused, for_programs, refuse, state_of
from quellenlage.views.web.access.secret import same
from quellenlage.views.web.access.settings import Settings

FIELD, HEADER = "csrf", "x-csrf-token"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
PEEK = 64 << 10
"""Bytes of a form in which the token must stand: it comes first, so that an upload need not be read to the end."""
_LONGEST = 128


class Csrf:
    """Refuses what changes something and was not sent by a page of ours.

    A token of a program is no cookie: no browser adds it by itself, so it needs no second one.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take what is inside."""
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is safe or ours."""
        if scope["type"] != "http" or scope["method"] in SAFE or state_of(scope)["bearer"]:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not same_origin(headers, self._settings.scheme):
            await refuse(scope, receive, send, Refused(403, "origin"))
            return
        if not self._from_program(scope, headers):
            given = headers.get(HEADER)
            if given is None:
                given, receive = await leading_field(receive, headers.get("content-type", ""))
            expected = state_of(scope)["csrf"]
            if not given or not expected or not same(given[:_LONGEST], expected):
                await refuse(scope, receive, send, Refused(403, "form"))
                return
        await self.app(scope, receive, send)

    def _from_program(self, scope: Scope, headers: Headers) -> bool:
        """Whether a program on this machine asks: a browser names the origin of whatever changes something."""
        return (
            self._settings.local
            and for_programs(scope["path"])
            and not any(name in headers for name in ("origin", "sec-fetch-site", "sec-fetch-mode", "referer", "cookie"))
        )


def same_origin(headers: Headers, scheme: str) -> bool:
    """What the browser says of who sent it; a program says nothing."""
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origins = headers.getlist("origin")
    if not origins:
        return True
    if origins == ["null"]:
        return site == "same-origin"  # a form on a page of ours, which sends no referrer
    return origins == [f"{scheme}://{headers.get('host', '').lower()}"]


async def leading_field(receive: Receive, content_type: str) -> tuple[str | None, Receive]:
    """The token at the beginning of a form, and the body as if nobody had read it."""
    finder = _finder(content_type)
    read: list[Message] = []
    if finder is not None:
        more, size = True, 0
        while more and finder.value is None and size <= PEEK:
            message = await receive()
            read.append(message)
            more = message.get("more_body", False)
            body = message.get("body", b"")
            size += len(body)
            if not finder.feed(body[:PEEK], last=not more):
                break

    async def again() -> Message:
        return read.pop(0) if read else await receive()

    return finder.value if finder is not None else None, again


def _finder(content_type: str) -> _Finder | None:
    kind, parameters = parse_options_header(content_type)
    if kind == b"application/x-www-form-urlencoded":
        return _Encoded()
    boundary = parameters.get(b"boundary")
    return _Multipart(boundary) if kind == b"multipart/form-data" and boundary else None


class _Finder:
    """Reads a form as it comes, until the field has been seen."""

    value: str | None = None
    parser: Any

    def __init__(self) -> None:
        self.name = bytearray()
        self.data = bytearray()

    def feed(self, body: bytes, *, last: bool) -> bool:
        """Read on; False where it is no form."""
        try:
            self.parser.write(body)
            if last:
                self.parser.finalize()
        except FormParserError:
            return False
        return True

    def begin(self) -> None:
        self.name.clear()
        self.data.clear()

    def adding(self, target: bytearray) -> Callable[[bytes, int, int], None]:
        """A callback that keeps what could still be the field."""

        def add(data: bytes, start: int, end: int) -> None:
            if len(target) <= 4 * _LONGEST:
                target.extend(data[start:end])

        return add


class _Encoded(_Finder):
    def __init__(self) -> None:
        super().__init__()
        self.parser = QuerystringParser(
            {
                "on_field_start": self.begin,
                "on_field_name": self.adding(self.name),
                "on_field_data": self.adding(self.data),
                "on_field_end": self.end,
            }
        )

    def end(self) -> None:
        if self.value is None and self.name == FIELD.encode():
            self.value = unquote_plus(self.data.decode("latin-1"))


class _Multipart(_Finder):
    def __init__(self, boundary: bytes) -> None:
        super().__init__()
        self.header = bytearray()
        self.said = bytearray()
        self.parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self.begin,
                "on_header_begin": self.begin_header,
                "on_header_field": self.adding(self.header),
                "on_header_value": self.adding(self.said),
                "on_header_end": self.end_header,
                "on_part_data": self.add_data,
                "on_part_end": self.end,
            },
        )

    def begin_header(self) -> None:
        self.header.clear()
        self.said.clear()

    def end_header(self) -> None:
        if self.header.lower() == b"content-disposition":
            self.name[:] = parse_options_header(bytes(self.said))[1].get(b"name", b"")

    def add_data(self, data: bytes, start: int, end: int) -> None:
        if self.name == FIELD.encode() and len(self.data) <= _LONGEST:
            self.data.extend(data[start:end])

    def end(self) -> None:
        if self.value is None and self.name == FIELD.encode():
            self.value = self.data.decode("latin-1")
