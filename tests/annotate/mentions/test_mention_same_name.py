"""Full names that are alike within one article, roles that are another's, names cut to a letter, towns as surnames."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.kinds import one_kind, surnames_of_people
from quellenlage.model import EntityKind, fold

TWO = [
    ("Georg W. Tamm lobte seinen Vater Georg H. W. Tamm.", "Georg W. Tamm", "Georg H. W. Tamm"),
    ("Idris Gorani kam. Mahamat Idris Gorani blieb.", "Idris Gorani", "Mahamat Idris Gorani"),
    ("Saddam Darwisch floh. Auch Udai Saddam Darwisch ging.", "Saddam Darwisch", "Udai Saddam Darwisch"),
    ("Hans Krall und sein Bruder Hans-Peter Krall schwiegen.", "Hans Krall", "Hans-Peter Krall"),
    ("Mehmet Ali Toprak traf Ali Mehmet Toprak.", "Mehmet Ali Toprak", "Ali Mehmet Toprak"),
    ("Der Wirt Alexander Tamm kam. Seine Cousine Sascha Tamm ging.", "Alexander Tamm", "Sascha Tamm"),
    ("Jorin Tamm starb. Sein Enkel Jorin Peter Tamm erbt.", "Jorin Tamm", "Jorin Peter Tamm"),
]


@pytest.mark.parametrize(("text", "one", "other"), TWO)
def test_two_full_names_are_two(see_told: Any, text: str, one: str, other: str) -> None:
    seen = see_told(text, (one, "PER", 0.95), (other, "PER", 0.95))
    assert seen.mentions[("PER", one)] == [one]
    assert seen.mentions[("PER", other)] == [other]


ONE = [
    ("Jorin Tamm", "Jorin Peter Tamm"),
    ("Jorin Tamm", "Jorin P. Tamm"),
    ("J. Tamm", "Jorin Tamm"),
    ("Wladimir Gorin", "Wladimir Pawlowitsch Gorin"),
    ("Gabriel García Moreno", "García Moreno"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_a_middle_name_an_initial_or_a_patronymic_may_be_left_out(see_told: Any, one: str, other: str) -> None:
    for text in (f"Am Montag sprach {one} lange. Danach ging {other}.", f"Danach ging {other}. Es sprach {one} lange."):
        seen = see_told(text, (one, "PER", 0.95), (other, "PER", 0.95))
        assert len(seen.of("PER")) == 1, text


def test_a_middle_name_is_not_left_out_beside_another_bearer(see_told: Any) -> None:
    names = ("Jorin Tamm", "Jorin Peter Tamm", "Anna Tamm")
    seen = see_told("Jorin Tamm kam. Jorin Peter Tamm ging. Anna Tamm blieb.", *((n, "PER", 0.95) for n in names))
    assert seen.of("PER") == list(names)


@pytest.mark.parametrize(
    "text",
    [
        "Es kam K. Tamm. Danach sprachen Karl Tamm und Klaus Tamm.",
        "Es kam Karl Tamm. Dann ging K. Tamm. Am Ende sprach Klaus Tamm.",
        "Karl Tamm und Klaus Tamm sprachen. Dann ging K. Tamm.",
    ],
)
def test_an_initial_of_two_is_neither(see_told: Any, text: str) -> None:
    seen = see_told(text, *((n, "PER", 0.95) for n in ("K. Tamm", "Karl Tamm", "Klaus Tamm")))
    assert sorted(seen.of("PER")) == ["K. Tamm", "Karl Tamm", "Klaus Tamm"]
    assert seen.scores["K. Tamm"] < 0.5


def test_the_son_is_not_the_elder(see: Any) -> None:
    seen = see("Karl Weber senior starb. Den Hof übernahm der Sohn Karl Weber.")
    assert len([e for e in seen.document.entities if e.kind == "PER"]) == 2
    seen = see("Karl Weber kam. Karl Weber sprach.")
    assert seen.mentions[("PER", "Karl Weber")] == ["Karl Weber", "Karl Weber"]


SEVERAL = [
    (("George W. Bush", "George H. W. Bush"), "George Bush"),
    (("Jan Peter Tamm", "Jan Paul Tamm"), "Jan P. Tamm"),
    (("Jan Peter Tamm", "Jan Paul Tamm"), "Jan Tamm"),
    (("Jan Tamm", "Jonas Tamm"), "J. Tamm"),
    (("Wladimir Pawlowitsch Gorin", "Wladimir Iwanowitsch Gorin"), "Wladimir Gorin"),
]


@pytest.mark.parametrize(("full", "short"), SEVERAL)
def test_what_several_can_be_called_is_unsure_wherever_it_stands(
    see_told: Any, full: tuple[str, str], short: str
) -> None:
    for order in permutations((*full, short, short)):
        seen = see_told(
            " ".join(f"Dort stand {n} am Abend." for n in order), *((n, "PER", 0.95) for n in (*full, short))
        )
        assert seen.mentions == {
            ("PER", full[0]): [full[0]],
            ("PER", full[1]): [full[1]],
            ("PER", short): [short, short],
        }, order
        assert seen.scores[short] < 0.5
        assert min(seen.scores[name] for name in full) > 0.5


@pytest.mark.parametrize(("elder", "younger"), [("senior", "junior"), ("sen.", "jun."), ("der Ältere", "der Jüngere")])
def test_a_plain_name_beside_father_and_son_is_unsure(see: Any, elder: str, younger: str) -> None:
    names = (f"Karl Weber {elder}", f"Karl Weber {younger}", "Karl Weber")
    for order in permutations(names):
        seen = see(" ".join(f"Dort stand {name} am Abend." for name in order))
        assert sorted(seen.of("PER")) == sorted(names)
        assert [name for name in names if seen.scores[name] < 0.5] == ["Karl Weber"]


def test_the_generation_is_no_part_of_what_the_encoder_reads(see_told: Any) -> None:
    seen = see_told("Karl Weber junior kam. Weber sprach.", ("Karl Weber junior", "PER", 0.95), ("Weber", "PER", 0.9))
    assert seen.mentions == {("PER", "Karl Weber"): ["Karl Weber", "Weber"]}


def test_surnames_alone_in_other_spellings_are_one(see_told: Any) -> None:
    for order in permutations(("Peskow", "Peskov", "Песков")):
        text = " ".join(f"Dort stand {name} am Abend." for name in order)
        seen = see_told(text, *((name, "PER", 0.95) for name in ("Peskow", "Peskov")))
        assert list(seen.mentions.values()) == [list(order)]
        assert seen.of("PER") != ["Песков"]
    seen = see_told("Dort stand Krauss am Abend. Dort stand Kraus.", ("Krauss", "PER", 0.95), ("Kraus", "PER", 0.95))
    assert seen.of("PER") == ["Krauss", "Kraus"]


ROLES = [
    ("Der Chef der syrischen Botschafterin, Jan Gorin, kam.", {"Jan Gorin": ["Chef der syrischen Botschafterin"]}),
    ("Der Berater des Präsidenten, Juri Gorin, flog ab.", {"Juri Gorin": ["Berater des Präsidenten"]}),
    ("Es kam der Sohn des Präsidenten, Jan Tamm, nach Kiel.", {"Jan Tamm": []}),
    ("Ihr Mann Peter Kranz kam. Die Brüder Jan Tamm und Uwe Quint auch.", {"Peter Kranz": [], "Jan Tamm": []}),
    ("Das Ehepaar Anna Quint und Karl Quint blieb.", {"Anna Quint": [], "Karl Quint": []}),
    ("Ihre Schwiegermutter Edda Quint kam.", {"Edda Quint": []}),
    ("Die Witwe von Altkanzler Jan Tamm, Anna Kolb, klagte.", {"Jan Tamm": ["Altkanzler"], "Anna Kolb": []}),
    ("Der Sprecher von Altkanzler Jan Tamm, Uwe Quint, kam.", {"Jan Tamm": ["Altkanzler"], "Uwe Quint": ["Sprecher"]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_roles_are_the_bearers_own(see: Any, text: str, roles: dict[str, list[str]]) -> None:
    seen = see(text)
    assert {name: seen.roles[name] for name in roles} == roles


def test_a_name_cut_to_a_letter_is_spelled_as_in_the_text(see_told: Any) -> None:
    seen = see_told("Das sagte Peter S. am Montag. Auch Uwe K. kam.", ("Peter S.", "PER", 0.9), ("Uwe K.", "PER", 0.9))
    assert seen.mentions == {("PER", "Peter S."): ["Peter S."], ("PER", "Uwe K."): ["Uwe K."]}
    seen = see_told("Nichts wusste davon Peter S.", ("Peter S", "PER", 0.9))
    assert seen.mentions == {("PER", "Peter S."): ["Peter S."]}
    seen = see_told("So sagte es gestern A. B. vor allen.", ("A. B.", "PER", 0.9))
    assert seen.of("PER") == ["A. B."]


@pytest.mark.parametrize("kind", ["PER", "ORG", "GPE"])
def test_a_letter_alone_names_nothing(see_told: Any, kind: str) -> None:
    assert see_told("Das Zeichen S war zu sehen.", ("S", kind, 0.95)).mentions == {}


def test_a_town_after_an_address_or_a_members_office_is_a_surname(see: Any) -> None:
    assert see("Dort stand Frau Wien am Fenster.").mentions == {("PER", "Wien"): ["Wien"]}
    assert see("Der Abgeordnete Marburg sprach lange.").mentions == {("PER", "Marburg"): ["Marburg"]}
    assert see("Dort stand der Abgeordnete Wien lange.").mentions == {("PER", "Wien"): ["Wien"]}
    assert see("In Wien sprach man lange.").of("GPE") == ["Wien"]


@pytest.mark.parametrize("town", ["Tripolis", "St. Petersburg"])
def test_a_town_that_the_encoder_alone_takes_for_a_body_is_the_town(town: str) -> None:
    place = Candidate(0, 5, EntityKind.GPE, "name", town, 0, fold(town), 0.9, "gazetteer")
    body = Candidate(30, 35, EntityKind.ORG, "name", town, 1, fold(town), 0.95, "encoder")
    one_kind([place, body])
    assert (body.kind, body.key, body.reason) == (EntityKind.GPE, place.key, f"same-name:{fold(town)}")


def test_a_body_that_the_tables_know_too_stays_one() -> None:
    place = Candidate(0, 5, EntityKind.GPE, "name", "Miren", 0, "miren", 0.9, "gazetteer")
    listed = Candidate(10, 15, EntityKind.ORG, "name", "Miren", 0, "miren", 0.9, "organisations")
    read = Candidate(30, 35, EntityKind.ORG, "name", "Miren", 1, "miren", 0.95, "encoder")
    one_kind([place, listed, read])
    assert [c.kind for c in (place, listed, read)] == [EntityKind.GPE, EntityKind.ORG, EntityKind.ORG]


def test_a_surname_that_is_a_towns_name_means_the_person_whom_the_article_names() -> None:
    person = Candidate(
        40, 53, EntityKind.PER, "name", "Torsten Hagen", 1, "hagen", 0.95, "first-name", first=("Torsten",)
    )
    person.last = "Hagen"
    town = Candidate(0, 5, EntityKind.GPE, "name", "Hagen", 0, "hagen", 0.9, "gazetteer")
    surnames_of_people("Hagen besucht das Tal. Ministerpräsident Torsten Hagen kam.", [town, person])
    assert (town.kind, town.last, town.reason) == (EntityKind.PER, "Hagen", "surname")


def test_a_town_stays_one_where_the_article_has_it_as_a_place_too() -> None:
    text = "Torsten Hagen kam. In Hagen regnet es. Hagen wartet."
    person = Candidate(
        0, 13, EntityKind.PER, "name", "Torsten Hagen", 0, "hagen", 0.95, "first-name", first=("Torsten",)
    )
    person.last = "Hagen"
    towns = [
        Candidate(at, at + 5, EntityKind.GPE, "name", "Hagen", n, "hagen", 0.9, "gazetteer")
        for n, at in enumerate((22, 39), 1)
    ]
    surnames_of_people(text, [person, *towns])
    assert {town.kind for town in towns} == {EntityKind.GPE}
