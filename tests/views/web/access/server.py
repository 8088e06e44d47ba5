"""A small application behind the guards, with clocks that stand still and passwords that cost nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from argon2 import PasswordHasher
from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient

from quellenlage.store import open_archive
from quellenlage.views.web import failures
from quellenlage.views.web.access import Access, Role, Settings, User, limited, make_access, requires
from quellenlage.views.web.access.access import Clocks
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.access.passwords import Passwords
from quellenlage.views.web.jobs import Jobs
from quellenlage.views.web.workbench import Workbench

HOST = "archiv.example.org"
BASE = f"http://{HOST}:8400"
PASSWORD = "drei Birnen im Nebel"  # noqa: S105 - of invented people
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PEOPLE = {"Lena": Role.READER, "Emil": Role.EDITOR, "Ada": Role.ADMIN}


@dataclass
class Clock:
    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Server:
    app: FastAPI
    access: Access
    clock: Clock
    base: str = BASE
    seen: list[Any] = field(default_factory=list)

    def client(self, *, address: str = "192.0.2.7", **headers: str) -> TestClient:
        """A browser of its own."""
        return TestClient(
            self.app,
            base_url=self.base,
            client=(address, 40000),
            headers={"accept-language": "en", **headers},
            follow_redirects=False,
            raise_server_exceptions=False,
        )

    def logged_in(self, name: str) -> TestClient:
        client = self.client()
        answer = log_in(client, name)
        assert answer.status_code == 303, answer.text
        return client

    @property
    def book(self) -> Book:
        book = self.access.book()
        assert book is not None
        return book


def token_in(html: str) -> str:
    found = re.search(r'name="csrf" (?:value|content)="([0-9a-f]{64})"', html)
    assert found, html[:500]
    return found[1]


def log_in(client: TestClient, name: str, password: str = PASSWORD, **more: str) -> Any:
    page = client.get("/login")
    return client.post("/login", data={"csrf": token_in(page.text), "name": name, "password": password, **more})


def csrf(client: TestClient) -> str:
    return token_in(client.get("/account").text)


def make_app(folder: Path, access: Access) -> tuple[FastAPI, list[Any]]:
    seen: list[Any] = []
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    archive = open_archive(str(folder / "archive.db"), create=True)
    app.state.workbench = Workbench(archive, Jobs(archive), "de")

    @app.get("/")
    @app.get("/read")
    @app.get("/api/v1/thing")
    async def read(user: Annotated[User, Depends(requires("reader"))]) -> dict[str, str]:
        return {"name": user.name, "role": user.role}

    @app.post("/edit")
    @app.post("/api/v1/thing")
    async def edit(request: Request, user: Annotated[User, Depends(requires("editor"))]) -> dict[str, str]:
        body = await request.body()
        seen.append(body)
        return {"name": user.name, "bytes": str(len(body))}

    @app.post("/add")
    async def upload(request: Request, user: Annotated[User, Depends(requires("editor"))]) -> dict[str, Any]:
        form = await request.form()
        file: Any = form["file"]
        content = await file.read()
        seen.append(content)
        return {"name": user.name, "bytes": len(content), "fields": sorted(form)}

    @app.post("/manage")
    async def manage(user: Annotated[User, Depends(requires("admin"))]) -> dict[str, str]:
        return {"name": user.name}

    @app.get("/dear", dependencies=[Depends(limited("dear", per_minute=6, burst=2))])
    async def dear() -> dict[str, str]:
        return {}

    @app.get("/boom")
    async def boom() -> None:
        raise RuntimeError("a secret detail")

    app.add_exception_handler(Exception, failures.unexpected)
    access.install(app)
    return app, seen


def serve(folder: Path, people: Mapping[str, Role] = PEOPLE, **changes: Any) -> Server:
    """A server for other machines, with accounts of one password."""
    clock = Clock()
    given: dict[str, Any] = {"host": "0.0.0.0", "hostnames": (HOST,), **changes}  # noqa: S104 - no socket is opened
    settings = Settings(archive=str(folder / "archive.db"), **given)
    if people:
        book = Book(settings.accounts_path(), create=True, clock=clock)
        for name, role in people.items():
            book.accounts.add(name, CHEAP.hash(PASSWORD), role)
        book.close()
    access = make_access(settings, passwords=CHEAP, clocks=Clocks(clock, clock))
    app, seen = make_app(folder, access)
    base = f"{settings.scheme}://{HOST}" + ("" if settings.https else ":8400")
    return Server(app, access, clock, base if not settings.local else "http://127.0.0.1:8400", seen)
