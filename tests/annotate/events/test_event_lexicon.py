"""Every example of the trigger lexicon, and what the lexicon must be."""

from __future__ import annotations

from typing import Any

import pytest
from tests.annotate.events.told import triggers_of

from quellenlage.annotate.events.lexicon import RESOURCE, lexicon
from quellenlage.model import EVENT_TYPES
from quellenlage.resources import load

TYPES: list[dict[str, Any]] = load(RESOURCE)["type"]
EXAMPLES = [(group["name"], e["text"], e["trigger"]) for group in TYPES for e in group["examples"]]


@pytest.mark.parametrize(("event_type", "text", "trigger"), EXAMPLES)
def test_examples(event_type: str, text: str, trigger: str) -> None:
    found = [word for word, kind in triggers_of(text) if kind == event_type]
    assert found == ([trigger] if trigger else [])


def test_every_type_but_other_has_triggers_and_an_example() -> None:
    assert {group["name"] for group in TYPES} == EVENT_TYPES - {"OTHER"}
    assert all(group["examples"] for group in TYPES)


@pytest.mark.parametrize(
    ("compound", "head"),
    [("drohnenangriff", "angriff"), ("teilrückzug", "rückzug"), ("außenministertreffen", "treffen")],
)
def test_compounds_are_read_by_their_head(compound: str, head: str) -> None:
    assert lexicon().noun(compound) == lexicon().noun(head) != ()


def test_a_short_noun_is_no_head() -> None:
    assert lexicon().noun("auswahl") == ()
