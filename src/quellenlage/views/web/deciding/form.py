"""What a form for a decision says, before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from quellenlage.execution import Decision
from quellenlage.execution.lookup import IDENTIFIER
from quellenlage.model import ACCOUNT, Verdict
from quellenlage.views.web.access.paths import local_path

MOST = 100
"""Things that one form decides on at most."""

_PARTS = frozenset({"event", "article", "claim", "statement", "pair", "conflict", "origin", "entity"})
_LONGEST = 4000
_FIELDS = 12
_GERMAN_DATE = re.compile(r"(?:(?:(\d{1,2})\.)?\s*(\d{1,2})\.)?\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision as a form gives it; of an undo `subjects` are judgements, and of the correction
    of a speaker all the claims that are theirs.

    `account` is the article and local identifier of one account of the event, where only that is meant. `off` takes a
    tick back. `part` names the fragment that htmx wants again, `about` what that is a fragment of, and `back` the page
    that the form stands on.
    """

    verdict: Verdict
    subjects: tuple[str, ...]
    other: str | None = None
    field: str | None = None
    value: str | None = None
    note: str = ""
    account: tuple[str, str] | None = None
    off: bool = False
    part: str = ""
    about: tuple[str, ...] = ()
    back: str = "/decisions"

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.subjects[0]

    def decision(self, subject: str | None = None) -> Decision:
        """The decision about what was named, or about `subject` in its place."""
        field = ACCOUNT if self.account else self.field
        return Decision(self.verdict, subject or self.subject, self.other, field, self.value, self.note)


async def wished(request: Request) -> Wish:
    """Read a form. Raises HTTPException (400) for what no form of ours sends."""
    async with request.form(max_files=0, max_fields=MOST + _FIELDS, max_part_size=1 << 16) as form:
        texts = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
        subjects = tuple(one.strip() for one in form.getlist("subject") if isinstance(one, str))
    named = [*subjects, *filter(None, [texts.get("other")])]
    verdict = texts.get("verdict", "")
    if verdict not in set(Verdict) or not subjects or not all(IDENTIFIER.fullmatch(one) for one in named):
        raise HTTPException(400)
    several = verdict == Verdict.UNDO or (verdict == Verdict.CORRECT and texts.get("field") == "speaker")
    if len(subjects) > 1 and not several:
        raise HTTPException(400)
    article, _, local = texts.get("account", "").partition(":")
    part = texts.get("part", "")
    value = texts.get("value") or texts.get("q") or ""
    field = texts.get("field") or None
    return Wish(
        Verdict(verdict),
        subjects[:MOST],
        texts.get("other") or None,
        field,
        dated(value) if field in {"dct", "time"} else value or None,
        texts.get("note", "")[:_LONGEST],
        (article, local) if article and local else None,
        bool(texts.get("off")),
        part if part in _PARTS else "",
        _about(texts, subjects[0]),
        local_path(texts.get("back") or "/decisions"),
    )


def _about(texts: Mapping[str, str], subject: str) -> tuple[str, ...]:
    """What the fragment is of: what is decided on, or with an undo what the form names."""
    named = (texts.get("about") or subject, texts.get("about_other") or texts.get("other") or "")
    return tuple(one for one in named if IDENTIFIER.fullmatch(one))


def dated(text: str) -> str | None:
    """A date as the archive reads it: German ones ("3.5.2021", "5.2021") are turned round, others stay as they are."""
    found = _GERMAN_DATE.fullmatch(text.strip())
    if found is None:
        return text.strip() or None
    day, month, year = found.groups()
    return "-".join([year, *(f"{int(one):02d}" for one in (month, day) if one)])


Wished = Annotated[Wish, Depends(wished)]
