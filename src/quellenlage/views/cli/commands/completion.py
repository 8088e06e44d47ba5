"""`quellenlage completion SHELL`: the script that completes commands and options."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command


@make_command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script, to be read by the shell at its start."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.find_root().command, {}, "quellenlage", "_QUELLENLAGE_COMPLETE").source())
