"""Places that share their name with others: what an article must say for which of them, and when nothing is pinned."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.places import STAGE
from quellenlage.model import EntityKind, PlaceReading, Zone, ZoneKind


def reading(text: str, name: str, *others: str, dateline: str = "") -> PlaceReading:
    """The reading of a name; `dateline` opens the text in a zone of its own, in which there are no mentions."""
    made = document(dateline + text, dict.fromkeys((name, *others), EntityKind.GPE))
    if dateline:
        zones = (
            Zone(0, len(dateline), ZoneKind.DATELINE),
            Zone(len(dateline), len(made.text), ZoneKind.BODY),
        )
        made = replace(made, article=replace(made.article, zones=zones))
    read = STAGE.run(made)
    entity = next(e.id for e in read.entities if e.name == name)
    return next(p for p in read.places if p.entity == entity)


@pytest.mark.parametrize(
    ("text", "names", "state", "place"),
    [
        ("Der Sheriff von Moskau im US-Bundesstaat Idaho bittet um Hinweise.", "Moskau", "US", "Moscow"),
        ("Im texanischen Odessa hat ein Mann auf Passanten geschossen.", "Odessa", "US", "Odessa"),
        ("Drohnen trafen Odessa. Ein Silo am Schwarzen Meer brannte.", "Odessa", "UA", "Odesa"),
        (
            "In St. Petersburg an der Golfküste Floridas kippte ein Kran.",
            "St. Petersburg|Florida",
            "US",
            "St. Petersburg",
        ),
        ("In Birmingham spricht der Gouverneur von Alabama.", "Birmingham", "US", "Birmingham"),
        ("In Cordoba war es heiß wie lange nicht in Andalusien.", "Cordoba", "ES", "Córdoba"),
        ("In Valencia protestierten Venezolaner gegen die Inflation.", "Valencia", "VE", "Valencia"),
        ("In Tripolis im Norden des Libanon sank ein Boot.", "Tripolis", "LB", "Tripoli"),
        ("In Halle bei Gütersloh wird Tennis gespielt.", "Halle|Gütersloh", "DE", "Halle"),
        ("In Alexandria am Potomac kaufte der Senator ein Haus.", "Alexandria", "US", "Alexandria"),
        ("In Granada am Nicaraguasee brach ein Feuer aus.", "Granada", "NI", "Granada"),
        ("In Paris, einer Kleinstadt in Texas, steht ein kleiner Turm.", "Paris", "US", "Paris"),
        ("In Melbourne in Florida startete ein Flug.", "Melbourne", "US", "Melbourne"),
        ("Auf der indonesischen Insel Flores raucht ein Vulkan.", "Flores", "ID", "Flores"),
        ("Die guatemaltekische Stadt Flores erwartet Touristen.", "Flores", "GT", "Flores"),
        ("In der Republik Kongo blieb es ruhig.", "Republik Kongo", "CG", "Kongo-Brazzaville"),
        ("Im Osten Kongos fällt die Stadt Goma.", "Kongo", "CD", "Kongo"),
        ("In Guinea fielen Schüsse.", "Guinea", "GN", "Guinea"),
        ("In Korea wird gewählt.", "Korea", "KR", "Südkorea"),
    ],
)
def test_the_namesake_that_the_sentence_tells(text: str, names: str, state: str, place: str) -> None:
    found = reading(text, *names.split("|"))
    assert (found.state[0], found.name) == (state, place)


@pytest.mark.parametrize(
    ("text", "name", "state", "key"),
    [
        ("In der belgischen Provinz Luxemburg brennt ein Wald.", "Luxemburg", "BE", "area:luxemburg-provinz"),
        ("In der Provinz Luxemburg brennt ein Wald.", "Luxemburg", "BE", "area:luxemburg-provinz"),
        ("Im mexikanischen Bundesstaat Mexiko kam ein Bus ab.", "Mexiko", "MX", "area:mexiko-bundesstaat"),
        ("Im nigerianischen Bundesstaat Niger brannte es.", "Niger", "NG", "area:niger-bundesstaat"),
        ("Der US-Bundesstaat Georgien ändert das Wahlrecht.", "Georgien", "US", "area:georgia"),
        ("In der belgischen Provinz Limburg wurde gesucht.", "Limburg", "BE", "area:limburg-belgien"),
        ("In Luxemburg brennt ein Wald.", "Luxemburg", "LU", "state:LU"),
        ("Im Bundesstaat Mexikos, in dem Wahlen sind, ist es ruhig.", "Mexiko", "MX", "state:MX"),
        ("In der chinesischen Provinz Taiwan, wie man dort sagt, wird gewählt.", "Taiwan", "TW", "state:TW"),
        ("Die frühere serbische Provinz Kosovo feiert.", "Kosovo", "XK", "state:XK"),
    ],
)
def test_a_part_of_a_state_under_the_name_of_a_state(text: str, name: str, state: str, key: str) -> None:
    found = reading(text, name)
    assert (found.state[0], found.key) == (state, key)


@pytest.mark.parametrize(
    ("text", "name", "states"),
    [
        ("In der mosambikanischen Provinz Gaza sind Felder überflutet.", "Gaza", ("MZ",)),
        ("In der römischen Provinz Syrien wurden Münzen geprägt.", "Syrien", ()),
        ("In der ecuadorianischen Provinz Bolívar rutschte ein Hang ab.", "Bolívar", ("EC",)),
    ],
)
def test_a_part_of_a_state_that_no_table_has_gets_no_pin(text: str, name: str, states: tuple[str, ...]) -> None:
    found = reading(text, name)
    assert (found.state, found.lat) == (states, None)


def test_the_state_of_that_name_unless_towns_of_its_namesake_are_told() -> None:
    at_home = reading("In Georgien wurde gewählt. In Tiflis wird gezählt.", "Georgien", "Tiflis")
    abroad = reading(
        "In Georgien führt der Republikaner. In Atlanta und Savannah wird gezählt.", "Georgien", "Atlanta", "Savannah"
    )
    guest = reading("Georgien will in die Nato. In Washington sprach der US-Präsident.", "Georgien", "Washington")
    assert [found.key for found in (at_home, abroad, guest)] == ["state:GE", "area:georgia", "state:GE"]


def test_a_town_overseas_under_the_german_name_of_the_one_it_was_named_after() -> None:
    snow = reading("Schnee im US-Bundesstaat New York: In Syrakus fielen 90 Zentimeter.", "Syrakus", "New York")
    theatre = reading("In Syrakus auf Sizilien wurde ein Theater freigelegt.", "Syrakus", "Sizilien")
    assert [found.state for found in (snow, theatre)] == [("US",), ("IT",)]


SHAKEN = "In Santiago sind Hunderte Häuser ohne Strom."


def test_the_dateline_weighs_more_than_inhabitants() -> None:
    assert reading(SHAKEN, "Santiago").state == ("CL",)
    assert reading(SHAKEN, "Santiago", dateline="HAVANNA (AFP) - ").state == ("CU",)
    found = reading(SHAKEN, "Santiago", dateline="Santo Domingo (dpa) - ")
    assert found.state == ("DO",)
    assert any(reason.startswith("dateline:") for reason in found.reasons)


def test_the_dateline_weighs_less_than_a_state_in_the_sentence() -> None:
    text = "In Santiago in Chile sprach der Präsident."
    assert reading(text, "Santiago", "Chile", dateline="Santo Domingo (dpa) - ").state == ("CL",)


def test_a_dateline_against_what_the_text_says_gets_no_pin() -> None:
    found = reading("In Granada feierten spanische Sänger.", "Granada", dateline="Managua (AFP) - ")
    assert found.lat is None
    assert "against-dateline" in found.reasons


def test_a_dateline_for_news_from_anywhere_decides_nothing_alone() -> None:
    found = reading("Nach dem Angriff auf Odessa tagt der Rat.", "Odessa", dateline="Washington (dpa) - ")
    assert found.lat is None
    assert "against-dateline" in found.reasons


def test_a_town_named_like_a_seat_of_government_is_no_government() -> None:
    found = reading("Tripolis im Libanon verlangt mehr Hilfe vom Staat.", "Tripolis", "Libanon")
    assert (found.role, found.state) == ("place", ("LB",))


EXONYMS = "Athen Damaskus Florenz Rom Moskau Neapel Venedig Kairo Warschau Genua Lissabon Prag Genf".split()


@pytest.mark.parametrize("name", EXONYMS)
def test_american_news_around_a_german_name_do_not_make_it_american(name: str) -> None:
    text = f"Der US-Präsident sprach in Washington. In Atlanta und Chicago wurde getagt. In {name} brannte ein Bus."
    found = reading(text, name, "Washington", "Atlanta", "Chicago", dateline="WASHINGTON. ")
    assert found.lat is not None
    assert found.state != ("US",)


@pytest.mark.parametrize(
    ("text", "names", "state"),
    [
        ("In Athen (Georgia) brannte ein Bus.", "Athen|Georgia", "US"),
        ("In Rom in Georgia brannte ein Bus.", "Rom|Georgia", "US"),
        ("In Damaskus in den USA brannte ein Bus.", "Damaskus|USA", "US"),
        ("Im texanischen Athen brannte ein Bus.", "Athen", "US"),
        ("Der Brief aus Athen an die USA kam an.", "Athen|USA", "GR"),
        ("Die Küste von Athen an den USA zu messen ist müßig.", "Athen|USA", "GR"),
    ],
)
def test_a_state_at_a_german_name_says_which(text: str, names: str, state: str) -> None:
    assert reading(text, *names.split("|")).state == (state,)


def test_a_twin_overseas_needs_its_surroundings() -> None:
    alone = reading("In Syrakus sprach der US-Präsident über Washington.", "Syrakus", "Washington")
    assert alone.state == ("IT",)


TOURIST = "Ein österreichischer Tourist ist in St. Gallen verunglückt. Er stammt aus Wien."


def test_where_a_person_is_from_does_not_outweigh_a_far_larger_namesake() -> None:
    found = reading(TOURIST, "St. Gallen", "Wien", dateline="WIEN. ")
    assert (found.lat, found.state) == (None, ())
    assert "against-larger" in found.reasons


@pytest.mark.parametrize(
    ("text", "names", "dateline"),
    [
        ("In St. Gallen in der Steiermark brannte ein Haus.", "St. Gallen|Steiermark", ""),
        ("In St. Gallen brannte ein Haus. Die Feuerwehr aus Liezen half.", "St. Gallen|Liezen", "WIEN. "),
    ],
)
def test_what_lies_near_the_smaller_namesake_pins_it(text: str, names: str, dateline: str) -> None:
    found = reading(text, *names.split("|"), dateline=dateline)
    assert (found.state, found.lat is not None) == (("AT",), True)
