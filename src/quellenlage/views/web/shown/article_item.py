"""Entries beside the text of an article as a template shows them."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.views.web.shown.quotes import ShownName


@dataclass(frozen=True, slots=True)
class Slice:
    """Words of the article between quotation marks, and the address at which it opens there."""

    opening: str
    exact: str
    closing: str
    cut: str
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something told of an entry: what it is, the words for it, where it leads."""

    label: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry. `chain` is on whose word it is, None where nobody's word is in question; `jumps` lead to its places.

    `corrected` tells who corrected whose word it is, when and why, and who was read.
    """

    local: str
    kicker: str
    drawn: str = ""
    name: ShownName | None = None
    words: Slice | None = None
    page: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    chain: tuple[tuple[ShownName, ...], ...] | None = None
    nobody: str = ""
    corrected: str = ""
    jumps: tuple[str, ...] = ()
    places: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one layer; `total` of them there are."""

    layer: str
    items: tuple[Item, ...]
    total: int
