"""Large exports: each made by a process of its own in the background, and kept for a while to be fetched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quellenlage.errors import NotFound, Phrase
from quellenlage.model import to_builtins
from quellenlage.views.web.jobs import Failure, State
from quellenlage.views.web.jobs.job import phrase_record
from quellenlage.views.web.shown.export_made import Asked, Written

AT_ONCE = 2
"""Exports that are made at once; the others wait."""

KEPT, LASTS = 12, 2 * 3600.0
"""Files that are kept at most, and for how many seconds."""

_COMMAND = (sys.executable, "-m", "quellenlage.views.web.shown.export_made")


@dataclass(frozen=True, slots=True)
class Run:
    """An export on its way, or a file to be fetched; `folder` is deleted with it."""

    id: str
    owner: str
    asked: Asked
    title: str
    folder: str
    since: float
    state: State = State.QUEUED
    written: Written | None = None
    failure: Failure | None = None

    @property
    def path(self) -> Path:
        """Where the file is written."""
        return Path(self.folder) / "export"

    @property
    def size(self) -> int:
        """Bytes that are written so far."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


class Runs:
    """The exports of all sessions; threads share it."""

    def __init__(self, archive: str, *, steady: Callable[[], float] = time.monotonic) -> None:
        """Take where the archive is."""
        self._archive = archive
        self._steady = steady
        self._lock = threading.RLock()
        self._runs: dict[str, Run] = {}
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._closed = False

    def begin(self, asked: Asked, title: str, owner: str) -> Run:
        """Let a file be made. Raises OSError where it has no place."""
        folder = tempfile.mkdtemp(prefix="quellenlage-export-")
        with self._lock:
            run = Run(f"run-{uuid.uuid4().hex}", owner, asked, title, folder, self._steady())
            self._runs[run.id] = run
            self._tidy()
            self._next()
            return self._runs[run.id]

    def find(self, identifier: str, owner: str) -> Run:
        """An export of this session. Raises NotFound."""
        with self._lock:
            self._tidy()
            found = self._runs.get(identifier)
            if found is None or found.owner != owner:
                raise NotFound("{reference}: no such export in this session", reference=identifier)
            return found

    def drop(self, identifier: str, owner: str) -> None:
        """Stop an export, or delete its file. Raises NotFound."""
        with self._lock:
            self._drop(self.find(identifier, owner).id)
            self._next()

    def close(self) -> None:
        """Stop all and delete all files."""
        with self._lock:
            self._closed = True
            for identifier in list(self._runs):
                self._drop(identifier)

    def _tidy(self) -> None:
        now = self._steady()
        old = [one.id for one in self._runs.values() if now - one.since >= LASTS]
        ended = [one.id for one in self._runs.values() if one.state.ended]
        for one in dict.fromkeys([*old, *ended[: max(0, len(self._runs) - KEPT)]]):
            self._drop(one)

    def _drop(self, identifier: str) -> None:
        run = self._runs.pop(identifier)
        process = self._processes.pop(identifier, None)
        if process:
            process.kill()
        shutil.rmtree(run.folder, ignore_errors=True)

    def _next(self) -> None:
        waiting = [one for one in self._runs.values() if one.state is State.QUEUED]
        for run in waiting[: max(0, AT_ONCE - len(self._processes))]:
            if self._closed:
                return
            told = {"archive": self._archive, "asked": to_builtins(run.asked), "path": str(run.path)}
            try:
                process = subprocess.Popen(
                    _COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    start_new_session=True,
                    env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                )
            except OSError as error:
                self._runs[run.id] = _failed(run, Phrase("it could not be started: {error}", error=error))
                continue
            self._processes[run.id] = process
            self._runs[run.id] = replace(run, state=State.RUNNING)
            threading.Thread(target=self._watch, args=(run.id, process, told), daemon=True).start()

    def _watch(self, identifier: str, process: subprocess.Popen[str], told: dict[str, Any]) -> None:
        said, _errors = process.communicate(json.dumps(told))
        with self._lock:
            run = self._runs.get(identifier)
            if run is None or self._processes.pop(identifier, None) is None:
                return
            self._runs[identifier] = _ended(run, said, process.returncode)
            self._next()


def _ended(run: Run, said: str, status: int) -> Run:
    try:
        answer = json.loads(said)
    except ValueError:
        reason = (
            Phrase("signal {number}", number=-status) if status < 0 else Phrase("exit status {number}", number=status)
        )
        return _failed(run, reason)
    if "failure" in answer:
        return replace(run, state=State.FAILED, failure=Failure(**answer["failure"]))
    return replace(run, state=State.DONE, written=Written(**answer["written"]))


def _failed(run: Run, reason: Phrase) -> Run:
    message = Phrase("the background process ended: {reason}", reason=reason)
    return replace(run, state=State.FAILED, failure=Failure("crashed", phrase_record(message)))
