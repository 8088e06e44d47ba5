"""Errors as pages: what went wrong, and what one can do about it, in the language of the page."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quellenlage.errors import (
    ArchiveUnusable,
    BadInput,
    MissingResource,
    NotFound,
    QuellenlageError,
    TooLarge,
)
from quellenlage.views.discretion import discreet
from quellenlage.views.web.page import get_page

KNOWN: tuple[type[Exception], ...] = (QuellenlageError, RequestValidationError)

_STATUS: tuple[tuple[type[QuellenlageError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (BadInput, HTTPStatus.BAD_REQUEST),
    (MissingResource, HTTPStatus.SERVICE_UNAVAILABLE),
    (ArchiveUnusable, HTTPStatus.SERVICE_UNAVAILABLE),
)

_TYPED = ("text", "urls", "note", "title", "value", "q")
"""Fields of forms that hold what somebody wrote; never those of passwords."""

_log = logging.getLogger(__name__)


def status_of(error: QuellenlageError) -> HTTPStatus:
    """The HTTP status of an error of ours; a defect is the server's."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def known(request: Request, error: Exception) -> Response:
    """The page of an error that was raised on purpose, or of parameters that make no sense."""
    page = get_page(request)
    if not isinstance(error, QuellenlageError):
        return _shown(request, HTTPStatus.BAD_REQUEST, page.say("This address asks for something that makes no sense."))
    status = status_of(error)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("defect at %s", request.url.path, exc_info=error)
    return _shown(request, status, page.words.phrase(discreet(error.said)), page.words.phrase(discreet(error.advice)))


def refused(request: Request, error: Exception) -> Response:
    """The page of an HTTP error: an address that is not there, a method or a right that is missing."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    say = get_page(request).say
    told = {
        404: say("There is no page at this address."),
        403: say("You are not allowed to do this."),
        405: say("This address cannot be used in this way."),
    }
    answer = _shown(request, HTTPStatus(status), told.get(status, ""))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


def unexpected(request: Request, error: Exception) -> Response:
    """The page of an error that nobody foresaw; the log has the details."""
    _log.error("unexpected error at %s", request.url.path, exc_info=error)
    say = get_page(request).say
    return _shown(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        say("Something went wrong that should not have; nothing was lost."),
        say("The log of the server has the details. Please report it."),
    )


def _shown(request: Request, status: HTTPStatus, message: str, remedy: str = "") -> Response:
    page = get_page(request)
    titles = {
        HTTPStatus.NOT_FOUND: page.say("Not found"),
        HTTPStatus.BAD_REQUEST: page.say("This cannot be read"),
        HTTPStatus.FORBIDDEN: page.say("Not allowed"),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: page.say("Too large"),
        HTTPStatus.SERVICE_UNAVAILABLE: page.say("Not available"),
        HTTPStatus.INTERNAL_SERVER_ERROR: page.say("Something went wrong"),
    }
    title = titles.get(status, status.phrase)
    return page.render(
        "error.html",
        status=status.value,
        number=status.value,
        title=title,
        message=message,
        remedy=remedy,
        typed=_typed(request),
    )


def _typed(request: Request) -> list[str]:
    """What somebody wrote into the form that failed: else it would be lost with the page that it was written on."""
    # Whoever handled the request has read the form, and Starlette keeps it there; before that nothing was read.
    form: FormData | None = getattr(request, "_form", None)
    if request.method != "POST" or form is None:
        return []
    texts = (form.get(name) for name in _TYPED)
    return [text for text in texts if isinstance(text, str) and text.strip()]
