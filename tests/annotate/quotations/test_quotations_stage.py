from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.quotations import STAGE
from quellenlage.model import Document, Quotation, Span
from quellenlage.resources import load

PEOPLE = {
    "Ina Voss": "PER:Ina Voss",
    "Voss": "PER:Ina Voss",
    "Kai Bruns": "PER:Kai Bruns",
    "Bruns": "PER:Kai Bruns",
    "Polizei": "ORG:Polizei",
}


def found(text: str, names: dict[str, str] | None = None) -> tuple[Document, list[Quotation]]:
    done = STAGE.run(document(text, names or PEOPLE))
    return done, list(done.quotations)


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " | ".join(s.of(text) for s in spans)


EXAMPLES = tomllib.loads(Path(__file__).with_name("quotation_examples.toml").read_text(encoding="utf-8"))["quotation"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: str(e["text"])[:50])
def test_one_quotation(example: dict[str, str]) -> None:
    text = example["text"]
    _, quotations = found(text)
    got = [(str(q.type), words(text, q.quote), words(text, q.speaker), words(text, q.cue)) for q in quotations]
    assert (example["type"], example["quote"], example["speaker"], example["cue"]) in got


@pytest.mark.parametrize(
    "text",
    [
        "Der Film „Der lange Weg nach Hause“ läuft seit Montag.",
        "Das Schiff „Eagle“ legte am Abend ab.",
        "Der Zug fuhr pünktlich ab und kam pünktlich an.",
        "Nach dem Essen gingen alle nach Hause.",
        "Er gab dem Kind ein Eis und ging nach Hause.",
    ],
)
def test_nobody_is_quoted(text: str) -> None:
    assert found(text)[1] == []


def test_examples_of_the_small_words() -> None:
    for row in load("de/attribution.toml")["example"]:
        _, quotations = found(row["text"])
        assert [words(row["text"], q.quote) for q in quotations] == [row["attributed"]]


def test_quoted_words_within_indirect_speech_are_nested() -> None:
    text = "Voss sagte, der Vertrag sei „ein Geschenk an die Bank“ gewesen."
    _, quotations = found(text)
    outer, inner = quotations
    assert (str(outer.type), str(inner.type)) == ("indirect", "direct")
    assert inner.parent == outer.id
    assert inner.speaker == outer.speaker


def test_a_quotation_within_a_quotation() -> None:
    text = "Ina Voss sagte, Kai Bruns habe ihr mitgeteilt, dass die Firma schließe."
    done, quotations = found(text)
    outer, inner = quotations
    assert inner.parent == outer.id
    assert [done.entity(e).name for e in inner.speaker_entities] == ["Kai Bruns"]
    assert [done.entity(e).name for e in outer.speaker_entities] == ["Ina Voss"]


def test_the_speaker_goes_on_in_the_konjunktiv_until_the_mood_ends() -> None:
    text = (
        "Kai Bruns sagte, der Hof sei leer. Die Tiere habe man verkauft. Das Geld liege auf der Bank. "
        "Der Hof liegt am Wald."
    )
    done, quotations = found(text)
    free = quotations[1]
    assert str(free.type) == "indirect_free_indirect"
    assert words(text, free.quote) == "Die Tiere habe man verkauft. Das Geld liege auf der Bank."
    assert [done.entity(e).name for e in free.speaker_entities] == ["Kai Bruns"]
    assert len(quotations) == 2


def test_das_teilte_mit_means_the_sentence_before() -> None:
    text = "Zwei Kühe sind entlaufen. Das teilte die Polizei am Morgen mit."
    done, quotations = found(text)
    assert words(text, quotations[0].quote) == "Zwei Kühe sind entlaufen."
    assert [done.entity(e).name for e in quotations[0].speaker_entities] == ["Polizei"]


def test_the_addressee() -> None:
    text = "Der Damm halte, sagte Bruns der Zeitung Küstenblick."
    _, quotations = found(text)
    assert words(text, quotations[0].addressee) == "der Zeitung Küstenblick"
    assert words(text, quotations[0].speaker) == "Bruns"


def test_a_pronoun_means_the_last_speaker_and_becomes_a_mention() -> None:
    text = "Kai Bruns sagte, der Hof sei leer. Er fügte hinzu, dass der Stall brenne."
    done, quotations = found(text)
    assert [done.entity(e).name for e in quotations[1].speaker_entities] == ["Kai Bruns"]
    at = text.index("Er fügte")
    assert [(m.start, m.form) for m in done.mentions if m.start == at] == [(at, "pronoun")]


def test_an_unclear_pronoun_stays_unresolved() -> None:
    _, quotations = found("Sie sagte, der Hof sei leer.", {"Berlin": "GPE:Berlin"})
    assert quotations[0].speaker_entities == ()
    assert "speaker-unresolved" in quotations[0].reasons


def test_joint_speakers() -> None:
    done, quotations = found("Ina Voss und Kai Bruns sagten, der Hof sei leer.")
    assert [done.entity(e).name for e in quotations[0].speaker_entities] == ["Ina Voss", "Kai Bruns"]


def test_an_unnamed_speaker_becomes_a_group() -> None:
    text = "Eine Nachbarin sagte, der Hof sei leer."
    done, quotations = found(text, {"Berlin": "GPE:Berlin"})
    entity = done.entity(quotations[0].speaker_entities[0])
    assert (str(entity.kind), entity.name) == ("GRP", "Nachbarin")
    assert any(m.entity == entity.id and text[m.start : m.end] == "Nachbarin" for m in done.mentions)


def test_a_spokesman_is_not_the_body_he_speaks_for() -> None:
    done, quotations = found("Ein Sprecher der Polizei sagte, der Hof sei leer.")
    assert done.entity(quotations[0].speaker_entities[0]).name == "Sprecher der Polizei"


def test_titles_of_media_are_no_words_of_theirs() -> None:
    text = "Die Behörde sagte der „Neuen Küstenzeitung“, der Hof sei leer."
    _, quotations = found(text)
    assert [words(text, q.quote) for q in quotations] == ["der Hof sei leer"]


PIECES = (
    "„Ja“ „ “ » « \" ' , . : ; – ( ) sagte so laut zufolge nach Angaben der die Polizei Voss er sie dass ob sei habe "
    "wie mitteilte und hieß es teilte mit soll haben Demnach Das 😀 \x00 \u2028 \n\n Er zitiert von"
).split(" ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
@example(["zufolge", "Angaben"])
def test_any_order_of_words_passes(pieces: list[str]) -> None:
    text = " ".join(pieces)
    done, quotations = found(text, {"Voss": "PER:Ina Voss", "Polizei": "ORG:Polizei"})
    for quotation in quotations:
        for part in (quotation.quote, quotation.cue, quotation.speaker, quotation.frame, quotation.addressee):
            assert all(s.of(text) for s in part)
            assert list(part) == sorted(part)
    assert STAGE.run(document(text, {"Voss": "PER:Ina Voss", "Polizei": "ORG:Polizei"})) == done


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_passes(text: str) -> None:
    found(text)


@pytest.mark.parametrize("piece", ["sagte Voss, ", "„Ja“ ", "laut Polizei ", "Voss und ", "( ", "dass ", "„a ‚b "])
def test_time_grows_with_length_only(piece: str) -> None:
    found(piece * 4000)


def test_the_suite_reads_the_stage_it_names() -> None:
    assert STAGE.name == "quotations"
    assert STAGE.writes == ("quotations", "mentions", "entities")
    assert all(load(r)["meta"]["licence"] == "Apache-2.0" for r in STAGE.resources)


@pytest.mark.parametrize(
    ("after", "covered"),
    [("Kai Bruns bestritt das", ""), ("das Vieh steht auf der Weide", "; das Vieh steht auf der Weide")],
)
def test_a_source_covers_nothing_that_another_says_after_a_semicolon(after: str, covered: str) -> None:
    text = f"Laut Ina Voss ist der Hof leer; {after}."
    _, quotations = found(text)
    assert words(text, quotations[0].quote) == f"ist der Hof leer{covered}"
