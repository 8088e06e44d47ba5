"""Logging in and out, and what is tried to get in without."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from tests.views.web.access.server import CHEAP, PASSWORD, Server, csrf, log_in, serve, token_in

from quellenlage.views.web.access.passwords import Passwords
from quellenlage.views.web.access.secret import new_secret

SESSION, FORM = "quellenlage-8400", "quellenlage-form-8400"


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return serve(tmp_path)


def test_a_login_opens_the_page_that_was_asked_for(server: Server) -> None:
    client = server.client()
    answer = client.get("/read?q=a%20b&r=%C3%A4")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Fread%3Fq%3Da%2520b%26r%3D%25C3%25A4",
    )
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    wanted = "/read?q=a%20b&r=%C3%A4"
    answer = client.post(
        "/login", data={"csrf": token_in(page.text), "name": "lena", "password": PASSWORD, "next": wanted}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, wanted)
    assert client.get("/read").json() == {"name": "Lena", "role": "reader"}


def test_the_login_page_is_said_in_both_languages(server: Server) -> None:
    client = server.client()
    assert "Anmelden" in client.get("/login", headers={"accept-language": "de"}).text
    assert "Log in" in client.get("/login").text
    assert "Mein Konto" not in client.get("/login", headers={"accept-language": "de"}).text


@pytest.mark.parametrize(("name", "password"), [("Lena", "falsch"), ("Niemand", PASSWORD), ("", ""), ("Lena", "")])
def test_a_wrong_login_says_not_what_was_wrong(server: Server, name: str, password: str) -> None:
    client = server.client()
    answer = log_in(client, name, password)
    assert answer.status_code == 403
    assert "Name or password is wrong, or the account is disabled." in answer.text
    assert SESSION not in client.cookies
    assert client.get("/read").status_code == 303


def test_a_disabled_account_is_refused_like_a_wrong_password(server: Server) -> None:
    server.book.accounts.disable("Lena")
    answer = log_in(server.client(), "Lena")
    assert answer.status_code == 403
    assert "Name or password is wrong" in answer.text


def test_a_name_nobody_has_costs_as_much_as_one_that_somebody_has() -> None:
    dear = Passwords(PasswordHasher(time_cost=2, memory_cost=8 << 10, parallelism=1))
    kept = dear.hash(PASSWORD)
    dear.check("x", None)

    def seconds(hash_: str | None) -> float:
        start = time.perf_counter()
        assert not dear.check("wrong", hash_)
        return time.perf_counter() - start

    known = statistics.median(seconds(kept) for _ in range(9))
    unknown = statistics.median(seconds(None) for _ in range(9))
    assert 0.5 < unknown / known < 2


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(server: Server) -> None:
    cookie = log_in(server.client(), "Lena").headers.get_list("set-cookie")[-1]
    assert cookie.startswith(f"{SESSION}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_encrypted_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    server = serve(tmp_path, https=True, port=443)
    client = server.client()
    cookie = log_in(client, "Lena").headers.get_list("set-cookie")[-1]
    assert cookie.startswith("__Host-quellenlage-443=")
    assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert client.get("/read").status_code == 200


def test_only_a_digest_of_a_session_is_kept(server: Server, tmp_path: Path) -> None:
    client = server.logged_in("Lena")
    secret = client.cookies[SESSION]
    files = b"".join(path.read_bytes() for path in tmp_path.glob("archive.db.accounts*"))
    assert secret.encode() not in files
    assert PASSWORD.encode() not in files
    assert b"$argon2id$" in files


def test_a_session_cannot_be_fixed(server: Server) -> None:
    planted = new_secret()
    client = server.client()
    client.cookies.set(SESSION, planted)
    client.cookies.set(FORM, planted)
    page = client.get("/login")
    answer = client.post("/login", data={"csrf": token_in(page.text), "name": "Lena", "password": PASSWORD})
    assert answer.status_code == 303
    mallory = server.client()
    mallory.cookies.set(SESSION, planted)
    assert mallory.get("/read").status_code == 303


def test_each_login_has_a_secret_of_its_own_and_ends_the_one_before(server: Server) -> None:
    client = server.logged_in("Lena")
    first = client.cookies[SESSION]
    answer = client.post("/login", data={"csrf": csrf(client), "name": "Emil", "password": PASSWORD})
    assert answer.status_code == 303
    assert client.cookies[SESSION] != first
    assert client.get("/read").json()["name"] == "Emil"
    old = server.client()
    old.cookies.set(SESSION, first)
    assert old.get("/read").status_code == 303


def test_after_a_logout_the_cookie_is_worth_nothing(server: Server) -> None:
    client = server.logged_in("Lena")
    secret = client.cookies[SESSION]
    answer = client.post("/logout", data={"csrf": csrf(client)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert SESSION not in client.cookies
    client.cookies.set(SESSION, secret)
    assert client.get("/read").status_code == 303
    assert client.get("/logout").status_code == 303


def test_a_disabled_account_is_out_at_once(server: Server) -> None:
    client = server.logged_in("Lena")
    server.book.accounts.disable("Lena")
    assert client.get("/read").status_code == 303
    server.book.accounts.enable("Lena")
    assert client.get("/read").status_code == 303  # the session has ended for good


def test_sessions_end_when_idle_and_when_old(server: Server) -> None:
    bounds = server.access.settings.bounds
    client = server.logged_in("Lena")
    server.clock.now += bounds.idle - 1
    assert client.get("/read").status_code == 200  # notes that it was seen
    server.clock.now += bounds.idle - 1
    assert client.get("/read").status_code == 200
    server.clock.now += bounds.idle
    assert client.get("/read").status_code == 303
    client = server.logged_in("Lena")
    for _ in range(bounds.absolute // (bounds.idle - 1)):
        server.clock.now += bounds.idle - 1
        assert client.get("/read").status_code == 200
    server.clock.now += bounds.idle - 1
    assert client.get("/read").status_code == 303


def test_a_new_password_ends_all_other_sessions(server: Server) -> None:
    here, there = server.logged_in("Lena"), server.logged_in("Lena")
    before = here.cookies[SESSION]
    form = {
        "csrf": csrf(here),
        "current": PASSWORD,
        "password": "vier Quitten am Wehr",
        "again": "vier Quitten am Wehr",
    }
    assert here.post("/account/password", data={**form, "current": "falsch"}).status_code == 403
    assert here.post("/account/password", data={**form, "again": "anders geschrieben"}).status_code == 400
    assert here.post("/account/password", data={**form, "password": "kurz", "again": "kurz"}).status_code == 400
    answer = here.post("/account/password", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=password")
    assert here.cookies[SESSION] != before
    assert here.get("/read").status_code == 200
    assert there.get("/read").status_code == 303
    assert log_in(server.client(), "Lena").status_code == 403
    assert log_in(server.client(), "Lena", "vier Quitten am Wehr").status_code == 303


def test_a_hash_of_weaker_parameters_is_made_anew(server: Server) -> None:
    kept = server.book.accounts.kept("Lena")
    assert kept is not None
    server.access.passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    server.logged_in("Lena")
    renewed = server.book.accounts.kept("Lena")
    assert renewed is not None
    assert renewed.hash != kept.hash
    assert not server.access.passwords.outdated(renewed.hash)
    assert CHEAP.check(PASSWORD, renewed.hash)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/%0d%0aX: y\r\nX: y",
        " //evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "read",
        "",
        "/login?next=/login",
        "/" + "a" * 3000,
        "/\u202egnp",
    ],
)
def test_the_login_leads_nowhere_else(server: Server, wanted: str) -> None:
    answer = log_in(server.client(), "Lena", next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "x" not in answer.headers
    client = server.logged_in("Lena")
    assert client.get("/login", params={"next": wanted}).headers["location"] == "/"


def test_a_name_that_is_markup_stays_text(server: Server) -> None:
    answer = log_in(server.client(), '"><script>alert(1)</script>')
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_programs_and_htmx_are_told_instead_of_redirected(server: Server) -> None:
    client = server.client()
    answer = client.get("/api/v1/thing")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/reference#problem-{answer.status_code}"
    assert answer.json()["status"] == 401
    answer = client.get("/read", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login")
    assert client.post("/edit").status_code == 401
    assert client.get("/nowhere").status_code == 303


def test_cookies_that_are_rubbish_are_no_error(server: Server) -> None:
    for value in ("", "x", "a" * 5000, "%00", "ä", "'; DROP TABLE sessions; --", "ql_" + "a" * 43):
        answer = server.client().get("/read", headers=[(b"cookie", f"{SESSION}={value}".encode())])
        assert answer.status_code == 303
