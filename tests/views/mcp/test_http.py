"""A real client of the protocol speaks to the served workbench over HTTP, with a token where one is needed."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from starlette.testclient import TestClient
from tests.views.mcp.test_tools import NAMES, RESULTS
from tests.views.web.access.server import CHEAP

from quellenlage.store import open_archive
from quellenlage.views.mcp.citing import citations, unfounded
from quellenlage.views.web.access import Role, Settings, make_access
from quellenlage.views.web.access.access import server_options
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.app import make_app


@contextmanager
def listening(settings: Settings, archive: Any) -> Iterator[str]:
    """The workbench at a real address."""
    app = make_app(archive, make_access(settings, passwords=CHEAP), lang="de")
    options = server_options(settings)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", **options))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    try:
        yield f"http://127.0.0.1:{settings.port}/mcp"
    finally:
        server.should_exit = True
        thread.join(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def use(url: str, headers: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    """List the tools and call two of them."""
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        streamable_http_client(url, http_client=http) as (read, write),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        listed = [tool.name for tool in (await session.list_tools()).tools]
        called = {
            "chronicle": await session.call_tool("chronicle", {"actor": "Perkonien", "limit": 5}),
            "conflicts": await session.call_tool("conflicts", {"limit": 3}),
        }
        return listed, called


def test_a_client_on_this_machine_reads_with_citations(sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    with listening(Settings(archive=str(sample_path), port=free_port()), archive) as url:
        listed, called = asyncio.run(use(url, {}))
        assert tuple(listed) == NAMES
        for name, result in called.items():
            assert not result.is_error, result.content
            found = list(citations(RESULTS[name].model_validate(result.structured_content)))
            assert found
            assert not list(unfounded(found, archive))
    archive.close()


def test_from_elsewhere_it_takes_a_token(sample_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    shutil.copy(sample_path, path)
    port = free_port()
    settings = Settings(archive=str(path), port=port, behind_proxy=True, hostnames=(f"127.0.0.1:{port}",))
    book = Book(settings.accounts_path(), create=True)
    book.accounts.add("Ada", CHEAP.hash("drei Birnen im Nebel"), Role.ADMIN)
    token = book.tokens.add("Ada", "assistant", Role.READER, days=1)
    book.close()
    archive = open_archive(str(path))
    with listening(settings, archive) as url:
        listed, _ = asyncio.run(use(url, {"Authorization": f"Bearer {token}"}))
        assert tuple(listed) == NAMES
        refused = httpx2.post(url, json={})
        assert refused.status_code == 401
        assert refused.headers["content-type"] == "application/problem+json"
        assert httpx2.post(url, json={}, headers={"Authorization": "Bearer nonsense"}).status_code == 401
    archive.close()


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_other_methods_are_refused(sample_path: Path, method: str) -> None:
    archive = open_archive(str(sample_path))
    app = make_app(archive, make_access(Settings(archive=str(sample_path), port=8765)), lang="de")
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        answer = client.request(method, "/mcp")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "POST"
        foreign = client.post("/mcp", json={}, headers={"Origin": "https://elsewhere.example"})
        assert foreign.status_code == 403
    archive.close()
