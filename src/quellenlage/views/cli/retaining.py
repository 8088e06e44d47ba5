"""What an archive's retention says, and what was deleted, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quellenlage.execution.retention import Retention
    from quellenlage.model import Forgotten
    from quellenlage.views.cli.settings import Settings
    from quellenlage.views.locale import Words

_COUNTED = {
    "articles": "count.articles", "texts": "forget.texts", "entities": "forget.entities",
    "spellings": "forget.spellings", "claims": "count.claims", "events": "count.events",
}  # fmt: skip


def gone_words(done: Forgotten, words: Words, *, people: bool = False) -> str:
    """What was deleted, with its numbers; empty where nothing was. `people`: all entities were persons."""
    keys = {**_COUNTED, "entities": "forget.people"} if people else _COUNTED
    numbers = {key: getattr(done, name) for name, key in keys.items()}
    return ", ".join(words.count(key, number) for key, number in numbers.items() if number)


def report_unread(done: Forgotten, settings: Settings) -> int:
    """Name the state of a watch that could not be searched for what was deleted. Returns the exit status."""
    from quellenlage.views.cli.failures import FAILED, describe, report

    if done.unread is None:
        return 0
    words = settings.words
    report(describe(done.unread, words), words, words("forget.unread"))
    return FAILED


def retention_lines(retention: Retention, words: Words) -> list[str]:
    """One line for all outlets, one for each that has a period of its own."""
    if not retention:
        return [words("retention.none")]
    told = [words("retention.all", period=retention.period)] if retention.period else []
    own = sorted(retention.outlets.items())
    return told + [words("retention.outlet", outlet=outlet, period=period) for outlet, period in own]
