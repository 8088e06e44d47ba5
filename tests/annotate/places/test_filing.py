from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.annotate.places.filing import MOST, Filed, Noted, Standing
from quellenlage.model import EntityKind, Mention
from quellenlage.places import Candidate, Place
from quellenlage.places.ranking import points

LENGTH, SENTENCE = 8, 16
"""Code points of a word and of a sentence of two words."""
TOWNS = [
    Candidate(Place(f"t:{code}", code, (code,), 1.0, 1.0, 5.0, "settlement", "", 1000), 1.0, ((1.0, 1.0),))
    for code in ("DE", "FR", "XX")
]


def noted_at(number: int, word: str, weight: float, entity: str | None, *, adjective: bool) -> Noted:
    start = number * LENGTH
    town = TOWNS[len(word) % len(TOWNS)]
    return Noted(
        start, start + 5, start // SENTENCE, word, points([town]), town, weight, entity=entity, adjective=adjective
    )


def mention_at(number: int, entity: str) -> Mention:
    start = number * LENGTH
    return Mention(f"m{number}", start, start + 5, EntityKind.GPE, "name", entity)


def asked_at(numbers: Sequence[int]) -> Standing:
    mentions = [mention_at(number, "own") for number in numbers]
    return Standing(mentions, [m.start // SENTENCE for m in mentions])


def weightiest(noted: Sequence[Noted], asked: Standing) -> list[tuple[str, bool, float, int]]:
    """The words that weigh most, of all notes, each with the note that makes it weigh so much."""
    found: dict[str, tuple[str, bool, float, int]] = {}
    for one in noted:
        weight = one.weighs(asked.distance(one.sentence))
        attached = any((one.start + m.start) % 3 == 0 for m in asked.near(one))
        known = found.get(one.word)
        if known is None or (attached, weight) > known[1:3]:
            found[one.word] = (one.word, attached, weight, one.start)
    return list(found.values())


NOTES = st.lists(
    st.tuples(
        st.integers(0, 160),
        st.integers(0, 90).map(lambda n: "w" * (n % 3) + str(n)),
        st.sampled_from((1.0, 0.8, 0.75, 0.6, 0.4)),
        st.sampled_from((None, "own", "other")),
        st.booleans(),
    ),
    max_size=120,
)


@settings(max_examples=300)
@given(NOTES, st.lists(st.integers(0, 160), min_size=1, max_size=4))
def test_what_is_offered_holds_the_weightiest_of_all(
    rows: list[tuple[int, str, float, str | None, bool]], numbers: list[int]
) -> None:
    noted = [noted_at(at, word, weight, entity, adjective=adj) for at, word, weight, entity, adj in rows]
    asked = asked_at(numbers)
    every = [one for one in noted if one.entity != "own" and not asked.cover(one.start)]
    plain = sorted(weightiest(every, asked), key=lambda f: (not f[1], -f[2]))[:MOST]
    offered, places = Filed(noted).about(asked, "own")
    assert sorted(weightiest(offered, asked), key=lambda f: (not f[1], -f[2], places[f[0]]))[:MOST] == plain


@given(NOTES)
def test_how_much_lies_at_home_is_the_mean_over_the_words(
    rows: list[tuple[int, str, float, str | None, bool]],
) -> None:
    noted = [noted_at(at, word, weight, entity, adjective=adj) for at, word, weight, entity, adj in rows]
    told = {one.word: float(one.top.place.states == ("DE",)) for one in noted if one.entity != "own"}
    mean = max(0.2, sum(told.values()) / len(told)) if told else 1.0
    assert Filed(noted).home("own") == pytest.approx(mean)


def test_a_name_asks_no_more_notes_the_more_towns_an_article_lists() -> None:
    asked = asked_at([50])
    many, more = (
        len(Filed([noted_at(n, f"t{n}", 1.0, f"e{n}", adjective=False) for n in range(count)]).about(asked, "e50")[0])
        for count in (500, 5000)
    )
    assert many == more <= 2 * MOST
