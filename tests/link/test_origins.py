"""Origins of articles and of single accounts: common ones that nobody knows, relays, and passages taken over."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.link.made import Making, Telling, made

from quellenlage.link.events import group, make_event
from quellenlage.link.houses import house_named
from quellenlage.link.origins import find_origins
from quellenlage.link.resting import Named, Rested, rest
from quellenlage.link.reuse import find_reuse
from quellenlage.link.tellings import tellings
from quellenlage.model import Document, Entity, EntityKind, Member, OriginKind

TEXT = (
    "In der Hafenstadt Kalt-Hafen sind am Dienstag drei Lagerhäuser ausgebrannt. Nach Angaben der Wehr griff das Feuer "
    "von einem Frachter über. Die Straße zum Kai blieb bis zum Abend gesperrt, zwei Linien fuhren einen Umweg."
)
OWN = (
    "Wer in diesen Tagen durch die Gassen der Altstadt geht, hört vor allem Hämmer und Sägen. Überall werden Stände "
    "gezimmert, denn am Samstag beginnt der Markt der Korbflechter, zu dem Gäste aus drei Ländern erwartet werden. "
    "Im vorigen Jahr zählte die Verwaltung mehr als vierzigtausend, und die Wirte hoffen auf noch mehr."
)


def kinds(*documents: Document) -> Mapping[str, tuple[OriginKind, int, int]]:
    found = find_origins(documents, find_reuse(documents))
    return {o.name: (o.kind, len(o.articles), len(o.reprints)) for o in found.origins}


def test_one_text_in_two_papers_without_a_credit_has_an_origin_that_is_not_known() -> None:
    one = made(1, TEXT, Making(outlet="Bote", dct="2020-05-12"))
    other = made(2, TEXT, Making(outlet="Kurier", dct="2020-05-13"))
    assert kinds(one, other) == {"Bote / Kurier": (OriginKind.UNKNOWN, 2, 1)}


def test_printed_days_later_the_earlier_paper_is_the_origin() -> None:
    one = made(1, TEXT, Making(outlet="Bote", dct="2020-05-12"))
    other = made(2, TEXT, Making(outlet="Kurier", dct="2020-05-19"))
    assert kinds(one, other) == {"Bote": (OriginKind.OUTLET, 2, 1)}


def test_the_same_paper_twice_is_no_unknown_origin() -> None:
    one, other = (made(n, TEXT, Making(outlet="Bote", dct="2020-05-12")) for n in (1, 2))
    assert kinds(one, other) == {"Bote": (OriginKind.OUTLET, 2, 1)}


def test_an_article_with_one_copied_passage_keeps_its_own_origin() -> None:
    one = made(1, TEXT, Making(outlet="Bote", agency="dpa", dct="2020-05-12"))
    other = made(2, f"{OWN} {OWN.upper()} {TEXT}", Making(outlet="Kurier", dct="2020-05-13"))
    assert kinds(one, other) == {"dpa": (OriginKind.AGENCY, 1, 0), "Kurier": (OriginKind.OUTLET, 1, 0)}


def rested(*documents: Document) -> Rested:
    found = [(Member(d.article.id, e.id), e) for d in documents for e in d.entities]
    entities = [
        Entity(f"ent-{name}", kind, name, tuple(m for m, e in found if e.name == name))
        for name, kind in dict.fromkeys((e.name, e.kind) for _, e in found)
    ]
    entity_of = {member: f"ent-{e.name}" for member, e in found}
    provenance = find_origins(documents, find_reuse(documents))
    clusters = group(tellings(documents, entity_of, ()), {}, ())
    events = [make_event(cluster, provenance, {}) for cluster in clusters]
    return rest(Named.of(documents, provenance), entities, provenance, events, ())


FIRE = Telling("ausgebrannt", "DISASTER", actors=[], recipients=[], place="Kalt-Hafen")


def test_an_account_on_the_word_of_an_agency_rests_on_it() -> None:
    text = "Laut Interfax sind in Kalt-Hafen drei Lagerhäuser ausgebrannt."
    names = {"Interfax": EntityKind.ORG, "Kalt-Hafen": EntityKind.GPE}
    told = Telling("ausgebrannt", "DISASTER", actors=[], recipients=[], place="Kalt-Hafen", word_of="Interfax")
    found = rested(made(1, text, Making(outlet="Bote", names=names, events=[told])))
    (account,) = found.events[0].accounts
    origins = {origin.id: origin for origin in found.origins}
    assert (origins[account.origin].name, origins[account.origin].kind) == ("Interfax", OriginKind.AGENCY)
    assert origins[account.origin].relayed == ("art-01",)
    assert not origins[account.origin].articles


def test_a_person_of_an_agencys_name_is_no_origin() -> None:
    text = "Laut Interfax sind in Kalt-Hafen drei Lagerhäuser ausgebrannt."
    names = {"Interfax": EntityKind.PER, "Kalt-Hafen": EntityKind.GPE}
    told = Telling("ausgebrannt", "DISASTER", actors=[], recipients=[], place="Kalt-Hafen", word_of="Interfax")
    found = rested(made(1, text, Making(outlet="Bote", names=names, events=[told])))
    assert {origin.name for origin in found.origins} == {"Bote"}


def test_what_stands_in_a_copied_passage_rests_on_its_source_and_the_rest_does_not() -> None:
    names = {"Kalt-Hafen": EntityKind.GPE}
    market = Telling("Markt", "OTHER", actors=[], recipients=[])
    one = made(1, TEXT, Making(outlet="Bote", agency="dpa", dct="2020-05-12", names=names, events=[FIRE]))
    text = f"{OWN} {OWN.upper()} {TEXT}"
    other = made(2, text, Making(outlet="Kurier", dct="2020-05-13", names=names, events=[FIRE, market]))
    found = rested(one, other)
    names_of = {origin.id: origin.name for origin in found.origins}
    told = {
        (a.evidence.exact.split()[0], a.member.article): (names_of[a.origin], a.reprint_of)
        for event in found.events
        for a in event.accounts
    }
    assert told["In", "art-01"] == ("dpa", None)
    assert told["In", "art-02"] == ("dpa", "art-01")
    assert {rests for (_, article), rests in told.items() if article == "art-02"} >= {("Kurier", None)}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nachrichtenagentur Interfax", (OriginKind.AGENCY, "Interfax")),
        ("Spiegel Online", (OriginKind.OUTLET, "Der Spiegel")),
        ("Bundesregierung", None),
        ("Interfax-Chef", None),
        ("", None),
    ],
)
def test_houses_by_name(name: str, found: tuple[OriginKind, str] | None) -> None:
    assert house_named(name) == found
