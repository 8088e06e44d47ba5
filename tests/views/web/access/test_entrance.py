"""What comes in at all: hosts, proxies, sizes; and the headers that every answer goes out with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.views.web.access.server import HOST, Server, csrf, log_in, serve

from quellenlage.errors import BadInput
from quellenlage.views.web.access import Bounds, Settings
from quellenlage.views.web.access.entrance import allowed_hosts
from quellenlage.views.web.access.headers import CSP

ANY = "0.0.0.0"  # noqa: S104 - no socket is opened


@pytest.fixture
def local(tmp_path: Path) -> Server:
    return serve(tmp_path, {}, host="127.0.0.1", hostnames=())


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return serve(tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1:8400", "localhost:8400", "LOCALHOST:8400", "[::1]:8400"])
def test_on_this_machine_its_own_names_are_answered(local: Server, host: str) -> None:
    assert local.client().get("/read", headers={"host": host}).json()["role"] == "admin"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8400", "evil.example", "127.0.0.1", "localhost", "127.0.0.1:80", "127.0.0.1:8400.evil.example",
        "localhost.evil.example:8400", "127.0.0.1:8400@evil.example", "0.0.0.0:8400", "[::]:8400", "", ":8400",
        "localhost:8400, evil.example", "localhost:08400", "2130706433:8400",
    ],
)  # fmt: skip
def test_a_name_that_was_rebound_to_this_machine_is_not(local: Server, host: str) -> None:
    for method, path in (("GET", "/read"), ("POST", "/api/v1/thing"), ("GET", "/static/x"), ("GET", "/login")):
        answer = local.client().request(method, path, headers={"host": host})
        assert answer.status_code == 421
        assert answer.headers["content-security-policy"] == CSP
    assert not local.seen


def test_two_hosts_are_none(local: Server) -> None:
    client = local.client()
    answer = client.get("/read", headers=[("host", "127.0.0.1:8400"), ("host", "evil.example")])
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "name", ["x-forwarded-for", "forwarded", "x-forwarded-host", "x-forwarded-proto", "via", "x-real-ip"]
)
def test_a_proxy_nobody_told_us_of_opens_nothing(local: Server, name: str) -> None:
    answer = local.client().get("/read", headers={name: "127.0.0.1"})
    assert answer.status_code == 400
    assert "--behind-proxy" in answer.text


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        ({"host": ANY, "hostnames": ("A.example.",)}, {"a.example:8400"}),
        ({"host": ANY, "hostnames": ("a.example",), "port": 80}, {"a.example", "a.example:80"}),
        ({"host": "10.1.2.3"}, {"10.1.2.3:8400"}),
        ({"host": "fd00::1"}, {"[fd00::1]:8400"}),
        (
            {"host": "127.0.0.1", "behind_proxy": True, "https": True, "hostnames": ("a.example",)},
            {"a.example", "a.example:443", "a.example:8400", "127.0.0.1", "127.0.0.1:443", "127.0.0.1:8400"},
        ),
        ({"host": "::", "hostnames": ("a.example:9000",)}, {"a.example:9000"}),
        ({"host": "::", "hostnames": ("münchen.example",)}, {"xn--mnchen-3ya.example:8400"}),
    ],
)
def test_which_hosts_are_answered(settings: dict[str, Any], hosts: set[str]) -> None:
    assert {one.decode() for one in allowed_hosts(Settings(archive="a.db", **settings))} == hosts


@pytest.mark.parametrize(
    "settings",
    [
        {"host": ANY},
        {"host": "::"},
        {"host": ""},
        {"host": "127.0.0.1", "behind_proxy": True},
        {"host": "10.0.0.1", "hostnames": ("http://a.example/",)},
        {"host": "10.0.0.1", "hostnames": ("",)},
        {"host": "10.0.0.1", "hostnames": ("a.example\r\nX: y",)},
    ],
)
def test_a_server_that_does_not_know_its_name_does_not_start(settings: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        allowed_hosts(Settings(archive="a.db", **settings))


@pytest.mark.parametrize(
    ("settings", "address", "listens"),
    [
        ({}, "http://127.0.0.1:8400/", "127.0.0.1:8400"),
        ({"host": "::1"}, "http://[::1]:8400/", "[::1]:8400"),
        ({"host": "10.1.2.3", "https": True}, "https://10.1.2.3:8400/", "10.1.2.3:8400"),
        ({"host": ANY, "hostnames": ("a.example", "b.example")}, "http://a.example:8400/", "0.0.0.0:8400"),
        ({"host": ANY, "hostnames": ("a.example:80",)}, "http://a.example:80/", "0.0.0.0:8400"),
        ({"behind_proxy": True, "https": True, "hostnames": ("a.example",)}, "https://a.example/", "127.0.0.1:8400"),
        ({"behind_proxy": True, "https": True, "hostnames": ("a.b:444",)}, "https://a.b:444/", "127.0.0.1:8400"),
    ],
)
def test_the_address_that_is_told_is_the_one_to_type(settings: dict[str, Any], address: str, listens: str) -> None:
    made = Settings(archive="a.db", **settings)
    assert (made.address, made.listens) == (address, listens)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_these_addresses_are_this_machine(host: str) -> None:
    assert Settings(archive="a.db", host=host).local
    assert not Settings(archive="a.db", host=host, behind_proxy=True).local


@pytest.mark.parametrize("host", [ANY, "::", "", "10.0.0.1", "localhost.example", "127.0.0.1.example", "1"])
def test_these_are_not(host: str) -> None:
    assert not Settings(archive="a.db", host=host).local


class TestBehindAProxy:
    @pytest.fixture
    def proxied(self, tmp_path: Path) -> Server:
        return serve(tmp_path, host="127.0.0.1", behind_proxy=True, https=True)

    def through(self, server: Server, peer: str = "127.0.0.1", **headers: str) -> TestClient:
        return server.client(address=peer, **{name.replace("_", "-"): value for name, value in headers.items()})

    def test_what_it_passes_on_needs_a_login(self, proxied: Server) -> None:
        assert self.through(proxied).get("/read").status_code == 303
        assert self.through(proxied, x_forwarded_for="127.0.0.1").get("/read").status_code == 303

    def test_the_host_it_names_is_checked(self, proxied: Server) -> None:
        assert self.through(proxied, x_forwarded_host="evil.example").get("/login").status_code == 421
        assert self.through(proxied, x_forwarded_host=f"evil.example, {HOST}").get("/login").status_code == 200
        assert self.through(proxied, x_forwarded_host=f"{HOST}, evil.example").get("/login").status_code == 421

    def test_each_address_it_names_is_an_asker_of_its_own_and_inventions_before_it_are_not(
        self, proxied: Server
    ) -> None:
        for n in range(4):
            assert (
                log_in(self.through(proxied, x_forwarded_for=f"10.9.9.{n}, 192.0.2.1"), "Lena", "x").status_code == 403
            )
        assert log_in(self.through(proxied, x_forwarded_for="10.9.9.9, 192.0.2.1"), "Lena").status_code == 429
        assert log_in(self.through(proxied, x_forwarded_for="192.0.2.2"), "Lena").status_code == 303

    def test_who_is_no_proxy_is_not_believed(self, proxied: Server) -> None:
        for n in range(4):
            client = self.through(proxied, peer="203.0.113.5", x_forwarded_for=f"192.0.2.{n}")
            assert log_in(client, "Lena", "x").status_code == 403
        assert log_in(self.through(proxied, peer="203.0.113.5", x_forwarded_for="1.2.3.4"), "Lena").status_code == 429
        answer = self.through(proxied, peer="203.0.113.5", x_forwarded_host=HOST, host="evil.example").get("/login")
        assert answer.status_code == 421

    def test_what_came_to_it_unencrypted_is_refused(self, proxied: Server) -> None:
        """The cookies are for encrypted pages alone: a login would succeed and be forgotten at once."""
        for path in ("/login", "/read", "/api/v1/thing"):
            for given in ("http", "HTTP", "https, http"):
                answer = self.through(proxied, x_forwarded_proto=given).get(path)
                assert answer.status_code == 400
                assert "https" in answer.text
        for given in ("https", "http, https", ""):
            assert self.through(proxied, x_forwarded_proto=given).get("/login").status_code == 200
        assert self.through(proxied, peer="203.0.113.5", x_forwarded_proto="http").get("/login").status_code == 200

    def test_cookies_and_redirects_are_those_of_the_encrypted_address(self, proxied: Server) -> None:
        answer = log_in(self.through(proxied, x_forwarded_for="192.0.2.2", x_forwarded_proto="https"), "Lena")
        assert answer.headers["location"] == "/"
        secret = next(one for one in answer.headers.get_list("set-cookie") if "-form-" not in one)
        assert secret.startswith("__Host-")
        assert "; Secure" in secret
        assert answer.headers["strict-transport-security"]

    def test_a_proxy_must_be_an_address(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput):
            serve(tmp_path, host="127.0.0.1", behind_proxy=True, proxies=("proxy.example",))


SMALL = Bounds(body=1000, upload=5000, uploads=("/add",))


@pytest.fixture
def small(tmp_path: Path) -> Server:
    return serve(tmp_path, {}, host="127.0.0.1", hostnames=(), bounds=SMALL)


def _chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 100):
        yield b"x" * 100


def test_a_body_over_the_limit_is_refused_as_announced_and_as_it_comes(small: Server) -> None:
    client = small.client()
    headers = {"X-CSRF-Token": csrf(client)}
    assert client.post("/edit", content=b"x" * 1000, headers=headers).json()["bytes"] == "1000"
    assert client.post("/edit", content=b"x" * 1001, headers=headers).status_code == 413
    assert client.post("/edit", content=_chunks(1000), headers=headers).json()["bytes"] == "1000"
    assert client.post("/edit", content=_chunks(1100), headers=headers).status_code == 413
    assert client.post("/api/v1/thing", content=_chunks(1100)).headers["content-type"] == "application/problem+json"
    assert [len(body) for body in small.seen] == [1000, 1000]


def test_a_length_that_lies_is_found_out(small: Server) -> None:
    client = small.client()
    token = csrf(client)
    for length in ("10", "-1", "1e9", "9" * 30, "", "1 0"):
        headers = {"X-CSRF-Token": token, "content-length": length}
        assert client.post("/edit", content=_chunks(2000), headers=headers).status_code in (400, 413)
    assert not small.seen


def test_uploads_may_be_larger_but_not_everywhere_below_a_similar_name(small: Server) -> None:
    client = small.client()
    token = csrf(client)
    answer = client.post("/add", data={"csrf": token}, files={"file": ("a", b"x" * 4000)})
    assert answer.json()["bytes"] == 4000
    assert client.post("/add", data={"csrf": token}, files={"file": ("a", b"x" * 6000)}).status_code == 413
    assert client.post("/added", content=b"x" * 4000, headers={"X-CSRF-Token": token}).status_code == 413


def test_the_login_form_of_nobody_takes_no_upload(server: Server) -> None:
    client = server.client()
    client.get("/login")
    assert client.post("/login", content=_chunks(5 << 20)).status_code in (403, 413)


def test_huge_headers_and_addresses_are_refused(local: Server) -> None:
    client = local.client()
    assert client.get("/read", headers={"x-filler": "a" * 40_000}).status_code == 431
    assert client.get("/read", headers={f"x-{n}": "a" * 50 for n in range(800)}).status_code == 431
    assert client.get("/read?" + "a" * 9000).status_code == 414


def test_every_answer_carries_the_headers(server: Server, local: Server) -> None:
    answers = [
        server.client().get("/login"),
        server.client().get("/read"),
        server.client().get("/api/v1/thing"),
        server.logged_in("Lena").get("/boom"),
        server.logged_in("Lena").get("/nowhere"),
        server.logged_in("Lena").post("/edit"),
        server.client().get("/login", headers={"host": "evil.example"}),
        local.client().get("/boom"),
        local.client().get("/read"),
    ]
    assert [a.status_code for a in answers] == [200, 303, 401, 500, 404, 403, 421, 500, 200]
    for answer in answers:
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "geolocation=()" in answer.headers["permissions-policy"]
        assert answer.headers["cache-control"] in ("no-store", "private, no-cache")
        assert "access-control-allow-origin" not in answer.headers
        assert "a secret detail" not in answer.text
    assert "unsafe" not in CSP


def test_failures_are_told_as_a_page(local: Server) -> None:
    answer = local.client().get("/boom")
    assert "Something went wrong that should not have" in answer.text


def test_what_depends_on_how_the_server_is_reached(tmp_path: Path) -> None:
    def headers(name: str, **settings: Any) -> Any:
        (tmp_path / name).mkdir()
        return serve(tmp_path / name, **settings).client().get("/login").headers

    plain, encrypted = headers("a"), headers("b", https=True, port=443)
    here = headers("c", host="127.0.0.1", hostnames=())
    assert encrypted["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in plain
    assert "strict-transport-security" not in here
    # Where browsers do not say from which site a form comes, its origin must not be hidden.
    assert plain["referrer-policy"] == "same-origin"
    assert encrypted["referrer-policy"] == here["referrer-policy"] == "no-referrer"
    assert plain["cache-control"] == encrypted["cache-control"] == "no-store"
    assert here["cache-control"] == "private, no-cache"


def test_no_websocket_is_opened(local: Server) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), local.client().websocket_connect("/read"):
        pass
