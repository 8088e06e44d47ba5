"""What a page says of who may open it: `requires("editor")`, and how often: `limited("search", per_minute=60)`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.requests import Request

from quellenlage.errors import Defect
from quellenlage.views.web.access.csrf import SAFE
from quellenlage.views.web.access.refusing import Refused, too_often
from quellenlage.views.web.access.roles import Role, User

Guard = Callable[[Request], Awaitable[User]]
_MARK = "quellenlage_role"


def requires(role: str) -> Guard:
    """A dependency that gives the user, or refuses who may not: 401 without a login, 403 without the role.

    Raises:
        ValueError: there is no such role.
    """
    needed = Role(role)

    async def guard(request: Request) -> User:
        user: User | None = request.state.user
        if user is None:
            raise Refused(401, "login")
        if not user.role.covers(needed):
            raise Refused(403, "role")
        return user

    setattr(guard, _MARK, needed)
    return guard


def limited(what: str, *, per_minute: float, burst: int = 10) -> Callable[[Request], Awaitable[None]]:
    """A dependency for what is expensive: each session, token or address may do it so often; else 429.

    Who sits at the machine itself is not limited.
    """

    async def take(request: Request) -> None:
        access, asker = request.state.access, request.state.asker
        if asker is not None:
            wait = access.buckets.take(f"{what} {asker}", per_minute=per_minute, burst=burst)
            if wait:
                raise too_often(wait)

    return take


def check_routes(app: FastAPI) -> None:
    """Make sure that nothing can be changed unguarded.

    Raises:
        Defect: a route takes a method that changes something, and does not say which role it needs.
    """
    if found := list(unguarded(app)):
        raise Defect(f"routes without requires(...): {', '.join(found)}")


def unguarded(app: FastAPI) -> Iterator[str]:
    """Method and path of each route that changes something for whoever asks; the login is none of them."""
    for route in iter_route_contexts(app.routes):
        methods = sorted((route.methods or set()) - SAFE)
        if methods and route.path != "/login" and not _guarded(getattr(route, "dependant", None)):
            yield f"{'/'.join(methods)} {route.path}"


def _guarded(dependant: Any) -> bool:
    if dependant is None:
        return False
    return hasattr(dependant.call, _MARK) or any(_guarded(one) for one in dependant.dependencies)
