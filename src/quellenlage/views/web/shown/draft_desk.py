"""Drafts that are being checked: kept in memory for the session that sent them, never in the archive or on the disk.

A process of their own compares them, so that nobody waits until new articles are analysed, and pages stay quick.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import msgspec

from quellenlage.errors import NotFound, Phrase
from quellenlage.execution.drafting import DraftReport
from quellenlage.views.cli.clock import moment
from quellenlage.views.web.jobs import Failure, State
from quellenlage.views.web.jobs.job import phrase_record
from quellenlage.views.web.jobs.kinds import CHECK
from quellenlage.views.web.jobs.process import Message, Process, command_for

EACH, ALL = 8, 60
"""Drafts that are kept of one session, and of all."""

LASTS = 8 * 3600.0
"""Seconds for which a draft is kept."""

RESTS = 600.0
"""Seconds without a draft after which the process ends: it holds models in memory."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants checked; `day` (ISO) is the one against which "gestern" is read."""

    text: str
    title: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """Who ticked a sentence off, and when (ISO)."""

    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Check:
    """A draft with what became of it; `ticks` are by the number of the sentence, from 0."""

    id: str
    owner: str
    author: str
    draft: Draft
    begun_at: str
    since: float
    state: State = State.QUEUED
    ended_at: str | None = None
    report: DraftReport | None = None
    failure: Failure | None = None
    ticks: Mapping[int, Tick] = field(default_factory=dict)


class Checks:
    """The drafts of all sessions; threads share it."""

    def __init__(
        self,
        archive: str,
        *,
        command: Sequence[str] | None = None,
        clock: Callable[[], str] = moment,
        steady: Callable[[], float] = time.monotonic,
        rests: float = RESTS,
    ) -> None:
        """Take where the archive is; the process is started with the first draft."""
        self._command = command or command_for(archive)
        self._clock, self._steady, self._rests = clock, steady, rests
        self._lock = threading.RLock()
        self._checks: dict[str, Check] = {}
        self._queue: list[str] = []
        self._running: str | None = None
        self._process: Process | None = None
        self._timer: threading.Timer | None = None
        self._closed = False

    def begin(self, draft: Draft, owner: str, author: str) -> Check:
        """Let a draft be checked; of a session's drafts the oldest goes when there are too many."""
        with self._lock:
            check = Check(f"draft-{uuid.uuid4().hex}", owner, author, draft, self._clock(), self._steady())
            self._checks[check.id] = check
            self._queue.append(check.id)
            self._tidy(owner)
            self._next()
            return self._checks[check.id]

    @property
    def working(self) -> bool:
        """Whether the process is there, at work or at rest."""
        return self._process is not None

    def of(self, owner: str) -> list[Check]:
        """Drafts of a session, the newest first."""
        with self._lock:
            self._tidy(owner)
            return [one for one in reversed(self._checks.values()) if one.owner == owner]

    def find(self, identifier: str, owner: str) -> Check:
        """A draft of this session. Raises NotFound, also for one of another session."""
        with self._lock:
            self._tidy(owner)
            found = self._checks.get(identifier)
            if found is None or found.owner != owner:
                raise NotFound("{reference}: no such draft in this session", reference=identifier)
            return found

    def ahead(self, identifier: str) -> int:
        """Drafts that come before this one."""
        with self._lock:
            waiting = self._queue.index(identifier) if identifier in self._queue else 0
            return waiting + (self._running is not None and identifier in self._queue)

    def tick(self, identifier: str, owner: str, number: int, by: str | None) -> Check:
        """Tick a sentence off, or (by nobody) take that back. Raises NotFound."""
        with self._lock:
            found = self.find(identifier, owner)
            if found.report is None or not 0 <= number < len(found.report.sentences):
                raise NotFound("{reference}: no such sentence", reference=number + 1)
            ticks = {key: tick for key, tick in found.ticks.items() if key != number}
            if by is not None:
                ticks[number] = Tick(by, self._clock())
            self._checks[identifier] = replace(found, ticks=ticks)
            return self._checks[identifier]

    def forget(self, identifier: str, owner: str) -> None:
        """Let go of a draft; a check that is running ends. Raises NotFound."""
        with self._lock:
            self._drop(self.find(identifier, owner).id)
            self._next()

    def close(self) -> None:
        """End the process and forget everything."""
        with self._lock:
            self._closed = True
            self._checks.clear()
            self._queue.clear()
            self._running = None
            process, self._process = self._process, None
            if self._timer:
                self._timer.cancel()
        if process:
            process.close()

    def _tidy(self, owner: str) -> None:
        now = self._steady()
        old = [one.id for one in self._checks.values() if now - one.since >= LASTS]
        mine = [one.id for one in self._checks.values() if one.owner == owner]
        old += mine[: max(0, len(mine) - EACH)] + list(self._checks)[: max(0, len(self._checks) - ALL)]
        for one in dict.fromkeys(old):
            self._drop(one)
        if old:
            self._next()  # one of them may have been running

    def _drop(self, identifier: str) -> None:
        self._checks.pop(identifier, None)
        if identifier in self._queue:
            self._queue.remove(identifier)
        if identifier == self._running:
            self._running = None
            process, self._process = self._process, None
            if process:
                process.kill()

    def _next(self) -> None:
        while self._queue and self._running is None and not self._closed:
            check = self._checks[self._queue.pop(0)]
            if self._timer:
                self._timer.cancel()
            try:
                process = self._process or self._start()
            except OSError as error:
                self._fail(check.id, Phrase("it could not be started: {error}", error=error))
                continue
            self._process, self._running = process, check.id
            self._checks[check.id] = replace(check, state=State.RUNNING)
            payload = {"text": check.draft.text, "dct": check.draft.day}
            process.send({"job": check.id, "kind": CHECK, "payload": payload})

    def _start(self) -> Process:
        made: list[Process] = []
        made.append(Process(self._command, self._heard, lambda status, words: self._gone(made, words)))
        return made[0]

    def _heard(self, message: Message) -> None:
        with self._lock:
            identifier = message.get("job")
            if identifier is None or identifier != self._running:
                return
            check = self._checks[identifier]
            if "report" in message:
                report = msgspec.convert(message["report"]["draft"], DraftReport)
                done = replace(check, state=State.DONE, ended_at=self._clock(), report=report)
            elif "failure" in message:
                failure = Failure(**message["failure"])
                done = replace(check, state=State.FAILED, ended_at=self._clock(), failure=failure)
            else:
                return
            self._checks[identifier] = done
            self._running = None
            self._next()
            self._rest()

    def _gone(self, process: Sequence[Process], words: str) -> None:
        with self._lock:
            if not process or self._process is not process[0]:
                return
            self._process, running, self._running = None, self._running, None
            if running and not self._closed:
                self._fail(running, Phrase(words or "it was killed, perhaps since memory ran out"))
                self._next()

    def _fail(self, identifier: str, reason: Phrase) -> None:
        message = Phrase("the background process ended: {reason}", reason=reason)
        failure = Failure("crashed", phrase_record(message))
        check = self._checks[identifier]
        self._checks[identifier] = replace(check, state=State.FAILED, ended_at=self._clock(), failure=failure)

    def _rest(self) -> None:
        if self._running is None and not self._closed:
            self._timer = threading.Timer(self._rests, self._sleep)
            self._timer.daemon = True
            self._timer.start()

    def _sleep(self) -> None:
        with self._lock:
            if self._running is not None or self._queue:
                return
            process, self._process = self._process, None
        if process:
            with suppress(OSError):
                process.close()
