"""`quellenlage claims`: who said it, on whose word, to whom and when; with `--statements`, how often."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("claims")
@option("--speaker", key="speaker", metavar="S")
@option("--about", key="about", metavar="TEXT")
@option("--evidentiality", key="evidentiality", type=click.Choice(["asserted", "hedged", "demanded", "questioned"]))
@option("--polarity", key="polarity", type=click.Choice(["affirmed", "denied", "unknown"]))
@option("--to", key="told_to", metavar="S")
@option("--from", "since", key="said_from", metavar="D")
@option("--until", key="said_until", metavar="D")
@option("--statements", key="statements", is_flag=True)
@click.pass_context
def command(ctx: click.Context, /, *, statements: bool, **given: str | None) -> None:
    """Print claims, each with its chain and its words, or each statement once with every print of it."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.lines import claim_lines
    from quellenlage.views.cli.said import Chosen
    from quellenlage.views.cli.session import opened
    from quellenlage.views.cli.statements import statement_lines
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import claim_record, statement_record

    settings = settings_of(ctx)
    words = settings.words
    chosen = Chosen(settings, **given)
    with opened(settings) as archive:
        holdings = read_holdings(archive, claims=True)
    found = chosen.of(holdings)
    if not found:
        output.notice(words("claims.none"), settings)
    if not statements:
        if settings.json:
            output.json_lines(claim_record(claim, holdings) for claim in found)
            return
        for claim in found:
            for text in claim_lines(claim, holdings, words):
                output.line(text)
            output.line()
        return
    told = {s.id: s for claim in found if (s := holdings.statement_of.get(claim.key))}
    if settings.json:
        output.json_lines(statement_record(statement, holdings) for statement in told.values())
        return
    by_key = {claim.key: claim for claim in holdings.claims}
    for statement in told.values():
        for text in statement_lines(statement, by_key, holdings, words):
            output.line(text)
        output.line()
