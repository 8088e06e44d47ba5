"""The chronicle on standard output, story by story."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.model import ChronicleEntry
from quellenlage.views.cli import output
from quellenlage.views.cli.lines import entry_lines
from quellenlage.views.cli.settings import Settings
from quellenlage.views.holdings import Holdings
from quellenlage.views.records import entry_record


def print_chronicle(entries: Sequence[ChronicleEntry], holdings: Holdings, settings: Settings) -> None:
    """Print entries, as JSON Lines where that is asked for; several stories each under their title."""
    if settings.json:
        output.json_lines(entry_record(entry, holdings) for entry in entries)
        return
    several = len({entry.story for entry in entries}) > 1
    story = None
    for entry in entries:
        if several and entry.story != story:
            output.line(output.bold(story_title(entry.story, holdings)))
            output.line()
        story = entry.story
        for text in entry_lines(entry, holdings, settings.words):
            output.line(text)
        output.line()


def story_title(story: str, holdings: Holdings) -> str:
    """Title of a story; its identifier where it is not known."""
    found = holdings.stories.get(story)
    return found.title if found else story
