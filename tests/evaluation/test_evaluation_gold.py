from typing import Any

from quellenlage.evaluation.data import NewsText
from quellenlage.evaluation.gold import read
from quellenlage.model import Span

TEXT = "Anna Berg sagte, es komme, so sagte sie, bald Regen. 40 Gäste, 40 Gäste kamen."
RAW: dict[str, Any] = {
    "entities": [
        {
            "id": "e1", "kind": "PER", "name": "Anna Berg", "roles": [],
            "mentions": [{"start": 0, "end": 9, "text": "Anna Berg", "form": "name"}],
        }
    ],
    "claims": [
        {
            "id": "c1", "quote": 7, "text_start": 17, "text_end": 51, "chain": [["e1"]],
            "evidentiality": "asserted", "polarity": "affirmed",
        },
        {
            "id": "c2", "quote": None, "text_start": 53, "text_end": 61, "chain": [],
            "evidentiality": "hedged", "polarity": "affirmed",
        },
    ],
    "events": [
        {
            "id": "v1", "type": "OTHER", "trigger": {"start": 72, "end": 77, "text": "kamen"}, "actors": ["e1"],
            "recipients": [], "place": None, "time": None, "factuality": "happened", "word_of": "c2",
            "quantities": [
                {"text": "40 Gäste", "low": 40, "high": 40, "unit": "Gast"},
                {"text": "nicht im Text", "low": 1, "high": 1, "unit": "Gast"},
            ],
        }
    ],
}  # fmt: skip
QUOTE = {"id": 7, "quote": {"spans": [{"charBegin": 17, "charEnd": 25}, {"charBegin": 41, "charEnd": 51}]}}


def test_a_gold_file_is_brought_into_the_common_form() -> None:
    gold = read("7", RAW, NewsText("7 - x", "7", TEXT, None, {"annotations": [QUOTE]}))
    assert [c.spans for c in gold.claims] == [(Span(17, 25), Span(41, 51)), (Span(53, 61),)]
    assert [c.quoted for c in gold.claims] == [True, False]
    assert gold.claims[0].chain == (frozenset({"e1"}),)
    event = gold.events[0]
    assert (event.word_of, event.actors, event.trigger.of(TEXT)) == ("c2", frozenset({"e1"}), "kamen")
    # Of two equal numbers the one nearer to the trigger; one that is not in the text is left out.
    assert [q.span for q in event.quantities] == [Span(63, 71)]
