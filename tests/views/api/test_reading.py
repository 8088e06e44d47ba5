"""What the API tells is what the command line prints, and every word of it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from quellenlage.store import SqlArchive, digest_as_received
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.records import (
    claim_record,
    conflict_record,
    entity_record,
    entry_record,
    event_record,
    origin_record,
    statement_record,
    story_record,
)
from quellenlage.views.resting import event_tree, event_tree_record

API = "/api/v1"
READING = (
    "/archive", "/me", "/chronicle?limit=200&accounts=500", "/chronicle?order=-time&conflicting=true",
    "/events/{event}", "/events/{event}/tree", "/places", "/entities?q=Karvenien", "/entities/{entity}",
    "/entities/{entity}/claims", "/entities/{entity}/events", "/entities/{entity}/positions", "/claims?limit=200",
    "/claims/{claim}", "/statements/{statement}", "/conflicts", "/conflicts/{conflict}", "/articles",
    "/articles/{article}",
    "/articles/{article}?text=true", "/articles/{article}/layers", "/articles/{article}/passage?start=3&end=90",
    "/stories", "/stories/{story}", "/sources", "/sources/{origin}", "/search?q=Hafen&by=text", "/doubts", "/decisions",
    "/jobs", "/export/geojson", "/openapi.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def holdings(archive: SqlArchive) -> Holdings:
    return read_holdings(archive, claims=True)


def quoted(value: Any, article: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every piece of evidence in an answer, with its article."""
    if isinstance(value, dict):
        article = value.get("article") if isinstance(value.get("article"), str) else article
        if isinstance(value.get("exact"), str) and "text_sha256" in value:
            assert article
            yield article, value
        for one in value.values():
            yield from quoted(one, article)
    elif isinstance(value, list):
        for one in value:
            yield from quoted(one, article)


@pytest.mark.parametrize("path", READING)
def test_each_answer_holds_and_is_known_the_second_time(
    client: TestClient, archive: SqlArchive, known: dict[str, str], path: str
) -> None:
    address = API + path.format(**known)
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    for article, words in quoted(answer.json()):
        document = archive.document(article)
        assert words["exact"] == document.text[words["start"] : words["end"]]
        assert words["text_sha256"] == digest_as_received(document)
    tag = answer.headers["etag"]
    assert not tag.startswith("W/")
    again = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head(address)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert (
        "access-control-allow-origin"
        not in client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
    )


def test_records_are_those_of_the_command_line(client: TestClient, holdings: Holdings, known: dict[str, str]) -> None:
    linked = holdings.linked
    stories = {one.id: one for one in linked.stories}
    claim = next(c for c in holdings.claims if c.key == known["claim"])
    wanted = {
        f"/events/{known['event']}": event_record(holdings.events[known["event"]], holdings),
        f"/events/{known['event']}/tree": event_tree_record(
            event_tree(holdings.events[known["event"]], holdings), holdings
        ),
        f"/claims/{known['claim']}": claim_record(claim, holdings),
        f"/statements/{known['statement']}": statement_record(holdings.statements[known["statement"]], holdings),
        f"/conflicts/{known['conflict']}": conflict_record(linked.conflicts[0], holdings),
        f"/stories/{known['story']}": story_record(stories[known["story"]], holdings),
        f"/sources/{known['origin']}": origin_record(holdings.origins[known["origin"]], holdings),
        f"/entities/{known['entity']}": entity_record(holdings.entities[known["entity"]], holdings),
    }
    for path, record in wanted.items():
        told = client.get(API + path).json()
        plain = json.loads(json.dumps(record))
        for name in ("events", "claims"):  # the same ones, in the order of the lists
            if path.startswith("/entities/"):
                told[name], plain[name] = sorted(told[name]), sorted(plain[name])
        assert {name: told[name] for name in plain} == plain, path


def test_all_lines_are_those_of_the_command_line(client: TestClient, holdings: Holdings) -> None:
    told = {}
    for item in pages(client, f"{API}/chronicle?limit=50&accounts=500&order=story"):
        assert item.pop("accounts_total") == len(item["accounts"])
        told[item["event"]] = item
    wanted = [json.loads(json.dumps(entry_record(entry, holdings))) for entry in holdings.linked.chronicle]
    assert told == {one["event"]: one for one in wanted}


def pages(client: TestClient, address: str) -> Iterator[dict[str, Any]]:
    """Items of all parts of a list, by the header Link."""
    following: str | None = address
    seen = 0
    while following:
        answer = client.get(following)
        assert answer.status_code == 200
        body = answer.json()
        assert body["offset"] == seen
        seen += len(body["items"])
        yield from body["items"]
        following = answer.links.get("next", {}).get("url")
        assert following is None or urlsplit(following).path == urlsplit(address).path
    assert seen == body["total"]


def test_lists_go_on_where_they_stopped(client: TestClient, archive: SqlArchive) -> None:
    found = [one["id"] for one in pages(client, f"{API}/entities?limit=70&kind=PER&kind=ORG")]
    wanted = {e.id for e in archive.linked().entities if e.kind.value in {"PER", "ORG"}}
    assert len(found) == len(set(found))
    assert set(found) == wanted
    last = client.get(f"{API}/entities?limit=70").links["last"]["url"]
    assert client.get(last).links.get("next") is None
    assert client.get(client.get(last).links["prev"]["url"]).links["next"]


def test_filters_narrow(client: TestClient) -> None:
    whole = client.get(f"{API}/chronicle").json()["total"]
    some = client.get(f"{API}/chronicle", params={"from": "2021-11", "to": "2021-12", "actor": "Karvenien"}).json()
    assert 0 <= some["total"] < whole
    several = client.get(f"{API}/chronicle", params={"type": ["ASSAULT", "CONSULT"]}).json()
    assert {one["event_type"] for one in several["items"]} <= {"ASSAULT", "CONSULT"}
    assert several["total"] > 0
    denied = client.get(f"{API}/chronicle", params={"factuality": "denied"}).json()["items"]
    assert {one["factuality"] for one in denied} <= {"denied"}


def test_an_identifier_that_moved_leads_to_the_present_one(client: TestClient, archive: SqlArchive) -> None:
    aliases = archive.linked().aliases
    for prefix, path in (("ent-", "entities/{}/claims?limit=3"), ("evm-", "events/{}"), ("stm-", "statements/{}")):
        old = next((one for one in aliases if one.startswith(prefix)), None)
        if old is None:
            continue
        answer = client.get(f"{API}/{path.format(old)}")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"{API}/{path.format(archive.resolve(old))}"
        assert client.get(answer.headers["location"]).status_code == 200


def test_a_passage_is_the_very_slice(client: TestClient, archive: SqlArchive, known: dict[str, str]) -> None:
    text = archive.document(known["article"]).text
    for start, end in ((0, 1), (5, 17), (len(text) - 3, len(text))):
        words = client.get(f"{API}/articles/{known['article']}/passage?start={start}&end={end}").json()["evidence"]
        assert (words["start"], words["end"], words["exact"]) == (start, end, text[start:end])
    beyond = client.get(f"{API}/articles/{known['article']}/passage?start=0&end={len(text) + 1}")
    assert beyond.status_code == 404
    assert str(len(text)) in beyond.json()["remedy"]


def test_the_text_goes_along_only_where_it_is_asked_for(client: TestClient, known: dict[str, str]) -> None:
    for path in ("", "/layers"):
        address = f"{API}/articles/{known['article']}{path}"
        bare, full = client.get(address).json(), client.get(f"{address}?text=true").json()
        if path:
            bare, full = bare["article"], full["article"]
        assert bare["text"] is None
        assert full["text"]
    layers = client.get(f"{API}/articles/{known['article']}/layers?layer=zones&layer=claims").json()
    assert set(layers) == {"article", "zones", "claims"}


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "ftm", "timelinejs", "jsonld", "md", "html", "docx"])
def test_exports_come_as_they_are_on_the_command_line(client: TestClient, name: str) -> None:
    answer = client.get(f"{API}/export/{name}")
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content) > 1000
    assert "attachment" in answer.headers["content-disposition"]
