"""Articles that attack whoever reads them do nothing: no script runs, nothing is fetched, nothing is disguised."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from playwright.sync_api import Browser
from tests.views.web.browser.conftest import served, visiting

from quellenlage.encoder import files
from quellenlage.execution import add, build
from quellenlage.intake import IntakeOptions
from quellenlage.store import open_archive
from quellenlage.views.web.links import page_of

NOW = "2024-06-01T12:00:00+00:00"
ATTACKS = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "<svg onload='window.hit = 1'><animate onbegin='window.hit = 1'></svg>",
    "</blockquote></figure></main><style>body { display: none }</style>",
    "{{ 7 * 7 }} {% raw %} ${window.hit = 1}",
    "<a href='javascript:window.hit = 1' data-evil>hier</a> <iframe src='https://example.org/'></iframe>",
    "<div hx-get='/decisions' hx-trigger='load' hx-on:load='window.hit = 1' data-hx-trigger='load'></div>",
    "\u202eegnaD nie \u2066nnaD\u2069 \u200b\u200d" + "e" + "\u0301" * 400,
)
REPORT = (
    "{attack}\n\nMiren, 12. März 2024 – Der Minister Jonas Weferling {attack} ist am Montag nach Miren gereist. "
    "„Wir bleiben {attack} dabei“, sagte Weferling. In Miren wurden vier Menschen verletzt.\n"
)


@pytest.fixture(scope="module")
def hostile_path(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles with every attack in headline, text, names and address; a deep page and a huge one."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, attack in enumerate(ATTACKS):
        (folder / f"attack-{number}.txt").write_text(REPORT.format(attack=attack), encoding="utf-8")
    told = [
        {"text": REPORT.format(attack=attack), "headline": attack, "outlet": attack, "author": attack,
         "url": "javascript:window.hit=1", "date": "2024-03-12"}
        for attack in ATTACKS
    ]  # fmt: skip
    (folder / "told.jsonl").write_text("\n".join(json.dumps(one) for one in told), encoding="utf-8")
    deep = "<div>" * 3000 + f"<p>{REPORT.format(attack='tief')}</p>" + "</div>" * 3000
    (folder / "deep.html").write_text(f"<html><body><article><h1>Tief</h1>{deep}</article></body></html>")
    (folder / "huge.txt").write_text("Langer Bericht\n\n" + REPORT.format(attack="<b>laut</b>") * 400)
    path = folder / "hostile.db"
    archive = open_archive(str(path), create=True)
    with mock.patch.dict(os.environ, {files.VARIABLE: files.Models.RULES}):
        add(archive, [str(folder)], IntakeOptions(NOW))
        build(archive, clock=lambda: NOW)
    archive.close()
    return path


@pytest.fixture(scope="module")
def hostile_site(hostile_path: Path) -> Iterator[str]:
    with served(hostile_path) as address:
        yield address


def test_hostile_articles_do_nothing(browser: Browser, hostile_site: str, hostile_path: Path) -> None:
    archive = open_archive(str(hostile_path))
    linked = archive.linked()
    paths = [f"/articles/{document.article.id}" for document in archive.documents()]
    archive.close()
    assert len(paths) >= 2 * len(ATTACKS)
    paths += [page_of(one.id) for one in linked.entities][:20] + [page_of(one.id) for one in linked.events][:20]
    paths += ["/", "/chronicle", "/claims", "/entities", "/sources", "/map", "/articles", "/conflicts", "/review"]
    paths += ["/search?q=Weferling", "/search?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E"]
    found: list[str] = []
    with visiting(browser, hostile_site) as visit:
        visit.page.on("dialog", lambda dialog: found.append(f"dialog: {dialog.message}"))
        for path in paths:
            visit.troubles.clear()
            page = visit.open(path)
            if page.evaluate("window.hit"):
                found.append(f"{path}: a script ran")
            if page.locator("[data-evil], iframe, img:not([src^='data:']), svg animate, a[href^='javascript']").count():
                found.append(f"{path}: an element of an article is there")
            if not page.locator("main").is_visible():
                found.append(f"{path}: the page is hidden")
            found += [f"{path}: {trouble}" for trouble in visit.troubles]
    assert not found, "\n".join(found)
