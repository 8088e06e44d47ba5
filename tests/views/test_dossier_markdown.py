from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.views.dossier_cases import dossier, empty, hostile

from quellenlage.views.dossier import render_markdown
from quellenlage.views.dossier.markdown import plain
from quellenlage.views.dossier.paper import make_paper
from quellenlage.views.holdings import Holdings

MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>#|~&^]")


def notes(told: str) -> dict[str, str]:
    return dict(re.findall(r"^\[\^(\d+)\]: (.*)$", told, re.MULTILINE))


def test_every_line_has_a_box_and_a_note_with_outlet_headline_day_and_sentence(holdings: Holdings) -> None:
    made = dossier(holdings)
    told, paper = render_markdown(made), make_paper(made)
    found = notes(told)
    called = re.findall(r"(?<=[^\n])\[\^(\d+)\]", told)
    assert called == sorted(found, key=int)
    entries = told.split("\n- [ ] ")[1:]
    lines = [line for year in paper.chronicle for line in year.lines]
    for entry, line in zip(entries, lines, strict=True):
        (first, *_) = re.findall(r"\[\^(\d+)\]", entry)
        note = found[first]
        assert note.startswith(plain(line.note.source))
        assert plain(line.note.headline) in note
        assert plain(line.note.place) in note
        if line.quote is None:
            assert line.note.quote is not None
            assert plain(line.note.quote.text) in note
        else:
            assert f"> {plain(line.quote.text)}[^{first}]" in entry


def test_conflicts_are_tables_with_their_sides_beside_each_other(holdings: Holdings) -> None:
    told = render_markdown(dossier(holdings))
    tables = re.findall(r"^(\|.*\|)\n(\|(?: --- \|)+)\n(\|.*\|)$", told, re.MULTILINE)
    assert len(tables) >= len(holdings.linked.conflicts)
    for rows in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def test_nothing_of_an_article_is_read_as_markup(holdings: Holdings) -> None:
    told = render_markdown(hostile(holdings))
    assert "\\[a\\](b)" in told
    assert re.search(r"(?<!\\)\[a\]", told) is None
    assert "</w:t>" not in told
    for row in re.findall(r"^\| .*", told, re.MULTILINE):
        assert row.endswith("|")


@given(st.text())
def test_plain_text_has_no_markup_left(text: str) -> None:
    assert MARKUP.search(plain(text)) is None
    assert re.match(r"\d+[.)](\s|$)|[-+=]", plain(text)) is None


def test_an_empty_archive_makes_a_text() -> None:
    told = render_markdown(empty())
    assert "Nothing in the chronicle yet." in told
    assert notes(told) == {}


def test_people_are_not_asked_whether_they_are_the_same_thing(holdings: Holdings) -> None:
    paper = make_paper(dossier(holdings))
    people, things = "Vielleicht dieselbe Person", "Vielleicht dasselbe"
    told = [(kind.title, one) for kind in paper.people for one in kind.entities]
    assert {one.perhaps_label for title, one in told if title == "Personen"} == {people}
    assert {one.perhaps_label for title, one in told if title != "Personen"} == {things}
    markdown = render_markdown(dossier(holdings))
    for _, one in told:
        if one.perhaps:
            assert f"  - {one.perhaps_label}: {plain(one.perhaps[0].name)}" in markdown
