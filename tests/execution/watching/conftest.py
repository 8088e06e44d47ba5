from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.execution.watching.site import Site
from tests.execution.watching.watched import Watched


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def watched(tmp_path: Path, site: Site) -> Iterator[Watched]:
    made = Watched(tmp_path, site)
    yield made
    made.state.__exit__()
    made.archive.close()
