"""Every page in a browser: in both languages, wide and narrow, light and dark; nothing leaves the machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.views.web.browser.conftest import visiting

from quellenlage.store import open_archive
from quellenlage.views.holdings import read_holdings
from quellenlage.views.web.links import page_of, sentence_of

VIEWS = ((1280, "de", "light"), (360, "en", "dark"))


def addresses(path: Path) -> list[str]:
    """One address of each kind of page, the fullest of its kind where that matters."""
    archive = open_archive(str(path))
    holdings = read_holdings(archive, claims=True)
    archive.close()
    linked = holdings.linked
    event = max(linked.events, key=lambda e: len(e.accounts))
    entity = max(linked.entities, key=lambda e: len(e.members))
    story = max(linked.stories, key=lambda s: len(s.events))
    origin = max(linked.origins, key=lambda o: len(o.articles))
    claim = max(holdings.claims, key=lambda c: len(c.chain))
    return [
        "/", "/chronicle", "/chronicle?lanes=actor", f"/chronicle?story={story.id}", page_of(event.id), "/entities",
        page_of(entity.id), "/claims", page_of(claim.key), "/conflicts", page_of(linked.conflicts[0].id), "/map",
        "/sources", page_of(origin.id), "/search?q=Miren", "/articles", sentence_of(event.accounts[0].evidence),
        "/stories", page_of(story.id), "/review", "/review?kind=speaker", "/review/list", "/add", "/jobs", "/draft",
        "/export", "/export?page=/chronicle", "/decisions", "/reference", "/account", "/nowhere",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "lang", "scheme"), VIEWS)
def test_every_page(browser: Browser, site: str, sample_path: Path, width: int, lang: str, scheme: str) -> None:
    found: list[str] = []
    with visiting(browser, site, width=width, lang=lang, scheme=scheme) as visit:
        for address in addresses(sample_path):
            visit.troubles.clear()
            page = visit.open(address)
            if page.locator("html").get_attribute("lang") != lang:
                found.append(f"{address}: not in {lang}")
            if page.locator("h1").count() != 1:
                found.append(f"{address}: {page.locator('h1').count()} titles")
            if visit.overflow() > 0:
                found.append(f"{address}: {visit.overflow()} px wider than the window")
            troubles = [t for t in visit.troubles if not (address == "/nowhere" and "404" in t)]
            found += [f"{address}: {trouble}" for trouble in (*troubles, *visit.barriers())]
    assert not found, "\n".join(found)
