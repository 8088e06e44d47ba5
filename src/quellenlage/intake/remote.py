"""Folders and files on shared or object storage, by URL: `s3://`, `gs://`, `file://`, `memory://` and others."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from quellenlage.errors import BadInput, EmptyInput, UnreadableInput
from quellenlage.intake.options import Skipped
from quellenlage.intake.raw import foreign
from quellenlage.intake.sources import junk_name

LOCAL = frozenset({"file", "local", "memory"})
"""Schemes that reach nothing but this machine."""
DRIVERS = {
    **dict.fromkeys(LOCAL, "fsspec"),
    "s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs", "abfss": "adlfs",
    "oss": "ossfs", "hdfs": "pyarrow", "webhdfs": "requests", "sftp": "paramiko", "ssh": "paramiko",
    "smb": "smbprotocol",
}  # fmt: skip
"""Schemes that are read, each with the package that does it; all but fsspec itself are the user's to install. Web
addresses are not among them: these are fetched by the rules of their sites."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_MAGIC = re.compile(r"[*?\[]")
_REMEDY = "check the address, the rights and the connection"
_UNREACHED = "it cannot be reached"


def scheme_of(source: str) -> str:
    """The scheme of a URL in lower case, empty for a path."""
    match = _SCHEME.match(source)
    return match[1].lower() if match else ""


def is_remote(source: str) -> bool:
    """Whether this is a URL of shared or object storage."""
    return scheme_of(source) in DRIVERS


@contextmanager
def storage(url: str, name: str) -> Iterator[tuple[Any, str]]:
    """The file system of a URL and the path in it; whatever the driver raises inside is bad input.

    Raises:
        UnreadableInput: the driver is missing, or says that it cannot be done.
    """
    import fsspec

    scheme = scheme_of(url)
    if "::" in url:
        raise UnreadableInput(name, "an address of several parts (::) is not read", remedy="copy the files out of it")
    with foreign(name, _UNREACHED, _REMEDY):
        try:
            yield fsspec.core.url_to_fs(url)
        except ImportError as error:
            raise UnreadableInput(
                name, "the driver for {scheme}:// is not installed", remedy="install the package {package}",
                scheme=scheme, package=DRIVERS[scheme],
            ) from error  # fmt: skip


def listed(url: str) -> Iterator[str | BadInput | Skipped]:
    """URLs of the files that a URL names, in a fixed order: of a file, a pattern, or a folder with what lies in it."""
    from quellenlage.intake.fetch import printable

    name = printable(url)
    try:
        with storage(url, name) as (system, path):
            if _MAGIC.search(path):
                found = [system.unstrip_protocol(one) for one in sorted(system.glob(path)) if system.isfile(one)]
                if not found:
                    yield UnreadableInput(
                        name, "no file matches this pattern", remedy="check the pattern and the folder"
                    )
                yield from found
            elif system.isdir(path):
                some = False
                for one in _folder(system, path):
                    some = some or isinstance(one, str)
                    yield one
                if not some:
                    yield EmptyInput(name, "there are no files in this folder that could be clippings")
            elif system.exists(path):
                yield url
            else:
                yield UnreadableInput(name, "there is no such file", remedy="check the spelling and the folder")
    except BadInput as error:
        yield error


def _folder(system: Any, folder: str) -> Iterator[str | Skipped]:
    """Files of a folder and its folders, sorted by name, without hidden files and known junk."""
    for entry in sorted(system.ls(folder, detail=True), key=lambda one: str(one["name"])):
        path = str(entry["name"])
        if path.rstrip("/") == folder.rstrip("/"):
            continue  # object storage lists the mark of an empty folder in it
        is_folder = entry["type"] == "directory"
        reason = junk_name(posixpath.basename(path.rstrip("/")), folder=is_folder)
        if reason:
            yield Skipped(system.unstrip_protocol(path), reason)
        elif is_folder:
            yield from _folder(system, path)
        else:
            yield system.unstrip_protocol(path)


@contextmanager
def opened(url: str, name: str) -> Iterator[BinaryIO]:
    """A file as a stream that can seek, read piece by piece; what goes wrong while reading is an OSError.

    Raises:
        UnreadableInput: it cannot be opened.
    """
    with storage(url, name) as (system, path):
        inner = system.open(path, "rb")
    try:
        yield cast(BinaryIO, io.BufferedReader(_Careful(inner), 1 << 20))
    finally:
        inner.close()


class _Careful(io.RawIOBase):
    """A remote file whose driver may raise anything: seen from outside it raises OSError."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._inner.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type] # io passes a writable buffer
        try:
            piece = self._inner.read(len(view))
        except OSError:
            raise
        except Exception as error:
            raise OSError(" ".join(str(error).split())[:200] or type(error).__name__) from error
        view[: len(piece)] = piece
        return len(piece)
