"""The workbench and its API over an archive, as whoever sits at the machine reaches them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from quellenlage.store import open_archive
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app

PORT = 8765
HOST = f"127.0.0.1:{PORT}"


@contextmanager
def served(path: Path, *, follow_redirects: bool = True) -> Iterator[TestClient]:
    """Somebody with all rights at an archive, in German; made where there is none."""
    archive = open_archive(str(path), create=not path.exists())
    try:
        app = make_app(archive, make_access(Settings(archive=str(path), port=PORT)), lang="de")
        with TestClient(app, base_url=f"http://{HOST}", follow_redirects=follow_redirects) as client:
            client.headers["accept-language"] = "de"
            yield client
    finally:
        archive.close()
