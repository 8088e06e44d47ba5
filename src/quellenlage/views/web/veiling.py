"""`serve --pseudonyms`: every page, record and file that leaves the server, without the names of private persons."""

from __future__ import annotations

import json
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quellenlage.model import Archive
from quellenlage.views.discretion import Manner
from quellenlage.views.pseudonyms import Veil, veil_of, veiling
from quellenlage.views.pseudonyms_html import veil_page
from quellenlage.views.web.assets import PREFIX
from quellenlage.views.web.shown.timeline_kept import stand

_JSON = ("application/json", "application/problem+json", "application/ld+json", "application/geo+json")
_TEXT = ("text/plain", "text/markdown", "text/csv", "text/event-stream", "application/x-ndjson")


class Veiling:
    """Veils names while a request is answered, and what is answered once more as it leaves."""

    def __init__(self, app: ASGIApp, archive: Archive, manner: Manner) -> None:
        """Take what is inside; who is private is looked up when the archive has changed."""
        self.app = app
        self._archive = archive
        self._manner: Manner = manner
        self._known: tuple[object, Veil] | None = None
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with veiled names; built files have none."""
        if scope["type"] != "http" or scope["path"].startswith(f"{PREFIX}/"):
            await self.app(scope, receive, send)
            return
        veil = await run_in_threadpool(self._veil)
        with veiling(veil):
            await self.app(scope, receive, _Answer(veil, send).send)

    def _veil(self) -> Veil:
        with self._lock:
            now = stand(self._archive)
            if self._known is None or self._known[0] != now:
                self._known = (now, veil_of(self._archive, self._manner))
            return self._known[1]


class _Answer:
    """One answer, held back until it is whole where its text has to be looked at; a stream piece by piece."""

    def __init__(self, veil: Veil, send: Send) -> None:
        self._veil = veil
        self._send = send
        self._start: Message | None = None
        self._kind = ""
        self._held: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            self._kind = headers.get("content-type", "").partition(";")[0].strip()
            if self._kind == "text/event-stream" or self._kind not in ("text/html", *_JSON, *_TEXT):
                self._kind = self._kind if self._kind == "text/event-stream" else ""
                await self._send(message)
            else:
                self._start = message
        elif message["type"] != "http.response.body" or not self._kind:
            await self._send(message)
        elif self._start is None:
            await self._send({**message, "body": self._veiled(message.get("body", b""))})
        else:
            self._held.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish()

    async def _finish(self) -> None:
        body = self._veiled(b"".join(self._held))
        start = self._start
        assert start is not None  # noqa: S101 - told before any body
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})

    def _veiled(self, body: bytes) -> bytes:
        text = body.decode("utf-8", "surrogateescape")
        if self._kind == "text/html":
            text = veil_page(text, self._veil)
        elif self._kind in _JSON and text:
            text = json.dumps(self._veil.value(json.loads(text)), ensure_ascii=False, separators=(",", ":"))
        elif self._kind == "application/x-ndjson":
            lines = (json.dumps(self._veil.value(json.loads(one)), ensure_ascii=False) for one in text.splitlines())
            text = "".join(f"{line}\n" for line in lines)
        else:
            text = "".join(self._veil.words(line) for line in text.splitlines(keepends=True))
        return text.encode("utf-8", "surrogateescape")
