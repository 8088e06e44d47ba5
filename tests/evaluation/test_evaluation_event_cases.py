"""What the words around a trigger say of it, read with the encoder as in use, and the table of short texts."""

from __future__ import annotations

import pytest

from quellenlage.evaluation import data, event_cases
from quellenlage.model import EVENT_TYPES, Factuality


def told(text: str) -> list[tuple[str, str]]:
    """Trigger words and types of a text's events."""
    return [(e.trigger.of(text), e.event_type) for e in data.analysed(text, event_cases.PUBLISHED).events]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Auf dem Marktplatz kam es zu Ausschreitungen.", ("Ausschreitungen", "PROTEST")),
        ("Nach einer Kundgebung zogen viele weiter.", ("Kundgebung", "PROTEST")),
        ("Das Treffen am 24. März dauerte lange.", ("Treffen", "CONSULT")),
        ("Die Kommunalwahl findet am 8. Oktober statt.", ("Kommunalwahl", "ELECTION")),
        ("Der am Montag verhaftete Bürgermeister schweigt.", ("verhaftete", "COERCE")),
        ("Am Samstag war ein alter Kran umgestürzt.", ("umgestürzt", "ACCIDENT")),
    ],
)
def test_nobody_need_be_named_where_it_is_told_to_have_happened(text: str, event: tuple[str, str]) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Angst vor einem Krieg haben viele.",  # a topic
        "Vor einigen Jahren war das anders.",  # "einigen" is no verb here
        "Die auf dem Stützpunkt stationierten Soldaten schweigen.",
        "Die Brücke ist seit langem als baufällig bekannt.",
        "Wann die Soldaten abziehen, weiß niemand.",
        "Jährlich verkaufen sie zehn Millionen Bäume an den Konzern.",
        "Die Anforderungen stellt die Norm.",
    ],
)
def test_topics_states_questions_and_habits_are_no_events(text: str) -> None:
    assert told(text) == []


def test_a_noun_with_nothing_but_its_article_goes_back_to_what_was_told() -> None:
    text = "Die Minister trafen sich am Dienstag in Wien. Nach dem Gespräch lobte Anna Kern die Gastgeber."
    assert told(text) == [("trafen", "CONSULT"), ("lobte", "SUPPORT")]


def test_a_charge_is_not_told_to_have_happened() -> None:
    kinds = [kind for _, kind in told("Das Landgericht Merzen verurteilte den Mann wegen Mordes zu zwölf Jahren Haft.")]
    assert kinds == ["JUSTICE"]


def test_the_injured_belong_to_what_killed_the_others() -> None:
    kinds = [kind for _, kind in told("In Altmoor starben vier Menschen und neun wurden verletzt.")]
    assert kinds == ["DEATH"]


def test_the_noun_of_a_light_verb_is_part_of_the_trigger() -> None:
    text = "Der Rechnungshof übte Kritik am Verkehrsministerium."
    [event] = data.analysed(text, event_cases.PUBLISHED).events
    assert (event.trigger.of(text), [span.of(text) for span in event.also]) == ("übte", ["Kritik"])


def test_the_table_knows_every_type_and_half_of_it_is_silent() -> None:
    cases = [gold for _, gold in event_cases.table()]
    assert {event.type for case in cases for event in case.events} == EVENT_TYPES
    assert {event.factuality for case in cases for event in case.events} <= {str(one) for one in Factuality}
    assert sum(not case.events for case in cases) == len(cases) // 2


def test_what_the_table_gives() -> None:
    figures = {metric.name: metric.value for metric in event_cases.evaluate().metrics}
    assert figures["no-event.silent"] >= 0.95
    assert figures["found.f1"] >= 0.9
