from __future__ import annotations

from quellenlage.model import PlaceReading
from quellenlage.places import Clue, candidates, place_key, rank
from quellenlage.places.ranking import ELSEWHERE, points


def clue(name: str, weight: float = 1.0, *, attached: bool = False) -> Clue:
    return Clue(name, points(candidates(name)), weight, attached)


def test_without_clues_the_largest_of_the_name() -> None:
    assert rank(candidates("Birmingham"), [])[0].candidate.place.states == ("GB",)


def test_a_town_close_by_decides() -> None:
    assert rank(candidates("Birmingham"), [clue("Montgomery"), clue("Alabama")])[0].candidate.place.states == ("US",)


def test_a_river_decides() -> None:
    best = rank(candidates("Halle"), [clue("Saale")])[0].candidate.place
    assert best.name == "Halle (Saale)"
    assert rank(candidates("Perth"), [clue("Tay")])[0].candidate.place.states == ("GB",)


def test_a_word_of_the_full_name_decides() -> None:
    best = rank(candidates("Neustadt"), [], words=frozenset({"aisch", "neustadt"}))[0]
    assert best.candidate.place.name == "Neustadt an der Aisch"
    assert "own-word:aisch" in best.reasons


def test_the_noun_before_the_name_decides() -> None:
    best = rank(candidates("Luxemburg"), [], kind=frozenset({"settlement"}))[0]
    assert best.candidate.place.precision == "settlement"


def test_what_stands_at_the_name_speaks_against_what_lies_elsewhere() -> None:
    best = rank(candidates("Damaskus"), [clue("Brasilien", attached=True)])[0]
    assert ELSEWHERE in best.reasons


def test_shares_add_up_and_reasons_name_the_clue() -> None:
    ranked = rank(candidates("Tripolis"), [clue("Peloponnes")])
    assert abs(sum(r.share for r in ranked) - 1) < 0.01
    assert ranked[0].candidate.place.states == ("GR",)
    assert "with:peloponnes" in ranked[0].reasons


def test_a_key_only_for_what_is_sure() -> None:
    sure = PlaceReading("e1", None, "place", ("SY",), "gn:1", "X", 1.0, 2.0, 3.0, "settlement", 0.9)
    unsure = PlaceReading("e1", None, "place", ("SY",), "gn:1", "X", 1.0, 2.0, 3.0, "settlement", 0.5)
    none = PlaceReading("e1", None, "none", key="gn:1", score=0.9)
    assert [place_key(reading) for reading in (sure, unsure, none)] == ["gn:1", None, None]
