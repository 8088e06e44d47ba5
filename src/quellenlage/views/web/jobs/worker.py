"""The process that does the work: `python -m quellenlage.views.web.jobs.worker ARCHIVE`.

It reads JSON Lines from standard input (a job to do, a job to stop) and answers on standard output; what libraries
print goes to standard error. Its priority is low, so that answers of the server stay quick, and it ends with the
server, whose end closes its input. Stopping it at any moment is safe: see `execution.build`.
"""

from __future__ import annotations

import _thread
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from types import FrameType
from typing import IO, Any

from quellenlage.views.web.jobs.job import failure_of
from quellenlage.views.web.jobs.kinds import KINDS
from quellenlage.views.web.jobs.work import Work

NICE = 10
_EVERY = 0.1
"""Seconds between two messages about progress."""


class Stopped(BaseException):
    """The job was stopped by somebody; no error, so that nothing takes it for one."""


class Told:
    """Tells the server how far a job is (`execution.Progress`)."""

    def __init__(self, answer: Answers, job: str) -> None:
        """Nothing is told yet."""
        self._answer = answer
        self._job = job
        self._label = ""
        self._total: int | None = None
        self._done = 0
        self._last = 0.0

    def start(self, total: int | None, label: str) -> None:
        """Begin a piece of work."""
        self._label, self._total, self._done = label, total, 0
        self._tell()

    def advance(self, steps: int = 1) -> None:
        """Some steps are done."""
        self._done += steps
        if time.monotonic() - self._last >= _EVERY:
            self._tell()

    def finish(self) -> None:
        """The piece of work has ended."""
        self._tell()

    def _tell(self) -> None:
        self._last = time.monotonic()
        self._answer.send({"job": self._job, "label": self._label, "done": self._done, "total": self._total})


class Answers:
    """Standard output, kept for messages alone."""

    def __init__(self) -> None:
        """Take the stream away from whoever else prints."""
        self._stream: IO[str] = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
        os.dup2(2, 1)

    def send(self, message: Mapping[str, Any]) -> None:
        """Write one message; where nobody reads any more, end."""
        try:
            self._stream.write(json.dumps(message, ensure_ascii=True, default=str) + "\n")
            self._stream.flush()
        except OSError:
            os._exit(0)


class Worker:
    """Jobs as they come in, one after another."""

    def __init__(self, archive: str) -> None:
        """Keep where the archive is; it is opened for each job anew, since it may be replaced."""
        self._archive = archive
        self._answers = Answers()
        self._asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._running: str | None = None
        self._stop: str | None = None

    def run(self) -> None:
        """Work until the input ends, or until a job was stopped: what it left half done ends with the process."""
        signal.signal(signal.SIGINT, self._interrupted)
        threading.Thread(target=self._read, daemon=True).start()
        self._answers.send({"ready": os.getpid()})
        while True:
            request = self._asked.get()
            job = str(request["job"])
            try:
                self._running = job
                if self._stop == job:
                    raise Stopped
                report = self._do(request)
                self._running = None
                self._answers.send({"job": job, "report": report})
            except Stopped:
                self._answers.send({"job": job, "stopped": True})
                return
            except Exception as error:
                # One job must never take the next with it; particulars go to the log of the server.
                self._running = None
                traceback.print_exc()
                failure = failure_of(error)
                told = {"code": failure.code, "message": failure.message, "remedy": failure.remedy}
                self._answers.send({"job": job, "failure": told})

    def _do(self, request: Mapping[str, Any]) -> dict[str, Any]:
        from quellenlage.store import open_archive

        progress = Told(self._answers, str(request["job"]))
        archive = open_archive(self._archive)
        try:
            return KINDS[str(request["kind"])].run(Work(archive, progress), request["payload"])
        finally:
            archive.close()

    def _read(self) -> None:
        for line in sys.stdin:
            message = json.loads(line)
            if "stop" in message:
                self._stop = str(message["stop"])
                _thread.interrupt_main()
            else:
                self._asked.put(message)
        os._exit(0)  # the server is gone: what is written is kept, what is not is done by the next build

    def _interrupted(self, _signal: int, _frame: FrameType | None) -> None:
        if self._stop is not None and self._stop == self._running:
            raise Stopped


def main() -> None:
    """Entry point of the process."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    Worker(sys.argv[1]).run()


if __name__ == "__main__":
    main()
