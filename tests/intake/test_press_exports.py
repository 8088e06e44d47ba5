"""Exports of press databases: split where their articles begin, with what their headers say; all else stays whole."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.article import Overrides, make_article
from quellenlage.errors import BadInput, EmptyInput, TooLarge
from quellenlage.evaluation import press_layouts as forms
from quellenlage.evaluation.press_files import PAGE, as_docx, as_html, as_pdf, as_rtf, as_text
from quellenlage.evaluation.press_layouts import Story
from quellenlage.intake import Collection, IntakeOptions, LeftOut, capture_bytes, captures
from quellenlage.intake.press.days import find_day, whole_day, wire_day
from quellenlage.intake.press.layouts import layouts
from quellenlage.intake.press.lines import names_in
from quellenlage.model import Capture, MarkKind, ZoneKind

FERRY = Story(
    "Karver Hafenbote", date(2019, 3, 12), "5", "Lokales", ("Mara Tiedt",), "Fähre bleibt bis Freitag im Hafen", "",
    ("Die Fähre „Möwe“ bleibt nach Angaben der Reederei bis Freitag im Hafen. Grund ist ein Schaden an der Welle.",
     "Der Betriebsleiter rechnet mit einer Lieferung am 14. März 2019 - und mit einer Probefahrt am Tag danach."),
)  # fmt: skip
DYKE = Story(
    "Seekurier", date(2019, 3, 13), "1", "Politik", ("Ada Voss", "Nils Ohm"), "Streit um den Deich geht weiter", "",
    ("Der Streit um die Erhöhung des Norddeichs geht in die dritte Woche. Der Rat fand erneut keine Mehrheit.",
     "„Wir werden vor Gericht ziehen“, kündigte die Sprecherin der Anwohner nach der Sitzung an."),
)  # fmt: skip
YARD = Story(
    "Die Warte", date(2019, 3, 14), "12", "Wirtschaft", (), "Werft baut hundert Stellen ab", "",
    ("Die Werft streicht in diesem Jahr hundert Stellen. Das teilte der Vorstand am Mittwoch in Port Almin mit.",),
)  # fmt: skip
ALL = (FERRY, DYKE, YARD)


def read(name: str, data: bytes) -> tuple[list[Capture], list[Collection]]:
    told: list[Collection] = []
    found = capture_bytes(name, data, IntakeOptions("2024-05-01T12:00:00Z", on_collection=told.append))
    assert all(isinstance(c, Capture) for c in found), found
    return [c for c in found if isinstance(c, Capture)], told


def packed(text: str) -> str:
    """Letters and figures only: hyphens that a PDF has at its line ends stay in the text."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_layouts_match_their_examples_and_nothing_else(layout: object) -> None:
    assert isinstance(layout, type(layouts()[0]))
    patterns = [p for p in (layout.opens, layout.closes) if p]
    assert layout.examples
    assert layout.counter
    for example in layout.examples:
        assert any(p.search(f"davor\n  {example}\ndanach") for p in patterns), example
    for counter in layout.counter:
        assert not any(p.search(f"davor\n{counter}\ndanach") for p in patterns), counter


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("12. März 2019 Dienstag", "2019-03-12"),
        ("Dienstag, 12.03.2019", "2019-03-12"),
        ("Tuesday, March 12, 2019", "2019-03-12"),
        ("March 12, 2019 Tuesday 8:45 PM GMT", "2019-03-12"),
        ("12 Mar 2019", "2019-03-12"),
        ("Di, 12.Mär 2019", "2019-03-12"),
        ("12.03.19", "2019-03-12"),
        ("12. Jänner 2019, Abendausgabe", "2019-01-12"),
        ("2019-03-12T14:30", "2019-03-12"),
        ("31. Februar 2019", None),
        ("März 2019", None),
        ("Am 12. März 2019 kam er", None),
        ("12.03.1811", None),
    ],
)
def test_days_of_headers(line: str, iso: str | None) -> None:
    assert whole_day(line) == iso


def test_days_within_a_line_and_stamps_of_agencies() -> None:
    found = find_day("Seekurier vom 13.03.2019, Nr. 5")
    assert found
    assert found.iso == "2019-03-13"
    assert find_day("Version 12.3 von 2019") is None
    assert wire_day("121430 Mär 19") == "2019-03-12"
    assert wire_day("991430 Mär 19") is None


@given(st.text(alphabet="0123456789./:- MärzapriltuesdyMo,", max_size=60))
def test_any_line_is_a_day_or_none(line: str) -> None:
    found = find_day(line)
    assert found is None or (0 <= found.start < found.end <= len(line) and date.fromisoformat(found.iso))


def test_names_of_authors() -> None:
    assert names_in("Von Mara Tiedt; Jon Ried und Ada Voss") == ("Mara Tiedt", "Jon Ried", "Ada Voss")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", as_text(forms.lexis_german(ALL), wrapped=True, centred=3)),
        ("a.rtf", as_rtf(forms.lexis_english(ALL))),
        ("a.pdf", as_pdf(forms.nexis_german(ALL), foot="Seite {page} von {pages}")),
        ("a.docx", as_docx(forms.nexis_english(ALL))),
        ("a.html", as_html(forms.factiva_codes(ALL))),
        ("b.rtf", as_rtf(forms.factiva(ALL), unicode=False)),
        ("b.txt", as_text(forms.defacto(ALL))),
        ("b.pdf", as_pdf(forms.monitor(ALL), columns=2, head="Pressespiegel", foot="- {page} -")),
        ("c.txt", as_text(forms.pressreader(ALL))),
        ("d.txt", as_text(forms.proquest(ALL))),
        ("e.txt", as_text(forms.unknown_labels(ALL))),
        ("e.pdf", as_pdf(forms.unknown_lines(ALL), foot="Seite {page}")),
    ],
)
def test_every_article_is_a_capture_with_what_its_header_says(name: str, data: bytes) -> None:
    found, told = read(name, data)
    assert [c.source for c in found] == [f"{name}#{n}" for n in (1, 2, 3)]
    assert [c.given.outlet for c in found] == [s.outlet for s in ALL]
    assert [c.given.title for c in found] == [s.headline for s in ALL]
    assert [c.given.published for c in found] == [s.day.isoformat() for s in ALL if s.day]
    assert [c.given.authors for c in found] == [s.authors for s in ALL]
    assert [one.articles for one in told] == [3]
    for capture, story in zip(found, ALL, strict=True):
        assert all(packed(p) in packed(capture.text) for p in story.body)
        assert capture.content.decode("utf-8").replace("\t", " ").split() == capture.text.split()


@pytest.mark.parametrize("data", [as_text(forms.lexis_english(ALL)), as_pdf(forms.nexis_english(ALL))])
def test_values_are_given_with_the_place_of_their_words(data: bytes) -> None:
    for capture in read("a.pdf" if data.startswith(b"%PDF") else "a.txt", data)[0]:
        for field, value in (("outlet", capture.given.outlet), ("title", capture.given.title)):
            place = re.search(r"(\d+)-(\d+)$", capture.given.how[field])
            assert place
            assert " ".join(capture.text[int(place[1]) : int(place[2])].split()) == value


def test_headers_and_footers_are_page_and_the_rest_is_report() -> None:
    for capture in read("a.txt", as_text(forms.lexis_english(ALL)))[0]:
        article = make_article(capture, "art-1", Overrides())
        kinds = {zone.span.of(capture.text): zone.kind for zone in article.zones}
        assert kinds["LANGUAGE: GERMAN"] is ZoneKind.BOILERPLATE
        assert kinds["HEADLINE:"] is ZoneKind.BOILERPLATE
        assert article.headline is not None
        assert kinds[article.headline.value] is ZoneKind.HEADLINE
        assert article.dct is not None
        assert article.dct.method == "given"


def test_running_heads_do_not_tear_sentences() -> None:
    long = Story(
        FERRY.outlet, FERRY.day, "5", "Lokales", (), FERRY.headline, "",
        tuple(f"Zeuge {n} schilderte {'sehr ' * (n % 7)}genau, wie er im Nebel {'fast ' * (n % 5)}nichts gesehen hatte."
              for n in range(60)),
    )  # fmt: skip
    (first, _), _ = read("a.pdf", as_pdf(forms.nexis_english((long, DYKE)), head="Dokumente", foot="Seite {page}"))
    body = packed(first.text.partition("Body")[2].partition("Dokumente")[0])
    assert packed("".join(long.body)) in body
    aside = [first.text[m.start : m.end] for m in first.marks if m.kind is MarkKind.FURNITURE]
    assert "Dokumente" in aside
    assert any(re.fullmatch(r"Seite \d+", words) for words in aside)


def test_what_is_no_article_is_told_with_its_place() -> None:
    _, (told,) = read("a.txt", as_text(forms.nexis_english(ALL)))
    assert (told.layout, told.database) == ("nexis-uni", "Nexis Uni, Nexis")
    assert told.left_out == (LeftOut("cover-page", "lines", 1, 12),)
    _, (told,) = read("a.pdf", as_pdf(forms.genios(ALL), head="Dokumente", foot="Seite {page} von {pages}"))
    assert told.left_out == (LeftOut("contents", "pages", 1, 1),)


def test_a_header_without_text_is_left_out() -> None:
    empty = Story(YARD.outlet, YARD.day, "1", "Politik", (), "Nur ein Bild", "", ())
    found, (told,) = read("a.txt", as_text(forms.lexis_german((FERRY, empty, DYKE))))
    assert len(found) == 2
    assert [left.reason for left in told.left_out] == ["cover-page", "no-article-text"]


def test_the_same_article_in_another_export_is_the_same_capture() -> None:
    one, _ = read("a.txt", as_text(forms.lexis_german(ALL)))
    other, _ = read("b.txt", as_text(forms.lexis_german((YARD, DYKE, FERRY))).replace(b"\n", b"\r\n"))
    twice, _ = read("c.txt", as_text(forms.lexis_german((DYKE, YARD, DYKE))))
    assert {c.id for c in one} & {c.id for c in twice} == {one[1].id, one[2].id}
    assert twice[0].id == twice[2].id
    assert len(other) == 3


def test_a_line_in_the_text_like_that_between_articles_does_not_split() -> None:
    odd = Story(
        FERRY.outlet, FERRY.day, "5", "Lokales", (), "Akten im Keller", "",
        ("Auf dem Deckblatt der Akte steht eine Zeile, die hier wiederholt werden soll.", "Dokument 3 von 3",
         "Mehr ist nicht zu lesen, und der Archivar zuckt mit den Schultern."),
    )  # fmt: skip
    found, _ = read("a.txt", as_text(forms.lexis_german((odd, DYKE, YARD))))
    assert [c.given.title for c in found] == ["Akten im Keller", DYKE.headline, YARD.headline]
    ends = Story(
        odd.outlet, odd.day, "5", "Lokales", (), odd.headline, "", (odd.body[0], "End of Document", odd.body[2])
    )
    found, _ = read("a.txt", as_text(forms.nexis_english((ends, DYKE))))
    assert len(found) == 2
    assert "Schultern" in found[0].text


SINGLE = as_text(forms.nexis_english((FERRY,))).decode().partition(PAGE)[2]


@pytest.mark.parametrize(
    "text",
    [
        SINGLE,
        "Chronik\n\n"
        + "\n-----\n".join(f"{n}. März 2019\nStreit geht weiter\nDer Rat tagte erneut." for n in range(1, 9)),
        "Protokoll\n\n"
        + "\n\n".join(f"Datum: {n}.03.2019\nOrt: Rathaus\n\nDer Ausschuss beriet lange." for n in range(1, 9)),
        "Presseschau\n\n" + "\n\n".join(f"Seekurier vom {n}.03.2019\n\nDas Blatt lobt den Rat." for n in range(10, 19)),
        "Bericht\n\f1. Anlass\n\nAm 4. März 2019 lief es auf Grund.\n\f2. Verlauf\n\nAm 5. März 2019 war Sturm.",
        "Dokument 1 von 2\n\nDokument 2 von 2\n",
        "End of Document\n" * 50,
    ],
)
def test_a_single_text_stays_whole(text: str) -> None:
    found, told = read("a.txt", text.encode())
    assert len(found) == 1
    assert told == []
    assert found[0].text == text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*as_text(forms.lexis_english(ALL)).decode().split("\n"), "", PAGE, "x" * 300]), max_size=60
    )
)
def test_lines_in_any_order_are_read_without_losing_a_character_of_an_article(lines: list[str]) -> None:
    text = "\n".join([*lines, "Ein Satz."])
    for found in capture_bytes("a.txt", text.encode(), IntakeOptions("2024-05-01T12:00:00Z")):
        assert isinstance(found, Capture)
        assert found.content.decode() in text
        assert all(mark.end <= len(found.text) for mark in found.marks)


@pytest.mark.parametrize("cut", [40, 300, 900, 1500, 2200])
@pytest.mark.parametrize("name", ["a.txt", "a.rtf", "a.pdf"])
def test_a_file_that_breaks_off_is_read_up_to_there_or_refused(name: str, cut: int) -> None:
    listed = forms.nexis_english(ALL)
    data = {"a.txt": as_text(listed), "a.rtf": as_rtf(listed), "a.pdf": as_pdf(listed)}[name]
    for found in capture_bytes(name, data[:cut], IntakeOptions("2024-05-01T12:00:00Z")):
        assert isinstance(found, Capture | BadInput)
        if isinstance(found, BadInput):
            assert found.source.startswith(name)
            assert found.remedy or isinstance(found, EmptyInput)


def test_an_export_in_an_old_encoding_says_so() -> None:
    text = as_text(forms.lexis_german(ALL)).decode().replace("„", '"').replace("“", '"')
    found, _ = read("a.txt", text.encode("cp1252"))
    assert len(found) == 3
    assert all("encoding-detected:cp1252" in c.warnings for c in found)
    assert found[0].given.title == FERRY.headline


def test_many_articles_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "viele.txt"
    path.write_bytes(as_text(forms.lexis_english(ALL * 100)))
    found = captures([str(path)], IntakeOptions("2024-05-01T12:00:00Z", outlet="Meine Zeitung"))
    first = next(found)
    assert isinstance(first, Capture)
    assert first.given.outlet == "Meine Zeitung"
    assert sum(1 for _ in found) == 299


def test_an_article_over_the_limit_is_named_and_the_others_go_on() -> None:
    huge = Story(YARD.outlet, YARD.day, "1", "Politik", (), "Band eins", "", ("Ein Satz ohne Ende. " * 110_000,))
    found = capture_bytes(
        "a.txt", as_text(forms.lexis_german((FERRY, huge, DYKE))), IntakeOptions("2024-05-01T12:00:00Z")
    )
    assert [type(f) for f in found] == [Capture, TooLarge, Capture]
    assert isinstance(found[1], TooLarge)
    assert found[1].source == "a.txt#2"
