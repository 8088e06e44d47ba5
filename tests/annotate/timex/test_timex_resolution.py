"""Resolution against the publication date, against what was told before, and without either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quellenlage.model import Document, Timex, ZoneKind

Make = Callable[..., Document]
FRIDAY = "2015-09-18"


def only(document: Document) -> Timex:
    (found,) = document.timexes
    return found


def values(document: Document) -> list[tuple[str, str]]:
    return [(t.span.of(document.text), t.value) for t in document.timexes]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Der Rat tagte am Mittwoch.", "2015-09-16"),
        ("Der Rat wird am Mittwoch tagen.", "2015-09-23"),
        ("Das Treffen ist für Mittwoch geplant.", "2015-09-23"),
        ("Der Rat hat am Mittwoch getagt.", "2015-09-16"),
        ("Der Rat will am Mittwoch tagen.", "2015-09-23"),
        ("Er soll am Mittwoch zugestimmt haben.", "2015-09-16"),
        ("Der Plan werde scheitern, sagte er am Mittwoch.", "2015-09-16"),
        ("Der Plan werde scheitern, so der Sprecher am Mittwoch.", "2015-09-16"),
        ("Der Rat tagte am Freitag.", "2015-09-18"),
        ("Er kam am vergangenen Freitag.", "2015-09-11"),
        ("Er kommt am kommenden Freitag.", "2015-09-25"),
        ("Er kommt am Montag kommender Woche.", "2015-09-21"),
        ("Er kam im Oktober.", "2014-10"),
        ("Er soll im Oktober kommen.", "2015-10"),
        ("Er kam am 20. September.", "2015-09-20"),
        ("Er kam am 20. Dezember.", "2014-12-20"),
        ("Seit Ende August steht die Brücke leer.", "2015-08"),
    ],
)
def test_direction_of_the_clause(timexes: Make, text: str, value: str) -> None:
    assert only(timexes(text, FRIDAY)).value == value


def test_dct_that_is_a_month_keeps_the_weekday_open(timexes: Make) -> None:
    found = only(timexes("Er kam am Freitag.", "2015-09"))
    assert (found.value, found.anchor) == ("XXXX-WXX-5", "dct")
    assert (found.earliest, found.latest) == (date(2015, 8, 28), date(2015, 9, 25))


def test_dct_that_is_an_interval_resolves_what_both_ends_agree_on(timexes: Make) -> None:
    document = timexes("Er kam am Freitag, nicht gestern.", "2015-09-18/2015-09-19")
    assert values(document) == [("Freitag", "2015-09-18"), ("gestern", "XXXX-XX-XX")]
    assert (document.timexes[1].earliest, document.timexes[1].latest) == (date(2015, 9, 17), date(2015, 9, 18))


def test_without_dct_nothing_relative_has_days(timexes: Make) -> None:
    document = timexes("Er kam gestern, im Mai, am 28. September, vor zwei Jahren, am Freitag um 8 Uhr.")
    assert [t.value for t in document.timexes] == [
        "XXXX-XX-XX",
        "XXXX-05",
        "XXXX-09-28",
        "XXXX",
        "XXXX-WXX-5",
        "T08:00",
    ]
    assert all(t.earliest is None and t.latest is None for t in document.timexes)


def test_without_dct_explicit_dates_resolve_and_anchor(timexes: Make) -> None:
    document = timexes("Am 3. Mai 2012 kam er. Zwei Tage später ging er.")
    assert [t.value for t in document.timexes] == ["2012-05-03", "2012-05-05"]
    assert document.timexes[1].anchor == document.timexes[0].id


def test_story_of_another_year(timexes: Make) -> None:
    document = timexes(
        "Im März 1992 stürzte die Regierung, im April wurde gewählt. Ende des Jahres zerbrach sie.", FRIDAY
    )
    assert [t.value for t in document.timexes] == ["1992-03", "1992-04", "1992"]


def test_ranges_run_forward(timexes: Make) -> None:
    assert values(timexes("Von Freitag bis Sonntag wurde gefeiert.", "2015-09-19")) == [
        ("Freitag", "2015-09-18"),
        ("Sonntag", "2015-09-20"),
    ]
    assert values(timexes("Vom 28. April bis zum 3. Mai 2014 war Pause.", FRIDAY)) == [
        ("28. April", "2014-04-28"),
        ("3. Mai 2014", "2014-05-03"),
    ]


def test_days_of_periods_and_their_parts(timexes: Make) -> None:
    whole, late = timexes("Im Jahr 2014 und Ende 2014 war Ruhe.", FRIDAY).timexes
    assert (whole.earliest, whole.latest) == (date(2014, 1, 1), date(2014, 12, 31))
    assert late.mod == "END"
    assert late.earliest is not None
    assert late.earliest >= date(2014, 8, 31)


def test_vague_shifts_are_intervals(timexes: Make) -> None:
    found = only(timexes("Vor rund zwei Jahren zog er um.", FRIDAY))
    assert (found.type, found.value, found.distance) == ("DATE", "2013", "P2Y")
    assert (found.mod, found.anchor) == ("APPROX", "dct")
    assert (found.earliest, found.latest) == (date(2012, 1, 1), date(2014, 12, 31))


@pytest.mark.parametrize(
    ("text", "dct", "kind", "value", "distance"),
    [
        ("Vor zwei Wochen zog er um.", FRIDAY, "DATE", "2015-W36", "P2W"),
        ("Vor drei Tagen zog er um.", FRIDAY, "DATE", "2015-09-15", "P3D"),
        ("Er wird in einem Monat umziehen.", FRIDAY, "DATE", "2015-10", "P1M"),
        ("Vor mehr als zehn Jahren zog er um.", FRIDAY, "DATE", "2005", "P10Y"),
        ("Vor zwei Wochen zog er um.", None, "DATE", "XXXX-WXX", "P2W"),
        ("Er zog in zwei Jahren dreimal um.", FRIDAY, "DURATION", "P2Y", None),
        ("Vor zwei Stunden zog er um.", FRIDAY, "DURATION", "PT2H", None),
        ("Vor einigen Jahren zog er um.", FRIDAY, "DURATION", "PXY", None),
        ("Der Umzug dauerte zwei Wochen.", FRIDAY, "DURATION", "P2W", None),
        ("Gestern zog er um.", FRIDAY, "DATE", "2015-09-17", None),
    ],
)
def test_a_distance_is_told_where_the_words_count_from_now(
    timexes: Make, text: str, dct: str | None, kind: str, value: str, distance: str | None
) -> None:
    found = only(timexes(text, dct))
    assert (found.type, found.value, found.distance) == (kind, value, distance)


def test_time_takes_the_day_told_last(timexes: Make) -> None:
    assert values(timexes("Am Montag brannte es. Um 4.30 Uhr war alles gelöscht.", FRIDAY)) == [
        ("Montag", "2015-09-14"),
        ("4.30 Uhr", "2015-09-14T04:30"),
    ]


def test_time_of_a_repeated_event_is_on_no_day(timexes: Make) -> None:
    assert values(timexes("Der Markt öffnet jeden Montag um 10 Uhr.", FRIDAY))[1] == ("10 Uhr", "T10:00")
    assert values(timexes("Geöffnet ist montags von 10 bis 12 Uhr.", FRIDAY))[1:] == [
        ("10", "T10:00"),
        ("12 Uhr", "T12:00"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Das Spiel endete 3:2 vor 2000 Zuschauern.",
        "Die Boeing 737 kostete 1999 Euro, siehe Seite 2012.",
        "Tel. 0471 2015, Zimmer 1984.",
        "Er ist 45 Jahre alt, sie mit 18 Jahren ausgezogen.",
        "Der 25-Jährige und die 16-jährige Schülerin kamen.",
        "Nach Artikel 5 Absatz 2 gilt das nicht.",
        "Wir müssen früh aufstehen.",
        "Mai Thi Nguyen spricht.",
    ],
)
def test_what_is_no_time(timexes: Make, text: str) -> None:
    assert values(timexes(text, FRIDAY)) == []


def test_days_that_do_not_exist_are_left_out(timexes: Make) -> None:
    assert "2014-02-31" not in [t.value for t in timexes("Am 31. Februar 2014 und am 31.2.2014.", FRIDAY).timexes]


def test_boilerplate_is_not_read(timexes: Make) -> None:
    text = "Er kam gestern. Newsletter vom Montag."
    zones = ((0, 15, ZoneKind.BODY), (16, len(text), ZoneKind.BOILERPLATE))
    assert [t.value for t in timexes(text, FRIDAY, zones).timexes] == ["2015-09-17"]
    assert [
        t.value for t in timexes(text, FRIDAY, ((0, 15, ZoneKind.BOILERPLATE), (16, 38, ZoneKind.CAPTION))).timexes
    ] == ["2015-09-14"]
