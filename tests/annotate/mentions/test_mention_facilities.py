from __future__ import annotations

from typing import Any

import pytest

from quellenlage.resources import load


@pytest.mark.parametrize("example", load("de/places.toml")["facilities"]["examples"])
def test_a_building_with_its_place_is_one_name(see: Any, example: str) -> None:
    seen = see(f"Der {example} ist gesperrt.")
    assert seen.mentions == {("LOC", example): [example]}
    assert seen.forms[example] == "name"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Im Hilton-Hotel brannte es.", "Hilton-Hotel"),
        ("Der Brand des Flughafens Hannover ist gelöscht.", "Flughafen Hannover"),
    ],
)
def test_names_of_buildings(see: Any, text: str, name: str) -> None:
    assert see(text).of("LOC") == [name]


def test_the_noun_means_the_only_building_of_that_kind(see: Any) -> None:
    seen = see("Der Flughafen Hannover ist zu. Am Flughafen warten viele.")
    assert seen.mentions[("LOC", "Flughafen Hannover")] == ["Flughafen Hannover", "Flughafen"]


def test_the_place_that_also_stands_alone_is_its_own(see: Any) -> None:
    seen = see("In der Stadt Loruk brennt der Hafen von Loruk.")
    assert seen.mentions[("GPE", "Loruk")] == ["Loruk"]
    assert seen.of("LOC") == ["Hafen von Loruk"]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Er liegt im Krankenhaus.", "Krankenhaus"),
        ("Soldaten umstellten den Präsidentenpalast.", "Präsidentenpalast"),
        ("Das UN-Gebäude ist leer.", "UN-Gebäude"),
        ("Die Mauer des Gefängnisses fiel.", "Gefängnis"),
    ],
)
def test_nouns_for_buildings(see: Any, text: str, noun: str) -> None:
    seen = see(text)
    assert seen.of("LOC") == [noun]
    assert seen.scores[noun] < 0.5


def test_a_hospital_that_speaks_is_a_body(see: Any) -> None:
    assert see("Das Krankenhaus widersprach der Darstellung.").of("ORG") == ["Krankenhaus"]
