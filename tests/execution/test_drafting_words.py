from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.evaluation import data
from quellenlage.execution.drafting.days import Day, same_day
from quellenlage.execution.drafting.numbers import numbers_of
from quellenlage.execution.drafting.opposites import against, opposed
from quellenlage.execution.drafting.reading import cut, marks_in
from quellenlage.execution.drafting.stems import stem
from quellenlage.execution.drafting.wordwise import align, words_of
from quellenlage.model import DateInterval, Span

WORDS = st.lists(st.sampled_from("wir haben nicht den hafen verlassen und sie auch".split()), max_size=12)


@given(WORDS.filter(bool), WORDS)
def test_an_alignment_covers_all_of_the_draft_in_order(draft: list[str], archive: list[str]) -> None:
    found = align(draft, archive)
    mine = [n for step, (a, b), _ in found.steps if step != "archive" for n in range(a, b)]
    theirs = [n for step, _, (a, b) in found.steps if step != "draft" for n in range(a, b)]
    assert mine == list(range(len(draft)))
    assert theirs == list(range(found.first, found.last))
    assert 0 <= found.cost <= len(draft)
    same = [(draft[a:b], archive[c:d]) for step, (a, b), (c, d) in found.steps if step == "both"]
    assert all(one == other for one, other in same)


@given(WORDS, WORDS.filter(bool), WORDS)
def test_what_stands_there_word_for_word_costs_nothing(before: list[str], draft: list[str], after: list[str]) -> None:
    found = align(draft, [*before, *draft, *after])
    assert found.cost == 0.0
    assert found.kept == len(draft)


def test_no_words_cannot_be_aligned() -> None:
    with pytest.raises(ValueError, match="no words"):
        align([], ["wir"])


@given(st.text(max_size=60))
def test_words_are_slices_of_their_text(text: str) -> None:
    found = words_of(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(alphabet="ab \n", max_size=300), st.integers(min_value=1, max_value=200))
def test_a_long_text_is_cut_within_the_limit(text: str, most: int) -> None:
    end = cut(text, most)
    assert end == len(text) if len(text) <= most else 0 < end <= most


@given(st.text(alphabet='a „“»«"\n', max_size=40))
def test_marks_hold_what_is_between_them(text: str) -> None:
    spans = marks_in(text)
    assert all(0 < s.start < s.end < len(text) for s in spans)


@pytest.mark.parametrize(
    ("one", "other", "alike", "meets"),
    [
        ("Mehr als 400 Soldaten kamen.", "Es kamen 380 Soldaten.", True, False),
        ("Mehr als 400 Soldaten kamen.", "Es kamen 450 Soldaten.", True, True),
        ("Rund 1000 Soldaten kamen.", "Es kamen 950 Soldaten.", True, True),
        ("Höchstens 500 Frauen kommen.", "Höchstens 200 Frauen kommen.", True, False),
        ("14 Menschen starben.", "Es gab 14 Tote.", True, True),
        ("14 Menschen starben.", "14 Menschen wurden verletzt.", False, True),
        ("80 Millionen Taler wurden gezahlt.", "80.000.000 Taler wurden gezahlt.", True, True),
        ("800 Mann landeten.", "600 Schiffe landeten.", False, False),
    ],
)
def test_numbers_are_ranges_of_what_they_count(one: str, other: str, alike: bool, meets: bool) -> None:
    (mine,), (theirs,) = (numbers_of(data.analysed(t, None), Span(0, len(t))) for t in (one, other))
    assert mine.counts_like(theirs) is alike
    assert mine.meets(theirs) is meets
    assert mine.span.of(one)


def test_what_is_open_to_one_side_excludes_only_what_lies_beyond() -> None:
    texts = ("Mindestens 400 Soldaten kamen.", "Mehr als 900 Soldaten kamen.", "Höchstens 200 Soldaten kamen.")
    least, more, most = (numbers_of(data.analysed(t, None), Span(0, len(t)))[0] for t in texts)
    assert not least.meets(more)
    assert not least.excludes(more)
    assert more.excludes(most)


def test_days_are_no_numbers() -> None:
    text = "Am 17. September 2018 um 14 Uhr kamen 600 Soldaten."
    assert [n.span.of(text) for n in numbers_of(data.analysed(text, None), Span(0, len(text)))] == ["600 Soldaten"]


def day(value: str, words: str, *, guessed: bool = False) -> Day:
    return Day(Span(0, 1), value, DateInterval.parse(value), words, guessed)


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (day("2022-11", "november 2022"), day("2022-11-23", "am mittwoch"), True),
        (day("2023-02", "februar 2023"), day("2022-11-23", "am mittwoch"), False),
        (day("2024-05-31", "ende mai", guessed=True), day("2020-05-31", "ende mai"), True),
        (day("2024-06-30", "30 juni", guessed=True), day("2023-12-31", "31 dezember"), False),
        (day("2024-01-30", "am dienstag", guessed=True), day("2022-05-04", "mittwochabend"), None),
        (day("2024-01-30", "am dienstag", guessed=True), day("2022-05-03", "dienstag"), True),
        (day("2024-01-30", "am dienstag", guessed=True), day("2024-01-31", "am mittwoch"), False),
    ],
)
def test_a_day_without_a_year_can_be_of_any(mine: Day, theirs: Day, same: bool | None) -> None:
    assert same_day(mine, theirs) is same


def test_forms_of_a_word_have_one_stem() -> None:
    assert stem("einigung") == stem("einigen")
    assert stem("soldaten") == stem("soldat")


def test_opposites_stand_on_two_sides() -> None:
    assert opposed("zustimmen", "ablehnen")
    assert opposed("freisprechen", "verurteilen")
    assert not opposed("zustimmen", "billigen")
    assert not opposed("hafen", "ablehnen")
    assert against(frozenset({"stimmen", "gegen"})) is True
    assert against(frozenset({"dafuer"})) is False
    assert against(frozenset({"fuer", "gegen"})) is None
