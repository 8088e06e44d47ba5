"""The server's side of the process that does the work: started, spoken to, ended."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quellenlage.store.beside import without_password

LAST_WORDS = 30
"""Lines of its standard error that are kept to tell why it ended."""

_LINE = 300

Message = Mapping[str, Any]


def command_for(archive: str) -> list[str]:
    """How the worker of an archive is started; a password is handed on by `secrets_of`, not for all to see."""
    return [sys.executable, "-m", "quellenlage.views.web.jobs.worker", without_password(archive)]


class Process:
    """One worker. `heard` is called with each message it sends, `ended` once with its exit status and last words.

    Both are called on a thread of this object.
    """

    def __init__(
        self,
        command: Sequence[str],
        heard: Callable[[Message], None],
        ended: Callable[[int, str], None],
        secrets: Mapping[str, str] | None = None,
    ) -> None:
        """Start it, with `secrets` in its environment. Raises OSError."""
        self._heard = heard
        self._ended = ended
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **(secrets or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            bufsize=1,
            start_new_session=True,  # Ctrl-C is meant for the server, which then closes its input
        )
        self._words: deque[str] = deque(maxlen=LAST_WORDS)
        self._writing = threading.Lock()
        self._complaints = threading.Thread(target=self._listen_to_complaints, daemon=True)
        self._complaints.start()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Say something; to one that ended nothing is said, and its end is told by itself."""
        stream = self._process.stdin
        with self._writing, contextlib.suppress(OSError, ValueError):
            if stream is not None:
                stream.write(json.dumps(message) + "\n")
                stream.flush()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self, seconds: float = 2.0) -> None:
        """Let it end: by itself, or after some seconds at once."""
        with self._writing, contextlib.suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            with contextlib.suppress(ValueError):
                self._heard(json.loads(line))
        status = self._process.wait()
        self._complaints.join(1.0)
        self._ended(status, next((words for words in reversed(self._words) if words), ""))

    def _listen_to_complaints(self) -> None:
        for line in self._process.stderr or ():
            sys.stderr.write(line)
            self._words.append(line.strip()[:_LINE])
