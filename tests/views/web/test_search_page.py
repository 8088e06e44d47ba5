"""The search page: hits open at their sentence, names come first, facets count what is there, nothing waits."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from quellenlage.encoder import files
from quellenlage.execution import Encoder
from quellenlage.model import Span, evidence, fold
from quellenlage.store import open_archive
from quellenlage.views.web.pages import search as page_module
from quellenlage.views.web.shown import search_encoder
from quellenlage.views.web.shown.search_encoder import Resident, Stand
from quellenlage.views.web.shown.search_hits import matches

HIT = re.compile(r'<a class="open" href="/articles/(art-\w+)\?at=(\d+)-(\d+)#at">(.*?)</a>', re.DOTALL)
EXACT = re.compile(r'<span class="exact">(.*?)</span>', re.DOTALL)


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the model, which takes seconds to load."""
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)
    resident = Resident()
    thread = resident.start()
    assert thread is not None
    thread.join()
    monkeypatch.setattr(page_module, "RESIDENT", resident)


def test_each_hit_is_the_sentence_itself_and_opens_there(client: TestClient, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    try:
        texts = {d.article.id: d.text for d in archive.documents()}
        wanted = {(hit.evidence.article, hit.evidence.start) for hit in archive.search("Abzug", limit=200)}
    finally:
        archive.close()
    page = client.get("/search", params={"q": "Abzug", "by": "text"}).text
    found = HIT.findall(page)
    assert {(article, int(start)) for article, start, _, _ in found} == wanted
    for article, start, end, quoted in found:
        exact = EXACT.search(quoted)
        assert exact
        words = unescape(re.sub(r"</?mark>", "", exact[1]))
        assert words in texts[article][int(start) : int(end)]
        assert re.search("<mark>abzug</mark>", exact[1], re.IGNORECASE)
        assert 'id="at"' in client.get(f"/articles/{article}?at={start}-{end}").text


def test_names_and_stories_come_first(client: TestClient, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    try:
        linked = archive.linked()
    finally:
        archive.close()
    entity = max(linked.entities, key=lambda e: len({m.article for m in e.members}))
    story = max(linked.stories, key=lambda one: len(one.articles))
    before = client.get("/search", params={"q": entity.name}).text.partition('class="hits"')[0]
    count = len({m.article for m in entity.members})
    assert re.search(rf'<a href="/entities/{entity.id}">{entity.name}</a> <span class="muted">{count} Artikel', before)
    told = client.get("/search", params={"q": story.title}).text.partition('class="hits"')[0]
    assert f'<a href="/stories/{story.id}">' in told


def test_a_facet_narrows_to_as_many_hits_as_it_counts(client: TestClient) -> None:
    page = client.get("/search", params={"q": "Karvenien", "parts": "1"}).text
    sections = re.findall(r'<section class="facet"><h2>(.*?)</h2>(.*?)</section>', page, re.DOTALL)
    assert [name for name, _ in sections] == ["Medium", "Erschienen", "Im Artikel genannt", "Teil der Seite"]
    for _, section in sections:
        href, count = re.findall(r'<a href="([^"]+)".*?class="n">(\d+)</span>', section)[0]
        narrowed = client.get(unescape(href)).text
        assert f"{count} davon gewählt" in narrowed
        assert len(HIT.findall(narrowed)) == min(int(count), page_module.SIZE)
        assert 'class="on" aria-current="true"' in narrowed


def test_hits_by_day(client: TestClient) -> None:
    for order, back in (("time", False), ("-time", True)):
        page = client.get("/search", params={"q": "Karvenien", "order": order, "by": "text"}).text
        days = re.findall(r'class="source">.*?<time datetime="([\d-]+)"', page)
        assert len(days) > 3
        assert days == sorted(days, reverse=back)


def test_no_hits_say_what_to_try(client: TestClient) -> None:
    page = client.get("/search", params={"q": "Tschorlukova Quastenflosser"}).text
    assert "Keine Treffer" in page
    page = client.get("/search", params={"q": "Quastenflosser Hafen"}).text
    assert 'href="/search?q=Hafen"' in page
    page = client.get("/search", params={"q": "Tschorlukova"}).text
    assert "Jelena Tschorlukowa" in page.partition("Vielleicht war einer dieser Namen gemeint")[2]


def test_without_a_request_there_is_help_and_no_error(client: TestClient) -> None:
    page = client.get("/search")
    assert page.status_code == 200
    assert "In Anführungszeichen" in page.text
    assert client.get("/search", params={"q": '"'}).status_code == 200
    assert client.get("/search", params={"q": "a" * 5000, "offset": -7}).status_code == 200
    assert client.get("/search", params={"q": "x", "by": "", "order": "", "zone": "<b>"}).status_code == 200


def test_names_are_completed(client: TestClient) -> None:
    page = client.get("/search/names", params={"q": "Tschor"}).text
    assert "Jelena Tschorlukowa" in page
    assert "<html" not in page
    assert client.get("/search/names", params={"q": ""}).text.strip() == ""
    assert "<script>" not in client.get("/search/names", params={"q": "<script>"}).text


def test_nobody_waits_for_the_model(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    go = Event()

    def installed() -> Encoder | None:
        assert go.wait(20)
        return None

    monkeypatch.setattr(search_encoder, "installed_encoder", installed)
    resident = Resident()
    monkeypatch.setattr(page_module, "RESIDENT", resident)
    page = client.get("/search", params={"q": "Abzug"}).text
    assert "wird noch geladen" in page
    assert HIT.search(page)
    thread = resident.start()
    assert resident.stand == Stand.LOADING.value
    go.set()
    assert thread is not None
    thread.join()
    assert resident.stand == Stand.MISSING.value
    assert "wird noch geladen" not in client.get("/search", params={"q": "Abzug"}).text


@given(st.lists(st.sampled_from(["Hafen", "Mole", "Hafenmole", "rot", "Ruhe", "über", "ÜBER"]), min_size=1, max_size=9))
def test_what_is_marked_is_what_was_asked_for(words: list[str]) -> None:
    text = " ".join(words)
    one = evidence("art-0", text, Span(0, len(text)))

    def marked(query: str) -> list[str]:
        return [span.of(text) for span in matches(one, query)]

    assert marked("hafen") == [word for word in words if word == "Hafen"]
    assert marked("Hafen*") == [word for word in words if word.startswith("Hafen")]
    assert marked("über") == [word for word in words if fold(word) == fold("über")]
    pairs = {place for at in range(len(words) - 1) if words[at : at + 2] == ["rot", "Mole"] for place in (at, at + 1)}
    assert marked("„rot Mole“") == [words[place] for place in sorted(pairs)]


def test_a_hit_leads_to_its_article_by_its_headline(client: TestClient) -> None:
    hits = html.fromstring(client.get("/search?q=Truppen&by=text").text).cssselect(".hits li")
    assert hits
    for hit in hits:
        (link,) = hit.cssselect(".source a")
        assert link.get("href") == hit.cssselect("a.open")[0].get("href")
