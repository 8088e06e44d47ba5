"""Who may use the workbench: on this machine anyone who sits at it, from elsewhere accounts only.

`make_access(settings).install(app)` puts the guards before every page; a page says `requires("editor")`.
What is exported here is imported when it is asked for, so that the command line needs no web server for accounts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quellenlage.views.web.access.access import Access, make_access
    from quellenlage.views.web.access.roles import Role, User
    from quellenlage.views.web.access.routes import limited, requires
    from quellenlage.views.web.access.settings import Bounds, Settings

_PLACES = {
    "Access": "access",
    "make_access": "access",
    "Role": "roles",
    "User": "roles",
    "limited": "routes",
    "requires": "routes",
    "Bounds": "settings",
    "Settings": "settings",
}

__all__ = ["Access", "Bounds", "Role", "Settings", "User", "limited", "make_access", "requires"]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
