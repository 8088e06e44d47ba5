"""Stories in the browser: the list, and each with its chronicle and the reasons of its articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quellenlage.model import Archive
from quellenlage.store import open_archive


@pytest.fixture(scope="module")
def archive(sample_path: Path) -> Iterator[Archive]:
    opened = open_archive(str(sample_path))
    yield opened
    opened.close()


def test_all_stories_are_listed_with_what_they_hold(client: TestClient, archive: Archive) -> None:
    page = unescape(client.get("/stories").text)
    stories = archive.linked().stories
    assert stories
    for story in stories:
        row = re.search(rf'<a href="/stories/{story.id}" lang="de">(.*?)</a>.*?</tr>', page, re.DOTALL)
        assert row, story.title
        assert row[1] == story.title
        assert re.search(rf">{len(story.articles)}</td>", row[0])
    assert page.count('class="small-drawing"') >= 2


def test_stories_are_found_by_words_of_their_titles(client: TestClient, archive: Archive) -> None:
    story = archive.linked().stories[0]
    page = client.get("/stories", params={"q": story.title.split()[-1]}).text
    assert story.id in page
    assert "Keine Geschichte hat diese Wörter" in client.get("/stories?q=Xyzzyqu").text


def test_a_story_shows_its_lines_and_why_each_article_belongs(client: TestClient, archive: Archive) -> None:
    for story in archive.linked().stories:
        page = unescape(client.get(f"/stories/{story.id}").text)
        lines = {entry.event for entry in archive.linked().chronicle if story.id in (entry.story, *entry.also)}
        assert set(re.findall(r'class="entry [^"]*" id="(evm-[0-9a-f]+)"', page)) == lines
        for article in story.articles:
            assert f"/articles/{article}" in page
        drawn = client.get(unescape(re.search(r'data-src="([^"]+)"', page)[1])).json()  # type: ignore[index]
        assert {mark["id"] for mark in drawn["marks"]} <= lines
        assert "eröffnet die Geschichte" in page


def test_zooming_a_story_changes_its_list_alone(client: TestClient, archive: Archive) -> None:
    story = max(archive.linked().stories, key=lambda one: len(one.events))
    part = client.get(f"/stories/{story.id}?from=2021-01-01&to=2021-12-31", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="told"')
    assert "from=2021-01-01" in part.headers["HX-Replace-Url"]
    assert part.headers["HX-Replace-Url"].startswith(f"/stories/{story.id}")


def test_a_story_that_is_not_there(client: TestClient) -> None:
    answer = client.get("/stories/sty-0000000000000000")
    assert answer.status_code == 404
