"""Whom a value of a filter means: an identifier somebody, words everybody who bears them all, or likely bears them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from quellenlage.model import Archive, EntityKind, fold
from quellenlage.model.listing import NAMED, EntityQuestion
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.names import likely

Who = Mapping[str, str]
"""Names of those who are meant, by identifier."""

_MOST = 20


def who(archive: Archive, value: str, words: Words, kinds: Collection[EntityKind] = ()) -> Who:
    """Who is meant; nobody where no name of the archive is like it."""
    if value.startswith(("ent-", NAMED)):
        now = archive.resolve(value)
        card = archive.entities_by_id([now]).get(now)
        return {now: card.name if card else value.removeprefix(NAMED)}
    found = archive.entities(EntityQuestion(words=value, kinds=tuple(kinds)), limit=_MOST).items
    if found:
        return {card.id: card.name for card in found}
    return {one.href.rpartition("/")[2]: one.name for one in likely(archive, value, words)[:1]}


def told(value: str, meant: Who) -> str:
    """What was asked for, and, where that was a name in another spelling, whom it was taken for."""
    if value in meant or not meant:
        return meant.get(value, value)
    heard = next(iter(meant.values()))
    return value if len(meant) > 1 or fold(value) == fold(heard) else f"{value} ({heard})"
