from dataclasses import replace
from datetime import date

from tests.evaluation.evaluation_documents import document, entity, gold_mention, mention, place

from quellenlage.evaluation.events import score
from quellenlage.evaluation.gold import Case, GoldArticle, GoldClaim, GoldEntity, GoldEvent, GoldQuantity, nearest
from quellenlage.evaluation.results import Metric
from quellenlage.model import (
    Claim,
    Document,
    EventMention,
    Evidentiality,
    Factuality,
    Polarity,
    Quantity,
    Span,
)

TEXT = "Anna Berg traf Uwe Stolte in Kiel, laut Polizei.\nMindestens 40 Gäste kamen.\nIn Kiel brannte ein Haus."
NAMES = (("1", "PER", "Anna Berg"), ("2", "PER", "Uwe Stolte"), ("3", "GPE", "Kiel"))
ENTITIES = tuple(GoldEntity(f"g{n}", kind, name, (gold_mention(TEXT, name),)) for n, kind, name in NAMES)
OURS = tuple(entity(f"e{n}", kind, name) for n, kind, name in NAMES)
MET, FIRE, GUESTS = place(TEXT, "traf"), place(TEXT, "brannte"), place(TEXT, "Mindestens 40 Gäste")
FIRST, LAST = Span(0, TEXT.index("\n")), Span(TEXT.rindex("\n") + 1, len(TEXT))
CLAIM = Claim("c1", None, (FIRST,), (), Evidentiality.ASSERTED, Polarity.AFFIRMED, 1.0)
GOLD = GoldArticle(
    "hand",
    ENTITIES,
    (GoldClaim("k1", (FIRST,), (), "asserted", "affirmed", False),),
    (
        GoldEvent(
            "v1", "CONSULT", MET, frozenset({"g1", "g2"}), frozenset(), "g3", "2019-03-12", "happened", "k1",
            (GoldQuantity(GUESTS, 40, None),),
        ),
        GoldEvent("v2", "DISASTER", FIRE, frozenset(), frozenset(), "g3", None, "happened", "author", ()),
    ),
)  # fmt: skip
MEETING = EventMention(
    "v1", "CONSULT", MET, FIRST, ("e1", "e2"), (), "e3", "2019-03-12", date(2019, 3, 12), date(2019, 3, 12),
    word_of="c1", quantities=(Quantity(GUESTS.start, GUESTS.end, 40, None, "Gast"),),
)  # fmt: skip
BURNING = EventMention("v2", "DISASTER", FIRE, LAST, place="e3")


def analysed(*events: EventMention) -> Document:
    mentions = tuple(mention(TEXT, name.name, name) for name in OURS)
    return document(TEXT, entities=OURS, mentions=mentions, claims=(CLAIM,), events=events)


def figures(*events: EventMention) -> dict[str, Metric]:
    metrics, _ = score([Case(GOLD, analysed(*events))])
    return {m.name: m for m in metrics}


def test_the_same_events_are_perfect() -> None:
    # Nobody undergoes anything here, so that recipients have no figure.
    imperfect = {name for name, m in figures(MEETING, BURNING).items() if m.value != 1.0}
    assert imperfect == {"recipients.precision", "recipients.recall", "recipients.f1"}


def test_nothing_found_is_zero() -> None:
    assert {m.value for m in figures().values()} == {0.0}


def test_type_and_place_of_the_trigger() -> None:
    beside = place(TEXT, "Haus")
    found = figures(replace(MEETING, event_type="AGREE"), replace(BURNING, trigger=beside))
    assert found["found.f1"].value == 0.0
    assert found["found-in-sentence.f1"].value == 0.5
    assert found["trigger.f1"].value == 0.5
    assert found["found.AGREE.precision"].value == 0.0


def test_a_further_place_of_the_same_event_counts() -> None:
    elsewhere = replace(
        BURNING, trigger=place(TEXT, "kamen"), sentence=Span(FIRST.end + 1, LAST.start - 1), also=(FIRE,)
    )
    assert figures(elsewhere)["found.DISASTER.f1"].value == 1.0


def test_participants_by_role() -> None:
    found = figures(replace(MEETING, actors=("e1",), recipients=("e2", "e3")))
    assert (found["actors.precision"].value, found["actors.recall"].value) == (1.0, 0.5)
    assert found["recipients.f1"].value == 0.0
    assert (found["participants.precision"].value, found["participants.recall"].value) == (round(2 / 3, 4), 1.0)


def test_place_and_time_left_open_are_right_only_where_the_gold_leaves_them_open() -> None:
    found = figures(replace(MEETING, place=None, time=None), replace(BURNING, place=None))
    assert (found["place.accuracy"].value, found["place.accuracy"].trivial) == (0.0, 0.0)
    assert (found["time.accuracy"].value, found["time.accuracy"].trivial) == (0.5, 0.5)
    assert found["time.recall"].value == 0.0
    assert found["time-interval-contains.recall"].value == 1.0


def test_a_wider_interval_contains_but_is_not_the_value() -> None:
    march = replace(MEETING, time="2019-03", earliest=date(2019, 3, 1), latest=date(2019, 3, 31))
    assert figures(march)["time.f1"].value == 0.0
    assert figures(march)["time-interval-contains.recall"].value == 1.0


def test_factuality_and_on_whose_word() -> None:
    found = figures(replace(MEETING, factuality=Factuality.ALLEGED, word_of="author"), BURNING)
    assert found["factuality.accuracy"].value == 0.5
    assert found["word-of.accuracy"].value == 0.5
    assert found["word-of-same-claim.accuracy"].cases == 0


def test_a_number_with_another_range_is_found_but_not_right() -> None:
    exact = replace(MEETING, quantities=(Quantity(GUESTS.start, GUESTS.end, 40, 40, "Gast"),))
    assert figures(exact)["quantities.f1"].value == 0.0
    assert figures(exact)["quantities-any-range.f1"].value == 1.0


def test_what_is_right_of_all_events_counts_the_missed_ones_too() -> None:
    found = figures(replace(MEETING, actors=("e1",), recipients=("e2",), time="2019"))
    assert found["all-events.factuality.f1"].value == round(2 / 3, 4)
    assert found["all-events.time.f1"].value == 0.0
    # Of two actors one; the other in the wrong role. Of two places one.
    assert found["all-events.participants.f1"].value == 0.5
    assert (found["all-events.place.precision"].value, found["all-events.place.recall"].value) == (1.0, 0.5)
    assert found["all-events.quantities.f1"].value == 1.0
    assert figures(BURNING)["all-events.quantities.recall"].value == 0.0


def test_errors_are_labels_and_places() -> None:
    _, misses = score([Case(GOLD, analysed(replace(MEETING, event_type="AGREE")))])
    assert [(m.start, m.expected, m.found) for m in misses] == [
        (FIRE.start, "DISASTER", "nothing"),
        (MET.start, "CONSULT", "AGREE"),
    ]


def test_numbers_without_offsets_are_looked_for_near_the_trigger() -> None:
    assert nearest("40 Gäste, dann kamen 40 Gäste", "40 Gäste", 15) == Span(21, 29)
    assert nearest("40 Gäste", "", 0) is None
    assert nearest("40 Gäste", "50 Gäste", 0) is None
