"""Who is meant by a name that several bear."""

from __future__ import annotations

import pytest

from quellenlage.model import EntityKind
from quellenlage.model.listing import EntityCard
from quellenlage.offices.phrase import is_relation
from quellenlage.views.bearing import the_one


def card(identifier: str, kind: EntityKind, name: str) -> EntityCard:
    return EntityCard(identifier, kind, name, 1, 0, 0)


JAN, ANNA, CAMP = (
    card("a", EntityKind.PER, "Jan Tamm"),
    card("b", EntityKind.PER, "Anna Tamm"),
    card("c", EntityKind.ORG, "Lager Tamm"),
)


def test_the_only_person_of_a_surname_is_meant() -> None:
    assert the_one([JAN, CAMP], "Tamm") is JAN
    assert the_one([JAN, ANNA], "tamm") is None
    assert the_one([JAN, ANNA], "Anna Tamm") is ANNA
    assert the_one([], "Tamm") is None


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Verbündeten", True),
        ("enger Vertrauter", True),
        ("Jugendfreundin", True),
        ("Kremlchef", False),
        ("Präsident der Freunde", False),
    ],
)
def test_how_one_stands_to_another_is_no_office(words: str, is_one: bool) -> None:
    assert is_relation(words) is is_one
