from dataclasses import replace

from tests.evaluation.evaluation_documents import document, entity, gold_mention, mention, place

from quellenlage.evaluation.entities import Known, Tally, capitalised, expected, found, score
from quellenlage.evaluation.gold import Case, GoldArticle, GoldEntity
from quellenlage.evaluation.matching import meanings, translated
from quellenlage.evaluation.results import Metric
from quellenlage.model import Document

TEXT = "Anna Berg sprach in Kiel.\nBerg lobte die Stadt.\nDer Verein Nord schwieg."
GOLD = (
    GoldEntity("g1", "PER", "Anna Berg", (gold_mention(TEXT, "Anna Berg"), gold_mention(TEXT, "Berg", nth=2))),
    GoldEntity("g2", "GPE", "Kiel", (gold_mention(TEXT, "Kiel"), gold_mention(TEXT, "Stadt", "noun"))),
    GoldEntity("g3", "ORG", "Verein Nord", (gold_mention(TEXT, "Verein Nord"),)),
)
ANNA, KIEL, VEREIN = entity("e1", "PER", "Anna Berg"), entity("e2", "GPE", "Kiel"), entity("e3", "ORG", "Verein Nord")
PERFECT = document(
    TEXT,
    entities=(ANNA, KIEL, VEREIN),
    mentions=(
        mention(TEXT, "Anna Berg", ANNA),
        mention(TEXT, "Kiel", KIEL),
        mention(TEXT, "Berg", ANNA, nth=2),
        mention(TEXT, "Stadt", KIEL, "noun"),
        mention(TEXT, "Verein Nord", VEREIN),
    ),
)


def figures(ours: Document) -> dict[str, Metric]:
    metrics, _ = score([Case(GoldArticle("hand", GOLD, (), ()), ours)])
    return {m.name: m for m in metrics}


def test_the_same_entities_are_perfect() -> None:
    assert {name: m.value for name, m in figures(PERFECT).items() if m.value != 1.0} == {}


def test_nothing_found_is_zero() -> None:
    assert {m.value for m in figures(document(TEXT)).values()} == {0.0}


def test_a_shorter_name_is_relaxed_not_strict_and_a_wrong_kind_is_neither() -> None:
    short = replace(PERFECT.mentions[0], start=place(TEXT, "Berg").start)
    typed = entity("e3", "LOC", "Verein Nord")
    ours = document(
        TEXT,
        entities=(ANNA, KIEL, typed),
        mentions=(short, *PERFECT.mentions[1:4], mention(TEXT, "Verein Nord", typed)),
    )
    found = figures(ours)
    assert found["mention.strict.f1"].value == 0.6
    assert found["mention.relaxed.f1"].value == 0.8
    assert found["mention.strict-any-kind.f1"].value == 0.8
    assert found["mention.strict.name.f1"].value == 0.75
    assert found["mention.strict.noun.f1"].value == 1.0
    assert found["entity.f1"].value == round(2 / 3, 4)
    assert found["entity.LOC.precision"].value == 0.0
    # Kinds do not matter to the grouping of mentions.
    assert found["b-cubed.f1"].value == found["ceaf.f1"].value == 1.0


def test_a_split_entity_costs_completeness_a_merged_one_purity() -> None:
    other = entity("e9", "PER", "Berg")
    split = document(
        TEXT,
        entities=(ANNA, KIEL, VEREIN, other),
        mentions=(*PERFECT.mentions[:2], mention(TEXT, "Berg", other, nth=2), *PERFECT.mentions[3:]),
    )
    assert figures(split)["b-cubed.precision"].value == 1.0
    assert figures(split)["b-cubed.recall"].value == round((0.5 + 0.5 + 3) / 5, 4)
    assert figures(split)["entity.precision"].value == 0.75
    assert figures(split)["entity.recall"].value == 1.0
    merged = document(
        TEXT,
        entities=(ANNA, VEREIN),
        mentions=tuple(replace(m, entity="e1") if m.entity == "e2" else m for m in PERFECT.mentions),
    )
    assert figures(merged)["b-cubed.recall"].value == 1.0
    assert figures(merged)["b-cubed.precision"].value == round((4 * 0.5 + 1) / 5, 4)


def test_names_are_compared_folded() -> None:
    ours = replace(PERFECT, entities=(replace(ANNA, name="ANNA BERG"), replace(KIEL, name="Kieler Stadt"), VEREIN))
    assert figures(ours)["entity-name.accuracy"].value == round(2 / 3, 4)


def test_an_entity_of_ours_means_what_it_shares_most_mentions_with() -> None:
    mixed = document(
        TEXT,
        entities=(ANNA, VEREIN),
        mentions=tuple(
            replace(m, entity="e1") if m.span in (place(TEXT, "Kiel"), place(TEXT, "Berg", 2)) else m
            for m in PERFECT.mentions
            if m.span != place(TEXT, "Stadt")
        ),
    )
    means = meanings(GOLD, mixed)
    assert means == {"e1": "g1", "e3": "g3"}
    assert translated(("e1", "e7"), means) == {"g1", "unknown:e7"}


def test_the_trivial_guess_takes_every_run_of_capitals() -> None:
    guess = capitalised("Die Chefin Anna Berg reist nach Bad Aibling, um zu reden.", "PER")
    words = ["Die Chefin Anna Berg", "Bad Aibling"]
    assert [guess.names[m.entity] for m in guess.mentions] == words


def test_tally_of_equal_sides_needs_no_document() -> None:
    tally, known = Tally(), expected(GOLD)
    tally.add(known, known)
    assert tally.entity().f1 == tally.strict.f1 == 1.0
    assert isinstance(found(PERFECT), Known)
