from __future__ import annotations

from typing import Any

import pytest

PLACES = [
    ("In Damaskus und nahe der Hafenstadt Tartus fielen Schüsse.", {"Damaskus": "GPE", "Tartus": "GPE"}),
    ("Die Provinz Latakia liegt am Mittelmeer.", {"Latakia": "GPE", "Mittelmeer": "LOC"}),
    ("Im Dorf Walunsk brannte es. Walunsk ist klein.", {"Walunsk": "GPE"}),
    ("Von der Luftwaffenbasis Charmunej starteten Flugzeuge.", {"Charmunej": "LOC"}),
    ("Der Zug nach Essen fiel aus.", {"Essen": "GPE"}),
    ("Russlands Nachbar Weißrussland schwieg.", {"Russland": "GPE", "Weißrussland": "GPE"}),
    ("Die Vereinigten Staaten und die Niederlande stimmten zu.", {"Vereinigte Staaten": "GPE", "Niederlande": "GPE"}),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_finds_places(see: Any, text: str, expected: dict[str, str]) -> None:
    seen = see(text)
    found = {name: kind for kind, name in seen.mentions if kind in {"GPE", "LOC"}}
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Das Essen war kalt.",
        "Die syrische Armee rückte vor.",
        "Zum Ende der Halle ging er.",
        "Er kam mit Regen und Wind.",
    ],
)
def test_finds_no_place_in_ordinary_words(see: Any, text: str) -> None:
    seen = see(text)
    assert seen.of("GPE") == []
    assert seen.of("LOC") == []


ORGANISATIONS = [
    ("Das meldete die Nachrichtenagentur Interfax.", ["Interfax"]),
    ("Die Tageszeitung „Der Seebote“ berichtet.", ["Der Seebote"]),
    ("Die Vereinten Nationen warnten, die UN mahnten.", ["Vereinte Nationen"]),
    ("Das Institut für Küstenforschung (IKF) warnt. Das IKF misst.", ["Institut für Küstenforschung"]),
    ("Die Lohberger Maschinenbau GmbH schließt.", ["Lohberger Maschinenbau GmbH"]),
    ("Das Landgericht Bochum urteilte.", ["Landgericht Bochum"]),
    ("Die Europäische Union und die EU-Kommission berieten.", ["Europäische Union", "EU-Kommission"]),
    ("Hayat Tahrir al-Sham rückte vor; die HTS verhandelt.", ["Hayat Tahrir al-Sham"]),
]


@pytest.mark.parametrize(("text", "names"), ORGANISATIONS)
def test_finds_organisations(see: Any, text: str, names: list[str]) -> None:
    seen = see(text)
    named = {m for m, form in seen.forms.items() if form == "name"}
    assert [n for k, n in seen.mentions if k == "ORG" and named & set(seen.mentions[(k, n)])] == names


def test_a_head_noun_before_a_name_is_its_role_and_no_mention(see: Any) -> None:
    seen = see("Das meldete die Nachrichtenagentur Interfax.")
    assert seen.roles["Interfax"] == ["Nachrichtenagentur"]
    assert "Nachrichtenagentur" not in seen.forms


def test_a_bracketed_short_form_is_the_same_organisation(see: Any) -> None:
    seen = see("Das Institut für Küstenforschung (IKF) warnt. Das IKF misst.")
    assert seen.mentions[("ORG", "Institut für Küstenforschung")] == ["Institut für Küstenforschung", "IKF", "IKF"]


def test_bodies_of_two_states_are_two(see: Any) -> None:
    seen = see("Die russische Armee zog ab, die syrische Armee blieb.")
    assert seen.of("ORG") == ["russische Armee", "syrische Armee"]


def test_the_short_noun_means_the_only_body_it_fits(see: Any) -> None:
    seen = see("Das Verteidigungsministerium schwieg. Das Ministerium prüft den Fall.")
    assert seen.mentions == {("ORG", "Verteidigungsministerium"): ["Verteidigungsministerium", "Ministerium"]}


def test_an_acting_capital_means_the_state_that_the_article_names(see: Any) -> None:
    seen = see("Russland zieht ab. Moskau warnte den Westen. In Moskau schneite es.")
    assert seen.mentions[("GPE", "Russland")] == ["Russland", "Moskau"]
    assert seen.mentions[("GPE", "Moskau")] == ["Moskau"]
    assert see("Moskau warnte den Westen.").of("GPE") == ["Moskau"]


GROUPS = [
    ("Drei Augenzeugen widersprachen.", "Drei Augenzeugen"),
    ("Eine Polizeisprecherin bestätigte das.", "Polizeisprecherin"),
    ("Mehrere russische Militärblogger klagten.", "Mehrere russische Militärblogger"),
    ("Etwa 1.300 Polizisten waren im Einsatz.", "1.300 Polizisten"),
    ("Viele Bürger:innen protestierten.", "Viele Bürger:innen"),
    ("Die Angeklagten schwiegen.", "Angeklagte"),
    ("Ein Feuerwehrmann wurde verletzt.", "Feuerwehrmann"),
]


@pytest.mark.parametrize(("text", "name"), GROUPS)
def test_finds_people_without_a_name(see: Any, text: str, name: str) -> None:
    seen = see(text)
    assert seen.of("GRP") == [name]
    assert set(seen.forms.values()) == {"noun"}


@pytest.mark.parametrize(
    "text",
    [
        "Der Hamburger Hafen ist zu.",
        "Im Schweizer Parlamentssaal war es still.",
        "Zwei Flugzeuge landeten.",
        "Der Computer und die Fahrzeuge fehlen.",
        "Der Hubschrauber kam.",
    ],
)
def test_finds_no_people_in_things(see: Any, text: str) -> None:
    assert see(text).of("GRP") == []
