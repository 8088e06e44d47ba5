from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree
from tests.views.dossier_cases import HOSTILE, dossier, empty, hostile, squeezed

from quellenlage.views.dossier import Dossier
from quellenlage.views.dossier.docx import render_docx
from quellenlage.views.dossier.paper import make_paper
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Lang

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ORDERS = {
    "p": "pPr",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs suppressAutoHyphens spacing ind "
    "contextualSpacing jc outlineLvl rPr",
    "r": "rPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u shd "
    "vertAlign rtl cs lang",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sdt": "sdtPr sdtContent",
    "sdtPr": "alias tag id checkbox",
    "sectPr": "headerReference footnotePr pgSz pgMar cols titlePg docGrid",
    "style": "name basedOn next link autoRedefine uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "zoom proofState defaultTabStop autoHyphenation characterSpacingControl savePreviewPicture footnotePr "
    "compat mathPr themeFontLang clrSchemeMapping doNotAutoCompressPictures shapeDefaults decimalSymbol listSeparator "
    "docId defaultImageDpi",
    "footnotes": "footnote",
}
"""Children in the order of the schema (ISO/IEC 29500-1, annex A), as far as we write them."""
ONLY_FIRST = {"p", "r"}
"""Elements of which only the first child has its place; the rest comes as it comes."""


class Package:
    """A DOCX file as a strict reader sees it."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert packed.testzip() is None
            self.parts = {name: packed.read(name) for name in packed.namelist()}
        self.xml = {
            name: etree.fromstring(part) for name, part in self.parts.items() if name.endswith((".xml", ".rels"))
        }

    @property
    def body(self) -> etree._Element:
        return self.xml["word/document.xml"]

    @property
    def notes(self) -> dict[int, str]:
        listed = self.xml["word/footnotes.xml"]
        return {int(note.get(f"{W}id")): "".join(note.itertext()) for note in listed}


def opened(made: Dossier) -> Package:
    package = Package(render_docx(made))
    check(package)
    return package


def check(package: Package) -> None:
    """What Word checks before it opens a file, as far as our parts can fail it."""
    types = package.xml["[Content_Types].xml"]
    overrides = {e.get("PartName") for e in types if e.tag.endswith("Override")}
    assert {"/word/document.xml", "/word/footnotes.xml", "/word/styles.xml"} <= overrides
    endings = {e.get("Extension") for e in types if e.tag.endswith("Default")}
    assert all(
        f"/{name}" in overrides or name.rsplit(".", 1)[-1] in endings for name in package.parts if name[0] != "["
    )
    rels = package.xml["word/_rels/document.xml.rels"]
    targets = {rel.get("Target") for rel in rels}
    assert all(f"word/{target}" in package.parts for target in targets)
    assert "footnotes.xml" in targets
    defined = {style.get(f"{W}styleId") for style in package.xml["word/styles.xml"].iter(f"{W}style")}
    for name, part in package.xml.items():
        for element in part.iter():
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
                assert element.tag != f"{W}{tag}" or element.get(f"{W}val") in defined, name
            in_order(element)
    called = [int(e.get(f"{W}id")) for e in package.body.iter(f"{W}footnoteReference")]
    assert called == list(range(1, len(called) + 1))
    assert sorted(package.notes) == [-1, 0, *called]
    anchors = {e.get(f"{W}anchor") for e in package.body.iter(f"{W}hyperlink")}
    assert anchors <= {e.get(f"{W}name") for e in package.body.iter(f"{W}bookmarkStart")}
    for tag in ("bookmarkStart", "bookmarkEnd"):
        numbers = [e.get(f"{W}id") for e in package.body.iter(f"{W}{tag}")]
        assert len(numbers) == len(set(numbers))
    begun = [e.get(f"{W}fldCharType") for e in package.body.iter(f"{W}fldChar")]
    assert begun.count("begin") == begun.count("end") == begun.count("separate")
    for cell in package.body.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"
    for table in package.body.iter(f"{W}tbl"):
        columns = len(table.find(f"{W}tblGrid"))
        assert {len(row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")} == {columns}


def in_order(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name not in ORDERS or not element.tag.startswith(W):
        return
    order = ORDERS[name].split()
    children = [etree.QName(child).localname.replace("footerReference", "headerReference") for child in element]
    if name in ONLY_FIRST:
        assert order[0] not in children[1:]
        return
    assert set(children) <= set(order), (name, children)
    assert children == sorted(children, key=order.index), (name, children)


def test_every_line_has_a_box_and_a_footnote_with_its_source(holdings: Holdings) -> None:
    made = dossier(holdings)
    package, paper = opened(made), make_paper(made)
    lines = [line for year in paper.chronicle for line in year.lines]
    boxes = list(package.body.iter(f"{W14}checkbox"))
    assert len(boxes) == len(lines) == len(holdings.linked.chronicle)
    rows = [row for row in package.body.iter(f"{W}tr") if row.find(f".//{W14}checkbox") is not None]
    for row, line in zip(rows, lines, strict=True):
        text = "".join(row.itertext())
        assert line.when in text
        assert line.text in text
        first = int(next(row.iter(f"{W}footnoteReference")).get(f"{W}id"))
        note = package.notes[first]
        assert line.note.source in note
        assert line.note.headline in note
        assert line.note.place in note
        quote = line.quote or line.note.quote
        assert quote is not None
        assert quote.text in (text if line.quote else note)


def test_no_footnote_quotes_more_than_the_limit(holdings: Holdings) -> None:
    paper = make_paper(dossier(holdings))
    notes = [line.note for year in paper.chronicle for line in year.lines]
    notes += [claim.note for speaker in paper.claims for claim in speaker.claims]
    assert max(len(note.quote.exact) for note in notes if note.quote) <= 420


def test_conflicts_stand_side_by_side_and_people_with_offices(holdings: Holdings) -> None:
    made = dossier(holdings)
    package = opened(made)
    tables = [t for t in package.body.iter(f"{W}tbl") if t.find(f".//{W}tblStyle").get(f"{W}val") == "Sides"]
    assert len(tables) == 3
    for table, conflict in zip(tables, make_paper(made).conflicts, strict=True):
        cells = ["".join(cell.itertext()) for cell in table.iter(f"{W}tc")]
        for cell, side in zip(cells, conflict.sides, strict=False):
            assert cell.startswith(side.value)
            assert side.quote.text in cell
    text = "".join(package.body.itertext())
    assert "Ministerpräsidentin" in text
    assert "Elin Torvald" in text


@pytest.mark.parametrize(("lang", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_headings_contents_language_and_properties(holdings: Holdings, lang: Lang, tag: str) -> None:
    content = render_docx(dossier(holdings, lang, "Der Fall"))
    package = Package(content)
    document = docx.Document(io.BytesIO(content))
    paper = make_paper(dossier(holdings, lang))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [paper.labels[name] for name in paper.sections]
    entries = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "toc 1"]
    assert entries == headings
    assert any("TOC" in (e.text or "") for e in package.body.iter(f"{W}instrText"))
    language = package.xml["word/styles.xml"].find(f".//{W}docDefaults//{W}lang")
    assert language is not None
    assert language.get(f"{W}val") == tag
    known = document.core_properties
    assert (known.title, known.language) == ("Der Fall", tag)
    assert known.author.startswith("Quellenlage")
    footers = [part for name, part in package.xml.items() if name.startswith("word/footer")]
    assert all("PAGE" in "".join(footer.itertext()) for footer in footers)
    assert len(footers) == 2


def test_the_same_archive_gives_the_same_bytes(holdings: Holdings) -> None:
    assert render_docx(dossier(holdings)) == render_docx(dossier(holdings))


def test_nothing_of_an_article_is_read_as_markup(holdings: Holdings) -> None:
    package = opened(hostile(holdings))
    text = "".join(package.body.itertext()) + "".join(package.notes.values())
    assert HOSTILE.partition("\u202e")[0].strip() in text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert "\U0001f642" in text


def test_an_empty_archive_makes_a_document() -> None:
    package = opened(empty())
    assert "Nothing in the chronicle yet." in "".join(package.body.itertext())
    assert sorted(package.notes) == [-1, 0]


def test_the_check_finds_what_is_wrong(holdings: Holdings) -> None:
    package = Package(render_docx(dossier(holdings)))
    one = next(package.body.iter(f"{W}footnoteReference"))
    one.getparent().remove(one)
    with pytest.raises(AssertionError):
        check(package)
    package = Package(render_docx(dossier(holdings)))
    style = next(package.body.iter(f"{W}pStyle"))
    style.getparent().insert(0, etree.Element(f"{W}keepNext"))
    with pytest.raises(AssertionError):
        check(package)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_word_processor_opens_it(holdings: Holdings, tmp_path: Path) -> None:
    made = dossier(holdings)
    (tmp_path / "a.docx").write_bytes(render_docx(made))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = squeezed("".join(page.get_textpage().get_text_range() for page in read))
    for year in make_paper(made).chronicle:
        for line in year.lines:
            assert squeezed(line.note.place) in text
    assert re.search(r"Seite1/\d", text)
