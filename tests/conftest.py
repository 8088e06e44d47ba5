"""What all tests share.

Rules are specified by examples of single sentences, so most tests read with rules alone; the folders and modules named
here read as users do, with the encoder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.databases import schema_made_once

from quellenlage.encoder import files

# Speed is measured by `make bench`: no test fails because the machine is busy, so Hypothesis holds no clock either.
settings.register_profile("untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

WITH_ENCODER = ("whole", "encoder", "evaluation")
MODULES = (
    "test_claims_hard_cases",
    "test_mention_encoder",
    "test_language_words",
    "test_quotation_reader",
    "test_searching_by_meaning",
)

LONG = ("whole", "execution", "views/web/browser", "views/web/jobs", "views/mcp")
"""Where the longest files lie: they begin first, so that no process waits for the last of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, everything else as it was."""
    root = Path(__file__).parent
    places = [str(root / folder) + "/" for folder in LONG]
    items.sort(key=lambda item: not str(item.path).startswith(tuple(places)))


@pytest.fixture(scope="session", autouse=True)
def _schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with schema_made_once(tmp_path_factory.mktemp("schema")):
        yield


@pytest.fixture(autouse=True)
def models(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose the models of a test; also keeps `--models` of one test from reaching the next."""
    path = Path(request.node.path).relative_to(Path(__file__).parent)
    reads = path.parts[0] in WITH_ENCODER or path.stem in MODULES
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT if reads else files.Models.RULES)
