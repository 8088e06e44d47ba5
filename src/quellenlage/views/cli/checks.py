"""Checks of an installation and its archive, for `doctor`."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from quellenlage import __version__
from quellenlage.errors import QuellenlageError
from quellenlage.views.cli.failures import describe
from quellenlage.views.cli.session import opened
from quellenlage.views.cli.settings import Settings
from quellenlage.views.locale import Words

State = Literal["ok", "note", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: a stable name, how it stands, and the particulars."""

    name: str
    state: State
    detail: str


def examine(settings: Settings) -> list[Check]:
    """Look at everything that an installation needs."""
    python: State = "ok" if sys.version_info >= (3, 11) else "bad"
    return [
        Check("quellenlage", "ok", __version__),
        Check("python", python, f"{platform.python_version()} ({sys.executable})"),
        *_sqlite(),
        *_packages(),
        _resources(settings.words),
        _models(settings.words),
        _archive(settings),
        *_analysis(settings),
        *_retention(settings),
        _data(settings),
    ]


def _sqlite() -> Iterator[Check]:
    yield Check("sqlite", "ok", sqlite3.sqlite_version)
    with_fts = True
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        with_fts = False
    finally:
        connection.close()
    yield Check("fts", "ok" if with_fts else "bad", "FTS5" if with_fts else "-")


def _packages() -> Iterator[Check]:
    missing, found = [], 0
    try:
        needed = requires("quellenlage") or []
    except PackageNotFoundError:
        needed = []
    for requirement in needed:
        if "extra ==" in requirement:
            continue
        name = requirement.replace(";", " ").split("[")[0].split(" ")[0]
        name = name.split(">")[0].split("=")[0].split("<")[0].split("~")[0].split("!")[0]
        try:
            version(name)
            found += 1
        except PackageNotFoundError:
            missing.append(name)
    yield Check("packages", "bad" if missing else "ok", ", ".join(missing) if missing else str(found))


def _resources(words: Words) -> Check:
    from quellenlage.resources import load, resource

    try:
        names = sorted(item.name for item in resource("de").iterdir() if item.name.endswith(".toml"))
        for name in names:
            load(f"de/{name}")
    except (QuellenlageError, ValueError) as error:
        return Check("resources", "bad", describe(error, words))
    return Check("resources", "ok" if names else "bad", str(len(names)))


_WITHOUT = {
    "words": "doctor.no_words",
    "quotations": "doctor.no_quotations",
    "sentences": "doctor.no_sentences",
}
"""What is lost without each model."""


def _models(words: Words) -> Check:
    from quellenlage.encoder import files

    try:
        missing = [name for name in _WITHOUT if not files.available(name, files.Models.DEFAULT)]
    except QuellenlageError as error:
        return Check("models", "bad", describe(error, words))
    if missing:
        return Check("models", "note", "; ".join(words(_WITHOUT[name]) for name in missing))
    return Check("models", "ok", ", ".join(_WITHOUT))


def _archive(settings: Settings) -> Check:
    from quellenlage.store.beside import called

    words = settings.words
    if "://" not in settings.archive and not Path(settings.archive).exists():
        return Check("archive", "note", words("doctor.no_archive", path=settings.archive))
    try:
        with opened(settings) as archive:
            counts = archive.counts()
            provisional = len(archive.provisional())
    except QuellenlageError as error:
        return Check("archive", "bad", describe(error, words))
    told = ", ".join(f"{words.code('table', name)} {words.number(n)}" for name, n in counts.items())
    rejected = counts.get("rejections", 0)
    if rejected:
        return Check(
            "archive", "note", f"{called(settings.archive)}: {words.count('doctor.rejections', rejected)}; {told}"
        )
    if provisional:
        told = f"{words.count('build.provisional', provisional)}; {told}"
        return Check("archive", "note", f"{called(settings.archive)}: {told}")
    return Check("archive", "ok", f"{called(settings.archive)}: {told}")


def _analysis(settings: Settings) -> Iterator[Check]:
    """With what else this installation analyses than the articles of the archive were; what fails is told above."""
    from quellenlage.execution.explaining import installation
    from quellenlage.execution.ports import default_pipeline
    from quellenlage.views.cli.explained import difference

    words = settings.words
    if "://" not in settings.archive and not Path(settings.archive).exists():
        return
    try:
        with opened(settings) as archive:
            differing, unknown = installation(archive, default_pipeline()), archive.recipe_counts().get(None, 0)
    except QuellenlageError:
        return
    told = [difference(one, words) for one in differing]
    if unknown:
        told.append(f"{words('explain_reason.unknown')} ({words.count('count.articles', unknown)})")
    yield Check("analysis", "note" if told else "ok", "; ".join(told) or words("doctor.same_analysis"))


def _retention(settings: Settings) -> Iterator[Check]:
    """How long texts are kept, of an archive that there is; what keeps it from being opened is told by `_archive`."""
    from quellenlage.execution.retention import retention_of
    from quellenlage.views.cli.retaining import retention_lines

    if "://" not in settings.archive and not Path(settings.archive).exists():
        return
    try:
        with opened(settings) as archive:
            told = retention_lines(retention_of(archive), settings.words)
    except QuellenlageError:
        return
    yield Check("retention", "ok", " ".join(told))


def _data(settings: Settings) -> Check:
    folder = os.environ.get("QUELLENLAGE_DATA") or "../shared/data"
    if Path(folder).is_dir():
        return Check("data", "ok", folder)
    return Check("data", "note", settings.words("doctor.no_data", path=folder))
