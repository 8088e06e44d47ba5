"""Adding in the browser: what was taken, what was left out and why, and the analysis that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.encoder import files as encoder_files
from quellenlage.model import Archive
from quellenlage.views.web.jobs import Job, Jobs, State

STORY = (
    "Hafenbote, 3. Mai 2024\n\nFähre liegt fest\n\n"
    "Die Fähre „Adele“ liegt seit Donnerstag im Hafen von Miren fest. Das sagte Kapitän Joran Petrow am Freitag."
)


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The background process reads with rules, too: it inherits what this one is told."""
    monkeypatch.setenv(encoder_files.VARIABLE, encoder_files.Models.RULES)


@pytest.fixture
def jobs(own_client: TestClient) -> Iterator[Jobs]:
    found: Jobs = own_client.app.state.workbench.jobs  # type: ignore[attr-defined]  # of the server
    yield found
    for one in found.recent():
        if not one.state.ended:
            found.cancel(one.id)


def token(client: TestClient, path: str = "/add") -> str:
    (meta,) = html.fromstring(client.get(path).text).cssselect("meta[name=csrf]")
    return str(meta.get("content"))


def ended(jobs: Jobs, where: str) -> Job:
    job = jobs.wait(where.rpartition("/")[2], 120)
    assert job.state.ended
    return job


def test_files_and_folders_are_taken_and_the_report_names_each(own_client: TestClient, jobs: Jobs) -> None:
    sent = [
        ("files", ("Mai/fähre.txt", STORY.encode())),
        ("files", ("Mai/bild.jpg", b"\xff\xd8\xff")),
        ("files", ("Mai/noch einmal.txt", STORY.encode())),
        ("files", ("leer.txt", b"")),
        ("files", ("programm", b"\x7fELF\x02\x01\x01" + bytes(200))),
    ]
    answer = own_client.post("/add/files", data={"csrf": token(own_client)}, files=sent, follow_redirects=False)
    assert answer.status_code == 303
    job = ended(jobs, answer.headers["location"])
    assert job.state is State.DONE
    assert job.folder is not None
    assert not Path(job.folder).exists()
    shown = html.fromstring(own_client.get(answer.headers["location"]).text)
    figures = [int(b.text) for b in shown.cssselect(".figures b")]
    assert figures == [1, 1, 1, 2]
    told = shown.cssselect("#job")[0].text_content()
    assert "Mai/fähre.txt" in told
    assert re.search(r"Mai/bild\.jpg\s+Bild", told)
    assert re.search(r"leer\.txt\s+die Datei ist leer", told)
    assert "programm" in told
    assert "quellenlage-" not in told, "a path of the server"


def test_the_analysis_follows_and_leads_to_what_is_new(own_client: TestClient, jobs: Jobs) -> None:
    data = {"csrf": token(own_client), "text": STORY, "title": "Fähre liegt fest", "published": "2024-05-03"}
    answer = own_client.post("/add/text", data={**data, "outlet": "Küstenblatt"}, follow_redirects=False)
    job = ended(jobs, answer.headers["location"])
    later = next(one for one in jobs.recent() if one.kind == "build")
    assert jobs.wait(later.id, 180).state is State.DONE
    shown = html.fromstring(own_client.get(answer.headers["location"]).text)
    assert [step.get("class") for step in shown.cssselect(".step")] == ["step done", "step done"]
    (new,) = shown.cssselect("a.primary")
    assert new.get("href") == f"/chronicle/changes?since={job.submitted_at[:10]}&by=captured"
    archive: Archive = own_client.app.state.workbench.archive  # type: ignore[attr-defined]  # of the server
    document = next(d for d in archive.documents() if d.article.source.startswith("Fähre liegt fest"))
    assert document.article.outlet is not None
    assert document.article.outlet.value == "Küstenblatt"
    assert document.article.dct is not None
    assert document.article.dct.interval is not None
    assert document.article.dct.interval.value == "2024-05-03"
    assert "„Adele“" in document.text


def test_scripts_are_answered_in_json(own_client: TestClient, jobs: Jobs) -> None:
    headers = {"accept": "application/json", "x-csrf-token": token(own_client)}
    none = own_client.post("/add/files", files=[("outlet", (None, b"x"))], headers=headers)
    assert none.status_code == 400
    assert none.json()["problem"] == "Es wurde keine Datei gewählt."
    done = own_client.post("/add/files", files=[("files", ("a.txt", STORY.encode()))], headers=headers)
    assert ended(jobs, done.json()["job"]).state is State.DONE


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        ("/add/text", {"text": "  \n "}, "Der Text ist leer."),
        ("/add/text", {"text": "Etwas.", "published": "gestern"}, "Das ist kein Tag."),
        ("/add/address", {"urls": "ftp://example.org/x"}, "Es wurde keine Web-Adresse angegeben."),
        ("/add/address", {"urls": "\n"}, "Es wurde keine Web-Adresse angegeben."),
        ("/add/address", {"urls": "\n".join(f"https://e{n}.example" for n in range(201))}, "zu viele Adressen"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_typed_is_lost(
    client: TestClient, path: str, data: dict[str, str], told: str
) -> None:
    answer = client.post(path, data={"csrf": token(client), **data})
    assert answer.status_code in {400, 413}
    shown = html.fromstring(answer.text)
    assert told in shown.cssselect("[role=alert]")[0].text_content()
    (name,) = data.keys() - {"published"}
    assert (shown.cssselect(f"textarea[name={name}]")[0].text_content() or "").strip() == data[name].strip()


def test_names_of_files_are_text(own_client: TestClient, jobs: Jobs) -> None:
    name = "<script>alert(1)</script><img src=x onerror=y>.txt"
    headers = {"accept": "application/json", "x-csrf-token": token(own_client)}
    done = own_client.post("/add/files", files=[("files", (name, b""))], headers=headers)
    ended(jobs, done.json()["job"])
    shown = own_client.get(done.json()["job"]).text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=y&gt;" in shown


def test_without_the_token_of_the_form_nothing_is_taken(own_client: TestClient, jobs: Jobs) -> None:
    answer = own_client.post("/add/files", files=[("files", ("a.txt", STORY.encode()))])
    assert answer.status_code == 403
    assert jobs.recent() == []


def test_jobs_are_listed_and_stopped(own_client: TestClient, jobs: Jobs) -> None:
    csrf = token(own_client)
    first = own_client.post("/jobs/build", data={"csrf": csrf}, follow_redirects=False).headers["location"]
    second = own_client.post(
        "/add/text", data={"csrf": csrf, "text": STORY}, follow_redirects=False
    ).headers["location"]  # fmt: skip
    listed = html.fromstring(own_client.get("/jobs").text).cssselect(".job")
    assert [f"/jobs/{one.get('id')}" for one in listed] == [second, first]
    own_client.post(f"{second}/cancel", data={"csrf": csrf})
    assert ended(jobs, second).state in {State.CANCELLED, State.DONE}
    own_client.post(f"{first}/cancel", data={"csrf": csrf})
    assert ended(jobs, first).state in {State.CANCELLED, State.DONE}
    assert own_client.get("/jobs/job-none").status_code == 404


def test_good_addresses_are_fetched_and_the_others_named(own_client: TestClient, jobs: Jobs) -> None:
    """One line that is none refused all of them."""
    lines = "http://127.0.0.1:9/a\nfile:///etc/hostname\nhttp://127.0.0.1:9/b\nnur ein Wort"
    answer = own_client.post("/add/address", data={"csrf": token(own_client), "urls": lines}, follow_redirects=False)
    assert answer.status_code == 303
    job = ended(jobs, answer.headers["location"])
    assert job.report is not None
    told = {one["source"]: one.get("message", {}).get("template", "") for one in job.report["inputs"]}
    assert set(told) == set(lines.split("\n"))
    assert [source for source, said in told.items() if said == "is no web address"] == lines.split("\n")[1::2]
    page = html.fromstring(own_client.get(answer.headers["location"]).text).text_content()
    assert "ist keine Web-Adresse" in page
