"""Every operation under generated requests, sound and unsound: it does what its description says, and never fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from tests.views.api.conftest import AsHost, with_idle_worker

from quellenlage.store import open_archive
from quellenlage.views.api import PREFIX
from quellenlage.views.api.document import description
from quellenlage.views.exports.formats import FORMATS
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app

EXAMPLES = int(os.environ.get("QUELLENLAGE_API_EXAMPLES", "10"))
"""Requests generated for each operation, beside those that cover each rule of the description once."""


CONFIG = SchemathesisConfig.from_dict(
    {
        "request-timeout": 120,  # seconds: no test fails because the machine is busy
        "checks": {
            # Without the model for search by meaning, which tests do not need, it is a clear 503.
            "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", "503"]},
            # Addresses over the bound of the server are refused before anybody reads them.
            "negative_data_rejection": {"expected-statuses": ["400", "403", "404", "405", "409", "414", "415", "422"]},
            "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "404", "409", "414", "503"]},
        },
    }
)
SERVED = AsHost()
schema = schemathesis.openapi.from_dict(description(), config=CONFIG)
schema.app = SERVED
schema.location = f"{PREFIX}/openapi.json"
KNOWN: dict[str, str] = {}
"""Identifiers of what there is."""


@schema.hook
def map_path_parameters(_context: Any, given: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ask every second time for what there is: what is made up is never found. Of exports only a quick one is made."""
    if given and given.get("format") in FORMATS:
        return {"format": "md" if given["format"] not in {"timeml", "csv"} else given["format"]}
    if given is None or crc32(str(given).encode()) % 2:
        return given
    return {
        name: KNOWN[name] if name in KNOWN and str(value).startswith(KNOWN[name][:4]) else value
        for name, value in given.items()
    }


@schema.hook
def map_query(_context: Any, given: dict[str, Any] | None) -> dict[str, Any] | None:
    """Ask for days in their order: a range that ends before it begins is refused, and no description can say that."""
    if given and isinstance(given.get("from"), str) and isinstance(given.get("to"), str):
        first, last = sorted((given["from"], given["to"]))
        return {**given, "from": first, "to": last}
    return given


@pytest.fixture(scope="module", autouse=True)
def _served(sample_path: Path, tmp_path_factory: pytest.TempPathFactory, known: dict[str, str]) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("schemathesis")
    path = folder / "own.db"
    shutil.copy(sample_path, path)
    archive = open_archive(str(path))
    SERVED.app = make_app(archive, make_access(Settings(archive=str(path), port=8765)), lang="de")
    jobs = with_idle_worker(SERVED.app, archive, folder / "journal")
    KNOWN.update(known)
    yield
    jobs.close()
    archive.close()


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_it_does_what_its_description_says(case: Any) -> None:
    case.call_and_validate()
