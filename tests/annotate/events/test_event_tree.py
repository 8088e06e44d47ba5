"""What belongs to an event, read from the tree: sentences of our own, written before their output was looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.events import STAGE as EVENTS
from quellenlage.annotate.timex import STAGE as TIMEXES
from quellenlage.encoder import files
from quellenlage.model import Document, EntityKind, EventMention, Factuality

PER, ORG, GPE, GRP = EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP
NAMES = {
    "Marek Toldin": PER,
    "Ilse Brandner": PER,
    "Orvenien": GPE,
    "Dorwa": GPE,
    "Miren": GPE,
    "Nordbund": ORG,
    "Volksfront": ORG,
}
NOUNS = {
    "Luftwaffe": ORG,
    "Polizei": ORG,
    "Botschafterin": PER,
    "Rebellen": GRP,
    "Soldaten": GRP,
    "Demonstranten": GRP,
}

CASES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "Am Dienstag bombardierte die Luftwaffe von Orvenien den Hafen der Volksfront.",
        "bombardierte",
        {"actors": ["Luftwaffe"], "recipients": ["Volksfront"]},
    ),
    (
        "Den Gesandten Marek Toldin empfing in Dorwa die Ministerin Ilse Brandner.",
        "empfing",
        {"actors": ["Ilse Brandner", "Marek Toldin"], "place": "Dorwa"},
    ),
    (
        "Die Unabhängigkeit der Provinz von Orvenien wurde von der Volksfront anerkannt.",
        "anerkannt",
        {"actors": ["Volksfront"]},
    ),
    (
        "Marek Toldin wurde am Freitag von der Polizei in Miren verhaftet.",
        "verhaftet",
        {"actors": ["Polizei"], "recipients": ["Marek Toldin"], "place": "Miren"},
    ),
    ("Das Dorf wurde durch die Rebellen gestürmt.", "gestürmt", {"actors": ["Rebellen"]}),
    (
        "Der Nordbund hat der Volksfront mit einem Angriff auf Miren gedroht.",
        "gedroht",
        {"actors": ["Nordbund"], "recipients": ["Volksfront"]},
    ),
    ("Orvenien hat Miren fünfzig Panzer geliefert.", "geliefert", {"actors": ["Orvenien"], "recipients": ["Miren"]}),
    (
        "Der Nordbund forderte Orvenien auf, die Grenze zu öffnen.",
        "forderte",
        {"actors": ["Nordbund"], "recipients": ["Orvenien"]},
    ),
    (
        "Ilse Brandner warf der Volksfront vor, die Waffenruhe gebrochen zu haben.",
        "warf",
        {"actors": ["Ilse Brandner"], "recipients": ["Volksfront"]},
    ),
    ("Marek Toldin ist am Montag zurückgetreten.", "zurückgetreten", {"actors": ["Marek Toldin"]}),
    (
        "Der Nordbund und Orvenien haben in Dorwa ein Abkommen unterzeichnet.",
        "unterzeichnet",
        {"actors": ["Nordbund", "Orvenien"], "place": "Dorwa"},
    ),
    (
        "In Dorwa demonstrierten Tausende gegen Marek Toldin.",
        "demonstrierten",
        {"recipients": ["Marek Toldin"], "place": "Dorwa"},
    ),
    (
        "Die Polizei begann, die Demonstranten festzunehmen.",
        "festzunehmen",
        {"actors": ["Polizei"], "recipients": ["Demonstranten"]},
    ),
    (
        "Ilse Brandner will am Samstag nach Dorwa reisen.",
        "reisen",
        {"actors": ["Ilse Brandner"], "place": "Dorwa", "factuality": "planned"},
    ),
    (
        "Der Nordbund kündigte an, seine Soldaten aus Miren abzuziehen.",
        "abzuziehen",
        {"actors": ["Nordbund"], "recipients": ["Soldaten"], "place": "Miren", "factuality": "planned"},
    ),
    (
        "Die Rebellen griffen den Konvoi an und töteten Marek Toldin.",
        "töteten",
        {"actors": ["Rebellen"], "recipients": ["Marek Toldin"]},
    ),
    (
        "Marek Toldin flog nach Dorwa und traf dort Ilse Brandner.",
        "traf",
        {"actors": ["Marek Toldin", "Ilse Brandner"]},
    ),
    (
        "Die Polizei durchsuchte das Haus, nahm Marek Toldin fest und brachte ihn nach Dorwa.",
        "nahm",
        {"actors": ["Polizei"], "recipients": ["Marek Toldin"]},
    ),
    (
        "Der Nordbund zwang Marek Toldin, nach Dorwa zu fliehen.",
        "fliehen",
        {"actors": ["Marek Toldin"], "place": "Dorwa"},
    ),
    (
        "Die Rebellen, die am Montag Miren angegriffen hatten, zogen nach Dorwa weiter.",
        "angegriffen",
        {"actors": ["Rebellen"]},
    ),
    (
        "Der Minister Marek Toldin, den die Rebellen entführt hatten, ist wieder frei.",
        "entführt",
        {"actors": ["Rebellen"], "recipients": ["Marek Toldin"]},
    ),
    (
        "Ilse Brandner, der der Nordbund einen Orden verliehen hatte, ist in Dorwa gestorben.",
        "gestorben",
        {"recipients": ["Ilse Brandner"], "place": "Dorwa"},
    ),
    (
        "Der Minister Marek Toldin, mit dem Ilse Brandner gesprochen hatte, reiste ab.",
        "gesprochen",
        {"actors": ["Ilse Brandner", "Marek Toldin"]},
    ),
    (
        "Soldaten, die an der Botschaft in Dorwa stationiert waren, haben das Land verlassen.",
        "verlassen",
        {"actors": ["Soldaten"], "place": None},
    ),
    (
        "Soldaten, die in Dorwa stationiert waren, reisten am Montag nach Miren.",
        "reisten",
        {"actors": ["Soldaten"], "place": "Miren"},
    ),
    ("Der Angriff der Rebellen auf Dorwa dauerte zwei Tage.", "Angriff", {"actors": ["Rebellen"], "place": "Dorwa"}),
    (
        "Das Treffen zwischen Marek Toldin und Ilse Brandner fand in Dorwa statt.",
        "Treffen",
        {"actors": ["Marek Toldin", "Ilse Brandner"], "place": "Dorwa"},
    ),
    ("Auf den Rücktritt des Ministers Marek Toldin folgte Ilse Brandner.", "Rücktritt", {"actors": ["Marek Toldin"]}),
    (
        "Die Verhaftung Marek Toldins durch die Polizei löste Krawalle aus.",
        "Verhaftung",
        {"actors": ["Polizei"], "recipients": ["Marek Toldin"]},
    ),
    ("Die Hilfe für die Volksfront begann im Mai.", "Hilfe", {"recipients": ["Volksfront"]}),
    (
        "Die Kritik von Ilse Brandner an der Volksfront fiel scharf aus.",
        "Kritik",
        {"actors": ["Ilse Brandner"], "recipients": ["Volksfront"]},
    ),
    (
        "Die Volksfront setzte nach einer blitzartigen Offensive in Miren eine Regierung ein.",
        "Offensive",
        {"place": "Miren"},
    ),
    (
        "Die Rebellen verübten am Sonntag einen Anschlag auf die Polizei in Miren.",
        "Anschlag",
        {"actors": ["Rebellen"], "recipients": ["Polizei"], "place": "Miren"},
    ),
    (
        "Der Besuch von Marek Toldin bei Ilse Brandner in Dorwa war kurz.",
        "Besuch",
        {"actors": ["Marek Toldin", "Ilse Brandner"], "place": "Dorwa"},
    ),
    ("Der Abzug der Soldaten aus Miren endete gestern.", "Abzug", {"actors": ["Soldaten"], "place": "Miren"}),
    (
        "Der Nordbund verhängte Sanktionen gegen Orvenien.",
        "verhängte",
        {"actors": ["Nordbund"], "recipients": ["Orvenien"]},
    ),
    ("Bei einem Luftangriff des Nordbunds in der Nähe von Miren starben drei Soldaten.", "starben", {"place": "Miren"}),
    (
        "Marek Toldin aus Miren wurde in Dorwa verhaftet.",
        "verhaftet",
        {"recipients": ["Marek Toldin"], "place": "Dorwa"},
    ),
    ("Die Botschafterin von Orvenien in Dorwa trat am Freitag zurück.", "trat", {"place": None}),
    ("Ilse Brandner reiste aus Miren nach Dorwa.", "reiste", {"actors": ["Ilse Brandner"], "place": "Dorwa"}),
    (
        "In Dorwa sagte Marek Toldin, in Miren seien drei Soldaten getötet worden.",
        "getötet",
        {"recipients": ["Soldaten"], "place": "Miren"},
    ),
    ("Derzeit evakuiert der Nordbund die Stadt Miren.", "evakuiert", {"factuality": "ongoing"}),
    ("Die Rebellen sind dabei, Miren zu erobern.", "erobern", {"factuality": "ongoing"}),
    ("Wenn die Rebellen Dorwa angreifen, flieht Marek Toldin.", "angreifen", {"factuality": "hypothetical"}),
    ("Der Nordbund könnte seine Soldaten aus Miren abziehen.", "abziehen", {"factuality": "hypothetical"}),
    ("Marek Toldin soll in Dorwa verhaftet worden sein.", "verhaftet", {"factuality": "alleged"}),
    ("Mutmaßlich haben Rebellen den Konvoi in Miren angegriffen.", "angegriffen", {"factuality": "alleged"}),
    ("Die Wahl in Orvenien ist für den 3. Mai vorgesehen.", "Wahl", {"factuality": "planned"}),
    (
        "Bei dem Angriff in Dorwa wurden mindestens 400 Soldaten getötet.",
        "getötet",
        {"quantities": [(400, None, "Soldat")]},
    ),
    ("Der Nordbund evakuierte fast 100 Fahrzeuge aus Miren.", "evakuierte", {"quantities": [(90, 99, "Fahrzeug")]}),
    ("Bei dem Unfall in Dorwa gab es einen Toten und drei Verletzte.", "Toten", {"quantities": [(1, 1, "Tote")]}),
    (
        "In Dorwa demonstrierten zwischen 20.000 und 30.000 Menschen gegen die Volksfront.",
        "demonstrierten",
        {"quantities": [(20000, 30000, "Mensch")]},
    ),
    ("Hunderttausende Menschen flohen aus Miren.", "flohen", {"quantities": [(200000, None, "Mensch")]}),
    ("Mehr als ein Dutzend Soldaten desertierte und floh nach Dorwa.", "floh", {"quantities": [(13, None, "Soldat")]}),
    ("Orvenien spendete der Stadt Miren 3,5 Millionen Euro.", "spendete", {"quantities": [(3500000, 3500000, "Euro")]}),
    ("Bis zu 50 Soldaten wurden in Miren getötet.", "getötet", {"quantities": [(None, 50, "Soldat")]}),
    ("Gut 200 Menschen demonstrierten in Dorwa.", "demonstrierten", {"quantities": [(201, None, "Mensch")]}),
]
MISREAD: list[tuple[str, str, dict[str, Any]]] = [
    ("Marek Toldin, dessen Bruder die Polizei verhaftet hatte, schwieg.", "verhaftet", {"actors": ["Polizei"]}),
    (
        "Seit Montag streikt der Nordbund in Dorwa.",
        "streikt",
        {"actors": ["Nordbund"], "factuality": "ongoing", "place": "Dorwa"},
    ),
]
"""What the tree gets wrong today: a subject after its object, a present that it takes for a past."""

NOTHING = [
    ("Die Polizei nahm Marek Toldin nicht fest.", "nahm"),
    ("Es gab keinen Angriff auf Dorwa.", "Angriff"),
]


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


def read(text: str) -> Document:
    """Events of a text with the names above; nouns are no names."""
    known = {name: kind for name, kind in {**NAMES, **NOUNS}.items() if name in text}
    made = document(text, known)
    mentions = tuple(replace(m, form="noun") if m.span.of(text) in NOUNS else m for m in made.mentions)
    return EVENTS.run(TIMEXES.run(replace(made, mentions=mentions)))


def event_at(made: Document, trigger: str) -> EventMention | None:
    """The event that a word tells."""
    text = made.text
    return next((e for e in made.events if any(s.of(text) == trigger for s in (e.trigger, *e.also))), None)


def wrong(text: str, trigger: str, expected: dict[str, Any]) -> dict[str, object]:
    """What differs from what is expected."""
    made = read(text)
    event = event_at(made, trigger)
    if event is None:
        return {"event": None}
    names = {entity.id: entity.name for entity in made.entities}
    found: dict[str, Any] = {
        "actors": {names[one] for one in event.actors},
        "recipients": {names[one] for one in event.recipients},
        "place": names[event.place] if event.place else None,
        "factuality": str(event.factuality),
        "quantities": [(q.low, q.high, q.unit) for q in event.quantities],
    }
    wanted = {key: set(value) if key in {"actors", "recipients"} else value for key, value in expected.items()}
    return {key: found[key] for key, value in wanted.items() if found[key] != value}


@pytest.mark.parametrize(("text", "trigger", "expected"), CASES, ids=lambda value: str(value)[:60])
def test_what_belongs_to_an_event(text: str, trigger: str, expected: dict[str, Any]) -> None:
    assert wrong(text, trigger, expected) == {}


@pytest.mark.xfail(strict=True, reason="the tree is wrong here")
@pytest.mark.parametrize(("text", "trigger", "expected"), MISREAD, ids=lambda value: str(value)[:60])
def test_what_the_tree_gets_wrong(text: str, trigger: str, expected: dict[str, Any]) -> None:
    assert wrong(text, trigger, expected) == {}


@pytest.mark.parametrize(("text", "trigger"), NOTHING)
def test_what_did_not_happen_is_denied(text: str, trigger: str) -> None:
    event = event_at(read(text), trigger)
    assert event is not None
    assert event.factuality is Factuality.DENIED


def test_a_rejection_has_the_accuser_and_says_how() -> None:
    made = read("Ilse Brandner beschuldigte die Volksfront. Marek Toldin wies die Anschuldigung zurück.")
    event = event_at(made, "wies")
    assert event is not None
    assert [made.entity(one).name for one in event.recipients] == ["Ilse Brandner"]
    assert "completed:recipients" in event.reasons


def test_a_rejection_of_something_else_is_not_completed() -> None:
    made = read("Ilse Brandner beschuldigte die Volksfront. Marek Toldin lehnte eine Kandidatur ab.")
    event = event_at(made, "lehnte")
    assert event is not None
    assert event.recipients == ()


def test_a_place_of_the_clause_above_is_said_to_be_so() -> None:
    made = read("In Miren brach ein Feuer aus, bei dem Marek Toldin starb.")
    event = event_at(made, "starb")
    assert event is not None
    assert event.place is not None
    assert "completed:place" in event.reasons


def test_numbers_belong_to_the_verb_they_depend_on() -> None:
    made = read("In Dorwa wurden 200 Soldaten getötet und 400 verletzt.")
    event = event_at(made, "getötet")
    assert event is not None
    assert (200, 200) in [(q.low, q.high) for q in event.quantities]
