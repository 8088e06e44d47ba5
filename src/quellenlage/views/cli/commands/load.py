"""`quellenlage load FOLDER`: bring what `shard` analysed into the archive."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("load")
@click.argument("folder", nargs=1, required=True)
@click.pass_context
def command(ctx: click.Context, folder: str) -> int:
    """Load all shards of a folder; what is there already is passed over."""
    from quellenlage.execution.shards import Folder, load
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import now
    from quellenlage.views.cli.session import opened
    from quellenlage.views.cli.sharding import print_loaded

    settings = settings_of(ctx)
    shards = Folder(folder)
    with opened(settings, create=True) as archive, output.progress_bars(settings) as progress:
        report = load(archive, shards, clock=now, progress=progress)
    return print_loaded(report, settings)
