"""Pages of errors: what was typed into a form that failed is still there."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

NOTE = "Der Kapitän nannte am Telefon <b>andere</b> Zahlen.\nZweite Zeile"


def token(client: TestClient) -> str:
    (meta,) = html.fromstring(client.get("/account").text).cssselect("meta[name=csrf]")
    return str(meta.get("content"))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"verdict": "note", "subject": "clm-0000000000000000", "note": NOTE}, 404),
        ({"verdict": "no such", "subject": "clm-0000000000000000", "note": NOTE}, 400),
        ({"verdict": "note", "subject": "", "note": NOTE}, 400),
    ],
)
def test_what_was_written_is_not_lost(client: TestClient, fields: dict[str, str], status: int) -> None:
    answer = client.post("/decisions", data={"csrf": token(client), **fields})
    assert answer.status_code == status
    (area,) = html.fromstring(answer.text).cssselect("textarea[readonly]")
    assert area.text_content().replace("\r\n", "\n").strip() == NOTE


def test_nothing_is_echoed_but_what_was_written(client: TestClient) -> None:
    answer = client.post(
        "/decisions", data={"csrf": token(client), "verdict": "none", "password": "drei Birnen", "note": " "}
    )
    assert answer.status_code == 400
    assert not html.fromstring(answer.text).cssselect("textarea")
    assert "drei Birnen" not in answer.text
    assert not html.fromstring(client.get("/none?note=x").text).cssselect("textarea")
