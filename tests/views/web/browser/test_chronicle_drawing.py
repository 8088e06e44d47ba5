"""The drawing of the chronicle in a browser: it zooms, moves, and the list and the address go with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.views.web.browser.conftest import Visit, visiting

_WAIT = 30_000


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    with visiting(browser, site) as made:
        made.open("/chronicle")
        expect(made.page.locator("a.mark").first).to_be_visible(timeout=_WAIT)
        yield made
        assert not made.troubles


def _listed(page: Page) -> list[str]:
    return [str(one) for one in page.locator(".entry").evaluate_all("all => all.map(one => one.id)")]


def _drawn(page: Page) -> set[str]:
    return {str(one) for one in page.locator("a.mark").evaluate_all("all => all.map(one => one.dataset.id)")}


def _wheel(page: Page, by: int) -> None:
    box = page.locator("svg.timeline").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
    page.wait_for_timeout(400)
    page.mouse.wheel(0, by)


def test_the_wheel_zooms_and_the_list_follows(visit: Visit) -> None:
    page = visit.page
    before = page.locator("#counted").inner_text()
    _wheel(page, -900)
    page.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d&to="), timeout=_WAIT)
    expect(page.locator("#counted")).not_to_have_text(before, timeout=_WAIT)
    page.wait_for_timeout(300)
    assert _drawn(page) == set(_listed(page))
    address = page.url
    page.reload()
    expect(page.locator("a.mark").first).to_be_visible(timeout=_WAIT)
    assert page.url == address
    assert _drawn(page) == set(_listed(page))


def test_keys_zoom_move_and_lead_from_mark_to_mark(visit: Visit) -> None:
    page = visit.page
    page.locator("svg.timeline").focus()
    page.keyboard.press("+")
    page.wait_for_url(re.compile("from="), timeout=_WAIT)
    visit.settled()  # what is drawn anew takes the place of what had the focus
    near = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: "from=" in url and url != near, timeout=_WAIT)
    visit.settled()
    page.keyboard.press("0")
    page.wait_for_url(re.compile(r"/chronicle$"), timeout=_WAIT)
    visit.settled()
    page.keyboard.press("]")
    page.keyboard.press("]")
    focused = page.evaluate("document.activeElement.dataset.id")
    assert focused in _drawn(page)
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/events/{focused}$"), timeout=_WAIT)


def test_a_mark_leads_to_its_line_and_a_line_shows_its_mark(visit: Visit) -> None:
    page = visit.page
    mark = page.locator("a.mark").nth(2)
    identifier = mark.get_attribute("data-id")
    mark.locator("use").click()
    expect(page.locator(f"#{identifier}")).to_have_class(re.compile(r"\blit\b"))
    expect(page.locator(f"#{identifier}")).to_be_in_viewport()
    other = page.locator(".entry h3").first
    other.scroll_into_view_if_needed()
    other.hover()
    expect(page.locator("a.mark.lit")).to_have_attribute("data-id", _listed(page)[0])


def test_choosing_and_taking_away_a_filter(visit: Visit) -> None:
    page = visit.page
    everything = _drawn(page)
    page.locator("input[name=factuality][value=planned]").check()
    page.wait_for_url(re.compile(r"/chronicle\?factuality=planned$"), timeout=_WAIT)
    expect(page.locator("a.mark")).not_to_have_count(len(everything), timeout=_WAIT)
    page.wait_for_timeout(500)
    expect(page.locator("input[name=factuality][value=planned]")).to_be_checked()
    assert _drawn(page) < everything
    page.locator(".chips.chosen a").first.click()
    page.wait_for_url(re.compile(r"/chronicle$"), timeout=_WAIT)
    expect(page.locator("input[name=factuality][value=planned]")).not_to_be_checked(timeout=_WAIT)
    expect(page.locator("a.mark")).to_have_count(len(everything), timeout=_WAIT)


def test_the_window_of_the_strip_is_dragged(visit: Visit) -> None:
    page = visit.page
    box = page.locator("svg.strip").bounding_box()
    assert box
    y = box["y"] + 22
    page.mouse.move(box["x"] + box["width"] - 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile(r"from=[\d-]+&to=[\d-]+"), timeout=_WAIT)


def test_without_script_the_list_and_a_picture_are_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/chronicle?type=ASSAULT")
    expect(page.locator("#drawing img")).to_be_visible()
    expect(page.locator(".entry").first).to_be_visible()
    page.locator("input[name=factuality][value=happened]").check()
    page.locator("#filters button[type=submit]").click()
    assert "factuality=happened" in page.url
    context.close()


def test_motion_is_left_out_where_it_is_unwelcome(browser: Browser, site: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/chronicle", wait_until="networkidle")
    page.locator("svg.timeline").focus()
    frames = page.evaluate(
        """async () => {
          const plot = document.querySelector("svg.timeline a.mark use");
          const before = plot.getAttribute("x");
          document.querySelector("[data-zoom=in]").click();
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const soon = document.querySelector("svg.strip .pane").getAttribute("width");
          await new Promise((done) => setTimeout(done, 600));
          return [soon, document.querySelector("svg.strip .pane").getAttribute("width"), before];
        }"""
    )
    assert frames[0] == frames[1]
    context.close()
