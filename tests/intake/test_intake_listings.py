"""Feeds and sitemaps as lists of pages, and JSON Feed as texts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.errors import BadInput
from quellenlage.intake import IntakeOptions, jsonfeeds
from quellenlage.intake.listings import Entry, address, listing_of
from quellenlage.intake.raw import Raw
from quellenlage.intake.sitemaps import MOST
from quellenlage.intake.sitemaps import read as read_sitemap
from quellenlage.model import Capture

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Karte der Nachrichten -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <url><loc> https://zeitung.example/a?utm_source=x&amp;id=1#top </loc>
  <image:image><image:loc>https://zeitung.example/a.jpg</image:loc></image:image>
  <news:news><news:publication><news:name>Morgenruf</news:name><news:language>de</news:language></news:publication>
   <news:publication_date>2024-05-01T08:30:00+02:00</news:publication_date><news:title>Fähre</news:title></news:news></url>
 <url><loc>https://zeitung.example/b</loc><lastmod>2024-04-30</lastmod></url>
 <url><loc>javascript:alert(1)</loc></url>
 <url><lastmod>2024-04-30</lastmod></url>
 <url><loc>https://zeitung.example/b</loc></url>
</urlset>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Z</title>
<item><title>Eins</title><link>https://z.example/1</link><pubDate>Wed, 01 May 2024 08:00:00 GMT</pubDate></item>
<item><title>Zwei</title><link>https://z.example/2</link></item><item><title>Ohne</title></item></channel></rss>"""


def raw(data: str | bytes, name: str = "https://z.example/x") -> Raw:
    return Raw(name, data if isinstance(data, bytes) else data.encode(), OPTIONS)


def test_a_sitemap_of_news() -> None:
    found = listing_of(raw(NEWS))
    assert found.kind == "sitemap"
    first = "2024-05-01T08:30:00+02:00"
    assert found.entries == (
        Entry("https://zeitung.example/a?id=1", first, first),
        Entry("https://zeitung.example/b", "2024-04-30", "2024-04-30"),
    )


def test_an_index_and_a_plain_list() -> None:
    xml = "<sitemapindex><sitemap><loc>https://z.example/m.xml.gz</loc></sitemap></sitemapindex>"
    assert listing_of(raw(xml)).kind == "sitemap-index"
    plain = read_sitemap(raw("https://z.example/1\r\n\nhttps://z.example/2\n"))
    assert [entry.url for entry in plain.entries] == ["https://z.example/1", "https://z.example/2"]


def test_a_sitemap_over_the_limit_is_read_up_to_it() -> None:
    urls = "".join(f"<url><loc>https://z.example/{n}</loc></url>" for n in range(MOST + 10))
    assert len(read_sitemap(raw(f"<urlset>{urls}</urlset>")).entries) == MOST


def test_entries_of_feeds_say_when_they_change() -> None:
    before = listing_of(raw(RSS)).entries
    assert [(entry.url, entry.dated) for entry in before] == [
        ("https://z.example/1", "2024-05-01T08:00:00Z"),
        ("https://z.example/2", None),
    ]
    for change in (("Eins", "Eins!"), ("08:00:00", "09:00:00")):
        after = listing_of(raw(RSS.replace(*change))).entries
        assert (after[0].marker == before[0].marker, after[1].marker == before[1].marker) == (False, True)


def test_a_json_feed() -> None:
    items = [
        {"id": 1, "url": "https://z.example/1", "title": "Eins", "content_html": "<p>Fähre fährt.</p><p>Wieder.</p>",
         "date_published": "2024-05-01T08:00:00Z", "authors": [{"name": "Ossi Brandt"}]},
        {"id": 2, "url": "https://z.example/2", "title": "Zwei", "summary": "Nur kurz."},
        {"id": 3, "title": "Drei"},
        "kein Eintrag",
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1", "title": "Morgenruf", "items": items, "language": "de"}
    data = raw(json.dumps(feed))
    found = listing_of(data)
    assert (found.kind, [entry.url for entry in found.entries]) == (
        "json-feed", ["https://z.example/1", "https://z.example/2"],
    )  # fmt: skip
    one, two, three = jsonfeeds.read(data)
    assert isinstance(one, Capture)
    assert one.text == "Eins\n\nFähre fährt.\n\nWieder."
    assert (one.given.url, one.given.authors, one.given.outlet) == (
        "https://z.example/1",
        ("Ossi Brandt",),
        "Morgenruf",
    )
    assert isinstance(two, Capture)
    assert two.warnings == ("feed-summary-only",)
    assert isinstance(three, BadInput)


@pytest.mark.parametrize("data", ["<html><body><p>Seite</p></body></html>", '{"artikel": []}', "Text einer Seite."])
def test_what_lists_nothing_is_a_page(data: str) -> None:
    assert listing_of(raw(data)).kind == "page"


@pytest.mark.parametrize(
    "data",
    [
        "<urlset><url><loc>https://z.example/",
        '<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        "<urlset>" + "<a>" * 30 + "</a>" * 30 + "</urlset>",
        "<urlset>\x00</urlset>",
    ],
)
def test_damaged_sitemaps_are_bad_input(data: str) -> None:
    with pytest.raises(BadInput):
        read_sitemap(raw(data))


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    for lead in (
        b"",
        b"<urlset>",
        b"<?xml version='1.0'?><rss><channel>",
        b'{"version": "https://jsonfeed.org/version/1",',
    ):
        try:
            found = listing_of(raw(lead + data))
        except BadInput:
            continue
        assert all(entry.url == address(entry.url) for entry in found.entries)


@given(st.text(max_size=80))
def test_addresses_are_settled_at_once(text: str) -> None:
    for one in (text, f"https://z.example/{text}"):
        found = address(one)
        assert address(found) == found
        assert "#" not in found
