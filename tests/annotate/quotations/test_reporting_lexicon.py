from __future__ import annotations

from typing import Any

import pytest
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.quotations.cues import find_cues
from quellenlage.annotate.quotations.inflection import inflect
from quellenlage.annotate.quotations.lexicon import VERBS, after_nach, lexicon
from quellenlage.annotate.quotations.mood import RESOURCE as MOOD
from quellenlage.annotate.quotations.mood import mood
from quellenlage.annotate.quotations.sources import find_source
from quellenlage.annotate.quotations.units import read
from quellenlage.resources import load

CLASSES = [(entry["name"], example) for entry in load(VERBS)["class"] for example in entry["examples"]]


@pytest.mark.parametrize(("name", "example"), CLASSES)
def test_examples_of_each_class_have_their_cue(name: str, example: dict[str, Any]) -> None:
    unit = read(document(str(example["text"]))).units[0]
    found = [cue for seg in unit.segments if not seg.mark for cue in find_cues(unit.words, seg.lo, seg.hi)]
    words = [[unit.words[i].text for i in cue.words] for cue in found]
    wanted = [word for part in example["cue"] for word in str(part).split()]
    assert any(set(cue) <= set(wanted) and cue for cue in words), (name, words)


def test_the_lexicon_is_of_use_beyond_the_samples() -> None:
    verbs = {v for entry in load(VERBS)["class"] for v in entry["verbs"]}
    assert len(verbs) >= 400
    assert len(lexicon().finite) > 1200


@pytest.mark.parametrize(
    ("infinitive", "form"),
    [
        ("behaupten", "behauptet"),
        ("behaupten", "behauptete"),
        ("sagen", "sagte"),
        ("sprechen", "sprach"),
        ("versprechen", "versprachen"),
        ("räumen", "räumte"),
        ("reden", "redete"),
        ("rechnen", "rechnet"),
        ("erinnern", "erinnerte"),
        ("werfen", "wirft"),
        ("weisen", "wies"),
        ("entscheiden", "entschied"),
        ("melden", "meldeten"),
        ("verlangen", "verlange"),
    ],
)
def test_finite_forms(infinitive: str, form: str) -> None:
    assert form in inflect(infinitive).finite


@pytest.mark.parametrize(
    ("infinitive", "participle"),
    [
        ("sagen", "gesagt"),
        ("behaupten", "behauptet"),
        ("kritisieren", "kritisiert"),
        ("versprechen", "versprochen"),
        ("werfen", "geworfen"),
        ("beichten", "gebeichtet"),
        ("wiederholen", "wiederholt"),
        ("bestreiten", "bestritten"),
        ("geben", "gegeben"),
        ("ergeben", "ergeben"),
    ],
)
def test_participles(infinitive: str, participle: str) -> None:
    assert inflect(infinitive).participle == participle


@pytest.mark.parametrize("example", load(MOOD)["example"], ids=lambda e: str(e["text"]))
def test_examples_of_the_konjunktiv(example: dict[str, object]) -> None:
    words = str(example["text"]).rstrip(".").split()
    assert any(mood().grade(w, None) == 2 for w in words) is example["subjunctive"]


@pytest.mark.parametrize("example", load("de/reporting_nouns.toml")["example"], ids=lambda e: str(e["text"]))
def test_examples_of_source_nouns(example: dict[str, str]) -> None:
    words = read(document(example["text"])).units[0].words
    found = find_source(words, 0, len(words))
    assert found is not None
    lo, hi = found.source
    assert example["text"][words[lo].start : words[hi - 1].end] == example["phrase"]


def test_compounds_of_source_nouns() -> None:
    assert after_nach("Polizeiangaben") == "speech"
    assert after_nach("Expertenmeinung") == "thought"
    assert after_nach("Bahnhof") is None
