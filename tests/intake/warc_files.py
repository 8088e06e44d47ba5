"""Web archives made for the tests, record by record."""

from __future__ import annotations

import gzip

PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><article>
<h1>{title}</h1><p>{text} Das teilte die Regierung in Karvenburg am Freitag mit.</p>
<p>Der Sprecher sagte, weitere Angaben folgten in der kommenden Woche.</p></article></body></html>"""


def page(number: int, head: str = "") -> bytes:
    return PAGE.format(
        title=f"Meldung Nummer {number} aus Karvenien",
        text=f"Im Hafen von Osthafen sind {number} Schiffe eingetroffen, und über die Brücke fährt wieder die Bahn.",
        head=head,
    ).encode()


def http(body: bytes, *headers: str, media: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {media}"] if media else []), *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    url: str, block: bytes, *headers: str, kind: str = "response", media: str = "application/http; msgtype=response"
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2015-09-18T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        f"Content-Type: {media}",
        *headers,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def info() -> bytes:
    return record("", b"software: test\r\n", kind="warcinfo", media="application/warc-fields").replace(
        b"WARC-Target-URI: \r\n", b""
    )


def address(number: int) -> str:
    return f"https://bote.example/meldung/{number}"


def pages(count: int) -> list[bytes]:
    return [record(address(n), http(page(n))) for n in range(1, count + 1)]


def packed(records: list[bytes]) -> bytes:
    """As the format asks: each record a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
