from __future__ import annotations

import re
from itertools import permutations

import pytest

from quellenlage.evaluation import search
from quellenlage.evaluation.registry import SUITES
from quellenlage.evaluation.search import Place, Tally
from quellenlage.model import fold
from quellenlage.resources import resource

WORD = re.compile(r"[A-ZÄÖÜ][\wäöüß-]{4,}")


def test_there_are_enough_questions_in_both_halves() -> None:
    for half in ("tune", "report"):
        asked = search.questions(half)
        assert sum(bool(q.answers) and not q.own_words for q in asked) >= 25
        assert sum(not q.answers for q in asked) >= 10
        assert sum(q.own_words for q in asked) >= 7
    every = search.questions()
    assert (
        len({q.query for q in every}) == len(every) == len(search.questions("tune")) + len(search.questions("report"))
    )


def test_every_quote_stands_in_an_article_of_the_sample() -> None:
    known = {item.name for item in resource("sample").iterdir()}
    for question in search.questions():
        assert all(name.partition("#")[0] in known and quote.strip() for name, quote in question.answers)


def test_questions_do_not_use_the_nouns_of_their_answers() -> None:
    shared = [
        (question.query, noun)
        for question in search.questions()
        if not question.own_words
        for noun in WORD.findall(question.query)
        if any(fold(noun) in fold(quote).split() for _, quote in question.answers)
    ]
    asked = [q for q in search.questions() if q.answers and not q.own_words]
    assert len({query for query, _ in shared}) <= len(asked) * 0.1, shared


def test_questions_in_own_words_use_only_words_of_their_answers() -> None:
    for question in search.questions():
        if question.own_words:
            for _, quote in question.answers:
                assert set(fold(question.query).split()) <= set(fold(quote).split())


def test_recall_and_rank() -> None:
    a, b, c = (Place("art", n, n + 1) for n in range(3))
    tally = Tally()
    assert tally.add(frozenset({a, b}), [c, b]) == 2
    assert tally.add(frozenset({a}), [c, b]) is None
    assert (tally.recall, tally.reciprocal, tally.asked) == (0.5, 0.5, 2)


@pytest.mark.parametrize("right", [1, 2, 3])
def test_chance_is_the_mean_over_all_orders(right: int) -> None:
    everything = [Place("art", n, n + 1) for n in range(6)]
    gold = frozenset(everything[:right])
    counted, chance = Tally(), Tally()
    for order in permutations(everything):
        counted.add(gold, order)
    search._by_chance(chance, right, len(everything))
    assert chance.recall == pytest.approx(counted.recall / counted.asked)
    assert chance.reciprocal == pytest.approx(counted.reciprocal / counted.asked)


def test_the_suite_measures_what_it_pins() -> None:
    result = search.evaluate("report")
    if result.skipped:
        pytest.skip(result.skipped)
    figures = {metric.name: metric for metric in result.metrics}
    gate = next(suite.gate for suite in SUITES if suite.name == "search-report")
    assert set(gate) <= figures.keys()
    assert all(0.0 <= metric.value <= 1.0 for metric in result.metrics)
    assert result.worst == ()
    assert figures["meaning.recall@5"].value > max(
        figures["words.recall@5"].value, figures["text.recall@5"].value, figures["meaning.recall@5"].trivial or 0.0
    )
    assert figures["own-words.both.mrr"].value >= figures["own-words.text.mrr"].value
