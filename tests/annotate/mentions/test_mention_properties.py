from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.annotate.mentions.conftest import Named, Seen

from quellenlage.annotate.mentions import STAGE
from quellenlage.model import Document
from quellenlage.pipeline import STAGES

WORDS = """
Sergej Dubrowin Dubrowins der Präsident Frau Dr. und von al- al-Assad Moskau Russland Provinz in ( ) IKF „ “ GmbH
Institut für Polizei drei Soldaten 54-Jährige , . ' ’s A. Xi EU 🚀 ß … Die Minister Ministerium Kiews - Bürger:innen
"""
KINDS = ("PER", "ORG", "GPE", "LOC", "MISC", "DERIVED", "PART")
PIECES = [*WORDS.split(), "\n\n", "\x00"]

texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=texts)
def test_any_text_passes_and_everything_refers(annotate: Callable[[str], Document], text: str) -> None:
    document = annotate(text)
    check(document)
    assert annotate(text) == document


def check(document: Document) -> None:
    numbers = [int(e.id.removeprefix("e")) for e in document.entities]
    # Ascending; one is left out where all nouns of an entity were found to mean another one.
    assert numbers == sorted(set(numbers))
    assert not numbers or numbers[0] > 0
    mentioned = {m.entity for m in document.mentions}
    assert mentioned == {e.id for e in document.entities}
    spans = [(m.start, m.end) for m in document.mentions]
    assert spans == sorted(spans)
    for before, after in pairwise(spans):
        assert before[1] <= after[0], "mentions overlap"
    assert all(e.name.strip() and e.reasons and 0 < e.score <= 1 for e in document.entities)


@st.composite
def texts_told(draw: st.DrawFn) -> tuple[str, list[Named]]:
    """Texts with names that an encoder could see in them: any words, of any kind."""
    words = draw(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=30))
    names = []
    for _ in range(draw(st.integers(0, 4))):
        low = draw(st.integers(0, len(words) - 1))
        high = draw(st.integers(low + 1, min(len(words), low + 4)))
        names.append((" ".join(words[low:high]), draw(st.sampled_from(KINDS)), draw(st.floats(0, 1))))
    return " ".join(words), names


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(case=texts_told())
def test_whatever_the_encoder_sees_mentions_stand_apart_and_refer(
    see_told: Callable[..., Seen], case: tuple[str, list[Named]]
) -> None:
    text, names = case
    document = see_told(text, *names).document
    assert {m.entity for m in document.mentions} == {e.id for e in document.entities}
    spans = sorted([(m.start, m.end) for m in document.mentions if m.form == "name"])
    for before, after in pairwise([(m.start, m.end) for m in document.mentions]):
        assert before[1] <= after[0], "mentions overlap"
    for made in document.derived:
        assert not any(start < made.end and made.start < end for start, end in spans), "a name and made from a name"
    assert all(0 < m.score <= 1 for m in document.mentions)
    assert all(e.name.strip() and e.reasons and 0 < e.score <= 1 for e in document.entities)


def test_the_stage_declares_what_it_does() -> None:
    assert STAGE in STAGES
    assert (STAGE.reads, STAGE.writes) == (("sentences", "tokens"), ("mentions", "entities", "derived"))


def test_empty_text_has_no_mentions(annotate: Callable[[str], Document]) -> None:
    assert annotate("").mentions == ()


@pytest.mark.parametrize(
    "unit",
    [
        "Sergej Dubrowin, ",
        "Aaaa ",
        "von der ",
        "x" * 50,
        "„Institut für ",
        "Minister Jan Tamm, ein Minister. Der 40-Jährige. ",
    ],
)
def test_a_line_of_any_length_is_read(annotate: Callable[[str], Document], unit: str) -> None:
    check(annotate(unit * 1_500))
