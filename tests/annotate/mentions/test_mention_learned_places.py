from __future__ import annotations

from typing import Any

import pytest

from quellenlage.resources import load

CONTEXTS = [
    "In der karvenischen Stadt Loruk fiel der Strom aus.",
    "Die Hafenstadt Loruk ist abgeriegelt.",
    "Im Dorf Loruk brannte es.",
    "Die Lage in der Provinz Loruk bleibt ruhig.",
    "Die Bürgermeisterin von Loruk schwieg.",
    "Die Einwohner von Loruk warten.",
    "Nahe Loruk fielen Schüsse.",
    "Südlich von Loruk fielen Schüsse.",
    "Zwischen Loruk und Damaskus fahren keine Züge.",
    "Aus Damaskus und Loruk kamen Helfer.",
    "Loruk/Peschta – Es brannte.",
    "Loruk (dpa) – Es brannte.",
]


@pytest.mark.parametrize("text", CONTEXTS)
def test_a_sure_context_teaches_a_place_for_the_whole_article(see: Any, text: str) -> None:
    seen = see(f"Loruk trauert. {text} Loruks Schulen bleiben zu.\n\nLORUK: Hilfe kommt")
    assert seen.mentions[("GPE", "Loruk")] == ["Loruk", "Loruk", "Loruks", "LORUK"]


def test_a_place_of_two_words_is_no_person(see: Any) -> None:
    seen = see("Die Küste von Tall Perik ist gesperrt. Tall Perik liegt im Norden.")
    assert seen.of("PER") == []
    assert seen.mentions[("GPE", "Tall Perik")] == ["Tall Perik", "Tall Perik"]


def test_a_word_of_the_dictionary_needs_more_than_a_head_noun(see: Any) -> None:
    assert see("In der Stadt Wasser zu holen, ist schwer.").of("GPE") == []
    seen = see("Die Stadt Dorne ist klein. Südlich von Dorne regnet es.")
    assert seen.mentions[("GPE", "Dorne")] == ["Dorne", "Dorne"]


@pytest.mark.parametrize(
    ("text", "name"), [("Drosnien drohte mit Vergeltung.", "Drosnien"), ("Er verhandelt mit Polustan.", "Polustan")]
)
def test_the_shape_of_a_country_makes_a_place_with_a_lower_score(see: Any, text: str, name: str) -> None:
    seen = see(text)
    assert seen.of("GPE") == [name]
    assert seen.scores[name] <= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Die Garnien wurden verkauft.",
        "Das Projekt Orbik begann. Der Orbik ist ein Gerät. Nahe Orbik lag nichts.",
        "Bürgermeister Ole von Torst kam. Die Rede des Bürgermeisters von Torst war kurz.",
    ],
)
def test_an_article_or_a_first_name_before_the_word_speaks_against_a_place(see: Any, text: str) -> None:
    assert see(text).of("GPE") == []


def test_a_headline_in_capitals_is_read_as_running_text(see: Any) -> None:
    seen = see("ANGRIFF AUF LORUK IN DER NACHT\n\nIn der Hafenstadt Loruk brannte es.")
    assert seen.of("ORG") == []
    assert seen.mentions[("GPE", "Loruk")] == ["LORUK", "Loruk"]
    assert see("NATO, EU und UNO BERATEN IN BERLIN").of("GPE") == ["Berlin"]


@pytest.mark.parametrize("text", ["Seine Leute hätten nichts gesehen.", "„Seine Stimme zählt“, hieß es."])
def test_a_function_word_that_opens_a_sentence_is_no_river(see: Any, text: str) -> None:
    assert see(text).of("LOC") == []


def test_the_river_stays_a_river(see: Any) -> None:
    assert see("Ein Haus an der Seine brannte.").of("LOC") == ["Seine"]


@pytest.mark.parametrize("example", load("de/places.toml")["shapes"]["examples"])
def test_shapes_find_their_examples(see: Any, example: str) -> None:
    assert see(f"{example} vor Folgen.").of("GPE") == [example.split(" ", maxsplit=1)[0]]
