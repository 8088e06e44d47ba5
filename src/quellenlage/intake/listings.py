"""What a feed or a sitemap lists: addresses of pages, with what tells that one of them was changed."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from quellenlage.errors import Phrase, UnreadableInput
from quellenlage.intake.dates import iso_date
from quellenlage.intake.raw import Raw, foreign
from quellenlage.intake.sniff import HEAD, Format, sniff

ListingKind = Literal["feed", "json-feed", "sitemap", "sitemap-index", "page"]
_LONGEST = 2048
_TRACKING = ("utm_",)
JSON_FEED = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that is listed.

    `marker` is another one when the listing says that the page was changed; `dated` is the ISO day or time at which it
    was published or changed last, None where that is not said.
    """

    url: str
    marker: str
    dated: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found at an address; a page lists nothing."""

    kind: ListingKind
    entries: tuple[Entry, ...] = ()


def address(text: str) -> str:
    """An address as it is fetched: without a fragment and marks of advertising; nothing where it is none."""
    text = text.strip()
    if not text.startswith(("http://", "https://")) or len(text) > _LONGEST:
        return ""
    try:
        parts = urlsplit(text)
        if not parts.hostname:
            return ""
    except ValueError:
        return ""
    query = parts.query
    if any(mark in query for mark in _TRACKING):
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not k.startswith(_TRACKING)])
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def listing_of(raw: Raw) -> Listing:
    """Tell what was fetched and read what it lists; `raw` is unpacked.

    Raises:
        BadInput: a feed or sitemap that cannot be read, or nothing that has text.
    """
    from quellenlage.intake import sitemaps

    if sitemaps.is_sitemap(raw.data):
        return sitemaps.read(raw)
    found = sniff(raw.data[:HEAD], raw.name)
    if found is Format.FEED:
        return Listing("feed", _feed_entries(raw))
    if found is Format.JSON and (feed := json_feed(raw)) is not None:
        return Listing("json-feed", tuple(filter(None, (_json_entry(item) for item in feed["items"]))))
    return Listing("page")


def _feed_entries(raw: Raw) -> tuple[Entry, ...]:
    from quellenlage.intake.feeds import links

    links(raw)  # checks the XML before feedparser sees it
    with foreign(raw.name, "the feed cannot be read", "save the feed again, or add the pages it links to"):
        import feedparser

        parsed = feedparser.parse(io.BytesIO(raw.data), sanitize_html=False, resolve_relative_uris=True)
        entries = [dict(entry) for entry in parsed.entries]
    found: dict[str, Entry] = {}
    for entry in entries:
        if url := address(str(entry.get("link") or "")):
            found.setdefault(url, _entry(url, entry.get("updated"), entry.get("published"), entry.get("title")))
    return tuple(found.values())


def _entry(url: str, updated: object, published: object, title: object) -> Entry:
    """An entry with its times; a title is changed with the article, a summary with the number of comments."""
    dated = iso_date(updated) or iso_date(published)
    return Entry(url, "\n".join(str(one or "") for one in (updated or published, title)), dated)


def json_feed(raw: Raw) -> dict[str, Any] | None:
    """A JSON Feed (version 1 or 1.1), None where the JSON is something else.

    Raises:
        UnreadableInput: it is one without a list of items.
    """
    try:
        value = json.loads(raw.data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not str(value.get("version", "")).startswith(JSON_FEED):
        return None
    items = value.get("items")
    if not isinstance(items, list):
        raise UnreadableInput(raw.name, "{what}: {detail}", what=Phrase("the feed cannot be read"), detail="items")
    return {**value, "items": [item for item in items if isinstance(item, Mapping)]}


def _json_entry(item: Mapping[str, Any]) -> Entry | None:
    url = address(str(item.get("url") or item.get("external_url") or ""))
    return _entry(url, item.get("date_modified"), item.get("date_published"), item.get("title")) if url else None
