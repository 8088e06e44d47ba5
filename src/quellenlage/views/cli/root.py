"""The program itself: which commands there are, and what becomes of errors."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from quellenlage import __version__
from quellenlage.views.cli.command import Group, Option
from quellenlage.views.cli.failures import guarded, pipe_closing
from quellenlage.views.cli.settings import Settings, settings_of

COMMANDS = (
    "demo", "add", "build", "shard", "load", "watch", "chronicle", "story", "claims", "positions", "conflicts",
    "entity", "doubts", "references", "sources", "search", "check", "dossier", "judge", "annotate", "export",
    "person", "forget", "retention", "log", "serve", "mcp", "accounts", "verify", "copy", "backup", "restore",
    "evaluate", "doctor", "completion",
)  # fmt: skip
"""In the order of the help page; each is the `command` of the module of its name."""


class Root(Group):
    """The list of commands, each imported when it is asked for."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Settle the language before anything is parsed."""
        with pipe_closing():
            return super().make_context(info_name, args, parent, obj=Settings.at_start(args), **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with pipe_closing():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"quellenlage.views.cli.commands.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        words = settings_of(ctx).words
        with formatter.section(words("usage.commands")):
            formatter.write_dl([(name, words(f"help.{name}")) for name in COMMANDS])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """End with an example."""
        words = settings_of(ctx).words
        formatter.write_paragraph()
        formatter.write_text(words("app.epilog"))
        formatter.write_text(words("usage.more"))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run; every error becomes a message and an exit status, no traceback."""
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        given = args[0] if args else extra.get("args")
        return guarded(given, lambda: run(*args, standalone_mode=False, **extra))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete command names without importing the commands."""
        from click.shell_completion import CompletionItem

        words = settings_of(ctx).words
        items = [CompletionItem(n, help=words(f"help.{n}")) for n in COMMANDS if n.startswith(incomplete)]
        return [*items, *click.Command.shell_complete(self, ctx, incomplete)]


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(settings_of(ctx).words("app.version", version=__version__))
        ctx.exit()


cli = Root(
    "quellenlage",
    key="app.help",
    params=[Option(["--version"], key="version", is_flag=True, is_eager=True, expose_value=False, callback=_version)],
    no_args_is_help=True,
)
