"""What changes something must come from a page of ours, behind a login and on one's own machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.views.web.access.server import BASE, Server, csrf, serve

from quellenlage.views.web.access.csrf import PEEK, leading_field

LOCAL = "http://127.0.0.1:8400"


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return serve(tmp_path)


@pytest.fixture
def local(tmp_path: Path) -> Server:
    return serve(tmp_path, {}, host="127.0.0.1", hostnames=())


@pytest.mark.parametrize("given", [{}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "ä" * 64}, {"CSRF": "0" * 64}])
def test_without_the_token_nothing_happens(server: Server, local: Server, given: dict[str, str]) -> None:
    for client in (server.logged_in("Emil"), local.client()):
        answer = client.post("/edit", data=given)
        assert answer.status_code == 403
        assert "This form has expired" in answer.text
    assert not server.seen
    assert not local.seen


def test_the_token_of_somebody_else_is_none(server: Server) -> None:
    mine, theirs = server.logged_in("Emil"), server.logged_in("Emil")
    assert mine.post("/edit", data={"csrf": csrf(theirs)}).status_code == 403
    assert mine.post("/edit", data={"csrf": csrf(mine)}).status_code == 200


def test_field_and_header_are_both_taken_and_the_body_arrives_whole(server: Server) -> None:
    client = server.logged_in("Emil")
    token = csrf(client)
    assert client.post("/edit", data={"csrf": token, "text": "Käse & Brot"}).status_code == 200
    assert server.seen[-1] == f"csrf={token}&text=K%C3%A4se+%26+Brot".encode()
    assert client.post("/edit", content=b"{}", headers={"X-CSRF-Token": token}).json()["bytes"] == "2"
    assert client.post("/edit", content=b"{}", headers={"X-CSRF-Token": "0" * 64}).status_code == 403


def test_an_upload_with_the_token_first_is_not_read_to_the_end(server: Server) -> None:
    client = server.logged_in("Emil")
    content = b"x" * (3 << 20)
    answer = client.post("/add", data={"csrf": csrf(client)}, files={"file": ("a.txt", content)})
    assert answer.json() == {"name": "Emil", "bytes": len(content), "fields": ["csrf", "file"]}
    assert server.seen[-1] == content
    assert client.post("/add", files={"file": ("csrf", b"x")}).status_code == 403
    late: list[Any] = [("file", ("a.txt", b"x" * (2 * PEEK))), ("csrf", (None, csrf(client)))]
    assert client.post("/add", files=late).status_code == 403


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=", "x/" + "y" * 999],
)
def test_other_bodies_need_the_header(server: Server, content_type: str) -> None:
    client = server.logged_in("Emil")
    body = f"csrf={csrf(client)}".encode()
    assert client.post("/edit", content=body, headers={"content-type": content_type}).status_code == 403


CROSS: list[dict[str, str]] = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://archiv.example.org:8400.evil.example"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "https://127.0.0.1:8400"},
    {"origin": ""},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "null"},
]


@pytest.mark.parametrize("headers", CROSS)
def test_another_site_is_refused_even_with_the_token(server: Server, local: Server, headers: dict[str, str]) -> None:
    for client in (server.logged_in("Emil"), local.client()):
        answer = client.post("/edit", data={"csrf": csrf(client)}, headers=headers)
        assert answer.status_code == 403
        assert "This came from another site" in answer.text
        assert client.post("/api/v1/thing", json={}, headers=headers).status_code == 403
    assert not server.seen
    assert not local.seen


def test_what_browsers_send_from_our_own_pages_is_taken(server: Server, local: Server) -> None:
    for client, base in ((server.logged_in("Emil"), BASE), (local.client(), LOCAL)):
        own: list[dict[str, str]] = [
            {"origin": base, "sec-fetch-site": "same-origin"},
            {"origin": base},
            {"origin": "null", "sec-fetch-site": "same-origin"},  # a page that sends no referrer
            {},
        ]
        for headers in own:
            assert client.post("/edit", data={"csrf": csrf(client)}, headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"])
def test_every_method_that_is_not_safe_is_guarded(server: Server, method: str) -> None:
    client = server.logged_in("Emil")
    assert client.request(method, "/edit").status_code == 403
    assert client.request(method, "/account").status_code == 403


def test_a_program_on_this_machine_needs_no_token_a_page_of_another_site_does(local: Server) -> None:
    client = local.client()
    assert client.post("/api/v1/thing", json={}).status_code == 200
    # Another origin cannot leave all of these out.
    for headers in ({"origin": "http://localhost:3000"}, {"sec-fetch-mode": "no-cors"}, {"referer": "http://x/"}):
        assert client.post("/api/v1/thing", content=b"{}", headers=headers).status_code == 403
    assert client.post("/edit", json={}).status_code == 403
    assert client.post("/apis/v1/thing", json={}).status_code == 403


def test_a_cookie_on_the_api_needs_the_token_a_bearer_does_not(server: Server) -> None:
    client = server.logged_in("Emil")
    assert client.post("/api/v1/thing", json={}).status_code == 403
    assert client.post("/api/v1/thing", json={}, headers={"X-CSRF-Token": csrf(client)}).status_code == 200
    token = server.book.tokens.add("Emil", "script", server.access.local_user.role, days=None)
    bearer = {"authorization": f"Bearer {token}"}
    assert server.client().post("/api/v1/thing", json={}, headers=bearer).status_code == 200
    # A token is for programs: on a page neither does it open anything, nor does it spare the form's token.
    assert client.post("/edit", headers=bearer).status_code == 403
    assert server.client().get("/read", headers=bearer).status_code == 303


def test_the_login_form_is_guarded_too(server: Server) -> None:
    client = server.client()
    form = {"name": "Lena", "password": "drei Birnen im Nebel"}
    assert client.post("/login", data=form).status_code == 403
    client.get("/login")
    assert client.post("/login", data={**form, "csrf": "0" * 64}).status_code == 403
    assert "quellenlage-8400" not in client.cookies


def _receiving(chunks: list[bytes]) -> Any:
    messages = [{"type": "http.request", "body": c, "more_body": n < len(chunks) - 1} for n, c in enumerate(chunks)]

    async def receive() -> Any:
        return messages.pop(0)

    return receive


def _drained(receive: Any) -> Any:
    async def drain() -> bytes:
        body, more = b"", True
        while more:
            message = await receive()
            body += message["body"]
            more = message["more_body"]
        return body

    return drain()


BOUND = "multipart/form-data; boundary=zz"
PART = b'--zz\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nabc\r\n--zz--\r\n'


@pytest.mark.parametrize("size", [1, 2, 7, 4096])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"a=1&csrf=abc&b=%C3%A4"),
        ("application/x-www-form-urlencoded; charset=UTF-8", b"csrf=abc"),
        (BOUND, PART),
    ],
)
def test_the_field_is_found_however_the_body_is_cut(size: int, kind: str, body: bytes) -> None:
    import asyncio

    chunks = [body[at : at + size] for at in range(0, len(body), size)]

    async def run() -> tuple[str | None, bytes]:
        value, again = await leading_field(_receiving(chunks), kind)
        return value, await _drained(again)

    assert asyncio.run(run()) == ("abc", body)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (BOUND, b"no boundary at all"),
        (BOUND, b"--zz\r\n" + b"A: b\r\n" * 5000),
        (BOUND, b'--zz\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nabc'),
        (BOUND, b'--zz\r\nContent-Disposition: form-data; name="file"; filename="csrf"\r\n\r\nabc\r\n--zz--\r\n'),
        ("application/x-www-form-urlencoded", b"=;&&;=%%%"),
        ("application/x-www-form-urlencoded", b"x=" + b"csrf" * 40000),
        ("application/x-www-form-urlencoded", b"csrfx=abc&xcsrf=abc"),
    ],
)
def test_bodies_that_are_no_form_have_no_field_and_arrive_whole(kind: str, body: bytes) -> None:
    import asyncio

    async def run() -> tuple[str | None, bytes]:
        value, again = await leading_field(_receiving([body[:50], body[50:]]), kind)
        return value, await _drained(again)

    assert asyncio.run(run()) == (None, body)
