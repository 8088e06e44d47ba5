"""`quellenlage conflicts`: accounts that cannot both hold, side by side."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("conflicts")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print every conflict with its sides."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.lines import conflict_lines
    from quellenlage.views.cli.session import opened
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import conflict_record

    settings = settings_of(ctx)
    with opened(settings) as archive:
        holdings = read_holdings(archive)
    found = holdings.linked.conflicts
    if not found:
        output.notice(settings.words("conflicts.none"), settings)
    if settings.json:
        output.json_lines(conflict_record(conflict, holdings) for conflict in found)
        return
    for conflict in found:
        for text in conflict_lines(conflict, holdings, settings.words):
            output.line(text)
        output.line()
