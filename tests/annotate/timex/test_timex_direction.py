"""Which Monday "am Montag" is: tense and preposition decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.annotate.events.told import document

from quellenlage.annotate.timex import STAGE
from quellenlage.model import Dct


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Orvenien hat am Montag Truppen in das Nachbarland verlegt.", "2018-09-17"),
        ("Am Montag hat das Gericht den Antrag verworfen.", "2018-09-17"),
        ("Für Montag kündigte der Verband eine Kundgebung an.", "2018-09-24"),
        ("Am Montag reist die Ministerin nach Wien.", "2018-09-24"),
        ("Damit kann der Umzug wie im August vereinbart beginnen.", "2018-08"),
        ("Er kam im Oktober.", "2017-10"),
    ],
)
def test_direction(text: str, value: str) -> None:
    made = document(text)
    day = Dct(date(2018, 9, 18), date(2018, 9, 18), "given")
    dated = replace(made, article=replace(made.article, dct=day))
    assert [timex.value for timex in STAGE.run(dated).timexes] == [value]
