"""`quellenlage claims`: who said it, on whose word."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("claims")
@option("--speaker", key="speaker", metavar="S")
@option("--about", key="about", metavar="TEXT")
@option("--evidentiality", key="evidentiality", type=click.Choice(["asserted", "hedged", "demanded", "questioned"]))
@click.pass_context
def command(ctx: click.Context, speaker: str | None, about: str | None, evidentiality: str | None) -> None:
    """Print claims, each with its chain and its words."""
    from quellenlage.model import fold
    from quellenlage.views.cli import output
    from quellenlage.views.cli.lines import claim_lines
    from quellenlage.views.cli.session import entity_ids, opened
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import claim_record

    settings = settings_of(ctx)
    with opened(settings) as archive:
        holdings = read_holdings(archive, claims=True)
    speakers = entity_ids(speaker, holdings, settings)
    wanted = fold(about or "").split()
    chosen = [
        claim
        for claim in holdings.claims
        if (speakers is None or any(e in speakers for link in claim.chain for e in link))
        and all(word in fold(claim.sentence.exact) for word in wanted)
        and evidentiality in {None, claim.evidentiality.value}
    ]
    if not chosen:
        output.notice(settings.words("claims.none"), settings)
    if settings.json:
        output.json_lines(claim_record(claim, holdings) for claim in chosen)
        return
    for claim in chosen:
        for text in claim_lines(claim, holdings, settings.words):
            output.line(text)
        output.line()
