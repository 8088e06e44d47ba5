"""What a request must be before anything of it is believed: its size, its host, and who passed it on."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quellenlage.views.web.access.refusing import Problem, refuse_plainly
from quellenlage.views.web.access.settings import Settings, trusts

_PASSED_ON = frozenset(
    (b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip")
)
_PORTS = {"http": "80", "https": "443"}


class Entrance:
    """Refuses what is too large, what asks for another host (DNS rebinding), and proxies nobody told us of."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take what is inside. Raises BadInput where names or proxies are wrong."""
        self.app = app
        self._settings = settings
        self._hosts = allowed_hosts(settings)
        trusts(settings.proxies, "127.0.0.1")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http":
            problem = self._problem(scope)
            if problem is not None:
                await refuse_plainly(scope, receive, send, problem)
                return
            scope["scheme"] = self._settings.scheme
        await self.app(scope, receive, send)

    def _problem(self, scope: Scope) -> Problem | None:
        bounds = self._settings.bounds
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > bounds.address:
            return Problem(414, "the address is too long")
        if sum(len(name) + len(value) for name, value in headers) > bounds.headers:
            return Problem(431, "the headers are too large")
        if self._settings.behind_proxy:
            if self._believe(scope) == b"http":
                return Problem(400, "it came to the proxy unencrypted (X-Forwarded-Proto): ask for it with https")
        elif self._settings.local and any(name in _PASSED_ON for name, _ in headers):
            return Problem(400, "passed on by a proxy: start the server with --behind-proxy")
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return Problem(421, "this server does not go by this name")
        return None

    def _believe(self, scope: Scope) -> bytes:
        """Take from a known proxy who asks it and for which host: the last it added, as all before may be invented.

        Returns how it was asked, empty where it does not say so: that it encrypts was promised when we were started.
        """
        client = scope.get("client")
        if not client or not trusts(self._settings.proxies, client[0]):
            return b""
        said = {name: value for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
        address = _last(said.get(b"x-forwarded-for", b""))
        if address:
            scope["client"] = (address.decode("latin-1")[:64], 0)
        host = _last(said.get(b"x-forwarded-host", b""))
        if host:
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"host"] + [(b"host", host)]
        return _last(said.get(b"x-forwarded-proto", b"")).lower()


def _last(value: bytes) -> bytes:
    return value.rpartition(b",")[2].strip()


def allowed_hosts(settings: Settings) -> frozenset[bytes]:
    """All that a Host header may say, in lower case. Raises BadInput."""
    allowed: set[str] = set()
    usual = _PORTS[settings.scheme]
    for name in settings.names():
        has_port = name.rpartition("]")[2].count(":") == 1
        if has_port:
            allowed.add(name)
            allowed |= {name.rpartition(":")[0]} if name.endswith(f":{usual}") else set()
            continue
        allowed.add(f"{name}:{settings.port}")
        # The usual port is left out; a proxy has it, whatever ours is.
        if settings.behind_proxy or str(settings.port) == usual:
            allowed |= {name, f"{name}:{usual}"}
    return frozenset(one.encode("idna" if not one.isascii() else "ascii") for one in allowed)


class Bodies:
    """Refuses bodies over the limit, as announced and as they come."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Take what is inside."""
        self.app = app
        self._bounds = settings.bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count while passing on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, limit = scope["path"], self._bounds.body
        if any(path == one or path.startswith(f"{one}/") for one in self._bounds.uploads):
            limit = self._bounds.upload
        problem = _announced(scope, limit)
        if problem is not None:
            await refuse_plainly(scope, receive, send, problem)
            return
        await _Counted(limit).run(self.app, scope, receive, send)


def _announced(scope: Scope, limit: int) -> Problem | None:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    if not lengths:
        return None
    if len(lengths) > 1 or not lengths[0].isdigit():
        return Problem(400, "a length that is no number")
    if len(lengths[0]) > 18 or int(lengths[0]) > limit:
        return Problem(413, f"over {limit} bytes")
    return None


class _Counted:
    """One body: once it is over the limit the application sees its client leave, and the client is told why."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.seen = 0
        self.over = False
        self.started = False

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted() -> Message:
            if self.over:
                return {"type": "http.disconnect"}
            message = await receive()
            self.seen += len(message.get("body", b""))
            if self.seen > self.limit:
                self.over = True
                return {"type": "http.disconnect"}
            return message

        async def answered(message: Message) -> None:
            if self.over and not self.started:
                return
            self.started = True
            await send(message)

        try:
            await app(scope, counted, answered)
        except Exception:
            if not self.over or self.started:
                raise
        if self.over and not self.started:
            await refuse_plainly(scope, receive, send, Problem(413, f"over {self.limit} bytes"))
