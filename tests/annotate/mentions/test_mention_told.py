"""The rules beside an encoder that is told what to see: who decides what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.annotate.mentions.conftest import Seen, told

from quellenlage.annotate.mentions import annotated
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.derived import place_of
from quellenlage.annotate.mentions.reading import upheld
from quellenlage.annotate.mentions.words import sentences
from quellenlage.model import Document, EntityKind

OURS = [
    ("Danach sprach Pirmasenz Quoll.", ("Pirmasenz Quoll", "PER", 0.9), ("PER", "Pirmasenz Quoll")),
    ("Das baute Quollwerk.", ("Quollwerk", "ORG", 0.9), ("ORG", "Quollwerk")),
    ("Sie zogen über den Quollberg.", ("Quollberg", "LOC", 0.9), ("LOC", "Quollberg")),
    ("Er sah „Der blaue Quoll“ im Kino.", ("Der blaue Quoll", "MISC", 0.9), ("MISC", "Der blaue Quoll")),
]


@pytest.mark.parametrize(("text", "name", "expected"), OURS)
def test_a_name_that_only_the_encoder_sees_is_one(see: Any, see_told: Any, text: str, name: Any, expected: Any) -> None:
    assert expected not in see(text).mentions
    seen = see_told(text, name)
    assert seen.mentions[expected] == [name[0]]
    assert seen.forms[name[0]] == "name"
    assert seen.scores[expected[1]] == pytest.approx(0.9, abs=0.1)


def test_a_name_that_the_encoder_doubts_is_none(see_told: Any) -> None:
    assert see_told("Das baute Quollwerk.", ("Quollwerk", "ORG", 0.1)).mentions == {}


def test_the_office_before_a_name_is_its_role_and_no_part_of_it(see_told: Any) -> None:
    seen = see_told("Gestern kam Präsident Pirmasenz Quoll an.", ("Präsident Pirmasenz Quoll", "PER", 0.9))
    assert seen.roles["Pirmasenz Quoll"] == ["Präsident"]


def test_quotation_marks_are_no_part_of_a_name(see_told: Any) -> None:
    assert see_told("Das schrieb der „Quollbote“.", ("„Quollbote“", "ORG", 0.9)).of("ORG") == ["Quollbote"]


def test_one_word_means_the_person_of_that_surname_or_first_name(see_told: Any) -> None:
    text = "Pirmasenz Quoll kam. Quolls Hut blieb. Pirmasenz lachte."
    seen = see_told(text, ("Pirmasenz Quoll", "PER", 0.9), ("Quolls", "PER", 0.9), ("Pirmasenz", "PER", 0.5))
    assert seen.mentions == {("PER", "Pirmasenz Quoll"): ["Pirmasenz Quoll", "Quolls", "Pirmasenz"]}


def test_other_names_of_the_same_words_are_the_same_thing(see_told: Any) -> None:
    seen = see_told("Der Quollvertrag gilt. Den Quollvertrag kennt Berlin.", ("Quollvertrag", "MISC", 0.9))
    assert seen.mentions[("MISC", "Quollvertrag")] == ["Quollvertrag", "Quollvertrag"]
    assert [e.id for e in seen.document.entities] == ["e1", "e2"]


def test_a_weak_rule_does_not_stand_against_the_encoders_silence(see: Any, see_told: Any) -> None:
    text = "Die ZQX wurde abgeschaltet."
    assert see(text).of("ORG") == ["ZQX"]
    assert see_told(text).of("ORG") == []


def test_what_the_tables_know_stands_against_it(see_told: Any) -> None:
    assert see_told("Die Vereinten Nationen tagten in Damaskus.").mentions == {
        ("ORG", "Vereinte Nationen"): ["Vereinten Nationen"],
        ("GPE", "Damaskus"): ["Damaskus"],
    }


def test_the_encoder_names_the_kind_where_a_place_is_a_club(see: Any, see_told: Any) -> None:
    text = "Hannover verlor gegen Dortmund mit 0:2."
    assert see(text).of("GPE") == ["Hannover", "Dortmund"]
    assert see_told(text, ("Hannover", "ORG", 0.9), ("Dortmund", "ORG", 0.9)).of("ORG") == ["Hannover", "Dortmund"]


def test_the_tables_name_the_kind_of_place(see_told: Any) -> None:
    seen = see_told("Das Schiff liegt im Mittelmeer vor Tunis.", ("Mittelmeer", "GPE", 0.5), ("Tunis", "LOC", 0.5))
    assert (seen.of("LOC"), seen.of("GPE")) == (["Mittelmeer"], ["Tunis"])


@pytest.mark.parametrize(
    ("text", "name", "nominative"),
    [
        ("Er arbeitet bei der Deutschen Quollbank.", ("Deutschen Quollbank", "ORG", 0.9), "Deutsche Quollbank"),
        ("Quollias Häfen sind zu.", ("Quollias", "GPE", 0.9), "Quollia"),
        ("Das Ufer liegt in Quollias.", ("Quollias", "GPE", 0.9), "Quollias"),
    ],
)
def test_names_stand_in_the_nominative_where_the_sentence_tells(
    see_told: Any, text: str, name: Any, nominative: str
) -> None:
    assert [e.name for e in see_told(text, name).document.entities if e.name.startswith(nominative[:5])] == [nominative]


def _derived(document: Document) -> list[tuple[str, str, str | None, str | None]]:
    names = {e.id: e.name for e in document.entities}
    return [(document.text[d.start : d.end], d.form, d.base, names.get(d.entity or "")) for d in document.derived]


def test_words_made_from_names_stand_apart_and_lead_to_the_entity(see_told: Any) -> None:
    text = "Syrien schweigt. Die syrische Armee und ein EU-Beamter reisten ab, sagte ein Quoller."
    seen = see_told(text, ("syrische", "DERIVED", 0.9), ("EU-Beamter", "PART", 0.9), ("Quoller", "DERIVED", 0.9))
    assert _derived(seen.document) == [
        ("syrische", "derived", "Syrien", "Syrien"),
        ("EU-Beamter", "part", "EU", None),
        ("Quoller", "derived", None, None),
    ]
    assert [words for words, form in seen.forms.items() if form == "name"] == ["Syrien"]


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("syrischen", "Syrien"), ("Syrerinnen", "Syrien"), ("polnischer", "Polen"), ("Franzosen", "Frankreich"),
        ("chinesisches", "China"), ("US-amerikanische", "USA"), ("Berliner", "Berlin"), ("Bremer", "Bremen"),
        ("israelische", "Israel"), ("Deutsche", "Deutschland"), ("nigerianische", "Nigeria"),
        ("afghanische", "Afghanistan"), ("europäische", "Europa"), ("türkischen", "Türkei"), ("quollische", None),
    ],
)  # fmt: skip
def test_the_place_that_a_word_is_made_from(form: str, place: str | None) -> None:
    assert place_of(form) == place


def test_mentions_carry_how_sure_they_are(see_told: Any) -> None:
    seen = see_told("Das baute die Firma Quollwerk.", ("Quollwerk", "ORG", 0.77))
    (mention,) = seen.document.mentions
    assert mention.score == 0.77


def test_a_name_seen_once_is_the_same_name_elsewhere(see: Any, see_told: Any) -> None:
    text = "Der Bericht der Quollia Werft liegt vor. Später schwieg die Quollia Werft."
    document = see(text).document
    names = told(document, [("Quollia Werft", "ORG", 0.9)])
    seen = Seen(annotated(document, [names[0], ()]))
    assert seen.mentions[("ORG", "Quollia Werft")] == ["Quollia Werft", "Quollia Werft"]
    assert [m.score for m in seen.document.mentions] == [0.9, 0.72]


def test_an_ordinary_word_seen_once_is_no_name_elsewhere(see: Any) -> None:
    document = see("Der Film „Regen“ läuft. Es gab Regen.").document
    names = told(document, [("Regen", "MISC", 0.9)])
    assert Seen(annotated(document, [names[0], ()])).mentions[("MISC", "Regen")] == ["Regen"]


def test_one_name_has_one_kind_in_the_article(see: Any) -> None:
    document = see("Quollex wächst. Gestern kam Quollex. Am Ende siegte Quollex.").document
    kinds = [("ORG", 0.9), ("MISC", 0.6), ("ORG", 0.6)]
    names = [told(document, [("Quollex", *kind)])[n] for n, kind in enumerate(kinds)]
    assert Seen(annotated(document, names)).mentions == {("ORG", "Quollex"): ["Quollex"] * 3}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Er lebt in Gera.", ("Gera", "PER", 0.6), ("GPE", "Gera")),
        ("Der Flughafen Hannover ist zu.", ("Flughafen Hannover", "ORG", 0.6), ("LOC", "Flughafen Hannover")),
        ("Das Landgericht Bochum urteilte.", ("Landgericht Bochum", "GPE", 0.6), ("ORG", "Landgericht Bochum")),
    ],
)
def test_the_words_themselves_can_tell_another_kind(see_told: Any, text: str, name: Any, expected: Any) -> None:
    assert expected in see_told(text, name).mentions


@pytest.mark.parametrize("form", ["Deutschen", "Israelis"])
def test_inhabitants_are_no_place(see_told: Any, form: str) -> None:
    seen = see_told(f"Er überließ das den {form}.", (form, "GPE", 0.9))
    assert seen.of("GPE") == []
    assert [d.form for d in seen.document.derived] == ["derived"]


def test_the_encoder_must_be_surer_of_an_ordinary_word(see_told: Any) -> None:
    text = "Das Haus mit Efeu ist alt."
    assert see_told(text, ("Efeu", "MISC", 0.6)).of("MISC") == []
    assert see_told(text, ("Efeu", "MISC", 0.8)).of("MISC") == ["Efeu"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sie griffen den Hafen von Miren an.", "Hafen von Miren"),
        ("Der Flughafen Miren ist zu.", "Flughafen Miren"),
    ],
)
def test_a_building_keeps_the_place_that_its_name_ends_with(see_told: Any, text: str, name: str) -> None:
    seen = see_told(text, ("Miren", "GPE", 0.9))
    assert seen.mentions == {("LOC", name): [name]}
    assert seen.forms[name] == "name"


@pytest.mark.parametrize(
    ("kind", "name", "holds"),
    [
        (EntityKind.LOC, ("Miren", "GPE", 0.9), True),
        (EntityKind.ORG, ("Miren", "LOC", 0.9), True),
        (EntityKind.MISC, ("Miren", "GPE", 0.9), False),
        (EntityKind.LOC, ("Miren", "PER", 0.9), False),
        (EntityKind.LOC, ("Hafen", "GPE", 0.9), False),
        (EntityKind.LOC, ("Miren Nord", "GPE", 0.9), False),
    ],
)
def test_a_name_of_the_rules_holds_beside_the_place_it_ends_with(
    see: Any, kind: EntityKind, name: Any, holds: bool
) -> None:
    text = "Sie griffen den Hafen von Miren Nord an."
    document = see(text).document
    (words,) = sentences(document, told(document, [name]))
    start, end = text.index("Hafen"), text.index(" Nord")
    ours = Candidate(start, end, kind, "name", text[start:end], 0, "hafen", 0.8, "facility")
    assert upheld(words, ours) is holds


@pytest.mark.parametrize(
    ("text", "adjectives", "name"),
    [
        ("Karveniens wichtigster Hafen ist zu.", ["wichtigster"], "Karvenien"),
        ("Karveniens Hafen ist zu.", [], "Karvenien"),
        ("Karveniens wichtigster Hafen ist zu.", [], "Karvenien"),
        ("Karveniens wichtigster allein siegte.", ["wichtigster"], "Karveniens"),
        ("Karveniens Wichtigster allein siegte.", ["Wichtigster"], "Karvenien"),
    ],
)
def test_a_genitive_stands_before_a_noun_or_an_adjective_of_one(
    see: Any, text: str, adjectives: list[str], name: str
) -> None:
    read: Document = see(text).document
    tokens = tuple(replace(t, upos="ADJ") if t.span.of(text) in adjectives else t for t in read.tokens)
    document = replace(read, tokens=tokens, mentions=(), entities=())
    seen = Seen(annotated(document, told(document, [("Karveniens", "GPE", 0.9)])))
    assert seen.of("GPE") == [name]
