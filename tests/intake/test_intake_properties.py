"""Whatever comes in: captures with sound offsets, or bad input that says what to do; never another exception."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.errors import BadInput
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.intake.html.signals import says
from quellenlage.intake.html.tree import parse, passages
from quellenlage.intake.html.walk import fragment_blocks
from quellenlage.model.capture import Capture, Given
from quellenlage.model.serial import from_json, to_json
from quellenlage.model.spans import text_digest
from quellenlage.resources import load

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")
NAMES = st.sampled_from(
    ["a", "a.txt", "a.html", "a.json", "a.jsonl", "a.xml", "a.pdf", "a.docx", "a.eml", "a.mbox", "a.gz", "ä.htm"]
)
BEGINNINGS = st.sampled_from(
    [
        b"",
        b"<html>",
        b"<?xml version='1.0'?><rss><channel>",
        b'{"text": ',
        b'{"text": "a"}\n{',
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"From: a\nSubject: b\nTo: c\n",
        b"From a@b Fri 2015\nFrom: a\nSubject: b\nTo: c\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<feed>",
        b"\xfe\xff\x00<",
    ]
)
PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='teaser'>",
        "</div>",
        "<h1>",
        "</h1>",
        "<article>",
        "</article>",
        "<br>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<table><tr><td>",
        "<a href='x'>",
        "</a>",
        "<time datetime='2015-09-18'>",
        "<li>",
        "<aside>",
        "&shy;",
        "&#0;",
        "&#xD800;",
        "\x00",
        "<",
        ">",
        '"',
        "Ein Satz mit einigen Wörtern darin, der lang genug ist. ",
        "Kurz. ",
        "<meta name=date content='2015-02-30'>",
        "<h1 hidden>",
        "<p class=lead>",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":["x"],'
        '"author":{"name":5},"datePublished":{}}</script>',
        "<figcaption>",
        "<base href='http://[x'>",
        "<link rel=canonical href='http://[x'>",
        "🙂",
        "\ufdd0",
        "<svg>",
        "<template>",
        "<noscript>",
    ]
)


def check(found: Capture | BadInput) -> None:
    if isinstance(found, BadInput):
        assert found.message
        str(found).encode("utf-8")
        return
    assert found.text_sha256 == text_digest(found.text)
    assert found.text.strip()
    found.text.encode("utf-8")
    at = 0
    for mark in found.marks:
        assert at <= mark.start < mark.end <= len(found.text)
        assert found.text[at : mark.start].strip() == ""
        at = mark.end
    assert from_json(to_json(found), Capture) == found
    assert set(found.given.how) <= set(Given.__slots__)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, BEGINNINGS, st.binary(max_size=400))
def test_any_bytes(name: str, beginning: bytes, rest: bytes) -> None:
    for found in capture_bytes(name, beginning + rest, OPTIONS):
        check(found)


@settings(max_examples=150, deadline=None)
@given(NAMES, st.text(max_size=300))
def test_any_text(name: str, text: str) -> None:
    for found in capture_bytes(name, text.encode("utf-8", "surrogatepass"), OPTIONS):
        check(found)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_markup(pieces: list[str]) -> None:
    for found in capture_bytes("a.html", ("<html>" + "".join(pieces)).encode("utf-8", "surrogatepass"), OPTIONS):
        check(found)


@given(st.lists(PIECES, max_size=40))
def test_the_flat_walk_takes_anything(pieces: list[str]) -> None:
    for block in fragment_blocks("".join(pieces)):
        assert block.text == block.text.strip() != ""


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 100_000 + "Hallo",
        "<html><p title='" + "x" * 20_000_000 + "'>Hallo</p>",
        "<html><p>Hallo</p>" + "<!-- " * 100_000,
        "<html><p>Hallo</p>" + "<script>" * 50_000,
        "<html>Hallo" + "<" * 500_000,
        "<html><p>Hallo" + "&" * 200_000,
        "<!---->" * 9000 + "<p>Hallo",
        "<html><p>Hallo<meta http-equiv=refresh content='0;url=http://127.0.0.1/'>",
        "<html><p>Ha\x00llo Hallo</p>",
        "<html><script type='application/ld+json'>" + "[" * 50_000 + "</script><p>Hallo",
    ],
    ids=[
        "depth",
        "attribute",
        "comments",
        "scripts",
        "less-than",
        "ampersands",
        "closed comments",
        "refresh",
        "nul",
        "json",
    ],
)
def test_hostile_pages_end_soon_with_their_text(page: str) -> None:
    (found,) = capture_bytes("a.html", page.encode(), OPTIONS)
    assert isinstance(found, Capture), found
    assert "Hallo" in found.text
    check(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_passages_hold_only_what_is_on_the_page(pieces: list[str]) -> None:
    root = parse("<html><body>" + "".join(pieces).replace("\x00", ""))
    if root is None:
        return
    everything = "".join("".join(root.itertext()).split()).replace("\u00ad", "")
    for passage in passages(root):
        letters = iter(everything)
        assert all(letter in letters for letter in "".join(passage.text.split()))


RULES = {"paywall": "paywall", "live-ticker": "live_ticker", "reservation-in-words": "reservation"}


@pytest.mark.parametrize(
    ("warning", "text"), [(w, e) for w, t in RULES.items() for e in load("de/web_pages.toml")[t]["examples"]]
)
def test_wordings_of_web_pages_match_their_examples(warning: str, text: str) -> None:
    assert says(warning, text)


@pytest.mark.parametrize(
    ("warning", "text"), [(w, e) for w, t in RULES.items() for e in load("de/web_pages.toml")[t]["counterexamples"]]
)
def test_wordings_of_web_pages_spare_their_counterexamples(warning: str, text: str) -> None:
    assert not says(warning, text)
