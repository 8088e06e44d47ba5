"""The map in a browser: places can be walked, opened and left by keys, and the list follows the window of time."""

from __future__ import annotations

import math

from playwright.sync_api import Browser
from tests.views.web.browser.conftest import visiting

_SETTLED = 900  # milliseconds after which the list has followed


def test_places_are_walked_opened_and_left_by_keys(browser: Browser, site: str) -> None:
    with visiting(browser, site, width=1280, lang="de", scheme="light") as visit:
        page = visit.open("/map")
        page.locator("svg.world").focus()
        counts = []
        for _ in range(page.locator(".marks [tabindex='0']").count()):
            page.keyboard.press("Tab")
            counts.append(page.evaluate("document.activeElement.closest('.marks') !== null"))
        assert counts
        assert all(counts)
        spot = page.locator("a.spot[aria-label^='Wien']")
        spot.focus()
        page.keyboard.press("Enter")
        page.locator("#here").wait_for()
        assert "at=ent-" in page.url
        assert page.locator("#here .entry").count() == int(spot.locator(".count").text_content() or "1")
        page.keyboard.press("Escape")
        page.locator("#here").wait_for(state="detached")
        assert page.url == f"{site}/map"
        assert not visit.troubles, visit.troubles


_SPOTS = """[...document.querySelectorAll('.spot .reach')].map(one => {
  const box = one.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2, box.width / 2];
})"""


def test_no_spot_covers_another_however_close_one_looks(browser: Browser, site: str) -> None:
    for width in (360, 1280):
        with visiting(browser, site, width=width, lang="en", scheme="dark") as visit:
            page = visit.open("/map")
            seen = 0
            for _ in range(4):
                spots = page.evaluate(_SPOTS)
                seen += len(spots)
                for n, (x, y, r) in enumerate(spots):
                    assert r >= 12, "too small to be met"
                    assert all(math.hypot(x - a, y - b) >= r + s - 0.5 for a, b, s in spots[n + 1 :])
                page.keyboard.press("-" if seen == len(spots) else "+")
                page.wait_for_timeout(500)
            assert seen > 3
            assert visit.overflow() <= 0


def test_the_list_follows_the_window_of_time(browser: Browser, site: str) -> None:
    with visiting(browser, site, width=1280, lang="de", scheme="light") as visit:
        page = visit.open("/map")
        whole = page.locator(".places tbody tr").count()
        page.keyboard.press(".")
        page.wait_for_timeout(_SETTLED)
        assert "from=" in page.url
        assert "to=" in page.url
        told = page.locator(".player output").text_content() or ""
        assert "–" in told
        assert page.locator(".places tbody tr").count() < whole
        drawn = (page.locator(".on-map").text_content() or "").split()[0]
        assert told.split(": ")[1].split()[0] == (drawn if drawn.isdigit() else "0")
        page.keyboard.press(",")
        page.wait_for_timeout(_SETTLED)
        assert not visit.troubles, visit.troubles


def test_where_motion_is_not_welcome_nothing_plays(browser: Browser, site: str) -> None:
    context = browser.new_context(reduced_motion="reduce", locale="de")
    page = context.new_page()
    page.goto(f"{site}/map", wait_until="networkidle")
    assert page.locator(".player button").first.is_hidden()
    page.locator(".player [data-step='forth']").click()
    page.wait_for_timeout(_SETTLED)
    assert "from=" in page.url
    context.close()


def test_pointing_at_a_source_lights_its_edges(browser: Browser, site: str) -> None:
    with visiting(browser, site, width=1280, lang="de", scheme="light") as visit:
        page = visit.open("/sources")
        page.locator(".graph .left a").first.hover()
        key = page.locator(".graph .left a").first.get_attribute("data-node")
        assert page.locator(".graph .edge.on").count() == page.locator(f".graph .edge[data-from='{key}']").count() > 0
        page.mouse.move(2, 2)
        assert page.locator(".graph .edge.on").count() == 0
        page.locator(".graph .right a").first.focus()
        assert page.locator(".graph .edge.on").count() > 0
