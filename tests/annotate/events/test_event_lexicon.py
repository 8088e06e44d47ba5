"""Every example of the trigger lexicon, and what the lexicon must be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.events.told import triggers_of

from quellenlage.annotate.events.lexicon import RESOURCES, lexicon
from quellenlage.errors import Defect
from quellenlage.model import EVENT_TYPES
from quellenlage.resources import load

TYPES: list[dict[str, Any]] = [group for name in RESOURCES for group in load(name)["type"]]
EXAMPLES = [(group["name"], e["text"], e["trigger"]) for group in TYPES for e in group["examples"]]
WORDS = sorted({*lexicon().nouns, *lexicon().heads, *lexicon().verbs})


@pytest.mark.parametrize(("event_type", "text", "trigger"), EXAMPLES)
def test_examples(event_type: str, text: str, trigger: str) -> None:
    found = [word for word, kind in triggers_of(text) if kind == event_type]
    assert found == ([trigger] if trigger else [])


def test_every_type_has_triggers_and_an_example() -> None:
    assert sorted(group["name"] for group in TYPES) == sorted(EVENT_TYPES)
    assert all(group["examples"] for group in TYPES)


@pytest.mark.parametrize(
    ("compound", "head"),
    [
        ("drohnenangriff", "angriff"),
        ("teilrückzug", "rückzug"),
        ("außenministertreffen", "treffen"),
        ("hannover-besuch", "besuch"),
    ],
)
def test_compounds_are_read_by_their_head(compound: str, head: str) -> None:
    assert lexicon().noun(compound) == lexicon().noun(head) != ()


def test_a_short_noun_is_a_head_where_the_lexicon_says_so() -> None:
    assert lexicon().noun("auswahl") == ()
    assert {reading.event_type for reading in lexicon().noun("kommunalwahl")} == {"ELECTION"}
    assert lexicon().noun("strafe") == ()


@pytest.mark.parametrize(
    ("participle", "event_type"), [("verhaftet", "COERCE"), ("unterstützt", "SUPPORT"), ("ausgerufen", "PROTEST")]
)
def test_participles_lead_to_their_verb(participle: str, event_type: str) -> None:
    assert event_type in {reading.event_type for reading in lexicon().participle(participle)}


def test_what_is_joined_goes_before_what_is_asked_for() -> None:
    ranks = [reading.rank for readings in lexicon().verbs.values() for reading in readings]
    assert {0, 1, 2} == set(ranks)
    for readings in lexicon().verbs.values():
        assert [reading.rank for reading in readings] == sorted(reading.rank for reading in readings)


def test_each_bracket_asks_for_a_word_of_its_own() -> None:
    [reading] = [r for r in lexicon().verbs["stehen"] if frozenset({"wasser"}) in r.needs]
    assert reading.fits(frozenset({"unter", "wasser"}))
    assert not reading.fits(frozenset({"wasser", "verfügung"}))


def test_no_word_is_both_trigger_and_none() -> None:
    assert not set(lexicon().nouns) & lexicon().excluded


@given(st.sampled_from(WORDS), st.text(max_size=12))
def test_every_word_can_be_looked_up(word: str, other: str) -> None:
    for asked in (word, word + other, other + word, other):
        lexicon().noun(asked)
        lexicon().participle(asked)


def test_an_entry_of_two_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon.cache_clear()
    broken = {"type": [{"name": "LAW", "verbs": ["in Kraft treten"], "examples": []}]}
    monkeypatch.setattr("quellenlage.annotate.events.lexicon.load", lambda _: broken)
    try:
        with pytest.raises(Defect):
            lexicon()
    finally:
        lexicon.cache_clear()
