"""What the server holds of the background work: submitted, watched, stopped; one job at a time, in a process apart."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quellenlage.errors import ArchiveUnusable, NotFound, Phrase
from quellenlage.model import Archive, Judgement, bearing
from quellenlage.store.beside import secrets_of
from quellenlage.views.cli.clock import moment
from quellenlage.views.web.jobs import waiting
from quellenlage.views.web.jobs.job import Failure, Job, State, Step, failure_of, phrase_record
from quellenlage.views.web.jobs.journal import Journal, delete_uploads, interrupted, journal_of, upload_folder
from quellenlage.views.web.jobs.kinds import BUILD, KINDS, LINK
from quellenlage.views.web.jobs.process import Message, Process, command_for

Clock = Callable[[], str]

RECENT = 100
"""Jobs that are kept in memory."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How the work is done: seconds without a further decision until a large archive links by itself, seconds that a
    stopped job has to end, how the worker is started (None: as it is), where the log lies (None: beside the archive).
    """

    quiet: float = 600.0
    grace: float = 5.0
    command: Sequence[str] | None = None
    journal: Path | None = None


@dataclass(slots=True)
class _Running:
    """What the server knows of its worker; `payloads` of jobs that wait are never written anywhere."""

    process: Process | None = None
    job: str | None = None
    payloads: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)


class Jobs:
    """Background work on one archive. Threads share it; `changes` is for asynchronous readers.

    A job that takes the worker with it is reported as failed, with the worker's last words, and never tried again.
    """

    def __init__(self, archive: Archive, manners: Manners | None = None, *, clock: Clock = moment) -> None:
        """Read what became of earlier jobs; the worker is started with the first job."""
        self._archive = archive
        self._manners = manners or Manners()
        self._clock = clock
        self._lock = threading.RLock()
        self._journal = Journal(self._manners.journal or journal_of(archive.location))
        self._jobs: dict[str, Job] = {job.id: job for job in self._journal.load(clock())}
        self._work = _Running()
        self._watchers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._ended = threading.Condition(self._lock)
        self._timer: threading.Timer | None = None
        self._closed = False

    # what people ask for
    def submit(self, kind: str, payload: Mapping[str, Any], author: str, *, folder: str | None = None) -> Job:
        """Let something be done; the job that waits for the same already, where its kind merges.

        `folder` holds files of `payload`, made by `uploads`; it is deleted when the job ends.

        Raises:
            KeyError: there is no such kind of job.
        """
        found = KINDS[kind]
        with self._changing():
            merged = self._merged(kind, payload) if found.merges else None
            if merged:
                return merged
            job = Job(f"job-{uuid.uuid4().hex[:16]}", kind, author, self._clock(), folder=folder)
            self._work.payloads[job.id] = payload
            self._work.queue.insert(self._place(first=found.first), job.id)
            self._put(job)
            self._next()
            return self._jobs[job.id]

    def cancel(self, job_id: str) -> Job:
        """Stop a job, or take it out of the queue; one that ended stays as it is. What was finished is kept.

        Raises:
            NotFound: there is no such job.
        """
        with self._changing():
            job = self.job(job_id)
            if job.state is State.QUEUED:
                self._work.queue.remove(job.id)
                self._end(job, State.CANCELLED)
            elif job.state is State.RUNNING and self._work.process and not job.cancelling:
                self._put(replace(job, cancelling=True))
                self._work.process.send({"stop": job.id})
                process = self._work.process
                grace = threading.Timer(self._manners.grace, lambda: self._end_by_force(job.id, process))
                grace.daemon = True
                grace.start()
            return self._jobs[job.id]

    def job(self, job_id: str) -> Job:
        """A job as it stands. Raises NotFound."""
        with self._lock:
            if job_id not in self._jobs:
                raise NotFound("{reference}: no such job", reference=job_id)
            return self._jobs[job_id]

    def recent(self) -> list[Job]:
        """Jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def busy(self) -> bool:
        """Whether a job is running or waiting."""
        with self._lock:
            return self._work.job is not None or bool(self._work.queue)

    def wait(self, job_id: str, timeout: float | None = None) -> Job:
        """The job once it has ended, or as it stands when the time is over. Raises NotFound."""
        with self._ended:
            self._ended.wait_for(lambda: self.job(job_id).state.ended, timeout)
            return self.job(job_id)

    async def changes(self) -> AsyncIterator[list[Job]]:
        """The jobs as they stand, at once and whenever something changes, until the reader goes."""
        watcher = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._watchers.add(watcher)
        try:
            while not self._closed:
                yield self.recent()
                await watcher[1].wait()
                watcher[1].clear()
        finally:
            with self._lock:
                self._watchers.discard(watcher)

    @staticmethod
    def uploads() -> str:
        """A new folder for files of a job that is going to be submitted."""
        return upload_folder()

    # decisions
    def decided(self, made: Sequence[Judgement], author: str) -> Job | None:
        """Tell that judgements were recorded: a small archive is linked at once, a large one when nobody decides more.

        Returns the job, None where none was submitted: then there is an `offer`. Ticks, notes and grades need no link.
        """
        log = self._archive.judgements() if any(not bearing([one]) for one in made) else made
        if not {judgement.id for judgement in bearing(log)} & {judgement.id for judgement in made}:
            return None
        if waiting.is_small(self._archive):
            return self.submit(LINK, {}, author)
        with self._lock:
            if self._timer:
                self._timer.cancel()
            if not self._closed:
                self._timer = threading.Timer(self._manners.quiet, self._link_now, (author,))
                self._timer.daemon = True
                self._timer.start()
            return None

    def catch_up(self, author: str) -> Job | None:
        """At the start of a server: link what was decided and not linked since, where the archive is small."""
        if waiting.undecided_since(self._archive) and waiting.is_small(self._archive):
            return self.submit(LINK, {}, author)
        return None

    def offer(self) -> waiting.Offer | None:
        """The link that a person may start, None where no decision waits or one is on its way already."""
        with self._lock:
            if any(self._jobs[one].kind in {LINK, BUILD} for one in self._work.queue):
                return None
            now = self._jobs[self._work.job] if self._work.job else None
        running = now.started_at if now and now.kind in {LINK, BUILD} else None
        decisions = waiting.undecided_since(self._archive, running)
        return waiting.Offer(decisions, waiting.estimate(self._archive)) if decisions else None

    def close(self) -> None:
        """End the worker; jobs that have not ended were interrupted, and what was uploaded for them is deleted."""
        with self._lock:
            self._closed = True
            if self._timer:
                self._timer.cancel()
            process, self._work.process = self._work.process, None
            self._wake()
        if process:
            process.close()
        with self._changing():
            self._work.queue.clear()
            self._work.payloads.clear()
            self._work.job = None
            for job in [one for one in self._jobs.values() if not one.state.ended]:
                self._put(interrupted(job, self._clock()))
            self._ended.notify_all()

    # what happens
    def _link_now(self, author: str) -> None:
        with self._lock:
            if self._closed:
                return
        self.submit(LINK, {}, author)

    def _merged(self, kind: str, payload: Mapping[str, Any]) -> Job | None:
        for one in self._work.queue:
            other = self._jobs[one]
            same = other.kind == kind and self._work.payloads[one] == payload
            if same or kind in KINDS[other.kind].covers:
                return other
        return None

    def _place(self, *, first: bool) -> int:
        ahead = (n for n, one in enumerate(self._work.queue) if not KINDS[self._jobs[one].kind].first)
        return next(ahead, len(self._work.queue)) if first else len(self._work.queue)

    def _next(self) -> None:
        """Give the worker its next job, if it has none."""
        while self._work.queue and self._work.job is None and not self._closed:
            job = self._jobs[self._work.queue.pop(0)]
            payload = self._work.payloads.pop(job.id)
            try:
                self._archive.renew()  # the worker opens what lies there now
                process = self._work.process or self._start()
            except ArchiveUnusable as error:
                self._end(job, State.FAILED, failure=failure_of(error))
                continue
            except OSError as error:
                self._end(job, State.FAILED, failure=_crashed(Phrase("it could not be started: {error}", error=error)))
                continue
            self._work.process, self._work.job = process, job.id
            self._put(replace(job, state=State.RUNNING, started_at=self._clock()))
            process.send({"job": job.id, "kind": job.kind, "payload": dict(payload)})

    def _start(self) -> Process:
        made: list[Process] = []
        command = self._manners.command or command_for(self._archive.location)
        secrets = secrets_of(self._archive.location)
        made.append(Process(command, self._heard, lambda status, words: self._gone(made, status, words), secrets))
        return made[0]

    def _heard(self, message: Message) -> None:
        with self._changing():
            job = self._jobs.get(str(message.get("job")))
            if job is None or job.id != self._work.job:
                return
            if "label" in message:
                self._jobs[job.id] = replace(job, step=Step(message["label"], message["done"], message["total"]))
                return
            if "report" in message:
                self._finish(job, State.DONE, report=message["report"])
            elif "failure" in message:
                self._finish(job, State.FAILED, failure=Failure(**message["failure"]))
            elif "stopped" in message:
                # Its process ends by itself; what waits gets a new one.
                self._work.process = None
                self._finish(job, State.CANCELLED)

    def _gone(self, process: Sequence[Process], status: int, words: str) -> None:
        with self._changing():
            if not process or self._work.process is not process[0]:
                return
            self._work.process = None
            if self._closed or self._work.job is None:
                return
            job = self._jobs[self._work.job]
            if job.cancelling:
                self._finish(job, State.CANCELLED)
            else:
                self._finish(job, State.FAILED, failure=_crashed(_reason(status, words)))

    def _end_by_force(self, job_id: str, process: Process) -> None:
        with self._lock:
            still = self._work.job == job_id and self._work.process is process
        if still:
            process.kill()

    def _finish(
        self,
        job: Job,
        state: State,
        *,
        report: Mapping[str, Any] | None = None,
        failure: Failure | None = None,
    ) -> None:
        self._work.job = None
        self._end(job, state, report=report, failure=failure)
        then = KINDS[job.kind].then
        if then and report and report.get("taken"):
            self.submit(then, {}, job.author)
        self._next()

    def _end(
        self,
        job: Job,
        state: State,
        *,
        report: Mapping[str, Any] | None = None,
        failure: Failure | None = None,
    ) -> None:
        self._work.payloads.pop(job.id, None)
        delete_uploads(job)
        ended = replace(job, state=state, ended_at=self._clock(), report=report, failure=failure, cancelling=False)
        self._put(replace(ended, step=None))
        self._ended.notify_all()

    def _put(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._journal.keep(job)
        old = [one.id for one in self._jobs.values() if one.state.ended][: max(0, len(self._jobs) - RECENT)]
        for one in old:
            del self._jobs[one]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock:
            yield
            self._wake()

    def _wake(self) -> None:
        for loop, event in self._watchers:
            with suppress(RuntimeError):  # a loop that was closed
                loop.call_soon_threadsafe(event.set)


def _crashed(reason: Phrase) -> Failure:
    remedy = Phrase("what was finished is kept; start it again, or leave out what was read last")
    return Failure(
        "crashed",
        phrase_record(Phrase("the background process ended: {reason}", reason=reason)),
        phrase_record(remedy),
    )


def _reason(status: int, text: str) -> Phrase:
    if status == -9:
        return Phrase("it was killed, perhaps since memory ran out")
    if status < 0:
        return Phrase("signal {number}", number=-status)
    return Phrase(text) if text else Phrase("exit status {number}", number=status)
