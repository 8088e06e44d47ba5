"""What all pages share: the archive, the background work, and where both are."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from quellenlage.model import Archive
from quellenlage.views.locale import Lang
from quellenlage.views.web.jobs import Jobs


@dataclass(frozen=True, slots=True)
class Workbench:
    """One archive being served; threads share it."""

    archive: Archive
    jobs: Jobs
    lang: Lang
    """Language of who asks for none."""


def workbench_of(request: Request) -> Workbench:
    """The workbench behind a request."""
    found: Workbench = request.app.state.workbench
    return found
