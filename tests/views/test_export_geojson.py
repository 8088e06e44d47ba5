from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import geojson
import pytest
import shapely.geometry
from hypothesis import given
from hypothesis import strategies as st
from tests.views.views_story import Run

from quellenlage.model import Camp, Conflict, ConflictKind, EntityPlace, Side
from quellenlage.views.exports.areas import circle, shape
from quellenlage.views.exports.geojson import document
from quellenlage.views.exports.part import part_of
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import words_for
from quellenlage.views.wording.quoting import CITATION_LIMIT

Record = dict[str, Any]
TOWN = EntityPlace("gn:1", "Halvik", ("NO",), 60.4, 5.3, 12.0, "settlement", 0.9, 3)
COAST = EntityPlace("area:1", "Kalta", (), 50.0, 10.0, 300.0, "region", 1.0, 1)
UNSURE = EntityPlace("gn:2", "Port Alven", ("DE",), 48.0, 9.0, 5.0, "settlement", 0.5, 1)


def placed(holdings: Holdings, **places: EntityPlace) -> Holdings:
    """The story with places that lie somewhere."""
    known = {name.replace("_", " "): place for name, place in places.items()}
    entities = tuple(replace(e, place=known.get(e.name)) for e in holdings.linked.entities)
    return Holdings(replace(holdings.linked, entities=entities), holdings.citations, holdings.claims)


@pytest.fixture
def located(holdings: Holdings) -> Holdings:
    return placed(holdings, Halvik=TOWN, Kalta=COAST, Port_Alven=UNSURE)


def written(holdings: Holdings, selection: Selection | None = None, lang: Any = "de") -> Record:
    found: Record = json.loads(b"".join(document(part_of(holdings, selection), holdings, words_for(lang))))
    return found


def problems(collection: Record) -> list[str]:
    """What RFC 7946 has against a collection; the library checks the form, the rest is what it does not look at."""
    found: list[str] = []
    read = geojson.loads(json.dumps(collection))
    assert isinstance(read, geojson.FeatureCollection)
    found += [str(error) for error in read.errors()]
    if "crs" in collection:
        found.append("other reference systems are gone")
    identifiers = [feature["id"] for feature in collection["features"]]
    if len(set(identifiers)) < len(identifiers):
        found.append("an identifier comes twice")
    for feature in collection["features"]:
        if not {"type", "geometry", "properties"} <= feature.keys():
            found.append(f"{feature['id']}: a member is missing")
        if feature["geometry"]:
            found += [f"{feature['id']}: {wrong}" for wrong in shape_problems(feature["geometry"])]
    return found


def shape_problems(geometry: Record) -> list[str]:
    drawn = shapely.geometry.shape(geometry)
    west, south, east, north = drawn.bounds
    found = [] if drawn.is_valid and not drawn.is_empty else ["crosses itself or is empty"]
    if west < -180 or east > 180 or south < -90 or north > 90:
        found.append("beyond the globe")
    for part in getattr(drawn, "geoms", [drawn]):
        if part.geom_type == "Polygon":
            if not part.exterior.is_ccw:
                found.append("turns the wrong way")
            if part.bounds[2] - part.bounds[0] > 180 and part.bounds[1] > -90 and part.bounds[3] < 90:
                found.append("leaps over the date line")
    return found


def by_place(collection: Record) -> dict[str | None, Record]:
    return {feature["properties"]["place"]: feature for feature in collection["features"]}


def test_every_feature_is_geojson(located: Holdings) -> None:
    collection = written(located)
    assert problems(collection) == []
    assert len(collection["features"]) == len(located.linked.chronicle)


def test_the_check_finds_what_is_wrong(located: Holdings) -> None:
    collection = written(located)
    area = by_place(collection)["Kalta"]
    area["geometry"]["coordinates"][0].reverse()
    assert [wrong.partition(": ")[2] for wrong in problems(collection)] == ["turns the wrong way"]
    area["geometry"]["coordinates"][0].pop()
    assert any("end where it started" in wrong for wrong in problems(collection))


def test_a_town_is_a_point_a_region_an_area_and_the_unsure_nowhere(located: Holdings) -> None:
    found = by_place(written(located))
    assert found["Halvik"]["geometry"] == {"type": "Point", "coordinates": [5.3, 60.4]}
    assert found["Halvik"]["properties"]["precision"] == "settlement"
    assert found["Kalta"]["geometry"]["type"] == "Polygon"
    assert found["Kalta"]["properties"]["precision_label"] == "Region"
    unsure = found["Port Alven"]
    assert (unsure["geometry"], unsure["properties"]["no_geometry"]) == (None, "unsure")
    assert unsure["properties"]["precision"] is None
    assert (found[None]["geometry"], found[None]["properties"]["no_geometry"]) == (None, "none")


def test_a_building_whose_town_alone_is_known_is_the_town(located: Holdings) -> None:
    site = replace(TOWN, key="gn:1/hafen", precision="building")
    assert (shape(site) or {})["type"] == "Polygon"
    assert (shape(replace(site, key="site:hafen")) or {})["type"] == "Point"


def test_factuality_chain_conflict_and_origin_are_told(located: Holdings) -> None:
    features = written(located)["features"]
    attack = next(f["properties"] for f in features if f["properties"]["event_type"] == "ASSAULT")
    assert attack["conflicts"][0]["kind"] == "number"
    assert {side["on_whose_word"] for side in attack["conflicts"][0]["sides"]} >= {"laut Innenministerium"}
    assert {account["origin"] for account in attack["accounts"]} == {"Nordfunk", "Hafenpost"}
    assert attack["corroboration"]["label"].startswith("2 Gewährspersonen, 2 Ursprünge")
    planned = next(f["properties"] for f in features if f["properties"]["factuality"] == "planned")
    assert planned["factuality_label"] == "geplant"
    assert planned["date_label"] == "zwischen 15.03. und 20.06.2016"
    english = written(located, lang="en")["features"]
    assert {f["properties"]["factuality_label"] for f in english} >= {"planned", "happened"}


def test_of_a_disputed_place_every_place_has_its_feature(located: Holdings) -> None:
    event = next(e for e in located.linked.events if located.name(e.place) == "Halvik")
    other = next(e.id for e in located.linked.entities if e.name == "Kalta")
    told = event.accounts[0].evidence
    conflict = Conflict(
        "cfl-x", event.id, ConflictKind.PLACE, "place", (Side(event.place or "", told), Side(other, told))
    )
    linked = replace(located.linked, conflicts=(*located.linked.conflicts, conflict))
    collection = written(Holdings(linked, located.citations))
    assert problems(collection) == []
    both = [f for f in collection["features"] if f["properties"]["event"] == event.id]
    assert [(f["id"], f["properties"]["place"]) for f in both] == [(event.id, "Halvik"), (f"{event.id}/2", "Kalta")]
    assert all(f["properties"]["place_disputed"] for f in both)


def test_camps_and_grades_are_told(located: Holdings) -> None:
    event = next(e for e in located.linked.events if e.event_type == "ASSAULT")
    one, two = (e.id for e in located.linked.entities[:2])
    camp = Camp("state:RU", "Russland", (f"{one}+{two}", event.corroboration.origins[0]))
    told = replace(event, corroboration=replace(event.corroboration, camps=(camp,)))
    events = tuple(told if e.id == event.id else e for e in located.linked.events)
    made = Holdings(replace(located.linked, events=events), located.citations)
    features = written(made, lang="en")["features"]
    properties = next(f["properties"] for f in features if f["properties"]["event"] == event.id)
    (found,) = properties["corroboration"]["camps"]
    assert found["name"] == "Russia"
    assert found["voices"][0] == f"{located.name(one)} + {located.name(two)}"
    assert properties["conflicts"][0]["grade"] == "contradiction"


def test_no_more_than_citations(located: Holdings) -> None:
    for feature in written(located)["features"]:
        for account in feature["properties"]["accounts"]:
            assert len(account["quote"]) <= CITATION_LIMIT
            assert "/" not in account["file"]


def test_a_part_of_the_chronicle(run: Run) -> None:
    everything = json.loads(run("export", "--format", "geojson").stdout)
    part = json.loads(run("export", "--format", "geojson", "--actor", "Halldal").stdout)
    assert 0 < len(part["features"]) < len(everything["features"])
    assert all("Signe Halldal" in f["properties"]["actors"] for f in part["features"])
    assert run("export", "--format", "geojson").stdout == run("export", "--format", "geojson").stdout
    refused = run("export", "--format", "jsonl", "-o", "x", "--actor", "Halldal")
    assert (refused.exit_code, "geojson" in refused.stderr) == (2, True)


@given(
    st.floats(-180, 180, allow_nan=False),
    st.floats(-90, 90, allow_nan=False),
    st.floats(0.1, 4500, allow_nan=False),
)
def test_a_circle_anywhere_is_a_shape(lon: float, lat: float, radius_km: float) -> None:
    assert shape_problems(circle((lon, lat), radius_km)) == []


def test_circles_at_the_date_line_and_the_pole() -> None:
    assert circle((179.0, -17.0), 300)["type"] == "MultiPolygon"
    west = shapely.geometry.shape(circle((-179.9, 66.0), 200))
    assert {part.bounds[0] < 0 for part in west.geoms} == {True, False}
    assert shapely.geometry.shape(circle((20.0, 89.0), 500)).bounds[2:] == (180.0, 90.0)
