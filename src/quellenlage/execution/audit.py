"""The log of an archive: noting what was left alone since somebody reserved it, and reading what was noted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quellenlage.errors import Phrase, Reserved
from quellenlage.model import Archive
from quellenlage.model.ledger import LogEntry


def note_reservation(archive: Archive, refused: Reserved, at: str) -> bool:
    """Log that something was neither fetched nor kept since its site says so; once a day is enough."""
    return archive.log_reservation(reservation(refused, at))


def reservation(refused: Reserved, at: str) -> LogEntry:
    """The line of the log for what was left alone at a time (ISO 8601)."""
    problem = refused.said.params.get("problem")
    said = problem if isinstance(problem, Phrase) else refused.said
    return LogEntry("reservation", refused.sign, refused.source, at, detail={"said": _record(said)})


def said_of(entry: LogEntry) -> Phrase | None:
    """The words of a reservation; None where they were deleted, or it is none."""
    said = entry.detail.get("said")
    return _phrase(said) if isinstance(said, Mapping) else None


def _record(phrase: Phrase) -> dict[str, Any]:
    params = {k: _record(v) if isinstance(v, Phrase) else str(v) for k, v in phrase.params.items()}
    return {"template": phrase.template, "params": params}


def _phrase(record: Mapping[str, Any]) -> Phrase:
    params = {k: _phrase(v) if isinstance(v, Mapping) else v for k, v in record.get("params", {}).items()}
    return Phrase(str(record.get("template", "")), **params)
