"""A web server on this machine that the tests of the watch look at, and what a watch of it needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.server import HOST, LocalServer, OnlyThisServer, headers_of, resolving

from quellenlage.execution import BuildReport
from quellenlage.execution.ports import Progress
from quellenlage.execution.watching.plan import Feed, Plan
from quellenlage.execution.watching.round import Ports
from quellenlage.execution.watching.times import Stop
from quellenlage.intake import FetchOptions
from quellenlage.model import Archive

HOSTS = (HOST, "bote.example")
BEGIN = 1_714_564_800  # 2024-05-01T12:00:00Z
PAGE = (
    "<!doctype html><html lang=de><head><meta charset=utf-8><title>{title}</title>{head}</head><body><article>"
    "<h1>{title}</h1><p>{text}</p><p>Die Fahrgäste mussten in dieser Zeit auf Busse ausweichen, die an den meisten "
    "Tagen überfüllt waren, wie der Fahrgastverband von Karvenien am Mittwoch mitteilte.</p></article></body></html>"
)


@dataclass(slots=True)
class Answer:
    """What the server says at an address; with an ETag it answers 304 to who knows it."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site(LocalServer):
    """The server; `routes` by host and path, else by path."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.busy, self.most = 0, 0
        self.before: Callable[[str], None] = lambda path: None
        self._lock = threading.Lock()
        super().__init__(self._counted)

    def _counted(self, request: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.busy += 1
            self.most = max(self.most, self.busy)
        try:
            answer = self._answered(request)
        finally:
            with self._lock:
                self.busy -= 1  # before the answer goes out: whoever has it may ask again at once
        with suppress(OSError):
            self._send(request, answer)

    def _answered(self, request: BaseHTTPRequestHandler) -> Answer:
        headers, path = headers_of(request), request.path
        host = headers.get("host", "").partition(":")[0]
        self.seen.append((host, path, headers))
        self.before(path)
        return self.routes.get(host + path) or self.routes.get(path) or Answer(b"", 404)

    def _send(self, request: BaseHTTPRequestHandler, answer: Answer) -> None:
        etag = answer.headers.get("ETag")
        asked = headers_of(request).get("if-none-match")
        status = 304 if etag and asked == etag else answer.status
        body = b"" if status == 304 else answer.body
        request.send_response_only(status)
        for name, value in answer.headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def asked(self, path: str) -> int:
        return sum(1 for _, one, _ in self.seen if one == path)

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.seen if path not in {"/robots.txt", "/.well-known/tdmrep.json"}]

    def page(
        self, path: str, text: str, *, title: str = "Die Fähre fährt wieder", etag: str = "", head: str = ""
    ) -> str:
        body = PAGE.format(title=title, text=text, head=head).encode()
        headers = {"Content-Type": "text/html; charset=utf-8", **({"ETag": etag} if etag else {})}
        self.routes[path] = Answer(body, 200, headers)
        return self.url(path)

    def rss(self, path: str, links: Sequence[str], *, updated: str = "", etag: str = "") -> str:
        dated = f"<pubDate>{updated}</pubDate>" if updated else ""
        items = "".join(
            f"<item><title>Meldung {n}</title><link>{link}</link>{dated}<description>Kurz.</description></item>"
            for n, link in enumerate(links)
        )
        xml = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Zeitung</title>{items}</channel></rss>'
        self.routes[path] = Answer(xml.encode(), 200, {"ETag": etag} if etag else {})
        return self.url(path)


def manners(port: int, **changes: float) -> FetchOptions:
    resolver = resolving({host: ["127.0.0.1"] for host in HOSTS})
    return FetchOptions(policy=OnlyThisServer(port), resolver=resolver, pause=0.0, **changes)  # type: ignore[arg-type]


class Clock:
    """The clock on the wall, which moves where a test moves it."""

    def __init__(self) -> None:
        self.now = float(BEGIN)

    def __call__(self) -> float:
        return self.now


def no_build(archive: Archive, progress: Progress) -> BuildReport:
    return BuildReport()


def ports(site: Site, clock: Clock, *, stop: Stop | None = None, **changes: float) -> Ports:
    return Ports(clock, stop or Stop(), manners(site.port, **changes), no_build)


def plan(*feeds: Feed, **changes: object) -> Plan:
    return Plan("FEEDS.toml", feeds, pause=0.0, **changes)  # type: ignore[arg-type]  # fields by name
