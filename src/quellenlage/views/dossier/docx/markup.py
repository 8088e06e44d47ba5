"""Pieces of WordprocessingML (ISO/IEC 29500-1, clause 17) as text, every word in them escaped.

The order of elements is that of the schema; Word refuses files in which it is another.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from quellenlage.views.dossier.paper.model import Note, Quote

TEXT_WIDTH = 9298
"""Between the margins of an A4 page, in twentieths of a point."""


def run(text: str, style: str = "") -> str:
    """Words in a character style of ours."""
    if not text:
        return ""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def paragraph(style: str, *runs: str) -> str:
    """A paragraph in one of our styles; `runs` are markup."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def field(instruction: str, shown: str) -> str:
    """A field that Word works out, with what stands there until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def linked(anchor: str, *runs: str) -> str:
    """Words that lead to a bookmark of the document."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{"".join(runs)}</w:hyperlink>'


def quote_runs(quote: Quote) -> str:
    """A quotation; only what is the article's own stands in the style for its words."""
    left = f"{quote.left} {quote.opening}" if quote.left else quote.opening
    right = f"{quote.closing} {quote.right}" if quote.right else quote.closing
    return run(left) + run(quote.exact, "ArticleWords") + run(right)


def footnote(number: int, note: Note) -> str:
    """A footnote for the part that holds them."""
    headline = run(": ") + run(note.headline, "Headline") if note.headline else ""
    told = run(" ") + quote_runs(note.quote) if note.quote else ""
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    inner = mark + run(" " + note.source) + headline + run(".") + told + run(f" ({note.place})", "Quiet")
    return f'<w:footnote w:id="{number}">{paragraph("FootnoteText", inner)}</w:footnote>'


def footnote_mark(number: int) -> str:
    """Where a footnote is called."""
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def tick_box(number: int, label: str) -> str:
    """A box that can be ticked in Word; elsewhere it is a sign."""
    font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(label)}"/><w:tag w:val="line-{number}"/><w:id w:val="{number}"/>'
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{font}</w:rPr><w:t>\N{BALLOT BOX}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def table(style: str, widths: Iterable[int], rows: Iterable[str]) -> str:
    """A table of fixed columns, in twentieths of a point."""
    columns = list(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def row(cells: Iterable[tuple[int, str]], *, head: bool = False) -> str:
    """A row of cells (width, paragraphs); a head is repeated on each page.

    Rows may be torn across pages: kept whole, rows with footnotes leave half-empty pages in LibreOffice.
    """
    told = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>' for width, inner in cells
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{told}</w:tr>"
