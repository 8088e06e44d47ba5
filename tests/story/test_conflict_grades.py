"""How serious a conflict is: figures, days, denials; what replaces what; what a person settles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.story.test_story import ONE, TWO, accusation, attack, linked

from quellenlage.model import (
    Account,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Evidence,
    Factuality,
    Figure,
    Member,
    Side,
    Verdict,
    in_force,
    make_judgement,
)
from quellenlage.story import tell
from quellenlage.story.conflicts import make_conflict, told_once
from quellenlage.story.figures import Told, apart, differ

MONDAY, WEDNESDAY = date(2021, 3, 8), date(2021, 3, 10)


def told(
    words: str, low: float | None, high: float | None, origin: str = "a", day: date | None = MONDAY, before: str = ""
) -> Told:
    quoted = Evidence(f"art-{origin}-{day}", "0" * 64, 0, len(words), words, before)
    figure = Figure("Tote", low, high, quoted)
    member = Member(quoted.article, "v1")
    return Told(Account(member, quoted, Factuality.HAPPENED, (), origin, figures=(figure,)), figure, day)


@pytest.mark.parametrize(
    ("one", "other", "grade", "reason"),
    [
        (told("14", 14, 14), told("mindestens 12", 12, None, "b"), ConflictGrade.PRECISION, "within"),
        (told("14", 14, 14), told("17", 17, 17, "a", WEDNESDAY), None, "update"),
        (told("14", 14, 14), told("17", 17, 17, "b", WEDNESDAY), ConflictGrade.TENSION, "reported-later"),
        (told("rund 20", 18, 22), told("17", 17, 17, "b"), ConflictGrade.TENSION, "close"),
        (told("40", 40, 40), told("61", 61, 61, "b"), ConflictGrade.CONTRADICTION, "apart"),
        (told("17", 17, 17), told("14", 14, 14, "a", WEDNESDAY), ConflictGrade.CONTRADICTION, "apart"),
    ],
)
def test_figures_are_graded(one: Told, other: Told, grade: ConflictGrade | None, reason: str) -> None:
    found = differ(one, other, "DEATH")
    assert found is not None
    assert (found.grade, found.reason) == (grade, reason)


def test_a_figure_says_itself_that_it_replaces_another() -> None:
    new = told("siebzehn", 17, 17, "b", MONDAY, before="inzwischen sind es ")
    old = told("zwölf", 12, 12, "b", MONDAY)
    found = differ(new, old, "DEATH")
    assert found is not None
    assert found.grade is None


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_apart_is_symmetric_and_never_true_of_ranges_that_share_a_number(a: int, b: int, c: int, d: int) -> None:
    one, other = told("x", min(a, b), max(a, b)).figure, told("y", min(c, d), max(c, d)).figure
    assert apart(one, other) == apart(other, one)
    assert apart(one, other) != (max(min(a, b), min(c, d)) <= min(max(a, b), max(c, d)))


def test_the_injured_and_a_part_are_no_other_figure_for_the_dead() -> None:
    injured = "Bei dem Angriff auf den Nordbund in Kalt-Hafen wurden 31 Menschen verletzt."
    part = "Nach dem Angriff auf den Nordbund in Kalt-Hafen waren unter den Toten, darunter neun Menschen aus Dorwa."
    documents = [
        attack(1, ONE, "Bote", figure=("mindestens 30 Menschen", 40, 40, "Mensch")),
        attack(2, injured, "Kurier", figure=("31 Menschen", 31, 31, "Mensch")),
        attack(3, part, "Blatt", figure=("neun Menschen", 9, 9, "Mensch")),
    ]
    assert tell(documents, linked(documents), ()).conflicts == ()


def test_neighbouring_days_strain_and_distant_ones_contradict() -> None:
    text = "Marek Toldin führte einen Angriff auf den Nordbund in Kalt-Hafen"
    for day, grade in (("2021-03-12", ConflictGrade.TENSION), ("2021-03-13", ConflictGrade.CONTRADICTION)):
        documents = [
            attack(1, f"{text} am Donnerstag.", "Bote", actors=["Marek Toldin"]),
            attack(2, f"{text} später.", "Kurier", actors=["Marek Toldin"], time=day),
        ]
        (conflict,) = tell(documents, linked(documents), ()).conflicts
        assert (conflict.kind, conflict.grade) == (ConflictKind.TIME, grade)


def test_a_settled_conflict_keeps_its_reason_outlasts_new_articles_and_comes_back_by_undo() -> None:
    documents = [accusation(1, "Bote")]
    (conflict,) = tell(documents, linked(documents), ()).conflicts
    assert conflict.settled == ""
    settle = make_judgement(
        Verdict.SETTLE, conflict.id, made_at="2021-04-01T00:00:00Z", author="test", note="Gericht hat entschieden"
    )
    documents.append(accusation(2, "Kurier"))
    (after,) = tell(documents, linked(documents), in_force([settle])).conflicts
    assert (after.id, after.settled) == (conflict.id, "Gericht hat entschieden")
    undo = make_judgement(Verdict.UNDO, settle.id, made_at="2021-04-02T00:00:00Z", author="test")
    (back,) = tell(documents, linked(documents), in_force([settle, undo])).conflicts
    assert back.settled == ""


def test_the_serious_come_first_and_the_settled_last() -> None:
    documents = [
        attack(1, ONE, "Bote", word_of="Ilse Brandner", figure=("mindestens 30 Menschen", 30, None, "Mensch")),
        attack(2, TWO, "Kurier", word_of="Marek Toldin", time="2021-03-12", actors=["Marek Toldin"],
               figure=("zwölf Menschen", 12, 12, "Mensch")),
    ]  # fmt: skip
    found = tell(documents, linked(documents), ()).conflicts
    grades = [list(ConflictGrade).index(c.grade) for c in found]
    assert grades == sorted(grades)
    note = make_judgement(Verdict.SETTLE, found[0].id, made_at="2021-04-01", author="test", note="x")
    assert tell(documents, linked(documents), [note]).conflicts[-1].id == found[0].id


def test_what_one_event_and_several_others_disagree_about_is_one_conflict() -> None:
    within, beside = told("10", 10, 10), told("12", 12, 12, "b")
    perhaps = told("6", 6, 6, "c")

    def conflict(grade: ConflictGrade, reason: str, *sides: Told) -> Conflict:
        listed = [Side(t.figure.evidence.exact, t.figure.evidence, (), t.account.origin) for t in sides]
        return make_conflict("evt-1", ConflictKind.NUMBER, "Tote", listed, (grade, (reason,)))

    apart_from = conflict(ConflictGrade.TENSION, "figures:close", within, perhaps)
    firm = conflict(ConflictGrade.CONTRADICTION, "figures:apart", within, beside)
    elsewhere = make_conflict("evt-2", firm.kind, firm.about, firm.sides, (firm.grade, firm.reasons))
    once = told_once([apart_from, firm, elsewhere])
    assert [c.id for c in once] == [firm.id, elsewhere.id]
    assert [side.value for side in once[0].sides] == ["10", "6", "12"]
    assert once[0].grade is ConflictGrade.CONTRADICTION
    assert once[0].reasons == ("figures:close", "figures:apart")
