from pathlib import Path

import pytest

from quellenlage.evaluation.results import Metric
from quellenlage.evaluation.timex import Expression, Tally, read_tml
from quellenlage.evaluation.values import same_value

GOLD: list[Expression] = [(0, 10, "DATE", "2014-02-18"), (20, 30, "DURATION", "P3D"), (40, 45, "TIME", "2014-02-18TEV")]


def figures(found: list[Expression], gold: list[Expression] | None = None) -> dict[str, Metric]:
    tally = Tally()
    tally.add("hand", GOLD if gold is None else gold, found)
    return {m.name: m for m in tally.metrics()}


def test_the_same_expressions_are_perfect() -> None:
    assert {m.value for m in figures(GOLD).values()} == {1.0}


def test_type_and_value_rest_on_the_relaxed_match() -> None:
    found = figures([(0, 8, "DATE", "2014-02-18"), (20, 30, "SET", "P3D"), (60, 65, "DATE", "2014")])
    assert found["strict.f1"].value == round(1 / 3, 4)
    assert found["relaxed.f1"].value == round(2 / 3, 4)
    assert found["type.f1"].value == round(1 / 3, 4)
    assert found["value.f1"].value == round(2 / 3, 4)
    assert found["type-of-found.accuracy"].value == 0.5


def test_open_places_of_a_gold_value_count_only_where_asked_for() -> None:
    gold: list[Expression] = [(0, 10, "DATE", "XXXX-09-17")]
    for tally, expected in ((Tally(), 0.0), (Tally(same_value), 1.0)):
        tally.add("hand", gold, [(0, 10, "DATE", "2018-09-17")])
        assert tally.value.f1 == expected


def test_marking_nothing_is_zero() -> None:
    assert figures([])["relaxed.f1"].value == 0.0


def test_errors_are_places_and_labels() -> None:
    misses = Tally().add("hand", GOLD[:1], [(0, 10, "DATE", "2014-02"), (60, 65, "DATE", "2014")])
    assert [(m.start, m.expected, m.found) for m in misses] == [
        (60, "nothing", "DATE 2014"),
        (0, "DATE 2014-02-18", "DATE 2014-02"),
    ]


def test_timeml_offsets_are_those_of_the_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tml"
    path.write_text(
        '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2014-02-18">18.02.2014</TIMEX3></DCT><TEXT>\n'
        'Größe &amp; Maß: <TIMEX3 tid="t1" type="DATE" value="2014-02-17">gestern</TIMEX3> und '
        '<TIMEX3 tid="t2" type="DATE" value="2014"/>heute</TEXT></TimeML>',
        encoding="utf-8",
    )
    tml = read_tml(path)
    assert tml.dct == "2014-02-18"
    assert [(tml.text[a:b], kind, value) for a, b, kind, value in tml.timexes] == [("gestern", "DATE", "2014-02-17")]


def test_timeml_without_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tml"
    path.write_text("<TimeML/>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.tml"):
        read_tml(path)
