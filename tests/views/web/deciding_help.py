"""What the tests of decisions share: a client that decides, and a link that only notes that it was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.model import Archive, Judgement
from quellenlage.store import open_archive
from quellenlage.views.web.jobs import Jobs

HTMX = {"HX-Request": "true"}


@dataclass
class Desk:
    """A client that may decide, the archive behind it, and the judgements for which a link was asked."""

    client: TestClient
    archive: Archive
    told: list[Judgement] = field(default_factory=list)

    @property
    def csrf(self) -> str:
        """The token that forms carry."""
        return str(self.page("/decisions").cssselect('meta[name="csrf"]')[0].get("content"))

    def page(self, path: str) -> Any:
        """A page, which has to be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text[:400]
        return html.fromstring(answer.text)

    def post(self, path: str, fields: dict[str, Any], *, htmx: bool = False) -> Any:
        """A form as a browser sends it."""
        headers = HTMX if htmx else {}
        return self.client.post(path, data={"csrf": self.csrf, **fields}, headers=headers, follow_redirects=False)

    def decide(self, verdict: str, subject: str, **fields: Any) -> Any:
        """One decision without a script."""
        return self.post("/decisions", {"verdict": verdict, "subject": subject, **fields})

    @property
    def log(self) -> list[Judgement]:
        """All that was recorded."""
        return self.archive.judgements()


@contextmanager
def deciding(client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk over a client's own archive; nothing is linked."""
    archive = open_archive(str(path))
    desk = Desk(client, archive)

    def decided(_self: Jobs, made: Sequence[Judgement], _author: str) -> None:
        desk.told += made

    monkeypatch.setattr(Jobs, "decided", decided)
    try:
        yield desk
    finally:
        archive.close()
