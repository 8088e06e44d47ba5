"""Wrong values are refused in words that say what would be right."""

from __future__ import annotations

from starlette.testclient import TestClient

from quellenlage.views.api import PREFIX


def test_days_are_refused_in_words(client: TestClient) -> None:
    wrong = client.get(f"{PREFIX}/chronicle?from=gestern")
    assert wrong.status_code == 422
    assert "2021-11" in wrong.json()["detail"]
    assert "[0-9]" not in wrong.text
    turned = client.get(f"{PREFIX}/chronicle?from=2022&to=2021")
    assert turned.status_code == 422
    assert "before" in turned.json()["detail"]


def test_an_unknown_verdict_is_answered_with_those_there_are(client: TestClient) -> None:
    told = client.post(f"{PREFIX}/decisions", json={"verdict": "x"})
    assert told.status_code == 422
    assert len(told.json()["errors"]) == 1
    assert "same" in told.json()["detail"]
