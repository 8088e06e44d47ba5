"""Sitemaps (sitemaps.org 0.9, with the extension for news): which pages a site has, and when they were changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from quellenlage.errors import EmptyInput, Phrase, UnreadableInput
from quellenlage.intake.dates import iso_date
from quellenlage.intake.listings import Entry, Listing, address
from quellenlage.intake.raw import Raw

MOST = 50_000
"""Addresses of one sitemap, the limit of the protocol; what stands behind them is left out."""
_MAX_DEPTH = 20
_REMEDY = "look at the sitemap in a browser; perhaps it has moved"
_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?.{0,400}?\?>\s*|<!--.{0,4000}?-->\s*)*+<(?:\w+:)?(urlset|sitemapindex)\b", re.DOTALL
)


def is_sitemap(data: bytes) -> bool:
    """Whether this is the beginning of a sitemap, or of an index of sitemaps, in XML."""
    return _ROOT.match(data) is not None


def read(raw: Raw) -> Listing:
    """Every address of a sitemap, or of the sitemaps that an index names; entries of other sites are left in.

    Raises:
        UnreadableInput: not well-formed, or with entities.
        EmptyInput: neither XML nor a list of addresses.
    """
    if not raw.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain(raw)
    root = _ROOT.match(raw.data)
    index = root is not None and root[1] == b"sitemapindex"
    found: dict[str, Entry] = {}
    for fields in _records(raw, "sitemap" if index else "url"):
        url = address(fields.get("loc", ""))
        dated = iso_date(fields.get("lastmod") or fields.get("publication_date"))
        if url and len(found) < MOST:
            found.setdefault(url, Entry(url, fields.get("lastmod") or fields.get("publication_date", ""), dated))
    return Listing("sitemap-index" if index else "sitemap", tuple(found.values()))


def _plain(raw: Raw) -> Listing:
    """A sitemap as text: one address a line."""
    lines = raw.data.decode("utf-8-sig", "replace").splitlines()
    found = dict.fromkeys(url for line in lines if (url := address(line)))
    if not found:
        raise EmptyInput(raw.name, "this is no sitemap", remedy=_REMEDY)
    return Listing("sitemap", tuple(Entry(url, "", None) for url in list(found)[:MOST]))


def _records(raw: Raw, tag: str) -> Iterator[dict[str, str]]:
    """Text of the fields of each record, under their names without a namespace; the first of a name counts."""
    from xml.etree.ElementTree import ParseError
    from xml.parsers.expat import ErrorString

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth, fields = 0, dict[str, str]()
    parents: list[Any] = []
    try:
        for event, element in iterparse(io.BytesIO(raw.data.lstrip()), events=("start", "end")):
            name = str(element.tag).rpartition("}")[2]
            depth += 1 if event == "start" else -1
            if depth > _MAX_DEPTH:
                raise UnreadableInput(raw.name, "XML nested deeper than {limit}", remedy=_REMEDY, limit=_MAX_DEPTH)
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if name == tag and depth == 1:
                yield fields
                fields = {}
                # The root keeps each finished record, which would grow with the sitemap.
                parents[0].clear()
            elif element.text and element.text.strip() and name not in fields and "image" not in str(element.tag):
                fields[name] = element.text.strip()[:4096]
    except DefusedXmlException as error:
        raise UnreadableInput(raw.name, "XML that declares entities, which is refused", remedy=_REMEDY) from error
    except ParseError as error:
        line, column = error.position
        raise UnreadableInput(
            raw.name, "XML that is not well-formed: {reason}: line {line}, column {column}", remedy=_REMEDY,
            reason=Phrase(ErrorString(error.code)), line=line, column=column,
        ) from error  # fmt: skip
    except (LookupError, ValueError) as error:
        raise UnreadableInput(
            raw.name, "XML that is not well-formed: {detail}", remedy=_REMEDY, detail=error
        ) from error
