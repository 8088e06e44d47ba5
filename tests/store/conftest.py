"""Every test that opens archives runs on both databases, but for those that are about one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.databases import POSTGRESQL, SQLITE, Database, using

_OPENING = ("open_archive", "views_story", "build_archive")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask for both where a module opens archives."""
    if any(hasattr(metafunc.module, name) for name in _OPENING):
        only = metafunc.definition.get_closest_marker("database")
        kinds = only.args if only else (SQLITE, POSTGRESQL)
        metafunc.parametrize("database", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module", autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Where the archives of a module lie."""
    with using(getattr(request, "param", SQLITE)) as found:
        yield found


@pytest.fixture(autouse=True)
def _cleared(database: Database) -> Iterator[None]:
    with database.clearing():
        yield
