"""From errors to messages and exit statuses: 0 done, 1 something failed, 2 wrong usage, 3 archive unusable."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from quellenlage.views.cli.settings import Settings
from quellenlage.views.locale import Words, words_for

if TYPE_CHECKING:
    from quellenlage.errors import QuellenlageError

FAILED, USAGE, UNUSABLE, INTERRUPTED = 1, 2, 3, 130


_NOT_IN_RANGE = re.compile(r"(-?\d+) is not in the range ")
"""What click says of a number; in its own words alone."""


class WrongUsage(click.UsageError):
    """A mistake in the call that click cannot see; message and remedy are already in the language of the call."""

    def __init__(self, message: str, ctx: click.Context | None = None, *, remedy: str = "") -> None:
        """Keep the remedy beside what click knows."""
        super().__init__(message, ctx)
        self.remedy = remedy


class Failed(click.ClickException):
    """The command could not do its work; `remedy` says what helps."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep message and remedy apart, both in the language of the call."""
        super().__init__(message)
        self.remedy = remedy


class PipeClosed(Exception):
    """Nobody reads the output any more."""


@contextmanager
def given_wrongly(settings: Settings) -> Iterator[None]:
    """Only what reads the options of a call belongs inside: input it refuses, or lacks, is a mistake in the call."""
    from quellenlage.errors import BadInput, MissingResource

    try:
        yield
    except (BadInput, MissingResource) as error:
        words = settings.words
        raise WrongUsage(words.phrase(error.said), remedy=words.phrase(error.advice)) from error


@contextmanager
def pipe_closing() -> Iterator[None]:
    """Carry a closed pipe past click, which would leave the process with status 1 by itself."""
    try:
        yield
    except BrokenPipeError as error:
        raise PipeClosed from error


def guarded(args: Sequence[str] | None, run: Callable[[], Any]) -> NoReturn:
    """Run the program and leave the process with the right exit status."""
    words = Settings.at_start(list(sys.argv[1:] if args is None else args)).words
    status = FAILED
    try:
        result = run()
        status = result if isinstance(result, int) else 0
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        status = 0
        click.echo(error.message)
    except click.UsageError as error:
        status = USAGE
        report(_usage_message(error, _words_of(error, words)), _words_of(error, words), getattr(error, "remedy", ""))
        if error.ctx is not None:
            click.echo(error.ctx.command.get_usage(error.ctx), err=True)
    except Failed as error:
        report(error.message, words, error.remedy)
    except click.ClickException as error:
        report(error.format_message(), words)
    except (KeyboardInterrupt, click.Abort):
        status = INTERRUPTED
        click.echo("\n" + words("error.interrupted"), err=True)
    except (BrokenPipeError, PipeClosed):
        status = _quiet_pipe()
    except Exception as error:
        status = unexpected(error, words)
    sys.exit(status)


def report(message: str, words: Words, remedy: str = "") -> None:
    """Say on standard error what went wrong and what helps."""
    click.echo(f"{click.style(words('error.label'), fg='red', bold=True)}: {printable(message)}", err=True)
    if remedy:
        click.echo(f"{words('error.remedy')}: {printable(remedy)}", err=True)


def printable(text: str) -> str:
    """The text without control characters: names of files and articles may carry what moves a terminal's cursor."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def describe(error: Exception, words: Words) -> str:
    """A deliberate error in words: its kind, then its own message, in the language of the call."""
    from quellenlage.errors import QuellenlageError

    if isinstance(error, QuellenlageError):
        kind = next((k.__name__ for k in type(error).__mro__ if words.knows(f"error.{k.__name__}")), "")
        said = words.phrase(error.said)
        return f"{words(f'error.{kind}')}: {said}" if kind else said
    return f"{type(error).__name__}: {error}"


def report_error(error: QuellenlageError, words: Words) -> None:
    """Report a deliberate error with its remedy, both in the language of the call."""
    report(describe(error, words), words, words.phrase(error.advice))


def unexpected(error: Exception, words: Words) -> int:
    """Tell of an error that reached the top: a deliberate one with its remedy, any other as a defect to report."""
    from quellenlage.errors import ArchiveUnusable, Defect, QuellenlageError

    if os.environ.get("QUELLENLAGE_DEBUG") == "1":
        import traceback

        click.echo(traceback.format_exc(), err=True)
    if isinstance(error, QuellenlageError) and not isinstance(error, Defect):
        report_error(error, words)
        return UNUSABLE if isinstance(error, ArchiveUnusable) else FAILED
    report(words("error.defect", detail=describe(error, words)), words, words("error.report"))
    return FAILED


def _words_of(error: click.UsageError, fallback: Words) -> Words:
    settings = error.ctx.find_object(Settings) if error.ctx else None
    return words_for(settings.lang) if settings else fallback


def _usage_message(error: click.UsageError, words: Words) -> str:
    name = _parameter_name(error)
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        hint = "\n" + words("error.maybe", names=near) if near else ""
        return words("error.no_option", name=error.option_name) + hint
    if isinstance(error, click.MissingParameter):
        return words("error.missing", name=name)
    if isinstance(error, click.BadOptionUsage):
        key = "error.no_value" if "not take" in error.message else "error.needs_value"
        return words(key, name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        if isinstance(kind, click.IntRange) and (beyond := _NOT_IN_RANGE.match(error.message)):
            key = "error.too_low" if kind.max is None else "error.not_between"
            return words(key, value=beyond[1], name=name, low=kind.min, high=kind.max)
        value = error.message.split("'")[1] if error.message.count("'") >= 2 else error.message
        if isinstance(error.param.type, click.Choice):
            choices = ", ".join(str(c) for c in error.param.type.choices)
            return words("error.choice", value=value, name=name, choices=choices)
        return words("error.bad_value", value=value, name=name)
    if error.message.startswith("Got unexpected extra argument"):
        return words("error.extra", names=error.message.partition("(")[2].rstrip(")."))
    return error.message


def _parameter_name(error: click.UsageError) -> str:
    param = getattr(error, "param", None)
    if isinstance(param, click.Option):
        return param.opts[-1]
    return param.human_readable_name if isinstance(param, click.Parameter) else ""


def _quiet_pipe() -> int:
    """The reader went away (`| head`): that is no error, and nothing more can be written."""
    with suppress(OSError, ValueError), open(os.devnull, "w", encoding="utf-8") as nowhere:
        # What is still buffered is written when the process ends, and must not fail there again.
        os.dup2(nowhere.fileno(), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 0
