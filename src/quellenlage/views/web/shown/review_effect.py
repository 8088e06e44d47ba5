"""What an answer would change, exactly: the archive is linked in memory with it, so only small ones are tried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from quellenlage.execution import preview
from quellenlage.model import Archive, Judgement
from quellenlage.views.cli.deciding import effect_lines
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.locale import Words
from quellenlage.views.web.jobs.waiting import estimate, is_small
from quellenlage.views.web.links import page_of

PATIENCE = 6.0
"""Seconds that the last whole link took at most for another one to be tried out for a page."""

_NOTHING = ": 0"
_NAMED = re.compile(r"\s+(ent-[0-9a-f]+)$")


@dataclass(slots=True)
class Changed:
    """A line of the preview; `entities` are (text, address) of the names below it."""

    told: str
    entities: list[tuple[str, str]] = field(default_factory=list)


def affordable(archive: Archive) -> bool:
    """Whether the archive is linked so quickly that a decision can be tried out."""
    seconds = estimate(archive)
    return is_small(archive) and (seconds is None or seconds <= PATIENCE)


def shown_effect(archive: Archive, made: Sequence[Judgement], words: Words) -> list[Changed]:
    """What judgements would change, in the words of `judge --preview`; nothing is written."""
    shown: list[Changed] = []
    for line in effect_lines(preview(archive, made), archive.linked(), words):
        text = click.unstyle(line)
        if text.startswith(INDENT) and shown:
            found = _NAMED.search(text)
            told, identifier = (text[: found.start()], found[1]) if found else (text, "")
            # A name that there would be has no page yet.
            there = bool(identifier) and identifier in archive.entities_by_id([identifier])
            shown[-1].entities.append((told.strip(), page_of(identifier) if there else ""))
        elif not text.endswith(_NOTHING):
            shown.append(Changed(text))
    return shown
