"""Which tellings of short news are of one event, and which are not: texts as papers write them, read by all stages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from quellenlage.article import Overrides
from quellenlage.encoder import files
from quellenlage.model import Document, Linked, make_capture
from quellenlage.pipeline import analyse, connect

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("joining_cases.toml").read_text("utf-8"))["case"]


def read(case: dict[str, Any]) -> list[Document]:
    documents = []
    for number, article in enumerate(case["article"]):
        text = f"{article['text']}\n"
        capture = make_capture(
            source=f"{number}.txt",
            media_type="text/plain",
            content=text.encode(),
            text=text,
            captured_at=f"2024-01-01T00:00:0{number}Z",
        )
        documents.append(analyse(capture, Overrides(dct=article.get("day"), outlet=f"Blatt {number}")))
    return documents


def event_at(linked: Linked, documents: list[Document], place: str) -> str:
    """The event that is told at a word of an article ("2: Brand")."""
    number, word = place.split(": ")
    document = documents[int(number) - 1]
    at = document.text.index(word)
    told = {m.id for m in document.events for s in (m.trigger, *m.also) if s.start <= at < s.end or s.start == at}
    return next(
        event.id
        for event in linked.events
        for account in event.accounts
        if account.member.article == document.article.id and account.member.local in told
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tellings_of_one_happening_are_one_event_and_others_are_not(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)
    documents = read(case)
    linked = connect(documents, [], frozenset())
    for one, other in case.get("same", ()):
        assert event_at(linked, documents, one) == event_at(linked, documents, other), (one, other)
    for one, other in case.get("apart", ()):
        assert event_at(linked, documents, one) != event_at(linked, documents, other), (one, other)
