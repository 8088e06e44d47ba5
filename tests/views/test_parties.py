"""Whom a line names: one group once, ministers without their states."""

from __future__ import annotations

from quellenlage.model import EntityKind
from quellenlage.views.wording.parties import parties
from quellenlage.views.wording.phrases import Name

STATE = Name("e1", "Orvenien", EntityKind.GPE)
OWN = Name("e2", "eigene Truppen", EntityKind.GRP, proper=False)
COUNTED = Name("e3", "400 Soldaten", EntityKind.GRP, proper=False)
ONE, OTHER = Name("e4", "Marek Toldin", EntityKind.PER), Name("e5", "Ilse Brandner", EntityKind.PER)
MIREN = Name("e6", "Miren", EntityKind.GPE)


def test_moved_troops_are_one_group_and_do_not_act_beside_their_state() -> None:
    assert parties("RETREAT", (STATE, OWN), (COUNTED,), None, [(400, None, "Soldat")]) == ((STATE,), (COUNTED,))


def test_troops_alone_withdraw() -> None:
    assert parties("RETREAT", (OWN,), (), None) == ((OWN,), ())


def test_a_state_beside_its_minister_adds_nothing() -> None:
    assert parties("CONSULT", (ONE, OTHER, STATE), (), None) == ((ONE, OTHER), ())
    assert parties("CONSULT", (ONE, STATE), (), None) == ((ONE, STATE), ())


def test_the_place_is_no_victim_beside_people() -> None:
    assert parties("ASSAULT", (), (COUNTED, MIREN), MIREN) == ((), (COUNTED,))
