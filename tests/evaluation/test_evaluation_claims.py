from dataclasses import replace

from tests.evaluation.evaluation_documents import document, entity, gold_mention, mention, place

from quellenlage.evaluation.claims import pairs, score
from quellenlage.evaluation.gold import Case, GoldArticle, GoldClaim, GoldEntity
from quellenlage.evaluation.results import Metric
from quellenlage.model import Claim, Document, Evidentiality, Polarity, Span

TEXT = (
    "Anna Berg sagte dem Blatt Morgen, der Hafen werde nie wieder so groß.\n"
    "Das bestritt Uwe Stolte.\n"
    "Der Hafen soll im Mai schließen."
)
ENTITIES = (
    GoldEntity("g1", "PER", "Anna Berg", (gold_mention(TEXT, "Anna Berg"),)),
    GoldEntity("g2", "ORG", "Morgen", (gold_mention(TEXT, "Morgen"),)),
    GoldEntity("g3", "PER", "Uwe Stolte", (gold_mention(TEXT, "Uwe Stolte"),)),
)
SAID, DENIED, HEARD = (
    place(TEXT, "der Hafen werde nie wieder so groß"),
    place(TEXT, "Das bestritt Uwe Stolte"),
    place(TEXT, "Der Hafen soll im Mai schließen"),
)
GOLD = GoldArticle(
    "hand",
    ENTITIES,
    (
        GoldClaim("k1", (SAID,), (frozenset({"g1"}), frozenset({"g2"})), "asserted", "affirmed", True),
        GoldClaim("k2", (DENIED,), (frozenset({"g3"}),), "asserted", "denied", True),
        GoldClaim("k3", (HEARD,), (), "hedged", "affirmed", False),
    ),
    (),
)
ANNA, MORGEN, UWE = entity("e1", "PER", "Anna Berg"), entity("e2", "ORG", "Morgen"), entity("e3", "PER", "Uwe Stolte")


def claim(identifier: str, span: Span, chain: tuple[tuple[str, ...], ...], **other: object) -> Claim:
    made = Claim(identifier, None, (span,), chain, Evidentiality.ASSERTED, Polarity.AFFIRMED, 1.0)
    return replace(made, **other)  # type: ignore[arg-type]  # fields are checked by Claim itself


PERFECT = (
    claim("c1", SAID, (("e1",), ("e2",))),
    claim("c2", DENIED, (("e3",),), polarity=Polarity.DENIED),
    claim("c3", HEARD, (), evidentiality=Evidentiality.HEDGED),
)


def analysed(*claims: Claim) -> Document:
    return document(
        TEXT,
        entities=(ANNA, MORGEN, UWE),
        mentions=(mention(TEXT, "Anna Berg", ANNA), mention(TEXT, "Morgen", MORGEN), mention(TEXT, "Uwe Stolte", UWE)),
        claims=claims,
    )


def figures(*claims: Claim) -> dict[str, Metric]:
    metrics, _ = score([Case(GOLD, analysed(*claims))])
    return {m.name: m for m in metrics}


def test_the_same_claims_are_perfect() -> None:
    assert {name: m.value for name, m in figures(*PERFECT).items() if m.value != 1.0} == {}


def test_no_claims_are_zero() -> None:
    assert {m.value for m in figures().values()} == {0.0}


def test_what_is_right_of_all_claims_counts_the_missed_ones_too() -> None:
    found = figures(PERFECT[0], claim("c2", DENIED, (("e1",),)))
    # Two found of three; of them one with its chain, one with its polarity, both with their evidentiality.
    assert (found["found-with-chain.precision"].value, found["found-with-chain.recall"].value) == (0.5, round(1 / 3, 4))
    assert found["found-with-polarity.f1"].value == 0.4
    assert found["found-with-evidentiality.f1"].value == found["found.f1"].value == 0.8


def test_half_of_the_words_must_agree() -> None:
    # Seven tokens in the gold: three of them alone give F1 6/10, two 4/9.
    assert figures(claim("c1", place(TEXT, "der Hafen werde"), ()))["found.recall"].value == round(1 / 3, 4)
    assert figures(claim("c1", place(TEXT, "der Hafen"), ()))["found.recall"].value == 0.0


def test_links_and_informants_are_scored_apart() -> None:
    found = figures(claim("c1", SAID, (("e1",),)), claim("c2", DENIED, (("e1",),)), claim("c3", HEARD, (("e3",),)))
    assert found["chain-exact.accuracy"].value == 0.0
    assert found["informant.accuracy"].value == round(1 / 3, 4)
    assert found["chain-links.precision"].value == round(1 / 3, 4)
    assert found["chain-links.recall"].value == round(1 / 3, 4)
    assert found["found-with-chain.f1"].value == 0.0


def test_joint_speakers_are_one_link() -> None:
    joint = figures(claim("c2", DENIED, (("e3", "e1"),)))
    assert joint["chain-exact.accuracy"].value == 0.0
    assert joint["chain-links.f1"].value == 0.0


def test_trivial_chain_is_the_best_of_nobody_the_person_before_and_the_speaker_alone() -> None:
    found = figures(*PERFECT)
    # The empty chain is right once, our speakers without their relays twice. Anna Berg, named before all claims, is the
    # informant of one, never a whole chain.
    assert found["chain-exact.accuracy"].trivial == round(2 / 3, 4)
    assert found["informant.accuracy"].trivial == round(1 / 3, 4)


def test_labels_stand_beside_the_majority() -> None:
    found = figures(*(replace(c, evidentiality=Evidentiality.ASSERTED) for c in PERFECT))
    accuracy = found["evidentiality.accuracy"]
    assert accuracy.value == accuracy.trivial == round(2 / 3, 4)
    assert found["evidentiality.hedged.recall"].value == 0.0
    assert found["polarity.denied.f1"].value == 1.0


def test_recall_of_quoted_and_unquoted_claims() -> None:
    found = figures(PERFECT[2])
    assert found["found.quoted.recall"].value == 0.0
    assert found["found.unquoted.recall"].value == 1.0


def test_a_claim_is_used_once() -> None:
    whole = claim("c1", Span(0, len(TEXT)), ())
    assert len(pairs(Case(GOLD, analysed(whole, PERFECT[0])))) == 1


def test_errors_name_places_and_ids_only() -> None:
    _, misses = score([Case(GOLD, analysed(PERFECT[0], claim("c2", DENIED, (("e1",),))))])
    assert {(m.start, m.expected, m.found) for m in misses} == {
        (HEARD.start, "hedged", "nothing"),
        (DENIED.start, "chain g3", "chain g1"),
    }
