from __future__ import annotations

import pytest
from tests.evaluation.evaluation_documents import document, entity, gold_mention, mention, place

from quellenlage.evaluation.gold import Case, GoldArticle, GoldClaim, GoldEntity
from quellenlage.evaluation.results import Metric
from quellenlage.evaluation.speakers import score
from quellenlage.model import Quotation, QuotationType, Span

TEXT = "Ina Voss kam .\nOlaf Brandt sagte , es sei spät .\nVoss sagte , es sei früh ."


def span(words: str, nth: int = 1) -> dict[str, list[dict[str, int]]]:
    found = place(TEXT, words, nth)
    return {"spans": [{"charBegin": found.start, "charEnd": found.end}]}


def case(speaker_of_second: str) -> tuple[Case, dict[str, object]]:
    voss, brandt = entity("e1", "PER", "Ina Voss"), entity("e2", "PER", "Olaf Brandt")
    quotes = [place(TEXT, "es sei spät"), place(TEXT, "es sei früh")]
    mentions = (
        mention(TEXT, "Ina Voss", voss),
        mention(TEXT, "Olaf Brandt", brandt),
        mention(TEXT, "Voss", voss, nth=2),
    )
    quotations = tuple(
        Quotation(f"q{n}", QuotationType.INDIRECT, "speech", (quote,), speaker=(), speaker_entities=speakers, score=0.5)
        for n, (quote, speakers) in enumerate(zip(quotes, [("e2",), (speaker_of_second,)], strict=True), start=1)
    )
    ours = document(TEXT, mentions=mentions, entities=(voss, brandt), quotations=quotations)
    gold = GoldArticle(
        "1",
        (
            GoldEntity("g1", "PER", "Ina Voss", (gold_mention(TEXT, "Ina Voss"), gold_mention(TEXT, "Voss", nth=2))),
            GoldEntity("g2", "PER", "Olaf Brandt", (gold_mention(TEXT, "Olaf Brandt"),)),
        ),
        tuple(
            GoldClaim(f"c{n}", (Span(q.start, q.end),), (frozenset({g}),), "asserted", "affirmed", True)
            for n, (q, g) in enumerate(zip(quotes, ["g2", "g1"], strict=True))
        ),
        (),
    )
    annotations = [
        {"quote": span("es sei spät"), "speaker": span("Olaf Brandt"), "cue": span("sagte")},
        {"quote": span("es sei früh"), "speaker": span("Voss", 2), "cue": span("sagte", 2)},
    ]
    return Case(gold, ours), {"annotations": annotations}


def value(metrics: list[Metric], name: str) -> float:
    return next(metric.value for metric in metrics if metric.name == name)


@pytest.mark.parametrize(("answer", "found"), [("e1", 1.0), ("e2", 0.5)])
def test_a_wrong_speaker_costs_what_was_found_and_not_what_was_given(answer: str, found: float) -> None:
    metrics, misses = score([case(answer)])
    assert value(metrics, "given.accuracy") == 1.0
    assert value(metrics, "found.accuracy") == found
    assert value(metrics, "all-quotations.accuracy") == found
    assert value(metrics, "given.name.recall") == 1.0
    assert len(misses) == (found < 1)


def test_the_guesses_are_scored_like_answers() -> None:
    metrics, _ = score([case("e1")])
    assert value(metrics, "trivial.last-person.accuracy") == 1.0
    assert value(metrics, "trivial.most-frequent-person.accuracy") == 0.5
