"""Parameters that a page does not have are named on lists, and refused by exports."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

LISTS = (
    "/chronicle /chronicle/open /chronicle/changes /map /claims /conflicts /decisions /entities /articles "
    "/sources /stories /search /jobs /review/list"
).split()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_names_a_parameter_that_it_does_not_have(client: TestClient, path: str) -> None:
    named = [code.text for code in html.fromstring(client.get(f"{path}?zz=1").text).cssselect(".notice.warn code")]
    assert named == ["zz=1"]
    assert not html.fromstring(client.get(f"{path}?offset=0").text).cssselect(".notice.warn code") or path in {
        "/jobs", "/chronicle/open", "/chronicle/changes",
    }  # fmt: skip


@pytest.mark.parametrize(
    "query", ["foo=1", "event=evm-1", "actor=Xyzzyhausen", "page=/sources&zz=1", "full_text=vielleicht"]
)
def test_an_export_refuses_what_it_does_not_understand(client: TestClient, query: str) -> None:
    assert client.get(f"/export?{query}").status_code == 400
    assert client.get(f"/export/jsonl?{query}").status_code in {400, 404}
    assert client.get(f"/export/csv?{query}").status_code == 400


def test_an_export_without_a_page_takes_the_filters_of_the_chronicle(client: TestClient) -> None:
    given = client.get("/export/csv?actor=Karvenien")
    assert given.status_code == 200
    assert given.content == client.get("/export/csv?page=/chronicle&actor=Karvenien").content
    assert given.content != client.get("/export/csv").content


@pytest.mark.parametrize(
    ("path", "names"), [("/chronicle", ("from", "to")), ("/claims", ("from", "to")), ("/articles", ("since", "until"))]
)
def test_a_period_that_ends_before_it_begins_is_named(client: TestClient, path: str, names: tuple[str, str]) -> None:
    shown = html.fromstring(client.get(path, params=dict(zip(names, ("2022", "2021"), strict=True))).text)
    (notice,) = shown.cssselect(".notice.warn")
    assert [code.text for code in notice.cssselect("code")] == [f"{names[0]}=2022", f"{names[1]}=2021"]
    assert "endet, bevor es beginnt" in notice.text_content()
