"""Where somebody goes on after the login: only to a page of ours."""

from __future__ import annotations

from urllib.parse import urlsplit

_LONGEST = 2048
_NOT_AFTER = ("/login", "/logout")


def local_path(wanted: str) -> str:
    """The path itself if it leads to a page of this server, else "/".

    Browsers drop tabs and line ends and read a backslash as a slash: whatever holds one is no path of ours.
    """
    if not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > _LONGEST:
        return "/"
    if any(c <= " " or c in "\\\x7f" or not c.isprintable() for c in wanted):
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path in _NOT_AFTER:
        return "/"
    return wanted
