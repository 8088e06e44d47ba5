"""Whether this server and its archive answer: for whoever restarts it, without a login and without a word more."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from quellenlage.views.web.access.identify import HEALTH
from quellenlage.views.web.page import Asked

router = APIRouter()


@router.get(HEALTH)
def health(page: Asked) -> Response:
    """Ask the archive something small; where it cannot answer, `Standing` and the handlers of errors say 503."""
    page.archive.linked_fingerprint()
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
