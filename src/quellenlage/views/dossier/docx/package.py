"""The file around the body: parts, relationships, settings and properties of an Office Open XML package.

The parts come from python-docx; it knows no footnotes, so their part (ISO/IEC 29500-1, 11.3.7) is added here.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Twips

from quellenlage import __version__
from quellenlage.views.dossier.docx import markup as w
from quellenlage.views.dossier.docx.body import Written
from quellenlage.views.dossier.paper.model import Paper

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TAGS = {"de": "de-DE", "en": "en-GB"}
_UNUSED = ("stylesWithEffects", "customXml", "webSettings", "thumbnail")
_A4 = (11906, 16838)
_MARGIN, _EDGE = (_A4[0] - w.TEXT_WIDTH) // 2, 708
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    "</w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
    'w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def packed(paper: Paper, content: Written) -> bytes:
    """Put a written body into a file."""
    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in _UNUSED]:
            del rels[key]
    _style(document, paper)
    _settle(document, paper)
    _page(document, paper)
    pages = document.element.body[-1]  # the form of the pages stands last
    for element in list(parse_xml(f"<w:body {_SPACES}>{content.body}</w:body>")):
        pages.addprevious(element)
    _add_footnotes(document, content.footnotes)
    _describe(document, paper)
    buffer = io.BytesIO()
    document.save(buffer)
    return _dateless(buffer.getvalue())


@cache
def _stylesheet() -> str:
    return files(__package__).joinpath("styles.xml").read_text(encoding="utf-8").partition("?>")[2]


def _style(document: Document, paper: Paper) -> None:
    """Our styles instead of the template's, in the language of the paper."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(_stylesheet().replace("LANG", _TAGS[paper.lang]))):
        styles.append(child)
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    bullets = (
        f'<w:numbering {_SPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="568" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    for child in list(parse_xml(bullets)):
        numbering.append(child)


def _settle(document: Document, paper: Paper) -> None:
    """Settings: hyphenation, the separators of footnotes, the language, no compatibility with old versions."""
    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    after = settings.find(qn("w:defaultTabStop"))
    after.addnext(parse_xml(f"<w:autoHyphenation {_SPACES}/>"))
    compat = settings.find(qn("w:compat"))
    notes = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>'
    compat.addprevious(parse_xml(f"<w:footnotePr {_SPACES}>{notes}</w:footnotePr>"))
    compat.find(qn("w:compatSetting")).set(qn("w:val"), "15")
    rsids = settings.find(qn("w:rsids"))
    settings.remove(rsids)
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), _TAGS[paper.lang])


def _page(document: Document, paper: Paper) -> None:
    """A4 with the title above every page but the first, and the number of the page below."""
    (section,) = document.sections
    section.page_width, section.page_height = Twips(_A4[0]), Twips(_A4[1])
    section.left_margin = section.right_margin = Twips(_MARGIN)
    section.top_margin = section.bottom_margin = Twips(2 * _EDGE)
    section.header_distance = section.footer_distance = Twips(_EDGE)
    section.different_first_page_header_footer = True
    number = w.run(f"{paper.labels['page']} ") + w.field("PAGE", "1") + w.run(" / ") + w.field("NUMPAGES", "1")
    title = paper.title if len(paper.title) <= 90 else paper.title[:89].rstrip() + "…"
    above = w.run(title) + "<w:r><w:tab/></w:r>" + w.run(paper.labels["kicker"])
    for place, style, inner in (
        (section.header, "Header", above),
        (section.footer, "Footer", number),
        (section.first_page_header, "Normal", ""),
        (section.first_page_footer, "Footer", number),
    ):
        _fill(place, w.paragraph(style, inner))


def _fill(place: Any, markup: str) -> None:
    """Put a paragraph into a header or footer, instead of the empty one."""
    place.is_linked_to_previous = False
    element = place._element
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:body {_SPACES}>{markup}</w:body>")):
        element.append(child)


def _add_footnotes(document: Document, footnotes: list[str]) -> None:
    text = f"{_DECLARED}<w:footnotes {_SPACES}>{_SEPARATORS}{''.join(footnotes)}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, text.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _describe(document: Document, paper: Paper) -> None:
    """Document properties; the day is that of the newest article, so that nothing depends on when the file was made."""
    day = datetime.combine(paper.day, time())
    known = document.core_properties
    known.title, known.subject = paper.title[:255], paper.standfirst[:255]
    known.author = known.last_modified_by = f"Quellenlage {__version__}"
    known.created = known.modified = day
    known.language = _TAGS[paper.lang]
    known.comments, known.keywords, known.category = "", "", paper.labels["kicker"]
    known.revision = 1
    application = (
        f'{_DECLARED}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Quellenlage</Application></Properties>"
    )
    package = document.part.package
    for rel in list(package.rels.values()):
        if rel.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            part = Part(rel.target_part.partname, CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, application.encode(), package)
            del package.rels[rel.rId]
            package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def _dateless(package: bytes) -> bytes:
    """The same package without the time at which it was put together."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, given.read(name))
    return made.getvalue()
