from __future__ import annotations

from typing import Any

import pytest

from quellenlage.annotate.mentions import STAGE
from quellenlage.annotate.mentions.gazetteer import gazetteer, table_rows
from quellenlage.annotate.mentions.lexicon import first_names, is_office, org_head, person_noun, person_nouns
from quellenlage.resources import load


@pytest.mark.parametrize("name", STAGE.resources)
def test_every_table_says_what_it_is_and_whose(name: str) -> None:
    assert set(load(name)["meta"]) >= {"about", "source", "licence"}


def test_the_lexica_are_sized_for_years_of_news() -> None:
    assert len(first_names()) >= 1500
    assert len({noun.lemma for noun in person_nouns().values()}) >= 800
    places = load("de/places.toml")
    assert sum(len(table_rows(places[s]["names"])) for s in ("states", "cities", "regions", "locations")) >= 400
    organisations = load("de/org_words.toml")
    assert sum(len(table_rows(group["names"])) for group in organisations.values() if "names" in group) >= 500


NAME_EXAMPLES = [
    (section, example)
    for section, group in load("de/first_names.toml").items()
    if section not in {"meta", "both", "surnames"}
    for example in group["examples"]
]


@pytest.mark.parametrize(("section", "example"), NAME_EXAMPLES)
def test_first_name_groups_find_their_examples(see: Any, section: str, example: str) -> None:
    expected = example.split(" ", 1)[1] if section == "common_surnames" else example
    assert see(f"Gestern sagte {example}, es gehe weiter.").of("PER") == [expected]


PEOPLE_EXAMPLES = [
    example
    for name in ("de/groups.toml", "de/demonyms.toml")
    for section, group in load(name).items()
    if section not in {"meta", "no_head"}
    for example in group["examples"]
]


@pytest.mark.parametrize("example", PEOPLE_EXAMPLES)
def test_people_groups_know_their_examples(example: str) -> None:
    assert person_noun(example) is not None


@pytest.mark.parametrize("example", load("de/org_words.toml")["heads"]["examples"])
def test_heads_know_their_examples(example: str) -> None:
    assert org_head(example) is not None


def test_titles_find_their_examples(see: Any) -> None:
    table = load("de/titles.toml")
    assert see(f"Es kam {table['meta']['examples'][0]} an.").of("PER") == ["Ralf Dornbach"]
    assert see(f"Es kam {table['offices']['examples'][0]} an.").of("PER") == ["Michail Trubin"]
    assert see(f"Es kam {table['offices']['examples'][1]} an.").of("PER") == ["Heike Lohmann"]
    assert is_office("Kremlsprecherin")


@pytest.mark.parametrize("section", ["cities", "states", "regions", "locations"])
def test_places_know_their_examples(section: str) -> None:
    for example in load("de/places.toml")[section]["examples"]:
        rows = [gazetteer()[name.strip()] for name in example.split("=")]
        assert len({place.canonical for place in rows}) == 1


@pytest.mark.parametrize(("section", "kind"), [("gpe", "GPE"), ("loc", "LOC")])
def test_every_head_of_a_place_announces_one(see: Any, section: str, kind: str) -> None:
    for word in sorted(load("de/places.toml")["heads"][section].split())[::12]:
        head = word.upper() if len(word) < 4 and section == "loc" else word.capitalize()
        seen = see(f"Berichtet wurde aus {head} Wachrunsk und anderswo.")
        assert ("GPE", "Wachrunsk") in seen.mentions or ("LOC", "Wachrunsk") in seen.mentions, word
