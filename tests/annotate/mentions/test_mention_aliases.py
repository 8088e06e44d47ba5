"""Spellings, abbreviations and compounds: what makes two names of an article one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.annotate.mentions.aliases import abbreviates, initials_of
from quellenlage.annotate.mentions.alike import alike, block
from quellenlage.annotate.mentions.binding_bodies import stem_of
from quellenlage.annotate.mentions.binding_persons import surname_key
from quellenlage.annotate.mentions.compounds import compound
from quellenlage.annotate.mentions.same_name import compatible

letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß -'", min_size=1, max_size=14).map(str.title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orlow", "Orlov"),
        ("Orlow", "Orloff"),
        ("Hmarim", "Khmarim"),
        ("Tschernik", "Chernik"),
        ("Dubinskyj", "Dubinski"),
    ],
)
def test_transcriptions_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Petrow", "Petrowa"), ("Iwanow", "Iwanowski"), ("Kiel", "Köln"), ("Nordkorea", "Südkorea"), ("Kim", "Khim")],
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    assert not alike(one, other, slip=True)


def test_a_slip_of_the_pen_needs_a_long_name() -> None:
    assert alike("Brandegast", "Brandgust", slip=True)
    assert not alike("Brandegast", "Brandgust")
    assert not alike("Merkel", "Markel", slip=True)


@given(letters, letters)
def test_alike_is_symmetric_and_stays_within_a_block(one: str, other: str) -> None:
    assert alike(one, other, slip=True) == alike(other, one, slip=True)
    if alike(one, other, slip=True):
        assert block(one) == block(other)


@pytest.mark.parametrize(
    ("name", "short", "found"),
    [
        ("Front Freies Osrana", "FFO", True),
        ("Hajat Nasr al-Din", "HND", True),
        ("Iceland Nature Trust Alliance", "Inta", True),
        ("Liga Nord", "Kiel", False),
        ("Liga Nord", "SPD", False),
        ("Liga", "LG", False),
    ],
)
def test_an_abbreviation_has_the_names_letters_in_order(name: str, short: str, found: bool) -> None:
    assert abbreviates(name, short) is found


@given(letters, letters)
def test_no_name_abbreviates_itself_or_a_shorter_one(name: str, other: str) -> None:
    assert not abbreviates(name, name)
    assert not (abbreviates(name, other) and len(other) >= len(name))


def test_initials_are_of_all_words_or_of_the_capitals() -> None:
    assert initials_of("Bund der Freien Reeder", "BFR")
    assert initials_of("Bund der Freien Reeder", "BDFR")
    assert not initials_of("Bund der Freien Reeder", "BF")


@pytest.mark.parametrize(
    ("form", "name", "itself"),
    [
        ("Nordwerft-Konzerns", "Nordwerft", True),
        ("US-Regierung", "US-Regierung", False),
        ("EU-Fahne", None, None),
        ("SPD-Fraktion", None, None),
        ("Syrien-Miliz", "Syrien-Miliz", False),
        ("Konzern", None, None),
    ],
)
def test_a_compound_names_a_body(form: str, name: str | None, itself: bool | None) -> None:
    found = compound(form)
    assert (found.name if found else None, found.itself if found else None) == (name, itself)


def test_declension_and_legal_form_do_not_make_another_body() -> None:
    assert stem_of("Deutschen Ruderbank AG") == stem_of("Deutsche Ruderbank")
    assert stem_of("bayerischen Rundfunks") == stem_of("Bayerische Rundfunk")
    assert stem_of("Olympischen Spielen") == stem_of("Olympische Spiele")
    assert stem_of("Nordwerft") != stem_of("Südwerft")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Karl",), ("K.",), True),
        (("Jong", "Un"), ("Yo", "Jong"), False),
        (("Alexander", "Sascha"), ("Sascha",), True),
        (("Igor", "Petrowitsch"), ("Igor",), True),
        (("Anna",), ("Berta",), False),
        ((), ("Berta",), True),
    ],
)
def test_first_names_fit(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert compatible(one, other) is same
    assert compatible(other, one) is same


def test_a_double_surname_is_one_piece() -> None:
    assert surname_key("von der Heyde-Lind") == "heyde-lind"
    assert surname_key("al-Hadad") == surname_key("Al Hadad") == "hadad"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Er schrieb an das russische Außenministerium.", "russisches Außenministerium"),
        ("Ein Sprecher des französischen Geheimdienstes schwieg.", "französischer Geheimdienst"),
        ("Sie dient in der syrischen Armee.", "syrische Armee"),
    ],
)
def test_a_noun_for_a_body_stands_as_it_does_without_article(see: Any, text: str, name: str) -> None:
    assert name in see(text).of("ORG")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Er half den sieben Zeugen.", "sieben Zeugen"),
        ("Die Vermissten leben.", "Vermisste"),
        ("Das hört man aus Kreisen von Beobachtern.", "Beobachter"),
        ("Man nahm einen 22 Jahre alten Verdächtigen fest.", "22 Jahre alter Verdächtiger"),
        ("Der 54 Jahre alten Frau geht es gut.", "54 Jahre alte Frau"),
        ("Zwei 20 Jahre alte Männer kamen.", "Zwei 20 Jahre alte Männer"),
        ("Der Richter befragte einen 22-Jährigen.", "22-Jähriger"),
    ],
)
def test_people_stand_in_the_nominative(see: Any, text: str, name: str) -> None:
    assert name in see(text).of("GRP")


@pytest.mark.parametrize(
    ("text", "told", "name"),
    [
        ("Sie wählt die Nordische Radikale Partei.", "Nordische Radikale Partei", "Nordische Radikale Partei"),
        ("Sie kam von der Nordischen Radikalen Partei.", "Nordischen Radikalen Partei", "Nordische Radikale Partei"),
        ("Der Bericht des Nordischen Instituts liegt vor.", "Nordischen Instituts", "Nordisches Institut"),
    ],
)
def test_every_adjective_of_a_name_stands_in_the_nominative(see_told: Any, text: str, told: str, name: str) -> None:
    assert see_told(text, (told, "ORG", 0.9)).of("ORG") == [name]


def test_a_firm_is_no_person_after_konzern(see_told: Any) -> None:
    seen = see_told("Beim Konzern Falkenried wird gespart. Falkenried schweigt.", ("Falkenried", "PER", 0.9))
    assert seen.of("PER") == [] or seen.mentions[("ORG", "Falkenried")]


def test_reasons_say_why_names_are_one(see: Any) -> None:
    seen = see("Dmitri Orlow dementierte. Die Front Freies Osrana (FFO) rückt vor. Orlow schwieg.")
    reasons = {e.name: e.reasons for e in seen.document.entities}
    assert "surname:orlow" in reasons["Dmitri Orlow"]
    assert "bracket:ffo" in reasons["Front Freies Osrana"]
