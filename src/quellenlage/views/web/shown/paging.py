"""Long lists in pages: where one is, and the addresses of the next and the previous part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quellenlage.views.locale import Words
from quellenlage.views.web.links import with_query

SIZE = 50
"""Entries on one page of a list."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Entries `first` to `last` of `total`; `capped` says that there are more than were counted."""

    total: int
    offset: int
    size: int
    previous: str
    next: str
    capped: bool = False

    @property
    def first(self) -> int:
        """Number of the first entry that is shown, from 1."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last entry that is shown."""
        return min(self.offset + self.size, self.total)

    def told_total(self, words: Words) -> str:
        """The total in words; with a plus where more were not counted."""
        return words.number(self.total) + ("+" if self.capped else "")


def pager(
    path: str, query: Mapping[str, object | None], total: int, offset: int, *, size: int = SIZE, capped: bool = False
) -> Pager:
    """The pager of a list at `path` under `query` (which names all filters but the offset)."""

    def at(start: int) -> str:
        return with_query(path, {**query, "offset": start or None})

    return Pager(
        total=total,
        offset=offset,
        size=size,
        previous=at(max(0, offset - size)) if offset > 0 else "",
        next=at(offset + size) if offset + size < total or capped else "",
        capped=capped,
    )
