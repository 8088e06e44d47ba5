"""The archive is removed or replaced while it is served: it is told, followed, and nothing is written into nowhere."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views import views_story

from quellenlage.model import Verdict
from quellenlage.store import open_archive
from quellenlage.views.web import standing
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app
from quellenlage.views.web.jobs import State

EVENT_PAGES = ("/", "/chronicle", "/claims", "/api/v1/chronicle", "/add")


@pytest.fixture
def other_path(tmp_path: Path) -> Path:
    path = tmp_path / "other.db"
    views_story.make_archive(path).close()
    return path


@pytest.fixture
def served(own_path: Path) -> Iterator[TestClient]:
    archive = open_archive(str(own_path))
    app = make_app(archive, make_access(Settings(archive=str(own_path), port=8765)), lang="en")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers={"accept-language": "en"}) as client:
        yield client
    archive.close()


def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" content="([0-9a-f]{64})"', client.get("/account").text)
    assert found
    return found[1]


def decide(client: TestClient, event: str, token: str) -> int:
    data = {"csrf": token, "verdict": "tick", "subject": event}
    return int(client.post("/decisions", data=data, follow_redirects=False).status_code)


def titles(client: TestClient) -> list[str]:
    return [one["event"] for one in client.get("/api/v1/chronicle").json()["items"]]


def test_a_removed_archive_is_told_on_every_page_and_can_be_put_back(served: TestClient, own_path: Path) -> None:
    before, token = titles(served), csrf(served)
    kept = own_path.rename(own_path.with_name("kept.db"))
    for path in EVENT_PAGES:
        answer = served.get(path)
        assert answer.status_code == 503, path
        assert "removed or renamed" in answer.text
        assert "put it back" in answer.text
    problem = served.get("/api/v1/chronicle")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["remedy"].startswith("put it back")
    assert decide(served, "evt-1", token) == 503
    assert served.post("/add/text", data={"csrf": token, "text": "Kopf\nText"}).status_code == 503
    assert served.get("/account").status_code == 200
    assert not own_path.exists()
    kept.rename(own_path)
    assert titles(served) == before
    assert served.get("/").status_code == 200


def test_another_archive_in_its_place_is_shown_and_takes_the_decisions(
    served: TestClient, own_path: Path, other_path: Path
) -> None:
    token, before = csrf(served), titles(served)
    jobs = served.app.state.workbench.jobs  # type: ignore[attr-defined]  # of the server
    copy = shutil.copy(other_path, other_path.with_name("copy.db"))
    expected = open_archive(str(other_path))
    events = {event.id for event in expected.linked().events}
    expected.close()
    os.replace(copy, own_path)
    shown = titles(served)
    assert shown
    assert set(shown) <= events
    assert not set(shown) & set(before)
    assert decide(served, shown[0], token) == 303  # the same session
    job = jobs.wait(jobs.submit("build", {}, "anna").id, 60)
    assert job.state is State.DONE, job.failure
    assert job.report["analysed"] + job.report["unchanged"] == len(served.app.state.workbench.archive.capture_ids())  # type: ignore[attr-defined]
    again = open_archive(str(own_path))
    assert [one.subject for one in again.judgements() if one.verdict is Verdict.TICK] == [shown[0]]
    assert again.verify() == []
    again.close()


def test_a_job_without_an_archive_fails_and_says_why(served: TestClient, own_path: Path) -> None:
    jobs = served.app.state.workbench.jobs  # type: ignore[attr-defined]  # of the server
    own_path.unlink()
    job = jobs.wait(jobs.submit("build", {}, "anna").id, 20)
    assert job.state is State.FAILED
    assert "removed or renamed" in str(job.failure.said)
    assert not own_path.exists()


def test_what_lies_beside_a_removed_archive_goes_though_nobody_asks(
    own_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever puts another archive there would otherwise read the log of the old one with it."""
    monkeypatch.setattr(standing, "EVERY", 0.05)
    archive = open_archive(str(own_path))
    app = make_app(archive, make_access(Settings(archive=str(own_path), port=8765)), lang="en")
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        assert client.get("/").status_code == 200
        log = own_path.with_name(f"{own_path.name}-wal")
        assert log.exists()
        own_path.unlink()
        until = time.monotonic() + 10
        while log.exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert not log.exists()
    archive.close()


def test_something_that_is_no_archive_is_refused_and_left_alone(served: TestClient, own_path: Path) -> None:
    text = own_path.with_name("text.txt")
    text.write_bytes(b"Bern, 3. Mai. Ein Text.")
    os.replace(text, own_path)
    answer = served.get("/")
    assert answer.status_code == 503
    assert "no archive" in answer.text
    assert own_path.read_bytes() == b"Bern, 3. Mai. Ein Text."
