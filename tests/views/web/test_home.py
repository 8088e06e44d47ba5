"""The front page: figures that agree with the archive, what is new, and how to begin with nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quellenlage.model.listing import ArticleQuestion
from quellenlage.store import open_archive
from quellenlage.views.web.access.access import make_access
from quellenlage.views.web.access.settings import Settings
from quellenlage.views.web.app import make_app
from quellenlage.views.web.shown import stories


def test_the_figures_are_those_of_the_archive(client: TestClient, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    linked, articles = archive.linked(), len(list(archive.documents()))
    archive.close()
    page = client.get("/").text
    told = dict(re.findall(r'<li><a href="([^"]+)"><b>([\d.]+)</b>', page))
    assert told["/articles"] == str(articles)
    assert told["/chronicle"] == str(len(linked.chronicle))
    assert told["/conflicts"] == str(sum(not one.settled for one in linked.conflicts))
    assert told["/sources"] == str(len(linked.origins))


def test_everything_on_it_leads_to_a_page_of_ours(client: TestClient) -> None:
    page = client.get("/").text
    main = page[page.index("<main") : page.index("</main>")]
    hrefs = [unescape(one) for one in re.findall(r'href="([^"]+)"', main)]
    assert len(hrefs) > 20
    assert all(one.startswith(("/", "#")) for one in hrefs)
    for one in hrefs:
        if one.startswith(("/stories/", "/chronicle")):
            assert client.get(one).status_code == 200


def test_names_and_days_are_told_as_on_every_other_page(client: TestClient) -> None:
    page = client.get("/", headers={"accept-language": "de"}).text
    assert re.search(r'<a href="/entities\?kind=ORG"><b>[\d.]+</b>Organisationen</a>', page)
    added = page[page.index('<ul class="added">') :]
    told = re.findall(r'<span class="small muted">([^<]+)</span>', added[: added.index("</ul>")])
    assert told
    assert not [one for one in told if re.search(r"\b\d\d\.\d\d\.\d{4}$", one) and "zwischen" not in one]


def test_what_waits_is_counted(client: TestClient) -> None:
    part = client.get("/waiting", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert re.search(r'<a href="/review\?kind=\w[\w-]*"><b>\d+\+?</b>', part)


def test_an_empty_archive_says_how_to_begin(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.db")
    archive = open_archive(path, create=True)
    app = make_app(archive, make_access(Settings(archive=path, port=8765)), lang="de")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers={"accept-language": "de"}) as client:
        for address, says in (
            ("/", "Dieses Archiv ist leer"),
            ("/chronicle", "Noch nichts: Die Chronik wächst"),
            ("/stories", "Noch nichts: Geschichten wachsen"),
        ):
            page = client.get(address)
            assert page.status_code == 200
            assert says in page.text
            assert 'href="/add"' in page.text
        marks = client.get("/chronicle/marks").json()
        assert (marks["span"], marks["marks"], marks["strip"]) == (None, [], [])
        assert client.get("/chronicle/strip.svg").status_code == 200
        assert client.get("/chronicle/open").status_code == 200
        assert client.get("/chronicle/changes?since=2020-01-01").status_code == 200
        assert "Nichts wartet" in client.get("/waiting").text
    archive.close()


def test_new_is_what_the_newest_articles_tell(sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(str(sample_path))
    dated = archive.articles(ArticleQuestion(dated=True), limit=1000).items
    everything = stories.newest_reports(archive, 1000)
    monkeypatch.setattr(stories, "NEWEST", 3)
    few = stories.newest_reports(archive, 1000)
    since = {
        story.id: archive.articles(ArticleQuestion(stories=(story.id,), first=dated[3].earliest)).total
        for story in archive.linked().stories
    }
    archive.close()
    assert dict(few) == {story: count for story, count in since.items() if count}
    assert sum(dict(everything).values()) > sum(dict(few).values()) > 0
