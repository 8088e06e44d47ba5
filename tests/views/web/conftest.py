"""What a browser sees of the workbench over the bundled sample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quellenlage.store import open_archive
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app


@contextmanager
def served(path: Path) -> Iterator[TestClient]:
    """Somebody with all rights at an archive."""
    archive = open_archive(str(path), create=not path.exists())
    try:
        access = make_access(Settings(archive=str(path), port=8765))
        with TestClient(make_app(archive, access, lang="de"), base_url="http://127.0.0.1:8765") as client:
            client.headers["accept-language"] = "de"
            yield client
    finally:
        archive.close()


@pytest.fixture(scope="session")
def client(sample_path: Path) -> Iterator[TestClient]:
    """Somebody with all rights who reads the sample; nothing may be changed through it."""
    with served(sample_path) as made:
        yield made


@pytest.fixture
def own_client(own_path: Path) -> Iterator[TestClient]:
    """The same over a copy that a test may change."""
    with served(own_path) as made:
        yield made
