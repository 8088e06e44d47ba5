from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from time import perf_counter

import pypdf
import pypdfium2
import pytest
from tests.views.dossier_cases import HOSTILE, dossier, empty, hostile, squeezed

from quellenlage.views.dossier import Dossier
from quellenlage.views.dossier.paper import make_paper
from quellenlage.views.dossier.pdf import render_pdf
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Lang


def pages(content: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in found]


def told(made: Dossier) -> str:
    return squeezed("".join(pages(render_pdf(made))))


def test_every_line_stands_there_with_a_note_of_outlet_headline_day_and_sentence(holdings: Holdings) -> None:
    made = dossier(holdings)
    text = told(made)
    lines = [line for year in make_paper(made).chronicle for line in year.lines]
    assert len(lines) == len(holdings.linked.chronicle)
    for line in lines:
        for words in (line.text, line.note.source, line.note.headline, line.note.place):
            assert squeezed(words) in text
        quote = line.note.quote or line.quote
        assert quote is not None
        assert squeezed(quote.text) in text
        for also in line.also:
            assert also.note.quote is not None
            assert squeezed(also.note.quote.exact) in text


def test_conflicts_claims_people_and_sources_are_in_it(holdings: Holdings) -> None:
    made = dossier(holdings)
    text, paper = told(made), make_paper(made)
    assert len(paper.conflicts) == 3
    for conflict in paper.conflicts:
        for side in conflict.sides:
            assert squeezed(side.value) in text
            assert squeezed(side.quote.text) in text
    for claim in (claim for speaker in paper.claims for claim in speaker.claims):
        assert squeezed(claim.text) in text
        assert squeezed(claim.chain) in text
    assert squeezed("Ministerpräsidentin") in text
    for origin in paper.origins:
        assert squeezed(origin.name) in text
    assert any("Abdruck" in article[2] for origin in paper.origins for article in origin.articles)


@pytest.mark.parametrize(("lang", "tag", "title"), [("de", "de", "Chronik"), ("en", "en", "Chronicle")])
def test_it_is_tagged_archivable_and_in_a_language(holdings: Holdings, lang: Lang, tag: str, title: str) -> None:
    read = pypdf.PdfReader(io.BytesIO(render_pdf(dossier(holdings, lang))))
    root = read.root_object
    marked = root["/MarkInfo"].get_object()
    assert isinstance(marked, pypdf.generic.DictionaryObject)
    assert marked["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(tag)
    described = root["/Metadata"].get_object()
    assert isinstance(described, pypdf.generic.StreamObject)
    known = described.get_data().decode()
    assert re.search(r"pdfaid:part>2<", known)
    assert re.search(r"pdfuaid:part>1<", known)
    assert read.metadata is not None
    assert read.metadata.title == title
    assert len(read.outline) > 3


def test_the_same_archive_gives_the_same_bytes(holdings: Holdings) -> None:
    first = render_pdf(dossier(holdings))
    assert first == render_pdf(dossier(holdings))
    made = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert made is not None
    assert made.creation_date == datetime(2022, 2, 10, tzinfo=UTC)


def test_nothing_of_an_article_is_read_as_markup(holdings: Holdings) -> None:
    made = hostile(holdings)
    text = told(made)
    shown = HOSTILE.partition("\u202e")[0]
    assert squeezed(shown) in text
    assert squeezed("Привет") in text
    assert text.count("Q" * 300) >= len(made.articles)
    assert "\u202e" not in text


def test_long_words_stay_inside_the_page(holdings: Holdings) -> None:
    found = pypdfium2.PdfDocument(render_pdf(hostile(holdings)))
    for page in found:
        width, _ = page.get_size()
        words = page.get_textpage()
        right = max(words.get_rect(n)[2] for n in range(words.count_rects()))
        assert right < width - 50


def test_an_empty_archive_makes_a_page() -> None:
    (only,) = pages(render_pdf(empty()))
    assert "Nothing in the chronicle yet." in only


def test_a_section_alone_has_no_link_into_the_void(holdings: Holdings) -> None:
    for section in ("chronicle", "conflicts", "claims", "people", "sources"):
        assert pages(render_pdf(replace(dossier(holdings), sections=(section,))))


def test_the_layout_needs_nothing_from_elsewhere() -> None:
    layout = files("quellenlage.views.dossier").joinpath("layout.typ").read_text(encoding="utf-8")
    code = "\n".join(line for line in layout.splitlines() if not line.startswith("//"))
    for word in ("import ", "include ", "@preview", "read(", "image(", "eval(", "plugin("):
        assert word not in code


@pytest.mark.slow
def test_a_thousand_lines_are_set_in_seconds(holdings: Holdings) -> None:
    made = dossier(holdings)
    times = -(-1000 // len(made.lines))
    lines = tuple(replace(line, number=n * len(made.lines) + line.number) for n in range(times) for line in made.lines)
    start = perf_counter()
    found = pypdfium2.PdfDocument(render_pdf(replace(made, lines=lines)))
    assert perf_counter() - start < 60
    assert len(found) > 50
