"""Steps of a long run in a process of their own: whatever memory a step takes goes with it.

A step that finds little by comparing much leaves the memory of its process full of holes, which the next one can hardly
use. Apart, only what it found comes back. The process is a copy of this one (a fork), so that nothing has to be handed
over to it; files that it made (`model.filed`) are handed back open, as they are.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import socket
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, BinaryIO, NoReturn, TypeVar, cast

from quellenlage.model.filed import temporary

T = TypeVar("T")

MANY = 5_000
"""Documents from which a step is worth a process of its own."""

_FILES = 64
"""Most files of one answer; far more than any step makes, and fewer than a system hands over at once."""

_DONE, _FAILED = b"d", b"f"


def apart(step: Callable[[], T], size: int) -> T:
    """What a step finds, made in a process of its own where there is much (`size`: documents) and the system can do so.

    It must not use connections to a database, and nobody else may need what it changes but for what it returns. If its
    process is lost, the step is done here instead.

    Raises:
        Exception: whatever the step raises.
    """
    if size < MANY or not sys.platform.startswith("linux"):
        return step()
    ours, theirs = socket.socketpair()
    with ours, theirs, temporary() as answer:
        try:
            child = _fork()
        except OSError:
            return step()
        if not child:
            _work(step, answer, ours, theirs)
        theirs.close()
        try:
            said, files = _heard(ours)
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            os.waitpid(child, 0)
        if not said:
            return step()
        answer.seek(0)
        found = _Reader(answer, files).load()
    if said == _FAILED:
        raise found
    return cast("T", found)


def _fork() -> int:
    with warnings.catch_warnings():
        # Other threads of this process wait for workers; the copy, which has none of them, asks no worker anything.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _heard(ours: socket.socket) -> tuple[bytes, list[int]]:
    """The last word of the other process, empty where it was lost, and the files that came with it."""
    said, files, _, _ = socket.recv_fds(ours, 1, _FILES)
    return said, files


def _work(step: Callable[[], Any], answer: BinaryIO, ours: socket.socket, theirs: socket.socket) -> NoReturn:
    """Do the step in the copy, which ends with it, and with the process that waits for it."""
    try:
        ours.close()
        Thread(target=_end_with, args=(theirs,), daemon=True).start()
        try:
            said, found = _DONE, step()
        except Exception as error:
            said, found = _FAILED, error
        files = _write(answer, found)
        socket.send_fds(theirs, [said], files)
    finally:
        os._exit(0)  # nothing of what the copy inherited may be closed or written a second time


def _end_with(theirs: socket.socket) -> NoReturn:
    """Wait for the end of the process that waits for this one."""
    with suppress(OSError):
        theirs.recv(1)
    os._exit(1)


def _write(answer: BinaryIO, found: object) -> list[int]:
    writer = _Writer(answer, pickle.HIGHEST_PROTOCOL)
    writer.dump(found)
    answer.flush()
    return writer.files


class _Writer(pickle.Pickler):
    """Writes an answer; instead of its open files the places among those that are handed over."""

    def __init__(self, answer: BinaryIO, protocol: int) -> None:
        super().__init__(answer, protocol)
        self.files: list[int] = []

    def persistent_id(self, found: Any) -> int | None:
        if not isinstance(found, io.FileIO):
            return None
        self.files.append(found.fileno())
        return len(self.files) - 1


class _Reader(pickle.Unpickler):
    """Reads an answer with the files that were handed over."""

    def __init__(self, answer: BinaryIO, files: list[int]) -> None:
        super().__init__(answer)
        self._files = files

    def persistent_load(self, place: Any) -> BinaryIO:
        return cast("BinaryIO", os.fdopen(self._files[place], "r+b", buffering=0))
