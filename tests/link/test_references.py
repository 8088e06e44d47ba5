from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from tests.link.made import Making, made

from quellenlage.link import link
from quellenlage.link.reference_context import WORDS, office_of
from quellenlage.link.references import ACCEPTED, PROPOSED, Listed, match_references, reference_keys
from quellenlage.model import (
    Entity,
    EntityKind,
    Evidence,
    Judgement,
    Member,
    OfficeHeld,
    Post,
    Reference,
    ReferenceMatch,
    Verdict,
    make_judgement,
    reference_id,
)
from quellenlage.offices.words import lexicon
from quellenlage.resources import load

DAY = date(2015, 9, 18)


def entry(name: str, kind: EntityKind = EntityKind.PER, number: str = "", **more: object) -> Reference:
    listed = str(more.pop("list", "liste"))
    source = number or name
    bare = Reference(reference_id(listed, source), listed, kind, name, (name,), source_id=source)
    return replace(bare, **more)  # type: ignore[arg-type]  # fields by name


def named(
    name: str,
    *offices: str,
    kind: EntityKind = EntityKind.PER,
    prefix: str = "",
    suffix: str = "",
    spellings: tuple[str, ...] = (),
    number: int = 1,
) -> Entity:
    article = f"art-{number:02d}"
    held = tuple(OfficeHeld(o, Evidence(article, "", 0, len(o), o), DAY, DAY) for o in offices)
    quoted = Evidence(article, "", 0, len(name), name, prefix, suffix)
    member = (Member(article, "e1"),)
    return Entity(f"ent-{number}", kind, name, member, (name, *spellings), held, (quoted,))


def match(
    entities: Sequence[Entity] | Entity, *entries: Reference, said: Sequence[Judgement] = ()
) -> list[ReferenceMatch]:
    listed = [entities] if isinstance(entities, Entity) else list(entities)
    dated = [made(number, "Ein Satz.", Making(dct="2015-09-18")) for number in (1, 2)]
    return list(match_references(listed, dated, said, Listed(entries), {}))


LAVROV = entry(
    "Sergey Lavrov", posts=(Post("Minister of Foreign Affairs of Russia", date(2004, 3, 9)),), countries=("ru",)
)


def test_another_spelling_and_the_office_at_that_time() -> None:
    [found] = match(named("Sergej Lawrow", "russischer Außenminister"), LAVROV)
    assert found.accepted
    assert found.score > 0.9
    assert {"office-in-time:Minister of Foreign Affairs of Russia", "state:ru"} <= set(found.reasons)
    assert any(reason.startswith("spelling:") for reason in found.reasons)


@pytest.mark.parametrize("name", ["Lawrow", "Lavrov"])
def test_a_surname_alone_matches_nothing(name: str) -> None:
    assert match(named(name, "russischer Außenminister"), LAVROV, entry("Lavrov")) == []
    assert reference_keys(entry("Lavrov")) == ()


def test_a_surname_among_the_aliases_of_an_entry_does_no_harm() -> None:
    listed = replace(LAVROV, names=("Sergey Lavrov", "Lavrov"))
    assert match(named("Igor Lawrow"), listed) == []


def test_two_equally_good_entries_are_both_proposed_and_none_is_accepted() -> None:
    one, other = entry("Orhan Pamuk", number="1", births=("1952",)), entry("Orhan Pamuk", number="2", births=("1980",))
    found = match(named("Orhan Pamuk"), one, other)
    assert [m.accepted for m in found] == [False, False]
    assert {reason for m in found for reason in m.reasons} >= {f"rival:{one.id}", f"rival:{other.id}"}


def test_age_tells_namesakes_apart() -> None:
    one, other = (
        entry("Orhan Pamuk", number="1", births=("1952-06-07",)),
        entry("Orhan Pamuk", number="2", births=("1980",)),
    )
    [found] = match(named("Orhan Pamuk", suffix=" (63) sagte"), one, other)
    assert (found.source_id, found.accepted) == ("1", True)
    assert "birth:1952" in found.reasons
    [found] = match(named("Orhan Pamuk", prefix="der 35-jährige "), one, other)
    assert (found.source_id, found.accepted) == ("2", True)


def test_an_age_that_is_a_year_off_counts_for_nothing() -> None:
    [found] = match(named("Orhan Pamuk", suffix=" (64)"), entry("Orhan Pamuk", births=("1952-06-07",)))
    assert not any(reason.startswith("birth") for reason in found.reasons)


def test_one_thing_in_two_lists_is_no_rival() -> None:
    posts = (Post("Schriftsteller"),)
    one = entry("Orhan Pamuk", list="a", wikidata="Q5", births=("1952",), posts=posts)
    other = entry("Orhan Pamuk", list="b", births=("1952",), posts=posts)
    writer = named("Orhan Pamuk", "Schriftsteller")
    assert [m.accepted for m in match(writer, one, other)] == [True, True]
    different = replace(other, births=("1980",))
    assert [m.accepted for m in match(writer, one, different)] == [False, False]


def test_a_frequent_name_needs_context() -> None:
    listed = entry("Thomas Müller", posts=(Post("Fußballer"),))
    [bare] = match(named("Thomas Müller"), listed)
    assert not bare.accepted
    assert "common-name:mueller" in bare.reasons
    [told] = match(named("Thomas Müller", prefix="Der Fußballer "), listed)
    assert told.accepted
    [other] = match(named("Thomas Müller", "Bürgermeister"), listed)
    assert "other-office" in other.reasons
    assert other.score < bare.score


def test_the_same_office_at_another_time_speaks_against() -> None:
    past = entry("Gerd Holm", posts=(Post("Außenminister", date(1961, 1, 1), date(1966, 12, 31)),))
    now = entry("Gerd Holm", posts=(Post("Außenminister", date(2013, 1, 1)),))
    [against], [in_favour] = (match(named("Gerd Holm", "Außenminister"), one) for one in (past, now))
    assert not against.accepted
    assert against.score < in_favour.score
    [former] = match(named("Gerd Holm", "früherer Außenminister"), past)
    assert "office-before:Außenminister" in former.reasons


def test_states_and_kinds() -> None:
    [found] = match(named("Ali Kasim Omar", "irakischer Minister"), entry("Ali Kasim Omar", countries=("br",)))
    assert "states-differ:iq~br" in found.reasons
    assert not found.accepted
    assert match(named("Gasprom", kind=EntityKind.ORG), entry("Gasprom Gasprom")) == []
    legal = replace(entry("Orhan Pamuk", EntityKind.ORG), schema="LegalEntity")
    [either] = match(named("Orhan Pamuk"), legal)
    assert "person-or-body" in either.reasons
    [place] = match(named("Krim", kind=EntityKind.LOC), entry("Krim", EntityKind.GPE))
    assert "kind:LOC~GPE" in place.reasons


def test_by_names_count_less() -> None:
    listed = replace(entry("Heinz Moor"), weak=("Orhan Pamuk",))
    [found] = match(named("Orhan Pamuk"), listed)
    assert "weak-alias" in found.reasons
    assert not found.accepted


def judged(verdict: Verdict, one: str, other: str) -> Judgement:
    return make_judgement(verdict, one, other=other, made_at="2026-01-01T00:00:00Z", author="a")


def test_what_people_decided_wins() -> None:
    one, other = entry("Orhan Pamuk", number="1"), entry("Hans Holm", number="2")
    entity = named("Orhan Pamuk")
    assert match(entity, one, said=[judged(Verdict.DIFFER, entity.id, one.id)]) == []
    found = match(entity, one, other, said=[judged(Verdict.SAME, other.id, entity.id)])
    assert [(m.source_id, m.accepted, m.judged) for m in found] == [("2", True, True), ("1", False, False)]
    assert f"another-chosen:{other.id}" in found[1].reasons
    assert match(entity, said=[judged(Verdict.SAME, entity.id, other.id)]) == []


def test_of_two_entities_of_one_name_at_most_one_is_the_entry() -> None:
    listed = entry("Orhan Pamuk", posts=(Post("Schriftsteller"),))
    listed = replace(listed, births=("1952",))
    plain = [named("Orhan Pamuk", "Schriftsteller", number=1), named("Orhan Pamuk", "Schriftsteller", number=2)]
    assert [m.accepted for m in match(plain, listed)] == [False, False]
    better = [plain[0], named("Orhan Pamuk", prefix="Der Schriftsteller ", suffix=" (63)", number=2)]
    found = match(better, listed)
    assert [m.accepted for m in found] == [False, True]
    assert "namesake:ent-2" in found[0].reasons


def test_nothing_below_the_limits() -> None:
    found = match(named("P. Pamuk"), entry("Paul Pamuk"))
    assert all(m.score > PROPOSED for m in found)
    assert all(m.accepted == (m.score >= ACCEPTED) for m in found)


def test_the_link_asks_only_where_there_are_lists() -> None:
    document = made(1, "Orhan Pamuk sprach.", Making(names={"Orhan Pamuk": EntityKind.PER}))
    without = link([document], (), frozenset())
    found = link([document], (), frozenset(), Listed([entry("Orhan Pamuk")]))
    assert without.references == ()
    assert [m.entity for m in found.references] == [without.entities[0].id]
    assert replace(found, references=()) == without


def test_every_german_word_of_the_english_offices_is_known_or_stands_for_itself() -> None:
    table = load(WORDS)["english_offices"]
    assert office_of("Minister of Foreign Affairs of Russia").key == "ru-foreign"
    assert office_of("President of the United States").key == "us-president"
    pairs = [pair.split("=") for pair in table["words"].replace("\n", "|").split("|") if pair]
    assert all(len(pair) == 2 for pair in pairs)
    assert sum(german in lexicon().forms for _, german in pairs) >= 15


@pytest.mark.parametrize(
    ("told", "listed"),
    [
        ("Finanzminister", "Minister"),
        ("Direktor", "Stellvertretender Direktor"),
        ("Stellvertretender Direktor", "Stellvertretender Direktor"),
        ("Sprecher", "Regierungssprecher"),
        ("Vorstand", "Vorstandsvorsitzender"),
        ("Präsident des FC Adler", "Vizepräsident der Nationalbank"),
        ("Präsident", "Präsident"),
        ("Vizepräsidentin", "Vizepräsident"),
        ("Fußballschiedsrichter", "Richter"),
        ("Fußballer", "Fußballtrainer"),
        ("Sprecher von Gazprom", "Chef von Gazprom"),
        ("Präsident der USA", "Vice President of the United States"),
        ("Sprecher Hans Bäcker", "Bäcker"),
    ],
)
def test_a_part_of_a_word_and_a_bare_head_are_no_office_in_common(told: str, listed: str) -> None:
    [found] = match(named("Orhan Pamuk", told), entry("Orhan Pamuk", posts=(Post(listed),)))
    assert not any(reason.startswith("office") for reason in found.reasons)
    assert "other-office" in found.reasons


@pytest.mark.parametrize(
    ("told", "listed"),
    [
        ("Fußballschiedsrichter", "Fußballschiedsrichter"),
        ("Fußballers", "Fußballer"),
        ("Archäologin", "Archäologe"),
        ("Gazprom-Chef", "Chef von Gazprom"),
        ("Ex-Torwart", "Torwart"),
        ("Maler und Dramatiker", "Dramatiker"),
    ],
)
def test_the_very_same_word_is_an_office_in_common(told: str, listed: str) -> None:
    [found] = match(named("Orhan Pamuk", told), entry("Orhan Pamuk", posts=(Post(listed),)))
    assert any(reason.startswith("office") for reason in found.reasons)
    assert found.accepted


@pytest.mark.parametrize(("prefix", "suffix"), [("Anna Bäcker ", ""), ("", ", Anna Bäcker und andere"), ("Bäcker", "")])
def test_a_name_beside_a_person_is_no_office(prefix: str, suffix: str) -> None:
    listed = entry("Orhan Pamuk", posts=(Post("Bäcker"),))
    [found] = match(named("Orhan Pamuk", prefix=prefix, suffix=suffix), listed)
    assert not found.accepted
    [baker] = match(named("Orhan Pamuk", prefix="Der Bäcker "), listed)
    assert baker.accepted


def test_a_double_surname_beside_a_person_is_no_judge_of_football() -> None:
    listed = entry("Orhan Pamuk", posts=(Post("Fußballschiedsrichter"),))
    [found] = match(named("Orhan Pamuk", suffix=", Eva Kohl-Richter und andere"), listed)
    assert not found.accepted


def test_the_name_alone_is_proposed_at_most() -> None:
    bare = entry("Orhan Pamuk")
    [found] = match(named("Orhan Pamuk"), bare)
    assert (found.accepted, found.score < ACCEPTED, "name-only" in found.reasons) == (False, True, True)
    for more in ({"posts": (Post("Schriftsteller"),)}, {"countries": ("tr",)}, {"births": ("1952",)}):
        told = named("Orhan Pamuk", "türkischer Schriftsteller", suffix=" (63)")
        [found] = match(told, replace(bare, **more))
        assert found.accepted
        assert "name-only" not in found.reasons
    [body] = match(named("Siemens", kind=EntityKind.ORG), entry("Siemens", EntityKind.ORG))
    assert body.accepted


def test_a_namesake_of_whom_nothing_is_known_still_speaks_against() -> None:
    near, bare = entry("Paul Holm", number="1", countries=("tr",), schema="LegalEntity"), entry("Paul Holm", number="2")
    told = named("Paul Holm", "türkischer Bäcker")
    [alone] = match(told, near)
    assert alone.accepted
    found = match(told, near, bare)
    assert [(m.source_id, m.accepted) for m in found] == [("1", False), ("2", False)]


@pytest.mark.parametrize(
    ("told", "states", "reason"),
    [
        ("syrische Präsident", ("sy",), "office-noun:Präsident"),
        ("syrische Präsident", ("ru",), "other-office"),
        ("syrische Präsident", ("sy", "ru"), "other-office"),
        ("syrische Außenminister", ("sy",), "other-office"),
    ],
)
def test_the_state_of_an_office_may_stand_in_a_column_of_its_own(
    told: str, states: tuple[str, ...], reason: str
) -> None:
    [found] = match(named("Eva Klar", told), entry("Eva Klar", posts=(Post("Präsident"),), countries=states))
    assert reason in found.reasons
