from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import EntityKind
from quellenlage.names import compare, keys
from quellenlage.names.comparison import PERHAPS, SAME
from quellenlage.names.parts import person
from quellenlage.names.scripts import to_latin
from quellenlage.names.sounds import distance, near, segments

PER, ORG, GPE = EntityKind.PER, EntityKind.ORG, EntityKind.GPE

ONE = [
    (PER, "Dmitri Woronkow", "Дмитрий Воронков"),
    (PER, "Dmitri Woronkow", "Dmitry Voronkoff"),
    (PER, "Nikolaj Schtscherbakow", "Nikolai Shcherbakov"),
    (PER, "Nikita Michailowitsch Woronkow", "Nikita Woronkow"),
    (PER, "Walid al-Hamsi", "Waleed El Hamsi"),
    (PER, "Abd ar-Rahman Kassabi", "Abdul Rahman Qassabi"),
    (PER, "Nureddin Kassabi", "Nour ad-Din Kassabi"),
    (PER, "Jannis Sakellaridis", "Γιάννης Σακελλαρίδης"),
    (PER, "Mosche Awineri", "Moshe Avineri"),
    (PER, "Chou Mei-ling", "Zhou Meiling"),
    (PER, "Jürgen Quölk", "Juergen Quoelk"),
    (PER, "Quint, Anna", "Anna Quint"),
    (PER, "Bill Hartley", "William Hartley"),
    (PER, "Karl-Otto Quint", "Karl Otto Quint"),
    (PER, "J. P. Quint", "Jan Peter Quint"),
    (PER, "Prof. Dr. Anna Quint", "Anna Quint"),
    (PER, "Kemal Yıldızoğlu", "Kemal Yildizoglu"),
    (ORG, "Lohberger GmbH", "Lohberger AG & Co. KG"),
    (ORG, "Nachrichtenagentur Perinform", "Perinform"),
    (ORG, "Institut für Küstenforschung", "IfK"),
    (ORG, "Azov-Brigade", "Asow Brigade"),
    (GPE, "Qudsayya", "Kudsaija"),
    (GPE, "Damaskus", "Damascus"),
]
TWO = [
    (PER, "Thomas Meyer", "Thomas Maier"),
    (PER, "Sergej Karimow", "Sergej Karamow"),
    (PER, "Anna Quint", "Anja Quint"),
    (PER, "Iwan Petrow", "Iwan Petrowa"),
    (PER, "Kaiser Wilhelm I.", "Kaiser Wilhelm II."),
    (PER, "Jan Quint senior", "Jan Quint junior"),
    (PER, "Hassan al-Hamsi", "Hussein al-Hamsi"),
    (PER, "Salman bin Walid al-Hamsi", "Walid bin Salman al-Hamsi"),
    (PER, "G. H. W. Bush", "George W. Bush"),
    (PER, "Zhou Meiling", "Zhou Mailing"),
    (ORG, "Lohberger Bank", "Lohberger Bahn"),
    (ORG, "IKF", "IKV"),
    (ORG, "Taliban", "Tehrik-i-Taliban Pakistan"),
    (GPE, "Iran", "Irak"),
    (GPE, "Homs", "Hama"),
]


@pytest.mark.parametrize(("kind", "one", "other"), ONE)
def test_spellings_of_one_name_are_one(kind: EntityKind, one: str, other: str) -> None:
    compared = compare(kind, one, other)
    assert compared.score >= SAME, compared
    assert compared == compare(kind, other, one)
    assert compared.reasons


@pytest.mark.parametrize(("kind", "one", "other"), TWO)
def test_names_that_look_alike_stay_two(kind: EntityKind, one: str, other: str) -> None:
    assert compare(kind, one, other).score < SAME


@pytest.mark.parametrize(("kind", "one", "other"), [case for case in ONE if "." not in case[1]])
def test_one_name_s_spellings_share_a_key(kind: EntityKind, one: str, other: str) -> None:
    assert not set(keys(kind, one)).isdisjoint(keys(kind, other))


def test_a_surname_alone_is_unsure() -> None:
    compared = compare(PER, "Woronkow", "Dmitri Woronkow")
    assert PERHAPS <= compared.score < SAME
    assert "one-word-only" in compared.reasons


def test_names_that_other_languages_have_for_one_are_two_in_german() -> None:
    compared = compare(PER, "Jan Quint", "Johannes Quint")
    assert PERHAPS <= compared.score < SAME


def test_other_scripts_become_words() -> None:
    assert to_latin("Дмитрий Песков") == "Dmitrij Peskow"
    assert to_latin("习近平") == "Xi Jinping"
    assert to_latin("Γιώργος") == "Giorgos"
    assert to_latin("Jürgen") == "Jürgen"


def test_a_name_is_taken_apart() -> None:
    taken = person("Prinz Mohammed bin Salman Al Saud")
    assert [part.word for part in taken.parts] == ["mohammed", "salman", "saud"]
    assert person("Papst Johannes Paul II.").numeral == "ii"
    assert [part.initial for part in person("J. P. Quint").parts] == [True, True, False]
    assert [part.word for part in person("Željko „Arkan“ Quint").nicknames] == ["arkan"]


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from([PER, ORG, GPE]))
def test_any_two_texts_are_compared_alike_both_ways(one: str, other: str, kind: EntityKind) -> None:
    compared = compare(kind, one, other)
    assert 0.0 <= compared.score <= 1.0
    assert compared == compare(kind, other, one)
    keys(kind, one)


words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßčšžabc", min_size=1, max_size=12)


@given(words, words)
def test_distance_is_symmetrical_and_zero_for_the_same(one: str, other: str) -> None:
    assert distance(one, one) == 0.0
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert near(one, other) == near(other, one)
    assert all(segments(one))
