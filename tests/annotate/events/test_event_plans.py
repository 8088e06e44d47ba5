"""Present tense, "soll" and days to come: what is planned, what is told as hearsay, what happened."""

from __future__ import annotations

from datetime import date

import pytest
from tests.annotate.events.told import dated

from quellenlage.encoder import files
from quellenlage.model import EntityKind

PER, GPE, GRP = EntityKind.PER, EntityKind.GPE, EntityKind.GRP
NAMES = {"Lena Dorn": PER, "Karl Heger": PER, "Husum": GPE, "Truppen": GRP, "Lokführer": GRP, "Orvenien": GPE}
THURSDAY = date(2024, 5, 9)


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("In Husum wird am 9. Juni gewählt.", "planned"),
        ("In Husum wird am 9. Juni ein neues Parlament gewählt.", "planned"),
        ("Ab Montag streiken die Lokführer in Husum.", "planned"),
        ("Kommende Woche trifft Lena Dorn in Husum Karl Heger.", "planned"),
        ("Lena Dorn tritt demnächst zurück.", "planned"),
        ("Lena Dorn soll nach Husum reisen.", "planned"),
        ("Die Truppen sollen abgezogen werden.", "planned"),
        ("Lena Dorn wird nach Husum reisen.", "planned"),
        ("Die Truppen wurden bis Ende April abgezogen.", "happened"),
        ("Lena Dorn soll nach Husum gereist sein.", "alleged"),
        ("Am 3. März 2022 greift Orvenien die Stadt Husum an.", "happened"),
        ("Bald darauf trat Lena Dorn zurück.", "happened"),
    ],
)
def test_tense_and_day_decide_whether_it_is_to_come(text: str, how: str) -> None:
    assert [str(event.factuality) for event in dated(text, NAMES, THURSDAY)] == [how]


def test_what_begins_on_a_weekday_begins_on_the_next_one() -> None:
    (event,) = dated("Ab Montag streiken die Lokführer in Husum.", NAMES, THURSDAY)
    assert event.earliest == date(2024, 5, 13)


def test_what_began_earlier_is_told_with_seit() -> None:
    (event,) = dated("Seit Montag streiken die Lokführer in Husum.", NAMES, THURSDAY)
    assert str(event.factuality) == "ongoing"
    assert event.earliest is None or event.earliest <= THURSDAY
