from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from tests.views.views_story import Run

from quellenlage.model import OriginKind
from quellenlage.views.exports import ftm, geojson, jsonld
from quellenlage.views.exports.part import part_of
from quellenlage.views.exports.timelinejs import document
from quellenlage.views.holdings import Citation, Holdings, Selection
from quellenlage.views.locale import words_for

Record = dict[str, Any]


class Date(msgspec.Struct, forbid_unknown_fields=True):
    """A date of TimelineJS, as its documentation has it."""

    year: int
    month: int | None = None
    day: int | None = None
    display_date: str | None = None


class Text(msgspec.Struct, forbid_unknown_fields=True):
    headline: str | None = None
    text: str | None = None


class TitleSlide(msgspec.Struct, forbid_unknown_fields=True):
    text: Text


class Slide(msgspec.Struct, forbid_unknown_fields=True):
    start_date: Date
    text: Text
    unique_id: str
    end_date: Date | None = None
    display_date: str | None = None
    group: str | None = None
    autolink: bool = True


class Timeline(msgspec.Struct, forbid_unknown_fields=True):
    events: list[Slide]
    title: TitleSlide | None = None
    scale: Literal["human", "cosmological"] = "human"


class Tags(HTMLParser):
    """The tags of a text, each closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(holdings: Holdings, lang: Literal["de", "en"] = "de", selection: Selection | None = None) -> Timeline:
    content = b"".join(document(part_of(holdings, selection), holdings, words_for(lang)))
    return msgspec.json.decode(content, type=Timeline)


def slide(timeline: Timeline, headline: str) -> Slide:
    return next(s for s in timeline.events if headline in (s.text.headline or ""))


def words_of(text: str | None) -> str:
    tags = Tags()
    tags.feed(text or "")
    tags.close()
    assert tags.open == []
    assert tags.seen <= {"blockquote", "p", "ul", "li", "b", "a", "small"}
    return " ".join(tags.words)


def test_every_dated_line_has_its_slide_and_the_title_counts_the_others(holdings: Holdings) -> None:
    timeline = read(holdings)
    dated = [e.event for e in holdings.linked.chronicle if e.earliest]
    assert [s.unique_id for s in timeline.events] == dated
    assert timeline.title is not None
    assert "ohne bekannten Tag" in words_of(timeline.title.text.text)


def test_days_that_are_not_known_are_intervals_with_words(holdings: Holdings) -> None:
    month = slide(read(holdings), "Vereinbarung")
    assert month.start_date == Date(2016, 5, 1)
    assert month.end_date == Date(2016, 5, 31)
    assert month.display_date == "Mai 2016"
    assert slide(read(holdings, "en"), "Agreement").display_date == "May 2016"
    day = slide(read(holdings), "Wahl")
    assert (day.start_date, day.end_date) == (Date(2021, 12, 1), None)


def test_conflicts_factuality_and_whose_word_are_told(holdings: Holdings) -> None:
    timeline = read(holdings)
    attack = words_of(slide(timeline, "Angriff").text.text)
    assert "Widerspruch" in attack
    assert "laut Innenministerium" in attack
    assert "2 Ursprünge" in attack
    assert "(geplant)" in words_of(slide(timeline, "(geplant)").text.headline)


def test_what_articles_say_is_no_html(holdings: Holdings) -> None:
    article = next(a for a, c in holdings.citations.items() if (c.headline or "").startswith("<script>"))
    cited = {**holdings.citations, article: replace(holdings.citations[article], url='https://a.example/"><script>')}
    evil = Holdings(holdings.linked, cited)
    for one in read(evil).events:
        for text in (one.text.text, one.text.headline, one.display_date, one.group):
            words_of(text)
    assert "<script>alert" in words_of(all_text(read(evil)))


def all_text(timeline: Timeline) -> str:
    return "".join(one.text.text or "" for one in timeline.events)


def test_only_web_addresses_are_links(holdings: Holdings) -> None:
    urls = ("https://a.example/b", "javascript:alert(1)")
    for url, linked in zip(urls, (True, False), strict=True):
        cited = {a: replace(c, url=url) for a, c in holdings.citations.items()}
        text = all_text(read(Holdings(holdings.linked, cited)))
        assert ("<a href=" in text) is linked


def test_articles_go_by_their_file_not_by_their_path(holdings: Holdings) -> None:
    bare = {a: Citation(a, f"/machine/path/{c.source}") for a, c in holdings.citations.items()}
    stories = tuple(replace(s, title=bare[s.articles[0]].source) for s in holdings.linked.stories)
    origins = tuple(
        replace(o, kind=OriginKind.ARTICLE, name=bare[o.articles[0]].source) for o in holdings.linked.origins
    )
    made = Holdings(replace(holdings.linked, stories=stories, origins=origins), bare, holdings.claims)
    part = part_of(made)
    words = words_for("de")
    for content in (
        document(part, made, words),
        geojson.document(part, made, words),
        jsonld.document(part, made),
        (json.dumps(one).encode() for one in ftm.entities(part, made, words)),
    ):
        assert b"/machine" not in b"".join(content)


def test_the_command_writes_the_same_every_time(run: Run, tmp_path: Path) -> None:
    first = run("--lang", "en", "export", "--format", "timelinejs", "-o", "a.json")
    assert first.exit_code == 0
    content = Path("a.json").read_bytes()
    assert run("--lang", "en", "export", "--format", "timelinejs").stdout.encode() == content
    part = run("export", "--format", "timelinejs", "--from", "2021", "--to", "2021-11")
    assert {s["start_date"]["year"] for s in json.loads(part.stdout)["events"]} == {2021}
    nothing = run("export", "--format", "timelinejs", "--actor", "Niemand")
    assert nothing.exit_code == 1
    assert re.search("Niemand", nothing.stderr)


def test_the_check_finds_what_is_wrong(holdings: Holdings) -> None:
    raw: Record = json.loads(b"".join(document(part_of(holdings), holdings, words_for("de"))))
    del raw["events"][0]["start_date"]
    with pytest.raises(msgspec.ValidationError, match="start_date"):
        msgspec.json.decode(json.dumps(raw), type=Timeline)
