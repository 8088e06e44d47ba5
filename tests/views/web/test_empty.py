"""Pages of an archive without articles: each says so once and leads to adding some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.views.serving import served


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path: Path = tmp_path_factory.mktemp("empty") / "empty.db"
    with served(path) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/chronicle",
        "/chronicle/changes",
        "/claims",
        "/conflicts",
        "/entities",
        "/map",
        "/sources",
        "/stories",
        "/articles",
        "/search",
        "/search?q=x",
    ],
)
def test_every_list_leads_to_adding_articles(nothing: TestClient, path: str) -> None:
    main = html.fromstring(nothing.get(path).text).cssselect("main")[0]
    assert [link.text_content() for link in main.cssselect('a[href="/add"]')] == ["Artikel hinzufügen"]
    assert len(main.cssselect(".standfirst")) >= 1


def test_where_nothing_was_decided_there_is_nothing_to_filter(nothing: TestClient) -> None:
    page = html.fromstring(nothing.get("/decisions").text)
    assert "Noch ist nichts entschieden." in page.cssselect("#decisions")[0].text_content()
    assert not page.cssselect("#decisions form, #decisions .list-head")
