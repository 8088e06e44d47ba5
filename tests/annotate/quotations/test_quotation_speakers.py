"""Whom the words mean that name a speaker, and the second reading of who speaks."""

from __future__ import annotations

import pytest
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.quotations import STAGE, stage
from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.speakers import Phrase, resolve_all
from quellenlage.model import QuotationType, Span

TEXT = "Man hörte viel. Der Hof sei leer, sagte Kai Bruns, und Ina Voss nickte."
NAMES = {"Kai Bruns": "PER:Kai Bruns", "Ina Voss": "PER:Ina Voss"}
QUOTE = "Der Hof sei leer"


def spans(*words: str) -> list[Span]:
    return [Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in words]


@pytest.mark.parametrize(
    ("speaker", "otherwise", "who", "second"),
    [
        (["Man"], ["Kai Bruns"], ["Kai Bruns"], True),
        ([], ["Kai Bruns"], ["Kai Bruns"], True),
        (["Ina Voss"], ["Kai Bruns"], ["Ina Voss"], False),
        (["Man"], [], [], False),
        (["Man"], ["viel"], [], False),
    ],
)
def test_the_second_reading_counts_where_the_first_means_nobody(
    speaker: list[str], otherwise: list[str], who: list[str], second: bool
) -> None:
    phrase = Phrase(spans(*speaker), spans(QUOTE), spans("sagte"), spans(*otherwise))
    (found,), made = resolve_all(document(TEXT, NAMES), [phrase])
    assert [made.entity(e).name for e in found.entities] == who
    assert found.otherwise is second


@pytest.mark.parametrize(
    ("speaker", "otherwise", "words", "who"),
    [
        (["Man"], ["Kai Bruns"], ["Kai Bruns"], ["Kai Bruns"]),
        (["Ina Voss"], ["Kai Bruns"], ["Ina Voss"], ["Ina Voss"]),
        (["Man"], ["viel"], ["Man"], []),
    ],
)
def test_the_words_of_the_speaker_are_those_of_the_reading_that_counts(
    monkeypatch: pytest.MonkeyPatch, speaker: list[str], otherwise: list[str], words: list[str], who: list[str]
) -> None:
    draft = Draft(QuotationType.INDIRECT, "speech", spans(QUOTE), spans("sagte"), spans(*speaker))
    draft.otherwise = spans(*otherwise)
    monkeypatch.setattr(stage, "collect", lambda unit, text: [draft])
    made = STAGE.run(document(TEXT, NAMES))
    (quotation,) = made.quotations
    assert [part.of(TEXT) for part in quotation.speaker] == words
    assert [made.entity(e).name for e in quotation.speaker_entities] == who


@pytest.mark.parametrize(
    ("text", "names", "who"),
    [
        (
            "Nach Angaben des Verteidigungsministeriums in Dorvat sind die Brücken zerstört.",
            {"Verteidigungsministeriums": "ORG:Verteidigungsministerium", "Dorvat": "GPE:Dorvat"},
            "Verteidigungsministerium",
        ),
        (
            "Nach Angaben des Hafenamts von Dorvat sind die Brücken zerstört.",
            {"Hafenamts": "ORG:Hafenamt", "Dorvat": "GPE:Dorvat"},
            "Hafenamt",
        ),
        ("Tamms Anwalt sagte, der Hof sei leer.", {"Tamms": "PER:Jan Tamm"}, "Tamms Anwalt"),
        ("Der Sprecher Tamms sagte, der Hof sei leer.", {"Tamms": "PER:Jan Tamm"}, "Sprecher"),
    ],
)
def test_a_genitive_owns_the_noun_beside_it_and_no_other(text: str, names: dict[str, str], who: str) -> None:
    made = STAGE.run(document(text, names))
    assert [made.entity(e).name for e in made.quotations[0].speaker_entities] == [who]


def test_the_ministry_is_meant_by_its_mention() -> None:
    text = "Nach Angaben des Verteidigungsministeriums in Dorvat sind die Brücken zerstört."
    given = document(text, {"Verteidigungsministeriums": "ORG:Verteidigungsministerium", "Dorvat": "GPE:Dorvat"})
    made = STAGE.run(given)
    assert made.quotations[0].speaker_entities == (given.mentions[0].entity,)
    assert (made.mentions, made.entities) == (given.mentions, given.entities)


INNER = "Jan Tamm schwieg. Kai Bruns sagte, man könne ihm glauben: {} wisse, der Hof sei leer."


@pytest.mark.parametrize(
    ("pronoun", "nested", "of_outer"), [("er", True, True), ("er", False, False), ("sie", True, False)]
)
def test_a_pronoun_in_somebodys_words_means_the_one_who_says_them(pronoun: str, nested: bool, of_outer: bool) -> None:
    text = INNER.format(pronoun)

    def at(words: str) -> list[Span]:
        start = text.index(words)
        return [Span(start, start + len(words.removesuffix(" wisse")))]

    outer = Phrase(at("Kai Bruns"), at(text[text.index("man könne") : -1]), at("sagte"))
    inner = Phrase(at(f"{pronoun} wisse"), at("der Hof sei leer"), at("wisse"), (), outer if nested else None)
    (_, found), made = resolve_all(document(text, NAMES | {"Jan Tamm": "PER:Jan Tamm"}), [outer, inner])
    assert ("speaker-of-outer" in found.reasons) is of_outer
    if of_outer:
        assert [made.entity(e).name for e in found.entities] == ["Kai Bruns"]
        assert [m.form for m in made.mentions if m.span == inner.speaker[0]] == ["pronoun"]


def test_a_nested_quotation_is_resolved_beside_the_one_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = INNER.format("er")

    def draft(quote: str, speaker: str) -> Draft:
        at, who = text.index(quote), text.index(speaker)
        who = who if speaker != "er" else text.index("er wisse")
        return Draft(
            QuotationType.INDIRECT,
            "speech",
            [Span(at, at + len(quote))],
            speaker=[Span(who, who + len(speaker))],
        )

    outer, inner = draft("man könne ihm glauben: er wisse, der Hof sei leer", "Kai Bruns"), draft("der Hof", "er")
    inner.parent = outer
    monkeypatch.setattr(stage, "collect", lambda unit, text: [outer, inner])
    made = STAGE.run(document(text, NAMES))
    assert ["speaker-of-outer" in quotation.reasons for quotation in made.quotations] == [False, True]
