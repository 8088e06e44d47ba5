"""Reports that a target has not got yet, in parts, so that what is deleted meanwhile is taken out of them.

What a report quotes or tells was in the archive when it was written. Whatever the log of the archive says was deleted
since is neither delivered any more nor left on the disk; the rest of the report is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from quellenlage.errors import BadInput, InUse, StateUnusable
from quellenlage.execution.watching.state import State, Waiting, open_state, unusable
from quellenlage.model import Archive, Forgotten
from quellenlage.model.ledger import ARTICLE, PERSON, TEXTS, LogEntry
from quellenlage.store.beside import beside
from quellenlage.store.blanking import tells_person

_ESCAPED = re.compile(r"\\[bfnrt]|\\u00[0-9a-f]{2}")
"""White space and other signs without a letter, as JSON writes them."""

ENDING = ".watch"
"""Ends the name of the state of a watch, which lies beside its archive."""


class Part(msgspec.Struct, frozen=True):
    """A piece of a report. What tells something names the `articles` it rests on, and of which ones it has `quoted`
    words; a `heading` goes with the pieces under it, and what `stands` is worth telling though it rests on none.
    """

    text: str
    articles: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    heading: bool = False
    stands: bool = False


class Letter(msgspec.Struct, frozen=True):
    """What is kept of a report until a target has it; `text` is that of letters which earlier versions wrote."""

    text: str = ""
    subject: str = ""
    parts: tuple[Part, ...] = ()
    opening: str = ""
    between: str = ""
    closing: str = ""

    @property
    def said(self) -> str:
        """The whole of it, as it is delivered."""
        if not self.parts:
            return self.text
        return self.opening + self.between.join(part.text for part in self.parts) + self.closing


@dataclass(frozen=True, slots=True)
class _Deleted:
    """What was deleted since a time: articles, texts of articles, and whether anybody's data."""

    articles: frozenset[str]
    texts: frozenset[str]
    hidden: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.articles or self.texts or self.hidden)

    def concerns(self, part: Part) -> bool:
        """Whether a piece tells of it."""
        if not self.articles.isdisjoint(part.articles) or not self.texts.isdisjoint(part.quoted):
            return True
        # In JSON a sign that is escaped is two letters or six, which would begin the next word.
        return bool(self.hidden) and tells_person(_ESCAPED.sub(" ", part.text), self.hidden)


def withdraw(archive: Archive, state: State) -> int:
    """Take out of the reports that wait what was deleted since they were written; returns how many it concerned.

    Raises:
        StateUnusable: the state, or a report in it, cannot be read, or the state cannot be written; the reports that
            can be read are through with by then.
    """
    waiting = state.waiting()
    log = archive.log("deletion") if waiting else ()
    changed = 0
    unread: StateUnusable | None = None
    for one in waiting:
        try:
            written, letter = _read(one)
        except (TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
            unread = unread or unusable(state.location, " ".join(str(error).split())[:200])
            continue
        deleted = _since(archive, log, written)
        if not deleted:
            continue
        left = _without(letter.parts, deleted)
        if left == letter.parts and left:
            continue
        changed += 1
        if any(part.articles or part.stands for part in left):
            state.rewrite(one, msgspec.json.encode(msgspec.structs.replace(letter, parts=left)).decode())
        else:
            state.delivered(one)
    if unread is not None:
        raise unread
    return changed


def _read(waiting: Waiting) -> tuple[datetime, Letter]:
    """When a report was written, and what it says."""
    written = datetime.fromisoformat(waiting.at)
    if written.tzinfo is None:
        raise ValueError(f"a time without its zone: {waiting.at}")
    return written, msgspec.json.decode(waiting.body, type=Letter)


def withdraw_beside(archive: Archive, done: Forgotten) -> Forgotten:
    """The same in the state of a watch that lies beside the archive, noted with what else was deleted.

    A state that cannot be used keeps nothing else from being done: it is noted as well.
    """
    try:
        path = Path(f"{beside(archive.location)}{ENDING}")
    except BadInput:
        return done  # an archive in memory
    if not path.is_file():
        return done
    try:
        with open_state(str(path)) as state:
            return replace(done, reports=withdraw(archive, state))
    except InUse:
        return replace(done, reports=None)
    except StateUnusable as error:
        return replace(done, reports=None, unread=error)


def _since(archive: Archive, log: Sequence[LogEntry], written: datetime) -> _Deleted:
    since = [entry for entry in log if not entry.at or datetime.fromisoformat(entry.at) >= written]
    captures = [str(one) for entry in since if entry.what == TEXTS for one in entry.detail.get("captures", ())]
    return _Deleted(
        articles=frozenset(entry.subject for entry in since if entry.what == ARTICLE),
        texts=frozenset(archive.articles_of(captures)) if captures else frozenset(),
        hidden=archive.suppressed() if any(entry.what == PERSON for entry in since) else frozenset(),
    )


def _without(parts: Collection[Part], deleted: _Deleted) -> tuple[Part, ...]:
    """The pieces that tell of nothing deleted; a heading with nothing under it goes as well."""
    kept: list[Part] = []
    for part in parts:
        if deleted.concerns(part):
            continue
        if kept and kept[-1].heading and not part.articles:
            kept.pop()
        kept.append(part)
    return tuple(kept[:-1] if kept and kept[-1].heading else kept)
