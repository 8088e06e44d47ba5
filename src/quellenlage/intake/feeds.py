"""RSS and Atom: one capture per entry; the XML is checked by a hardened parser before anything else sees it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from quellenlage.errors import BadInput, EmptyInput, Phrase, TooLarge, UnreadableInput
from quellenlage.intake.blocks import Block, assemble, tidy
from quellenlage.intake.dates import iso_date
from quellenlage.intake.html.walk import fragment_blocks
from quellenlage.intake.raw import Raw, Reading, capture_of, foreign
from quellenlage.model.capture import Capture, Given, MarkKind

_DAMAGED = "the feed cannot be read"
_REMEDY = "save the feed again, or add the pages it links to"
_SPLIT = "split the feed, or add the pages it links to"
_MEDIA_TYPES = {"atom": "application/atom+xml"}
_MAX_DEPTH = 100
MAX_ENTRIES = 20_000
"""Entries of one feed: the largest archives of outlets have some thousand, and a million takes gigabytes to read."""


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """Every entry with text, named `FEED#3`; where only a summary is given, a warning says so."""
    items = _checked_items(raw)
    with foreign(raw.name, _DAMAGED, _REMEDY):
        import feedparser

        parsed = feedparser.parse(io.BytesIO(raw.data), sanitize_html=False, resolve_relative_uris=False)
        # As plain dictionaries: feedparser's own would offer "published" where "updated" is missing.
        entries = [dict(entry) for entry in parsed.entries]
        channel, version = dict(parsed.feed), str(parsed.get("version") or "")
    if not entries:
        raise EmptyInput(raw.name, "the feed has no entries")
    media_type = _MEDIA_TYPES.get(version[:4], "application/rss+xml")
    for number, entry in enumerate(entries, start=1):
        try:
            yield _capture(raw, number, entry, channel, (media_type, items))
        except BadInput as error:
            yield error


def links(raw: Raw) -> list[str]:
    """Addresses of the pages that a feed's entries lead to, in order."""
    _checked_items(raw)
    with foreign(raw.name, _DAMAGED, _REMEDY):
        import feedparser

        parsed = feedparser.parse(io.BytesIO(raw.data), sanitize_html=False, resolve_relative_uris=False)
        found = [str(entry.get("link") or "") for entry in parsed.entries]
    return [link for link in dict.fromkeys(found) if link.startswith(("http://", "https://"))]


def _checked_items(raw: Raw) -> list[bytes]:
    """Bytes of every item, once the XML proved harmless: well-formed, no entities declared, nothing external.

    Raises:
        UnreadableInput: it is not.
        TooLarge: it has more than `MAX_ENTRIES`.
    """
    from xml.etree.ElementTree import ParseError, tostring
    from xml.parsers.expat import ErrorString

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    items: list[bytes] = []
    depth = 0
    try:
        for event, element in iterparse(io.BytesIO(raw.data.lstrip()), events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > _MAX_DEPTH:
                raise UnreadableInput(raw.name, "XML nested deeper than {limit}", remedy=_REMEDY, limit=_MAX_DEPTH)
            if event == "end" and element.tag.rpartition("}")[2] in {"item", "entry"}:
                items.append(tostring(element, encoding="utf-8"))
                if len(items) > MAX_ENTRIES:
                    raise TooLarge(raw.name, "more than {limit:,} entries", remedy=_SPLIT, limit=MAX_ENTRIES)
    except DefusedXmlException as error:
        raise UnreadableInput(raw.name, "XML that declares entities, which is refused", remedy=_REMEDY) from error
    except ParseError as error:
        line, column = error.position
        reason = Phrase(ErrorString(error.code))
        raise UnreadableInput(
            raw.name, "XML that is not well-formed: {reason}: line {line}, column {column}", remedy=_REMEDY,
            reason=reason, line=line, column=column,
        ) from error  # fmt: skip
    except (LookupError, ValueError) as error:
        raise UnreadableInput(
            raw.name, "XML that is not well-formed: {detail}", remedy=_REMEDY, detail=error
        ) from error
    return items


def _capture(
    raw: Raw, number: int, entry: Mapping[str, Any], channel: Mapping[str, Any], form: tuple[str, list[bytes]]
) -> Capture:
    """Make the capture of one entry: its title, then its content."""
    media_type, items = form
    contents = [str(c.get("value") or "") for c in entry.get("content") or ()]
    summary = str(entry.get("summary") or "")
    body = max([*contents, ""], key=len)
    # feedparser also offers the summary as content where an entry has nothing else.
    only_summary = len(body.strip()) <= len(summary.strip()) and not any(c.strip() and c != summary for c in contents)
    markup = summary if only_summary else body
    title = tidy(" ".join(b.text for b in fragment_blocks(str(entry.get("title") or ""))).replace("\n", " "))
    blocks = _body_blocks(markup)
    name = f"{raw.name}#{number}"
    if not blocks:
        raise EmptyInput(name, "the entry has no text", remedy="add the page it links to")
    text, marks = assemble([Block(title, MarkKind.TITLE), *blocks])
    data = items[number - 1] if number <= len(items) else markup.encode("utf-8", "replace")
    reading = Reading(
        text, media_type, "utf-8", given=_given(entry, channel, title), marks=marks,
        warnings=("feed-summary-only",) if only_summary else (),
    )  # fmt: skip
    return capture_of(raw.part(name, data), reading)


def _body_blocks(markup: str) -> list[Block]:
    """Passages of an entry; a first-level heading inside it is not the title."""
    blocks = fragment_blocks(markup)
    return [Block(b.text, MarkKind.HEADING if b.kind is MarkKind.TITLE else b.kind) for b in blocks]


def _given(entry: Mapping[str, Any], channel: Mapping[str, Any], title: str) -> Given:
    """Metadata of an entry; the outlet is the source it names, else the feed's title."""
    source = entry.get("source")
    origin = source.get("title") if isinstance(source, Mapping) else None
    link = str(entry.get("link") or "")
    listed = [str(a.get("name") or "") for a in entry.get("authors") or () if isinstance(a, Mapping)]
    offered: dict[str, tuple[Any, str]] = {
        "url": (link if link.startswith(("http://", "https://")) else None, "feed link"),
        "title": (title, "feed entry title"),
        "published": (_date(entry, "published"), "feed published"),
        "modified": (_date(entry, "updated"), "feed updated"),
        "outlet": (_line(origin) or _line(channel.get("title")), "feed source" if _line(origin) else "feed title"),
        "authors": (tuple(dict.fromkeys(a for name in listed if (a := _line(name)))), "feed author"),
        "language": (_line(channel.get("language")), "feed language"),
    }
    values = {name: value for name, (value, _) in offered.items() if value}
    return Given(**values, how={name: how for name, (value, how) in offered.items() if value})


def _line(value: object) -> str | None:
    return " ".join(str(value).split()) or None if value else None


def _date(entry: Mapping[str, Any], name: str) -> str | None:
    """Date as written, with its zone; else as feedparser understands it, in universal time."""
    if not entry.get(name):
        return None
    written = iso_date(entry.get(name))
    parsed = entry.get(f"{name}_parsed")
    if written or not parsed:
        return written
    return iso_date("{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*parsed[:6]))
