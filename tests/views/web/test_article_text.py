"""The text of an article on its page: every code point of it, under the right marks, and nothing that acts."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quellenlage.model import Zone, ZoneKind
from quellenlage.views.web.shown.article_marks import ZONES, chosen_layers
from quellenlage.views.web.shown.article_markup import markup
from quellenlage.views.web.shown.article_text import Mark, blocks, segments


class Read(HTMLParser):
    """What a browser would take a page for: its text content, and the elements in it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[str] = []
        self.deepest = 0
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def read(text: str, zones: tuple[Zone, ...] = (), marks: tuple[Mark, ...] = (), *, deleted: bool = False) -> Read:
    listed = blocks(text, zones)
    found = Read()
    found.feed(str(markup(text, listed, segments(listed, marks), ZONES, deleted=deleted)))
    found.close()
    assert not found.open
    return found


TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab <>&\"';\n\r\t\u202e\u2066\u200b\u0301\u00ad\ufeff\U000e0041😀ßא"),
        st.characters(codec="utf-8", exclude_characters="\x00"),
    ),
    max_size=120,
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    found = []
    for number, (one, other) in enumerate(draw(st.lists(places, max_size=12))):
        if one != other:
            found.append(Mark(min(one, other), max(one, other), f"k{number} k", f"e{number}"))
    return text, tuple(found)


@given(marked(), st.booleans())
@example(("\r\n\r\na\rb", ()), False)
@example(("a&lt;b &#13; &amp;amp;", (Mark(1, 4, "k", "e1"),)), False)
@example(("<script>alert(1)</script><!-- x", (Mark(3, 9, "k", "e1"), Mark(0, 20, "l", "e2"))), False)
@settings(max_examples=300, deadline=None)
def test_the_page_says_the_text_code_point_for_code_point(made: tuple[str, tuple[Mark, ...]], deleted: bool) -> None:
    text, marks = made
    page = read(text, (), marks, deleted=deleted)
    assert "".join(page.parts) == text
    assert {tag for tag, _ in page.elements} <= {"p", "span", "mark"}
    assert page.deepest <= 3, "marks stand beside each other, never in each other"


@given(marked())
@settings(max_examples=200, deadline=None)
def test_each_code_point_stands_under_the_marks_that_cover_it(made: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = made
    listed = blocks(text, ())
    found = segments(listed, marks)
    for block, parts in zip(listed, found, strict=True):
        assert parts[0].start == block.start
        assert parts[-1].end == block.end
        assert all(one.end == following.start for one, following in pairwise(parts))
        for part in parts:
            for place in {part.start, part.end - 1}:
                covering = [mark for mark in marks if mark.start <= place < mark.end]
                assert set(part.refs) == {mark.ref for mark in covering}
                assert set(part.drawn) == {name for mark in covering for name in mark.drawn.split()}
            lengths = {mark.ref: mark.end - mark.start for mark in marks}
            assert [lengths[ref] for ref in part.refs] == sorted(lengths[ref] for ref in part.refs)


@given(TEXTS)
def test_between_paragraphs_there_is_only_white_space(text: str) -> None:
    at = 0
    for block in blocks(text, ()):
        assert not text[at : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    assert not text[at:].strip()


def test_lines_of_their_own_are_paragraphs_and_wrapped_lines_are_one() -> None:
    line = "Der Unterhändler verließ das Rathaus von Dorvat am späten Abend ohne"
    wrapped = f"{line}\n{line}\n{line}\nein Wort."
    assert [block.wrapped for block in blocks(wrapped, ())] == [True]
    listed = "Überschrift\nVon Ada Weber\n" + " ".join([line] * 4) + "\n" + " ".join([line] * 3)
    assert len(blocks(listed, ())) == 4
    assert len(blocks(f"{wrapped}\n\n{wrapped}", ())) == 2


def test_a_paragraph_is_of_the_zone_that_most_of_it_belongs_to() -> None:
    text = "Hafen brennt\nDORVAT (npa) – Am Hafen brennt es seit dem frühen Morgen."
    zones = (
        Zone(0, 12, ZoneKind.HEADLINE),
        Zone(13, 25, ZoneKind.DATELINE),
        Zone(28, len(text), ZoneKind.BODY),
    )
    assert [block.kind for block in blocks(text, zones)] == [ZoneKind.HEADLINE, ZoneKind.BODY]


def test_what_steers_writing_stands_in_a_box_of_its_own_and_shows_its_code() -> None:
    page = read("Der \u202eTrebor sagte\u202c nichts.\u200b Weich\u00adtrennung, 👩\u200d🚒.")
    codes = [attrs["data-code"] for _, attrs in page.elements if attrs.get("class") == "control"]
    assert codes == ["U+202E", "U+202C", "U+200B"]


def test_heaps_of_accents_are_fenced_and_plain_accents_are_not() -> None:
    heap = "a" + "\u0301" * 10_000
    page = read(f"{heap} e\u0301t\u0301")
    fenced = [attrs for _, attrs in page.elements if attrs.get("class") == "heap"]
    assert [attrs["data-n"] for attrs in fenced] == ["10000"]
    assert "".join(page.parts) == f"{heap} e\u0301t\u0301"


def test_gaps_that_a_deletion_left_are_shown_as_gaps() -> None:
    text = "Wien        Karvenien"
    assert not [a for _, a in read(text).elements if a.get("class") == "deleted"]
    page = read(text, deleted=True)
    assert [a for _, a in page.elements if a.get("class") == "deleted"]
    assert "".join(page.parts) == text


def test_the_place_asked_for_is_named_once() -> None:
    text = "Eins zwei drei vier."
    page = read(text, (), (Mark(5, 14, "at"), Mark(7, 12, "n", "e1")))
    marks = [attrs for tag, attrs in page.elements if tag == "mark"]
    assert len(marks) == 3
    assert [attrs.get("id") for attrs in marks] == ["at", None, None]


def test_layers_of_an_address() -> None:
    assert chosen_layers(None) == ("quotations", "events")
    assert chosen_layers("events,names,<script>") == ("names", "events")
    assert chosen_layers("none") == ()
    assert chosen_layers("") == ()


def test_a_long_text_is_cut_in_time() -> None:
    import time

    text = ("Der Sprecher sagte am Montag in Dorvat nichts. " * 12 + "\n") * 360
    assert len(text) > 200_000
    marks = tuple(Mark(at, at + 9, "n", f"e{at}") for at in range(0, len(text) - 40, 11)) + tuple(
        Mark(at, at + 40, "q", f"q{at}") for at in range(0, len(text) - 40, 97)
    )
    zones = (Zone(0, len(text.rstrip()), ZoneKind.BODY),)
    started = time.process_time()
    listed = blocks(text, zones)
    made = markup(text, listed, segments(listed, marks), ZONES)
    assert time.process_time() - started < 1.5, "quadratic work would take minutes"
    assert len(made) > len(text)
