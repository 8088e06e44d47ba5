from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from tests.views import views_story

from quellenlage.model import Linked
from quellenlage.views.dossier import make_dossier, render_markdown, render_page
from quellenlage.views.dossier.html import el, text
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import Lang, words_for

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def page(holdings: Holdings, lang: Lang = "de", selection: Selection | None = None) -> html.HtmlElement:
    made = make_dossier(holdings, selection or Selection(), words_for(lang))
    return html.document_fromstring(render_page(made))


def test_every_quotation_is_an_exact_slice_of_its_article(holdings: Holdings) -> None:
    texts = {d.article.id: d.text for _, d in views_story.documents()}
    quoted = page(holdings).xpath("//*[@data-article]")
    assert len(quoted) > 40
    for span in quoted:
        start, end = int(span.get("data-start")), int(span.get("data-end"))
        expected = BIDI.sub("\N{REPLACEMENT CHARACTER}", texts[span.get("data-article")][start:end])
        assert span.text_content() == expected


def test_nothing_is_asked_for_from_outside(holdings: Holdings) -> None:
    root = page(holdings)
    for attribute in ("src", "srcset", "action", "data", "poster", "background"):
        assert root.xpath(f"//*[@{attribute}]") == []
    assert root.xpath("//link | //iframe | //object | //img") == []
    assert all(str(href).startswith("#") for href in root.xpath("//@href"))
    source = render_page(make_dossier(holdings, Selection(), words_for("de")))
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_the_policy_allows_only_our_own_style_and_script(holdings: Holdings) -> None:
    source = render_page(make_dossier(holdings, Selection(), words_for("de")))
    policy = html.document_fromstring(source).xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert len(found) == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert html.document_fromstring(source).xpath("//@style | //@*[starts-with(name(), 'on')]") == []


def test_hostile_text_is_shown_and_not_run(holdings: Holdings) -> None:
    root = page(holdings)
    assert len(root.xpath("//script")) == 1
    assert root.xpath("//*[@onerror]") == []
    assert "<script>alert('Prozess')</script>" in root.text_content()


def test_list_and_graphic_tell_the_same_lines_and_lead_to_each_other(holdings: Holdings) -> None:
    root = page(holdings)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    entries = set(root.xpath("//li[starts-with(@class, 'entry')]/@id"))
    assert len(entries) == len(holdings.linked.chronicle)
    for drawing in ("wide", "narrow"):
        marks = root.xpath(f"//svg[contains(@class, 'timeline {drawing}')]//a/@href")
        assert sorted(m[1:] for m in marks) == sorted(entries)
    assert all(str(href)[1:] in ids for href in root.xpath("//@href"))


def test_shapes_tell_factuality_apart(holdings: Holdings) -> None:
    root = page(holdings)
    drawn = {use.get("href") for use in root.xpath("//svg[contains(@class, 'timeline wide')]//use")}
    told = {f"#s-{holdings.events[e.event].factuality.value}" for e in holdings.linked.chronicle}
    assert drawn == told >= {"#s-happened", "#s-ongoing", "#s-planned", "#s-alleged"}
    shapes = [html.tostring(s) for s in root.xpath("//symbol")]
    assert len(set(shapes)) == 6


def test_every_account_has_its_source_and_chain(holdings: Holdings) -> None:
    root = page(holdings)
    accounts = root.xpath("//article[starts-with(@class, 'account')]")
    assert len(accounts) == sum(len(holdings.events[e.event].accounts) for e in holdings.linked.chronicle)
    for account in accounts:
        assert account.xpath(".//blockquote")
        assert account.xpath(".//code[contains(text(), ':')]")
        assert account.xpath(".//*[@class='trail']")
    reprints = root.xpath("//article[@class='account reprint']")
    assert len(reprints) == 1


def test_conflicts_stand_side_by_side_with_their_sentences(holdings: Holdings) -> None:
    root = page(holdings)
    cards = root.xpath("//article[@class='conflict']")
    assert len(cards) == len(holdings.linked.conflicts) == 3
    numbers = [c for c in cards if c.xpath(".//svg[@class='figures']")]
    assert len(numbers) == 2
    assert "Die Küstenwache zählte nach eigenen Angaben nur 900 Soldaten." in root.text_content()


def test_the_chain_of_three_links_is_a_trail_in_order(holdings: Holdings) -> None:
    trails = [[li.text_content() for li in t.xpath(".//li")] for t in page(holdings).xpath("//div[@class='trail']")]
    assert ["Elin Torvald", "Ossi Brandt", "Zeitung Morgenruf und Nordfunk"] in trails


@pytest.mark.parametrize(("lang", "heading"), [("de", "Widersprüche"), ("en", "Conflicts")])
def test_both_languages(holdings: Holdings, lang: Lang, heading: str) -> None:
    root = page(holdings, lang)
    assert root.get("lang") == lang
    assert heading in root.xpath("//h2/text()")


def test_a_selection_shows_only_what_belongs_to_it(holdings: Holdings) -> None:
    (maradas,) = holdings.find_entities("Maradas")
    root = page(holdings, selection=Selection(actors=frozenset({maradas.id})))
    entries = root.xpath("//li[starts-with(@class, 'entry')]")
    assert 0 < len(entries) < len(holdings.linked.chronicle)
    assert "Fahrzeuge" not in root.text_content()


def test_an_empty_archive_makes_a_page() -> None:
    empty = make_dossier(Holdings(Linked(), {}), Selection(), words_for("en"))
    root = html.document_fromstring(render_page(empty))
    assert root.xpath("//svg[contains(@class, 'timeline')]") == []
    assert "Nothing in the chronicle yet." in root.text_content()
    assert render_markdown(empty).startswith("# Chronicle\n")


def test_the_page_is_the_same_every_time(story_path: Path, holdings: Holdings) -> None:
    first, second = (render_page(make_dossier(holdings, Selection(), words_for("de"))) for _ in range(2))
    assert first == second


def test_markdown_carries_every_line_with_its_sentence(holdings: Holdings) -> None:
    made = make_dossier(holdings, Selection(), words_for("de"))
    told = render_markdown(made)
    called = re.findall(r"(?<!\n)\[\^(\d+)\](?!:)", told)
    assert called == [str(number) for number in range(1, len(called) + 1)]
    for number in called:
        assert told.count(f"\n[^{number}]: ") == 1
    assert told.count("\n- [ ] **") == len(made.lines)
    assert "\\<script\\>" in told
    assert "<script>" not in told
    assert "**Widerspruch:** Zahl (Soldat)" in told


@given(st.text())
def test_escaped_text_stays_text(value: str) -> None:
    fragment = html.fragment_fromstring(el("p", value, title=value), parser=html.HTMLParser(encoding="utf-8"))
    assert len(fragment) == 0
    assert set(fragment.attrib) == {"title"}
    assert "<" not in text(value)
    assert '"' not in text(value)
    text(value).encode("utf-8")
