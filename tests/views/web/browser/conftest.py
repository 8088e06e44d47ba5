"""A real browser before a real server; skipped, with the reason, where there is no chromium."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from quellenlage.encoder import files
from quellenlage.store import open_archive
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.access.access import server_options
from quellenlage.views.web.app import make_app

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
AXE = Path(__file__).parents[4] / "web" / "node_modules" / "axe-core" / "axe.min.js"

_LOOK, _QUIET = 20, 160
"""Milliseconds: how often a page is looked at, and how long it must have asked for nothing."""
_LONGEST = 30.0
"""Seconds."""


class Visit:
    """A browser's window on one server: what went wrong in it is kept."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.troubles: list[str] = []
        self._asking: set[object] = set()
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("console", lambda said: self.troubles.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)

    def _asked(self, request: object) -> None:
        self._asking.add(request)
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.base, "data:", "blob:", "about:")):
            self.troubles.append(f"outside: {url}")

    def _answered(self, request: object) -> None:
        self._asking.discard(request)

    def open(self, path: str) -> Page:
        """Open an address of the server and wait until it has settled."""
        self._asking.clear()
        self.page.goto(self.base + path)
        return self.settled()

    def settled(self) -> Page:
        """Wait until nothing was asked of the server for a moment and every answer is there.

        Playwright's own "networkidle" waits half a second on each of hundreds of pages.
        """
        until, quiet = time.monotonic() + _LONGEST, 0
        while quiet < _QUIET and time.monotonic() < until:
            self.page.wait_for_timeout(_LOOK)
            quiet = 0 if self._asking else quiet + _LOOK
        return self.page

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def barriers(self) -> list[str]:
        """What axe finds serious or critical by WCAG 2.2 A and AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}))
               .violations.filter(v => ["serious", "critical"].includes(v.impact))
               .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`)"""
        )
        return [str(one) for one in found]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless; for one module, since the event loop of playwright bars others meanwhile."""
    if CHROMIUM is None:
        told = "no chromium on this machine: install Debian's package chromium"
        if os.environ.get("QUELLENLAGE_BROWSER") == "required":
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve an archive on a free port of this machine; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = Settings(archive=str(path), port=port)
    archive = open_archive(str(path))
    app = make_app(archive, make_access(settings), lang="de")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", **server_options(settings)))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
        archive.close()


@pytest.fixture(scope="session")
def site(sample_path: Path) -> Iterator[str]:
    """The sample, served; for reading only."""
    with served(sample_path) as address:
        yield address


@pytest.fixture
def own_site(own_path: Path) -> Iterator[str]:
    """A copy of the sample, served, that a test may change."""
    os.environ.setdefault(files.VARIABLE, files.Models.RULES)
    with served(own_path) as address:
        yield address


@contextmanager
def visiting(
    browser: Browser, base: str, *, width: int = 1280, lang: str = "de", scheme: str = "light"
) -> Iterator[Visit]:
    """A new window."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale=lang,
        color_scheme="dark" if scheme == "dark" else "light",
        accept_downloads=True,
    )
    try:
        yield Visit(context.new_page(), base)
    finally:
        context.close()
