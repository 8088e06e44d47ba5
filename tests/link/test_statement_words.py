"""Which words may differ in two passages that are one statement, and which may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.link.test_statements import SHORT, WHOLE, Words, article, one, statements

from quellenlage.link.origins import find_origins
from quellenlage.link.statements import find_statements
from quellenlage.model import Document, Evidentiality, Member


def reported(number: int, words: str, dct: str = "2021-03-12", verb: str = "sagte") -> Document:
    """An article that tells a claim in indirect speech."""
    return article(number, f"Ilse Brandner {verb}, {words}.", dct, Words(words))


LONG = (
    "Bei dem schweren Unglück an der Schleuse von Dorwa sind am frühen Abend nach unserer Kenntnis {} Lotsen des "
    "Hafens {} worden"
)

DIFFER = [
    ("Wir sind für den Vertrag", "Wir sind gegen den Vertrag"),
    ("Die Arbeitslosigkeit nimmt in Dorwa zu", "Die Arbeitslosigkeit nimmt in Dorwa ab"),
    ("Wir gehen mit Waffen nach Dorwa", "Wir gehen ohne Waffen nach Dorwa"),
    ("Mehr als die Hälfte der Lotsen ist krank", "Weniger als die Hälfte der Lotsen ist krank"),
    ("Wir entscheiden vor der Wahl über die Schleuse", "Wir entscheiden nach der Wahl über die Schleuse"),
    ("Die Truppen ziehen in Dorwa ein", "Die Truppen ziehen in Dorwa ab"),
    ("Der Minister hat den Kanzler informiert", "Der Kanzler hat den Minister informiert"),
    ("Den Minister hat der Kanzler informiert", "Der Minister hat den Kanzler informiert"),
    ("Alle Lotsen haben den Hafen verlassen", "Fast alle Lotsen haben den Hafen verlassen"),
    ("Wir treten von allen Ämtern zurück", "Wir treten nur dann von allen Ämtern zurück, wenn wir verlieren"),
    ("Wir treten zurück", "wir treten nur dann zurück, wenn wir verlieren"),
    ("Wir wollen die Schleuse öffnen", "Wir wollten die Schleuse öffnen"),
    ("Die Lotsen liefern dem Hafen Kräne", "Die Lotsen lieferten dem Hafen Kräne"),
    ("Es wäre ein Fehler, die Truppen abzuziehen", "Wir müssen die Truppen abziehen"),
    ("Es wäre ein Fehler, die Truppen aus Dorwa abzuziehen", "die Truppen aus Dorwa abzuziehen"),
    ("Wir können die Wahl noch gewinnen", "Wir können die Wahl kaum noch gewinnen"),
    ("Wir können die Wahl gewinnen", "Wir hätten die Wahl gewinnen können"),
    ("Wenn die Grenze geschlossen wird, verlieren wir alle", "Die Grenze wird geschlossen"),
    ("Wird die Grenze geschlossen?", "Die Grenze wird geschlossen"),
    ("Die Grenze wird geschlossen?", "Die Grenze wird geschlossen"),
    ("Der Bahnhof wird verkauft", "Wer behauptet, der Bahnhof wird verkauft, der lügt"),
    ("Der Bahnhof von Dorwa wird verkauft", "Der Bahnhof von Dorwa wird verkauft. Das ist gelogen"),
    ("Der Bahnhof von Dorwa wird verkauft", "Der Bahnhof von Dorwa wird verkaufen"),
    (LONG.format("zwanzig", "getötet"), LONG.format("dreißig", "getötet")),
    (LONG.format("zwanzig", "getötet"), LONG.format("zwanzig", "verletzt")),
    (LONG.format("2300", "getötet"), LONG.format("zweitausend", "getötet")),
    ("Vermutlich öffnet die Schleuse im Herbst", "Die Schleuse öffnet im Herbst"),
    ("Die Schleuse öffnet vermutlich im Herbst", "Die Schleuse öffnet im Herbst"),
    ("Russland hat die Ukraine nie angegriffen", "Die Ukraine hat Russland angegriffen"),
    ("Er wird als Minister zurücktreten", "Ich werde als Minister zurücktreten"),
    ("Wir sind nicht nur dem Hafen verpflichtet, sondern auch den Lotsen",
     "Wir sind dem Hafen verpflichtet und auch den Lotsen"),
    ("Ich werde nicht zurücktreten, solange die Schleuse nicht öffnet",
     "Ich werde zurücktreten, sobald die Schleuse öffnet"),
    ("Die Spieler haben die Stadt verändert", "Die Spiele haben die Stadt verändert"),
    ("300 Lotsen kamen nach Dorwa", "Rund 300 Lotsen kamen nach Dorwa"),
    ("Wir liefern Kräne an Dorwa", "Wir liefern Kräne an Dorwa, aber erst 2030"),
    ("Es gab 5 Prozent Wachstum in Dorwa", "Es gab -5 Prozent Wachstum in Dorwa"),
    ("Die Armee von Dorwa ist stark", "Die Armee von Dorwa ist stark geschwächt"),
    ("Mein Sohn hat Kräne gekauft", "Sein Sohn hat Kräne gekauft"),
    ("Die Schleuse kann im Mai öffnen", "Die Schleuse könnte im Mai öffnen"),
    ("Wir müssen schnell Kräne liefern", "Wir müssen schneller Kräne liefern"),
]  # fmt: skip


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize(("first", "second"), DIFFER)
def test_whatever_word_is_exchanged_keeps_two_apart(first: str, second: str, direct: bool) -> None:
    make = one if direct else reported
    for days in (("2021-03-12", "2021-04-01"), ("2021-03-12", "2021-03-12")):
        found = statements([make(1, first, days[0]), make(2, second, days[1])])
        assert len(found) == 2
        assert not any(r.kind == "contrary" for s in found for r in s.related)


ALIKE = [
    (one(1, WHOLE), one(2, SHORT)),
    (one(1, "Wir werden die Schleuse öffnen, weil die Lotsen sie brauchen"), one(2, "Wir werden die Schleuse öffnen")),
    (one(1, "Wir werden die Schleuse von Dorwa öffnen"), reported(2, "man werde die Schleuse von Dorwa öffnen")),
    (one(1, "Ich habe unsere Kräne nie verkauft"), reported(2, "er habe ihre Kräne nie verkauft")),
    (one(1, "Es ist ernst. Wir werden die Schleuse öffnen. Danke"), one(2, "Wir werden die Schleuse öffnen")),
    (one(1, "Die Schleuse ist seit dem Herbst baufällig"), reported(2, "die Schleuse sei seit dem Herbst baufällig")),
    (one(1, "Wir haben am Montag die Schleuse geöffnet"), one(2, "Wir haben die Schleuse geöffnet")),
    (one(1, "Wir müssen die Schleuse öffnen", evidentiality=Evidentiality.DEMANDED),
     one(2, "Wir müssen die Schleuse öffnen")),
    (one(1, "Es kamen 25 Lotsen nach Dorwa"), one(2, "Es kamen fünfundzwanzig Lotsen nach Dorwa")),
    (reported(1, "dass die Schleuse geöffnet wird"), reported(2, "dass die Schleuse geöffnet werde", verb="betonte")),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_harmless_forms_and_cuts_are_one_statement(first: Document, second: Document) -> None:
    assert len(statements([first, second])) == 1


def test_reserve_makes_another_statement_and_no_contradiction() -> None:
    words = "Die Schleuse von Dorwa öffnet im Herbst"
    a, b = statements([one(1, words), one(2, words, evidentiality=Evidentiality.HEDGED)])
    assert {r.kind for r in (*a.related, *b.related)} == {"perhaps"}


def test_a_body_without_a_name_of_its_own_is_no_common_speaker() -> None:
    words = "Die Schleuse von Dorwa ist seit Jahren baufällig"

    def tagged(number: int, upos: str) -> Document:
        told = one(number, words, speaker="Nordbund")
        tags = (replace(t, upos=upos if t.span.of(told.text) == "Nordbund" else None) for t in told.tokens)
        return replace(told, tokens=tuple(tags))

    assert len(statements([tagged(1, "NOUN"), tagged(2, "NOUN")])) == 2
    assert len(statements([tagged(1, "PROPN"), tagged(2, "PROPN")])) == 1


def test_a_slogan_repeated_on_a_thousand_days_costs_little() -> None:
    import time
    from datetime import timedelta

    days = [(date(2015, 1, 1) + timedelta(days=2 * n)).isoformat() for n in range(1200)]
    documents = [one(n, (WHOLE, SHORT)[n % 2], day) for n, day in enumerate(days)]
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    provenance = find_origins(documents, ())
    start = time.perf_counter()
    found, _ = find_statements(documents, entity_of, provenance, (), ())
    assert len(found) == 1
    assert time.perf_counter() - start < 2
