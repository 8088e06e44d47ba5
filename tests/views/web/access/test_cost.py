"""What the guards cost each request."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from tests.views.web.access.server import HOST, csrf, serve

LIMIT = 1e-3
"""Seconds."""


def _seconds(app: Any, scope: dict[str, Any], body: bytes) -> float:
    async def once() -> float:
        statuses: list[int] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        start = time.perf_counter()
        await app({**scope, "headers": list(scope["headers"])}, receive, send)
        took = time.perf_counter() - start
        assert statuses == [200]
        return took

    async def many() -> float:
        return statistics.median([await once() for _ in range(300)])

    return asyncio.run(many())


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("local", [False, True])
def test_a_request_costs_less_than_a_millisecond_more(tmp_path: Path, method: str, local: bool) -> None:
    server = serve(tmp_path, host="127.0.0.1", hostnames=()) if local else serve(tmp_path)

    async def plain() -> PlainTextResponse:
        return PlainTextResponse("x")

    server.app.add_api_route("/plain", plain, methods=["GET", "POST"])
    client = server.client() if local else server.logged_in("Emil")
    headers = [(b"host", b"127.0.0.1:8400" if local else f"{HOST}:8400".encode())]
    headers += [(b"cookie", f"{name}={value}".encode()) for name, value in client.cookies.items()]
    headers += [(b"content-type", b"application/x-www-form-urlencoded")]
    scope: dict[str, Any] = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": "/plain",
        "raw_path": b"/plain", "query_string": b"", "root_path": "", "headers": headers, "client": ("192.0.2.7", 1),
    }  # fmt: skip
    body = f"csrf={csrf(client)}&a=1".encode() if method == "POST" else b""
    bare = _seconds(plain_app(plain), scope, body)
    assert _seconds(server.app, scope, body) - bare < LIMIT


def plain_app(endpoint: Any) -> Any:
    from fastapi import FastAPI

    app = FastAPI(openapi_url=None)
    app.add_api_route("/plain", endpoint, methods=["GET", "POST"])
    return app
