"""The head of every page: the keyboard goes through it as the eye does, at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.views.web.browser.conftest import visiting

_IN_ORDER = """() => [...document.querySelectorAll(".masthead :is(.brand, nav, form.find, .tools)")].map(part => {
    const box = part.getBoundingClientRect();
    return [Math.round(box.top + box.height / 2), Math.round(box.left)];
})"""


@pytest.mark.parametrize("width", [360, 800, 1100, 1280])
def test_its_parts_stand_in_the_order_of_the_keyboard(browser: Browser, site: str, width: int) -> None:
    with visiting(browser, site, width=width) as visit:
        parts = visit.open("/sources").evaluate(_IN_ORDER)
    rows = sorted({y for y, _ in parts})
    row_of = {y: next(one for one in rows if y - one < 12) for y in rows}
    assert [(row_of[y], x) for y, x in parts] == sorted((row_of[y], x) for y, x in parts)
