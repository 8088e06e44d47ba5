from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.claims import STAGE
from quellenlage.annotate.claims.lexicon import hedges
from quellenlage.annotate.quotations import STAGE as QUOTATIONS
from quellenlage.model import Claim, Document, Found, Quotation, QuotationType, Span
from quellenlage.resources import load

EXAMPLES = tomllib.loads(Path(__file__).with_name("claim_examples.toml").read_text(encoding="utf-8"))["claim"]


def claims_of(text: str, names: dict[str, str] | None = None, **meta: Any) -> tuple[Document, list[Claim]]:
    made = document(text, names)
    made = replace(made, article=replace(made.article, **meta))
    done = STAGE.run(QUOTATIONS.run(made))
    return done, list(done.claims)


def named(done: Document, claim: Claim) -> list[list[str]]:
    return [[done.entity(e).name for e in link] for link in claim.chain]


def said(done: Document, claim: Claim) -> str:
    return " ".join(s.of(done.text) for s in claim.spans)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(EXAMPLES) >= 60


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: str(e["text"])[:50])
def test_examples(example: dict[str, Any]) -> None:
    done, claims = claims_of(example["text"], example.get("names"))
    matching = [c for c in claims if example["words"] in said(done, c)]
    assert matching, [said(done, c) for c in claims]
    claim = min(matching, key=lambda c: len(said(done, c)))
    assert named(done, claim) == example["chain"]
    assert str(claim.evidentiality) == example.get("evidentiality", "asserted")
    assert str(claim.polarity) == example.get("polarity", "affirmed")


@pytest.mark.parametrize("example", load("de/hedges.toml")["example"], ids=lambda e: str(e["text"]))
def test_examples_of_the_hedges(example: dict[str, str]) -> None:
    _, claims = claims_of(example["text"], {"Firma": "ORG:Firma"})
    assert [str(claims[0].polarity) == example["polarity"] for _ in [0] if "polarity" in example] in ([], [True])
    assert [str(claims[0].evidentiality) == example["evidentiality"] for _ in [0] if "evidentiality" in example] in (
        [],
        [True],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Der Zug fuhr um neun Uhr ab.",
        "Das Museum soll im Mai öffnen.",
        "Sei es im Sommer oder im Winter: Der Weg ist offen.",
        "Ich habe den Zug verpasst.",
    ],
)
def test_what_the_author_tells_is_no_claim(text: str) -> None:
    assert claims_of(text)[1] == []


def test_the_articles_own_outlet_is_no_link() -> None:
    text = "„Wir zahlen nicht“, sagte Kai Bruns der Zeitung Küstenblick."
    names = {"Kai Bruns": "PER:Kai Bruns", "Küstenblick": "ORG:Küstenblick"}
    done, claims = claims_of(text, names)
    assert named(done, claims[0]) == [["Kai Bruns"], ["Küstenblick"]]
    done, claims = claims_of(text, names, outlet=Found("Küstenblick", "markup"))
    assert named(done, claims[0]) == [["Kai Bruns"]]


def test_the_outlet_is_known_by_its_initials() -> None:
    text = "Drei Helfer sagten gegenüber der KB, das Lager sei leer."
    names = {"KB": "ORG:KB", "Helfer": "GRP:Helfer"}
    done, claims = claims_of(text, names, outlet=Found("Küsten Blick", "markup"))
    assert named(done, claims[0]) == [["Helfer"]]


def test_a_credited_agency_is_no_link() -> None:
    text = "Das Lager sei leer, sagte Kai Bruns der Agentur Nordpress."
    names = {"Kai Bruns": "PER:Kai Bruns", "Nordpress": "ORG:Nordpress"}
    done, claims = claims_of(text, names, agencies=(Found("Nordpress", "text"),))
    assert named(done, claims[0]) == [["Kai Bruns"]]


def test_every_quotation_has_one_claim() -> None:
    text = (
        "Ina Voss sagte, der Plan sei „ein großer Fehler der Stadt“. Offenbar wusste sie mehr. "
        "„Ich gehe jetzt“, rief Kai Bruns."
    )
    done, claims = claims_of(text, {"Ina Voss": "PER:Ina Voss", "Kai Bruns": "PER:Kai Bruns"})
    assert sorted(c.quotation for c in claims if c.quotation) == sorted(q.id for q in done.quotations)
    assert [c.id for c in claims] == [f"c{n}" for n in range(1, len(claims) + 1)]
    assert [c.start for c in claims] == sorted(c.start for c in claims)


def test_chain_spans_are_the_words_that_name_the_links() -> None:
    text = "Der Hafen bleibe offen, sagte Ina Voss der Zeitung Küstenblick."
    done, claims = claims_of(text, {"Ina Voss": "PER:Ina Voss", "Küstenblick": "ORG:Küstenblick"})
    assert [s.of(done.text) for s in claims[0].chain_spans] == ["Ina Voss", "Küstenblick"]


def test_unsure_speakers_score_lower_and_say_why() -> None:
    _, sure = claims_of("Ina Voss sagte, der Hof sei leer.", {"Ina Voss": "PER:Ina Voss"})
    _, unsure = claims_of("Sie sagte, der Hof sei leer.")
    assert unsure[0].score < sure[0].score
    assert "speaker-unresolved" in unsure[0].reasons
    assert "cue:sagen" in sure[0].reasons


@pytest.mark.parametrize(
    "text", ["reagierte auf eine Anfrage der Redaktion nicht", "wollte sich am Montag nicht äußern"]
)
def test_declining_allows_words_between(text: str) -> None:
    assert hedges().decline.search(text)


NAMES = {
    "Kai Bruns": "PER:Kai Bruns",
    "Ina Voss": "PER:Ina Voss",
    "Volksfront": "ORG:Volksfront",
    "Nordpress": "ORG:Nordpress",
}


def links_of(text: str, *quotations: dict[str, Any]) -> list[list[list[str]]]:
    """The chains of quotations that are given by their words, in order."""
    made = document(text, NAMES)
    by_name = {e.name: e.id for e in made.entities}

    def spans(words: str) -> tuple[Span, ...]:
        return tuple(Span(text.index(part), text.index(part) + len(part)) for part in words.split("|") if part)

    given = tuple(
        Quotation(
            f"q{number}",
            QuotationType(one.get("type", "indirect")),
            "speech",
            spans(one["quote"]),
            cue=spans(one.get("cue", "")),
            speaker=spans(one.get("speaker", "")),
            addressee=spans(one.get("addressee", "")),
            frame=spans(one.get("frame", "")),
            speaker_entities=tuple(by_name[name] for name in one["who"]),
            parent=one.get("parent"),
            reasons=one.get("reasons", ()),
        )
        for number, one in enumerate(quotations, start=1)
    )
    done = STAGE.run(replace(made, quotations=given))
    by_quotation = {claim.quotation: named(done, claim) for claim in done.claims}
    return [by_quotation[quotation.id] for quotation in given]


@pytest.mark.parametrize(
    ("text", "addressee", "cue", "link"),
    [
        ("Kai Bruns machte die Volksfront für den Brand verantwortlich.", "die Volksfront", "", []),
        ("Kai Bruns nannte der Volksfront den Brand ein Unglück.", "der Volksfront", "nannte", [["Volksfront"]]),
        ("Kai Bruns nannte der Agentur Nordpress den Brand ein Unglück.", "der Agentur Nordpress", "", [["Nordpress"]]),
        ("Kai Bruns nannte dem Nordpress den Brand ein Unglück.", "dem Nordpress", "", []),
    ],
)
def test_without_a_cue_only_a_medium_passes_on_what_it_is_told(
    text: str, addressee: str, cue: str, link: list[list[str]]
) -> None:
    quotation = {"type": "reported", "quote": text, "speaker": "Kai Bruns", "who": ["Kai Bruns"]}
    assert links_of(text, {**quotation, "addressee": addressee, "cue": cue}) == [[["Kai Bruns"], *link]]


CARRIED = "Kai Bruns soll laut Ina Voss gesagt haben, der Hof sei leer. Das Vieh sei fort."
FIRST = {
    "quote": "der Hof sei leer",
    "speaker": "Kai Bruns",
    "cue": "gesagt haben",
    "frame": "Kai Bruns soll laut Ina Voss gesagt haben,",
    "who": ["Kai Bruns"],
}
SECOND = {"quote": "Das Vieh sei fort.", "speaker": "Ina Voss", "who": ["Ina Voss"], "reasons": ("speaker-carried",)}
PASSED_ON = [["Kai Bruns"], ["Ina Voss"]]


def test_what_goes_on_stands_on_the_chain_that_its_speaker_frames() -> None:
    assert links_of(CARRIED, FIRST, SECOND) == [PASSED_ON, PASSED_ON]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"reasons": ()}),
        ({"frame": "gesagt haben,"}, {}),
        ({"frame": ""}, {}),
    ],
)
def test_it_stands_on_its_own_where_its_speaker_frames_nothing(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert links_of(CARRIED, FIRST | first, SECOND | second)[1] == [["Ina Voss"]]


def test_a_quotation_within_another_one_carries_nothing_on() -> None:
    text = f"Es hieß, {CARRIED}"
    around = {"quote": "Kai Bruns soll laut Ina Voss gesagt haben, der Hof sei leer", "who": []}
    assert links_of(text, around, FIRST | {"parent": "q1"}, SECOND)[2] == [["Ina Voss"]]


def test_of_several_quotations_that_the_speaker_frames_the_last_one_counts() -> None:
    before = FIRST | {"quote": "soll laut", "who": []}
    assert links_of(CARRIED, before, FIRST, SECOND)[2] == PASSED_ON


PIECES = (
    "„Ja“ „ “ , . : ; sagte so laut zufolge nach Angaben der Polizei Voss er sie dass ob sei habe wie soll offenbar "
    "zitiert von wird gesagt reagierte nicht gegenüber Interview mit Agentur haben \n\n 😀 \x00"
).split(" ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_order_of_words_passes(pieces: list[str]) -> None:
    names = {"Voss": "PER:Ina Voss", "Polizei": "ORG:Polizei"}
    text = " ".join(pieces)
    done, claims = claims_of(text, names)
    assert all(0 <= c.score <= 1 for c in claims)
    assert claims_of(text, names)[0] == done


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_passes(text: str) -> None:
    claims_of(text)


@pytest.mark.parametrize(
    "piece", ["laut Voss, ", "„Ja“, sagte Voss, ", "offenbar und ", "reagierte ", "Voss wird von Voss zitiert "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    claims_of(piece * 3000, {"Voss": "PER:Ina Voss"})
