"""Pages of the login and of one's own account: password, tokens of programs."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import BadInput, NotFound, QuellenlageError
from quellenlage.views.web.access import managing
from quellenlage.views.web.access.access import Access
from quellenlage.views.web.access.accounts import Kept
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.access.forms import Guarding, Sent
from quellenlage.views.web.access.passwords import check_strength
from quellenlage.views.web.access.paths import local_path
from quellenlage.views.web.access.refusing import Refused, too_often
from quellenlage.views.web.access.roles import Role, User, lesser
from quellenlage.views.web.access.routes import requires
from quellenlage.views.web.access.secret import csrf_of, new_secret
from quellenlage.views.web.page import Asked, Page

router = APIRouter()
router.include_router(managing.router)

Reader = Annotated[User, Depends(requires("reader"))]
_log = logging.getLogger("quellenlage.access")
_DAYS = ("30", "90", "365")
"""How long a token may last; the form offers no endless one."""


@router.get("/login")
async def login_page(request: Request, page: Asked, access: Guarding) -> Response:
    """The form; who is logged in goes on."""
    wanted = local_path(request.query_params.get("next", "/"))
    if request.state.user is not None:
        return RedirectResponse(wanted, 303)
    return _login_form(page, access, wanted)


@router.post("/login")
async def login(request: Request, page: Asked, access: Guarding, sent: Sent) -> Response:
    """Check name and password. Whether the name, the password or the account was wrong is not said."""
    wanted, name = local_path(sent["next"]), sent["name"]
    book = access.book()
    if access.settings.local or book is None:
        return RedirectResponse("/", 303)
    address = request.client.host if request.client else ""
    wait = access.delays.attempt(name, address)
    if wait:
        answer = _login_form(page, access, wanted, name=name, problem="often", status=429)
        answer.headers.update(too_often(wait).headers or {})
        return answer
    kept = book.accounts.kept(name)
    good = await access.matches(sent["password"], kept.hash if kept else None)
    if not good or kept is None or kept.disabled:
        _log.warning("login refused: %r from %r", name[:64], address)
        return _login_form(page, access, wanted, name=name, problem="wrong", status=403)
    access.delays.succeeded(name, address)
    if access.passwords.outdated(kept.hash):
        made = await run_in_threadpool(access.passwords.hash, sent["password"])
        await run_in_threadpool(book.accounts.set_hash, kept.name, made, end_sessions=False)
    _log.info("login: %r from %r", kept.name, address)
    return await _enter(request, access, book, kept, wanted)


async def _enter(request: Request, access: Access, book: Book, kept: Kept, wanted: str) -> Response:
    """Start a session of its own: what secret the browser came with is worth nothing afterwards."""
    if request.state.session:
        await run_in_threadpool(book.sessions.end, request.state.session)
    secret = await run_in_threadpool(book.sessions.start, kept.id)
    answer = RedirectResponse(wanted, 303)
    access.drop_cookie(answer, access.form_cookie)
    access.set_cookie(answer, access.session_cookie, secret)
    return answer


@router.post("/logout")
async def logout(request: Request, access: Guarding, _: Reader) -> Response:
    """End the session."""
    book = access.book()
    if book is not None and request.state.session:
        await run_in_threadpool(book.sessions.end, request.state.session)
    answer = RedirectResponse("/" if access.settings.local else "/login", 303)
    access.drop_cookie(answer, access.session_cookie)
    return answer


@router.get("/account")
async def account(request: Request, page: Asked, access: Guarding, user: Reader) -> Response:
    """One's own account."""
    return _account(page, access, user, done=request.query_params.get("done", ""))


@router.post("/account/password")
async def change_password(request: Request, page: Asked, access: Guarding, user: Reader, sent: Sent) -> Response:
    """Set another password: it ends all sessions, this one goes on under a new secret."""
    book, kept = _own(access, user)
    address = request.client.host if request.client else ""
    wait = access.delays.attempt(kept.name, address)
    if wait:
        raise too_often(wait)
    if not await access.matches(sent["current"], kept.hash):
        return _account(page, access, user, problem="current", status=403)
    access.delays.succeeded(kept.name, address)
    if sent["password"] != sent["again"]:
        return _account(page, access, user, problem="differ", status=400)
    try:
        check_strength(sent["password"], kept.name)
    except BadInput as error:
        return _account(page, access, user, error=error, status=400)
    made = await run_in_threadpool(access.passwords.hash, sent["password"])
    await run_in_threadpool(book.accounts.set_hash, kept.name, made, end_sessions=True)
    _log.info("password changed: %r", kept.name)
    return await _enter(request, access, book, kept, "/account?done=password")


@router.post("/account/tokens")
async def make_token(page: Asked, access: Guarding, user: Reader, sent: Sent) -> Response:
    """Make a token: this answer shows it, and nothing will again."""
    book, kept = _own(access, user)
    days = int(sent["days"]) if sent["days"] in _DAYS else int(_DAYS[0])
    role = lesser(sent.role(), user.role)
    try:
        token = await run_in_threadpool(book.tokens.add, kept.name, sent["label"], role, days=days)
    except BadInput as error:
        return _account(page, access, user, error=error, status=400)
    _log.info("token made: %r of %r", sent["label"][:64], kept.name)
    return _account(page, access, user, token=token)


@router.post("/account/tokens/revoke")
async def revoke_token(page: Asked, access: Guarding, user: Reader, sent: Sent) -> Response:
    """Revoke a token of one's own."""
    book, kept = _own(access, user)
    try:
        await run_in_threadpool(book.tokens.revoke, kept.name, sent["label"])
    except NotFound as error:
        return _account(page, access, user, error=error, status=404)
    return RedirectResponse("/account?done=revoked", 303)


def _own(access: Access, user: User) -> tuple[Book, Kept]:
    """One's own account. Raises Refused for who sits at the machine and has none."""
    book = access.book()
    kept = book.accounts.kept(user.name) if book is not None and user.account is not None else None
    if book is None or kept is None:
        raise Refused(403, "role")
    return book, kept


def _login_form(
    page: Page, access: Access, wanted: str, *, name: str = "", problem: str = "", status: int = 200
) -> Response:
    state = page.request.state
    fresh = new_secret() if state.user is None and state.form is None else None
    if fresh:
        state.csrf = csrf_of(fresh)
    answer = page.render("access/login.html", status=status, next=wanted, name=name[:64], problem=problem)
    if fresh:
        access.set_cookie(answer, access.form_cookie, fresh)
    return answer


def _account(
    page: Page,
    access: Access,
    user: User,
    *,
    status: int = 200,
    error: QuellenlageError | None = None,
    **said: str,
) -> Response:
    book = access.book() if user.account is not None else None
    told = {"problem": "", "done": "", "token": "", **said}
    return page.render(
        "access/account.html",
        status=status,
        has_account=user.account is not None,
        tokens=[one for one in book.tokens.all() if one.account == user.name] if book else [],
        roles=[role for role in Role if user.role.covers(role)],
        days=_DAYS,
        error=managing.in_words(page, error),
        when=managing.day_of(page),
        **told,
    )
