from __future__ import annotations

from typing import Any

import pytest

CASES = [
    ("Generalmajor Ralf Dornbach vom Einsatzkommando sprach.", "Ralf Dornbach", ["Generalmajor"]),
    ("Der syrische Vizeminister Walid Al-Hamsi reiste ab.", "Walid Al-Hamsi", ["syrische Vizeminister"]),
    ("Am Abend traf Dr. Anna Lohberger in Bonn ein.", "Anna Lohberger", []),
    ("Pentagon-Sprecher Peter Kolb wies das zurück.", "Peter Kolb", ["Pentagon-Sprecher"]),
    ("Dort wartete Frank-Walter Tiemann auf ihn.", "Frank-Walter Tiemann", []),
    ("Es sprach Ursula von der Heyden.", "Ursula von der Heyden", []),
    ("Gestern trat George W. Hollis zurück.", "George W. Hollis", []),
    ("Kronprinz Mohammed bin Salim empfing sie.", "Mohammed bin Salim", ["Kronprinz"]),
    ("Präsident Xi Jingwei reiste nach Rom.", "Xi Jingwei", ["Präsident"]),
    ("Gestern traf Kim Jong Su ein.", "Kim Jong Su", []),
    ("Das sagte Olexij Hrytsenko, Sprecher des Ministeriums.", "Olexij Hrytsenko", ["Sprecher des Ministeriums"]),
    ("Der Sprecher des Werks, Igor Petrenko, schwieg.", "Igor Petrenko", ["Sprecher des Werks"]),
    (
        "Es kam Uwe Tiemann, Regierender Bürgermeister von Berlin, nach Bonn.",
        "Uwe Tiemann",
        ["Regierender Bürgermeister von Berlin"],
    ),
    ("Gestern kam Uwe Tiemann, Erster Bürgermeister von Hamburg.", "Uwe Tiemann", ["Erster Bürgermeister von Hamburg"]),
    ("Gestern kam der Regierende Bürgermeister Uwe Tiemann.", "Uwe Tiemann", ["Regierende Bürgermeister"]),
    ("Minister Schmidt kam zu spät.", "Schmidt", ["Minister"]),
    ("Danach redete Kanzlerin Merkel.", "Merkel", ["Kanzlerin"]),
    ("Das hat Frau Quintner so gesagt.", "Quintner", []),
]


@pytest.mark.parametrize(("text", "name", "roles"), CASES)
def test_finds_persons_with_their_roles(see: Any, text: str, name: str, roles: list[str]) -> None:
    seen = see(text)
    assert seen.of("PER") == [name]
    assert seen.roles[name] == roles


@pytest.mark.parametrize(
    "text",
    [
        "Der Präsident Anfang Juni noch nicht.",
        "Die Polizei fand einen Diktator, dem Asyl gewährt wird.",
        "Herr Präsident, das geht nicht.",
        "Die Deutsche Bank und das Konrad-Adenauer-Haus schlossen.",
        "Der Mark Brandenburg fehlt Regen.",
        "Gegen Ende sprach niemand.",
    ],
)
def test_finds_no_person_where_none_is(see: Any, text: str) -> None:
    assert see(text).of("PER") == []


def test_surname_alone_and_genitive_mean_the_named_person(see: Any) -> None:
    seen = see("Sergej Dubrowin kam. Dubrowins Flugzeug stand bereit. Später flog Dubrowin ab.")
    assert seen.mentions == {("PER", "Sergej Dubrowin"): ["Sergej Dubrowin", "Dubrowins", "Dubrowin"]}


def test_full_name_in_the_genitive_is_named_in_the_nominative(see: Any) -> None:
    assert see("Sergej Dubrowins Truppen zogen ab.").of("PER") == ["Sergej Dubrowin"]


def test_a_surname_before_the_full_name_is_bound_too(see: Any) -> None:
    seen = see("Hrytsenko lehnt ab\n\nOlena Hrytsenko lehnte den Vorschlag ab.")
    assert seen.mentions[("PER", "Olena Hrytsenko")] == ["Hrytsenko", "Olena Hrytsenko"]


def test_couples_and_namesakes_stay_apart(see: Any) -> None:
    seen = see("Sonja und Willi Behnke kamen. Auch Bernhard Behnke war da. Behnke schwieg.")
    assert seen.of("PER") == ["Sonja Behnke", "Willi Behnke", "Bernhard Behnke", "Behnke"]
    assert seen.scores["Behnke"] < 0.5


def test_an_office_held_by_one_person_means_that_person(see: Any) -> None:
    seen = see(
        "Der russische Präsident Oleg Wolkow traf den syrischen Präsidenten Karim al-Nasri. "
        "Der russische Staatschef lobte ihn. Dann ging der syrische Machthaber."
    )
    assert seen.mentions[("PER", "Oleg Wolkow")] == ["Oleg Wolkow", "russische Staatschef"]
    assert seen.mentions[("PER", "Karim al-Nasri")] == ["Karim al-Nasri", "syrische Machthaber"]
    assert seen.forms["russische Staatschef"] == "noun"


def test_an_office_held_by_two_persons_means_nobody_named(see: Any) -> None:
    seen = see("Minister Jan Kolbe und Minister Uwe Tamm kamen. Der Minister schwieg.")
    assert ("GRP", "Minister") in seen.mentions


def test_an_age_means_the_only_person_named_before(see: Any) -> None:
    seen = see("In Kiel siegte Wiebke Tamm. Die 31-Jährige war zufrieden.")
    assert seen.mentions[("PER", "Wiebke Tamm")] == ["Wiebke Tamm", "31-Jährige"]
    seen = see("In Kiel siegte Wiebke Tamm vor Jana Kolbe. Die 31-Jährige war zufrieden.")
    assert ("GRP", "31-Jährige") in seen.mentions
    seen = see("In Kiel siegte Jonas Tamm. Die 31-Jährige war zufrieden.")
    assert seen.mentions[("PER", "Jonas Tamm")] == ["Jonas Tamm"]
    seen = see("In Kiel siegte Jonas Tamm. Der 31-Jährige war zufrieden.")
    assert seen.mentions[("PER", "Jonas Tamm")] == ["Jonas Tamm", "31-Jährige"]


def test_a_role_between_two_names_is_given_to_one_at_most(see: Any) -> None:
    seen = see("Es kamen Jan Tamm, der Leiter der Behörde, Anna Kolbe, und andere.")
    assert seen.roles["Jan Tamm"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Der designierte Kanzler schwieg.",
        "Die Angaben der Kanzler fehlen.",
        "Er wurde zum Kanzler gewählt.",
        "Ein Kanzler geht nie.",
        "Der Kanzler der Universität schwieg.",
    ],
)
def test_an_office_of_others_does_not_mean_its_bearer(see: Any, text: str) -> None:
    seen = see(f"Kanzler Jan Tamm sprach. {text} Der 40-jährige Jan Tamm auch.")
    assert seen.mentions[("PER", "Jan Tamm")] == ["Jan Tamm", "Jan Tamm"]


def test_a_headline_gives_the_office_after_a_colon(see: Any) -> None:
    seen = see("Sergej Dubrowin: Kremlchef gewährt Schutz\n\nDie Rolle des Kremlchefs ist unklar.")
    assert seen.roles["Sergej Dubrowin"] == ["Kremlchef"]
    assert seen.mentions[("PER", "Sergej Dubrowin")] == ["Sergej Dubrowin", "Kremlchefs"]


def test_a_state_in_the_genitive_makes_the_office_definite(see: Any) -> None:
    seen = see("Der Präsident Oleg Wolkow kam. Danach reiste Russlands Präsident ab.")
    assert seen.mentions[("PER", "Oleg Wolkow")] == ["Oleg Wolkow", "Präsident"]


def test_a_former_office_is_no_longer_its_bearers(see: Any) -> None:
    seen = see("Der frühere Kanzler Jan Tamm kam. Der Kanzler sprach.")
    assert seen.mentions[("PER", "Jan Tamm")] == ["Jan Tamm"]


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("Jorin Tamm, der Gouverneur von Osrana, sprach.", "Jorin Tamm", ["Gouverneur von Osrana"]),
        ("So der Chef des Verwaltungsrats Ulrich Tamm.", "Ulrich Tamm", ["Chef des Verwaltungsrats"]),
        ("Es kam der uwg-Spitzenkandidat Jorin Tamm.", "Jorin Tamm", ["uwg-Spitzenkandidat"]),
        ("So der Sprecher der Ministerin Anna Quint.", "Anna Quint", ["Ministerin"]),
    ],
)
def test_an_office_goes_as_far_as_what_it_is_held_in(see: Any, text: str, name: str, roles: list[str]) -> None:
    assert see(text).roles[name] == roles


def test_an_age_means_whoever_has_it(see: Any) -> None:
    seen = see(
        "Ein 79-jähriger Fahrer raste in die Menge. Das teilte Polizeisprecher Axel Tamm mit. Der 79-Jährige lebt. "
        "Anna Quint (31) war dabei. Jorin Wiesner auch. Die 31-Jährige blieb unverletzt."
    )
    assert "79-Jährige" not in seen.mentions[("PER", "Axel Tamm")]
    assert "31-Jährige" in seen.mentions[("PER", "Anna Quint")]
