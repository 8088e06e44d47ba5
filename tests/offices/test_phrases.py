from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.offices.phrase import read
from quellenlage.offices.words import lexicon, office, state_of
from quellenlage.resources import load

WORDS = load("de/office_words.toml")


def keys(phrase: str, *states: str, singular: bool = False) -> list[str]:
    return [one.key for one in read(phrase, states, singular=singular).offices]


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("Kremlchef", "ru-president"),
        ("des Kremlchefs", "ru-president"),
        ("Kreml-Chef", "ru-president"),
        ("der russische Präsident", "ru-president"),
        ("dem russischen Präsidenten", "ru-president"),
        ("Russlands Präsident", "ru-president"),
        ("Moskaus Außenminister", "ru-foreign"),
        ("Außenminister der Russischen Föderation", "ru-foreign"),
        ("der Chef der russischen Regierung", "ru-premier"),
        ("Pentagon-Chef", "us-defense"),
        ("der Verteidigungsminister der USA", "us-defense"),
        ("der Sprecher des US-Außenministeriums", "us-foreign-spokes"),
        ("die US-Außenministerin", "us-state"),
        ("Präsident der Ukraine", "ua-president"),
        ("Ukraine-Präsident", "ua-president"),
        ("die deutsche Kanzlerin", "de-kanzler"),
        ("Österreichs Bundeskanzler", "at-kanzler"),
        ("der Chef der Grünen", "de-gruene"),
        ("NATO-Generalsekretär", "nato"),
        ("der Generalsekretär der Vereinten Nationen", "un"),
        ("Präsident der Europäischen Kommission", "eu-commission"),
        ("Bayerns Ministerpräsident", "de-by"),
        ("der Regierende Bürgermeister von Berlin", "de-be"),
        ("der 54-jährige Präsident der USA", "us-president"),
        ("Noch-Präsident der USA", "us-president"),
        ("des niederländischen Ministerpräsidenten", "nl-premier"),
    ],
)
def test_a_phrase_names_its_office(phrase: str, key: str) -> None:
    assert keys(phrase) == [key]


@pytest.mark.parametrize(
    ("phrase", "refusal"),
    [
        ("der frühere US-Präsident", "former:fruehere"),
        ("Ex-Präsident", "former:ex"),
        ("Altkanzler", "former:alt"),
        ("der designierte Nato-Generalsekretär", "former:designierte"),
        ("der stellvertretende russische Außenminister", "former:stellvertretende"),
        ("ein Kremlsprecher", "indefinite"),
        ("die Außenminister", "plural"),
        ("die Präsidenten", "plural"),
        ("Außenministerinnen", "plural"),
        ("Präsident", "no-state"),
        ("der Präsident der Nato", "no-office"),
        ("der russische Bundespräsident", "no-office"),
        ("der tschadische Präsident", "unknown:tschadische"),
        ("Präsident Putin", "unknown:putin"),
        ("sein Außenminister", "unknown:sein"),
        ("der Präsident des Sportvereins", "unknown:dessportvereins"),
        ("der russische Präsident der Ukraine", "two-states"),
        ("", "empty"),
    ],
)
def test_whoever_is_not_the_holder_is_refused_with_the_reason(phrase: str, refusal: str) -> None:
    reading = read(phrase)
    assert reading.offices == ()
    assert reading.refusal == refusal


def test_a_bare_office_takes_the_state_of_the_article_only_where_there_is_one() -> None:
    assert keys("der Außenminister", "Russland") == ["ru-foreign"]
    assert read("der Außenminister", ["Russland"]).in_context
    assert not read("der russische Außenminister", ["Russland"]).in_context
    assert len(keys("der Außenminister", "Russland", "USA")) == 2
    assert keys("der Außenminister", "Russland", "Tschad") == []
    assert keys("der Außenminister", "Tschad") == []


def test_an_article_about_austria_has_its_own_chancellor() -> None:
    assert keys("der Bundeskanzler") == ["de-kanzler"]
    assert keys("der Bundeskanzler", "Russland") == ["de-kanzler"]
    assert keys("der Bundeskanzler", "Österreich") == ["at-kanzler"]
    assert keys("der Bundeskanzler", "Österreich", "Deutschland") == ["at-kanzler", "de-kanzler"]


@pytest.mark.parametrize(
    ("phrase", "gender"),
    [
        ("die Bundeskanzlerin", "f"),
        ("der Bundeskanzler", "m"),
        ("der SPD-Vorsitzende", "m"),
        ("die SPD-Vorsitzende", "f"),
        ("der SPD-Vorsitzenden", "f"),
        ("des SPD-Vorsitzenden", "m"),
        ("SPD-Vorsitzender", "m"),
        ("das syrische Staatsoberhaupt", "?"),
        ("die Queen", "?"),
    ],
)
def test_the_form_tells_the_holders_sex(phrase: str, gender: str) -> None:
    assert read(phrase).gender == gender


def test_a_weak_form_without_its_article_is_singular_only_where_it_is_said() -> None:
    assert read("US-Präsidenten").refusal == "plural"
    assert keys("US-Präsidenten", singular=True) == ["us-president"]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Bahnchef", "bahnchef"),
        ("des Bahnchefs", "bahnchef"),
        ("Bahn-Chef", "bahnchef"),
        ("SWR-Intendantin", "swrintendant"),
        ("Fraktions-Chef", ""),
        ("Polizeipräsident", ""),
        ("Ex-Bahnchef", ""),
        ("der russische Bahnchef", ""),
    ],
)
def test_offices_that_only_the_archive_knows_have_a_key_where_they_name_a_body(phrase: str, name: str) -> None:
    assert read(phrase).name == name


def test_keys_tell_their_state() -> None:
    assert office("us-president").state == "us"
    assert office("de-by").state == "de-by"
    assert office("nato").state is None
    assert (state_of("Moskau"), state_of("russischen"), state_of("Berlin")) == ("ru", "ru", "de")
    assert state_of("Tschad") is None


def test_the_tables_hold_together() -> None:
    known = {row["key"] for row in load("de/terms_of_office.toml")["office"]}
    named = {key for role in WORDS["role"] for key in (*role.get("keys", ()), *role.get("except", ()))}
    named |= {key for body in WORDS["body"] for key in body["heads"] if "{}" not in key}
    named |= {*WORDS["mixed"]["keys"], *WORDS["aliases"]["keys"].values(), *WORDS["by_itself"]["words"].values()}
    assert named <= known
    assert all(WORDS[section]["examples"] for section in WORDS if section not in {"meta", "role", "body"})
    states = {office(key).state for key in known}
    assert {state for state in states if state} >= {"ru", "us", "de-by", "eu"}
    holders = {h["name"] for row in load("de/terms_of_office.toml")["office"] for h in row["holders"]}
    assert {*WORDS["women"]["names"], *WORDS["women"]["men"]} <= holders
    assert load("de/terms_of_office.toml")["meta"]["known_until"] < date(2100, 1, 1)


@pytest.mark.parametrize("example", [*WORDS["meta"]["examples"], *(e for r in WORDS["role"] for e in r["examples"])])
def test_examples_of_the_table_are_words_for_offices(example: str) -> None:
    assert read(example).refusal in {"", "no-state"}


@pytest.mark.parametrize("example", WORDS["meta"]["counter"])
def test_counterexamples_of_the_table_name_nobody(example: str) -> None:
    assert read(example).offices == ()


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_is_read_or_refused(text: str, states: list[str]) -> None:
    reading = read(text, states)
    assert bool(reading.offices) != bool(reading.refusal)


NOUNS = sorted(form for form, reading in lexicon().forms.items() if not reading.plural and form.isalpha())


@given(st.sampled_from(NOUNS), st.sampled_from(["ehemaliger", "früherer", "designierter"]))
def test_no_former_holder_is_read_as_the_holder(noun: str, mark: str) -> None:
    assert read(f"{mark} {noun.capitalize()}").refusal.startswith("former:")
