"""HTML pages: main text in document order with marks, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quellenlage.errors import BadInput
from quellenlage.intake.blocks import Block, assemble, tidy
from quellenlage.intake.decode import Decoded, decode
from quellenlage.intake.html.walk import fragment_blocks
from quellenlage.intake.press.captures import articles_of
from quellenlage.intake.raw import Raw, Reading, capture_of
from quellenlage.model.capture import Capture, Given, MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from quellenlage.intake.html.metadata import PageData

_MEDIA_TYPE = "text/html"
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")
# Words that each article of an export has and hardly a page: only then is the page looked at as a collection.
_EXPORT = re.compile(
    rb"(?:\bDo[ck]ument \d{1,5} (?:von|of|de) \d|\b\d{1,5} of \d{1,5} DOCUMENTS?\b|End of Document|Ende des Dokuments|"
    rb"GBI-G(?:enios|ENIOS) Deutsche Wirtschaftsdatenbank|(?:Document|Dokument) [A-Za-z]{2,8}[0-9A-Za-z]{0,12}\d{6}|"
    rb"PressReader - )"
)
_NO_TEXT = "there is no article text on the page"
_REMEDY = "pages that scripts fill in have to be saved from the browser, complete"


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """One capture of a page, or one for each article of a press database's export."""
    whole = flat(raw) if _EXPORT.search(raw.data) else None
    if whole and (articles := articles_of(raw, whole, known=True)):
        yield from articles
        return
    yield capture_of(raw, read_page(raw), empty=_NO_TEXT, remedy=_REMEDY)


def declared_charset(data: bytes) -> str | None:
    """Encoding that a page declares in its first bytes."""
    match = _CHARSET.search(data, 0, 4096) or _XML_CHARSET.search(data, 0, 200)
    return match[1].decode("ascii") if match else None


def read_page(raw: Raw) -> Reading:
    """Text and metadata of a page, whatever state its markup is in.

    Raises:
        UnreadableInput: binary data, or an encoding that cannot be told.
    """
    declared = raw.declared or declared_charset(raw.data)
    decoded = decode(raw.name, raw.data, forced=raw.options.encoding, declared=declared, nul=True)
    from quellenlage.intake.html.tree import parse

    root = parse(decoded.text)
    if root is None:
        return _flat(decoded)
    return _structured(raw, decoded, root)


def flat(raw: Raw) -> Reading:
    """All passages of a page in order, without a choice of what is its report.

    Raises:
        UnreadableInput: binary data, or an encoding that cannot be told.
    """
    declared = raw.declared or declared_charset(raw.data)
    decoded = decode(raw.name, raw.data, forced=raw.options.encoding, declared=declared, nul=True)
    text, marks = assemble(fragment_blocks(decoded.text))
    return Reading(text, _MEDIA_TYPE, decoded.encoding, marks=marks, warnings=decoded.warnings)


def _flat(decoded: Decoded) -> Reading:
    """Reading of a page that no tree parser can take."""
    text, marks = assemble(fragment_blocks(decoded.text))
    warnings = (*decoded.warnings, "markup-too-complex")
    return Reading(text, _MEDIA_TYPE, decoded.encoding, marks=marks, warnings=warnings)


def _structured(raw: Raw, decoded: Decoded, root: Element) -> Reading:
    """Reading of a page with its structure."""
    from quellenlage.intake.html.metadata import given_of, page_data
    from quellenlage.intake.html.select import select
    from quellenlage.intake.html.signals import signals
    from quellenlage.intake.html.tree import passages

    data = page_data(root)
    found = passages(root)
    title = _meta_title(data)
    selection = select(root, found, title)
    blocks, more = list(selection.blocks), list(signals(root, data, [p.text for p in found], title))
    if selection.simple:
        more.append("simple-extraction")
    given = given_of(root, data, selection.scope, raw.url, raw.options.captured_at)
    body = _body_of_json_ld(data)
    if body and sum(len(b.text) for b in body) > 3 * sum(len(b.text) for b in blocks):
        blocks = [*(b for b in blocks if b.kind in {MarkKind.TITLE, MarkKind.LEAD}), *body]
        more.append("text-from-json-ld")
    if blocks and given.title and not any(b.kind is MarkKind.TITLE for b in blocks) and not _opens_with(blocks, given):
        blocks.insert(0, Block(given.title, MarkKind.TITLE))
        more.append("headline-from-metadata")
    text, marks = assemble(blocks)
    return Reading(text, _MEDIA_TYPE, decoded.encoding, given=given, marks=marks, warnings=(*decoded.warnings, *more))


def _meta_title(data: PageData) -> str | None:
    """The title by which to recognise the headline on the page."""
    for value in (data.article.get("headline"), data.meta.get("og:title"), data.title_element):
        if isinstance(value, str) and value.strip():
            return value
    return None


def _body_of_json_ld(data: PageData) -> list[Block]:
    """The text that the structured data carries, for pages that scripts fill in."""
    body = data.article.get("articleBody")
    if not isinstance(body, str):
        return []
    from quellenlage.intake.html.walk import is_fragment

    if is_fragment(body):
        return list(fragment_blocks(body))
    return [Block(part) for line in body.splitlines() if (part := tidy(line))]


def _opens_with(blocks: list[Block], given: Given) -> bool:
    """Whether the page's title stands on the page already, under another tag."""
    return any(tidy(block.text).startswith(given.title or "\0") for block in blocks[:4])
