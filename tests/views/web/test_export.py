"""Exports of what a page shows and of the whole archive, at once or in the background."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.model.listing import ClaimQuestion, ConflictQuestion, EntityQuestion, LineQuestion
from quellenlage.store import open_archive
from quellenlage.views.web.links import page_of
from quellenlage.views.web.pages import export as export_page
from quellenlage.views.web.shown import export_wanted
from quellenlage.views.web.shown.export_sent import file_name, saving


@pytest.fixture(scope="module")
def pages(sample_path: Path) -> dict[str, str]:
    """One page of each kind of which something can be exported."""
    archive = open_archive(str(sample_path))
    try:
        return {
            "story": page_of(archive.story_cards(limit=1).items[0].id),
            "event": page_of(archive.lines(LineQuestion(), limit=1, order="importance").items[0].event),
            "entity": page_of(archive.entities(EntityQuestion(), limit=1, order="articles").items[0].id),
            "claim": page_of(archive.claims(ClaimQuestion(), limit=1).items[0].key),
            "conflict": page_of(archive.conflicts(ConflictQuestion(), limit=1, order="grade").items[0].id),
            "chronicle": "/chronicle",
            "claims": "/claims",
            "conflicts": "/conflicts",
        }
    finally:
        archive.close()


def token(client: TestClient) -> str:
    (meta,) = html.fromstring(client.get("/export").text).cssselect("meta[name=csrf]")
    return str(meta.get("content"))


@pytest.mark.parametrize("kind", ["story", "chronicle", "claims", "conflicts"])
def test_every_export_that_a_list_offers_gives_a_file(client: TestClient, pages: dict[str, str], kind: str) -> None:
    shown = html.fromstring(client.get(pages[kind]).text)
    links = [a.get("href") for a in shown.cssselect(".export-menu .sheet a")]
    assert len(links) == 7
    for link in links[:-1]:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert answer.headers["content-disposition"].startswith("attachment;"), link
        assert answer.headers["content-length"] == str(len(answer.content))
    offered = html.fromstring(client.get(links[-1]).text)
    for a in offered.cssselect(".forms a.button"):
        assert client.get(a.get("href")).status_code == 200, a.get("href")


@pytest.mark.parametrize("kind", ["event", "entity", "claim", "conflict"])
def test_single_things_are_exported_with_their_sources(client: TestClient, pages: dict[str, str], kind: str) -> None:
    answer = client.get("/export/docx", params={"page": pages[kind]})
    document = docx.Document(io.BytesIO(answer.content))
    assert len([p for p in document.paragraphs if p.text.strip()]) >= 3
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert "sample" not in packed.read("word/document.xml").decode()
        assert "<w:footnote " in packed.read("word/footnotes.xml").decode()


@pytest.mark.parametrize(
    ("path", "filters"),
    [
        ("/chronicle", {"type": "PROTEST"}),
        ("/chronicle", {"from": "2018", "to": "2018-12", "certainty": "several"}),
        ("/chronicle", {"q": "Hafen"}),
        ("/claims", {"about": "Soldaten"}),
        ("/claims", {"polarity": "denied", "order": "time"}),
        ("/conflicts", {"grade": "tension"}),
    ],
)
def test_the_file_has_what_the_page_has(client: TestClient, path: str, filters: dict[str, str]) -> None:
    told = json.loads(client.get("/export/json", params={"page": path, **filters}).content)
    rows = told[{"/chronicle": "events", "/claims": "claims", "/conflicts": "conflicts"}[path]]
    shown = html.fromstring(client.get(path, params=filters).text)
    entries = shown.cssselect({"/chronicle": ".entry", "/claims": ".claims > li", "/conflicts": ".conflict"}[path])
    if len(entries) < 25:
        assert len(rows) == len(entries)
    else:
        assert len(rows) >= len(entries)


def test_records_of_a_page_keep_to_the_citation_limit(client: TestClient) -> None:
    told = json.loads(client.get("/export/json", params={"page": "/claims"}).content)
    assert told["claims"]
    assert max(len(one["sentence"]["exact"]) for one in told["claims"]) <= 420


@pytest.mark.parametrize("form", ["uima", "timeml"])
def test_whole_articles_need_an_explicit_wish(client: TestClient, form: str) -> None:
    refused = client.get(f"/export/{form}", params={"page": "/chronicle"})
    assert refused.status_code == 400
    assert "ganze Artikel" in html.fromstring(refused.text).text_content() or "ganzen Artikeln" in refused.text
    given = client.get(f"/export/{form}", params={"page": "/chronicle", "type": "PROTEST", "full_text": "yes"})
    with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
        assert packed.namelist()


def test_the_page_asks_for_it_with_the_legal_note(client: TestClient) -> None:
    shown = html.fromstring(client.get("/export").text)
    (form,) = shown.cssselect("form.texts")
    assert form.cssselect("input[name=full_text][required]")
    assert not form.cssselect("input[name=full_text][checked]")
    assert "Urhebern und Verlagen" in shown.text_content()


@pytest.mark.parametrize(
    "address",
    [
        "/export/exe", "/export/jsonl?page=/chronicle", "/export/docx?page=/entities", "/export/docx?page=/add",
        "/export/docx?page=/events/evm-0000000000000000", "/export/geojson?page=/claims", "/export/docx?page=%00",
        "/export/csv?page=/claims/clm-x", "/export/csv?page=/conflicts/x", "/export/csv?page=/entities/ent-x",
        "/export?page=/stories/sty-x", "/export/runs/run-x", "/export/runs/run-x/file",
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_too_much_for_one_file_is_refused_with_what_helps(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_wanted, "MOST", 3)
    monkeypatch.setattr(export_page, "MOST", 3)
    answer = client.get("/export/docx?page=/chronicle")
    assert answer.status_code == 400
    assert "mehr als 3 Einträge" in answer.text
    shown = html.fromstring(client.get("/export?page=/chronicle").text)
    assert not shown.cssselect(".forms")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_wanted, "DIRECT", 3)
    monkeypatch.setattr(export_wanted, "SETTING", {})
    monkeypatch.setattr(export_page, "LEAST", 1)


@pytest.mark.parametrize(("query", "form"), [("?page=/chronicle", "md"), ("", "jsonl")])
def test_what_takes_long_is_made_in_the_background(client: TestClient, large: None, query: str, form: str) -> None:
    away = client.get(f"/export/{form}{query}", follow_redirects=False)
    assert away.status_code == 303
    assert "Hintergrund" in client.get(away.headers["location"]).text
    sent = {"csrf": token(client), "format": form}
    where = client.post(f"/export/run{query}", data=sent, follow_redirects=False).headers["location"]
    until = time.monotonic() + 60
    while not (links := html.fromstring(client.get(where).text).cssselect("#run a.primary")):
        assert time.monotonic() < until
        time.sleep(0.1)
    answer = client.get(links[0].get("href"))
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert len(answer.content) > 1000
    assert client.post(f"{where}/drop", data={"csrf": token(client)}, follow_redirects=False).status_code == 303
    assert client.get(where).status_code == 404


def test_names_of_files_are_safe_whatever_the_title_is() -> None:
    assert file_name('a/b\\c:"d"\n\u202e<x>', ".docx") == "abcdx.docx"
    assert file_name("...", ".md") == "quellenlage.md"
    assert len(file_name("ä" * 500, ".md")) <= 84
    headers = saving('Übergabe: "x"\r\nSet-Cookie: a=1', ".ftm.jsonl")["Content-Disposition"]
    assert headers.isascii()
    assert "\n" not in headers
    assert headers.startswith('attachment; filename="uebergabe-x-set-cookie-a-1.ftm.jsonl";')
