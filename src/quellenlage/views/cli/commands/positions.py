"""`quellenlage positions SPEAKER`: what somebody said in the course of time, and where it differs from before."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("positions")
@click.argument("speaker")
@option("--about", key="about", metavar="TEXT")
@option("--event", key="event", metavar="ID")
@click.pass_context
def command(ctx: click.Context, speaker: str, about: str | None, event: str | None) -> None:
    """Print what a speaker said in order of time, changes marked with both passages."""
    from quellenlage.execution.reading import is_about
    from quellenlage.story.positions import positions
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import Failed
    from quellenlage.views.cli.session import opened, speaker_ids
    from quellenlage.views.cli.statements import position_lines
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.records import position_record

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        holdings = read_holdings(archive, claims=True)
        about_event = archive.resolve(event) if event else None
    speakers = speaker_ids(speaker, holdings, settings) or frozenset()
    if about_event and about_event not in holdings.events:
        raise Failed(words("error.not_found_event", name=about_event), words("error.events_help"))
    by_key = {claim.key: claim for claim in holdings.claims}
    found = positions(
        holdings.linked,
        speakers,
        about=(lambda key: key in by_key and is_about(by_key[key].sentence.exact, about)) if about else None,
        event=about_event,
    )
    if not found:
        output.notice(words("positions.none"), settings)
    if settings.json:
        output.json_lines(position_record(position, holdings) for position in found)
        return
    for position in found:
        for text in position_lines(position, by_key, holdings, words):
            output.line(text)
        output.line()
