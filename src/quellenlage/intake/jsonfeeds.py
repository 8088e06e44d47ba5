"""JSON Feed (versions 1 and 1.1): one capture per item, from the text that the feed itself carries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from quellenlage.errors import BadInput, EmptyInput
from quellenlage.intake.blocks import Block, assemble, tidy
from quellenlage.intake.dates import iso_date
from quellenlage.intake.html.walk import fragment_blocks
from quellenlage.intake.listings import address, json_feed
from quellenlage.intake.raw import Raw, Reading, capture_of
from quellenlage.model.capture import Capture, Given, MarkKind

MEDIA_TYPE = "application/feed+json"


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """Every item with text, named `FEED#3`; where only a summary is given, a warning says so."""
    feed = json_feed(raw) or {"items": []}
    for number, item in enumerate(feed["items"], start=1):
        try:
            yield _capture(raw, number, item, feed)
        except BadInput as error:
            yield error


def _capture(raw: Raw, number: int, item: Mapping[str, Any], feed: Mapping[str, Any]) -> Capture:
    name = f"{raw.name}#{number}"
    title = tidy(" ".join(str(item.get("title") or "").split()))
    html, plain = str(item.get("content_html") or ""), str(item.get("content_text") or "")
    summary = "" if html.strip() or plain.strip() else str(item.get("summary") or "")
    blocks = fragment_blocks(html) if html.strip() else _paragraphs(plain or summary)
    blocks = [Block(b.text, MarkKind.HEADING if b.kind is MarkKind.TITLE else b.kind) for b in blocks]
    if not blocks:
        raise EmptyInput(name, "the entry has no text", remedy="add the page it links to")
    text, marks = assemble([Block(title, MarkKind.TITLE), *blocks])
    data = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    warnings = ("feed-summary-only",) if summary else ()
    reading = Reading(text, MEDIA_TYPE, "utf-8", given=_given(item, feed, title), marks=marks, warnings=warnings)
    return capture_of(raw.part(name, data), reading)


def _paragraphs(text: str) -> list[Block]:
    found = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n")]
    return [Block(part, MarkKind.PARAGRAPH) for part in found if part]


def _given(item: Mapping[str, Any], feed: Mapping[str, Any], title: str) -> Given:
    listed = item.get("authors") or ([item["author"]] if item.get("author") else [])
    names = [" ".join(str(a.get("name") or "").split()) for a in listed if isinstance(a, Mapping)]
    offered: dict[str, tuple[Any, str]] = {
        "url": (address(str(item.get("url") or "")), "json feed url"),
        "title": (title, "json feed title"),
        "published": (iso_date(item.get("date_published")), "json feed date_published"),
        "modified": (iso_date(item.get("date_modified")), "json feed date_modified"),
        "outlet": (" ".join(str(feed.get("title") or "").split()), "json feed title of the feed"),
        "authors": (tuple(dict.fromkeys(filter(None, names))), "json feed authors"),
        "language": (str(item.get("language") or feed.get("language") or ""), "json feed language"),
    }
    values = {name: value for name, (value, _) in offered.items() if value}
    return Given(**values, how={name: how for name, (value, how) in offered.items() if value})
