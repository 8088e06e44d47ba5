"""What the text says did not happen is an event that is denied, so that it can be set against who says it did."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import told

from quellenlage.encoder import files
from quellenlage.model import EntityKind

PER, GPE, GRP, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.GRP, EntityKind.ORG
NAMES = {"Lena Dorn": PER, "Karl Heger": PER, "Miren": GPE, "Husum": GPE, "Orvenien": GPE, "Polizei": ORG}


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Lena Dorn ist nicht nach Miren gereist.", "MOVEMENT"),
        ("Zwischen Lena Dorn und Karl Heger kam es zu keinem Treffen.", "CONSULT"),
        ("Das Treffen zwischen Lena Dorn und Karl Heger blieb aus.", "CONSULT"),
        ("Das Treffen von Lena Dorn und Karl Heger hat nie stattgefunden.", "CONSULT"),
        ("Ein Treffen zwischen Lena Dorn und Karl Heger gab es nicht.", "CONSULT"),
        ("Lena Dorn hat Karl Heger nie getroffen.", "CONSULT"),
        ("Der Angriff auf Husum fand nicht statt.", "ASSAULT"),
        ("Karl Heger wurde nicht verhaftet.", "COERCE"),
        ("Die Polizei konnte Karl Heger nicht festnehmen.", "COERCE"),
        ("Lena Dorn wird nicht nach Miren reisen.", "MOVEMENT"),
        ("Niemand wurde in Husum verletzt.", "OTHER"),
        ("Lena Dorn sagte ihre Reise nach Miren ab.", "MOVEMENT"),
    ],
)
def test_what_the_author_negates_is_denied(text: str, event_type: str) -> None:
    (event,) = [event for event in told(text, NAMES) if event["type"] == event_type]
    assert event["factuality"] == "denied"
    assert event["actors"] or event["recipients"] or event["place"]


@pytest.mark.parametrize(
    "text",
    [
        "Lena Dorn ist noch nicht nach Miren gereist.",
        "Karl Heger muss nicht zurücktreten.",
        "Karl Heger tritt nicht zurück.",
        "Ist Lena Dorn nicht nach Miren gereist?",
        "Lena Dorn forderte Karl Heger nicht zum Rücktritt auf.",
        "Wenn Lena Dorn nicht nach Miren reist, tritt sie zurück.",
        "Lena Dorn hat nicht vor, Karl Heger zu treffen.",
    ],
)
def test_what_is_left_open_is_not_denied(text: str) -> None:
    assert all(event["factuality"] not in {"denied", "happened"} for event in told(text, NAMES))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lena Dorn ist nicht nur nach Miren gereist.", "Miren"),
        ("Nicht weniger als 40 Soldaten wurden in Husum getötet.", "Husum"),
        ("Auf nicht geräumten Straßen sind in Husum zwei Wagen zusammengestoßen.", "Husum"),
        ("Lena Dorn hat Karl Heger nicht in Husum, sondern in Miren getroffen.", "Miren"),
    ],
)
def test_a_negation_of_something_else_denies_no_event(text: str, place: str) -> None:
    events = told(text, NAMES)
    assert [event["factuality"] for event in events] == ["happened"]
    assert events[0]["place"] == place


def test_who_is_named_with_nicht_takes_no_part() -> None:
    text = "Nicht Lena Dorn, sondern Karl Heger ist nach Miren gereist."
    (event,) = told(text, NAMES)
    assert (event["actors"], event["factuality"]) == (["Karl Heger"], "happened")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Der Gipfel von Lena Dorn und Karl Heger wurde abgesagt.", "denied"),
        ("Die Gespräche von Lena Dorn und Karl Heger sind gescheitert.", "happened"),
        ("Wegen der Gespräche von Lena Dorn und Karl Heger wurde der Markt abgesagt.", "happened"),
    ],
)
def test_only_what_is_called_off_itself_did_not_happen(text: str, how: str) -> None:
    assert [event["factuality"] for event in told(text, NAMES) if event["type"] == "CONSULT"] == [how]
