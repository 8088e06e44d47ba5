"""Files as press databases make them: paragraphs in a database's layout, written as text, RTF, PDF, DOCX or HTML."""

from __future__ import annotations

import html
import io
import textwrap
from collections.abc import Sequence

PAGE = "\f"
"""A paragraph that stands for a page break."""
_ESCAPES = {"\\": "\\\\", "{": "\\{", "}": "\\}", "\t": "\\tab ", "\n": "\\line "}
_WIDTH = 78


def as_text(paragraphs: Sequence[str], *, wrapped: bool = False, centred: int = 0) -> bytes:
    """Plain text, its lines broken or not; the first `centred` lines behind each page break stand in the middle."""
    lines, left = [], centred
    for paragraph in paragraphs:
        if paragraph == PAGE:
            lines.append(PAGE)
            left = centred
            continue
        broken = textwrap.wrap(paragraph, _WIDTH) if wrapped and "\n" not in paragraph else [paragraph]
        lines += [line.center(_WIDTH).rstrip() for line in broken] if left > 0 else broken
        left -= 1
        lines.append("")
    return "\n".join(lines).encode("utf-8")


def as_rtf(paragraphs: Sequence[str], *, unicode: bool = True) -> bytes:
    """RTF with characters beyond ASCII as Unicode escapes or as bytes of the Western code page, and a picture in it."""
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}}"
        "{\\header Trefferliste}{\\pict\\pngblip " + "89504e470d0a1a0a" * 40 + "}\n"
    )
    body = []
    for paragraph in paragraphs:
        words = "".join(_rtf(char, unicode=unicode) for char in paragraph)
        body.append("\\page\n" if paragraph == PAGE else f"\\pard {words}\\par\\par\n")
    return (head + "".join(body) + "}").encode("ascii")


def _rtf(char: str, *, unicode: bool) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if ord(char) < 128:
        return char
    if not unicode:
        try:
            return f"\\'{char.encode('cp1252')[0]:02x}"
        except UnicodeEncodeError:
            pass
    code = ord(char)
    return f"\\u{code if code < 32768 else code - 65536}?"


def as_pdf(paragraphs: Sequence[str], *, columns: int = 1, head: str = "", foot: str = "") -> bytes:
    """PDF with running heads, hyphens at line ends and, where asked for, two columns.

    `foot` may have {page} and {pages} in it.
    """
    import typst

    parts = [
        f"#set page(width: 148mm, height: 150mm, margin: 15mm, columns: {columns}, "
        f'header: text(size: 7pt)[#"{_typst(head)}"], footer: context text(size: 7pt)[{_foot(foot)}])',
        '#set text(lang: "de", hyphenate: true, size: 9pt)\n#set par(justify: true)',
    ]
    for paragraph in paragraphs:
        if paragraph == PAGE:
            parts.append("#pagebreak()")
        else:
            lines = " #linebreak() ".join(f'#"{_typst(line)}"' for line in paragraph.split("\n"))
            parts.append(lines)
    return bytes(typst.compile("\n\n".join(parts).encode("utf-8")))


def _typst(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "    ")


def _foot(foot: str) -> str:
    before, _, rest = foot.partition("{page}")
    middle, _, behind = rest.partition("{pages}")
    if "{page}" not in foot:
        return f'#"{_typst(foot)}"'
    shown = f'#"{_typst(before)}"#counter(page).display()#"{_typst(middle)}"'
    return shown + (f'#counter(page).final().first()#"{_typst(behind)}"' if behind or "{pages}" in foot else "")


def as_docx(paragraphs: Sequence[str]) -> bytes:
    """DOCX of plain paragraphs."""
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        if paragraph != PAGE:
            document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(paragraphs: Sequence[str]) -> bytes:
    """A page of paragraphs, as databases save lists of hits."""
    body = "".join(f"<p>{html.escape(p).replace(chr(10), '<br>')}</p>\n" for p in paragraphs if p != PAGE)
    head = '<meta charset="utf-8"><title>Export</title>'
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
