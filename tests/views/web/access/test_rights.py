"""Who may do what: roles, tokens of programs, the page of accounts, and what nobody may skip."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from tests.views.web.access.server import CHEAP, PASSWORD, Server, csrf, log_in, serve

from quellenlage.errors import Defect
from quellenlage.views.web.access import Role, User, requires
from quellenlage.views.web.access.roles import lesser
from quellenlage.views.web.access.routes import check_routes, unguarded

MAY = {
    ("Lena", "/edit"): 403, ("Lena", "/manage"): 403, ("Lena", "/accounts"): 403, ("Lena", "/accounts/role"): 403,
    ("Emil", "/edit"): 200, ("Emil", "/manage"): 403, ("Emil", "/accounts"): 403, ("Emil", "/accounts/password"): 403,
    ("Ada", "/edit"): 200, ("Ada", "/manage"): 200, ("Ada", "/accounts"): 400,
}  # fmt: skip


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return serve(tmp_path)


@pytest.mark.parametrize(("name", "path"), MAY)
def test_what_each_role_may(server: Server, name: str, path: str) -> None:
    client = server.logged_in(name)
    answer = client.post(path, data={"csrf": csrf(client), "role": "reader"})
    assert answer.status_code == MAY[name, path]
    if answer.status_code == 403:
        assert "Your account may not do this" in answer.text


def test_each_role_covers_those_before() -> None:
    assert [[one.covers(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    assert lesser(Role.ADMIN, Role.READER) is lesser(Role.READER, Role.ADMIN) is Role.READER
    assert User("x", Role.EDITOR).may("reader")
    with pytest.raises(ValueError, match="root"):
        User("x", Role.ADMIN).may("root")
    with pytest.raises(ValueError, match="owner"):
        requires("owner")


def test_nobody_raises_their_own_role(server: Server) -> None:
    client = server.logged_in("Emil")
    form = {"csrf": csrf(client), "name": "Emil", "role": "admin"}
    for path in ("/accounts/role", "/accounts", "/accounts/enable", "/accounts/password", "/accounts/tokens"):
        assert client.post(path, data=form).status_code == 403
    assert client.post("/account/password", data={**form, "current": PASSWORD}).status_code == 400
    assert client.get("/accounts").status_code == 403
    assert {a.name: a.role for a in server.book.accounts.all()}["Emil"] is Role.EDITOR


def test_a_role_taken_away_is_gone_at_once(server: Server) -> None:
    client = server.logged_in("Emil")
    token = csrf(client)
    server.book.accounts.set_role("emil", Role.READER)
    assert client.post("/edit", data={"csrf": token}).status_code == 403


def test_on_this_machine_its_user_may_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quellenlage.views.web.access.access.user_name", lambda: "rosa")
    local = serve(tmp_path, {}, host="127.0.0.1", hostnames=())
    client = local.client()
    assert client.get("/read").json() == {"name": "rosa", "role": "admin"}
    assert client.post("/manage", data={"csrf": csrf(client)}).json() == {"name": "rosa"}
    assert client.get("/login?next=/read").headers["location"] == "/read"
    assert client.get("/account").status_code == 200
    assert not (tmp_path / "archive.db.accounts").exists()


def test_the_first_account_can_be_made_on_this_machine(tmp_path: Path) -> None:
    local = serve(tmp_path, {}, host="127.0.0.1", hostnames=())
    client = local.client()
    form = {"csrf": csrf(client), "name": "Ada", "password": PASSWORD, "role": "admin"}
    assert "There are no accounts yet." in client.get("/accounts").text
    assert client.post("/accounts/role", data=form).status_code == 400
    assert not (tmp_path / "archive.db.accounts").exists()
    assert client.post("/accounts", data=form).headers["location"] == "/accounts?done=added"
    assert (tmp_path / "archive.db.accounts").stat().st_mode & 0o777 == 0o600
    assert serve(tmp_path, {}).logged_in("Ada").get("/accounts").status_code == 200


class TestManaging:
    def test_an_account_is_made_and_changed(self, server: Server) -> None:
        client = server.logged_in("Ada")
        form = {"csrf": csrf(client), "name": "Jörg Ölschläger", "password": "fünf Schlehen im Frost", "role": "editor"}
        assert client.post("/accounts", data=form).headers["location"] == "/accounts?done=added"
        assert "The account was made." in client.get("/accounts?done=added").text
        other = server.client()
        assert log_in(other, "joerg oelschlaeger", "fünf Schlehen im Frost").status_code == 303
        assert other.get("/read").json() == {"name": "Jörg Ölschläger", "role": "editor"}
        client.post("/accounts/role", data={**form, "role": "reader"})
        assert other.get("/read").json()["role"] == "reader"
        client.post("/accounts/sessions", data=form)
        assert other.get("/read").status_code == 303
        client.post("/accounts/password", data={**form, "password": "sechs Ebereschen am Hang"})
        assert log_in(other, "Jörg Ölschläger", "fünf Schlehen im Frost").status_code == 403
        assert log_in(other, "Jörg Ölschläger", "sechs Ebereschen am Hang").status_code == 303
        client.post("/accounts/disable", data=form)
        assert other.get("/read").status_code == 303
        assert "disabled" in client.get("/accounts").text
        client.post("/accounts/enable", data=form)
        assert log_in(other, "Jörg Ölschläger", "sechs Ebereschen am Hang").status_code == 303

    @pytest.mark.parametrize(
        ("path", "form", "said"),
        [
            ("/accounts", {"name": "LENA", "password": PASSWORD, "role": "reader"}, "of this name already"),
            ("/accounts", {"name": "Uwe", "password": "kurz", "role": "reader"}, "fewer than 12"),
            ("/accounts", {"name": "Uwe", "password": "Passwort1234", "role": "reader"}, "easily guessed"),
            ("/accounts", {"name": "...", "password": PASSWORD, "role": "reader"}, "cannot be the name"),
            ("/accounts", {"name": "a" * 65, "password": PASSWORD, "role": "reader"}, "cannot be the name"),
            ("/accounts", {"name": "Uwe\u202egpj", "password": PASSWORD, "role": "reader"}, "cannot be the name"),
            ("/accounts/role", {"name": "Niemand", "role": "admin"}, "no such account"),
            ("/accounts/role", {"name": "Ada", "role": "reader"}, "nobody could manage"),
            ("/accounts/disable", {"name": "Ada"}, "nobody could manage"),
            ("/accounts/tokens", {"name": "Ada", "label": "x"}, "there is no token"),
        ],
    )
    def test_what_cannot_be_done_says_why(self, server: Server, path: str, form: dict[str, str], said: str) -> None:
        client = server.logged_in("Ada")
        answer = client.post(path, data={"csrf": csrf(client), **form})
        assert answer.status_code == 400
        assert said in answer.text
        assert PASSWORD not in answer.text
        assert len(server.book.accounts.all()) == 3
        assert client.get("/accounts").status_code == 200

    def test_a_role_that_is_none_is_refused(self, server: Server) -> None:
        client = server.logged_in("Ada")
        for role in ("root", "", "ADMIN"):
            answer = client.post("/accounts/role", data={"csrf": csrf(client), "name": "Lena", "role": role})
            assert answer.status_code == 400

    def test_names_are_shown_as_text(self, server: Server) -> None:
        server.book.accounts.add("<img src=x onerror=alert(1)>", CHEAP.hash(PASSWORD), Role.READER)
        page = server.logged_in("Ada").get("/accounts").text
        assert "<img" not in page
        assert "&lt;img src=x" in page

    def test_the_page_has_no_hash_and_no_token(self, server: Server) -> None:
        token = server.book.tokens.add("Lena", "feed", Role.READER, days=None)
        page = server.logged_in("Ada").get("/accounts").text
        assert "feed" in page
        assert "argon2" not in page
        assert token not in page


class TestTokens:
    def bearer(self, token: str) -> dict[str, str]:
        return {"authorization": f"Bearer {token}"}

    def test_a_new_password_ends_the_tokens_of_the_old_one(self, server: Server) -> None:
        token = server.book.tokens.add("Emil", "feed", Role.READER, days=None)
        client = server.client()
        assert client.get("/api/v1/thing", headers=self.bearer(token)).status_code == 200
        server.book.accounts.set_hash("Emil", CHEAP.hash("sieben Krähen am Deich"), end_sessions=True)
        assert client.get("/api/v1/thing", headers=self.bearer(token)).status_code == 401

    def test_a_token_may_no_more_than_its_account(self, server: Server) -> None:
        token = server.book.tokens.add("Lena", "feed", Role.ADMIN, days=None)
        client = server.client()
        assert client.get("/api/v1/thing", headers=self.bearer(token)).json() == {"name": "Lena", "role": "reader"}
        assert client.post("/api/v1/thing", headers=self.bearer(token)).status_code == 403

    def test_nor_more_than_it_was_made_for(self, server: Server) -> None:
        token = server.book.tokens.add("Ada", "feed", Role.READER, days=None)
        client = server.client()
        assert client.get("/api/v1/thing", headers=self.bearer(token)).json() == {"name": "Ada", "role": "reader"}
        answer = client.post("/api/v1/thing", headers=self.bearer(token))
        assert (answer.status_code, answer.json()["detail"]) == (403, "the account may not do this")

    def test_it_ends_when_expired_revoked_or_disabled(self, server: Server) -> None:
        client = server.client()
        tokens = server.book.tokens
        short, revoked, disabled = (
            tokens.add("Emil", "a", Role.READER, days=2),
            tokens.add("Emil", "b", Role.READER, days=None),
            tokens.add("Lena", "a", Role.READER, days=None),
        )
        for token in (short, revoked, disabled):
            assert client.get("/api/v1/thing", headers=self.bearer(token)).status_code == 200
        tokens.revoke("emil", "b")
        server.book.accounts.disable("Lena")
        server.clock.now += 2 * 24 * 3600
        for token in (short, revoked, disabled):
            answer = client.get("/api/v1/thing", headers=self.bearer(token))
            assert (answer.status_code, answer.json()["detail"]) == (401, "the token is unknown, expired or revoked")
        server.book.accounts.enable("Lena")
        assert client.get("/api/v1/thing", headers=self.bearer(disabled)).status_code == 401

    @pytest.mark.parametrize("value", ["", "x", "ql_", "ql_" + "a" * 43, "a" * 20000, "ä", "' OR 1=1 --"])
    def test_an_invented_one_is_none(self, server: Server, value: str) -> None:
        client = server.logged_in("Ada")
        answer = client.get("/api/v1/thing", headers=[(b"authorization", f"Bearer {value}".encode())])
        assert answer.status_code == 401

    def test_on_this_machine_a_token_is_checked_as_well(self, tmp_path: Path) -> None:
        local = serve(tmp_path, host="127.0.0.1", hostnames=())
        token = local.book.tokens.add("Ada", "feed", Role.READER, days=None)
        client = local.client()
        assert client.get("/api/v1/thing").json()["role"] == "admin"
        assert client.get("/api/v1/thing", headers=self.bearer(token)).json() == {"name": "Ada", "role": "reader"}
        assert client.get("/api/v1/thing", headers=self.bearer("ql_" + "a" * 43)).status_code == 401

    def test_a_person_makes_and_revokes_their_own(self, server: Server) -> None:
        client = server.logged_in("Emil")
        form = {"csrf": csrf(client), "label": "Notizen & mehr", "role": "admin", "days": "30"}
        page = client.post("/account/tokens", data=form)
        token = page.text.split("<code>")[1].split("</code>")[0]
        assert page.headers["cache-control"] == "no-store"
        assert server.client().get("/api/v1/thing", headers=self.bearer(token)).json()["role"] == "editor"
        assert "Notizen &amp; mehr" in client.get("/account").text
        assert token not in client.get("/account").text
        assert client.post("/account/tokens", data=form).status_code == 400
        other = server.logged_in("Lena")
        assert other.post("/account/tokens/revoke", data={**form, "csrf": csrf(other)}).status_code == 404
        assert client.post("/account/tokens/revoke", data=form).status_code == 303
        assert server.client().get("/api/v1/thing", headers=self.bearer(token)).status_code == 401


def test_a_route_that_changes_something_must_name_a_role(server: Server) -> None:
    check_routes(server.app)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    guarded = APIRouter(dependencies=[Depends(requires("editor"))])
    bare = APIRouter()

    @guarded.post("/a")
    @bare.delete("/b")
    @bare.get("/c")
    async def handler() -> None: ...

    @bare.put("/d")
    async def by_user(_: Annotated[User, Depends(requires("admin"))]) -> None: ...

    app.include_router(guarded)
    app.include_router(bare, prefix="/x")
    assert list(unguarded(app)) == ["DELETE /x/b"]
    with pytest.raises(Defect, match="DELETE /x/b"):
        check_routes(app)
