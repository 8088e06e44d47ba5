"""`quellenlage watch FEEDS.toml`: look at feeds on a schedule, add and build what is new, and report it."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import models_option, option, pseudonyms_option
from quellenlage.views.cli.settings import settings_of
from quellenlage.views.discretion import Manner


@make_command("watch")
@click.argument("feeds", metavar="FEEDS.toml")
@models_option()
@option("--once", key="watch_once", is_flag=True)
@option("--interval", key="watch_interval", metavar="T")
@option("--dry-run", key="watch_dry_run", is_flag=True)
@pseudonyms_option()
@click.pass_context
def command(
    ctx: click.Context, /, *, feeds: str, once: bool, interval: str | None, dry_run: bool, pseudonyms: Manner | None
) -> int:
    """Watch until the process is asked to end; go one round with --once."""
    from quellenlage.views.watching.starting import Call, start

    return start(settings_of(ctx), Call(feeds, once, interval, dry_run, pseudonyms))
