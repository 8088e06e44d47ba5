from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.article import Overrides
from quellenlage.errors import BadInput
from quellenlage.model import Article, Given

PROSE = "Die Fähre legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte."
Build = Callable[..., Article]


def told(built: Article) -> tuple[str, str] | None:
    return (built.dct.value, built.dct.method) if built.dct else None


def test_a_judgement_comes_first(article: Build) -> None:
    given = Given(published="2019-03-12", url="https://example.org/2018/01/02/x.html")
    assert told(article(PROSE, Overrides(dct="2015-09"), given=given)) == ("2015-09", "judgement")
    with pytest.raises(BadInput, match="clipping"):
        article(PROSE, Overrides(dct="gestern"))


def test_the_container_is_taken_as_written(article: Build) -> None:
    late = Given(published="2019-03-12T23:59:00-08:00", how={"published": "json-ld datePublished"})
    built = article(PROSE, given=late)
    assert told(built) == ("2019-03-12", "given")
    assert built.dct
    assert built.dct.reasons == ("given:json-ld datePublished",)
    assert told(article(PROSE, given=Given(published="2019-03"))) == ("2019-03", "given")
    odd = article(PROSE, given=Given(published="vorgestern"))
    assert (odd.dct, odd.warnings) == (None, ("given-date-unreadable",))
    assert article(PROSE, given=Given(published="2019-02-30")).dct is None


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.org/politik/2019/03/12/faehre.html", "2019-03-12"),
        ("https://example.org/2019-03-12-faehre", "2019-03-12"),
        ("https://example.org/news/2019/03/faehre", "2019-03"),
        ("https://example.org/a-20190312.html", "2019-03-12"),
        ("https://example.org/2019/13/45/x", None),
        ("https://example.org/artikel/120190312999.html", None),
        ("https://example.org/id/2019", None),
    ],
)
def test_address(article: Build, url: str, value: str | None) -> None:
    assert told(article(PROSE, given=Given(url=url))) == ((value, "url") if value else None)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("12. März 2019, 14:30 Uhr", "2019-03-12"),
        ("Stand: 12.03.2019", "2019-03-12"),
        ("Erstellt am 12.03.2019", "2019-03-12"),
        ("Von Anna Beispiel | 12.03.2019, 14:30 Uhr", "2019-03-12"),
        ("Dienstag, 12. März 2019", "2019-03-12"),
        ("Aktualisiert: 13.03.2019, 08:00 Uhr", "2019-03-13"),
        ("2019-03-12T14:30:00+01:00", "2019-03-12"),
        ("Veröffentlicht: 12.03.2019, 08:00 Uhr - Aktualisiert: 13.03.2019", "2019-03-12"),
        ("date 2019-03", "2019-03"),
        ("Hafenstadt, 12. März 2019", "2019-03-12"),
    ],
)
def test_header(article: Build, header: str, value: str) -> None:
    built = article(f"Fähre legt ab\n{header}\n{PROSE}\n{PROSE}")
    assert told(built) == (value, "header")
    assert built.dct
    assert built.dct.evidence[0].of(built.text) in header


@pytest.mark.parametrize(
    "form",
    [
        "Fähre legt ab\n12.03.2019, 14:30 Uhr\n{p}\n{p}",
        "Fähre legt ab\nVeröffentlicht am 12.03.2019 | Lesedauer: 3 Minuten\n{p}\n{p}",
        "Fähre legt ab\nVon Anna Beispiel, Hafenstadt\n12. März 2019, 14:30 Uhr\n{p}\n{p}",
        "Fähre legt ab\n12. März 2019, 14:30 Uhr   Lesezeit: 2 Min.\n{p}\n{p}",
        "Fähre legt ab\nAktualisiert am 12.03.2019-14:30\n{p}\n{p}",
        "Fähre legt ab\nDienstag, 12.03.2019, 14:30\n{p}\n{p}",
        "Fähre legt ab\nHafenstadt, 12.3.2019\n{p}\n{p}",
        "Fähre legt ab\nDi, 12. Mär 2019\n{p}\n{p}",
        "Fähre legt ab\nDi. 12.03.2019 14:30\n{p}\n{p}",
        "Fähre legt ab\n12.3.2019, 14.30 Uhr\n{p}\n{p}",
        "Fähre legt ab\nAnna Beispiel 12.03.2019\n{p}\n{p}",
        "Fähre legt ab\nPubliziert am 12.03.2019\n{p}\n{p}",
        "Fähre legt ab\nOnline seit: 12. März 2019, 14:30 Uhr\n{p}\n{p}",
        "Fähre legt ab\n(Anna Beispiel, 12.3.2019)\n{p}\n{p}",
        "Fähre legt ab\n{p}\n{p}\n(Anna Beispiel, 12.3.2019)",
        "Fähre legt ab\n{p}\n{p}\n(APA, 12.3.2019)",
        "Fähre legt ab\n{p}\n{p}\n(dpa/12.03.2019)",
        "Fähre legt ab\nHafenstadt, 12. März 2019 – {p}\n{p}",
        "Fähre legt ab\nHafenstadt (dpa), 12.03.2019 - {p}\n{p}",
        "Fähre legt ab\nvom 12.03.2019\n{p}\n{p}",
        "Fähre legt ab\nAusgabe vom 12.03.2019, Seite 4\n{p}\n{p}",
        "Muster-Zeitung, 12.03.2019, S. 4\nFähre legt ab\n{p}\n{p}",
        "Fähre legt ab\nDatum: 12.03.2019\n{p}\n{p}",
        "Fähre legt ab\n12.03.19 14:30\n{p}\n{p}",
        "Fähre legt ab\n{p}\n{p}\nSendung: Nachrichten, 12.03.2019, 14:30 Uhr",
        "Fähre legt ab\n{p}\n{p}\nQuelle: APA/dpa, 12.03.2019",
        "Fähre legt ab\nErstmals publiziert am 12. März 2019 um 14:30 Uhr\n{p}\n{p}",
        "Fähre legt ab\nLetzte Aktualisierung: 13.03.2019\nErstellt am: 12.03.2019\n{p}\n{p}",
    ],
)
def test_headers_of_german_austrian_and_swiss_media_give_the_day(article: Build, form: str) -> None:
    built = article(form.format(p=PROSE))
    assert built.dct is not None
    assert built.dct.value == "2019-03-12"
    assert built.dct.method in {"header", "dateline"}


@pytest.mark.parametrize(
    "line",
    [
        "Wahl am 12.03.2019",
        "Fähre fährt bis 12.03.2019",
        "Anna Beispiel wurde am 12.03.2019 geboren",
        "Der Lotse, der Hafen, das Amt, die Stadt und die Fähre, 12.03.2019",
    ],
)
def test_a_short_line_that_tells_of_a_day_is_no_header(article: Build, line: str) -> None:
    built = article(f"Fähre legt ab\n{line}\n{PROSE}\n{PROSE}")
    assert built.dct is None or built.dct.method == "inferred"


def test_header_and_wire_number_below_the_report(article: Build) -> None:
    assert told(article(f"Fähre legt ab\n\n{PROSE}\n\nStand: 12.03.2019")) == ("2019-03-12", "header")
    wire = f"Fähre legt ab\n\n{PROSE}\n\n© dpa-infocom, dpa:190312-99-123456/2"
    assert told(article(wire)) == ("2019-03-12", "header")


def test_date_behind_the_headline_and_in_the_dateline(article: Build) -> None:
    assert told(article(f"Fähre gesunken (2010-10-21)\n\n{PROSE}\n\n{PROSE}")) == ("2010-10-21", "header")
    assert told(article(f"WIEN, 12. März 2019 (APA) - {PROSE}")) == ("2019-03-12", "dateline")


def test_a_date_in_the_report_or_a_list_of_dates_is_no_header(article: Build) -> None:
    in_report = told(article(f"Fähre legt ab\n\nAm 12. März 2001 brannte der Hafen. {PROSE}"))
    assert in_report is not None
    assert in_report[1] == "inferred"
    links = "\n".join(f"Fähre fällt aus ({day}.03.2011)" for day in range(10, 14))
    assert article(f"Fähre legt ab\n\n{PROSE}\n\n{PROSE}\n\n{links}").dct is None


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("2019-03-12_streit.txt", "2019-03-12"),
        ("/alt/streit_20190312.txt", "2019-03-12"),
        ("pm_03-2020.eml", "2020-03"),
        ("12.03.2019 streit.txt", "2019-03-12"),
        ("clipping_2019.txt", None),
        ("001_584398fe5e48996b.txt", None),
        ("2019-03-12/streit.txt", None),
        ("4711201903129.txt", None),
    ],
)
def test_file_name(article: Build, source: str, value: str | None) -> None:
    assert told(article(PROSE, source=source)) == ((value, "filename") if value else None)


def test_nothing_known_stays_nothing(article: Build) -> None:
    assert article(f"{PROSE}\n\n{PROSE}", captured="2026-01-01T00:00:00Z").dct is None
