"""`quellenlage shard SOURCE... -o FOLDER`: analyse articles into files, without an archive."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import models_option, option
from quellenlage.views.cli.engines import engine_given, engine_options
from quellenlage.views.cli.settings import settings_of


@make_command("shard")
@click.argument("source", nargs=-1, required=True)
@option("-o", "--output", "target", key="shards", metavar="FOLDER", required=True)
@option("--size", key="shard_size", type=click.IntRange(1), metavar="N")
@engine_options()
@models_option()
@option("--encoding", key="encoding", metavar="NAME")
@option("--outlet", key="outlet", metavar="NAME")
@option("--field", "fields", key="field_map", multiple=True, metavar="NAME=FIELD")
@option("--columns", "columns", key="columns", multiple=True, metavar="NAME=COLUMN,…")
@option("--max-bytes", key="max_bytes", type=click.IntRange(1), metavar="N")
@option("--no-network", key="no_network", is_flag=True)
@click.pass_context
def command(ctx: click.Context, /, source: tuple[str, ...], target: str, size: int | None, **given: object) -> int:
    """Write a file for so many articles each; what is there already is not done again."""
    from quellenlage.execution.shards import Folder, Work, shard
    from quellenlage.execution.shards.making import SIZE
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import now
    from quellenlage.views.cli.sharding import print_sharded
    from quellenlage.views.cli.taking_in import intake_options

    settings = settings_of(ctx)
    engine, options = engine_given(ctx), intake_options(settings, given)
    with output.progress_bars(settings) as progress:
        work = Work(engine, now, size or SIZE, progress)
        report = shard(source, options, Folder(target), work)
    return print_sharded(report, target, settings)
