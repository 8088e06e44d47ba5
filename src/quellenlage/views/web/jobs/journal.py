"""What became of jobs, in a small file beside the archive, so that a server that was started again still tells it.

One JSON object a line, the last one of a job counts. It holds no texts and no names of files that were taken in: those
live in the archive, where they can be deleted.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec

from quellenlage.errors import Phrase
from quellenlage.model.serial import to_builtins
from quellenlage.store.beside import beside
from quellenlage.views.web.jobs.job import Failure, Job, State, phrase_record
from quellenlage.views.web.jobs.kinds import KINDS

KEPT = 200
"""Jobs that the file keeps."""

PREFIX = "quellenlage-"
"""Begins the names of folders for uploaded files."""


def journal_of(location: str) -> Path:
    """The file beside an archive, given by path or database URL. Raises BadInput, as `beside`."""
    file = beside(location)
    return file.with_name(f"{file.name}.jobs.jsonl")


class Journal:
    """Keeps jobs in a file; where that cannot be written, the jobs go on without it."""

    def __init__(self, path: Path | None) -> None:
        """Keep where it is; None keeps nothing."""
        self._path = path
        self._lock = threading.Lock()

    def load(self, now: str) -> list[Job]:
        """Jobs of earlier servers, oldest first; what had not ended was interrupted, and its uploads are deleted."""
        if self._path is None:
            return []
        found: dict[str, Job] = {}
        with suppress(OSError), self._path.open(encoding="utf-8") as lines:
            for line in lines:
                with suppress(msgspec.MsgspecError, ValueError):
                    job = msgspec.convert(json.loads(line), Job)
                    found[job.id] = job
        jobs = [interrupted(job, now) for job in list(found.values())[-KEPT:]]
        self._write(jobs, mode="w")
        return jobs

    def keep(self, job: Job) -> None:
        """Append how a job stands."""
        self._write([job], mode="a")

    def _write(self, jobs: Iterable[Job], *, mode: str) -> None:
        if self._path is None:
            return
        lines = "".join(json.dumps(to_builtins(_kept(job))) + "\n" for job in jobs)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if mode == "w" else os.O_APPEND)
        # What is written here must never stop the work itself: a full disk shows where the archive is written.
        with self._lock, suppress(OSError):
            handle = os.open(self._path, flags, 0o600)
            with os.fdopen(handle, mode, encoding="utf-8") as file:
                file.write(lines)


def delete_uploads(job: Job) -> None:
    """Delete the files that were uploaded for a job."""
    if job.folder and Path(job.folder).name.startswith(PREFIX):
        shutil.rmtree(job.folder, ignore_errors=True)


def upload_folder() -> str:
    """A new folder for uploaded files, deleted when their job ends."""
    return tempfile.mkdtemp(prefix=PREFIX)


def _kept(job: Job) -> Job:
    report = KINDS[job.kind].kept(job.report) if job.report is not None and job.kind in KINDS else None
    return replace(job, step=None, report=report)


def interrupted(job: Job, now: str) -> Job:
    """The job as it stands when its server has ended: failed, without its uploads; one that had ended as it was."""
    if job.state.ended:
        return job
    delete_uploads(job)
    failure = Failure("interrupted", phrase_record(Phrase("the workbench was ended before this was done")))
    return replace(job, state=State.FAILED, ended_at=now, failure=failure, cancelling=False)
