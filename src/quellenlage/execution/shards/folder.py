"""The folder of the shards: on this machine, on shared or on object storage."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

from quellenlage.errors import BadInput, Phrase, UnreadableInput
from quellenlage.intake.remote import DRIVERS, is_remote, scheme_of, storage

_OBJECTS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"})
"""Schemes where a file is there as a whole or not at all; elsewhere it is written under another name and renamed."""


class Folder:
    """A folder by path or URL; whatever a driver raises comes out of it as OSError."""

    def __init__(self, location: str) -> None:
        """Look nothing up yet but the driver.

        Raises:
            UnreadableInput: the scheme is not known, its driver is missing or says that it cannot be done.
        """
        self.location = location
        self._whole = scheme_of(location) in _OBJECTS
        if is_remote(location):
            with storage(location, location) as (system, path):
                self._system, self._path = system, path
        elif "://" in location:
            raise UnreadableInput(
                location, "no folder can be there", remedy="name a folder, or a URL with one of: {schemes}",
                schemes=", ".join(sorted(DRIVERS)),
            )  # fmt: skip
        else:
            with storage("file://", location) as (system, _):
                self._system, self._path = system, os.path.abspath(location)

    def make(self) -> None:
        """Make the folder where it is not there yet.

        Raises:
            UnreadableInput: it cannot be made.
        """
        try:
            with _as_os_error():
                self._system.makedirs(self._path, exist_ok=True)
        except OSError as error:
            raise self.unusable(error) from error

    def unusable(self, error: OSError) -> BadInput:
        """Build the error for a folder that cannot be used at all."""
        return UnreadableInput(
            self.location, "the folder cannot be used: {reason}",
            remedy="check its rights, its space and the connection", reason=Phrase(reason_of(error)),
        )  # fmt: skip

    def names(self) -> list[str]:
        """Names of the files in it, sorted. Raises OSError."""
        with _as_os_error():
            self._system.invalidate_cache()
            listed = self._system.ls(self._path, detail=True)
        return sorted(posixpath.basename(str(one["name"])) for one in listed if one["type"] == "file")

    def read(self, name: str) -> bytes | None:
        """A small file, None where it is not there. Raises OSError."""
        try:
            with _as_os_error():
                return cast(bytes, self._system.cat_file(self._file(name)))
        except FileNotFoundError:
            return None

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A file as a stream that can seek. Raises OSError."""
        with _as_os_error():
            stream = self._system.open(self._file(name), "rb")
        try:
            yield stream
        finally:
            stream.close()

    def write(self, name: str, data: bytes) -> None:
        """Write a file so that it is there as a whole, or not at all. Raises OSError."""
        path = self._file(name)
        with _as_os_error():
            if self._whole:
                self._system.pipe_file(path, data)
                return
            beside = self._file(f".{name}.{os.getpid()}")
            try:
                with self._system.open(beside, "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    with suppress(AttributeError, OSError):  # only files of this machine have a number
                        os.fsync(stream.fileno())
                self._system.mv(beside, path)
            except BaseException:
                with suppress(Exception):
                    self._system.rm_file(beside)
                raise

    def _file(self, name: str) -> str:
        return f"{self._path.rstrip('/')}/{name}"


def reason_of(error: OSError) -> str:
    """What the system says, in one line."""
    return " ".join(str(error.strerror or error).split())[:300] or type(error).__name__


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(" ".join(f"{type(error).__name__}: {error}".split())[:300]) from error
