"""`quellenlage export`: the archive for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.chosen import choosing
from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option, pseudonyms_option
from quellenlage.views.cli.settings import Settings, settings_of
from quellenlage.views.exports.formats import FORMATS, Format

if TYPE_CHECKING:
    from quellenlage.views.discretion import Manner
    from quellenlage.views.exports.formats import Order

_LISTED = 12
"""Files of a folder up to which each is named when it is written."""


@make_command("export")
@option("--format", "form", key="format", type=click.Choice(tuple(FORMATS)), default="jsonl")
@option("-o", "--output", "target", key="output", metavar="PATH")
@option("--full-text", key="full_text", is_flag=True)
@pseudonyms_option()
@choosing
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    form: str,
    target: str | None,
    full_text: bool,
    pseudonyms: Manner | None,
    **given: str | None,
) -> None:
    """Write the archive, or a part of it; what is one file goes to standard output where no file is named."""
    from quellenlage.views.cli.failures import WrongUsage
    from quellenlage.views.cli.session import Filter, opened
    from quellenlage.views.exports.formats import Order, check
    from quellenlage.views.pseudonyms import veil_of, veiling

    settings = settings_of(ctx)
    words = settings.words
    kind = FORMATS[form]
    chosen = Filter(settings, **given) if any(given.values()) else None
    target = None if target == "-" else target
    if target is None and (kind.several or kind.binary):
        raise WrongUsage(words("error.output_needed"), ctx)
    if kind.needs_text and not full_text:
        raise WrongUsage(words("error.whole_text", format=form), ctx)
    if chosen and kind.whole:
        choices = ", ".join(name for name, one in FORMATS.items() if not one.whole)
        raise WrongUsage(words("error.whole_archive", format=form, choices=choices), ctx)
    with opened(settings) as archive:
        order = Order(archive, words, full_text=full_text)
        if chosen:
            order.selection = chosen.on(order.holdings)
        veil = veil_of(archive, pseudonyms) if pseudonyms else None
        with veiling(veil):
            check(form, order)
            _export(form, kind, order, target, settings)


def _export(form: str, kind: Format, order: Order, target: str | None, settings: Settings) -> None:
    from pathlib import Path

    from quellenlage.views.cli import output
    from quellenlage.views.cli.files import cannot_write, written_by
    from quellenlage.views.exports.formats import write
    from quellenlage.views.exports.packing import into_folder

    if target is None:
        for piece in kind.make(order) if kind.make else ():
            click.echo(piece.decode("utf-8", "replace"), nl=False)
        return
    path = Path(target)
    paths = [path]
    if kind.files is not None and path.suffix.lower() != ".zip":
        try:
            paths = into_folder(kind.files(order), path)
        except OSError as error:
            raise cannot_write(path, error, settings.words) from error
    else:
        written_by(path, lambda stream: write(form, order, stream), settings.words)
    for one in paths if len(paths) <= _LISTED else [path]:
        output.notice(settings.words("export.done", path=one), settings)
