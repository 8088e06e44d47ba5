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
from quellenlage.model import Claim, Document, Found
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
