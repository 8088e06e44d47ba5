"""`quellenlage doubts`: what may be one or two, for a person to decide."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of

_KINDS = ("PER", "ORG", "GPE", "LOC", "MISC")


@make_command("doubts")
@option("--limit", key="limit_doubts", type=click.IntRange(min=1), default=20)
@option("--kind", key="kind", type=click.Choice(_KINDS, case_sensitive=False))
@option("--merged", key="merged", is_flag=True)
@click.pass_context
def command(ctx: click.Context, limit: int, kind: str | None, merged: bool) -> None:
    """Print the most doubtful pairs, the most valuable first."""
    from quellenlage.model import EntityKind
    from quellenlage.views.cli import output
    from quellenlage.views.cli.doubting import doubt_lines
    from quellenlage.views.cli.session import opened
    from quellenlage.views.doubting import chosen
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import doubt_record

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        holdings = read_holdings(archive)
    known = ((doubt, sides) for doubt in holdings.doubts if (sides := holdings.sides(doubt)))
    found = list(chosen(((d, *sides) for d, sides in known), EntityKind(kind) if kind else None, merged))
    if not found:
        output.notice(words("doubts.none"), settings)
    if settings.json:
        output.json_lines(doubt_record(doubt, holdings) for doubt, _, _ in found[:limit])
        return
    for doubt, one, other in found[:limit]:
        for text in doubt_lines(doubt, one, other, holdings, words):
            output.line(text)
        output.line()
    if len(found) > limit:
        output.notice(words("doubts.more", n=words.number(len(found) - limit)), settings)
