"""Corrections and withdrawals for a terminal and as JSON Lines: what left the chronicle, and versions of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quellenlage.model import Event, Revision
from quellenlage.views.cli import output
from quellenlage.views.cli.lines import INDENT, heading, quotation_lines
from quellenlage.views.cli.output import bold, dim, plain, warn
from quellenlage.views.cli.settings import Settings
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.records import event_record, revision_record
from quellenlage.views.wording.corrections import change_words, event_marks, revision_words

_MOST = 6
"""Changes of an article that are told in lines; JSON has all."""


def print_gone(events: Sequence[Event], holdings: Holdings, settings: Settings) -> None:
    """Print what only withdrawn or corrected articles tell, apart from the chronicle."""
    if settings.json:
        output.json_lines({**event_record(event, holdings), "record": "chronicle-gone"} for event in events)
        return
    if events:
        output.line(bold(settings.words("corrections.gone")))
        output.line()
    for event in events:
        for text in gone_lines(event, holdings, settings.words):
            output.line(text)
        output.line()


def gone_lines(event: Event, holdings: Holdings, words: Words) -> Iterator[str]:
    """An event that no article tells any more: the sentence that told it, and what became of it."""
    yield heading(event, holdings, words)
    yield from quotation_lines(event.accounts[0].evidence, holdings, words)
    for mark in event_marks(event, holdings, words):
        yield INDENT + warn(mark)


def revision_lines(revision: Revision, holdings: Holdings, words: Words) -> Iterator[str]:
    """A later version or a withdrawal, and what it changed."""
    yield INDENT + plain(revision_words(revision, holdings, words))
    for change in revision.changes[:_MOST]:
        yield INDENT * 2 + dim(change_words(change, words))
    if len(revision.changes) > _MOST:
        yield INDENT * 2 + dim(words.count("corrections.more", len(revision.changes) - _MOST))


def print_revisions(revisions: Sequence[Revision], holdings: Holdings, settings: Settings) -> None:
    """Print versions and withdrawals, under a title of their own."""
    if settings.json:
        output.json_lines(revision_record(revision, holdings) for revision in revisions)
        return
    if revisions:
        output.line()
        output.line(bold(settings.words("corrections.title")))
    for revision in revisions:
        for text in revision_lines(revision, holdings, settings.words):
            output.line(text)
