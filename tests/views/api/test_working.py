"""What changes an archive through the API: decisions, articles, drafts; and who may do that."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.views.web.access.server import CHEAP, HOST, PEOPLE

from quellenlage.store import open_archive
from quellenlage.views.web.access import Role, Settings, make_access
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.app import make_app

API = "/api/v1"
PATIENCE = 120
DRAFT = "Bei dem Angriff auf den Hafen von Miren wurden mindestens 40 Menschen getötet."
CLIPPING = """Hafen von Miren wieder geöffnet

Miren (npa) – Der Hafen von Miren ist nach dem Angriff wieder geöffnet worden, sagte Marko Delibas am 3. März 2022.
"""


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    from quellenlage.encoder import files

    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)


def ended(client: TestClient, where: str) -> dict[str, Any]:
    """A job once nothing more happens to it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(where).json()
        if job["state"] not in {"queued", "running"}:
            return job
        time.sleep(0.2)
    raise AssertionError(job)


def an_event(client: TestClient) -> str:
    return str(client.get(f"{API}/chronicle?limit=1").json()["items"][0]["event"])


def test_a_decision_is_kept_shown_and_taken_back(own_client: TestClient) -> None:
    event = an_event(own_client)
    before = own_client.get(f"{API}/chronicle").headers["etag"]
    made = own_client.post(f"{API}/decisions", json={"verdict": "tick", "subject": event, "note": "by telephone"})
    assert made.status_code == 201, made.text
    (judgement,) = made.json()["judgements"]
    assert made.headers["location"] == f"{API}/decisions/{judgement['id']}"
    assert own_client.get(made.headers["location"]).json()["state"] == "in-force"
    assert own_client.get(f"{API}/chronicle").headers["etag"] != before
    assert own_client.get(f"{API}/decisions", params={"about": event}).json()["total"] == 1
    undone = own_client.post(f"{made.headers['location']}/undo", json={"note": "a slip"})
    assert undone.status_code == 201
    assert undone.json()["concerned"] == 1
    assert own_client.get(made.headers["location"]).json()["state"] == "undone"
    again = own_client.post(f"{made.headers['location']}/undo", json={})
    assert again.status_code == 409
    newest = own_client.get(f"{API}/decisions").json()["items"][0]
    assert newest["verdict"] == "undo"
    assert own_client.get(f"{API}/decisions?in_force=true").json()["items"][0]["id"] == newest["id"]


def test_a_doubt_is_answered_with_one_of_its_choices(own_client: TestClient) -> None:
    doubts = own_client.get(f"{API}/doubts", params={"kind": "entity"}).json()
    doubt = doubts["items"][0]
    choice = next(one for one in doubt["choices"] if one["name"] == "differ")
    made = own_client.post(f"{API}/decisions", json=choice["decision"])
    assert made.status_code == 201, made.text
    left = own_client.get(f"{API}/doubts", params={"kind": "entity"}).json()
    assert doubt["id"] not in {one["id"] for one in left["items"]}
    assert left["total"] < doubts["total"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"verdict": "settle", "subject": "EVENT", "note": "why"}, 409),
        ({"verdict": "withdraw", "subject": "EVENT"}, 409),
        ({"verdict": "same", "subject": "EVENT", "other": "EVENT"}, 409),
        ({"verdict": "correct", "subject": "EVENT", "field": "outlet", "value": "x"}, 409),
        ({"verdict": "correct", "subject": "EVENT", "field": "time", "value": "neulich"}, 422),
        ({"verdict": "settle", "subject": "EVENT", "note": " "}, 422),
        ({"verdict": "note", "subject": "EVENT", "note": "x", "author": "somebody else"}, 422),
        ({"verdict": "confirm", "subject": "evm-0123456789abcdef"}, 404),
        ({"verdict": "confirm", "subject": "Miren"}, 422),
    ],
)
def test_decisions_that_make_no_sense(own_client: TestClient, body: dict[str, str], status: int) -> None:
    event = an_event(own_client)
    sent = {name: event if value == "EVENT" else value for name, value in body.items()}
    assert own_client.post(f"{API}/decisions", json=sent).status_code == status
    assert own_client.get(f"{API}/decisions").json()["total"] == 0


def test_files_are_taken_in_and_read(own_client: TestClient) -> None:
    before = own_client.get(f"{API}/archive").json()["counts"]["articles"]
    sent = own_client.post(
        f"{API}/articles",
        files=[("files", ("hafen.txt", CLIPPING.encode())), ("files", ("leer.txt", b""))],
        data={"outlet": "Der Hafenbote"},
    )
    assert sent.status_code == 202, sent.text
    job = ended(own_client, sent.headers["location"])
    assert job["state"] == "done", job
    assert (job["added"]["taken"], job["added"]["failed"]) == (1, 1)
    failed = next(one for one in job["added"]["inputs"] if one["state"] == "failed")
    assert failed["source"].endswith("leer.txt")
    assert failed["message"]
    build = next(one for one in own_client.get(f"{API}/jobs").json()["items"] if one["kind"] == "build")
    assert ended(own_client, f"{API}/jobs/{build['id']}")["built"]["analysed"] == 1
    assert own_client.get(f"{API}/archive").json()["counts"]["articles"] == before + 1
    found = own_client.get(f"{API}/articles", params={"q": "wieder geöffnet"}).json()["items"]
    assert [one["outlet"] for one in found] == ["Der Hafenbote"]
    stopped = own_client.post(f"{API}/jobs/{build['id']}/cancel")
    assert (stopped.status_code, stopped.json()["state"]) == (202, "done")


def test_a_draft_is_checked_against_the_archive(own_client: TestClient) -> None:
    answer = own_client.post(f"{API}/draft?wait=60", json={"text": DRAFT})
    assert answer.status_code == 200, answer.text
    (sentence,) = answer.json()["sentences"]
    assert sentence["text"] == DRAFT
    for finding in sentence["findings"]:
        for proof in finding["evidence"]:
            words = own_client.get(
                f"{API}/articles/{proof['article']}/passage", params={"start": proof["start"], "end": proof["end"]}
            ).json()["evidence"]
            assert words["exact"] == proof["exact"]


def test_a_draft_that_takes_long_is_a_job(own_client: TestClient) -> None:
    answer = own_client.post(f"{API}/draft?wait=0", json={"text": DRAFT, "dct": "2022-03-05"})
    assert answer.status_code in {200, 202}
    if answer.status_code == 202:
        job = ended(own_client, answer.headers["location"])
        assert job["draft"]["dct"] == "2022-03-05"


@contextmanager
def guarded(path: Path) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """A server for other machines, and a token for each role."""
    settings = Settings(archive=str(path), host="0.0.0.0", hostnames=(HOST,))  # noqa: S104 - no socket is opened
    book = Book(settings.accounts_path(), create=True)
    for name, role in PEOPLE.items():
        book.accounts.add(name, CHEAP.hash("drei Birnen im Nebel"), role)
    tokens = {role.value: book.tokens.add(name, "test", role, days=1) for name, role in PEOPLE.items()}
    book.close()
    archive = open_archive(str(path))
    try:
        app = make_app(archive, make_access(settings, passwords=CHEAP), lang="de")
        with TestClient(app, base_url=f"http://{HOST}:8400", follow_redirects=False) as client:
            yield client, tokens
    finally:
        archive.close()


def test_who_may_do_what(own_path: Path) -> None:
    with guarded(own_path) as (client, tokens):

        def bearer(role: Role | str) -> dict[str, str]:
            return {"Authorization": f"Bearer {tokens[str(role)]}"}

        nobody = client.get(f"{API}/chronicle")
        assert nobody.status_code == 401
        assert nobody.headers["content-type"] == "application/problem+json"
        assert nobody.headers["www-authenticate"].startswith("Bearer")
        assert client.get(f"{API}/me", headers={"Authorization": "Bearer nonsense"}).status_code == 401
        for role in Role:
            assert client.get(f"{API}/me", headers=bearer(role)).json()["role"] == role.value
        event = client.get(f"{API}/chronicle?limit=1", headers=bearer("reader")).json()["items"][0]["event"]
        note = {"verdict": "note", "subject": event, "note": "seen"}
        refused = client.post(f"{API}/decisions", json=note, headers=bearer("reader"))
        assert refused.status_code == 403
        assert refused.json()["remedy"]
        assert client.post(f"{API}/articles", files={"files": b"x"}, headers=bearer("reader")).status_code == 403
        assert client.post(f"{API}/jobs", json={"kind": "build"}, headers=bearer("reader")).status_code == 403
        made = client.post(f"{API}/decisions", json=note, headers=bearer("editor"))
        assert made.status_code == 201
        assert made.json()["judgements"][0]["author"] == "Emil"
        # Nobody reads the draft of somebody else, nor learns that there is one.
        draft = client.post(f"{API}/draft?wait=0", json={"text": DRAFT}, headers=bearer("reader"))
        assert draft.status_code in {200, 202}
        theirs = client.get(f"{API}/jobs", headers=bearer("admin")).json()["items"]
        assert "check_draft" not in {job["kind"] for job in theirs}
        mine = client.get(f"{API}/jobs", headers=bearer("reader")).json()["items"]
        assert {job["kind"] for job in mine} == {"check_draft"}
        answers = [client.get(f"{API}/export/md", headers=bearer("reader")) for _ in range(5)]
        often = [one for one in answers if one.status_code == 429]
        assert often
        assert int(often[0].headers["retry-after"]) >= 1
