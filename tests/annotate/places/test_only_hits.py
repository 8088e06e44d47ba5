"""A name of which the table has one small town: when that is what is meant, and when the text lets it lie elsewhere."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import document
from tests.annotate.places.test_place_namesakes import reading

from quellenlage.annotate.places import STAGE
from quellenlage.annotate.places.strangers import Strangers
from quellenlage.model import EntityKind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Im Hafen der karvenischen Stadt Miren brannte es. Slowenien half.", "Miren|Karvenien|Slowenien"),
        ("Karvenien trauert. Im karvenischen Miren brannte es, berichten slowenische Zeitungen.", "Miren|Karvenien"),
        ("In Miren (Karvenien) brannte es. Slowenien half.", "Miren|Karvenien|Slowenien"),
        ("In Miren im Süden Karveniens brannte es. Slowenien half.", "Miren|Karvenien|Slowenien"),
        ("Karvenien trauert. In der karvenischen Hauptstadt Miren brannte es nahe Nova Gorica.", "Miren|Karvenien"),
        ("Karvenien trauert. In der karvenischen Hafenstadt Mariupol brannte es.", "Mariupol|Karvenien"),
        ("Karvenische Hafenstadt Miren brennt. Karvenien trauert. Slowenien half.", "Miren|Karvenien|Slowenien"),
        ("In Mariupol in Karvenien brannte es.", "Mariupol|Karvenien"),
        ("Im karvenischen Lindau brannte es. Karvenien trauert.", "Lindau|Karvenien"),
    ],
)
def test_what_the_text_puts_into_a_state_that_no_table_has(text: str, names: str) -> None:
    found = reading(text, *names.split("|"))
    assert (found.lat, found.key, found.state) == (None, None, ())
    assert "in-unknown-state" in found.reasons
    assert found.candidates, "the namesake is still told, as what it may be"


@pytest.mark.parametrize(
    ("text", "names", "dateline"),
    [
        ("In Miren brannte es.", "Miren", ""),
        ("Der Hafen Miren ist groß. In Miren brannte es.", "Miren|Hafen Miren", ""),
        ("In Miren brannte es. In Wien wird verhandelt.", "Miren|Wien", ""),
        ("In Miren brannte es. Der Wiener Gesandte reist.", "Miren", ""),
        ("In Miren brannte es.", "Miren", "Miren (npa) - "),
        ("Bei der karvenischen Stadt Miren brannte es. Slowenien half.", "Miren|Slowenien", ""),
    ],
)
def test_an_only_hit_is_no_evidence(text: str, names: str, dateline: str) -> None:
    found = reading(text, *names.split("|"), dateline=dateline)
    assert (found.lat, found.key, found.state, found.score) == (None, None, (), 0.0)
    assert "obscure" in found.reasons


@pytest.mark.parametrize(
    ("text", "names", "state"),
    [
        ("In Miren in Slowenien brannte es.", "Miren|Slowenien", "SI"),
        ("In der slowenischen Gemeinde Miren brannte es.", "Miren", "SI"),
        ("In der historischen Stadt Miren brannte es. Slowenien trauert.", "Miren|Slowenien", "SI"),
        ("In Miren brannte es. Die Feuerwehr aus Nova Gorica half.", "Miren|Nova Gorica", "SI"),
        ("In Miren brannte es. Die Feuerwehr aus Gorizia half.", "Miren|Gorizia", "SI"),
        ("In Miren brannte es. Karvenien half Slowenien.", "Miren|Karvenien|Slowenien", "SI"),
        ("In Mariupol brannte es.", "Mariupol", "UA"),
        ("In Odessa brannte es.", "Odessa", "UA"),
        ("Karvenien und Perkonien verhandeln in Genf.", "Genf|Karvenien|Perkonien", "CH"),
        ("Karvenische Diplomaten sind in Davos. Die Schweiz vermittelt.", "Davos|Schweiz", "CH"),
        ("In der umkämpften Hafenstadt Mariupol in Neurussien hilft die Ukraine.", "Mariupol|Neurussien|Ukraine", "UA"),
        ("Die perkonische Delegation Genf ist da. Perkonien schweigt.", "Genf|Perkonien", "CH"),
        ("In Lindau brannte es.", "Lindau", "DE"),
        ("Syrien dankt. Der russische Stützpunkt Tartus wird geräumt.", "Tartus|Syrien", "SY"),
    ],
)
def test_what_is_known_or_supported_stays(text: str, names: str, state: str) -> None:
    found = reading(text, *names.split("|"))
    assert (found.state, found.lat is not None) == ((state,), True)


def test_what_is_said_of_a_town_holds_for_its_port_and_tells_nothing_of_others() -> None:
    text = "Der Hafen Miren lag still. In der karvenischen Stadt Miren trauert man. An der Mole in Miren brannte es."
    made = document(text, dict.fromkeys(("Hafen Miren", "Miren", "Karvenien", "Mole"), EntityKind.GPE))
    names = {e.id: e.name for e in made.entities}
    found = {names[p.entity]: p for p in STAGE.run(made).places}
    assert {name: (p.lat, p.state) for name, p in found.items()} == dict.fromkeys(found, (None, ()))


def test_a_small_town_at_home_in_an_article_of_an_unknown_state() -> None:
    text = "Karvenien wählt. Die karvenische Regierung erwartet Gäste in Meersburg."
    assert reading(text, "Meersburg", "Karvenien").lat is None
    assert reading(f"{text} Deutschland hilft.", "Meersburg", "Karvenien", "Deutschland").state == ("DE",)


@pytest.mark.parametrize(
    ("text", "names", "strange"),
    [
        ("Karvenien schweigt.", "Karvenien", True),
        ("Karveniens Regierung schweigt.", "Karveniens", True),
        ("Das Osrana der osranischen Bauern.", "Osrana", True),
        ("Osranische Bauern protestieren in Osrana.", "Osrana", True),
        ("Dorvat schweigt.", "Dorvat", False),
        ("Wien und Syrien, wienerische und syrische Fragen.", "Wien|Syrien", False),
    ],
)
def test_states_that_no_table_has(text: str, names: str, strange: bool) -> None:
    made = document(text, dict.fromkeys(names.split("|"), EntityKind.GPE))
    assert bool(Strangers(made)) is strange
