"""What is rejected or withdrawn, and what somebody is acquitted of, is no happening of its own."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import told

from quellenlage.encoder import files
from quellenlage.model import EntityKind

PER, GPE, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.ORG
NAMES = {
    "Karl Heger": PER, "Lena Dorn": PER, "Husum": GPE, "Orvenien": GPE, "Gericht": ORG, "Bundestag": ORG,
    "Volksfront": ORG, "Staatsanwaltschaft": ORG,
}  # fmt: skip


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Karl Heger wurde in Husum vom Vorwurf des Betrugs freigesprochen.", ["JUSTICE"]),
        ("Der Freispruch von Karl Heger vom Vorwurf der Bestechung gilt.", ["JUSTICE"]),
        ("Karl Heger wurde in Husum von der Anklage der Brandstiftung freigesprochen.", ["JUSTICE"]),
        ("Lena Dorn hat die Vorwürfe gegen Karl Heger zurückgezogen.", ["CONCEDE"]),
        ("Die Volksfront zog ihre Forderung nach einem Abzug der Truppen zurück.", ["CONCEDE"]),
        ("Lena Dorn hat ihre Klage gegen die Stadt Husum zurückgezogen.", ["CONCEDE"]),
        ("Die Staatsanwaltschaft ließ die Anklage gegen Karl Heger fallen.", ["CONCEDE"]),
        ("Das Gericht in Husum wies die Klage von Lena Dorn gegen Karl Heger ab.", ["JUSTICE"]),
        ("Der Bundestag lehnte den Antrag der Volksfront auf eine Untersuchung ab.", ["REJECT"]),
        ("Orvenien wies die Kritik der Volksfront an dem Abkommen zurück.", ["REJECT"]),
    ],
)
def test_what_is_taken_back_or_rejected_is_no_event(text: str, types: list[str]) -> None:
    assert [event["type"] for event in told(text, NAMES)] == types


def test_a_debate_before_a_rejection_is_an_event() -> None:
    text = "Der Bundestag lehnte den Antrag der Volksfront nach einer Debatte in Husum ab."
    assert {event["type"] for event in told(text, NAMES)} == {"REJECT", "CONSULT"}


def test_what_was_criticised_is_still_told() -> None:
    text = "Der Bundestag wies Kritik an der Razzia in Husum zurück."
    assert [event["type"] for event in told(text, NAMES)] == ["REJECT", "COERCE"]


def test_a_suit_that_is_filed_is_an_event() -> None:
    text = "Die Volksfront reichte in Husum Klage gegen Karl Heger ein."
    assert [event["type"] for event in told(text, NAMES)] == ["JUSTICE"]
