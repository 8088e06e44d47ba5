"""Who acts, who undergoes it and where, beyond subject and object: receivers, victims, occasions, courts, counts."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import told

from quellenlage.encoder import files
from quellenlage.model import EntityKind

PER, GPE, GRP, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.GRP, EntityKind.ORG
NAMES = {
    "Lena Dorn": PER, "Karl Heger": PER, "Husum": GPE, "Miren": GPE, "Volksfront": ORG, "Polizei": ORG,
    "Landgericht": ORG, "drei Kinder": GRP, "über 100 Menschen": GRP, "Demonstranten": GRP, "Soldaten": GRP,
}  # fmt: skip


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("Karl Heger erhielt in Husum eine Geldstrafe.", "JUSTICE", [], ["Karl Heger"]),
        ("Karl Heger sitzt in Husum im Gefängnis.", "COERCE", [], ["Karl Heger"]),
        ("Karl Heger erlitt in Husum einen Herzinfarkt.", "OTHER", [], ["Karl Heger"]),
        ("Nach einem Treffen mit Lena Dorn reiste Karl Heger ab.", "CONSULT", ["Lena Dorn", "Karl Heger"], []),
        ("Die Freisprüche des Landgerichts gegen Karl Heger gelten.", "JUSTICE", ["Landgericht"], ["Karl Heger"]),
        ("Bei einem Brand in Husum starben drei Kinder.", "DISASTER", [], ["drei Kinder"]),
        ("Bei einem Brand in Husum starben über 100 Menschen.", "DEATH", [], ["über 100 Menschen"]),
        ("In Husum kam es zu Zusammenstößen mit der Polizei.", "ASSAULT", ["Polizei"], []),
        ("Lena Dorn erklärte sich bereit, Soldaten nach Miren zu entsenden.", "MOBILIZE", ["Lena Dorn"], ["Soldaten"]),
        ("Lena Dorn hat mehr Polizei gefordert.", "REQUEST", ["Lena Dorn"], []),
        (
            "Karl Heger konnte von der Polizei in Husum gefasst und verhaftet werden.",
            "COERCE",
            ["Polizei"],
            ["Karl Heger"],
        ),
    ],
)
def test_who_takes_part_in_which_role(text: str, event_type: str, actors: list[str], recipients: list[str]) -> None:
    event = next(event for event in told(text, NAMES) if event["type"] == event_type)
    assert (event["actors"], event["recipients"]) == (actors, recipients)


def test_who_brings_a_fire_under_control_is_no_victim() -> None:
    text = "Am Abend bekam die Polizei den Brand in Husum unter Kontrolle."
    assert all("Polizei" not in event["recipients"] for event in told(text, NAMES))


def test_who_comes_to_power_by_a_coup_is_not_its_victim() -> None:
    text = "Karl Heger war 1967 durch einen Putsch an die Macht gekommen."
    assert all("Karl Heger" not in event["recipients"] for event in told(text, NAMES))


@pytest.mark.parametrize(
    ("text", "event_type", "place"),
    [
        ("Am Rande eines Volksfests in Husum wurde Karl Heger verletzt.", "OTHER", "Husum"),
        ("Lena Dorn kam in Miren an. Sie wurde dort von der Polizei verhaftet.", "COERCE", "Miren"),
    ],
)
def test_where_it_was_is_told_by_what_it_was_part_of(text: str, event_type: str, place: str) -> None:
    assert [event["place"] for event in told(text, NAMES) if event["type"] == event_type] == [place]


def test_what_an_article_of_one_town_tells_was_in_that_town() -> None:
    text = (
        "In Husum brannte am Montag ein Lager. Bei einem Unfall in Husum starben drei Kinder. Lena Dorn lobte die "
        "Helfer und dankte ihnen. Demonstranten blockierten die Straße. Die Polizei verhaftete Karl Heger."
    )
    arrest = next(event for event in told(text, NAMES) if event["type"] == "COERCE" and event["recipients"])
    assert arrest["place"] == "Husum"
    elsewhere = text.replace("Bei einem Unfall in Husum", "Bei einem Unfall in Miren")
    first = next(
        event for event in told(elsewhere, NAMES) if event["type"] == "PROTEST" or event["trigger"] == "dankte"
    )
    assert first["place"] is None
