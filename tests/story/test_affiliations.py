"""Camps: who belongs to which state or party, and what of it a corroboration tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quellenlage.model import (
    Account,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Factuality,
    Figure,
    Member,
    OfficeHeld,
    Origin,
    OriginKind,
    Span,
    evidence,
)
from quellenlage.story.affiliations import Affiliations, by_name, by_office
from quellenlage.story.corroboration import corroborate, figures_borne

TEXT = "Zwölf Boote liefen aus."


@pytest.mark.parametrize(
    ("name", "camp"),
    [
        ("TASS", "state:RU"),
        ("Kreml", "state:RU"),
        ("russisches Verteidigungsministerium", "state:RU"),
        ("Außenministerium der Ukraine", "state:UA"),
        ("Bundeswehr", "state:DE"),
        ("US-Armee", "state:US"),
        ("Al-Manar", "party:hisbollah"),
        ("Interfax", None),
        ("EFE", None),
        ("Bayerische Staatsregierung", None),
        ("syrische Exilregierung", None),
        ("Russisches Museum", None),
        ("UN-Sicherheitsrat", None),
    ],
)
def test_bodies_papers_and_agencies(name: str, camp: str | None) -> None:
    found = by_name(name)
    assert (found.key if found else None) == camp


@pytest.mark.parametrize(
    ("words", "camp"),
    [
        ("Kremlsprecher", "state:RU"),
        ("Sprecher der ukrainischen Armee", "state:UA"),
        ("Sprecher der Hamas", "party:hamas"),
        ("SPD-Chef", "party:spd"),
        ("ehemaliger russischer General", None),
        ("russischer Oppositionsführer", None),
        ("russischer Schriftsteller", None),
        ("Regierungssprecher", None),
        ("", None),
    ],
)
def test_offices(words: str, camp: str | None) -> None:
    found = by_office(words)
    assert (found.key if found else None) == camp


def quote(article: str) -> Evidence:
    return evidence(article, TEXT, Span(0, len(TEXT)))


def person(name: str, *offices: str) -> Entity:
    held = tuple(OfficeHeld(office, quote("art-1")) for office in offices)
    return Entity(f"ent-{name}", EntityKind.PER, name, (Member("art-1", "e1"),), offices=held)


def account(number: int, origin: str, *chain: str, reprint_of: str | None = None) -> Account:
    article = f"art-{number}"
    links = tuple((f"ent-{name}",) for name in chain)
    figure = Figure("Boot", 12, 12, quote(article))
    return Account(
        Member(article, "v1"),
        quote(article),
        Factuality.HAPPENED,
        links,
        origin,
        reprint_of=reprint_of,
        figures=(figure,),
    )


PEOPLE = {
    e.id: e
    for e in (
        person("Pawlow", "Kremlsprecher"),
        person("Kolew", "russischer Außenminister"),
        person("Bondar", "Sprecher der ukrainischen Armee"),
        person("Wechsler", "Kremlsprecher", "Sprecher der ukrainischen Armee"),
    )
}
ORIGINS = {
    "org-tass": Origin("org-tass", OriginKind.AGENCY, "TASS", ("art-1",)),
    "org-bote": Origin("org-bote", OriginKind.OUTLET, "Bote", ("art-2",)),
}
CAMPS = Affiliations(PEOPLE, ORIGINS)


def test_a_state_its_spokesmen_and_its_agency_are_one_camp() -> None:
    told = [account(1, "org-tass", "Pawlow"), account(2, "org-bote", "Kolew"), account(3, "org-bote", "Bondar")]
    borne = corroborate(told, CAMPS)
    assert (len(borne.informants), len(borne.origins), borne.reprints) == (3, 2, 0)
    (camp,) = borne.camps
    assert (camp.key, camp.name) == ("state:RU", "Russland")
    assert camp.voices == ("ent-Pawlow", "ent-Kolew", "org-tass")
    assert camp.reasons == ("office:ru-spokes", "office:ru-foreign", "agency:TASS")


def test_one_voice_is_no_camp_and_one_of_two_states_belongs_to_neither() -> None:
    assert corroborate([account(1, "org-bote", "Pawlow"), account(2, "org-bote", "Bondar")], CAMPS).camps == ()
    assert CAMPS.of("ent-Wechsler") is None


def test_joint_speakers_are_of_a_camp_if_they_share_it() -> None:
    same = CAMPS.of("ent-Pawlow+ent-Kolew")
    assert same is not None
    assert same.key == "state:RU"
    assert CAMPS.of("ent-Pawlow+ent-Bondar") is None
    assert CAMPS.of("ent-Pawlow+ent-Niemand") is None


def test_a_reprint_counts_once_where_its_source_tells_nothing_of_it() -> None:
    told = [
        account(2, "org-tass", reprint_of="art-1"),
        account(3, "org-tass", reprint_of="art-1"),
        account(4, "org-tass", reprint_of="art-3"),
    ]
    borne = corroborate(told, CAMPS)
    assert (borne.informants, borne.origins, borne.reprints) == (("org-tass",), ("org-tass",), 2)
    with_source = corroborate([account(1, "org-tass"), *told])
    assert (with_source.origins, with_source.reprints) == (("org-tass",), 3)


def test_a_number_is_borne_out_by_those_who_give_it() -> None:
    told = [account(1, "org-tass", "Pawlow"), account(2, "org-bote", "Bondar")]
    named = replace(told[1], figures=(replace(told[1].figures[0], word_of=(("ent-Kolew",),)),))
    event = Event("evm-1", "MOVEMENT", (told[0], named, account(3, "org-bote", reprint_of="art-2")))
    (figure,) = figures_borne(event, CAMPS)
    assert (figure.low, figure.high, len(figure.figures)) == (12, 12, 3)
    assert figure.corroboration.informants == ("ent-Pawlow", "ent-Kolew")
    assert figure.corroboration.reprints == 1
    assert [camp.key for camp in figure.corroboration.camps] == ["state:RU"]
