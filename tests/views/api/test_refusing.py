"""What cannot be done is refused as a problem that says what helps."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from quellenlage.views.api.document import description, operations
from quellenlage.views.api.problems import MEDIA_TYPE, Problem

API = "/api/v1"
NOWHERE = "0123456789abcdef"
LONG = "x" * 20_001


def told(answer: Any, status: int) -> Problem:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    found = Problem.model_validate(answer.json())
    assert found.status == status
    assert found.remedy
    assert found.instance
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", f"/events/evm-{NOWHERE}", f"/events/evm-{NOWHERE}/tree", f"/entities/ent-{NOWHERE}",
        f"/entities/ent-{NOWHERE}/claims", f"/claims/clm-{NOWHERE}", f"/statements/stm-{NOWHERE}",
        f"/conflicts/cfl-{NOWHERE}", f"/articles/art-{NOWHERE}", f"/articles/art-{NOWHERE}/layers",
        f"/stories/sty-{NOWHERE}", f"/sources/org-{NOWHERE}", f"/decisions/jdg-{NOWHERE}", f"/jobs/job-{NOWHERE}",
        "/chronicle?actor=Niemand+von+Nirgendwo", "/claims?speaker=Niemand+von+Nirgendwo",
        f"/decisions?about=evm-{NOWHERE}",
    ],
)  # fmt: skip
def test_what_is_not_there(client: TestClient, path: str) -> None:
    told(client.get(API + path), 404)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/chronicle?limit=201", "limit"), ("/chronicle?limit=0", "limit"), ("/chronicle?offset=-1", "offset"),
        ("/chronicle?from=2015-02-30", "from"), ("/chronicle?from=neulich", "from"),
        ("/chronicle?type=NONSENSE", "type.0"),
        ("/chronicle?actors=Miren", "actors"), ("/events/evm-1", "event"), ("/archive?x=1", "x"), ("/search", "q"),
        (f"/events/evm-{NOWHERE}?lang=de", "lang"), ("/claims?min_importance=1", "min_importance"),
        ("/export/xlsx", "format"), ("/chronicle?min_importance=nan", "min_importance"),
    ],
)  # fmt: skip
def test_parameters_that_make_no_sense_are_named(client: TestClient, path: str, name: str) -> None:
    found = told(client.get(API + path), 422)
    assert name in {one.name for one in found.errors or ()}
    assert name in found.detail


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/claims?entity=Miren", ("speaker", "voice", "about", "medium")),
        ("/chronicle?entitiy=Miren", ("entity", "actor", "max_informants", "only_reprints")),
        (f"/articles/art-{NOWHERE}?full=1", ("text",)),
    ],
)
def test_a_parameter_that_there_is_not_is_answered_with_those_that_there_are(
    client: TestClient, path: str, known: tuple[str, ...]
) -> None:
    remedy = told(client.get(API + path), 422).remedy or ""
    assert set(known) <= set(remedy.removeprefix("the parameters here are ").split(", "))
    assert "none" not in remedy


def test_where_there_are_no_parameters_that_is_said(client: TestClient) -> None:
    assert told(client.get(f"{API}/archive?entity=Miren"), 422).remedy == "there are no parameters here"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "OPTIONS"])
def test_other_methods(client: TestClient, method: str) -> None:
    answer = client.request(method, f"{API}/chronicle")
    told(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"


def test_all_methods_of_an_address_are_named(client: TestClient) -> None:
    answer = client.put(f"{API}/decisions")
    told(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_bodies(client: TestClient) -> None:
    told(client.post(f"{API}/decisions", content=b"{", headers={"Content-Type": "application/json"}), 400)
    told(client.post(f"{API}/decisions", content=b"a=b", headers={"Content-Type": "text/plain"}), 415)
    told(client.post(f"{API}/draft", data={"text": "Ein Satz."}), 415)
    told(client.post(f"{API}/draft", json={"text": LONG}), 422)
    told(client.post(f"{API}/draft", json={"text": "Ein Satz.", "lang": "de"}), 422)
    told(client.post(f"{API}/jobs", json={"kind": "add_url", "urls": ["file:///etc/passwd"]}), 422)
    told(client.post(f"{API}/articles", files={"other": ("a.txt", b"Ein Satz.")}, data={"colour": "red"}), 422)
    told(client.post(f"{API}/articles", json={}), 415)
    large = client.post(f"{API}/draft", content=b"x" * (5 << 20), headers={"Content-Type": "application/json"})
    assert large.status_code == 413
    assert large.headers["content-type"] == MEDIA_TYPE
    assert client.get(f"{API}/search?q={'x' * 9000}").status_code == 414


def test_a_page_of_another_site_changes_nothing(client: TestClient) -> None:
    body = {"verdict": "note", "subject": f"evm-{NOWHERE}", "note": "x"}
    foreign = client.post(f"{API}/decisions", json=body, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert client.get(f"{API}/archive", headers={"Host": "elsewhere.example"}).status_code == 421


def test_export_of_whole_articles_has_to_be_asked_for(client: TestClient) -> None:
    assert "whole articles" in told(client.get(f"{API}/export/timeml"), 409).detail
    assert client.get(f"{API}/export/timeml?full_text=true").status_code == 200
    told(client.get(f"{API}/export/jsonl?from=2021"), 409)
    assert client.get(f"{API}/export/csv?from=2021").status_code == 200


def test_every_operation_is_described() -> None:
    made = description()
    assert made["openapi"].startswith("3.1")
    found = list(operations(made))
    assert len(found) >= 37
    assert len({operation["operationId"] for _, _, operation in found}) == len(found)
    for path, method, operation in found:
        assert operation["summary"], path
        assert operation["tags"], path
        for status in ("400", "401", "403", "422", "429", "500", "503"):
            assert MEDIA_TYPE in operation["responses"][status]["content"], (method, path)
        for parameter in operation.get("parameters", ()):
            where = (path, parameter["name"])
            if parameter["in"] == "path":
                assert parameter.get("description"), where
    assert "HTTPValidationError" not in made["components"]["schemas"]
