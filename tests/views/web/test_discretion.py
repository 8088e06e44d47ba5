"""Who does not manage the archive reads nothing of where files lie on the server, and gets no digests of names."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views.web.access.server import BASE, CHEAP, HOST, PEOPLE, log_in, token_in

from quellenlage.errors import Phrase
from quellenlage.store import open_archive
from quellenlage.views.discretion import discreet, hiding, shown_source, without_folders
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.app import make_app

PAGES = (
    "/", "/chronicle", "/claims", "/conflicts", "/sources", "/articles", "/entities", "/stories", "/search?q=Hafen",
    "/map", "/decisions", "/review", "/jobs",
    "/api/v1/chronicle", "/api/v1/articles", "/api/v1/claims", "/api/v1/conflicts", "/api/v1/search?q=Hafen",
    "/api/v1/sources", "/api/v1/stories", "/api/v1/entities", "/api/v1/jobs",
)  # fmt: skip
FORMS = ("jsonl", "csv", "jsonld", "ftm", "geojson", "timelinejs", "md", "html", "docx")
TEXTS = ("jsonl", "jsonld", "uima", "timeml")


class Served:
    def __init__(self, client: TestClient, folder: str) -> None:
        self.client = client
        self.folder = folder

    def logged_in(self, name: str) -> TestClient:
        self.client.cookies.clear()
        assert log_in(self.client, name).status_code == 303
        return self.client


@pytest.fixture
def served(own_path: Path, sample_path: Path) -> Iterator[Served]:
    archive = open_archive(str(own_path))
    archive.suppress(["Ada Unbekannt"])
    settings = Settings(archive=str(own_path), host="0.0.0.0", hostnames=(HOST,))  # noqa: S104 - no socket is opened
    book = Book(settings.accounts_path(), create=True, clock=lambda: 1_700_000_000.0)
    for name, role in PEOPLE.items():
        book.accounts.add(name, CHEAP.hash("drei Birnen im Nebel"), role)
    book.close()
    app = make_app(archive, make_access(settings, passwords=CHEAP), lang="de")
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield Served(client, str(sample_path.parent))
    archive.close()


def unpacked(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def told(client: TestClient) -> dict[str, str]:
    """All that can be read, by its address."""
    found = {}
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code in {200, 403}, (path, answer.text[:200])
        found[path] = answer.text
    links = set(
        re.findall(r'href="(/(?:article|event|claim|story|origin|entity|conflict)s?/[^"#?]+)', "".join(found.values()))
    )
    kinds: dict[str, int] = {}
    for path in sorted(links):
        kind = path.split("/")[1]
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] <= 4:
            found[path] = client.get(path).text
    assert kinds, "no page links to another one"
    articles = [one["article"] for one in json.loads(found["/api/v1/articles"])["items"]][:2]
    for one in articles:
        for path in (f"/api/v1/articles/{one}", f"/articles/{one}", f"/api/v1/articles/{one}/layers"):
            found[path] = client.get(path, follow_redirects=True).text
    for form in FORMS:
        found[form] = unpacked(client.get(f"/export/{form}").content)
    for form in TEXTS:
        found[f"{form} with texts"] = unpacked(client.get(f"/export/{form}?full_text=yes").content)
    return found


def test_who_manages_the_archive_reads_where_the_articles_lay_and_nobody_else(served: Served) -> None:
    every = told(served.logged_in("Ada"))  # what is kept for her is not given to others
    for path in ("jsonl", "csv", "jsonl with texts", "/api/v1/articles"):
        assert served.folder in every[path], path
    assert '"record":"suppressed"' in every["jsonl with texts"]
    found = told(served.logged_in("Emil"))
    assert not [path for path, text in found.items() if served.folder in text]
    assert '"record":"capture"' in found["jsonl with texts"]
    assert '"record":"suppressed"' not in found["jsonl with texts"]


def test_an_export_in_the_background_is_as_discreet(served: Served) -> None:
    client = served.logged_in("Emil")
    token = token_in(client.get("/account").text)
    data = {"csrf": token, "format": "jsonl", "full_text": "yes"}
    where = client.post("/export/run", data=data).headers["location"]
    for _ in range(600):
        answer = client.get(f"{where}/file")
        if answer.status_code == 200:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the export never ended")
    assert served.folder not in answer.text
    assert '"record":"suppressed"' not in answer.text


def test_an_unusable_archive_is_called_by_its_name(served: Served, own_path: Path) -> None:
    client = served.logged_in("Lena")
    own_path.unlink()
    for path in ("/", "/api/v1/chronicle"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert own_path.name in answer.text
        assert str(own_path.parent) not in answer.text
    assert str(own_path) in served.logged_in("Ada").get("/").text


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/srv/press/a b.html", "a b.html"),
        ("/srv/press/export.txt#3", "export.txt#3"),
        ("~/press/a.txt", "a.txt"),
        ("file:///srv/press/a.txt", "a.txt"),
        ("sqlite:////srv/a.db", "a.db"),
        ("C:\\Presse\\a.txt", "a.txt"),
        ("\\\\server\\presse\\a.txt", "a.txt"),
        ("presse/a.txt", "presse/a.txt"),
        ("https://zeitung.example/a/b", "https://zeitung.example/a/b"),
        ("Pasted text", "Pasted text"),
        ("-", "-"),
        ("", ""),
        ("/", "/"),
    ],
)
def test_of_a_path_only_its_last_part_is_shown(source: str, name: str) -> None:
    assert without_folders(source) == name
    assert shown_source(source) == source
    with hiding(True):
        assert shown_source(source) == name
        assert str(discreet(Phrase("{a}: {b}", a=source, b=Phrase("in {c}", c=Path("/srv/x"))))) == f"{name}: in x"
