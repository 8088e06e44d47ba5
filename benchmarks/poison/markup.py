"""HTML, XML and feeds that are deep, wide, endless or refer to what they should not."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.poison.made import Expected, Made

_SENTENCE = "Der Minister sagte am Montag in Berlin, er habe davon nichts gewusst. "
_NESTING = "div p b span table ul li blockquote font section a article form td dl h1 em svg details iframe".split()


def laughs(chance: random.Random) -> Made:
    """Entities of entities of entities."""
    width, depth = chance.randrange(5, 12), chance.randrange(5, 12)
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * width}">' for n in range(1, depth))
    text = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]><rss version="2.0"><channel>'
    text += f"<title>&l{depth - 1};</title><item><title>&l{depth - 1};</title></item></channel></rss>"
    return Made(chance.choice([".xml", ".rss", ".atom"]), text.encode(), Expected.REFUSED)


def quadratic_entity(chance: random.Random) -> Made:
    """One long entity, used very often."""
    long, often = chance.randrange(10_000, 100_000), chance.randrange(1000, 20_000)
    text = f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "{"a" * long}">]><feed><entry>'
    text += f"<summary>{'&a;' * often}</summary></entry></feed>"
    return Made(".xml", text.encode(), Expected.REFUSED)


def external_entity(chance: random.Random) -> Made:
    """Asks for a file, an address, or a definition from elsewhere."""
    target = chance.choice(["file:///etc/passwd", "http://127.0.0.1:9/x", "//10.0.0.1/x", "file:///dev/zero"])
    declared = chance.choice([f'<!ENTITY x SYSTEM "{target}">', f'<!ENTITY % x SYSTEM "{target}"> %x;'])
    text = (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]><rss><channel><item><title>&x;</title></item></channel></rss>'
    )
    return Made(chance.choice([".xml", ".rss"]), text.encode(), Expected.REFUSED)


def html_with_entities(chance: random.Random) -> Made:
    """A page that declares entities: HTML knows none of its own."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY l0 "lol">{entities}]><html><body><p>{_SENTENCE * 5}&l9;&l9;</p></body></html>'
    return Made(chance.choice([".html", ".xhtml"]), page.encode(), Expected.TAKEN)


def deep_html(chance: random.Random) -> Made:
    """A hundred thousand elements within each other."""
    tag = chance.choice(_NESTING)
    depth = chance.choice([1000, 20_000, 100_000])
    closing = f"</{tag}>" * depth if chance.random() < 0.5 else ""
    return Made(".html", f"<html><body>{_SENTENCE * 3}{f'<{tag}>' * depth}{_SENTENCE * 3}{closing}".encode())


def wide_html(chance: random.Random) -> Made:
    """Tens of thousands of pieces side by side."""
    unit = chance.choice([
        "<p>", "<br>", "<p>Ja.</p>", "<h1>Titel</h1>", "<a href='x'>x</a>", "<td>", "<tr><td>1<td>2", "<li>Punkt",
        "<!-- x -->",
        "<script>", "<style>", "<!--", "<![CDATA[", "<?x", "&amp", "&#x202e;", "&#0;", "<", "</p>", "<p hidden>",
        "<meta name=date content=2015-01-01>",
        "<time datetime='2015'>x</time>", "<img alt='Bild'>", "<figcaption>Bild: dpa</figcaption>",
        "<aside>Mehr</aside>",
        "<link rel=canonical href='http://a.b/'>", "<base href=x>", "<article><p>Text.</p></article>",
        "<title>T</title>",
        "<div class='teaser'>x</div>", "<p>Der Minister sagte dies am Montag und ging dann nach Hause.</p>",
        "<textarea>", "<template>",
    ])  # fmt: skip
    count = chance.choice([300, 3000, 20_000])
    return Made(".html", f"<html><body><p>{_SENTENCE * 3}</p>{unit * count}<p>{_SENTENCE * 3}".encode())


def large_attribute(chance: random.Random) -> Made:
    """An attribute without an end, or attributes without number."""
    filler = chance.choice(["x", "a b ", "&quot;", "teaser-", "display : ", "http://a.b/"])
    name = chance.choice(["class", "style", "title", "id", "href", "datetime", "content", "rel"])
    long = f"<p {name}='{filler * chance.randrange(1000, 200_000)}'>{_SENTENCE}</p>"
    many = "<p " + " ".join(f"a{n}={n}" for n in range(chance.randrange(100, 30_000))) + f">{_SENTENCE}</p>"
    return Made(".html", f"<html><body>{chance.choice([long, many])}{_SENTENCE * 4}".encode(), Expected.TAKEN)


def structured_data(chance: random.Random) -> Made:
    """JSON-LD that is deep, of the wrong kinds, or enormous."""
    deep = "[" * chance.randrange(10, 60_000)
    odd = chance.choice(
        ['{"@graph":' * 500, '{"@type":"NewsArticle","author":[[[[{"name":{}}]]]]}', '{"headline":1e999999}']
    )
    long = '{"@type":"NewsArticle","articleBody":"' + "Satz. " * chance.randrange(10, 100_000) + '"}'
    block = f'<script type="application/ld+json">{chance.choice([deep, odd, long])}</script>'
    return Made(
        ".html", f"<html><head>{block * chance.choice([1, 20])}</head><body><p>{_SENTENCE * 4}".encode(), Expected.TAKEN
    )


def broken_xml(chance: random.Random) -> Made:
    """A feed that is deep, cut off, or of an encoding that it is not."""
    item = "<item><title>Titel</title><description>Ein Text &amp; mehr.</description></item>"
    channel = f"<channel><title>Blatt</title>{item * chance.randrange(1, 200)}</channel>"
    whole = f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
    match chance.randrange(4):
        case 0:
            data = whole[: chance.randrange(1, len(whole))].encode()
        case 1:
            data = f"<rss><channel><item>{'<a>' * chance.randrange(101, 50_000)}".encode()
        case 2:
            label = chance.choice(["utf-7", "utf-16", "utf-32", "cp037", "idna", "x" * 5000, "base64", "ISO-2022-JP"])
            data = whole.replace('"1.0"', f'"1.0" encoding="{label}"').encode()
        case _:
            data = whole.encode(chance.choice(["utf-16-le", "utf-16-be", "utf-32", "utf-16"]))
    return Made(chance.choice([".xml", ".rss"]), data)


def feed_entry(chance: random.Random) -> Made:
    """Entries with odd dates, addresses and markup of their own."""
    dates = [
        "Mon, 99 Foo 2015",
        "0000-00-00",
        "9" * 5000,
        "2015-02-30",
        "1 " * 2000,
        "Thu, 01 Jan 1970 00:00:00 +9999",
        "٢٠١٥",
    ]
    body = chance.choice(
        ["&lt;div&gt;" * 5000, "&lt;p&gt;Ja." * 3000, "x" * 100_000, "&#55296;", "&lt;!--" * 2000, "&lt;" * 9000]
    )
    entry = f"<item><title>{'t' * chance.randrange(5000)}</title><pubDate>{chance.choice(dates)}</pubDate>"
    entry += f"<link>{chance.choice(['javascript:1', 'http://[', 'http://' + 'a' * 9000, 'file:///etc/passwd'])}</link>"
    entry += f"<description>Ein Satz davor. {body}</description></item>"
    return Made(".rss", f"<rss version='2.0'><channel>{entry * chance.randrange(1, 4)}</channel></rss>".encode())


def feed_of_a_million(_chance: random.Random) -> Made:
    """A million entries."""
    return Made(
        ".rss",
        b"<rss><channel>"
        + b"<item><title>A</title><description>B</description></item>" * 1_000_000
        + b"</channel></rss>",
    )


def page_of_fifty_megabytes(_chance: random.Random) -> Made:
    """A page with half a million paragraphs."""
    return Made(".html", f"<html><body>{f'<p>{_SENTENCE}</p>' * 500_000}".encode())


FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "xml-laughs": laughs, "xml-quadratic": quadratic_entity, "xml-external": external_entity, "xml-broken": broken_xml,
    "html-entities": html_with_entities, "html-deep": deep_html, "html-wide": wide_html,
    "html-attribute": large_attribute,
    "html-data": structured_data, "feed-entry": feed_entry,
}  # fmt: skip
HEAVY: dict[str, Callable[[random.Random], Made]] = {
    "feed-million": feed_of_a_million, "html-huge": page_of_fifty_megabytes,
}  # fmt: skip
