from __future__ import annotations

import pytest

from quellenlage.coreference import RESOURCES
from quellenlage.coreference.lexicon import gender_of_name, genders_of, noun, nouns
from quellenlage.resources import load

ENTRIES = load("de/reference_nouns.toml")["nouns"]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_table_says_what_it_is_and_whose(name: str) -> None:
    assert set(load(name)["meta"]) >= {"about", "source", "licence"}


def test_the_nouns_are_enough_for_the_news() -> None:
    assert sum(len(entry["words"].split()) for entry in ENTRIES) >= 250
    assert len({found.lemma for found in nouns().values()}) >= 800


@pytest.mark.parametrize(
    ("kind", "gender", "sense", "example"),
    [(e["kind"], e["gender"], e.get("sense", ""), x) for e in ENTRIES for x in e["examples"]],
)
def test_every_entry_finds_its_examples(kind: str, gender: str, sense: str, example: str) -> None:
    found = noun(example)
    assert found is not None
    assert (found.kind, found.sense) == (kind, sense)
    assert gender in found.gender


def test_first_names_tell_what_their_table_says() -> None:
    for gender, names in load("de/name_gender.toml")["meta"]["examples"].items():
        for name in names:
            assert "".join(sorted(gender_of_name(name))) == {"unknown": "fm"}.get(gender, gender), name


@pytest.mark.parametrize(
    ("form", "genders"),
    [
        ("Sprecherin", "f"),
        ("Sprecherinnen", "p"),
        ("Präsidenten", "mp"),  # "den Präsidenten", "die Präsidenten"
        ("Angeklagte", "fmp"),  # "der", "die" and "die beiden Angeklagten" without their endings
        ("Autokonzerns", "m"),
        ("Kriegsparteien", "p"),
        ("Erklärung", "f"),  # by its ending
        ("Qwertz", "fmnp"),  # nothing tells
    ],
)
def test_forms_tell_gender_and_number(form: str, genders: str) -> None:
    assert "".join(sorted(genders_of(form))) == genders
