"""Addresses with filters that make no sense: the page names them, and an export refuses them."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

BAD = [
    ("/chronicle", {"type": "foo"}),
    ("/chronicle", {"from": "gestern"}),
    ("/chronicle", {"factuality": "maybe"}),
    ("/chronicle", {"actor": "ent-0000000000000000"}),
    ("/chronicle", {"place": "Xyzzyhausen"}),
    ("/chronicle", {"story": "sty-0000000000000000"}),
    ("/chronicle/open", {"type": "foo"}),
    ("/map", {"type": "foo"}),
    ("/claims", {"channel": "brieftaube"}),
    ("/claims", {"to": "2021-13"}),
    ("/conflicts", {"grade": "schlimm"}),
    ("/entities", {"kind": "tiere"}),
    ("/articles", {"since": "neulich"}),
    ("/articles", {"entity": "ent-0000000000000000"}),
    ("/articles", {"story": "foo"}),
    ("/articles", {"order": "zufall"}),
]


@pytest.mark.parametrize(("path", "given"), BAD)
def test_the_page_names_what_it_left_out(client: TestClient, path: str, given: dict[str, str]) -> None:
    answer = client.get(path, params=given)
    assert answer.status_code == 200
    (notice,) = html.fromstring(answer.text).cssselect(".notice.warn[role=status]")
    ((name, value),) = given.items()
    assert [code.text for code in notice.cssselect("code")] == [f"{name}={value}"]
    assert "Nicht verstanden" in notice.text_content()
    assert not html.fromstring(client.get(path).text).cssselect(".notice.warn")


@pytest.mark.parametrize(("path", "given"), [one for one in BAD if one[0] in {"/chronicle", "/claims", "/conflicts"}])
def test_an_export_of_it_is_refused_with_the_reason(client: TestClient, path: str, given: dict[str, str]) -> None:
    ((name, value),) = given.items()
    for address in ("/export/csv", "/export/md", "/export"):
        answer = client.get(address, params={"page": path, **given})
        assert answer.status_code == 400, address
        told = html.fromstring(answer.text).cssselect("main")[0].text_content()
        assert f"{name}={value}" in told
        assert "nicht verstanden" in told
    assert client.get("/export/csv", params={"page": path}).status_code == 200


@pytest.mark.parametrize(("path", "name"), [("/claims", "speaker"), ("/conflicts", "actor")])
def test_a_name_that_nobody_bears_is_no_export_either(client: TestClient, path: str, name: str) -> None:
    given = {name: "Xyzzy Quux"}
    assert html.fromstring(client.get(path, params=given).text).cssselect(".notice.warn[role=status]")
    assert client.get("/export/csv", params={"page": path, **given}).status_code == 400


def test_what_an_address_has_for_a_day_is_told_or_set_in_its_field(client: TestClient) -> None:
    page = html.fromstring(client.get("/articles", params={"since": "2021-11", "until": "2021-11"}).text)
    fields = [page.cssselect(f'.days input[type="date"][name="{name}"]')[0] for name in ("since", "until")]
    assert [field.get("value") for field in fields] == ["2021-11-01", "2021-11-30"]
    shown = html.fromstring(client.get("/articles", params={"since": "neulich"}).text)
    assert [field.get("value") for field in shown.cssselect('input[name="since"]')] == [""]
    assert "neulich" in shown.cssselect(".notice.warn[role=status]")[0].text_content()
    assert len(shown.cssselect(".clippings li")) == len(
        html.fromstring(client.get("/articles").text).cssselect(".clippings li")
    )


def test_undated_lines_are_told_as_left_out_of_a_period(client: TestClient) -> None:
    def told(address: str) -> str:
        return str(html.fromstring(client.get(address).text).cssselect(".apart a")[0].text_content())

    assert "stehen am Ende der Liste" in told("/chronicle")
    assert "weggelassen" not in told("/chronicle")
    assert "weggelassen" in told("/chronicle?from=2018")
