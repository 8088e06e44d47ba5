"""A web server on this machine that the tests of the watch look at, and what a watch of it needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from quellenlage.execution import BuildReport
from quellenlage.execution.ports import Progress
from quellenlage.execution.watching.plan import Feed, Plan
from quellenlage.execution.watching.round import Ports
from quellenlage.execution.watching.times import Stop
from quellenlage.intake import FetchOptions
from quellenlage.intake.addresses import StrictPolicy
from quellenlage.model import Archive

HOSTS = ("zeitung.example", "bote.example")
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


class Site:
    """The server; `routes` by host and path, else by path."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.busy, self.most = 0, 0
        self.before: Callable[[str], None] = lambda path: None
        lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with lock:
                    site.busy += 1
                    site.most = max(site.most, site.busy)
                try:
                    self._answer()
                except OSError:
                    pass
                finally:
                    with lock:
                        site.busy -= 1

            def _answer(self) -> None:
                headers = {k.lower(): v for k, v in self.headers.items()}
                host = headers.get("host", "").partition(":")[0]
                site.seen.append((host, self.path, headers))
                site.before(self.path)
                answer = site.routes.get(host + self.path) or site.routes.get(self.path) or Answer(b"", 404)
                etag = answer.headers.get("ETag")
                status = 304 if etag and headers.get("if-none-match") == etag else answer.status
                body = b"" if status == 304 else answer.body
                self.send_response_only(status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def url(self, path: str, host: str = HOSTS[0]) -> str:
        return f"http://{host}:{self.port}{path}"

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


class OnlyThisServer:
    """Lets tests reach their own server; everything else is judged as strictly as ever."""

    def __init__(self, port: int) -> None:
        self.port = port

    def refusal(self, address: str, port: int) -> str | None:
        if (address, port) == ("127.0.0.1", self.port):
            return None
        return StrictPolicy().refusal(address, port)


def names(host: str, port: int) -> Sequence[str]:
    if host not in HOSTS:
        raise OSError("name unknown")
    return ["127.0.0.1"]


def manners(port: int, **changes: float) -> FetchOptions:
    return FetchOptions(policy=OnlyThisServer(port), resolver=names, pause=0.0, **changes)  # type: ignore[arg-type]


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
    return Plan("FEEDS.toml", feeds, pause=0.0, **changes)  # type: ignore[arg-type]
