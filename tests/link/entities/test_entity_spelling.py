from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from quellenlage.link.entities.profile import bare_surname, split_name
from quellenlage.link.entities.spelling import consonants, latin, same_but_for_vowels, same_first_name, skeleton
from quellenlage.link.entities.things import organisation_key, place_canonical
from quellenlage.resources import load

TABLE = load("de/transliteration.toml")


def _pairs(examples: list[str]) -> list[list[str]]:
    return [[name.strip() for name in example.split("~")] for example in examples]


@pytest.mark.parametrize("names", _pairs(TABLE["rules"]["examples"]))
def test_spellings_of_one_name_have_one_skeleton(names: list[str]) -> None:
    assert len({skeleton(name) for name in names}) == 1


@pytest.mark.parametrize("names", _pairs(TABLE["vowels"]["examples"]))
def test_spellings_that_differ_in_close_vowels_are_seen(names: list[str]) -> None:
    assert same_but_for_vowels(*names)
    assert skeleton(names[0]) != skeleton(names[1])


@pytest.mark.parametrize("names", _pairs(TABLE["rules"]["counterexamples"]))
def test_different_names_have_different_skeletons(names: list[str]) -> None:
    assert skeleton(names[0]) != skeleton(names[1])


@pytest.mark.parametrize("example", TABLE["cyrillic"]["examples"])
def test_cyrillic_meets_the_german_transcription(example: str) -> None:
    cyrillic, transcribed = (name.strip() for name in example.split("="))
    assert latin(cyrillic) == transcribed.lower()


def test_similarity_alone_cannot_tell_states_apart() -> None:
    assert round(fuzz.ratio("iran", "irak")) == 75
    assert consonants("Iran") != consonants("Irak")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bill", "William", True),
        ("Dmitri", "Dmitry", True),
        ("Baschar", "Bashar", True),
        ("W.", "Wladimir", True),
        ("Михаил", "Michail", True),
        ("Hans", "Hans-Peter", True),
        ("Wladimir", "Wolodymyr", False),
        ("Anna", "Anja", False),
        ("Sergej", "Semjon", False),
    ],
)
def test_first_names(one: str, other: str, same: bool) -> None:
    assert same_first_name(one, other) is same
    assert same_first_name(other, one) is same


def test_names_are_taken_apart() -> None:
    assert split_name("Ursula von der Leyen") == (("Ursula",), "von der Leyen")
    assert split_name("Xi Jinping") == (("Jinping",), "Xi")
    assert split_name("Kim Schmidt") == (("Kim",), "Schmidt")
    assert bare_surname("al-Assad") == "assad"
    assert bare_surname("von der Leyen") == "leyen"


def test_organisations_and_places_have_canonical_keys() -> None:
    assert organisation_key("Vereinten Nationen") == organisation_key("UN")
    assert organisation_key("Deutscher Küstenbund") == organisation_key("Deutschen Küstenbund")
    assert organisation_key("Lohberger GmbH") == organisation_key("Lohberger")
    assert place_canonical("Damascus") == place_canonical("Damaskus")
    assert place_canonical("Kiew") == place_canonical("Kyjiw") != place_canonical("Minsk")


@given(st.text(max_size=60))
def test_any_text_has_a_key(text: str) -> None:
    assert skeleton(text) == skeleton(text.lower()) or not text.isascii()
    assert set(consonants(text)) <= set(skeleton(text))
    assert same_first_name(text, text)
