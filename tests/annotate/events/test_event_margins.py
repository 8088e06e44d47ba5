"""Days of credits, captions and update notes date nothing that an article tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.annotate.events.told import dated, document

from quellenlage.annotate.events.margins import Margins
from quellenlage.annotate.timex import STAGE as TIMEX
from quellenlage.encoder import files
from quellenlage.model import READ_ZONES, EntityKind, Factuality, Zone, ZoneKind
from quellenlage.resources import load

PER, GPE = EntityKind.PER, EntityKind.GPE
NAMES = {"Lena Dorn": PER, "Karl Heger": PER, "Husum": GPE}
THURSDAY = date(2024, 5, 9)


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize(
    "text",
    [
        "Lena Dorn tritt zurück (dpa/12.3.)",
        "Lena Dorn hat Karl Heger in Husum getroffen (AFP, 3. Mai 2024).",
        "Lena Dorn hat Karl Heger in Husum getroffen. Stand: 12.05.2024",
        "Lena Dorn hat Karl Heger in Husum getroffen (Foto: Max Muster, 3. Mai 2024).",
        "Lena Dorn hat Karl Heger in Husum getroffen. Zuletzt aktualisiert am 12. Mai 2024",
    ],
)
def test_a_day_of_a_credit_dates_nothing(text: str) -> None:
    events = dated(text, NAMES, THURSDAY)
    assert events
    assert all(event.interval is None and event.factuality is Factuality.HAPPENED for event in events)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lena Dorn hat Karl Heger in Husum getroffen (3. Mai 2024).", date(2024, 5, 3)),
        ("Lena Dorn hat Karl Heger am 3. Mai 2024 in Husum getroffen (dpa).", date(2024, 5, 3)),
        ("Im Stand der Feuerwehr hat Lena Dorn am 3. Mai 2024 Karl Heger getroffen.", date(2024, 5, 3)),
    ],
)
def test_a_day_of_the_report_dates_it(text: str, day: date) -> None:
    (event,) = [event for event in dated(text, NAMES, THURSDAY) if event.event_type == "CONSULT"]
    assert (event.earliest, event.latest) == (day, day)


def test_a_caption_tells_nothing() -> None:
    text = "Archivbild: Lena Dorn trifft am 3. Mai 2024 Karl Heger in Husum."
    assert dated(text, NAMES, THURSDAY) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Der seit 1991 amtierende Minister Karl Heger hat Lena Dorn in Husum getroffen.", None),
        ("Nach einer Meldung des Senders vom 3. Mai 2024 hat Karl Heger Lena Dorn in Husum getroffen.", None),
        ("Das Treffen von Karl Heger und Lena Dorn vom 3. Mai 2024 fand in Husum statt.", date(2024, 5, 3)),
    ],
)
def test_a_day_of_another_noun_is_not_the_events(text: str, dates: date | None) -> None:
    events = [event for event in dated(text, NAMES, THURSDAY) if event.event_type == "CONSULT"]
    assert [event.earliest for event in events] == [dates]


def test_every_label_stands_once() -> None:
    table = load("de/event_margins.toml")
    for labels in (table["captions"]["labels"].split(), table["notes"]["labels"], table["credits"]["words"].split()):
        assert len(labels) == len(set(labels))


def test_days_are_looked_up_in_the_zone_that_they_stand_in() -> None:
    days = [f"{day}. Mai 2024" for day in range(1, 13)]
    text = "\n".join(days)
    kinds = [ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.HEADLINE, ZoneKind.BOILERPLATE] * 3
    made = document(text)
    starts = [text.index(f"{day}") if not n else text.index(f"\n{day}") + 1 for n, day in enumerate(days)]
    zones = tuple(Zone(at, at + len(day), kind) for at, day, kind in zip(starts, days, kinds, strict=True))
    read = TIMEX.run(replace(made, article=replace(made.article, zones=zones)))
    inside = [t for t in read.timexes if any(z.start <= t.start < z.end and z.kind in READ_ZONES for z in zones)]
    assert 0 < len(inside) < len(read.timexes)
    assert list(Margins(read).running(read.timexes)) == inside
