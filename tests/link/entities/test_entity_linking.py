from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.link.entities import link_entities
from quellenlage.link.entities.making import is_suppressed, tells_suppressed
from quellenlage.link.entities.profile import Profile
from quellenlage.model import (
    Article,
    Dct,
    Document,
    Entity,
    EntityKind,
    Judgement,
    LocalEntity,
    Member,
    Mention,
    Verdict,
    Zone,
    ZoneKind,
    fold,
    make_judgement,
    text_digest,
)

Archive = Callable[..., list[Document]]


def link(documents: Sequence[Document], *judgements: Judgement, hidden: str = "") -> tuple[Entity, ...]:
    digests = frozenset({hashlib.sha256(fold(hidden).encode()).hexdigest()}) if hidden else frozenset()
    return tuple(link_entities(documents, judgements, digests).entities)


def linked(
    documents: Sequence[Document], hidden: str = ""
) -> tuple[Sequence[Entity], Mapping[Member, str], Mapping[str, str]]:
    digests = frozenset({hashlib.sha256(fold(hidden).encode()).hexdigest()}) if hidden else frozenset()
    found = link_entities(documents, (), digests)
    return found.entities, found.entity_of, found.aliases


def judge(verdict: Verdict, subject: Entity, other: Entity | None = None, **more: str) -> Judgement:
    return make_judgement(
        verdict, subject.id, made_at="2024-01-01T00:00:00Z", author="a", other=other.id if other else None, **more
    )


def groups(documents: Sequence[Document], kind: EntityKind) -> list[list[str]]:
    """Articles of each entity, by entity."""
    return [[m.article for m in e.members] for e in link(documents) if e.kind is kind]


ONE = [
    ("Kremlsprecher Dmitri Woronkow schwieg.", "Dmitry Voronkov, der Sprecher, schwieg."),
    ("Generalmajor Igor Konaschenkow sprach.", "Das sagte Igor Konashenkov am Abend."),
    ("Minister Walid al-Muallem kam.", "Gestern kam Walid Muallim an."),
    ("Es sprach Baschar al-Hamsi.", "Es sprach Bashar Hamsi."),
    ("Es kam Bill Hartley.", "Es kam William Hartley."),
    ("Es kam Anna Lohberger.", "Es kam A. Lohberger."),
    ("Minister Anna Lohberger kam.", "Minister Lohberger kam."),
]
TWO = [
    ("Es kam Anna Lohberger.", "Es kam Anja Lohberger."),
    ("Es kam Thomas Meyer.", "Es kam Thomas Maier."),
    ("Es kam Thomas Müller.", "Es kam Thomas Möller."),
    ("Es kam Sergej Karimow.", "Es kam Sergej Karamow."),
    ("Es kam Sergej Petrow.", "Es kam Sergej Pawlow."),
    ("Es kam Anna Lohberger.", "Frau Lohberger kam."),
]


@pytest.mark.parametrize(("first", "second"), ONE)
def test_spellings_of_one_person_are_one(archive: Archive, first: str, second: str) -> None:
    documents = archive(first, second)
    assert groups(documents, EntityKind.PER) == [["art-0", "art-1"]]
    assert next(e for e in link(documents) if e.kind is EntityKind.PER).reasons
    assert groups(archive(second, first), EntityKind.PER) == [["art-0", "art-1"]]


@pytest.mark.parametrize(("first", "second"), TWO)
def test_different_persons_stay_two(archive: Archive, first: str, second: str) -> None:
    assert groups(archive(first, second), EntityKind.PER) == [["art-0"], ["art-1"]]


def test_reasons_name_the_spellings(archive: Archive) -> None:
    person = link(archive("Dmitri Woronkow schwieg.", "Dmitry Voronkov schwieg."))[0]
    assert person.reasons == ("given-form:dmitri~dmitry; spelling:woronkow~voronkov",)


def test_a_surname_with_two_bearers_joins_neither(archive: Archive) -> None:
    documents = archive("Minister Jan Tamm kam.", "Minister Uwe Tamm kam.", "Minister Tamm kam.")
    assert groups(documents, EntityKind.PER) == [["art-0"], ["art-1"], ["art-2"]]


def test_a_companion_supports_a_surname_alone(archive: Archive) -> None:
    documents = archive("Jan Quintner traf Uwe Wolkow.", "Herr Quintner traf Uwe Wolkow.")
    assert groups(documents, EntityKind.PER) == [["art-0", "art-1"], ["art-0", "art-1"]]


def test_conflicting_first_names_never_meet_through_a_third(archive: Archive) -> None:
    documents = archive("Es kam Anna Lohberger.", "Es kam A. Lohberger.", "Es kam Antje Lohberger.")
    people = [e for e in link(documents) if e.kind is EntityKind.PER]
    assert all({"Anna Lohberger", "Antje Lohberger"} - set(e.spellings) for e in people)
    assert len(people) == 3


@pytest.mark.parametrize(
    ("first", "second", "kind", "count"),
    [
        ("Er floh aus dem Iran.", "Er floh aus dem Irak.", EntityKind.GPE, 2),
        ("Es fielen Schüsse in Damaskus.", "Es fielen Schüsse in Damascus.", EntityKind.GPE, 1),
        ("Er flog nach Hmeimim.", "Er flog nach Hamaimim.", EntityKind.GPE, 1),
        ("Er kam aus Qudsayya.", "Er kam aus Kudsaija.", EntityKind.GPE, 1),
        ("Die UN warnten.", "Die Vereinten Nationen warnten.", EntityKind.ORG, 1),
        ("Die russische Armee kam.", "Er sprach von der russischen Armee.", EntityKind.ORG, 1),
        ("Die russische Armee kam.", "Die syrische Armee kam.", EntityKind.ORG, 2),
        ("Die Polizei kam.", "Die Polizei ging.", EntityKind.ORG, 2),
        ("Augenzeugen kamen.", "Augenzeugen gingen.", EntityKind.GRP, 2),
    ],
)
def test_things(archive: Archive, first: str, second: str, kind: EntityKind, count: int) -> None:
    assert len(groups(archive(first, second), kind)) == count


def test_a_short_form_joins_its_only_long_form(archive: Archive) -> None:
    long = "Das Institut für Küstenforschung (IKF) warnt."
    assert len(groups(archive(long, "Die IKF warnt."), EntityKind.ORG)) == 1
    assert len(groups(archive("Die IKF warnt.", "Die IKF misst."), EntityKind.ORG)) == 2
    other = "Das Institut für Kinofilme (IKF) warnt."
    assert len(groups(archive(long, other), EntityKind.ORG)) == 2


def test_the_first_captured_member_gives_the_identifier(archive: Archive) -> None:
    documents = archive("Dmitri Woronkow schwieg.", "Dmitry Voronkov schwieg.")
    entities, members, aliases = linked(documents)
    alone = link(documents[:1])[0]
    second = link(documents[1:])[0]
    assert entities[0].id == alone.id
    assert aliases == {second.id: alone.id}
    assert members == {Member("art-0", "e1"): alone.id, Member("art-1", "e1"): alone.id}


def test_offices_carry_the_day_and_the_words(archive: Archive) -> None:
    documents = archive("Kremlsprecher Dmitri Woronkow schwieg.")
    office = link(documents)[0].offices[0]
    assert (office.text, office.earliest) == ("Kremlsprecher", date(2020, 1, 1))
    assert office.evidence.holds_in(documents[0].text)


def test_judgements_join_and_part(archive: Archive) -> None:
    documents = archive("Es kam Thomas Steyrer.", "Es kam Thomas Steirer.", "Es kam Thomas Steyrer.")
    meyer, maier = link(documents)
    same = judge(Verdict.SAME, meyer, maier)
    assert len(link(documents, same)) == 1
    differ = judge(Verdict.DIFFER, meyer, maier)
    assert len(link(documents, same, differ)) == 2
    assert len(link(documents, differ, same)) == 1
    second = link(documents[2:])[0]
    parted = link(documents, judge(Verdict.DIFFER, meyer, second))
    assert [[m.article for m in e.members] for e in parted] == [["art-0"], ["art-1"], ["art-2"]]


def test_a_forced_merge_takes_both_whole_and_is_undone_whole(archive: Archive) -> None:
    documents = archive(
        "Minister Anna Lohberger kam.",
        "Es kam Boris Quintner.",
        "Anna Lohberger sprach.",
        "Boris Quintner und Anna Lohberger schwiegen.",
        "Minister Lohberger ging.",
        "Es kam B. Quintner.",
    )
    parted = link(documents)
    anna, boris = parted
    assert [len(anna.members), len(boris.members)] == [4, 3]
    same, differ = judge(Verdict.SAME, anna, boris), judge(Verdict.DIFFER, anna, boris)
    (both,) = link(documents, same)
    assert set(both.members) == {*anna.members, *boris.members}
    assert link(documents, same, differ) == parted


def test_a_forced_merge_lets_no_third_first_name_in(archive: Archive) -> None:
    documents = archive("Es kam Anna Tamm.", "Es kam Uwe Tamm.", "Es kam Jan Tamm.", "Es kam U. Tamm.")
    anna, uwe, jan = link(documents)
    found = link(documents, judge(Verdict.SAME, anna, uwe))
    assert [len(e.members) for e in found] == [3, 1]
    assert found[1] == jan


def test_judgements_reject_confirm_and_correct(archive: Archive) -> None:
    documents = archive("Es kam Thomas Meyer.")
    meyer = link(documents)[0]
    reject = judge(Verdict.REJECT, meyer)
    assert link(documents, reject) == ()
    assert link(documents, reject, judge(Verdict.CONFIRM, meyer)) == (meyer,)
    named = link(documents, judge(Verdict.CORRECT, meyer, field="name", value="Tom Meyer"))[0]
    assert (named.name, named.id) == ("Tom Meyer", meyer.id)
    moved = link(documents, judge(Verdict.CORRECT, meyer, field="kind", value="ORG"))[0]
    assert moved.kind is EntityKind.ORG
    assert link(documents, judge(Verdict.CORRECT, meyer, field="kind", value="nonsense"))[0].kind is EntityKind.PER


def test_suppressed_persons_are_left_out(archive: Archive) -> None:
    documents = archive("Dmitri Woronkow schwieg in Rom.", "Dmitry Voronkov schwieg.")
    entities, members, aliases = linked(documents, hidden="Dmitry Voronkov")
    assert [e.name for e in entities] == ["Rom"]
    assert set(members.values()) == {entities[0].id}
    assert aliases == {}
    assert link(documents, hidden="Rom")[0].kind is EntityKind.PER


def deleted(*names: str) -> frozenset[str]:
    return frozenset(text_digest(fold(name)) for name in names)


def test_a_namesake_with_a_full_name_of_their_own_stays() -> None:
    def one(*forms: str) -> Profile:
        return Profile(0, Member("art-1", "e1"), "ent-1", EntityKind.PER, forms[0], forms, "full")

    gone = deleted("Karla Weber", "Weber", "Frau Weber", "K. Weber")
    assert is_suppressed([one("Karla Weber", "Weber")], gone)
    assert is_suppressed([one("Karla Webers")], gone)
    for forms in (("Dieter Weber", "Weber"), ("Dora Weber", "Frau Weber", "Weber"), ("Kurt Weber", "K. Weber")):
        assert not is_suppressed([one(*forms)], gone), forms
    assert not is_suppressed([one("Weber"), one("Dieter Weber")], gone)
    for bare in ("Weber", "Webers", "Frau Weber", "K. Weber"):
        assert is_suppressed([one(bare)], gone), bare
    double = deleted("Eva Kohl-Richter", "Kohl-Richter")
    assert not is_suppressed([one("Hans Kohl-Richter", "Kohl-Richter")], double)
    assert is_suppressed([one("Kohl-Richter")], double)


def test_a_deleted_name_is_found_in_other_words() -> None:
    gone = deleted("Helmut Kohl", "Kohl")
    assert tells_suppressed("Altkanzler Helmut Kohl", gone)
    assert tells_suppressed("Helmut Kohls Sprecher", gone)
    assert not tells_suppressed("Hannelore Kohl", gone)
    assert not tells_suppressed("Altkanzler", gone)
    assert not tells_suppressed("Altkanzler Helmut Kohl", frozenset())


SENTENCES = [
    "Dmitri Woronkow schwieg.", "Dmitry Voronkov schwieg.", "Es kam Anna Lohberger.", "Es kam A. Lohberger.",
    "Frau Lohberger kam.", "Die UN warnten.", "Die Vereinten Nationen warnten.", "Er floh nach Damascus.",
    "Die Polizei kam nach Damaskus.", "",
]  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(st.sampled_from(SENTENCES), max_size=8))
def test_linking_is_deterministic_and_complete(archive: Archive, texts: list[str]) -> None:
    documents = archive(*texts)
    entities, members, aliases = linked(documents)
    assert linked(documents) == (entities, members, aliases)
    assert {m for e in entities for m in e.members} == set(members)
    assert set(members) == {Member(d.article.id, e.id) for d in documents for e in d.entities}
    assert all(members[m] == e.id for e in entities for m in e.members)
    identifiers = {e.id for e in entities}
    assert set(aliases.values()) <= identifiers
    assert identifiers.isdisjoint(aliases)
    assert len(identifiers) == len(entities)


def test_a_thousand_persons_in_two_thousand_articles_stay_a_thousand() -> None:
    text, letters = "x" * 40, "bdfgklmnpr"
    zone = (Zone(0, 40, ZoneKind.BODY),)
    documents = []
    for number in range(2_000):
        article = Article(f"art-{number}", "cap", "test", text, text_digest(text), "text", zone)
        names = [f"Sergej {c}a{letters[number % 10]}a{letters[number // 10 % 10]}in" for c in letters.upper()]
        entities = tuple(LocalEntity(f"e{n}", EntityKind.PER, name) for n, name in enumerate(names))
        mentions = tuple(Mention(f"m{n}", n, n + 1, EntityKind.PER, "name", f"e{n}") for n in range(10))
        documents.append(Document(article, mentions=mentions, entities=entities))
    found = link(documents)
    assert len(found) == 1_000
    assert {len(entity.members) for entity in found} == {20}


def test_a_body_and_the_abbreviation_that_one_article_introduces_are_one(archive: Archive) -> None:
    documents = archive(
        "Die Volksfront Osrika (VFO) drohte. Die Volksfront zog ab.",
        "Kämpfer der Volksfront Osrika kamen.",
        "Die VFO schwieg.",
    )
    assert groups(documents, EntityKind.ORG) == [["art-0", "art-1", "art-2"]]


def test_a_place_that_two_articles_teach_is_one(archive: Archive) -> None:
    documents = archive("In der Hafenstadt Loruk brannte es.", "LORUK: Hilfe kommt. Nahe Loruk fuhr ein Zug.")
    assert groups(documents, EntityKind.GPE) == [["art-0", "art-1"]]


def test_a_frequent_name_alone_makes_nobody_one(archive: Archive) -> None:
    documents = archive(
        "Der Bürgermeister von Algund, Thomas Müller, kam.",
        "Der Stürmer Thomas Müller traf.",
        "Der Bürgermeister von Algund, Thomas Müller, ging.",
        "Der Bürgermeister von Steyr, Thomas Müller, blieb.",
    )
    assert groups(documents, EntityKind.PER) == [["art-0", "art-2"], ["art-1"], ["art-3"]]
    doubts = link_entities(documents, (), frozenset()).doubts
    assert any("frequent-name" in doubt.reasons and not doubt.merged for doubt in doubts)


def test_a_role_noun_is_named_by_its_bearer(archive: Archive) -> None:
    documents = archive("Kremlsprecher Dmitri Peskow sprach.", "Der Kremlsprecher schwieg.")
    person = next(e for e in link(documents) if e.kind is EntityKind.PER)
    assert (person.name, len(person.members)) == ("Dmitri Peskow", 2)
    assert any(reason.startswith("role:kremlsprecher") for reason in person.reasons)


def test_people_part_short_names_and_role_nouns_too(archive: Archive) -> None:
    documents = archive(
        "Kremlsprecher Dmitri Peskow sprach.", "Der Kremlsprecher schwieg.", "Kremlsprecher Peskow kam."
    )
    whole = next(e for e in link(documents) if e.kind is EntityKind.PER)
    assert len(whole.members) == 3
    for member in whole.members[1:]:
        number = int(member.article.removeprefix("art-"))
        alone = next(e for e in link(documents[number : number + 1]) if e.kind in {EntityKind.PER, EntityKind.GRP})
        parted = link(documents, judge(Verdict.DIFFER, whole, alone))
        assert [m for e in parted if e.id == alone.id for m in e.members] == [member]


TWO_OFFICES = [
    ("Der deutsche Schwimmer Thomas Müller gewann in Graz.", "Der deutsche Botschafter Thomas Müller starb in Kairo."),
    ("Der russische Trainer Petrow sprach in Sofia.", "Der russische General Petrow sprach in Kairo."),
    ("Das sagte Polizeisprecher Huber in Graz.", "Das sagte Polizeisprecher Huber in München."),
]


@pytest.mark.parametrize(("first", "second"), TWO_OFFICES)
def test_a_nationality_or_a_common_word_for_an_office_makes_nobody_one(
    archive: Archive, first: str, second: str
) -> None:
    assert groups(archive(first, second), EntityKind.PER) == [["art-0"], ["art-1"]]


def test_the_table_of_terms_tells_namesakes_apart(archive: Archive) -> None:
    def at(document: Document, year: int) -> Document:
        day = date(year, 3, 21)
        return replace(document, article=replace(document.article, dct=Dct(day, day, "given")))

    bushes = archive("US-Präsident George Bush sprach.", "US-Präsident George Bush sprach.")
    dated = [at(bushes[0], 1991), at(bushes[1], 2003)]
    assert groups(dated, EntityKind.PER) == [["art-0"], ["art-1"]]
    assert [doubt.merged for doubt in link_entities(dated, (), frozenset()).doubts] == [False]

    texts = (
        "Der syrische Präsident Hafis al-Assad sprach.",
        "Der syrische Präsident Baschar al-Assad sprach.",
        "Der syrische Präsident Assad drohte.",
        "Der syrische Präsident Assad drohte.",
    )
    years = (1985, 2012, 2018, 1986)
    told = [at(document, year) for document, year in zip(archive(*texts), years, strict=True)]
    assert groups(told, EntityKind.PER) == [["art-0", "art-3"], ["art-1", "art-2"]]


def test_what_rests_on_a_mere_word_is_listed_for_a_second_look(archive: Archive) -> None:
    documents = archive("Minister Anna Lohberger kam.", "Minister Lohberger kam.")
    doubts = link_entities(documents, (), frozenset()).doubts
    assert [doubt.reasons[-1] for doubt in doubts if doubt.merged] == ["office-word:minister"]


def test_an_archive_is_read_once_and_offices_keep_their_words(archive: Archive) -> None:
    told = archive("Minister Anton Weglin kam.", "Minister Anton Weglin ging.", "Der Minister schwieg.")
    passes = 0

    class Counted(list[Document]):
        def __iter__(self) -> Iterator[Document]:
            nonlocal passes
            passes += 1
            return super().__iter__()

    weglin = next(e for e in link(Counted(told)) if e.name == "Anton Weglin")
    assert passes == 1
    assert [one.exact for one in weglin.evidence] == ["Anton Weglin", "Anton Weglin"]
    assert [office.text for office in weglin.offices] == [office.evidence.exact for office in weglin.offices]
    assert {office.text for office in weglin.offices} == {"Minister"}
