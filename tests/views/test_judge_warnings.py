"""What `judge` says of unlike pairs, empty names and signs that show nothing."""

from __future__ import annotations

import pytest

from quellenlage.errors import BadInput
from quellenlage.execution.judge import _text
from quellenlage.model import Entity, EntityKind, Linked, Member, Verdict, fold, make_judgement, seen
from quellenlage.views.cli.deciding import unlike_lines
from quellenlage.views.cli.output import plain
from quellenlage.views.locale import words_for
from quellenlage.views.wording.reasons import reason_words


class Held:
    """As much of an archive as the warning reads."""

    def linked(self) -> Linked:
        kinds = {"p": EntityKind.PER, "q": EntityKind.PER, "g": EntityKind.GPE, "o": EntityKind.ORG}
        return Linked(entities=tuple(Entity(i, k, i.upper(), (Member("a", i),), (i,)) for i, k in kinds.items()))

    def resolve(self, identifier: str) -> str:
        return identifier


@pytest.mark.parametrize(("one", "other", "count"), [("p", "g", 1), ("o", "p", 1), ("p", "q", 0), ("o", "g", 0)])
def test_a_person_and_something_else_are_warned_of(one: str, other: str, count: int) -> None:
    made = [make_judgement(Verdict.SAME, one, made_at="2026", author="r", other=other)]
    made.append(make_judgement(Verdict.DIFFER, "p", made_at="2026", author="r", other="g"))
    assert len(list(unlike_lines(Held(), made, words_for("de")))) == count  # type: ignore[arg-type]  # a double


def test_signs_that_show_nothing_are_in_no_name_key_or_line() -> None:
    name = "Ger\u00adhard\u200b Schrö\u00adder\u202e"
    assert seen(name) == plain(name) == "Gerhard Schröder"
    assert fold(name) == fold("Gerhard Schröder")
    assert _text(None, name) == "Gerhard Schröder"  # type: ignore[arg-type]  # asks nothing of it
    with pytest.raises(BadInput):
        _text(None, "\u00ad ")  # type: ignore[arg-type]  # asks nothing of it


@pytest.mark.parametrize("lang", ["de", "en"])
def test_different_offices_are_told_in_words(lang: str) -> None:
    assert "other-offices" not in " ".join(reason_words(["name:x; other-offices"], words_for(lang)))
