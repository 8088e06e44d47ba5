"""`quellenlage chronicle`: what happened when, with the sentence that says so."""

from __future__ import annotations

import click

from quellenlage.views.cli.chosen import choosing
from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("chronicle")
@choosing
@click.pass_context
def command(ctx: click.Context, /, **given: str | None) -> None:
    """Print the chronicle, or the part of it that is asked for."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import Filter, opened
    from quellenlage.views.cli.story import print_chronicle
    from quellenlage.views.holdings import read_holdings

    settings = settings_of(ctx)
    chosen = Filter(settings, **given)
    with opened(settings) as archive:
        holdings = read_holdings(archive)
    selection = chosen.on(holdings)
    entries = [e for e in holdings.linked.chronicle if selection.takes(holdings.events[e.event], e.story)]
    if not entries:
        key = "chronicle.none_chosen" if holdings.linked.chronicle else "chronicle.empty"
        output.notice(settings.words(key), settings)
    print_chronicle(entries, holdings, settings)
