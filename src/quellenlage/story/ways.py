"""Which of two opposite ways an article's words say that something went, read while its text is at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from quellenlage.model import Document, Event
from quellenlage.resources import load
from quellenlage.story.figures import WORDS

BOTH = ("one", "other")
"""The two ways of a row of the table, by the names of their words there."""


class Ways:
    """What the articles that tell some events say of how these went: first `read` all documents, then ask `of`."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._asked: dict[str, dict[int, None]] = {}
        for event in events:
            numbers = dict.fromkeys(number for number, _ in of_type(event.event_type))
            for account in event.accounts if numbers else ():
                self._asked.setdefault(account.member.article, {}).update(numbers)
        self._found: dict[tuple[int, str], frozenset[str]] = {}

    def read(self, document: Document) -> None:
        """Note the ways that an article has words for."""
        article = document.article.id
        numbers = self._asked.pop(article, None)
        if numbers:
            text = document.text.casefold()
            for number in numbers:
                row = load(WORDS)["manner"][number]
                if found := frozenset(way for way in BOTH if any(phrase in text for phrase in row[way])):
                    self._found[number, article] = found

    def of(self, number: int, articles: Iterable[str]) -> frozenset[str]:
        """Ways of a row of the table for which one of some articles has words."""
        return frozenset().union(*(self._found.get((number, article), ()) for article in articles))


@cache
def of_type(event_type: str) -> Sequence[tuple[int, Mapping[str, Any]]]:
    """Rows of the table for a type of event, with their numbers."""
    return tuple((number, row) for number, row in enumerate(load(WORDS)["manner"]) if event_type in row["types"])
