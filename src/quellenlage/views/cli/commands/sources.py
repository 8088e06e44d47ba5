"""`quellenlage sources`: origins and outlets, who rests on whom."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("sources")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print origins with the articles that rest on them, then which article repeats which."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.origins import origin_lines, reuse_lines
    from quellenlage.views.cli.session import opened
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import origin_record, reuse_record

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        holdings = read_holdings(archive)
    linked = holdings.linked
    if not linked.origins:
        output.notice(words("sources.none"), settings)
    if settings.json:
        output.json_lines(origin_record(origin, holdings) for origin in linked.origins)
        output.json_lines(reuse_record(reuse, holdings) for reuse in linked.reuses)
        return
    for origin in sorted(linked.origins, key=lambda o: -len(o.articles)):
        for text in origin_lines(origin, holdings, words):
            output.line(text)
        output.line()
    if linked.reuses:
        output.line(output.bold(words("sources.reuse")))
        for reuse in linked.reuses:
            for text in reuse_lines(reuse, holdings, words):
                output.line(text)
