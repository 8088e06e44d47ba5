from __future__ import annotations

from typing import Any

import pytest

from quellenlage.resources import load


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Die Volksfront Osrika drohte.", "Volksfront Osrika"),
        ("Danach siegte die Liste Offener Hafen.", "Liste Offener Hafen"),
        ("Das meldete Radio Peschta.", "Radio Peschta"),
        ("Das fordert der Bund Freier Fischer (BFF).", "Bund Freier Fischer"),
        ("Mitglieder der Deutschen Ruder-Liga (DRL) kamen.", "Deutsche Ruder-Liga"),
        (
            "Der Verband der Küstenfischer (VdK) klagt. Die Nationale Rettungsfront (NRF) auch.",
            "Nationale Rettungsfront",
        ),
    ],
)
def test_a_head_with_its_proper_part_is_one_name(see: Any, text: str, name: str) -> None:
    assert name in see(text).of("ORG")


def test_short_form_and_noun_mean_the_introduced_body(see: Any) -> None:
    seen = see("Die Volksfront Osrika (VFO) drohte. Die VFO schoss. Die Volksfront zog ab.")
    assert seen.mentions == {("ORG", "Volksfront Osrika"): ["Volksfront Osrika", "VFO", "VFO", "Volksfront"]}
    assert seen.forms["Volksfront"] == "noun"


@pytest.mark.parametrize(
    "text", ["Die Künstliche Intelligenz (KI) hilft.", "Die Regierung Obama schwieg.", "Es sprach Carla Duwe (CDU)."]
)
def test_brackets_and_names_that_make_no_body(see: Any, text: str) -> None:
    named = [m for (kind, _), found in see(text).mentions.items() if kind == "ORG" for m in found]
    assert not any(" " in mention for mention in named)


@pytest.mark.parametrize("example", load("de/org_words.toml")["naming"]["examples"])
def test_naming_finds_its_examples(see: Any, example: str) -> None:
    assert see(f"Gestern sprach {example} davon.").of("ORG") == [example]


@pytest.mark.parametrize(
    "text", ["Die Rückzugsbewegung begann.", "Mit 100 Militärfahrzeugen kamen sie.", "30 Kampfpanzer rollten."]
)
def test_movements_and_vehicles_are_nobody(see: Any, text: str) -> None:
    assert see(text).mentions == {}


NOMINATIVES = [
    ("Der Sitz des Verteidigungsministeriums brennt.", "ORG", "Verteidigungsministerium"),
    ("Er dient in der syrischen Armee.", "ORG", "syrische Armee"),
    ("Das liegt bei den deutschen Behörden.", "GRP", "deutsche Behörden"),
    ("Sie halfen drei russischen Soldaten.", "GRP", "drei russische Soldaten"),
    ("Er traf einen russischen Diplomaten.", "GRP", "russischer Diplomat"),
    ("Die Aussage des Augenzeugen fehlt.", "GRP", "Augenzeuge"),
    ("Er folgte den Ärzten.", "GRP", "Ärzte"),
    ("Das Haus eines Angeklagten brannte.", "GRP", "Angeklagten"),
]


@pytest.mark.parametrize(("text", "kind", "name"), NOMINATIVES)
def test_nouns_are_named_in_the_nominative_where_their_form_tells(see: Any, text: str, kind: str, name: str) -> None:
    assert see(text).of(kind) == [name]


def test_the_mention_keeps_the_words_of_the_text(see: Any) -> None:
    assert see("Er dient in der syrischen Armee.").mentions == {("ORG", "syrische Armee"): ["syrischen Armee"]}


APPOSITIONS = [
    ("Die Sondergesandte des Staatenforums, Ingrid Westerloh, rief an.", "Ingrid Westerloh"),
    ("Ingrid Westerloh, Sondergesandte des Staatenforums, rief an.", "Ingrid Westerloh"),
    ("Ingrid Westerloh, die Sondergesandte des Staatenforums, rief an.", "Ingrid Westerloh"),
]


@pytest.mark.parametrize(("text", "name"), APPOSITIONS)
def test_the_noun_of_an_apposition_is_the_persons_role(see: Any, text: str, name: str) -> None:
    seen = see(f"{text} Die Sondergesandte reiste weiter.")
    assert seen.of("GRP") == []
    assert seen.roles[name] == ["Sondergesandte des Staatenforums"]
    assert seen.mentions[("PER", name)] == [name, "Sondergesandte"]


def test_a_possessive_keeps_the_role(see: Any) -> None:
    assert see("Das sagte sein Sprecher Kirill Jantschuk.").roles["Kirill Jantschuk"] == ["Sprecher"]


@pytest.mark.parametrize("text", ["Nordkai von LorukFoto: privat", "Das brachte Kerry zur Sprache."])
def test_no_glued_caption_and_no_preposition_in_a_persons_name(see: Any, text: str) -> None:
    assert all(" " not in name for name in see(text).of("PER"))


SEATS = [
    ("in Moskau", "in Kiew"),
    ("Russlands", "der Ukraine"),
    ("in Köln", "in Bonn"),
]


@pytest.mark.parametrize(("one", "other"), SEATS)
def test_bodies_of_other_seats_are_two(see: Any, one: str, other: str) -> None:
    seen = see(
        f"Das Innenministerium {one} widersprach. Das Innenministerium {other} schwieg. Das Innenministerium ging."
    )
    assert seen.of("ORG") == [f"Innenministerium {one}", f"Innenministerium {other}", "Innenministerium"]


def test_a_capital_and_an_adjective_tell_the_same_body(see: Any) -> None:
    seen = see(
        "Das russische Verteidigungsministerium widersprach. Das ukrainische Verteidigungsministerium schwieg. "
        "Das Verteidigungsministerium in Moskau blieb dabei. Kiews Verteidigungsministerium schwieg. "
    )
    assert [len(seen.mentions[("ORG", name)]) for name in seen.of("ORG")] == [2, 2]
    assert seen.of("ORG") == ["russisches Verteidigungsministerium", "ukrainisches Verteidigungsministerium"]


def test_the_police_of_a_capital_is_not_the_state_s(see: Any) -> None:
    seen = see("Die Polizei in Berlin sucht ihn. Die deutsche Polizei half. Die Bonner Polizei wartet.")
    assert seen.of("ORG") == ["Polizei in Berlin", "deutsche Polizei", "Bonner Polizei"]


def test_a_seat_that_nothing_competes_with_tells_nothing(see: Any) -> None:
    seen = see("Die Polizei in Köln sucht ihn. Die Polizei schwieg. Die Kölner Polizei wartet.")
    assert seen.mentions[("ORG", "Polizei")] == ["Polizei"] * 3


def test_a_plain_ministry_that_is_read_as_a_name_is_the_only_one_of_the_article(see_told: Any) -> None:
    text = "Das russische Innenministerium kam. Das Innenministerium schwieg."
    seen = see_told(text, ("Innenministerium", "ORG", 0.9))
    assert seen.of("ORG") == ["russisches Innenministerium"]


@pytest.mark.parametrize("told", [True, False])
def test_courts_of_other_numbers_are_two(see: Any, see_told: Any, told: bool) -> None:
    text = "Das Landgericht München I entschied. Das Landgericht München II schwieg. Das Landgericht München I blieb."
    one, other = "Landgericht München I", "Landgericht München II"
    seen = see_told(text, (other, "ORG", 0.9), (one, "ORG", 0.9)) if told else see(text)
    assert seen.mentions == {("ORG", one): [one, one], ("ORG", other): [other]}
