"""Exports of statements and sources, and tables of a part for data analysis."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import html
from pyarrow import parquet
from starlette.testclient import TestClient

from quellenlage.model.listing import LineQuestion
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.web.links import page_of


@pytest.fixture(scope="module")
def archive(sample_path: Path) -> SqlArchive:
    return open_archive(str(sample_path))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_statement_is_exported_with_every_claim_that_tells_it(client: TestClient, archive: SqlArchive) -> None:
    statement = max(archive.linked().statements, key=lambda one: len(one.retellings))
    page = page_of(statement.id)
    menu = html.fromstring(client.get(page).text).cssselect(".export-menu .sheet a")
    assert f"page={page.replace('/', '/')}" in menu[0].get("href").replace("%2F", "/")
    told = json.loads(client.get("/export/json", params={"page": page}).content)
    assert {one["id"] for one in told["claims"]} == {one.claim for one in statement.retellings}
    for form in ("docx", "html", "md", "csv", "parquet"):
        assert client.get(f"/export/{form}", params={"page": page}).status_code == 200, form
    assert client.get("/export/csv", params={"page": "/statements/stm-x"}).status_code == 404


def test_sources_are_exported_with_their_articles(client: TestClient, archive: SqlArchive) -> None:
    origins = archive.linked().origins
    links = [a.get("href") for a in html.fromstring(client.get("/sources").text).cssselect(".export-menu .sheet a")]
    assert len(links) == 7
    rows = rows_of(client.get("/export/csv", params={"page": "/sources"}).content)
    assert len(rows) == sum(len(one.articles) + len(one.relayed) for one in origins)
    assert {row["role"] for row in rows} <= {"own", "reprint", "relay"}
    one = max(origins, key=lambda origin: len(origin.reprints))
    alone = rows_of(client.get("/export/csv", params={"page": page_of(one.id)}).content)
    assert {row["id"] for row in alone} == {one.id}
    assert sum(row["role"] == "reprint" for row in alone) == len(one.reprints)
    dossier = client.get("/export/md", params={"page": "/sources"}).text
    assert all(origin.name in dossier.replace("\\", "") for origin in origins)
    narrowed = rows_of(client.get("/export/csv", params={"page": "/sources", "q": one.name}).content)
    assert {row["name"] for row in narrowed} == {one.name}
    assert client.get("/export/csv", params={"page": "/sources/org-x"}).status_code == 404


def test_a_page_as_parquet_is_the_table_of_its_csv(client: TestClient) -> None:
    asked = {"page": "/claims", "polarity": "denied"}
    table = parquet.read_table(io.BytesIO(client.get("/export/parquet", params=asked).content))
    assert table.column("id").to_pylist() == [
        row["id"] for row in rows_of(client.get("/export/csv", params=asked).content)
    ]
    assert table.num_rows


def test_tables_of_the_chronicle_follow_its_filters(client: TestClient, archive: SqlArchive) -> None:
    lines = archive.lines(LineQuestion(types=("PROTEST",)), limit=500).items
    table = parquet.read_table(
        io.BytesIO(client.get("/export/parquet", params={"page": "/chronicle", "type": "PROTEST"}).content)
    )
    assert set(table.column("id").to_pylist()) == {line.event for line in lines}


def test_counting_the_whole_archive_is_left_out_where_a_part_is_asked_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: SqlArchive) -> None:
        raise AssertionError("the whole archive was counted")

    monkeypatch.setattr(SqlArchive, "totals", refuse)
    assert client.get("/export?page=/claims").status_code == 200
