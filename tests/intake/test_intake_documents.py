from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.errors import BadInput, EmptyInput, TooLarge, UnreadableInput
from quellenlage.intake import IntakeOptions, capture_bytes, captures
from quellenlage.intake.pdf import paragraphs
from quellenlage.model.capture import Capture, MarkKind

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")


def one(name: str, data: bytes, options: IntakeOptions = OPTIONS) -> Capture | BadInput:
    (found,) = capture_bytes(name, data, options)
    return found


def read(name: str, data: bytes, options: IntakeOptions = OPTIONS) -> Capture:
    found = one(name, data, options)
    assert isinstance(found, Capture), found
    return found


def pdf(*lines: str, title: str = "") -> bytes:
    shown = " ".join(f"({line}) Tj T*".replace("(", "(", 1) for line in lines)
    stream = f"BT /F1 11 Tf 50 750 Td 14 TL {shown} ET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode("cp1252"),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def test_pdf_with_a_text_layer() -> None:
    data = pdf(
        "Der Bürgermeister hat am Montag die Brücke",
        "eröffnet und allen Beteiligten gedankt.",
        "Danach sprach der Landrat zu den Gästen der",
        "Feier.",
        title="Brücke eröffnet",
    )
    found = read("blatt.pdf", data)
    assert "die Brücke eröffnet und allen" in found.text
    assert found.given.title == "Brücke eröffnet"
    assert found.media_type == "application/pdf"
    assert all(m.kind is MarkKind.PARAGRAPH for m in found.marks)


def test_pdf_titles_of_programs_are_no_titles() -> None:
    assert read("a.pdf", pdf("Ein Satz.", title="Microsoft Word - Entwurf2.docx")).given.title is None


def writer_bytes(password: str | None = None) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    if password is None:
        writer.add_blank_page(200, 200)
    else:
        writer.append(PdfReader(io.BytesIO(pdf("Geheim."))))
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_needs_text_recognition() -> None:
    found = one("scan.pdf", writer_bytes())
    assert isinstance(found, EmptyInput)
    assert "OCR" in found.remedy


def test_an_encrypted_pdf_is_named_so() -> None:
    found = one("geheim.pdf", writer_bytes("wort"))
    assert isinstance(found, UnreadableInput)
    assert "encrypted" in found.message
    assert "Geheim." in read("offen.pdf", writer_bytes("")).text


@pytest.mark.parametrize("cut", [10, 100, 300, 500])
def test_damaged_pdf(cut: int) -> None:
    found = one("kaputt.pdf", pdf("Ein Satz über das Wetter.")[:cut])
    assert isinstance(found, BadInput)
    assert found.remedy


@settings(max_examples=40, deadline=None)
@given(st.integers(9, 700), st.binary(min_size=1, max_size=8))
def test_a_pdf_with_bytes_changed_is_read_or_refused(at: int, noise: bytes) -> None:
    data = pdf("Ein Satz über das Wetter.", "Noch einer.")
    for found in capture_bytes("a.pdf", data[:at] + noise + data[at + len(noise) :], OPTIONS):
        assert isinstance(found, Capture | BadInput)


def test_lines_become_paragraphs() -> None:
    lines = [
        "Neue Brücke eröffnet",
        "Der Bürgermeister hat am Montag gemeinsam mit der Verwal-",
        "tung und vielen Gästen die neue Brücke über den Fluss eröff-",
        "net. Er dankte allen.",
        "Die Vor-",
        "und Nachteile waren lange umstritten, bis der Rat entschied,",
        "dass gebaut wird.",
        "",
        "• Ein Punkt",
    ]
    found = list(paragraphs(lines))
    assert found[0] == "Neue Brücke eröffnet"
    assert found[1].endswith("Er dankte allen.")
    assert "Verwal-tung" in found[1]
    assert "Vor- und Nachteile" in found[2]
    assert found[-1] == "• Ein Punkt"


def docx_bytes() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Neue Brücke eröffnet", 0)
    document.add_paragraph("Der Rat feiert.", style="Subtitle")
    document.add_heading("Vorgeschichte", 1)
    document.add_paragraph("Der Bürgermeister sagte: „Endlich.“")
    document.add_paragraph("Ein Punkt", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Länge", "300 Meter"
    document.add_paragraph("Nach der Tabelle.")
    document.core_properties.title = "Brücke"
    document.core_properties.author = "Jana Weiß"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx_in_order_with_styles() -> None:
    found = read("bericht.docx", docx_bytes())
    assert [(m.kind, found.text[m.start : m.end]) for m in found.marks] == [
        (MarkKind.TITLE, "Neue Brücke eröffnet"),
        (MarkKind.LEAD, "Der Rat feiert."),
        (MarkKind.HEADING, "Vorgeschichte"),
        (MarkKind.PARAGRAPH, "Der Bürgermeister sagte: „Endlich.“"),
        (MarkKind.LIST_ITEM, "Ein Punkt"),
        (MarkKind.TABLE, "Länge"),
        (MarkKind.TABLE, "300 Meter"),
        (MarkKind.PARAGRAPH, "Nach der Tabelle."),
    ]
    assert (found.given.title, found.given.authors) == ("Brücke", ("Jana Weiß",))


def test_docx_insertions_count_and_deletions_do_not() -> None:
    data = io.BytesIO(docx_bytes())
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "word/document.xml":
                change = (
                    '<w:p><w:ins w:id="1"><w:r><w:t>Neu hinzu.</w:t></w:r></w:ins>'
                    '<w:del w:id="2"><w:r><w:delText>Alt fort.</w:delText></w:r></w:del></w:p><w:sectPr'
                )
                body = body.replace(b"<w:sectPr", change.encode(), 1)
            new.writestr(entry.filename, body)
    text = read("a.docx", out.getvalue()).text
    assert "Neu hinzu." in text
    assert "Alt fort." not in text


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), body)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    found = one("bombe.docx", zipped(word__document_DOT_xml=b"0" * 90_000_000))
    assert isinstance(found, TooLarge)


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"a_DOT_txt": b"x"}, "ZIP"),
        ({"mimetype": b"application/epub+zip"}, "e-book"),
        ({"xl__workbook_DOT_xml": b"<a/>"}, "spreadsheet"),
    ],
)
def test_other_archives_are_named(members: dict[str, bytes], word: str) -> None:
    found = one("x.zip", zipped(**members))
    assert isinstance(found, UnreadableInput)
    assert word in found.message
    assert found.remedy


def test_a_damaged_docx() -> None:
    assert isinstance(one("a.docx", docx_bytes()[:3000]), UnreadableInput)
    assert isinstance(one("a.docx", zipped(word__document_DOT_xml=b"<kein xml")), UnreadableInput)


def message(plain: str | None = None, html: str | None = None, charset: str = "utf-8") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Brücke gesperrt – ab Montag"
    made["From"] = "Pressestelle Köln <presse@koeln.example>"
    made["Date"] = "Fri, 18 Sep 2015 14:30:00 +0200"
    if plain is not None:
        made.set_content(plain, charset=charset)
    if html is not None:
        made.add_alternative(html, subtype="html") if plain is not None else made.set_content(html, subtype="html")
    return made


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252"])
def test_mail_prefers_plain_text_and_honours_its_encoding(charset: str) -> None:
    found = read("m.eml", message("Die Brücke ist gesperrt.\n", "<p>HTML</p>", charset).as_bytes())
    assert found.text == "Die Brücke ist gesperrt.\n"
    assert found.given.title == "Brücke gesperrt – ab Montag"
    assert found.given.published == "2015-09-18T14:30:00+02:00"
    assert found.given.authors == ("Pressestelle Köln",)
    assert found.given.how == {"title": "mail Subject", "published": "mail Date", "authors": "mail From"}
    assert found.media_type == "message/rfc822"


def test_mail_in_html_only() -> None:
    found = read(
        "m.eml",
        message(
            html="<html><body><h1>Brücke</h1><p>Sie ist gesperrt, und zwar ab Montag.</p></body></html>"
        ).as_bytes(),
    )
    assert "Sie ist gesperrt, und zwar ab Montag." in found.text
    assert found.given.title == "Brücke gesperrt – ab Montag"


def test_a_page_saved_as_one_file_keeps_its_own_date() -> None:
    page = (
        "<html><head><meta charset=utf-8><meta property='article:published_time' content='2015-09-18'></head>"
        "<body><article>"
        "<h1>Brücke gesperrt</h1>"
        "<p>Die Brücke ist seit Montag gesperrt, wie die Stadt mitteilte.</p></article></body></html>"
    )
    made = EmailMessage()
    made["From"] = "<Saved by Blink>"
    made["Snapshot-Content-Location"] = "https://w.example/bruecke"
    made["Subject"] = "Brücke gesperrt"
    made["Date"] = "Mon, 6 May 2024 10:00:00 +0200"
    made.set_content(page, subtype="html")
    made.make_related()
    made.add_related(b"GIF89a", maintype="image", subtype="gif")
    found = read("seite.mhtml", made.as_bytes())
    assert (found.given.published, found.given.url, found.given.authors) == (
        "2015-09-18",
        "https://w.example/bruecke",
        (),
    )
    assert found.text.startswith("Brücke gesperrt\n\nDie Brücke")


def test_attachments_are_mentioned() -> None:
    made = message("Siehe Anlage.\n")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert read("m.eml", made.as_bytes()).warnings == ("attachments-not-read:1",)
    empty = message()
    empty.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    found = one("m.eml", empty.as_bytes())
    assert isinstance(found, EmptyInput)
    assert "attachments" in found.remedy


def test_soft_line_breaks_of_mail_are_undone() -> None:
    head = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    )
    data = head + b"Ein langer \nSatz.\nNeu.\n"
    assert read("m.eml", data).text == "Ein langer Satz.\nNeu.\n"


def test_mailbox() -> None:
    box = b"".join(
        b"From x@y Fri Sep 18 14:30:00 2015\n" + message(f"Meldung {n}.\n\n>From hier an geht es.\n").as_bytes() + b"\n"
        for n in (1, 2, 3)
    )
    found = capture_bytes("post.mbox", box, OPTIONS)
    assert [f.source for f in found] == ["post.mbox#1", "post.mbox#2", "post.mbox#3"]
    assert all(isinstance(f, Capture) and "From hier" in f.text for f in found)
    small = list(captures(["-"], replace(OPTIONS, max_bytes=20), stdin=io.BytesIO(box)))
    assert [type(f) for f in small] == [TooLarge] * 3


def test_mail_nested_without_end_is_refused() -> None:
    part = b"--a\nContent-Type: multipart/mixed; boundary=a\n\n"
    data = b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + part * 5000
    assert isinstance(one("m.eml", data), UnreadableInput)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_mail_is_read_or_refused(noise: bytes) -> None:
    for found in capture_bytes("m.eml", b"From: a@b\nMIME-Version: 1.0\nSubject: " + noise, OPTIONS):
        assert isinstance(found, Capture | BadInput)


def test_gzip_is_opened_within_the_limit() -> None:
    found = read("a.txt.gz", gzip.compress("Größe".encode()) + gzip.compress(b" und mehr"))
    assert (found.text, found.content, found.source) == ("Größe und mehr", "Größe und mehr".encode(), "a.txt.gz")
    assert read("a.md.gz", gzip.compress(b"# Titel")).media_type == "text/markdown"
    bomb = gzip.compress(b"\0" * 80_000_000)
    assert isinstance(one("bombe.gz", bomb), TooLarge)
    assert isinstance(one("cut.gz", gzip.compress(b"Hallo" * 100)[:15]), UnreadableInput)
    assert isinstance(one("twice.gz", gzip.compress(gzip.compress(b"Hallo"))), UnreadableInput)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "gross.txt"
    path.write_bytes(b"Wort " * 100)
    (found,) = captures([str(path)], replace(OPTIONS, max_bytes=100))
    assert isinstance(found, TooLarge)


@pytest.mark.parametrize("fault", ["=?utf-8?q?=FF?= ", "=?utf-8?b?////?= ", "x" * 50])
def test_of_a_header_without_an_end_the_beginning_is_read(fault: str) -> None:
    many = b"Subject: " + fault.encode() * 2000
    found = read(
        "m.eml", b"From: a@b\nDate: Mon, 5 Jan 2015 10:00:00 +0100\n" + many + b"\n\nDie Stadt sperrt die Br.\n"
    )
    assert 0 < len(found.given.title or "") <= 1 << 12
    assert "=?utf-8" not in (found.given.title or "") or "x" in fault
    assert (found.given.published or "").startswith("2015-01-05")
    assert "Die Stadt sperrt" in found.text


@pytest.mark.parametrize(("length", "taken"), [(20, True), (20_000, False)])
def test_an_address_is_read_as_a_whole_or_not_at_all_however_far_behind_a_boundary_stands(
    length: int, taken: bool
) -> None:
    address = "https://bote.example/" + "x" * length
    page = "<html><body><article><p>Die Stadt sperrt die Br.</p></article></body></html>"
    data = (
        f"From: a@b\nMIME-Version: 1.0\nSnapshot-Content-Location: {address}\n"
        f"Content-Type: multipart/mixed; a={'x' * 17_000}; boundary=z\n\n"
        f"--z\nContent-Type: text/html\n\n{page}\n--z--\n"
    )
    found = read("m.eml", data.encode())
    assert "Die Stadt sperrt" in found.text
    assert found.given.url == (address if taken else None)
