"""The page on which accounts are managed: made, given roles and passwords, disabled, logged out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import ArchiveUnusable, BadInput, NotFound, QuellenlageError
from quellenlage.views.web.access.access import Access
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.access.forms import Fields, Guarding, Sent
from quellenlage.views.web.access.passwords import check_strength
from quellenlage.views.web.access.roles import Role, User
from quellenlage.views.web.access.routes import requires
from quellenlage.views.web.page import Asked, Page

router = APIRouter(prefix="/accounts")

Admin = Annotated[User, Depends(requires("admin"))]
_log = logging.getLogger("quellenlage.access")
_EXPECTED = (BadInput, NotFound, ArchiveUnusable)


@router.get("")
async def listed(request: Request, page: Asked, access: Guarding, _: Admin) -> Response:
    """All accounts, and the tokens of their programs."""
    return _shown(page, access, done=request.query_params.get("done", ""))


@router.post("")
async def add(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Make an account."""
    role, name = sent.role(), sent["name"]

    def make(book: Book) -> None:
        check_strength(sent["password"], name)
        book.accounts.add(name, access.passwords.hash(sent["password"]), role)

    return await _do("added", make, page, access, (admin, sent))


@router.post("/password")
async def set_password(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Give somebody who forgot it another password; it ends their sessions."""

    def change(book: Book) -> None:
        check_strength(sent["password"], sent["name"])
        book.accounts.set_hash(sent["name"], access.passwords.hash(sent["password"]), end_sessions=True)

    return await _do("password", change, page, access, (admin, sent))


@router.post("/role")
async def set_role(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Change what somebody may do."""
    role = sent.role()
    return await _do("role", lambda b: b.accounts.set_role(sent["name"], role), page, access, (admin, sent))


@router.post("/disable")
async def disable(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Let somebody in no more; sessions and tokens end."""
    return await _do("disabled", lambda b: b.accounts.disable(sent["name"]), page, access, (admin, sent))


@router.post("/enable")
async def enable(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Let somebody in again."""
    return await _do("enabled", lambda b: b.accounts.enable(sent["name"]), page, access, (admin, sent))


@router.post("/sessions")
async def end_sessions(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Log somebody out everywhere."""
    return await _do("ended", lambda b: b.accounts.end_sessions(sent["name"]), page, access, (admin, sent))


@router.post("/tokens")
async def revoke_token(page: Asked, access: Guarding, admin: Admin, sent: Sent) -> Response:
    """Revoke a token."""
    return await _do("revoked", lambda b: b.tokens.revoke(sent["name"], sent["label"]), page, access, (admin, sent))


async def _do(
    done: str, change: Callable[[Book], object], page: Page, access: Access, who: tuple[User, Fields]
) -> Response:
    """Carry out a change and show the accounts; where it cannot be done, say why."""
    admin, sent = who

    def carry_out() -> None:
        book = access.book(create=done == "added")
        if book is None:
            raise NotFound("{name}: there is no such account", name=sent["name"])
        change(book)

    try:
        await run_in_threadpool(carry_out)
    except _EXPECTED as error:
        return _shown(page, access, error=error, name=sent["name"])
    _log.info("accounts: %s %r by %r", done, sent["name"][:64], admin.name)
    return RedirectResponse(f"/accounts?done={done}", 303)


def _shown(
    page: Page, access: Access, *, done: str = "", error: QuellenlageError | None = None, name: str = ""
) -> Response:
    book = access.book()
    return page.render(
        "access/accounts.html",
        status=400 if error else 200,
        accounts=book.accounts.all() if book else [],
        tokens=book.tokens.all() if book else [],
        roles=list(Role),
        local=access.settings.local,
        done=done,
        error=in_words(page, error),
        name=name[:64],
        when=day_of(page),
    )


def in_words(page: Page, error: QuellenlageError | None) -> str:
    """An error in the language of the page, with what helps; empty without one."""
    if error is None:
        return ""
    said, advice = page.words.phrase(error.said), page.words.phrase(error.advice)
    return f"{said} – {advice}" if advice else said


def day_of(page: Page) -> Callable[[int | None], str]:
    """A function that writes a time, in seconds since 1970, as a day in the language of the page."""
    from babel.dates import format_date

    def day(seconds: int | None) -> str:
        return format_date(datetime.fromtimestamp(seconds, UTC), locale=page.lang) if seconds else ""

    return day
