import pytest
from tests.evaluation.evaluation_documents import article, place

from quellenlage.evaluation.results import Metric
from quellenlage.evaluation.zones import Zoned, body_sentences, score
from quellenlage.model import Zone, ZoneKind

TEXT = "Hafen gesperrt\nDer Hafen ist zu. Niemand weiß warum.\nFoto: privat\nMehr zum Thema"
GOLD = [
    (*(place(TEXT, "Hafen gesperrt").start, place(TEXT, "Hafen gesperrt").end), "headline"),
    (place(TEXT, "Der Hafen").start, place(TEXT, "warum.").end, "body"),
    (place(TEXT, "Foto").start, place(TEXT, "privat").end, "credit"),
    (place(TEXT, "Mehr").start, place(TEXT, "Thema").end, "boilerplate"),
]


def figures(zones: list[tuple[int, int, str]], lost: dict[str, int] | None = None) -> dict[str, Metric]:
    ours = tuple(Zone(a, b, ZoneKind(kind)) for a, b, kind in zones)
    metrics, _ = score([Zoned("hand", article(TEXT, ours), GOLD, lost or {})])
    return {m.name: m for m in metrics}


def test_the_same_zones_are_perfect() -> None:
    found = figures(GOLD)
    assert found["characters.accuracy"].value == 1.0
    assert all(m.value == 1.0 for m in found.values())


def test_everything_body_is_the_trivial_figure() -> None:
    found = figures([(0, len(TEXT), "body")])
    visible = sum(not c.isspace() for c in TEXT)
    body = sum(not c.isspace() for c in "Der Hafen ist zu. Niemand weiß warum.")
    assert found["characters.accuracy"].value == round(body / visible, 4) == found["characters.accuracy"].trivial
    assert found["body.recall"].value == 1.0
    assert found["body.precision"].value == round(body / visible, 4)
    assert found["body.f1"].value == pytest.approx(found["body.f1"].trivial)
    assert found["boilerplate-lines-caught.recall"].value == 0.0
    assert found["body-sentences-kept.recall"].value == 1.0


def test_a_body_sentence_marked_as_a_caption_is_lost() -> None:
    at = place(TEXT, "Niemand").start
    zones = [GOLD[0], (GOLD[1][0], at - 1, "body"), (at, GOLD[1][1], "caption"), *GOLD[2:]]
    found = figures(zones)
    # Of headline and two sentences one is gone.
    assert found["body-sentences-kept.recall"].value == round(2 / 3, 4)
    assert found["boilerplate-lines-caught.recall"].value == 1.0


def test_boilerplate_in_a_caption_zone_is_caught_but_not_right() -> None:
    found = figures([*GOLD[:3], (GOLD[3][0], GOLD[3][1], "caption")])
    assert found["boilerplate-lines-caught.recall"].value == 1.0
    assert found["boilerplate.f1"].value == 0.0


def test_text_that_was_not_read_counts_against_recall() -> None:
    found = figures(GOLD, {"body": 31})
    assert found["body.recall"].value == 0.5
    assert found["body.precision"].value == 1.0


def test_sentences_end_at_punctuation_and_line_ends() -> None:
    text = "Titel ohne Punkt\nEr sagte: „Ja.“ Dann ging er.\n"
    found = [text[a:b] for a, b in body_sentences(text, [(0, 16, "headline"), (17, len(text), "body")])]
    assert [s.strip() for s in found] == ["Titel ohne Punkt", "Er sagte: „Ja.“", "Dann ging er."]
