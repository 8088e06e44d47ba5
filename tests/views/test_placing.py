"""Places that take an article or another preposition, and all names of the table of regions that do."""

from __future__ import annotations

import pytest

from quellenlage.model import EntityKind
from quellenlage.resources import load
from quellenlage.views.wording.phrases import Name, is_quantity, place_phrase
from quellenlage.views.wording.placing import REGIONS, TABLE, Way, needs_article, placed


@pytest.mark.parametrize(
    ("name", "where", "there", "away", "near"),
    [
        ("Eifel", "in der Eifel", "in die Eifel", "aus der Eifel", "nahe der Eifel"),
        ("Harz", "im Harz", "in den Harz", "aus dem Harz", "nahe dem Harz"),
        ("Alpen", "in den Alpen", "in die Alpen", "aus den Alpen", "nahe den Alpen"),
        ("Saarland", "im Saarland", "ins Saarland", "aus dem Saarland", "nahe dem Saarland"),
        ("Südukraine", "in der Südukraine", "in die Südukraine", "aus der Südukraine", "nahe der Südukraine"),
        ("Rotes Meer", "im Roten Meer", "ins Rote Meer", "aus dem Roten Meer", "nahe dem Roten Meer"),
        ("Naher Osten", "im Nahen Osten", "in den Nahen Osten", "aus dem Nahen Osten", "nahe dem Nahen Osten"),
        ("Thüringer Wald", "im Thüringer Wald", "in den Thüringer Wald", "aus dem Thüringer Wald",
         "nahe dem Thüringer Wald"),
        ("Hohe Tatra", "in der Hohen Tatra", "in die Hohe Tatra", "aus der Hohen Tatra", "nahe der Hohen Tatra"),
        ("Krim", "auf der Krim", "auf die Krim", "von der Krim", "nahe der Krim"),
        ("Balkan", "auf dem Balkan", "auf den Balkan", "vom Balkan", "nahe dem Balkan"),
        ("Kanarische Inseln", "auf den Kanarischen Inseln", "auf die Kanarischen Inseln", "von den Kanarischen Inseln",
         "nahe den Kanarischen Inseln"),
        ("Sizilien", "auf Sizilien", "nach Sizilien", "von Sizilien", "bei Sizilien"),
        ("Bodensee", "am Bodensee", "an den Bodensee", "vom Bodensee", "nahe dem Bodensee"),
        ("Totes Meer", "am Toten Meer", "ans Tote Meer", "vom Toten Meer", "nahe dem Toten Meer"),
        ("Straße von Hormus", "in der Straße von Hormus", "in die Straße von Hormus", "aus der Straße von Hormus",
         "nahe der Straße von Hormus"),
        ("USA", "in den USA", "in die USA", "aus den USA", "nahe den USA"),
        ("Ukraine", "in der Ukraine", "in die Ukraine", "aus der Ukraine", "nahe der Ukraine"),
        ("Ulm", "in Ulm", "nach Ulm", "aus Ulm", "bei Ulm"),
    ],
)  # fmt: skip
def test_the_article_and_the_preposition_go_with_the_name(
    name: str, where: str, there: str, away: str, near: str
) -> None:
    ways: tuple[Way, ...] = ("in", "to", "from", "near")
    found = [place_phrase(Name("ent-1", name, EntityKind.GPE), "de", way) for way in ways]
    assert found == [where, there, away, near]


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Eifel", "in the Eifel"), ("Schwarzwald", "in the Black Forest"), ("Toskana", "in Tuscany"),
        ("Sizilien", "in Sicily"), ("Bodensee", "at Lake Constance"), ("Lüneburger Heide", None),
    ],
)  # fmt: skip
def test_english_names_are_given_where_they_are_known(name: str, english: str | None) -> None:
    assert placed(name, "en", "in") == english


def test_no_mountain_lake_or_sea_of_our_table_stands_without_its_article() -> None:
    regions = load(REGIONS)
    rows = [row for part in ("mountains", "lakes", "seas") for row in regions[part]["rows"].strip().splitlines()]
    names = {name.strip() for row in rows for name in row.partition(";")[0].split(",")} - {"Gibraltar"}
    assert len(names) > 200
    told = {name: place_phrase(Name("ent-1", name, EntityKind.GPE), "de") for name in names}
    assert not {name for name, where in told.items() if where == f"in {name}"}
    assert sum(where is not None for where in told.values()) > 0.9 * len(names)


def test_every_name_stands_once_and_the_examples_hold() -> None:
    table = load(TABLE)
    listed = [
        " ".join(name.split())
        for preposition in ("in", "auf", "an")
        for gender, names in table[preposition].items()
        if gender in {"m", "f", "n", "p", "bare"}
        for name in names.split(",")
    ]
    assert sorted(listed) == sorted(set(listed))
    told = {placed(name, "de", way) for name in listed for way in ("in", "from")}
    examples = {example for part in ("in", "auf", "an") for example in table[part]["examples"]}
    assert examples <= told


@pytest.mark.parametrize("name", ["Grazer Altenheim", "Mainzer Krankenhaus", "Tian Shan"])
def test_a_place_whose_article_is_not_known_gives_no_phrase(name: str) -> None:
    assert place_phrase(Name("ent-1", name, EntityKind.GPE), "de") is None


def test_a_town_may_begin_like_an_adjective() -> None:
    assert place_phrase(Name("ent-1", "Wiener Neustadt", EntityKind.GPE), "de") == "in Wiener Neustadt"


def test_a_river_may_be_a_town() -> None:
    assert not needs_article("Fulda")


@pytest.mark.parametrize(
    ("name", "quantity"),
    [
        ("90 Menschen", True), ("zwölf Tote", True), ("1.200 Soldaten", True), ("mehrere Personen", True),
        ("zwei Diplomaten", False), ("20 Minuten", False), ("1. FC Nordstadt", False), ("Die Zeit", False), ("", False),
    ],
)  # fmt: skip
def test_a_number_of_people_is_nobodys_word(name: str, quantity: bool) -> None:
    assert is_quantity(name) is quantity
