"""The REST API over the bundled sample, behind the guards of the workbench."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.views.serving import HOST, served

from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.api import PREFIX
from quellenlage.views.web.jobs import Job, Jobs
from quellenlage.views.web.jobs.jobs import Manners
from quellenlage.views.web.workbench import Workbench

IDLE = (sys.executable, "-c", "import sys; sys.stdin.read()")
"""A background process that takes every job and never ends one."""


@pytest.fixture(scope="session")
def client(sample_path: Path) -> Iterator[TestClient]:
    """Who sits at the machine and reads the sample; nothing may be changed through it."""
    with served(sample_path, follow_redirects=False) as made:
        yield made


@pytest.fixture
def own_client(own_path: Path) -> Iterator[TestClient]:
    """The same over a copy that a test may change."""
    with served(own_path, follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="session")
def archive(sample_path: Path) -> Iterator[SqlArchive]:
    opened = open_archive(str(sample_path))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def known(archive: SqlArchive) -> dict[str, str]:
    """An identifier of each kind, of things with much to tell."""
    linked = archive.linked()
    event = max(linked.events, key=lambda e: (any(c.event == e.id for c in linked.conflicts), len(e.accounts)))
    statement = max(linked.statements, key=lambda s: len(s.retellings))
    speaker = next(one for s in linked.statements for one in s.speakers if one.startswith("ent-"))
    return {
        "event": event.id,
        "entity": speaker,
        "claim": statement.retellings[0].claim,
        "statement": statement.id,
        "conflict": linked.conflicts[0].id,
        "story": linked.stories[0].id,
        "origin": max(linked.origins, key=lambda o: len(o.articles)).id,
        "article": event.accounts[0].member.article,
    }


class Impatient(Jobs):
    """Background work for which nobody waits."""

    def wait(self, job_id: str, timeout: float | None = None) -> Job:
        return super().wait(job_id, 0)


def with_idle_worker(app: Any, archive: SqlArchive, journal: Path) -> Jobs:
    """Let the API of an application have background work that never ends."""
    jobs = Impatient(archive, Manners(command=IDLE, journal=journal, grace=0.2))
    api = next(route.app for route in app.routes if getattr(route, "path", "") == PREFIX)
    api.state.workbench = Workbench(archive, jobs, "de")
    return jobs


class AsHost:
    """An application as a client sees it that asks the right host, without a browser's headers."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope = {**scope, "headers": [*headers, (b"host", HOST.encode())]}
        await self.app(scope, receive, send)
