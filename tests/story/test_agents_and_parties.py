"""Who can be one doer, figures without what was taken back, and prints counted by article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.story.test_conflict_grades import told

from quellenlage.families import families_of
from quellenlage.model import (
    Account,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Entity,
    EntityKind,
    EntityPlace,
    Event,
    Evidence,
    Evidentiality,
    Factuality,
    Member,
    Occasion,
    OfficeHeld,
    Polarity,
    Retelling,
    Revision,
    RevisionKind,
    Statement,
)
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.agents import find_agents
from quellenlage.story.corroboration import corroborate, prints
from quellenlage.story.figures import running
from quellenlage.story.matter import towns_apart
from quellenlage.story.parties import Parties

PER, ORG, GPE = EntityKind.PER, EntityKind.ORG, EntityKind.GPE


def entity(name: str, kind: EntityKind, *offices: str) -> Entity:
    quoted = Evidence("art-1", "0" * 64, 0, 1, "x", "")
    held = tuple(OfficeHeld(office, quoted) for office in offices)
    return Entity(f"ent-{name}", kind, name, (Member("art-1", "e1"),), offices=held)


ENTITIES = {
    e.id: e
    for e in (
        entity("Russland", GPE),
        entity("russische Armee", ORG),
        entity("Perkonien", GPE),
        entity("perkonisches Heer", ORG),
        entity("Novat", ORG),
        entity("Jörg Amsel", PER, "Novat-Chef"),
        entity("Freies Bündnis Osrana", ORG),
        entity("FBO", ORG),
        entity("Nordwacht", ORG),
        entity("Südfront", ORG),
        entity("Polizei", ORG),
    )
}
PARTIES = Parties(ENTITIES, Affiliations(ENTITIES, {}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Russland", "russische Armee", True),
        ("Perkonien", "perkonisches Heer", True),
        ("Novat", "Jörg Amsel", True),
        ("Freies Bündnis Osrana", "FBO", True),
        ("Nordwacht", "Südfront", False),
        ("Russland", "Nordwacht", False),
        ("Nordwacht", "FBO", False),
    ],
)
def test_a_body_and_who_leads_it_or_acts_for_it_are_one_party(one: str, other: str, *, same: bool) -> None:
    assert PARTIES.same(f"ent-{one}", f"ent-{other}") is same
    assert PARTIES.same(f"ent-{other}", f"ent-{one}") is same


def test_the_police_are_nobody_by_name() -> None:
    assert PARTIES.named(("ent-Polizei", "ent-Nordwacht")) == ("ent-Nordwacht",)
    assert not PARTIES.apart(("ent-Nordwacht",), ())


def account(number: int, *doers: str, place: str | None = "ent-Ort", **more: object) -> Account:
    quoted = Evidence(f"art-{number}", "0" * 64, 0, 5, f"Text{number}", "")
    member = Member(quoted.article, "v1")
    base = Account(member, quoted, Factuality.HAPPENED, (), f"org-{number}", place=place)
    return replace(base, actors=tuple(f"ent-{one}" for one in doers), **more)  # type: ignore[arg-type]


def agents(*accounts: Account, kind: str = "ASSAULT") -> list[Conflict]:
    return list(find_agents(Event("evm-1", kind, accounts), PARTIES))


def test_two_doers_of_one_act_contradict() -> None:
    (found,) = agents(account(1, "Nordwacht"), account(2, "Südfront"))
    assert (found.kind, found.grade) == (ConflictKind.AGENT, ConflictGrade.CONTRADICTION)
    assert [side.value for side in found.sides] == ["Nordwacht", "Südfront"]


@pytest.mark.parametrize(
    ("accounts", "kind"),
    [
        ((account(1, "Russland"), account(2, "russische Armee")), "ASSAULT"),
        ((account(1, "Nordwacht", "Südfront"), account(2, "Südfront"), account(3, "Nordwacht")), "ASSAULT"),
        ((account(1, "Nordwacht"), account(2, "Südfront")), "CONSULT"),
        ((account(1, "Nordwacht"), account(2, "Südfront", place="ent-Anderswo")), "ASSAULT"),
        ((account(1, "Nordwacht"), account(2, "Südfront", recipients=("ent-Nordwacht",))), "ASSAULT"),
        ((account(1, "Nordwacht"), account(2, "Südfront", factuality=Factuality.DENIED)), "ASSAULT"),
        ((account(1, "Nordwacht"), account(2, "Südfront", reprint_of="art-1")), "ASSAULT"),
    ],
)
def test_who_acts_together_or_for_another_or_elsewhere_does_not(accounts: tuple[Account, ...], kind: str) -> None:
    assert agents(*accounts, kind=kind) == []


def place(key: str, lat: float, lon: float, precision: str = "settlement", radius: float = 1.5) -> EntityPlace:
    return EntityPlace(key, key, ("DE",), lat, lon, radius, precision, 0.9, 1)


def test_towns_are_apart_where_neither_can_be_meant_by_the_other() -> None:
    one, other = place("gn:1", 53.54, 8.58), place("gn:2", 53.87, 8.70)
    assert towns_apart(one, other)
    assert not towns_apart(one, place("gn:3", 53.56, 8.60))
    assert not towns_apart(one, place("area:4", 49.4, 8.0, "region", 45.0))
    assert not towns_apart(one, None)


def test_compounds_tell_the_family_of_their_last_part() -> None:
    assert "attack" in families_of("luftangriff")
    assert families_of("hafen") == frozenset()


def test_a_figure_that_was_taken_back_is_no_step_of_a_running_figure() -> None:
    early, late = told("14", 14, 14), told("17", 17, 17, "a", date(2021, 3, 10))
    days = {t.account.member.article: t.reported for t in (early, late) if t.reported}
    event = Event("evm-1", "DEATH", (early.account, late.account))
    assert len(list(running(event, days))) == 1
    taken = replace(early.account, revised=RevisionKind.WITHDRAWN)
    assert list(running(replace(event, accounts=(taken, late.account)), days)) == []


def test_an_article_that_reprints_two_sentences_is_one_reprint() -> None:
    copies = [account(2, reprint_of="art-1"), account(2, reprint_of="art-1", member=Member("art-2", "v2"))]
    assert corroborate([account(1), *copies]).reprints == 1


def test_versions_of_one_article_are_one_print() -> None:
    members = [Member(f"art-{n}", "c1") for n in (1, 2, 3)]
    quoted = Evidence("art-1", "0" * 64, 0, 1, "x", "")
    retellings = tuple(
        Retelling(m, f"clm-{m.article}", (quoted,), "org", Evidentiality.ASSERTED, Polarity.AFFIRMED) for m in members
    )
    statement = Statement("stm-1", (), retellings, (Occasion(tuple(members)),))
    revision = Revision(article="art-2", earlier="art-1", kind=RevisionKind.UPDATED)
    assert (statement.printed, prints(statement, ()), prints(statement, [revision])) == (3, 3, 2)
