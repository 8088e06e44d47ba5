"""Numbers as ranges with their unit."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.events.numbers import parse_figures, parse_word
from quellenlage.annotate.events.quantities import find_amounts
from quellenlage.annotate.events.words import sentence_words


def amounts(text: str) -> list[tuple[str, float | None, float | None, str]]:
    made = document(text)
    return [
        (a.span.of(text), a.low, a.high, a.unit)
        for sentence in made.sentences
        for a in find_amounts(sentence_words(made, sentence))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es waren mindestens 400 Soldaten da.", ("mindestens 400 Soldaten", 400, None, "Soldat")),
        ("Ein Konvoi von fast 100 Militärfahrzeugen fuhr.", ("fast 100 Militärfahrzeugen", 90, 99, "Militärfahrzeug")),
        ("Rund 1.500 Menschen kamen.", ("Rund 1.500 Menschen", 1350, 1650, "Mensch")),
        ("Mehr als zwölf Häuser brannten.", ("Mehr als zwölf Häuser", 13, None, "Haus")),
        ("Bis zu 30 Panzer rollten.", ("Bis zu 30 Panzer", None, 30, "Panzer")),
        ("Einige Hundert Menschen kamen.", ("Einige Hundert Menschen", 200, None, "Mensch")),
        ("Mehrere Dutzend Boote lagen dort.", ("Mehrere Dutzend Boote", 24, None, "Boot")),
        ("Mehrere tausend Soldaten kamen.", ("Mehrere tausend Soldaten", 2000, None, "Soldat")),
        ("Hunderte Demonstranten riefen.", ("Hunderte Demonstranten", 200, None, "Demonstrant")),
        (
            "Es gab zwei bis drei schwer verletzte Soldaten.",
            ("zwei bis drei schwer verletzte Soldaten", 2, 3, "Soldat"),
        ),
        ("Zwischen 10 und 20 Boote liefen aus.", ("Zwischen 10 und 20 Boote", 10, 20, "Boot")),
        ("Das kostet 1,5 Millionen Euro.", ("1,5 Millionen Euro", 1.5e6, 1.5e6, "Euro")),
        ("Mehr als ein Dutzend Schiffe lag dort.", ("Mehr als ein Dutzend Schiffe", 13, None, "Schiff")),
    ],
)
def test_ranges(text: str, expected: tuple[str, float | None, float | None, str]) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Zahl der Toten stieg auf fünf.", ("fünf", 5, 5, "Toter")),
        ("Die Zahl der bestätigten Todesopfer liegt bei mehr als 30.", ("mehr als 30", 31, None, "Todesopfer")),
        ("Die Zahl der Opfer erhöhte sich von drei auf mindestens 90.", ("mindestens 90", 90, None, "Opfer")),
        ("Die Totenzahl betrug 17.", ("17", 17, 17, "Tote")),
        ("Die Polizei gab die Zahl der Verletzten mit 40 an.", ("40", 40, 40, "Verletzter")),
    ],
)
def test_the_noun_of_a_number_may_stand_before_it(
    text: str, expected: tuple[str, float | None, float | None, str]
) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Die Zahl der Toten stieg; der Bus fuhr auf fünf zu.",
        "Die Zahl der Toten ist seit dem 3. Mai nicht gestiegen.",
        "Der Zug hielt auf Gleis 7.",
        "Die Zahl ist auf fünf gestiegen.",
    ],
)
def test_a_number_counts_no_noun_that_it_does_not_belong_to(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize("text", ["Das dauerte drei Jahre.", "Um 12 Uhr war Ruhe.", "Am 3. Mai 2020 regnete es."])
def test_time_is_no_quantity(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("elf", 11),
        ("zweihundertfünfzig", 250),
        ("dreitausend", 3000),
        ("einundzwanzig", 21),
        ("haus", None),
        ("und", None),
    ],
)
def test_number_words(word: str, value: float | None) -> None:
    assert parse_word(word) == value


@pytest.mark.parametrize(
    ("text", "value"), [("12.500", 12500), ("3,5", 3.5), ("1 000", 1000), ("1.2", None), ("x", None)]
)
def test_figures(text: str, value: float | None) -> None:
    assert parse_figures(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es waren 20 Prozent.", [("20 Prozent", 20, 20, "Prozent")]),
        (
            "Es gab einen Toten und drei Verletzte.",
            [("einen Toten", 1, 1, "Toter"), ("drei Verletzte", 3, 3, "Verletzte")],
        ),
        ("Mindestens eine Person starb.", [("Mindestens eine Person", 1, None, "Person")]),
        (
            "Es wurden 47 Menschen getötet und 34 verletzt.",
            [("47 Menschen", 47, 47, "Mensch"), ("34", 34, 34, "Mensch")],
        ),
        ("Er fuhr einen Wagen.", []),
        ("Um 12 und 14 verließ er das Haus.", []),
    ],
)
def test_shares_single_people_and_numbers_that_go_on(
    text: str, expected: list[tuple[str, float, float | None, str]]
) -> None:
    assert amounts(text) == expected
