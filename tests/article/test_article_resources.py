from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.article import RESOURCES
from quellenlage.article.inference.clues import Passage
from quellenlage.article.inference.meetings import meeting_clues
from quellenlage.article.metadata import outlet_of_url
from quellenlage.model import Article, Given
from quellenlage.resources import load

PROSE = " legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte."


@pytest.mark.parametrize("name", RESOURCES)
def test_every_table_says_where_it_comes_from(name: str) -> None:
    meta = load(name)["meta"]
    assert meta["about"]
    assert meta["source"].startswith("own compilation")
    assert meta["licence"] == "Apache-2.0"


@pytest.mark.parametrize("line", load("de/agencies.toml")["meta"]["examples"])
def test_agencies_are_found_in_their_examples(article: Callable[..., Article], line: str) -> None:
    assert article(line + PROSE).agencies


@pytest.mark.parametrize("words", load("de/outlets.toml")["meta"]["examples"])
def test_outlets_are_found_in_their_examples(article: Callable[..., Article], words: str) -> None:
    if "://" in words:
        assert outlet_of_url(words)
        assert article(PROSE, given=Given(url=words)).outlet
    else:
        assert article(f"Die Fähre{PROSE}\n\nDie Fähre{PROSE}\n\n{words}").outlet


@pytest.mark.parametrize("words", load("de/recurring_dates.toml")["meta"]["examples"])
def test_meetings_are_found_in_their_examples(words: str) -> None:
    assert meeting_clues([Passage(f"Das sagte der Präsident {words} in New York.", 0)])


def test_a_meeting_on_a_day_it_was_never_held_is_no_clue() -> None:
    assert meeting_clues([Passage("Das sagte er am 3. März bei der UN-Vollversammlung.", 0)]) == []
