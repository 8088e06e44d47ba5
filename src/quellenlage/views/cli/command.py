"""click commands and options whose help stands in the catalogue, in the language of the call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from quellenlage.encoder import files
from quellenlage.views.cli.settings import remember, settings_of
from quellenlage.views.discretion import MANNERS
from quellenlage.views.locale import LANGS

F = TypeVar("F", bound=Callable[..., Any])


class Option(click.Option):
    """An option whose help text is the catalogue's `option.<key>`."""

    def __init__(self, *names: Any, key: str, **attributes: Any) -> None:
        """Take click's own arguments, and the key of the help text."""
        super().__init__(*names, **attributes)
        self.key = key

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Look the help up in the language of the call."""
        self.help = settings_of(ctx).words(f"option.{self.key}")
        return super().get_help_record(ctx)


def common_options() -> list[click.Parameter]:
    """Options that every command takes, and the program itself."""
    return [
        Option(["--archive"], key="archive", metavar="PATH", callback=remember, expose_value=False),
        Option(["--lang"], key="lang", type=click.Choice(LANGS), callback=remember, expose_value=False),
        Option(["--json"], key="json", is_flag=True, callback=remember, expose_value=False),
        Option(["--quiet"], key="quiet", is_flag=True, callback=remember, expose_value=False),
    ]


def _choose(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        files.choose(files.Models(value))


def models_option() -> Callable[[F], F]:
    """`--models default|open`, for commands that analyse texts."""
    names = [str(one) for one in files.Models]
    return option("--models", key="models", type=click.Choice(names), callback=_choose, expose_value=False)


def pseudonyms_option() -> Callable[[F], F]:
    """`--pseudonyms` (initials) or `--pseudonyms=roles`, for commands that hand something out."""
    kinds = click.Choice(MANNERS)
    return option("--pseudonyms", key="pseudonyms", type=kinds, is_flag=False, flag_value=MANNERS[0])


class Texts(click.Command):
    """Help pages from the catalogue; mixed into commands and groups."""

    key: str

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """`-h` and `--help`, in the language of the call."""
        return Option(
            ["-h", "--help"], key="help", is_flag=True, is_eager=True, expose_value=False, callback=_show_help
        )

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line for the list of commands; looked up by the group, which knows the language."""
        return ""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        words = settings_of(ctx).words
        plain = {"[OPTIONS]": "usage.arguments", "COMMAND [ARGS]...": "usage.command"}
        pieces = [words(plain[p]) if p in plain else p for p in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{words('usage.usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(settings_of(ctx).words(self.key))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options, then those that all share."""
        words = settings_of(ctx).words
        shared = {"archive", "lang", "json", "quiet", "help", "version"}
        records = [(p.name, p.get_help_record(ctx)) for p in self.get_params(ctx)]
        own = [record for name, record in records if record and name not in shared]
        common = [record for name, record in records if record and name in shared]
        for title, listed in ((words("usage.options"), own), (words("usage.common"), common)):
            if listed:
                with formatter.section(title):
                    formatter.write_dl(listed)


class Command(Texts):
    """A command with the common options, documented in the catalogue."""

    def __init__(self, *args: Any, key: str = "", **attributes: Any) -> None:
        """Take click's own arguments and the key of the help text (else `help.<name>`)."""
        super().__init__(*args, **attributes)
        self.key = key or f"help.{self.name}"
        self.params = [*self.params, *common_options()]


class Group(Texts, click.Group):
    """A group of commands (`judge`) with the common options."""

    command_class = Command

    def __init__(self, *args: Any, key: str = "", **attributes: Any) -> None:
        """Take click's own arguments and the key of the help text (else `help.<name>`)."""
        super().__init__(*args, **attributes)
        self.key = key or f"help.{self.name}"
        self.params = [*self.params, *common_options()]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sub-commands after the options."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each sub-command with the line that the catalogue has for it."""
        words = settings_of(ctx).words
        rows = [(name, words(f"help.{self.name}_{name}")) for name in self.list_commands(ctx)]
        with formatter.section(words("usage.commands")):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is an error that names near ones."""
        name = args[0]
        found = self.get_command(ctx, name)
        if found is None:
            raise unknown_command(ctx, name, self.list_commands(ctx))
        return name, found, args[1:]


def unknown_command(ctx: click.Context, name: str, known: Sequence[str]) -> click.UsageError:
    """Error for a command that does not exist, with near ones."""
    from difflib import get_close_matches

    words = settings_of(ctx).words
    message = words("error.no_command", name=name)
    if near := get_close_matches(name, known, n=3):
        message += "\n" + words("error.maybe", names=", ".join(near))
    return click.UsageError(message, ctx)


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Decorate a function as a command of the catalogue."""
    return click.command(name, cls=Command, **attributes)


def option(*names: str, key: str, **attributes: Any) -> Callable[[F], F]:
    """Decorate with an option of the catalogue."""
    return click.option(*names, cls=Option, key=key, **attributes)


def _show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()
