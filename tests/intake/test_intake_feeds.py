from __future__ import annotations

import pytest

from quellenlage.errors import BadInput, EmptyInput, UnreadableInput
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model.capture import Capture, MarkKind

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Weserblick</title><link>https://w.example/</link><language>de-DE</language>
<item><title>Brücke &amp; Straße gesperrt</title><link>https://w.example/1</link>
<pubDate>Fri, 18 Sep 2015 14:30:00 +0200</pubDate>
<dc:creator>Jana Weiß</dc:creator>
<description>Kurz gesagt.</description>
<content:encoded>
<![CDATA[<p>Die Brücke ist <b>seit Montag</b> zu.</p>
<p>Sie bleibt es bis zum Herbst.</p>]]></content:encoded></item>
<item><title>Nur ein Anriss</title><link>https://w.example/2</link>
<description>&lt;p&gt;Der Anriss.&lt;/p&gt;</description></item>
<item><title>Ohne Text</title><link>https://w.example/3</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Amtsblatt</title>
<entry><title>Bekanntmachung</title><link href="https://a.example/1"/><published>2015-09-18T14:30:00+02:00</published>
<updated>2015-09-19T08:00:00Z</updated><author><name>Amt</name></author>
<content type="html">&lt;p&gt;Das Amt gibt bekannt.&lt;/p&gt;</content></entry></feed>"""


def test_rss_entries_with_content_summary_and_nothing() -> None:
    full, short, nothing = capture_bytes("feed.xml", RSS.encode(), OPTIONS)
    assert isinstance(full, Capture)
    assert full.text == "Brücke & Straße gesperrt\n\nDie Brücke ist seit Montag zu.\n\nSie bleibt es bis zum Herbst."
    assert [m.kind for m in full.marks] == [MarkKind.TITLE, MarkKind.PARAGRAPH, MarkKind.PARAGRAPH]
    assert (full.given.published, full.given.url, full.given.outlet) == (
        "2015-09-18T14:30:00+02:00",
        "https://w.example/1",
        "Weserblick",
    )
    assert (full.given.authors, full.given.language, full.warnings) == (("Jana Weiß",), "de-DE", ())
    assert full.given.modified is None
    assert full.content.startswith(b"<item")
    assert full.media_type == "application/rss+xml"
    assert isinstance(short, Capture)
    assert short.text == "Nur ein Anriss\n\nDer Anriss."
    assert short.warnings == ("feed-summary-only",)
    assert isinstance(nothing, EmptyInput)
    assert nothing.source == "feed.xml#3"


def test_atom() -> None:
    (found,) = capture_bytes("blatt.atom", ATOM.encode(), OPTIONS)
    assert isinstance(found, Capture)
    assert found.text == "Bekanntmachung\n\nDas Amt gibt bekannt."
    assert (found.given.modified, found.media_type) == ("2015-09-19T08:00:00Z", "application/atom+xml")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    data = ATOM.replace("utf-8", encoding).replace("Das Amt", "Das Ämtchen").encode(encoding)
    (found,) = capture_bytes("blatt.xml", data, OPTIONS)
    assert isinstance(found, Capture)
    assert "Das Ämtchen" in found.text


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "xml",
    [
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>&l9;'
        "</title></item></channel></rss>",
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]><rss><channel/></rss>',
        "<rss><channel><item><title>nicht zu</item></channel></rss>",
        "<?xml version='1.0'?><rss>" + "<a>" * 50_000,
        "<rss",
    ],
)
def test_hostile_xml_is_refused(xml: str) -> None:
    (found,) = capture_bytes("feed.rss", xml.encode(), OPTIONS)
    assert isinstance(found, UnreadableInput)
    assert found.remedy


def test_a_feed_without_entries() -> None:
    (found,) = capture_bytes(
        "feed.xml", b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>", OPTIONS
    )
    assert isinstance(found, EmptyInput)


def test_a_feed_never_opens_what_its_bytes_look_like() -> None:
    (found,) = capture_bytes("feed.rss", b"http://127.0.0.1:1/feed", OPTIONS)
    assert isinstance(found, BadInput)
