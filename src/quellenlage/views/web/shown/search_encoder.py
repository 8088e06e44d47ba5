"""The model for search by meaning, kept in memory: loaded once a process, in the background, since it takes seconds."""

from __future__ import annotations

import logging
from enum import StrEnum
from threading import Lock, Thread

from quellenlage.errors import QuellenlageError
from quellenlage.execution import Encoder, installed_encoder

_log = logging.getLogger(__name__)


class Stand(StrEnum):
    """How far the model is."""

    WAITING = "waiting"
    LOADING = "loading"
    READY = "ready"
    MISSING = "missing"


class Resident:
    """An encoder that answers when it is loaded, and nothing before; `start` may be called by any thread, often."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._lock = Lock()
        self._stand = Stand.WAITING
        self._encoder: Encoder | None = None
        self._loading: Thread | None = None

    @property
    def stand(self) -> Stand:
        """How far it is."""
        return self._stand

    @property
    def encoder(self) -> Encoder | None:
        """The encoder once it is loaded."""
        return self._encoder

    def start(self) -> Thread | None:
        """Load in the background what is not loaded yet; returns the thread that does or did so."""
        with self._lock:
            if self._stand is Stand.WAITING:
                self._stand = Stand.LOADING
                self._loading = Thread(target=self._load, name="encoder", daemon=True)
                self._loading.start()
            return self._loading

    def _load(self) -> None:
        try:
            encoder = installed_encoder()
            if encoder is not None:
                encoder.encode(["Anfang"], "query")
        except (QuellenlageError, OSError, ValueError, ImportError) as error:
            _log.warning("no search by meaning: %s", error)
            encoder = None
        self._encoder = encoder
        self._stand = Stand.READY if encoder else Stand.MISSING


RESIDENT = Resident()
"""The encoder of this process."""
