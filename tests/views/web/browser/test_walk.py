"""What a documentation desk does first: from the chronicle to the sentence, decide, take it back, export, check."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from docx import Document
from playwright.sync_api import Browser, expect
from tests.views.web.browser.conftest import Visit, visiting

from quellenlage.model.listing import LineQuestion
from quellenlage.store import SqlArchive, open_archive

LINKING = 120  # seconds that a link of the sample may take on a busy machine


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold in so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.3)
    return False


def lines_of(archive: SqlArchive, entity: str) -> int:
    return archive.lines(LineQuestion(entities=(archive.resolve(entity),)), limit=1).total


def worthwhile(archive: SqlArchive) -> tuple[str, str]:
    """Two that may be one and that both have lines in the chronicle, so that joining them changes it."""
    for doubt in archive.linked().doubts:
        if not doubt.merged and lines_of(archive, doubt.one) and lines_of(archive, doubt.other):
            return doubt.one, doubt.other
    raise AssertionError("no doubt of the sample would change the chronicle")


def test_from_the_chronicle_to_the_sentence(browser: Browser, site: str, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    with visiting(browser, site) as visit:
        page = visit.open("/")
        page.get_by_role("link", name="Chronik", exact=True).first.click()
        page.wait_for_url("**/chronicle*")
        page.locator(".entry h3 a").first.click()
        page.wait_for_url("**/events/*")
        quote = page.locator("#accounts a.open").first
        words = quote.locator(".exact").inner_text()
        quote.click()
        page.wait_for_url("**/articles/*")
        marked = page.locator("#text .at")
        expect(page.locator("#at")).to_be_in_viewport()
        found = re.search(r"/articles/(art-[0-9a-f]+)\?at=(\d+)-(\d+)", page.url)
        assert found is not None
        text = archive.document(found[1]).text[int(found[2]) : int(found[3])]
        assert "".join(marked.all_inner_texts()).replace("\n", "") in text.replace("\n", "")
        assert words.split()[0] in text
        assert not visit.troubles
    archive.close()


def test_join_two_names_and_take_it_back(browser: Browser, own_site: str, own_path: Path) -> None:
    archive = open_archive(str(own_path))
    one, other = worthwhile(archive)
    before = {name: lines_of(archive, name) for name in (one, other)}
    with visiting(browser, own_site) as visit:
        _decide(visit, f"/entities/{one}", other, "same")
        assert within(LINKING, lambda: archive.resolve(one) == archive.resolve(other))
        joined = archive.resolve(one)
        assert within(LINKING, lambda: lines_of(archive, joined) > max(before.values()))
        page = visit.open(f"/chronicle?actor={joined}")
        expect(page.locator("#counted")).to_contain_text(str(lines_of(archive, joined)))

        page = visit.open("/decisions")
        page.locator("form[method=post]:has(input[name=verdict][value=undo]) button").first.click()
        assert within(LINKING, lambda: archive.resolve(one) != archive.resolve(other))
        assert within(LINKING, lambda: {name: lines_of(archive, name) for name in (one, other)} == before)
        page = visit.open(f"/chronicle?actor={one}")
        expect(page.locator("#counted")).to_contain_text(str(before[one]))
        assert not visit.troubles
    archive.close()


def _decide(visit: Visit, address: str, other: str, verdict: str) -> None:
    page = visit.open(address)
    form = page.locator(f"form:has(input[value='{other}']):has(button[name=verdict][value={verdict}])").first
    form.locator(f"button[name=verdict][value={verdict}]").click()
    page.wait_for_load_state("networkidle")


def test_take_the_chronicle_along_as_word(browser: Browser, site: str, sample_path: Path, tmp_path: Path) -> None:
    archive = open_archive(str(sample_path))
    told = next(entry.evidence for entry in archive.linked().chronicle if len(entry.evidence.exact) < 200)
    archive.close()
    with visiting(browser, site) as visit:
        page = visit.open("/chronicle")
        page.locator(".export-menu summary").first.click()
        with page.expect_download() as waiting:
            page.locator(".export-menu a", has_text="Word").first.click()
        path = tmp_path / "chronicle.docx"
        waiting.value.save_as(path)
    assert len(Document(str(path)).paragraphs) > 5
    with ZipFile(path) as parts:
        notes = fromstring(parts.read("word/footnotes.xml"))
    sentences = "".join(node.text or "" for node in notes.iter() if node.tag.endswith("}t"))
    assert re.sub(r"\s+", "", told.exact) in re.sub(r"\s+", "", sentences)


def test_a_draft_with_a_wrong_number_and_an_inexact_quotation(browser: Browser, own_site: str, own_path: Path) -> None:
    archive = open_archive(str(own_path))
    said = next(
        document.text[q.quote[0].start : q.quote[0].end]
        for document in archive.documents()
        for q in document.quotations
        if q.type.value == "direct" and len(q.quote) == 1 and 7 <= len(q.quote[0].of(document.text).split()) <= 14
    ).strip("„“”»«\"'., ")
    archive.close()
    words = said.split()
    wrong = " ".join([*words[:-2], "niemals", words[-1]])
    draft = (
        "Bei dem Angriff auf den Hafen von Miren wurden am 17. November 2021 nur drei Menschen getötet.\n\n"
        f"„{wrong}“, hieß es dazu.\n"
    )
    with visiting(browser, own_site) as visit:
        page = visit.open("/draft")
        page.locator("textarea[name=text]").fill(draft)
        page.locator("main button[type=submit].primary").click()
        expect(page.locator(".draft-rows > li")).to_have_count(2, timeout=LINKING * 1000)
        number, quotation = page.locator(".draft-rows > li").all()
        expect(number.locator(".finding h3").first).to_contain_text(re.compile("Zahl"))
        expect(quotation.locator(".difference ins, .difference del").first).to_be_visible()
        assert not visit.troubles
