"""A denial is told once, and who denies how something went does not deny that it did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quellenlage.model import (
    Account,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Event,
    Evidence,
    Factuality,
    Member,
    Side,
)
from quellenlage.story.conflicts import by_weight, find_conflicts, make_conflict
from quellenlage.story.denials import Denied, joined
from quellenlage.story.rejections import denies_manner, denying_word

TOLD = "Die Minister sprachen am Montag in Bonn miteinander."
DENIED = "Tamm bestritt das Gespräch."
MANNER = "Tamm bestritt, dass das Gespräch ohne Ergebnis geendet habe."


def quoted(article: str, text: str, start: int = 0) -> Evidence:
    return Evidence(f"art-{article}", "0" * 64, start, start + len(text), text, "", "")


def side(value: Factuality, article: str, text: str) -> Side:
    return Side(str(value), quoted(article, text))


def conflict(about: str, *sides: Side, event: str = "evm-1") -> Conflict:
    return make_conflict(event, ConflictKind.HAPPENED, about, sides, (ConflictGrade.CONTRADICTION, ("denied",)))


HAPPENED, NOT = side(Factuality.HAPPENED, "a", TOLD), side(Factuality.DENIED, "b", DENIED)


def account(article: str, factuality: Factuality, text: str) -> Account:
    return Account(Member(f"art-{article}", "v1"), quoted(article, text), factuality, (), f"org-{article}")


def test_one_denial_of_one_event_is_told_once_and_the_one_with_more_sides_stays() -> None:
    more = conflict("denial", HAPPENED, NOT, side(Factuality.HAPPENED, "c", TOLD))
    assert by_weight([conflict("", HAPPENED, NOT), more]) == [more]
    assert by_weight([more, conflict("", HAPPENED, NOT)]) == [more]


def test_the_graver_stays_and_what_a_person_settled_does_too() -> None:
    grave, other = conflict("", HAPPENED, NOT), conflict("denial", HAPPENED, NOT)
    mild = replace(other, grade=ConflictGrade.TENSION)
    assert by_weight([mild, grave]) == [grave]
    settled = replace(mild, settled="geklärt")
    assert by_weight([settled, grave]) == [settled]


def test_another_denial_another_event_and_another_matter_stay() -> None:
    elsewhere = conflict("denial", HAPPENED, side(Factuality.DENIED, "d", DENIED))
    other = conflict("denial", HAPPENED, NOT, event="evm-2")
    headline = conflict("headline", HAPPENED, NOT)
    found = [conflict("", HAPPENED, NOT), elsewhere, other, headline]
    assert len(by_weight(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        (MANNER, True),
        ("Dass das Gespräch im Streit geendet habe, dementierte er.", True),
        ("Die Polizei wies zurück, dass die Kundgebung gewaltsam verlaufen sei.", True),
        ("Er widersprach der Darstellung, dass die Übung schlecht gelaufen ist.", True),
        ("Er wies darauf hin, dass das Gespräch ohne Ergebnis geendet habe.", False),
        (DENIED, False),
        ("Tamm bestritt, dass es ein Gespräch gegeben habe.", False),
        ("Das Gespräch endete ohne Ergebnis.", False),
    ],
)
def test_who_denies_how_it_went_is_told_by_the_verb_of_the_clause(text: str, manner: bool) -> None:
    assert denies_manner(text) is manner


def test_the_denying_word_is_one_of_the_text() -> None:
    assert denying_word(MANNER) == "bestritt"
    assert denying_word(TOLD) == ""


def test_a_talk_whose_outcome_is_denied_is_not_denied() -> None:
    event = Event(
        id="evm-1",
        event_type="CONSULT",
        accounts=(account("a", Factuality.HAPPENED, TOLD), account("b", Factuality.DENIED, MANNER)),
    )
    (found,) = find_conflicts(event, {})
    assert (found.about, found.grade) == ("course", ConflictGrade.TENSION)
    plain = replace(event, accounts=(event.accounts[0], account("b", Factuality.DENIED, DENIED)))
    (found,) = find_conflicts(plain, {})
    assert (found.about, found.grade) == ("", ConflictGrade.CONTRADICTION)


def test_a_denied_outcome_is_no_denial_beside_the_talk() -> None:
    outcome = Denied(None, conflict("denial", HAPPENED, side(Factuality.DENIED, "b", MANNER)))
    assert joined([outcome]) == []
    assert len(joined([Denied(None, conflict("denial", HAPPENED, NOT))])) == 1
