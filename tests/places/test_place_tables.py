from __future__ import annotations

import pytest

from quellenlage.places import tables
from quellenlage.places.candidates import areas, candidates
from quellenlage.places.spelling import key


def test_every_place_lies_on_the_globe_and_names_known_states() -> None:
    known = tables.state_places()
    for listed in tables.rows().values():
        for row in listed:
            assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in row.points), row.place.name
            assert row.place.radius_km > 0, row.place.name
            assert set(row.place.states) <= set(known), row.place.name


def test_every_code_of_the_tables_is_a_state_with_a_middle() -> None:
    known = set(tables.state_places())
    for table in (tables.states(), tables.bodies(), tables.seats(), tables.inhabitants()):
        assert set(table.values()) <= known | {"AC", "BV", "CP", "DG", "EA", "HM", "IC", "TA", "UM"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Weißrussland", "BY"),
        ("Birma", "MM"),
        ("Vereinigten Staaten", "US"),
        ("Elfenbeinküste", "CI"),
        ("Kosovo", "XK"),
    ],
)
def test_states_by_their_names(name: str, code: str) -> None:
    assert areas(name)[0].place.key == f"state:{code}"


@pytest.mark.parametrize(
    ("name", "states", "precision"),
    [
        ("Oberfranken", ("DE",), "region"),
        ("Roten Meer", (), "water"),
        ("Krim", ("UA",), "region"),
        ("Hmeimim", ("SY",), "building"),
        ("Golf von Mexiko", (), "water"),
        ("Ätna", ("IT",), "area"),
    ],
)
def test_regions_waters_and_buildings(name: str, states: tuple[str, ...], precision: str) -> None:
    place = areas(name)[0].place
    assert (place.states, place.precision) == (states, precision)


def test_a_river_is_a_line_and_a_circle_is_a_point() -> None:
    assert len(areas("Weichsel")[0].points) > 10
    assert len(areas("Bodensee")[0].points) == 1


@pytest.mark.parametrize(
    ("stem", "name"),
    [("poln", "Polen"), ("niedersächs", "Niedersachsen"), ("brit", "Großbritannien"), ("steir", "Steiermark")],
)
def test_stems_of_adjectives(stem: str, name: str) -> None:
    assert tables.stems()[key(stem)][0].name == name


def test_states_have_stems() -> None:
    stems = "syr ukrain türk französ dän kenian mal oman poln"
    assert [stem for stem in stems.split() if key(stem) not in tables.stems()] == []


def test_a_part_of_a_state_under_the_state_s_name_comes_after_it() -> None:
    assert [place.place.key for place in areas("Luxemburg")] == ["state:LU", "area:luxemburg-provinz"]
    assert [c.lesser for c in areas("Georgien")] == [False, True]
    assert not areas("Georgia")[0].lesser


def test_every_twin_is_a_town_beside_the_one_that_it_was_named_after() -> None:
    for german, name in tables.twins().items():
        found = [candidate.place.name for candidate in candidates(german)]
        assert found[0] != name, german
        assert name in found, german
