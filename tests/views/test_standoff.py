from __future__ import annotations

import json
from dataclasses import replace

from tests.views import views_story

from quellenlage.model import Timex
from quellenlage.views.exports.standoff import LAYERS, standoff
from quellenlage.views.records import encoded

PROMISED = {
    "article": {"id", "source", "text_sha256", "text", "language", "headline", "outlet", "agencies", "dct"},
    "dct": {"value", "earliest", "latest", "method", "evidence"},
    "zones": {"start", "end", "kind"},
    "sentences": {"start", "end"},
    "tokens": {"start", "end", "lemma", "upos", "feats", "head", "deprel"},
    "timexes": {"id", "start", "end", "type", "value", "mod", "anchor", "distance"},
    "mentions": {"id", "start", "end", "kind", "form", "entity"},
    "entities": {"id", "kind", "name", "roles"},
    "claims": {"id", "quotation", "start", "end", "spans", "chain", "evidentiality", "polarity", "score"},
    "events": {
        "id", "event_type", "trigger", "also", "actors", "recipients", "place", "time", "factuality", "word_of",
        "quantities",
    },
}  # fmt: skip


def test_the_object_has_the_fields_that_are_promised() -> None:
    for _, document in views_story.documents():
        made = json.loads(encoded(standoff(document)))
        assert list(made) == ["article", *LAYERS]
        assert set(made["article"]) >= PROMISED["article"]
        if made["article"]["dct"]:
            assert set(made["article"]["dct"]) >= PROMISED["dct"]
        for layer in LAYERS:
            for item in made[layer]:
                assert set(item) >= PROMISED.get(layer, set())


def test_offsets_are_those_of_the_text() -> None:
    document = views_story.documents()[2][1]
    made = standoff(document)
    text = made["article"]["text"]
    event = made["events"][0]
    assert text[slice(*event["trigger"])] == "verlegt"
    assert [text[q["start"] : q["end"]] for q in event["quantities"]] == ["1200 Soldaten", "nur 900 Soldaten"]
    claim = made["claims"][0]
    assert text[claim["start"] : claim["end"]] == "nur 900 Soldaten"


def test_only_the_layers_asked_for() -> None:
    assert set(standoff(views_story.documents()[0][1], ("claims",))) == {"article", "claims"}


def test_a_time_expression_says_how_far_from_its_anchor_it_counts() -> None:
    _, document = views_story.documents()[0]
    so_far = Timex("t1", 0, 5, "DATE", "2024-W03", "APPROX", "dct", distance="P2W")
    made = json.loads(encoded(standoff(replace(document, timexes=(so_far, Timex("t2", 6, 9, "DATE", "2024"))))))
    assert all(set(timex) >= PROMISED["timexes"] for timex in made["timexes"])
    assert [(t["type"], t["value"], t["distance"]) for t in made["timexes"]] == [
        ("DATE", "2024-W03", "P2W"),
        ("DATE", "2024", None),
    ]
