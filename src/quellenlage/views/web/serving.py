"""Run the workbench until somebody stops it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from quellenlage.model import Archive
from quellenlage.views.discretion import Manner
from quellenlage.views.locale import Lang
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.access.access import server_options
from quellenlage.views.web.app import make_app

_STOPPING = 10  # seconds that requests under way may take when the server is stopped


class PortTaken(OSError):
    """Another program listens there, or the address is none of this machine's."""


def serve(
    archive: Archive,
    settings: Settings,
    *,
    lang: Lang,
    tls: tuple[Path | None, Path | None] = (None, None),
    pseudonyms: Manner | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serve an archive; `ready` is told the address as soon as it can be opened. `tls`: certificate and key.

    Raises:
        PortTaken: nothing can listen there.
        ArchiveUnusable, BadInput, MissingResource: as `make_access` and `make_app`.
    """
    app = make_app(archive, make_access(settings), lang=lang, pseudonyms=pseudonyms)
    certificate, key = tls
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=_STOPPING,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        **server_options(settings),
    )
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host.strip("[]"), settings.port))
    except OSError as error:
        listening.close()
        raise PortTaken(*error.args) from error
    listening.listen(128)
    ready(settings.address)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
