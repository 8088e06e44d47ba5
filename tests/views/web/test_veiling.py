"""A server that keeps the names of private persons back, and one that says whether it is well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quellenlage.store import open_archive
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app

PRIVATE = ("Farid", "Stolte", "Wiebke", "Dunja")


@pytest.fixture(scope="module")
def veiled(sample_path: Path) -> Iterator[TestClient]:
    archive = open_archive(str(sample_path))
    access = make_access(Settings(archive=str(sample_path), port=8765))
    app = make_app(archive, access, lang="de", pseudonyms="initials")
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client
    archive.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/chronicle", "/entities?kind=PER&limit=200", "/claims", "/conflicts", "/sources", "/review", "/map",
     "/search?q=Chefarzt", "/api/v1/entities?kind=PER&limit=200", "/api/v1/claims?limit=200"],
)  # fmt: skip
def test_no_page_and_no_record_has_a_private_name(veiled: TestClient, path: str) -> None:
    answer = veiled.get(path)
    assert answer.status_code == 200
    assert [name for name in PRIVATE if name in answer.text] == []


def test_an_article_shows_initials_in_brackets(veiled: TestClient, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    person = next(e for e in archive.linked().entities if e.name == "Farid Haddadin")
    archive.close()
    for article in sorted({member.article for member in person.members}):
        text = veiled.get(f"/articles/{article}").text
        assert "Farid" not in text
        assert "[F. H.]" in text
    assert "F. H." in veiled.get(f"/entities/{person.id}").text


def test_names_stay_where_nobody_asked(client: TestClient) -> None:
    assert "Farid" in client.get("/api/v1/entities?kind=PER&limit=200").text


def test_health_needs_no_login_and_says_no_more(sample_path: Path, client: TestClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["cache-control"] == "no-store"


def test_health_says_when_the_archive_is_gone(tmp_path: Path, sample_path: Path) -> None:
    path = tmp_path / "own.db"
    path.write_bytes(sample_path.read_bytes())
    archive = open_archive(str(path))
    access = make_access(Settings(archive=str(path), port=8765))
    with TestClient(make_app(archive, access), base_url="http://127.0.0.1:8765") as client:
        assert client.get("/health").status_code == 200
        path.unlink()
        assert client.get("/health").status_code == 503
