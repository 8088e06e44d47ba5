from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.annotate.language import STAGE
from quellenlage.model import Document
from quellenlage.resources import load

pytestmark = pytest.mark.usefixtures("rules_alone")

Make = Callable[..., Document]


def sentences(document: Document) -> list[str]:
    return [s.span.of(document.text) for s in STAGE.run(document).sentences]


EXAMPLES = [*load("de/abbreviations.toml")["examples"]["sentences"]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_lexicon(make_document: Make, example: str) -> None:
    wanted = example.split(" | ")
    assert sentences(make_document(" ".join(wanted))) == wanted


CASES = [
    "Die Bürger:innen, Helfer*innen, Lehrer/-innen und Leser_innen protestierten. | Dann gingen sie.",
    "„Wir gehen nicht.“ | Das sagte der Bürgermeister am Abend.",
    "»Wir bleiben hier!« | Danach war es still.",
    '"Wirklich?", fragte die Reporterin. | "Ja!" | Dann schwieg er.',
    "„Das ist falsch.“ sagte der Sprecher.",
    "Sie rief: „Wir haben gewonnen!“ | Alle jubelten.",
    "Der Umsatz stieg auf 1.250.000,50 Euro. | Das sind 4,5 Prozent mehr.",
    "Mehr steht unter www.beispiel.de/seite.html. | Fragen an post@beispiel.de.",
    "Er habe … nun ja … gelogen. | Mehr sagte sie nicht ...",
    "Das Spiel endete 3:2. | Im Tor stand Huber.",
    "Die Reform gilt seit 2019. | Seither ist Ruhe.",
    "Am 5. 11. 2017 und am 18.9. wurde gewählt. | Das Ergebnis überraschte.",
    "Es war sein 60. Geburtstag, ihr 25. | Dann kam Regen.",
    "Der Präsident (parteilos) kam. | (Er war spät dran.) | Niemand klatschte.",
    "Gemeint ist Vitamin C. | Der Arzt rät ab.",
    "Altdorf (dpa) – Der Rat tagte. | Er beschloss nichts.",
]


@pytest.mark.parametrize("case", CASES)
def test_running_text(make_document: Make, case: str) -> None:
    wanted = case.split(" | ")
    assert sentences(make_document(" ".join(wanted))) == wanted


def test_hard_wrapped_lines_are_no_boundaries(make_document: Make) -> None:
    text = (
        "Der Gemeinderat hat in seiner Sitzung lange über den Neubau der\n"
        "Brücke beraten und ihn dann vertagt. Die Verwaltung soll bis zum\n"
        "Herbst einen neuen Plan vorlegen, der weniger kostet als der alte."
    )
    assert len(sentences(make_document(text))) == 2


def test_lines_meant_as_lines_are_boundaries(make_document: Make) -> None:
    text = (
        "Rat vertagt Neubau\nDie Brücke wird vorerst nicht gebaut.\nKosten\n• Planung: 2 Mio. Euro\n• Bau: 9 Mio. Euro"
    )
    assert sentences(make_document(text)) == text.split("\n")


def test_blank_line_ends_a_headline(make_document: Make) -> None:
    assert sentences(make_document("Rat vertagt Neubau\n\nder alten Brücke")) == [
        "Rat vertagt Neubau",
        "der alten Brücke",
    ]


def test_no_sentence_crosses_zones(make_document: Make) -> None:
    text = "Eine Überschrift und der erste Satz."
    document = STAGE.run(make_document(text, ((0, 16), (17, len(text)))))
    assert [(s.start, s.end) for s in document.sentences] == [(0, 16), (17, len(text))]
