"""PDF, DOCX, RTF and mail that loop, nest, unpack without end or lie about themselves."""

from __future__ import annotations

import base64
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

from benchmarks.poison.bombs import member_of
from benchmarks.poison.made import Expected, Made

_SENTENCE = "Der Minister sagte am Montag in Berlin, er habe davon nichts gewusst. "
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/>{more}</Relationships>'
)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at)
    return bytes(out)


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def _page(content: bytes, resources: bytes = b"<< /Font << /F1 5 0 R >> >>", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with this content stream (an object), and more objects from number 6 on."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources %s >>" % resources
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content, font, *more])


_TEXT = b"BT /F1 12 Tf 72 700 Td (Der Minister sagte etwas.) Tj ET\n"


def pdf_loop(chance: random.Random) -> Made:
    """Pages, forms, tables of places or objects that contain themselves."""
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    form = _stream(b"/X Do " + _TEXT, b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>")
    whole = _page(_stream(_TEXT))
    data = chance.choice([
        pdf_of([catalogue, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        pdf_of([catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R >>"]),
        pdf_of([b"1 0 R", b"2 0 R"]),
        pdf_of([catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>", b"3 0 R"]),
        whole.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % whole.find(b"xref")),
        _page(_stream(_TEXT), b"<< /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >>", [form]).replace(_TEXT,
        b"/X Do\n" + b" " * (len(_TEXT) - 6), 1),
        _page(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"),
        whole.replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
    ])  # fmt: skip
    return Made(".pdf", data)


def pdf_bomb(chance: random.Random) -> Made:
    """Streams that unpack to very much, once or several times over, or text without an end."""
    size = chance.choice([1 << 20, 10 << 20, 60 << 20])
    filler = chance.choice([b"\0", b" ", b"BT (a) Tj ET\n", b"[", b"(", b"<<", b"q "])
    packed = zlib.compress(filler * (size // len(filler)), 9)
    filters = b"/FlateDecode"
    for _ in range(chance.randrange(3)):
        packed, filters = zlib.compress(packed, 9), filters + b" /FlateDecode"
    return Made(".pdf", _page(_stream(packed, b"/Filter [%s]" % filters)))


def pdf_odd(chance: random.Random) -> Made:
    """Encrypted by nobody knows what, with deep arrays, long names, wide tables of characters, or damaged."""
    whole = _page(_stream(_TEXT))
    map_of_all = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange endcmap"
    )
    font = b"<< /Font << /F1 6 0 R >> >>"
    wide = [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 7 0 R >>",
        _stream(map_of_all),
    ]
    cut = chance.randrange(20, len(whole))
    at = chance.randrange(len(whole))
    data = chance.choice([
        whole.replace(b"trailer\n<<", b"trailer\n<< /Encrypt << /Filter /Standard /V 9 /R 9 /O (x) /U (y) /P -1 >>"),
        whole.replace(b"/Root", b"/Encrypt 99 0 R /Root"),
        pdf_of([b"[" * 100_000]),
        pdf_of([b"<< /Type /Catalog /Pages 2 0 R /X %s >>" % (b"<</A" * 20_000), b"<< /Kids [] /Count 0 >>"]),
        pdf_of([b"<< /Type /Catalog /Pages 2 0 R /" + b"A" * 1_000_000 + b" 1 >>", b"<< /Kids [] /Count 0 >>"]),
        _page(_stream(_TEXT), font, wide),
        _page(_stream(_TEXT * 20_000)),
        _page(_stream(b"BT /F1 1 Tf " + b"1 0 0 1 0 0 Tm (x) Tj " * 50_000 + b"ET")),
        whole[:cut],
        whole[:at] + chance.randbytes(20) + whole[at + 20 :],
        b"%PDF-1.4\n" + chance.randbytes(3000),
        b"%PDF-1.4\n" + b"1 0 obj\n" * 60_000,
        b"%PDF-1.4\n" + b"startxref\n0\n" * 20_000 + b"%%EOF",
        whole.replace(b"0000000000 65535 f", b"9999999999 65535 f").replace(b"/Size 6", b"/Size 999999999"),
    ])  # fmt: skip
    return Made(".pdf", data)


def docx_of(body: str, *, doctype: str = "", more: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A document with this body."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member_of("[Content_Types].xml"), _TYPES)
        archive.writestr(member_of("_rels/.rels"), _RELATIONS.format(more=more))
        archive.writestr(
            member_of("word/document.xml"),
            f'<?xml version="1.0"?>{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>',
        )
        for name, data in (parts or {}).items():
            archive.writestr(member_of(name), data)
    return packed.getvalue()


def docx_external(chance: random.Random) -> Made:
    """Entities from outside, entities of entities, and parts that lie elsewhere."""
    target = chance.choice(["file:///etc/passwd", "http://127.0.0.1:9/x", "file:///dev/zero"])
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    inside = paragraph.format("&x;") + paragraph.format(_SENTENCE)
    external = f'<Relationship Id="r9" Type="http://a/b" TargetMode="External" Target="{target}"/>'
    data = chance.choice([
        docx_of(inside, doctype=f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{target}">]>'),
        docx_of(inside, doctype=f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{entities}<!ENTITY x "&l9;&l9;">]>'),
        docx_of(inside, doctype=f'<!DOCTYPE w:document [<!ENTITY % p SYSTEM "{target}"> %p;]>'),
        docx_of(paragraph.format(_SENTENCE), more=external),
        docx_of(paragraph.format(_SENTENCE), more=external.replace(' TargetMode="External"', "")),
    ])  # fmt: skip
    return Made(".docx", data)


def docx_deep(chance: random.Random) -> Made:
    """Tables within tables, boxes within boxes, or paragraphs without number."""
    depth = chance.choice([100, 400, 5000, 60_000])
    run = f"<w:r><w:t>{_SENTENCE}</w:t></w:r>"
    body = chance.choice([
        "<w:tbl><w:tr><w:tc>" * depth + f"<w:p>{run}</w:p>" + "</w:tc></w:tr></w:tbl>" * depth,
        f"<w:p>{run}" * min(depth, 5000) + "</w:p>" * min(depth, 5000),
        f"<w:p>{run}</w:p>" * min(depth, 5000),
        f"<w:p>{'<w:r><w:tab/><w:br/></w:r>' * depth}{run}</w:p>",
        "<w:p>" * depth,
        f"<w:p>{run}</w:p>" + chr(chance.randrange(1, 9)),
    ])  # fmt: skip
    return Made(".docx", docx_of(body))


def rtf_odd(chance: random.Random) -> Made:
    """Groups without an end, binary data that lie about their length, pictures, fields and code pages of all kinds."""
    unit = chance.choice([
        "{", "{\\b a", "\\par ", "\\'e4", "\\u228?", "\\bin999999999 x", "{\\pict 00ff}", "{\\*\\x ", "\\cell ",
        "{\\field{\\*\\fldinst x}}",
        "\\\\", "\\ansicpg9999 ", "\\uc0\\u-1 ", "{\\fonttbl{\\f0 a;}", "\\page ", "\\f99999999999 ",
    ])  # fmt: skip
    data = "{\\rtf1\\ansi\\ansicpg1252 " + _SENTENCE + unit * chance.choice([10, 1000, 50_000]) + _SENTENCE + "}"
    return Made(".rtf", data.encode())


def mail_deep(chance: random.Random) -> Made:
    """Parts within parts, messages within messages, and borders that are borders of each other."""
    depth = chance.choice([10, 150, 250, 5000])
    top = "From: a@b.de\nTo: c@d.de\nSubject: Betreff\nMIME-Version: 1.0\n"
    kinds = {
        "nested": "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)),
        "same": "".join("Content-Type: multipart/mixed; boundary=b\n\n--b\n" for _ in range(depth)),
        "message": "Content-Type: message/rfc822\n\nFrom: a\nSubject: b\n" * depth,
        "many": "Content-Type: multipart/mixed; boundary=b\n\n"
        + f"--b\nContent-Type: text/html\n\n<p>{_SENTENCE}</p>\n" * depth,
        "long": f"Content-Type: multipart/mixed; boundary={'b' * depth}\n\n" + f"--{'b' * depth}\n" * 30,
    }
    text = top + kinds[chance.choice(sorted(kinds))] + f"Content-Type: text/plain\n\n{_SENTENCE * 3}\n"
    return Made(chance.choice([".eml", ".txt"]), text.encode())


def mail_headers(chance: random.Random) -> Made:
    """Headers that are enormous, without number, or of characters that are none."""
    often = chance.choice([10, 1000, 20_000])
    header = chance.choice([
        "Subject: " + "x" * 50 * often, "X-{}: a\n" * often, "To: " + "a@b.de, " * often,
        "Subject: " + "=?utf-8?q?=FF?= " * often,
        "Subject: " + "=?utf-8?b?////?=" * often, "References: " + "<a@b> " * often, "Date: " + "Mon, " * often,
        "From: " + "(" * often,
        "From: " + '"' * often, "Received: from a\n by b;\n" * often, "Content-Type: text/plain; " + "a*0=b; " * often,
        "From: " + "<" * often + "a@b", "Content-Type: text/plain; charset=" + "x" * often,
        "Subject: " + "\n " * often + "x",
        "Content-Type: text/plain; charset*=utf-8''" + "%FF" * often, "Content-Disposition: " + "a;" * often,
        "To: " + "a:b;" * often,
    ])  # fmt: skip
    text = f"From: a@b.de\nTo: c@d.de\nMIME-Version: 1.0\n{header}\n\n{_SENTENCE * 5}\n"
    return Made(".eml", text.encode())


def mail_body(chance: random.Random) -> Made:
    """A body in a transfer encoding that it is not in, or in HTML of a bad kind."""
    encoding = chance.choice(["base64", "quoted-printable", "x-uuencode", "7bit", "binary", "x" * 3000])
    body = chance.choice([
        base64.b64encode(chance.randbytes(3000)), base64.b64encode(b"Ein Satz. " * 300), b"=" * 20_000,
        b"=FF=\n" * 4000,
        b"begin 644 a\n" + b"M" * 20_000, chance.randbytes(2000), _SENTENCE.encode() * 20, b"From " * 4000,
    ])  # fmt: skip
    kind = chance.choice(
        ["text/plain; format=flowed; delsp=yes", "text/html; charset=utf-7", "text/plain; charset=idna", "text/html"]
    )
    top = (
        f"From: a@b.de\nTo: c@d.de\nMIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    return Made(".eml", top.encode() + body)


def mailbox(chance: random.Random) -> Made:
    """Messages without a body, without number, or only their separators."""
    unit = chance.choice([
        "From a@b Mon Jan 1 00:00:00 2015\n", "From a@b 2015\nFrom: a\nTo: b\nSubject: c\n\nText.\n\n",
        "From a@b 2015\n\n>From x 2015\n\n",
    ])  # fmt: skip
    top = "From a@b Mon Jan 1 00:00:00 2015\nFrom: a@b.de\nTo: c\nSubject: d\n\nErster Text.\n\n"
    return Made(".mbox", (top + unit * chance.choice([1, 100, 600])).encode())


def pdf_of_many_pages(_chance: random.Random) -> Made:
    """A hundred thousand pages."""
    page = b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 100_004))
    pages = b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids
    return Made(
        ".pdf",
        pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, _stream(_TEXT), *([page] * 100_000)]),
        Expected.REFUSED,
    )


def docx_of_a_million_paragraphs(_chance: random.Random) -> Made:
    """A million paragraphs of one letter each."""
    return Made(".docx", docx_of("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000))


FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "pdf-loop": pdf_loop, "pdf-bomb": pdf_bomb, "pdf-odd": pdf_odd, "docx-external": docx_external,
    "docx-deep": docx_deep,
    "rtf": rtf_odd, "mail-deep": mail_deep, "mail-headers": mail_headers, "mail-body": mail_body, "mailbox": mailbox,
}  # fmt: skip
HEAVY: dict[str, Callable[[random.Random], Made]] = {
    "pdf-pages": pdf_of_many_pages, "docx-million": docx_of_a_million_paragraphs,
}  # fmt: skip
