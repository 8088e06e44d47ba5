"""Who did what to whom, where: sentences of our own, one construction of news German each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.events.told import document, events_of, told

from quellenlage.annotate.events import STAGE as EVENTS
from quellenlage.annotate.events.arguments import Named
from quellenlage.model import Document, EntityKind, PlaceReading

PER, ORG, GPE, LOC = EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC
NAMES = {
    "Marek Toldin": PER,
    "Ilse Brandner": PER,
    "Orvenien": GPE,
    "Dorwa": GPE,
    "Kalt-Hafen": LOC,
    "Nordbund": ORG,
}

CASES = [
    (
        "Marek Toldin traf am Montag Ilse Brandner in Dorwa.",
        {"type": "CONSULT", "trigger": "traf", "actors": ["Marek Toldin", "Ilse Brandner"], "place": "Dorwa"},
    ),
    (
        "Am Montag hat Marek Toldin in Dorwa mit Ilse Brandner telefoniert.",
        {"type": "CONSULT", "trigger": "telefoniert", "actors": ["Marek Toldin", "Ilse Brandner"], "place": "Dorwa"},
    ),
    (
        "Das Telefonat von Präsident Marek Toldin mit seiner Amtskollegin Ilse Brandner dauerte lange.",
        {"type": "CONSULT", "trigger": "Telefonat", "actors": ["Marek Toldin", "Ilse Brandner"]},
    ),
    (
        "Der Nordbund wurde in Kalt-Hafen von Orvenien angegriffen.",
        {
            "type": "ASSAULT",
            "trigger": "angegriffen",
            "actors": ["Orvenien"],
            "recipients": ["Nordbund"],
            "place": "Kalt-Hafen",
        },
    ),
    (
        "Orvenien zog seine Soldaten aus Kalt-Hafen ab.",
        {"type": "RETREAT", "trigger": "zog", "actors": ["Orvenien"], "place": "Kalt-Hafen"},
    ),
    (
        "Nach dem Rücktritt von Ilse Brandner blieb es in Dorwa ruhig.",
        {"type": "PERSONNEL", "trigger": "Rücktritt", "actors": ["Ilse Brandner"], "place": "Dorwa"},
    ),
    (
        "Nach der Festnahme von Ilse Brandner kam es zu Krawallen.",
        {"type": "COERCE", "trigger": "Festnahme", "actors": [], "recipients": ["Ilse Brandner"]},
    ),
    (
        "Marek Toldin, der nach Dorwa gereist war, empfing Ilse Brandner.",
        {"type": "CONSULT", "trigger": "empfing", "actors": ["Marek Toldin", "Ilse Brandner"], "place": None},
    ),
    (
        "Orvenien will im Mai Truppen nach Kalt-Hafen entsenden.",
        {"type": "MOBILIZE", "trigger": "entsenden", "actors": ["Orvenien"], "factuality": "planned"},
    ),
    (
        "Marek Toldin wird am Freitag in Dorwa Ilse Brandner treffen.",
        {"type": "CONSULT", "trigger": "treffen", "factuality": "planned"},
    ),
    (
        "Orvenien hat Kalt-Hafen offenbar beschossen.",
        {"type": "ASSAULT", "trigger": "beschossen", "actors": ["Orvenien"], "factuality": "alleged"},
    ),
    (
        "Falls Orvenien den Nordbund angreift, gilt der Vertrag.",
        {
            "type": "ASSAULT",
            "trigger": "angreift",
            "actors": ["Orvenien"],
            "recipients": ["Nordbund"],
            "factuality": "hypothetical",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_constructions(text: str, expected: dict[str, object]) -> None:
    found = [event for event in told(text, NAMES) if event["trigger"] == expected["trigger"]]
    assert len(found) == 1, told(text, NAMES)
    assert {key: found[0][key] for key in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Orvenien wurde nicht angegriffen.",
        "Ein Treffen zwischen Marek Toldin und Ilse Brandner gab es nicht, kein Gespräch.",
        "Der gestürzte Marek Toldin schweigt.",
        "Marek Toldin traf eine Entscheidung.",
    ],
)
def test_what_is_not_told_as_happening_is_no_event(text: str) -> None:
    assert [event for event in told(text, NAMES) if event["factuality"] == "happened"] == []


def test_two_places_of_one_article_tell_one_event() -> None:
    text = (
        "Marek Toldin hat in Dorwa Ilse Brandner getroffen.\n\nDas Wetter war gut.\n\n"
        "Bei dem Treffen von Marek Toldin und Ilse Brandner ging es um Wasser."
    )
    events = events_of(text, NAMES)
    assert len(events) == 1
    assert [span.of(text) for span in events[0].also] == ["Treffen"]


@given(st.text(max_size=300))
def test_any_text_passes(text: str) -> None:
    if text.strip():
        for event in events_of(text):
            assert event.sentence.contains(event.trigger)


def test_what_somebody_does_not_intend_is_not_told_as_a_plan() -> None:
    text = "Orvenien habe nicht vor, Kalt-Hafen zu räumen."
    assert [event for event in told(text, NAMES) if event["factuality"] in {"happened", "planned"}] == []


def test_what_is_talked_about_is_not_where_it_is_talked() -> None:
    text = "Marek Toldin und Ilse Brandner hätten über die Lage in Dorwa und in Kalt-Hafen telefoniert."
    (event,) = told(text, NAMES)
    assert (event["actors"], event["place"]) == (["Marek Toldin", "Ilse Brandner"], None)


def test_what_is_agreed_on_is_planned_and_elsewhere() -> None:
    text = "Orvenien und der Nordbund haben sich in Dorwa auf einen Abzug der Truppen aus Kalt-Hafen geeinigt."
    (retreat,) = [event for event in told(text, NAMES) if event["type"] == "RETREAT"]
    assert (retreat["place"], retreat["factuality"]) == ("Kalt-Hafen", "planned")


def whose(text: str, trigger: str) -> list[list[str]]:
    """Who acts in an event or undergoes it, by name."""
    made = EVENTS.run(document(text, NAMES))
    return [
        [made.entity(who).name for who in (*event.actors, *event.recipients)]
        for event in made.events
        if event.trigger.of(text) == trigger
    ]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("Nach dem Angriff des Nordbundes auf den Hafen blieb es ruhig.", "Angriff", [["Nordbund"]]),
        ("Nach dem Angriff auf den Hafen des Nordbundes blieb es ruhig.", "Angriff", []),
        ("Nach dem Angriff auf die Fischer von Marek Toldin blieb es ruhig.", "Angriff", [["Marek Toldin"]]),
        ("Nach der Drohung gegen die Fischer des Nordbundes blieb es ruhig.", "Drohung", []),
        ("Nach der Festnahme der Söhne des Nordbundes blieb es ruhig.", "Festnahme", [["Nordbund"]]),
    ],
)
def test_whose_harbour_is_hit_does_not_hit_it(text: str, trigger: str, who: list[list[str]]) -> None:
    assert whose(text, trigger) == who


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Festnahme in Dorwa – Chef des Nordbundes", "Festnahme"),
        ("Festnahme in Dorwa: Chef des Nordbundes", "Festnahme"),
        ("Ilse Brandner, Chefin des Nordbundes, verurteilte Gespräche mit Orvenien.", "Gespräche"),
    ],
)
def test_what_a_dash_a_colon_or_a_comma_parts_takes_no_part(text: str, trigger: str) -> None:
    assert all("Nordbund" not in names for names in whose(text, trigger))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Der Nordbund griff auf der Straße nach Dorwa Marek Toldin an.", None),
        ("Der Nordbund griff auf der Autobahn nach Dorwa Marek Toldin an.", None),
        ("Der Nordbund griff auf dem Weg nach Dorwa Marek Toldin an.", None),
        ("Der Nordbund griff auf der Autobahn in Dorwa Marek Toldin an.", "Dorwa"),
        ("Marek Toldin reiste am Montag nach Dorwa.", "Dorwa"),
    ],
)
def test_where_a_road_leads_nothing_happens(text: str, place: str | None) -> None:
    assert told(text, NAMES)[0]["place"] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nach der Ankunft des Nordbundes sind die Soldaten aus Dorwa abgezogen.", None),
        ("Nach der Ankunft des Nordbundes in Orvenien sind die Soldaten aus Dorwa abgezogen.", "Orvenien"),
        ("Die Ankunft des Nordbundes aus Dorwa dauerte lange.", "Dorwa"),
    ],
)
def test_from_where_others_went_nobody_arrived(text: str, place: str | None) -> None:
    (arrival,) = [event for event in told(text, NAMES) if event["trigger"] == "Ankunft"]
    assert arrival["place"] == place


def test_from_where_they_went_is_the_place_of_going_alone() -> None:
    text = "Nach ihrer Ankunft sind die Truppen aus Dorwa abgezogen."
    found = {event["trigger"]: event["place"] for event in told(text, NAMES | {"Truppen": EntityKind.GRP})}
    assert found.get("Ankunft") is None
    assert found["abgezogen"] == "Dorwa"


def test_where_a_government_acts_nothing_happens() -> None:
    text = "In Dorwa wurde der Nordbund von Moskau angegriffen."
    made = document(text, {"Nordbund": ORG, "Moskau": GPE, "Dorwa": GPE})
    moskau, dorwa = (next(e.id for e in made.entities if e.name == name) for name in ("Moskau", "Dorwa"))
    without = replace(made, mentions=tuple(m for m in made.mentions if m.entity != dorwa))
    acting = replace(without, places=(PlaceReading(moskau, None, "metonym", ("RU",), "state:RU", score=0.9),))
    (plain,), (stands,) = EVENTS.run(without).events, EVENTS.run(acting).events
    assert plain.place == moskau
    assert stands.place is None
    assert EVENTS.run(made).events[0].place == dorwa


def test_who_is_named_is_gathered_once_for_all_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[str] = []
    gather = Named.of

    def counted(told: Document) -> Named:
        gathered.append(told.article.id)
        return gather(told)

    monkeypatch.setattr(Named, "of", counted)
    told = document("Die Armee griff Arnsburg an. Die Armee beschoss Arnsburg. " * 20, {"Arnsburg": EntityKind.GPE})
    assert len(EVENTS.run(told).events) > 1
    assert gathered == [told.article.id]
