"""Who attacks is no victim, what is ruled out or unreal did not happen, and a past tense tells no plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.annotate.events.told import document, told

from quellenlage.annotate.events import STAGE as EVENTS
from quellenlage.annotate.timex import STAGE as TIMEX
from quellenlage.encoder import files
from quellenlage.model import DateInterval, Dct, EntityKind, EventMention, Factuality, PlaceReading

PER, GPE, GRP, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.GRP, EntityKind.ORG
THURSDAY = date(2024, 5, 9)
PEOPLE = {"Lena Dorn": PER, "Karl Heger": PER}


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


def _read(text: str, names: dict[str, EntityKind], states: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Events by their trigger, with the names of states read as such."""
    made = document(text, names)
    keys = {entity.name: entity.id for entity in made.entities}
    places = tuple(PlaceReading(keys[name], None, "place", ("XX",), "state:XX", score=0.9) for name in states)
    read = EVENTS.run(replace(made, places=places))
    by_id = {entity.id: entity.name for entity in made.entities}
    return {
        event.trigger.of(text): {
            "actors": [by_id[one] for one in event.actors],
            "recipients": [by_id[one] for one in event.recipients],
            "place": by_id.get(event.place or ""),
        }
        for event in read.events
    }


@pytest.mark.parametrize(
    ("text", "names", "trigger", "place"),
    [
        ("Israel hat am Dienstag ein Krankenhaus in Gaza beschossen.", ["Gaza"], "beschossen", "Gaza"),
        ("Israel hat eine Stadt angegriffen.", [], "angegriffen", None),
        ("Am Dienstag hat Israel Dörfer bei Gaza bombardiert.", ["Gaza"], "bombardiert", "Gaza"),
        ("Die USA haben am Dienstag ein Lager in Syrien angegriffen.", ["Syrien"], "angegriffen", "Syrien"),
    ],
)
def test_a_state_that_attacks_is_neither_victim_nor_place(
    text: str, names: list[str], trigger: str, place: str | None
) -> None:
    state = "USA" if "USA" in text else "Israel"
    states = [name for name in (state, "Syrien") if name in text]
    event = _read(text, dict.fromkeys((state, *names), GPE), states)[trigger]
    assert (event["actors"], event["place"]) == ([state], place)
    assert state not in (event["recipients"], event["place"])


@pytest.mark.parametrize(
    ("text", "names", "states"),
    [
        ("Odessa hat am Dienstag eine Rakete getroffen.", {"Odessa": GPE}, []),
        ("Japan hat am Dienstag ein Erdbeben erschüttert.", {"Japan": GPE}, ["Japan"]),
        ("Israel wurde am Dienstag angegriffen.", {"Israel": GPE}, ["Israel"]),
        ("Syrien haben am Dienstag Rebellen angegriffen.", {"Syrien": GPE, "Rebellen": GRP}, ["Syrien"]),
    ],
)
def test_a_place_that_is_hit_does_not_act(text: str, names: dict[str, EntityKind], states: list[str]) -> None:
    for event in _read(text, names, states).values():
        assert not {"Odessa", "Japan", "Israel", "Syrien"} & set(event["actors"])


@pytest.mark.parametrize(
    "text",
    [
        "Ministerpräsidentin Lena Dorn hat Verkehrsminister Karl Heger am Montag entlassen.",
        "Den Verkehrsminister Karl Heger hat Ministerpräsidentin Lena Dorn am Montag entlassen.",
        "Verkehrsminister Karl Heger wurde am Montag von Ministerpräsidentin Lena Dorn entlassen.",
    ],
)
def test_who_dismisses_is_not_dismissed(text: str) -> None:
    event = next(event for event in told(text, PEOPLE) if event["type"] == "PERSONNEL")
    assert (event["actors"], event["recipients"]) == (["Lena Dorn"], ["Karl Heger"])


@pytest.mark.parametrize(
    ("text", "role"),
    [("Minister Karl Heger gefeuert", "recipients"), ("Minister Karl Heger zurückgetreten", "actors")],
)
def test_a_headline_tells_with_a_participle_what_befell_somebody(text: str, role: str) -> None:
    event = next(event for event in told(text, PEOPLE) if event["type"] == "PERSONNEL")
    assert event[role] == ["Karl Heger"]


def _dated(text: str, names: dict[str, EntityKind]) -> list[EventMention]:
    made = document(text, names)
    dct = Dct(THURSDAY, THURSDAY, "given")
    made = replace(made, article=replace(made.article, dct=dct))
    return list(EVENTS.run(TIMEX.run(made)).events)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Drei Schwerverletzte erlagen am Mittwoch ihren Verletzungen.", date(2024, 5, 8)),
        ("Drei Schwerverletzte starben am Mittwoch.", date(2024, 5, 8)),
    ],
)
def test_what_the_past_tense_tells_is_no_plan(text: str, day: date) -> None:
    (event,) = _dated(text, {"Drei Schwerverletzte": GRP})
    assert (event.factuality, event.interval) == (Factuality.HAPPENED, DateInterval(day, day))


def test_a_weekday_of_another_word_is_not_moved() -> None:
    text = "Karl Heger hat seine für Montag geplante Reise abgesagt."
    assert all(event.interval is None for event in _dated(text, PEOPLE) if event.factuality is Factuality.HAPPENED)


def test_what_is_to_come_stays_a_plan() -> None:
    (event,) = _dated("Karl Heger wird am Mittwoch zurücktreten.", PEOPLE)
    assert event.factuality is Factuality.PLANNED
    assert event.earliest == date(2024, 5, 15)


POLICE = {"Polizei": ORG, "Husum": GPE, "Odessa": GPE, "Karl Heger": PER, "Lena Dorn": PER, "Orvenien": GPE}


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Die Polizei schließt Brandstiftung in Husum aus.", "denied"),
        ("Die Polizei hat einen Anschlag in Husum ausgeschlossen.", "denied"),
        ("Die Polizei schließt einen Anschlag in Husum nicht aus.", "hypothetical"),
        ("Der Angriff auf Odessa blieb aus.", "denied"),
        ("Der Anschlag auf Bürgermeister Karl Heger wurde vereitelt.", "denied"),
        ("Der Angriff auf Odessa blieb nicht aus.", None),
        ("Hätte Karl Heger nicht gewarnt, wäre Odessa angegriffen worden, meint Lena Dorn.", "hypothetical"),
        ("Beinahe wäre Odessa angegriffen worden.", "hypothetical"),
        ("Odessa wurde am Morgen angegriffen, wie Lena Dorn meint.", "happened"),
    ],
)
def test_what_is_ruled_out_or_unreal_did_not_happen(text: str, how: str | None) -> None:
    found = [event for event in told(text, POLICE) if event["type"] in {"ASSAULT", "CRIME"}]
    if how is not None:
        assert [event["factuality"] for event in found] == [how]
    assert all("Polizei" not in event["actors"] for event in found)


@pytest.mark.parametrize(
    ("text", "talks"),
    [
        ("Nur Munitionslager getroffen", 0),
        ("Viele Wirte trafen Vorsorge.", 0),
        ("Lena Dorn wurde schwer getroffen.", 0),
        ("Lena Dorn hat Karl Heger getroffen.", 1),
        ("Lena Dorn und Karl Heger haben sich in Husum getroffen.", 1),
        ("Lena Dorn traf ihren Amtskollegen in Husum.", 1),
    ],
)
def test_who_is_hit_or_takes_care_meets_nobody(text: str, talks: int) -> None:
    names = {**POLICE, "Viele Wirte": GRP}
    assert len([event for event in told(text, names) if event["type"] == "CONSULT"]) == talks


def test_who_escapes_is_not_who_arrests() -> None:
    text = "Die Polizei nahm zwei Verdächtige fest, ein dritter entkam."
    found = told(text, {"Polizei": ORG, "zwei Verdächtige": GRP})
    assert [event["actors"] for event in found if event["trigger"] == "nahm"] == [["Polizei"]]
    assert not [event for event in found if event["trigger"] == "entkam" and event["actors"]]


def test_an_acquittal_tells_no_crime() -> None:
    text = "Karl Heger ist in Husum vom Vorwurf des Betrugs freigesprochen worden."
    assert [event["type"] for event in told(text, POLICE)] == ["JUSTICE"]
    crime = "Karl Heger ist in Husum wegen eines Betrugs in Odessa angezeigt worden."
    assert all(event["type"] != "CRIME" for event in told(crime, POLICE))
