"""`quellenlage add SOURCE...`: take articles in."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("add")
@click.argument("source", nargs=-1, required=True)
@option("--encoding", key="encoding", metavar="NAME")
@option("--outlet", key="outlet", metavar="NAME")
@option("--field", "fields", key="field_map", multiple=True, metavar="NAME=FIELD")
@option("--columns", "columns", key="columns", multiple=True, metavar="NAME=COLUMN,…")
@option("--max-bytes", key="max_bytes", type=click.IntRange(1), metavar="N")
@option("--no-network", key="no_network", is_flag=True)
@option("--follow-feed", key="follow_feed", is_flag=True)
@click.pass_context
def command(ctx: click.Context, /, source: tuple[str, ...], **given: object) -> int:
    """Add inputs; each that cannot be used is named, and the others are kept."""
    from quellenlage.views.cli.session import opened
    from quellenlage.views.cli.taking_in import print_added, take_in

    settings = settings_of(ctx)
    with opened(settings, create=True) as archive:
        report = take_in(archive, source, settings, given)
    return print_added(report, settings)
