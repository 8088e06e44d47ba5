"""`quellenlage demo`: the main job on the bundled sample, in one command."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import models_option, option
from quellenlage.views.cli.settings import settings_of


@make_command("demo")
@models_option()
@option("--directory", key="directory", default="demo", metavar="DIR")
@click.pass_context
def command(ctx: click.Context, directory: str) -> int:
    """Add the sample, build, print the chronicle, two conflicts and a chain, and write the page."""
    from pathlib import Path

    from quellenlage.views.cli import output
    from quellenlage.views.cli.demonstration import lay_out, show, write_page
    from quellenlage.views.cli.session import opened
    from quellenlage.views.cli.taking_in import build_up, print_added, print_built, take_in
    from quellenlage.views.holdings import read_holdings

    settings = settings_of(ctx)
    words = settings.words
    folder = Path(directory)
    output.notice(words("demo.intro"), settings)
    articles = lay_out(folder, words)
    settings.archive = str(folder / "quellenlage.db")
    with opened(settings, create=True) as archive:
        failed = print_added(take_in(archive, [str(articles)], settings, {"no_network": True}), settings, hint=False)
        failed |= print_built(build_up(archive, settings), settings)
        holdings = read_holdings(archive, claims=True)
    show(holdings, settings)
    page = write_page(holdings, folder / "chronik.html", words)
    output.notice(words("demo.page", path=page), settings)
    output.notice(words("demo.again", path=settings.archive), settings)
    return failed
