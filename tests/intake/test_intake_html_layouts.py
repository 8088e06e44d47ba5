from __future__ import annotations

import pytest
from tests.intake.intake_pages import CAPTION, PAGES, Page

from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model.capture import Capture, MarkKind
from quellenlage.model.spans import text_digest

OPTIONS = IntakeOptions("2024-05-01T12:00:00+00:00")


def read(page: Page) -> Capture:
    encoding = "cp1252" if "iso-8859-1" in page.html else "utf-8"
    (capture,) = capture_bytes("seite.html", page.html.encode(encoding), OPTIONS)
    assert isinstance(capture, Capture), capture
    return capture


def of_kind(capture: Capture, kind: MarkKind) -> list[str]:
    return [capture.text[m.start : m.end] for m in capture.marks if m.kind is kind]


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Page:
    assert isinstance(request.param, Page)
    return request.param


def test_every_paragraph_is_there_once_in_order_and_not_merged(page: Page) -> None:
    lines = read(page).text.split("\n")
    assert [line for line in lines if line in page.paragraphs] == list(page.paragraphs)


def test_paragraphs_are_marked_as_such(page: Page) -> None:
    capture = read(page)
    assert set(page.paragraphs) <= set(of_kind(capture, MarkKind.PARAGRAPH))


def test_headline_lead_captions_and_byline_are_kept_and_marked(page: Page) -> None:
    capture = read(page)
    assert of_kind(capture, MarkKind.TITLE) == [page.title]
    assert of_kind(capture, MarkKind.LEAD) == ([page.lead] if page.lead else [])
    for caption in page.captions:
        assert any(caption in found for found in of_kind(capture, MarkKind.CAPTION))
    for byline in page.bylines:
        assert byline in of_kind(capture, MarkKind.BYLINE)


def test_what_is_not_the_article_stays_out(page: Page) -> None:
    text = read(page).text
    assert [words for words in page.absent if words in text] == []


def test_metadata_with_its_provenance(page: Page) -> None:
    given = read(page).given
    assert given.published == page.published
    assert given.how.get("published") == page.how
    assert given.modified == page.modified
    assert given.outlet == page.outlet
    assert given.authors == page.authors
    assert given.url == page.url
    assert given.title


def test_warnings(page: Page) -> None:
    found = read(page).warnings
    assert set(page.warnings) <= set(found)
    assert page.warnings or not {"paywall", "live-ticker"} & set(found)


def test_marks_lie_in_the_text_in_order_without_overlap(page: Page) -> None:
    capture = read(page)
    at = 0
    for mark in capture.marks:
        assert at <= mark.start < mark.end <= len(capture.text)
        assert capture.text[at : mark.start].strip() == ""
        at = mark.end
    assert capture.text[at:] == ""
    assert capture.text_sha256 == text_digest(capture.text)
    assert capture.offsets_in == "extracted"


def test_kicker_is_a_heading_of_its_own() -> None:
    capture = read(PAGES[0])
    assert capture.text.startswith("Hochwasser\n\nDammbruch")
    assert of_kind(capture, MarkKind.HEADING)[0] == "Hochwasser"


def test_markup_names_asides_and_links_that_are_left_in() -> None:
    kinds = {m.kind for page in PAGES for m in read(page).marks}
    assert MarkKind.LIST_ITEM in kinds
    for page in PAGES:
        capture = read(page)
        for kind in (MarkKind.PARAGRAPH, MarkKind.TITLE, MarkKind.LEAD):
            assert not any("Newsletter" in text or text == CAPTION for text in of_kind(capture, kind))


@pytest.mark.parametrize("tag", ['span class="foto"', "small", "cite", 'span class="image__copyright"'])
def test_the_credit_in_a_caption_is_a_passage_of_its_own(tag: str) -> None:
    prose = "Die Fähre legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte. " * 3
    figure = f"<figure><figcaption>Die Fähre am Kai<{tag}>Foto: npx</{tag.split(maxsplit=1)[0]}></figcaption></figure>"
    html = (
        f'<html><body><article><h1>Fähre legt ab</h1><p class="dateline-p">{prose}</p><p>{prose}</p>{figure}'
        f"<p>{prose}</p></article></body></html>"
    )
    (capture,) = capture_bytes("seite.html", html.encode(), OPTIONS)
    assert isinstance(capture, Capture)
    assert of_kind(capture, MarkKind.CAPTION) == ["Die Fähre am Kai", "Foto: npx"]
    assert of_kind(capture, MarkKind.BYLINE) == []
