"""`quellenlage conflicts`: accounts that cannot both hold, or hardly, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.model import Event
    from quellenlage.views.holdings import Holdings

_GRADES = ("contradiction", "tension", "precision")
_KINDS = ("number", "time", "place", "happened", "manner", "agent")


@make_command("conflicts")
@option("--grade", key="conflict_grade", type=click.Choice(_GRADES), metavar="G")
@option("--open", "open_only", key="conflict_open", is_flag=True)
@option("--kind", key="conflict_kind", type=click.Choice(_KINDS), metavar="K")
@option("--story", key="story", metavar="S")
@click.pass_context
def command(ctx: click.Context, grade: str | None, open_only: bool, kind: str | None, story: str | None) -> None:
    """Print every conflict with its sides, the most serious first, then the figures that were brought up to date."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.lines import conflict_lines, running_lines
    from quellenlage.views.cli.session import Filter, opened
    from quellenlage.views.holdings import read_chosen
    from quellenlage.views.records import conflict_record, running_record

    settings = settings_of(ctx)
    chosen = Filter(settings, story=story, actor=None, place=None, since=None, until=None, event_type=None)
    with opened(settings) as archive:
        holdings = read_chosen(archive, story)
    selection = chosen.on(holdings)
    within = {event: name for name, one in holdings.stories.items() for event in one.events}
    taken = {e.id for e in holdings.linked.events if selection.takes(e, within.get(e.id, ""))}
    found = [
        c
        for c in holdings.linked.conflicts
        if c.event in taken and grade in {None, c.grade} and kind in {None, c.kind} and not (open_only and c.settled)
    ]
    updated = [] if grade or kind not in {None, "number"} else list(_running(holdings, taken))
    if not found:
        output.notice(
            settings.words("conflicts.none_chosen" if story or holdings.linked.conflicts else "conflicts.none"),
            settings,
        )
    if settings.json:
        output.json_lines(conflict_record(conflict, holdings) for conflict in found)
        output.json_lines(running_record(event, holdings) for event in updated)
        return
    for lines in (
        *(conflict_lines(conflict, holdings, settings.words) for conflict in found),
        *(running_lines(event, holdings, settings.words) for event in updated),
    ):
        for text in lines:
            output.line(text)
        output.line()


def _running(holdings: Holdings, taken: set[str]) -> Iterator[Event]:
    return (event for event in holdings.linked.events if event.running and event.id in taken)
