from tests.evaluation.evaluation_documents import article

from quellenlage.evaluation.quotations import ROLES, Roles, Tally, found_quotations, gold_quotations, paired
from quellenlage.evaluation.results import Metric
from quellenlage.model import Document, Quotation, QuotationType, Span


def roles(type_: str, **tokens: set[int]) -> Roles:
    return Roles(type_, {role: frozenset(tokens.get(role, ())) for role in ROLES}, frozenset({"speech"}))


def figures(gold: list[Roles], found: list[Roles], tokens: int = 20) -> dict[str, Metric]:
    tally = Tally()
    tally.add(gold, found, tokens)
    return {m.name: m for m in tally.metrics()}


GOLD = [
    roles("direct", quote={0, 1, 2, 3}, speaker={5}, cue={4}, frame={4, 5}),
    roles("indirect", quote={10, 11}, speaker={8}, cue={9}, frame={8, 9}),
]


def test_the_same_quotations_are_perfect() -> None:
    found = figures(GOLD, GOLD)
    for role in ("quote", "speaker", "cue", "frame", "joint"):
        assert found[f"{role}.f1"].value == 1.0
    assert found["found.direct.f1"].value == found["found.indirect.f1"].value == found["medium.accuracy"].value == 1.0


def test_role_nobody_has_is_left_out_of_the_macro_mean() -> None:
    assert figures(GOLD, GOLD)["addressee.macro-f1"].cases == 0


def test_nothing_found_is_zero() -> None:
    found = figures(GOLD, [])
    assert found["joint.f1"].value == 0.0
    assert found["quote.recall"].value == 0.0


def test_token_level_figures_by_hand() -> None:
    ours = [roles("direct", quote={0, 1, 2, 3, 4, 6}, speaker={6}, cue={4}), roles("direct", quote={15, 16})]
    found = figures(GOLD, ours)
    # quote: 4 of the 8 found tokens are right, 4 of the 6 wanted are found.
    assert (found["quote.precision"].value, found["quote.recall"].value) == (0.5, round(4 / 6, 4))
    assert (found["speaker.precision"].value, found["speaker.recall"].value) == (0.0, 0.0)
    assert (found["cue.precision"].value, found["cue.recall"].value) == (1.0, 0.5)
    # joint: 4 + 1 hits; 6 + 1 + 1 + 2 found; 4 + 1 + 1 + 2 and 2 + 1 + 1 + 2 wanted.
    assert (found["joint.precision"].value, found["joint.recall"].value) == (0.5, round(5 / 14, 4))
    assert (found["found.direct.precision"].value, found["found.direct.recall"].value) == (0.5, 1.0)


def test_another_type_is_found_but_not_under_its_type() -> None:
    found = figures(GOLD[:1], [roles("reported", quote={0, 1, 2, 3})])
    assert found["found.f1"].value == 1.0
    assert found["found.direct.f1"].value == found["found.reported.f1"].value == 0.0


def test_pairs_are_one_to_one() -> None:
    assert paired(GOLD[:1], [roles("direct", quote={0, 1}), roles("direct", quote={0, 1, 2})]) == [(0, 1)]


def test_the_trivial_quotation_is_the_whole_article() -> None:
    found = figures(GOLD, GOLD, tokens=20)
    # It can be paired with one of the two only: 4 of 20 tokens right, of 6 wanted.
    assert found["quote.f1"].trivial == round(2 * 4 / (20 + 6), 4)


def test_macro_is_the_mean_over_articles() -> None:
    tally = Tally()
    tally.add(GOLD[:1], GOLD[:1], 20)
    tally.add(GOLD[1:], [], 20)
    assert {m.name: m.value for m in tally.metrics()}["quote.macro-f1"] == 0.5


def test_ours_are_put_on_the_tokens_of_the_data() -> None:
    text = "„Ja“, sagte er."
    tokens = [{"charBegin": a, "charEnd": b} for a, b in [(0, 1), (1, 3), (3, 4), (4, 5), (6, 11), (12, 14), (14, 15)]]
    ours = Quotation(
        "q1", QuotationType.DIRECT, "speech", quote=(Span(1, 3),), cue=(Span(6, 11),), speaker=(Span(12, 14),)
    )
    found = found_quotations(Document(article(text), quotations=(ours,)), tokens)
    assert found[0].tokens["quote"] == {1}
    assert found[0].tokens["cue"] == {4}
    assert found[0].tokens["speaker"] == {5}
    assert found[0].joint() == {("quote", 1), ("cue", 4), ("speaker", 5)}


def test_gold_types_and_media_are_read() -> None:
    empty: dict[str, dict[str, list[int]]] = {role: {"tokenIds": []} for role in ROLES}
    read = [
        gold_quotations({"annotations": [{**empty, "type": type_, "medium": medium}]})[0]
        for type_, medium in [("IndirectFreeIndirect", "SW"), ("Direct", "Speech"), ("Reported", "none")]
    ]
    assert [(r.type, sorted(r.media)) for r in read] == [
        ("indirect_free_indirect", ["speech", "writing"]),
        ("direct", ["speech"]),
        ("reported", []),
    ]
