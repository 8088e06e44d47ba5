from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.article import Overrides
from quellenlage.model import Article, Given, Mark, MarkKind

PROSE = "Die Fähre legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte."
Build = Callable[..., Article]


def test_headline_by_order_by_title_and_by_markup(article: Build) -> None:
    text = f"Hafenstreit\nFähre legt nach langem Streit wieder ab\n\n{PROSE}\n\n{PROSE}"
    plain = article(text).headline
    assert plain is not None
    assert (plain.value, plain.method) == ("Fähre legt nach langem Streit wieder ab", "text")
    assert plain.spans[0].of(text) == plain.value
    given = article(text, given=Given(title="Hafenstreit | Hafenbote")).headline
    assert given is not None
    assert (given.value, given.method) == ("Hafenstreit", "given")
    marked = article(text, marks=(Mark(0, 11, MarkKind.TITLE),)).headline
    assert marked is not None
    assert (marked.value, marked.method) == ("Hafenstreit", "markup")


def test_a_given_title_that_the_text_lacks_is_kept_without_a_place(article: Build) -> None:
    headline = article(PROSE, given=Given(title="Fähre legt ab")).headline
    assert headline is not None
    assert (headline.value, headline.spans) == ("Fähre legt ab", ())


def test_no_headline_is_invented(article: Build) -> None:
    assert article(f"{PROSE}\n\n{PROSE}").headline is None


@pytest.mark.parametrize(
    ("tail", "outlet"),
    [
        ("Quelle: Hafenbote", "Hafenbote"),
        ("© 2020 Küstenkurier", "Küstenkurier"),
        ("(c) Küstenkurier", "Küstenkurier"),
        ("ZEIT ONLINE, dpa, mf", "Die Zeit"),
        ("/mf/news.de/dpa", "news.de"),
        ("Quelle: https://www.spiegel.de/politik/a-1.html", "Der Spiegel"),
        ("Original-Content von: Seeamt Hafenstadt, übermittelt durch news aktuell", "Seeamt Hafenstadt"),
        ("Zur Startseite", None),
        ("Quelle: dpa", None),
        ("(dpa/mf)", None),
        ("Dieser Artikel erschien zuerst im Hafenboten.", None),
        ("Das Video wurde dem Hafenboten zur Verfügung gestellt.", None),
    ],
)
def test_outlet_by_what_stands_below_the_report(article: Build, tail: str, outlet: str | None) -> None:
    text = f"Fähre legt ab\n\n{PROSE}\n\n{PROSE}\n\n{tail}"
    found = article(text).outlet
    assert (found.value if found else None) == outlet
    if found:
        assert found.method == "text"
        assert found.spans[0].of(text)


def test_outlet_by_judgement_container_and_address(article: Build) -> None:
    given = Given(url="https://www.tagesspiegel.de/politik/x.html", outlet="Hafenbote")
    assert getattr(article(PROSE, Overrides(outlet="Küstenkurier"), given=given).outlet, "method", None) == "judgement"
    assert getattr(article(PROSE, given=given).outlet, "value", None) == "Hafenbote"
    by_url = article(PROSE, given=Given(url=given.url)).outlet
    assert by_url is not None
    assert (by_url.value, by_url.method) == ("Der Tagesspiegel", "url")
    assert article(PROSE, given=Given(url="https://example.org/x")).outlet is None
    assert article(PROSE, given=Given(url="http://[broken")).outlet is None


def test_outlet_in_the_masthead_and_in_its_own_dateline(article: Build) -> None:
    masthead = article(f"Deutsche Welle\nFähre legt ab\n\n{PROSE}\n\n{PROSE}").outlet
    assert masthead is not None
    assert masthead.value == "Deutsche Welle"
    own = article(f"Fähre legt ab\n\nMIREN taz | {PROSE}\n\n{PROSE}")
    assert own.outlet is not None
    assert own.outlet.value == "taz"
    assert own.outlet.spans[0].of(own.text) == "taz"


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ("2019-03-12_hafenbote.txt", "Hafenbote"),
        ("/a/b/2019-03-12_hafenbote_streit.txt", "Hafenbote"),
        ("2019-03-12_streit.txt", None),
        ("hafenbote.txt", None),
        ("C:\\alt\\20190312-tagesspiegel.txt", "Der Tagesspiegel"),
    ],
)
def test_a_file_name_is_a_weak_hint(article: Build, source: str, outlet: str | None) -> None:
    found = article(PROSE, source=source).outlet
    assert (found.value if found else None) == outlet
    assert found is None or found.method == "filename"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von Anna Beispiel", ["Anna Beispiel"]),
        ("Von Anna Beispiel und Bert von der Muster, Hafenstadt", ["Anna Beispiel", "Bert von der Muster"]),
        ("VON ANNA BEISPIEL", ["ANNA BEISPIEL"]),
        ("Von unserem Korrespondenten Bert Muster, New York", ["Bert Muster"]),
        ("Ein Kommentar von Anna Beispiel", ["Anna Beispiel"]),
        ("Aus Hafenstadt berichtet Bert Muster", ["Bert Muster"]),
        ("Autor: Bert Muster", ["Bert Muster"]),
        ("Anna Beispiel, ARD-Studio Hafenstadt", ["Anna Beispiel"]),
        ("Von Anna Beispiel | 12.03.2019, 14:30 Uhr", ["Anna Beispiel"]),
        ("Von unserer Redaktion", []),
    ],
)
def test_authors(article: Build, byline: str, names: list[str]) -> None:
    text = f"Fähre legt ab\n{byline}\n{PROSE}\n{PROSE}"
    found = article(text).authors
    assert [author.value for author in found] == names
    assert all(author.spans[0].of(text) == author.value for author in found)


def test_given_authors_are_not_repeated(article: Build) -> None:
    text = f"Fähre legt ab\nVon Anna Beispiel\n{PROSE}\n{PROSE}"
    found = article(text, given=Given(authors=("Anna Beispiel", "Bert Muster"))).authors
    assert [(a.value, a.method) for a in found] == [("Anna Beispiel", "given"), ("Bert Muster", "given")]
    assert found[0].spans


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        (f"Moskau (dpa) - {PROSE}", ["dpa"]),
        (f"BERLIN/MOSKAU (dpa/AFP) – {PROSE}", ["dpa", "AFP"]),
        (f"Miren (xyz) - {PROSE}", ["xyz"]),
        (f"{PROSE} (dpa/mf)", ["dpa"]),
        (f"{PROSE}\n\n/mf/news.de/dpa", ["dpa"]),
        (f"{PROSE}\n\nmf/dpa/rtr", ["dpa", "Reuters"]),
        (f"{PROSE}\n\n(Mit Material von dpa und AFP)", ["dpa", "AFP"]),
        (f"{PROSE}\n\nMit Material der Nachrichtenagentur Agence France-Presse", ["AFP"]),
        (f"{PROSE}\n\n© dpa-infocom, dpa:190312-99-123456/2", ["dpa"]),
        (f"{PROSE}\n\nAPA/Reuters/red", ["APA", "Reuters"]),
        (f"{PROSE}\n\n(sda/kko)", ["Keystone-SDA"]),
        (f"{PROSE}\n\nFoto: dpa", []),
        (f"{PROSE} Das berichtete die Agentur Interfax.", []),
        (f"{PROSE}\n\nDie Nachrichtenagentur dpa meldete am Abend, die Fähre sei wieder im Hafen.", []),
        (f"Hafenstadt (ots) - {PROSE}", []),
    ],
)
def test_agencies_only_where_they_are_credited(article: Build, text: str, agencies: list[str]) -> None:
    built = article(f"Fähre legt ab\n\n{text}")
    assert [a.value for a in built.agencies] == agencies
    for agency in built.agencies:
        assert all(span.of(built.text) for span in agency.spans)


def test_an_unknown_code_says_so(article: Build) -> None:
    assert [a.method for a in article(f"Miren (xyz/dpa) - {PROSE}").agencies] == ["dateline-code", "dateline"]


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        (PROSE, None, "de"),
        ("The ferry left the harbour in the morning, as the pilot told the office of the town.", None, "en"),
        ("Паром вышел из порта утром, сообщил лоцман городской администрации в понедельник.", None, "ru"),
        ("Ok.", "de-AT", "de"),
        ("Ok.", None, None),
    ],
)
def test_language(article: Build, text: str, given: str | None, language: str | None) -> None:
    assert article(text, given=Given(language=given)).language == language


def test_warnings_name_what_a_reader_should_know(article: Build) -> None:
    assert "paywall-remains" in article(f"{PROSE}\n\nWeiterlesen mit HafenPlus").warnings
    ticker = "\n\n".join(f"1{n}:32 Uhr: {PROSE}" for n in range(4))
    assert "live-ticker" in article(ticker).warnings
    assert "no-report" in article("Foto: dpa").warnings
    assert article(f"{PROSE}\n\n{PROSE}").warnings == ()


@pytest.mark.parametrize(
    ("head", "tail", "outlet", "words"),
    [
        ("SEEBLICK 3/2024\nHintergrund\n", "", "Seeblick", "SEEBLICK"),
        ("Seeblick Nr. 12\n", "", "Seeblick", "Seeblick"),
        ("Dünstaler Anzeiger\n", "", "Dünstaler Anzeiger", "Dünstaler Anzeiger"),
        ("DER KÜSTENBOTE\n", "", "Der Küstenbote", "DER KÜSTENBOTE"),
        ("", "Der Küstenbote / npx", "Der Küstenbote", "Der Küstenbote"),
        ("", "Der Küstenbote mit npx", "Der Küstenbote", "Der Küstenbote"),
        ("", "Der Küstenbote, Abendausgabe, Montag, 17. September", "Der Küstenbote", "Der Küstenbote"),
        ("", "(c) 2021 Dünstaler Anzeiger", "Dünstaler Anzeiger", "Dünstaler Anzeiger"),
        ("Netzwacht-Redaktion | Mittwoch, 17. November\n", "", "Netzwacht", "Netzwacht"),
    ],
)
def test_unknown_outlets_by_masthead_and_signature(
    article: Build, head: str, tail: str, outlet: str, words: str
) -> None:
    text = f"{head}Fähre legt wieder ab\n\n{PROSE}\n\n{PROSE}\n\n{tail}"
    found = article(text).outlet
    assert found is not None
    assert (found.value, found.method) == (outlet, "text")
    assert found.spans[0].of(text) == words
    assert article(text, given=Given(outlet="Hafenwelle")).outlet.value == "Hafenwelle"  # type: ignore[union-attr]  # None fails here as well


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("Gute Nachrichten\n", ""),
        ("Deutsche Post\n", ""),
        ("Der Bote\n", ""),
        ("Sport-Redaktion | Mittwoch, 17. November\n", ""),
        ("Hafenstadt, 12. März 2019\n", ""),
        ("", "Anna Muster / dpa"),
        ("", "Der Küstenbote schwieg dazu."),
        ("", "Die Fähre am Kai. Foto: Küstenbote"),
    ],
)
def test_no_outlet_from_lines_of_another_form(article: Build, head: str, tail: str) -> None:
    assert article(f"{head}Fähre legt wieder ab\n\n{PROSE}\n\n{PROSE}\n\n{tail}").outlet is None


@pytest.mark.parametrize("name", ["Küstenbote am Sonntag", "Mittelländisches Echo", "Die Woge"])
def test_an_unknown_name_right_above_the_day_is_the_outlet(article: Build, name: str) -> None:
    made = article(f"{name}\nSonntag, 3. März 2019\n\nFähre legt wieder ab\n\n{PROSE}\n\n{PROSE}")
    assert made.outlet is not None
    assert (made.outlet.value, made.outlet.spans[0].of(made.text)) == (name, name)
    assert made.headline is not None
    assert made.headline.value == "Fähre legt wieder ab"


@pytest.mark.parametrize(
    "text",
    [
        f"Fähre legt ab\n3. März 2019\n\n{PROSE}\n\n{PROSE}",
        f"Berlin\n3. März 2019\n\nFähre legt wieder ab\n\n{PROSE}\n\n{PROSE}",
        f"Anna Muster\n3. März 2019\n\nFähre legt wieder ab\n\n{PROSE}\n\n{PROSE}",
        f"Die Woge\n\n3. März 2019\n\nFähre legt wieder ab\n\n{PROSE}\n\n{PROSE}",
    ],
)
def test_a_headline_a_place_or_an_author_above_the_day_is_no_outlet(article: Build, text: str) -> None:
    assert article(text).outlet is None


def test_agencies_beside_the_outlet_count_and_those_of_photos_do_not(article: Build) -> None:
    text = f"Fähre legt ab\n\n{PROSE}\n\nDie Fähre am Kai. Foto: dpa\n\n{PROSE}\n\n{PROSE}\n\n"
    assert article(text).agencies == ()
    assert [a.value for a in article(f"{text}Der Küstenbote / npx").agencies] == ["npx"]
    assert [a.value for a in article(f"{text}Mit Material von npx").agencies] == ["npx"]
