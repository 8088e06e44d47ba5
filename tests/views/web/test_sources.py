"""Sources in the browser: origins with their counts, who rests on whom as a drawing and as a table that agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.model import Archive, OriginKind
from quellenlage.model.listing import Resting
from quellenlage.store import open_archive
from quellenlage.views.locale import words_for
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.resting import MOST, drawn, table


@pytest.fixture(scope="module")
def archive(sample_path: Path) -> Iterator[Archive]:
    opened = open_archive(str(sample_path))
    yield opened
    opened.close()


def test_all_origins_are_listed_with_what_rests_on_them(client: TestClient, archive: Archive) -> None:
    page = html.fromstring(client.get("/sources").text)
    section = page.cssselect("#sources > section")[-1]
    told = {row.cssselect("a")[0].get("href"): row.text_content() for row in section.cssselect("tbody tr")}
    linked = archive.linked()
    assert set(told) == {page_of(origin.id) for origin in linked.origins}
    for origin in linked.origins:
        assert origin.name in told[page_of(origin.id)]


def test_the_drawing_and_the_table_say_the_same(client: TestClient, archive: Archive) -> None:
    page = html.fromstring(client.get("/sources").text)
    names = {
        node.get("data-node"): "".join(text for text in node.xpath(".//text()[not(ancestor::*[@class='n'])]")).strip()
        for node in page.cssselect(".graph [data-node]")
    }
    edges = {(names[e.get("data-from")], names[e.get("data-to")]) for e in page.cssselect(".graph .edge[data-from]")}
    rows = archive.resting()
    assert len(edges) == len(rows) == len(page.cssselect("details.part tbody tr"))
    for row in rows:
        short = row.name if len(row.name) <= 38 else None
        if short is not None and row.outlet is not None:
            assert (short, row.outlet) in edges
    assert all(edge.cssselect("title")[0].text_content() for edge in page.cssselect(".graph .edge[data-from]"))


def test_searching_narrows_both(client: TestClient, archive: Archive) -> None:
    wanted = archive.origins().items[0]
    page = html.fromstring(client.get("/sources", params={"q": wanted.name}).text)
    links = {a.get("href") for a in page.cssselect("#sources > section tbody th a")}
    assert page_of(wanted.id) in links
    assert len(links) < archive.origins().total
    nothing = client.get("/sources", params={"q": "Niemand heißt so"}).text
    assert '<svg class="graph"' not in nothing


def test_each_origin_has_a_page_with_its_articles(client: TestClient, archive: Archive) -> None:
    for origin in archive.linked().origins:
        answer = client.get(page_of(origin.id))
        assert answer.status_code == 200
        page = html.fromstring(answer.text)
        assert origin.name in page.cssselect("h1")[0].text_content()
        links = {a.get("href") for a in page.cssselect("main a")}
        assert {page_of(article) for article in origin.articles} <= links


def test_an_origin_that_is_none_is_not_found(client: TestClient) -> None:
    assert client.get("/sources/org-0000000000000000").status_code == 404


def _rows(origins: int, outlets: int) -> list[Resting]:
    return [
        Resting(f"org-{o:03}", f"Quelle {o}", OriginKind.AGENCY, f"Blatt {p}", articles=1 + o, reprints=p, relayed=0)
        for o in range(origins)
        for p in range(outlets)
        if (o + p) % 3 == 0
    ]


def test_what_is_too_much_for_the_drawing_is_counted_and_stands_in_the_table() -> None:
    rows = _rows(MOST + 9, MOST + 4)
    made = drawn(rows, words_for("de"), "unbekannt")
    assert made.left_out == (9, 4)
    assert len(made.origins) == len(made.outlets) == MOST
    assert {edge.origin for edge in made.edges} <= {node.key for node in made.origins}
    assert {edge.outlet for edge in made.edges} <= {node.key for node in made.outlets}
    assert len({node.key for node in (*made.origins, *made.outlets)}) == 2 * MOST
    assert len(table(rows, "unbekannt")) == len(rows)
    weights = [node.articles for node in made.origins]
    assert weights == sorted(weights, reverse=True)


def test_edges_are_told_apart_by_what_they_are() -> None:
    kind = OriginKind.AGENCY
    rows = [
        Resting("org-1", "Dienst", kind, "Bote", articles=3, reprints=1, relayed=0),
        Resting("org-1", "Dienst", kind, "Kurier", articles=2, reprints=2, relayed=0),
        Resting("org-1", "Dienst", kind, None, articles=0, reprints=0, relayed=4),
    ]
    made = drawn(rows, words_for("de"), "unbekannt")
    assert [(edge.reprints, edge.relays) for edge in made.edges] == [(False, False), (True, False), (False, True)]
    assert [node.known for node in made.outlets if node.name == "unbekannt"] == [False]
    assert made.edges[0].width > made.edges[1].width


def test_the_tables_of_an_origin_leave_out_what_is_always_itself(client: TestClient, archive: Archive) -> None:
    one = max(archive.origins(limit=50).items, key=lambda card: card.reprints)
    table = html.fromstring(client.get(page_of(one.id)).text).cssselect("table.resting")[0]
    assert [cell.text_content() for cell in table.cssselect("thead th")] == [
        "Medium",
        "eigene oder erste",
        "Abdrucke",
        "auf dessen Wort erzählt",
    ]
    assert one.name not in {cell.text_content().strip() for cell in table.cssselect("td")}
    counts = [cell.text_content() for cell in table.cssselect("td.n")]
    assert "0" not in counts
    assert "–" in counts
    assert all(cell.get("data-unit") for cell in table.cssselect("td.n"))


def test_a_link_to_the_table_opens_what_folds_it_away(client: TestClient) -> None:
    page = html.fromstring(client.get("/sources").text)
    (link,) = page.cssselect(".narrow-only a")
    (target,) = page.cssselect(str(link.get("href")))
    assert [one.tag for one in target.iterancestors("details")] == ["details"]
    (form,) = page.cssselect("#sources form[role=search]")
    assert form.cssselect("button")[0].text == "Suchen"
