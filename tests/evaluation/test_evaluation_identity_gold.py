from __future__ import annotations

from tests.evaluation.evaluation_documents import document, entity, gold_mention, mention

from quellenlage.evaluation.entities import expected
from quellenlage.evaluation.gold import Case, GoldArticle, GoldEntity
from quellenlage.evaluation.identity_gold import Spelled, Tally, by_letters, given, named, score
from quellenlage.evaluation.results import Metric

ANNA = [
    Spelled(0, 9, "PER", "g1", "Anna Berg"),
    Spelled(20, 24, "PER", "g1", "Berg"),
    Spelled(30, 34, "PER", "g1", "Berg"),
]
KIEL = Spelled(40, 44, "GPE", "g2", "Kiel")
GOLD = [*ANNA, KIEL]


def figures(ours: list[Spelled], gold: list[Spelled] = GOLD) -> dict[str, Metric]:
    tally, guess = Tally(), Tally()
    tally.add("hand", gold, ours)
    guess.add("hand", gold, by_letters(ours))
    return {m.name: m for m in tally.metrics(guess)}


def test_the_same_grouping_is_perfect() -> None:
    assert {name: m.value for name, m in figures(GOLD).items() if m.value != 1.0} == {}


def test_only_pairs_with_other_letters_count() -> None:
    found = figures(GOLD)
    assert found["spelled-differently.recall"].cases == 2  # "Anna Berg" with either "Berg", not the two "Berg"
    assert found["spelled-differently.precision"].cases == 2
    assert found["spelled-differently.recall"].trivial == 0.0


def test_equal_letters_alone_leave_the_full_name_apart() -> None:
    found = figures(by_letters(GOLD))
    assert found["spelled-differently.recall"].value == 0.0
    assert found["b-cubed.precision"].value == 1.0
    assert found["b-cubed.recall"].value == round((1 / 3 + 2 / 3 + 2 / 3 + 1) / 4, 4)
    assert found["b-cubed.f1"].trivial == found["b-cubed.f1"].value


def test_misses_and_spurious_names_cost() -> None:
    found = figures([ANNA[0], ANNA[1], Spelled(50, 55, "ORG", "x", "Hafen")])
    assert found["b-cubed.recall"].value == round((2 / 3 + 2 / 3) / 4, 4)
    assert found["b-cubed.precision"].value == round(2 / 3, 4)
    assert found["spelled-differently.recall"].value == 0.5
    assert found["b-cubed.ORG.precision"].value == 0.0


def test_a_wrong_merge_costs_precision_and_is_listed_first() -> None:
    merged = [*ANNA, Spelled(40, 44, "GPE", "g1", "Kiel")]
    tally = Tally()
    tally.add("hand", GOLD, merged)
    found = figures(merged)
    assert found["spelled-differently.precision"].value == 0.4  # two of five pairs
    assert found["spelled-differently.recall"].value == 1.0
    (first, *_) = tally.worst()
    assert (first.article, first.start, first.end, first.found) == ("hand", 40, 44, "PER together 0-9 (3 pairs)")


def test_gold_names_are_given_by_words_and_scored_from_the_document() -> None:
    text = "Anna Berg sprach in Kiel.\nBerg ging."
    gold = (GoldEntity("g1", "PER", "Anna Berg", (gold_mention(text, "Anna Berg"), gold_mention(text, "Berg", nth=2))),)
    owner = entity("e1", "PER", "Anna Berg")
    ours = document(text, entities=(owner,), mentions=(mention(text, "Anna Berg", owner),))
    told = given(ours, named(expected(gold).mentions, text))
    assert [[(t.start, t.end, t.kind) for t in sentence] for sentence in told] == [[(0, 2, "PER")], [(0, 1, "PER")]]
    metrics, worst = score([Case(GoldArticle("hand", gold, (), ()), ours)])
    values = {m.name: m.value for m in metrics}
    assert values["b-cubed.recall"] == 0.25
    assert values["given.b-cubed.f1"] == 1.0
    assert worst[0].found.startswith("missing")
