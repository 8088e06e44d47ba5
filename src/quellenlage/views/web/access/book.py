"""The accounts of an archive, opened: accounts, sessions of browsers, tokens of programs."""

from __future__ import annotations

import time
from pathlib import Path

from quellenlage.views.web.access.accounts import Accounts, Clock
from quellenlage.views.web.access.sessions import Sessions
from quellenlage.views.web.access.settings import Bounds
from quellenlage.views.web.access.store import open_accounts
from quellenlage.views.web.access.tokens import Tokens


class Book:
    """All that the file of accounts holds."""

    def __init__(self, path: Path, *, create: bool = False, bounds: Bounds | None = None, clock: Clock = time.time):
        """Open the file, or make it. Raises ArchiveUnusable."""
        self._engine = open_accounts(path, create=create)
        self.accounts = Accounts(self._engine, clock)
        self.sessions = Sessions(self._engine, clock, bounds or Bounds())
        self.tokens = Tokens(self._engine, clock)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
