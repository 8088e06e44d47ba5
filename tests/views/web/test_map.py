"""The map in the browser: it shows no place more precisely than it is known, and the list tells the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.model import Archive, EntityPlace
from quellenlage.model.listing import Line, LineQuestion
from quellenlage.store import open_archive
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app
from quellenlage.views.web.shown.chronicle_asked import LANE_TYPES
from quellenlage.views.web.shown.places import drawing_of
from quellenlage.views.web.shown.places_listed import SHOWN, UNPLACED

_ENTRY = re.compile(r'<li class="entry [^"]*" id="(evm-[0-9a-f]+)"')
_NUMBER = re.compile(r"\d+")


@pytest.fixture(scope="module")
def archive(sample_path: Path) -> Iterator[Archive]:
    opened = open_archive(str(sample_path))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def lines(archive: Archive) -> tuple[Line, ...]:
    return archive.lines(LineQuestion(), limit=10_000).items


def _map(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/map/places?{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _listed(client: TestClient, address: str) -> list[list[str]]:
    """Cells of all rows of the list, over all of its pages."""
    found: list[list[str]] = []
    for _ in range(20):
        page = html.fromstring(client.get(address).text)
        found += [[" ".join(cell.text_content().split()) for cell in row] for row in page.cssselect(".places tbody tr")]
        following = page.cssselect('.pager a[rel="next"]')
        if not following:
            break
        address = following[0].get("href")
    return found


QUERIES = (
    "",
    "from=2021-01-01&to=2022-12-31",
    "factuality=planned&factuality=alleged",
    "type=MEETING",
    "certainty=conflict",
    "q=Treffen",
    "place=Wien",
)


@pytest.mark.parametrize("query", QUERIES)
def test_places_have_the_events_that_the_chronicle_tells_of_them(
    client: TestClient, archive: Archive, query: str
) -> None:
    drawn = _map(client, query)
    told = client.get(f"/chronicle/marks?{query}").json()
    undated = 0 if "from=" in query else archive.density(LineQuestion(), "year").undated
    assert told["total"] <= drawn["total"] <= told["total"] + undated
    for place in drawn["places"]:
        listed = client.get(
            f"/chronicle?{query}&place={place['id']}" if "place=" not in query else f"/chronicle?{query}"
        )
        assert len(_ENTRY.findall(listed.text)) == place["events"], place["name"]
        assert sum(place["lanes"].values()) == place["events"] == sum(place["told"].values())
        assert set(place["lanes"]) <= set(LANE_TYPES)
    assert drawn["drawn"] == sum(place["events"] for place in drawn["places"])


def test_the_list_is_what_is_drawn(client: TestClient, lines: tuple[Line, ...], archive: Archive) -> None:
    counts = Counter(line.place for line in lines if line.place)
    names = {one.id: one.name for one in archive.entities_by_id(list(counts)).values()}
    rows = _listed(client, "/map")
    assert sorted((row[0], row[3]) for row in rows) == sorted((names[one], str(n)) for one, n in counts.items())
    drawn = {(place["name"], str(place["events"])): place["precision"] for place in _map(client)["places"]}
    assert len(drawn) > 2
    for name, where, _, events, _ in rows:
        if (name, events) in drawn:
            assert where.startswith(drawn[name, events])
        else:
            assert where in {"–Lage nicht bekannt", "unsicher, welcher Ort gemeint ist oder wo er liegt"}


def test_every_line_is_on_the_map_or_told_to_be_off_it(client: TestClient, lines: tuple[Line, ...]) -> None:
    page = html.fromstring(client.get("/map").text)
    drawn, total = (int(one) for one in _NUMBER.findall(page.cssselect(".on-map")[0].text_content()))
    off = [int(_NUMBER.findall(one.text_content().split("(")[0])[-1]) for one in page.cssselect(".apart li")]
    assert total == len(lines) == drawn + sum(off)
    assert off[0] == sum(line.place is None for line in lines)


def test_places_that_cannot_be_drawn_are_named_beside_the_map(client: TestClient) -> None:
    page = html.fromstring(client.get("/map").text)
    off = next(one for one in page.cssselect(".apart li") if one.cssselect(".unplaced"))
    links = off.cssselect('.unplaced a[href^="/map?at="]')
    told = [(link.text_content(), int(_NUMBER.findall(link.tail)[0])) for link in links]
    drawn = {place["name"] for place in _map(client)["places"]}
    undrawn = [(row[0], int(row[3])) for row in _listed(client, "/map") if row[0] not in drawn]
    assert told == undrawn[:UNPLACED]
    assert told[0][0] == "Miren", "an invented town is not pinned on the village of its name"
    total, *_, further = (int(one) for one in _NUMBER.findall(off.text_content()))
    assert (total, further) == (sum(events for _, events in undrawn), len(undrawn) - UNPLACED)
    opened = html.fromstring(client.get(links[0].get("href")).text).cssselect("#here")[0]
    assert len(opened.cssselect(".entry")) == min(told[0][1], SHOWN)
    assert "nicht auf der Karte" in opened.text_content()


def test_lines_without_a_place_are_listed_all_of_them(client: TestClient, lines: tuple[Line, ...]) -> None:
    address, found = "/map?at=none", []
    for _ in range(30):
        text = client.get(address).text
        found += _ENTRY.findall(text)
        following = re.search(r'rel="next" href="([^"#]+)#here"', text)
        if not following:
            break
        address = unescape(following[1])
    assert found == [line.event for line in lines if line.place is None]


def test_a_place_opens_with_its_lines(client: TestClient, lines: tuple[Line, ...], archive: Archive) -> None:
    place = next(one for one in _map(client)["places"] if one["name"] == "Wien")
    page = html.fromstring(client.get(f"/map?at={place['id']}").text)
    here = page.cssselect("#here")[0]
    assert here.cssselect("h2")[0].text_content().strip() == "Wien"
    assert [entry.get("id") for entry in here.cssselect(".entry")] == [
        line.event for line in lines if line.place == place["id"]
    ]
    assert "Österreich" in here.text_content()
    marked = [row.cssselect("th")[0].text_content() for row in page.cssselect("tr[aria-current]")]
    assert marked == ["Wien"]
    narrowed = html.fromstring(client.get(f"/map?at={place['id']}&from=1990-01-01&to=1990-02-01").text)
    assert "Unter diesen Filtern hier keine Zeile." in narrowed.cssselect("#here")[0].text_content()


@pytest.mark.parametrize("at", ["ent-0000000000000000", "nobody", "%00", "<b>", "evm-1"])
def test_a_place_that_is_none_opens_nothing(client: TestClient, at: str) -> None:
    answer = client.get("/map", params={"at": at})
    assert answer.status_code == 200
    assert 'id="here"' not in answer.text
    assert "<b>" not in answer.text[answer.text.index("<main") :]


def test_a_part_of_the_page_says_which_address_it_has(client: TestClient) -> None:
    part = client.get("/map?factuality=planned", headers={"HX-Request": "true"})
    assert part.headers["HX-Push-Url"] == "/map?factuality=planned"
    assert "<html" not in part.text
    assert 'id="told"' in part.text
    moving = client.get("/map?from=2021-01-01", headers={"HX-Request": "true", "X-Zoom": "1"})
    assert moving.headers["HX-Replace-Url"] == "/map?from=2021-01-01"
    assert "HX-Push-Url" not in moving.headers


def test_what_was_chosen_can_be_taken_back_on_the_map(client: TestClient) -> None:
    page = html.fromstring(client.get("/map?factuality=planned&q=Treffen").text)
    chips = [chip.get("href") for chip in page.cssselect(".chips.chosen a")]
    assert chips == ["/map?q=Treffen", "/map?factuality=planned", "/map"]
    assert page.cssselect("form.filters")[0].get("action") == "/map"


def test_states_and_labels_are_in_the_language_of_the_page(client: TestClient) -> None:
    german, english = _map(client), _map(client, "lang=en")
    assert german["states"]["040"] == ["AT", "Österreich"]
    assert english["states"]["040"] == ["AT", "Austria"]
    assert german["states"]["Kosovo"][0] == "XK"
    assert german["labels"]["places"] == "Orte"
    assert english["labels"]["lang"] == "en"
    moving = _map(client, "whole=0&from=2021-01-01&to=2021-12-31")
    assert not {"strip", "states", "labels"} & set(moving)


def test_an_empty_archive_says_how_to_begin(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.db")
    archive = open_archive(path, create=True)
    app = make_app(archive, make_access(Settings(archive=path, port=8765)), lang="de")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers={"accept-language": "de"}) as client:
        page = client.get("/map").text
        assert "Noch nichts: Die Karte wächst" in page
        assert client.get("/map?at=none").status_code == 200
        empty = _map(client)
    archive.close()
    assert empty["places"] == []
    assert empty["span"] is None


def _place(precision: str | None, *, key: str = "gn:1", score: float = 0.9, **known: Any) -> EntityPlace:
    where = {"lat": 50.0, "lon": 10.0, "radius_km": 5.0, **known}
    return EntityPlace(key=key, name="Dorf", state=("DE",), precision=precision, score=score, articles=1, **where)


@pytest.mark.parametrize(
    ("place", "drawing"),
    [
        (_place("settlement"), "point"),
        (_place("building", key="site:1"), "point"),
        (_place("building", key="gn:1/hafen"), "area"),
        (_place("region", radius_km=120.0), "area"),
        (_place("water", radius_km=500.0), "area"),
        (_place("area", radius_km=80.0), "area"),
        (_place("state", radius_km=400.0), "state"),
        (_place(None, lat=None, lon=None, radius_km=None), "state"),
        (_place("settlement", score=0.5), None),
        (_place("state", score=0.5), None),
        (None, None),
    ],
)
def test_nothing_is_drawn_more_precisely_than_it_is_known(place: EntityPlace | None, drawing: str | None) -> None:
    assert drawing_of(place) == drawing


def test_what_is_not_known_is_a_dash_and_is_told_to_those_who_do_not_see_it(client: TestClient) -> None:
    cells = html.fromstring(client.get("/map").text).cssselect("table.places td.unknown")
    assert {(cell[0].get("aria-hidden"), cell[0].text, cell[1].get("class"), cell[1].text) for cell in cells} == {
        ("true", "–", "off", "Lage nicht bekannt")
    }


def test_the_lines_of_the_map_are_exported_under_its_filters(client: TestClient) -> None:
    page = html.fromstring(client.get("/map?from=2021-11-01&to=2021-11-30").text)
    (link,) = [one for one in page.cssselect(".export-menu a") if one.text == "JSON"]
    assert (
        client.get(str(link.get("href"))).json()
        == client.get("/export/json?page=/chronicle&from=2021-11-01&to=2021-11-30").json()
    )
