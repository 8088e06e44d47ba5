"""What a reader must not be told wrongly: topics as places, plans and what goes on as done, speakers as dead."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import told

from quellenlage.model import EntityKind

PER, GPE, GRP, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.GRP, EntityKind.ORG
NAMES = {"Marek Toldin": PER, "Ilse Brandner": PER, "Dorwa": GPE, "Orvenien": GPE, "Miren": GPE}


def _of(text: str, kind: str, names: dict[str, EntityKind] = NAMES) -> dict[str, object]:
    found = [event for event in told(text, names) if event["type"] == kind]
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Marek Toldin und Ilse Brandner sprachen über Dorwa.", None),
        ("Marek Toldin und Ilse Brandner haben in Miren über Dorwa gesprochen.", "Miren"),
    ],
)
def test_a_talk_is_not_where_its_topic_is(text: str, place: str | None) -> None:
    assert _of(text, "CONSULT")["place"] == place


@pytest.mark.parametrize(
    ("text", "kind", "how"),
    [
        ("Die Demonstranten protestieren derzeit in Miren.", "PROTEST", "ongoing"),
        ("Marek Toldin soll einen Anschlag auf Miren geplant haben.", "ASSAULT", "alleged"),
    ],
)
def test_what_goes_on_or_is_alleged_is_not_told_as_done(text: str, kind: str, how: str) -> None:
    names = {**NAMES, "Polizei": ORG, "Demonstranten": GRP}
    assert _of(text, kind, names)["factuality"] == how


def test_who_speaks_of_the_dead_is_not_dead() -> None:
    deaths = [event for event in told("Ilse Brandner spricht von 17 Toten.", NAMES) if event["type"] == "DEATH"]
    assert all(not event["actors"] and not event["recipients"] for event in deaths)


def test_a_relative_clause_on_the_speaker_has_the_speaker_as_actor() -> None:
    text = "Orvenien, das selbst Miren bombardierte, hat Marek Toldin gewarnt."
    assert _of(text, "ASSAULT")["actors"] == ["Orvenien"]
