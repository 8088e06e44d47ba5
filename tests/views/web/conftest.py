"""What a browser sees of the workbench over the bundled sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views.serving import served


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
