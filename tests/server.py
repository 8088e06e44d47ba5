"""A web server on this machine for tests of fetching: nothing else is reached, and what is asked is noted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from quellenlage.intake.addresses import Resolver, StrictPolicy

HOST = "zeitung.example"


class LocalServer:
    """Answers each GET by a function of the request, in threads of its own, until it is closed."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"


def headers_of(request: BaseHTTPRequestHandler) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


class OnlyThisServer:
    """Lets tests reach their own server; everything else is judged as strictly as ever."""

    def __init__(self, port: int) -> None:
        self.port = port

    def refusal(self, address: str, port: int) -> str | None:
        if (address, port) == ("127.0.0.1", self.port):
            return None
        return StrictPolicy().refusal(address, port)


def resolving(known: Mapping[str, Sequence[str]]) -> Resolver:
    """Addresses of the hosts that are known; no other name is asked about."""

    def names(host: str, port: int) -> Sequence[str]:
        if host not in known:
            raise OSError("name unknown")
        return known[host]

    return names
