"""`quellenlage mcp`: the archive as tools for an assistant, over standard input and output."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("mcp")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Speak the Model Context Protocol until the assistant closes the line; nothing else goes to standard output."""
    from quellenlage.views.cli.session import opened
    from quellenlage.views.mcp.server import make_server

    with opened(settings_of(ctx)) as archive:
        make_server(archive).run("stdio")
