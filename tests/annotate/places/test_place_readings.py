from __future__ import annotations

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.places import STAGE
from quellenlage.model import EntityKind, PlaceReading

GPE, LOC, ORG, PER = EntityKind.GPE, EntityKind.LOC, EntityKind.ORG, EntityKind.PER


def readings(text: str, names: dict[str, EntityKind]) -> dict[str, list[PlaceReading]]:
    made = STAGE.run(document(text, names))
    found: dict[str, list[PlaceReading]] = {}
    for reading in made.places:
        found.setdefault(made.entity(reading.entity).name, []).append(reading)
    return found


def reading(text: str, name: str, kind: EntityKind = GPE, **others: EntityKind) -> PlaceReading:
    return readings(text, {name: kind, **others})[name][0]


@pytest.mark.parametrize(
    ("text", "name", "state", "place"),
    [
        ("In Neustadt an der Weinstraße brennt ein Keller.", "Neustadt", "DE", "Neustadt an der Weinstraße"),
        ("Die Deiche in Frankfurt (Oder) halten.", "Frankfurt", "DE", "Frankfurt (Oder)"),
        ("Der Gouverneur von Georgia hat unterschrieben.", "Georgia", "US", "Georgia"),
        ("Im US-Bundesstaat Washington brennen Wälder.", "Washington", "US", "Bundesstaat Washington"),
        ("In der Provinz Idlib wird geerntet.", "Idlib", "SY", "Provinz Idlib"),
        ("Die Regierung in Georgien tritt zurück.", "Georgien", "GE", "Georgien"),
        ("Im Landtag in Schwerin wurde über Wismar gesprochen.", "Wismar", "DE", "Wismar"),
        ("Granada in Nicaragua feiert.", "Granada", "NI", "Granada"),
    ],
)
def test_which_place(text: str, name: str, state: str, place: str) -> None:
    found = reading(text, name)
    assert (found.state[0], found.name, found.role) == (state, place, "place")


def test_a_pin_has_position_radius_precision_and_runners_up() -> None:
    found = reading("Die Deiche in Halle an der Saale halten, sagt der Rat.", "Halle")
    assert found.precision == "settlement"
    assert found.key is not None
    assert found.key.startswith("gn:")
    assert found.lat == pytest.approx(51.48, abs=0.1)
    assert found.radius_km is not None
    assert len(found.candidates) >= 1


def test_unsure_is_no_pin() -> None:
    found = reading("In San José wurde gefeiert.", "San José")
    assert found.lat is None
    assert "unsure" in found.reasons
    assert found.candidates


def test_a_namesake_outside_the_state_at_the_name_gets_that_state_and_no_pin() -> None:
    found = reading("Im türkischen Tripoli gab es ein Fest.", "Tripoli")
    assert (found.state, found.lat) == (("TR",), None)
    assert "not-where-it-says" in found.reasons


def test_a_place_in_no_table_gets_its_state_and_no_pin() -> None:
    found = reading("Das syrische Qwrtzdorf liegt am Hang.", "Qwrtzdorf")
    assert (found.state, found.lat) == (("SY",), None)


@pytest.mark.parametrize(
    ("text", "name", "kind", "state"),
    [
        ("Moskau warnt vor den Folgen.", "Moskau", GPE, ("RU",)),
        ("Der Kreml weist das zurück.", "Kreml", ORG, ("RU",)),
        ("Das Weiße Haus schwieg.", "Weiße Haus", ORG, ("US",)),
        ("Brüssel verlangt eine Antwort.", "Brüssel", GPE, ()),
        ("Die Verhandlungen mit Teheran stocken.", "Teheran", GPE, ("IR",)),
        ("Aus Ankara hieß es, man werde prüfen.", "Ankara", GPE, ("TR",)),
    ],
)
def test_metonyms(text: str, name: str, kind: EntityKind, state: tuple[str, ...]) -> None:
    found = reading(text, name, kind)
    assert (found.role, found.state) == ("metonym", state)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Moskau fiel Schnee.", "Moskau"),
        ("Ein Mann aus Berlin wurde verletzt.", "Berlin"),
        ("Der Zug von Wien nach Graz fiel aus.", "Wien"),
        ("Die Minister trafen sich in Brüssel.", "Brüssel"),
    ],
)
def test_seats_of_government_as_places(text: str, name: str) -> None:
    assert reading(text, name).role == "place"


def test_one_mention_acts_and_another_is_the_town() -> None:
    text = "Moskau warnt vor den Folgen. In Moskau fiel Schnee."
    whole, acting = readings(text, {"Moskau": GPE})["Moskau"]
    assert (whole.role, whole.mention, whole.precision) == ("place", None, "settlement")
    assert (acting.role, acting.mention, acting.key) == ("metonym", "m0", "state:RU")


def test_persons_and_companies_are_no_places() -> None:
    names = {"Claudia Essen": PER, "Deutsche Bank": ORG, "Union Berlin": ORG}
    text = "Claudia Essen sprach mit der Deutsche Bank über Union Berlin."
    assert readings(text, names) == {}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Bremen gewann am Samstag 3:1.", "Bremen", "none"),
        ("Gegen Freiburg fehlt der Torwart.", "Freiburg", "none"),
        ("In Bremen fiel das Tor spät.", "Bremen", "place"),
        ("Bremen gewann den Preis für seine Parks.", "Bremen", "place"),
    ],
)
def test_clubs_called_by_their_town(text: str, name: str, role: str) -> None:
    assert reading(text, name).role == role


def test_what_is_within_a_town() -> None:
    port = reading("Im Hafen von Odessa brennt ein Speicher, meldet die ukrainische Polizei.", "Hafen von Odessa", LOC)
    assert (port.state, port.precision) == (("UA",), "building")
    seat = reading("Die Universität Charkiw schließt.", "Universität Charkiw", ORG)
    assert seat.state == ("UA",)
    airport = reading("Am Flughafen Damaskus landete ein Flugzeug.", "Flughafen Damaskus", LOC)
    assert airport.key == "iata:DAM"


def test_nothing_to_read() -> None:
    assert STAGE.run(document("Es regnet.")).places == ()
