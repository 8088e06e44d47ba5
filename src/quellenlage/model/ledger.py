"""The log of what was deleted, and of what was left alone because somebody reserved it: never the content itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

LogKind = Literal["deletion", "reservation"]

ARTICLE, PERSON, TEXTS = "article", "person", "texts"
"""What a deletion took: an article with its capture, a person's record, texts past their retention."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who deletes, when (ISO 8601, UTC) and why; what is deleted is told by the store."""

    at: str
    author: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log, append-only and sealed with the one before it.

    Of a deletion `subject` is the identifier of what is gone ("" for several, which `detail["captures"]` names) and
    `detail` holds how much went with it. Of a reservation `subject` is the address that was left alone, `what` the kind
    of sign (`Reserved.sign`) and `detail` its words as a template with what fills it (`said`).
    """

    kind: LogKind
    what: str
    subject: str
    at: str
    author: str = ""
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
