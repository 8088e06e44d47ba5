"""What a real browser sends with the forms of our pages, and with those of another site."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.views.web.access.server import HOST, PASSWORD, Server, serve

from quellenlage.views.web.access.access import server_options

playwright = pytest.importorskip("playwright.sync_api", reason="the browser's driver is not installed")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine")]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP evil.example 127.0.0.1"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(server: Server) -> Iterator[int]:
    options = {**server_options(server.access.settings), "host": "127.0.0.1"}
    running = uvicorn.Server(uvicorn.Config(server.app, log_level="error", **options))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 20
        while not running.started and time.monotonic() < until:
            time.sleep(0.02)
        yield server.access.settings.port
    finally:
        running.should_exit = True
        thread.join(10)


@pytest.fixture
def page() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGS, NAMES])
        yield browser.new_page(locale="en")
        browser.close()


def make_account(page: Any, base: str, name: str) -> None:
    page.goto(f"{base}/accounts")
    form = "form[action='/accounts']"
    page.fill(f"{form} input[name=name]", name)
    page.fill(f"{form} input[name=password]", PASSWORD)
    page.locator(f"{form} button").click()
    page.wait_for_url("**/accounts?done=added")


def test_on_this_machine_forms_work_and_those_of_other_sites_do_nothing(page: Any, tmp_path: Path) -> None:
    server = serve(tmp_path, {}, host="127.0.0.1", hostnames=(), port=free_port())
    with running(server) as port:
        base = f"http://127.0.0.1:{port}"
        make_account(page, base, "Ada")
        forms = (
            f"<form id=a method=post action='{base}/edit'><input name=csrf value=x></form>"
            f"<form id=b method=post enctype='text/plain' action='{base}/api/v1/thing'>"
            "<input name='{' value='}'></form>"
        )
        page.route(f"http://{HOST}/**", lambda route: route.fulfill(content_type="text/html", body=forms))
        for form in "ab":
            page.goto(f"http://{HOST}/")
            with page.expect_navigation() as arrived:
                page.evaluate(f"document.getElementById('{form}').submit()")
            assert arrived.value.status == 403
        assert page.goto(f"http://evil.example:{port}/read").status == 421
    assert server.seen == []


def test_unencrypted_from_elsewhere_login_forms_and_logout_work(page: Any, tmp_path: Path) -> None:
    server = serve(tmp_path, port=free_port())
    with running(server) as port:
        base = f"http://{HOST}:{port}"
        page.goto(f"{base}/accounts")
        page.fill("input[name=name]", "Ada")
        page.fill("input[name=password]", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/accounts")
        make_account(page, base, "Rosa")
        page.goto(f"{base}/account")
        page.locator("main form[action='/logout'] button").click()
        page.wait_for_url("**/login")
        page.go_back()
        assert "/login" in page.url
