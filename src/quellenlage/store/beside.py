"""What an archive is called where people read it, and where the files lie that belong to it and are not in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quellenlage.errors import BadInput
from quellenlage.store.postgresql import connecting

STATE = "QUELLENLAGE_STATE"
"""Folder for what belongs to archives on servers; else one of this user, where programs keep such things."""


def called(location: str) -> str:
    """A path as it is; a URL without its password."""
    return connecting.shown(location) if connecting.is_postgres(location) else location


def without_password(location: str) -> str:
    """What may stand in the command line of another process, which everybody on a machine can read."""
    if not secrets_of(location):
        return location
    url = connecting.url_of(location)
    open_to_all = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return open_to_all.render_as_string(hide_password=False)


def secrets_of(location: str) -> dict[str, str]:
    """What such a process needs in its environment to open the same archive."""
    if not connecting.is_postgres(location):
        return {}
    password = connecting.url_of(location).password
    return {"PGPASSWORD": password} if password else {}


def beside(location: str, environ: Mapping[str, str] = os.environ) -> Path:
    """The path that the names of such files begin with: the archive itself, or what stands for one on a server.

    Raises:
        BadInput: the archive is neither a file nor on a server.
    """
    if "://" not in location:
        return Path(location).expanduser()
    if connecting.is_postgres(location):
        return _of_server(location, environ)
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise BadInput(location, "nothing can lie beside this archive", remedy="name a file, or a database on a server")
    return Path(url.database).expanduser()


def _of_server(location: str, environ: Mapping[str, str]) -> Path:
    """A name for host, port and database, whoever opens it; its folder is made, for this user alone."""
    url = connecting.url_of(location)
    home = environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    folder = Path(environ.get(STATE) or Path(home, "quellenlage"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    where = f"{url.host or ''}:{url.port or 5432}/{url.database}?{url.query.get('options', '')}"
    return folder / f"{url.database}-{hashlib.sha256(where.encode()).hexdigest()[:8]}"
