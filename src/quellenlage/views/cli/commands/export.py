"""`quellenlage export`: the archive for other programs."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("export")
@option("--format", "form", key="format", type=click.Choice(["jsonl", "csv", "ftm"]), default="jsonl")
@option("-o", "--output", "target", key="output", metavar="PATH")
@option("--full-text", key="full_text", is_flag=True)
@click.pass_context
def command(ctx: click.Context, form: str, target: str | None, full_text: bool) -> None:
    """Write the archive; JSON Lines and FollowTheMoney go to standard output where no file is named."""
    from pathlib import Path

    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import WrongUsage
    from quellenlage.views.cli.files import cannot_write, written
    from quellenlage.views.cli.session import opened
    from quellenlage.views.exports.ftm import entities
    from quellenlage.views.exports.jsonl import records
    from quellenlage.views.exports.tables import write_csv
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import encoded

    settings = settings_of(ctx)
    words = settings.words
    if form == "csv" and target is None:
        raise WrongUsage(words("error.output_needed"), ctx)
    with opened(settings) as archive:
        if form == "csv":
            try:
                paths = write_csv(read_holdings(archive, claims=True), Path(target or ""))
            except OSError as error:
                raise cannot_write(Path(target or ""), error, words) from error
            for path in paths:
                output.notice(words("export.done", path=path), settings)
            return
        found = entities(read_holdings(archive)) if form == "ftm" else records(archive, full_text=full_text)
        if target is None or target == "-":
            output.json_lines(found)
        else:
            lines = (encoded(record) + b"\n" for record in found)
            written(Path(target), lines, words)
            output.notice(words("export.done", path=target), settings)
