"""`quellenlage chronicle`: what happened when, with the sentence that says so."""

from __future__ import annotations

from typing import Literal

import click

from quellenlage.views.cli.chosen import choosing
from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("chronicle")
@choosing
@option("--zoom", key="zoom", type=click.Choice(["year", "month", "day"]), metavar="Z")
@option("--top", key="top", type=click.IntRange(min=1), metavar="N")
@option("--since", "changed", key="changed", metavar="D")
@option("--by", key="changed_by", type=click.Choice(["captured", "published"]), default="captured", metavar="B")
@option("--gaps", key="gaps", is_flag=True)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    zoom: Literal["year", "month", "day"] | None,
    top: int | None,
    changed: str | None,
    by: str,
    gaps: bool,
    **given: str | None,
) -> None:
    """Print the chronicle, or the part of it that is asked for; from further away; what changed; what is open."""
    from quellenlage.model import in_force
    from quellenlage.views.cli import output
    from quellenlage.views.cli.changed import made_since, new_articles, print_changes, print_gaps
    from quellenlage.views.cli.periods import TOP, print_periods
    from quellenlage.views.cli.revising import print_gone
    from quellenlage.views.cli.session import Filter, interval_option, opened
    from quellenlage.views.cli.story import in_story, left_out, print_chronicle, print_provisional
    from quellenlage.views.holdings import read_chosen, read_holdings, read_news
    from quellenlage.views.wording.corrections import gone_events

    settings = settings_of(ctx)
    chosen = Filter(settings, **given)
    day = interval_option(changed, settings)
    with opened(settings) as archive:
        story, actor, place = (given.get(name) for name in ("story", "actor", "place"))
        provisional = archive.provisional()
        new = new_articles(archive, day.earliest, published=by == "published") if day else frozenset()
        decided = made_since(in_force(archive.judgements()), day.earliest) if day else []
        if gaps or (day and (story or actor or place)) or (actor and place):
            holdings = read_holdings(archive)
        elif day:
            holdings = read_news(archive, new, {judgement.subject for judgement in decided})
        else:
            holdings = read_chosen(archive, story, actor or place)
    selection = chosen.on(holdings)
    entries = [e for e in holdings.linked.chronicle if in_story(e, selection, holdings)]
    if day or gaps:
        taken = {entry.event for entry in entries}
        if day:
            print_changes(holdings, settings, new, decided, taken)
        if gaps:
            print_gaps(holdings, settings, taken, selection.stories)
        return
    story_of = {event: story.id for story in holdings.linked.stories for event in story.events}
    gone = [e for e in gone_events(holdings) if selection.takes(e, story_of.get(e.id, ""))]
    if not entries and not gone:
        key = "chronicle.none_chosen" if holdings.linked.chronicle else "chronicle.empty"
        output.notice(settings.words(key), settings)
    if undated := left_out(holdings.linked.chronicle, selection, holdings):
        output.notice(settings.words.count("chronicle.undated_left_out", undated), settings)
    if zoom or top:
        print_periods(entries, holdings, settings, zoom or "month", top or TOP)
        return
    print_chronicle(entries, holdings, settings)
    print_gone(gone, holdings, settings)
    print_provisional(provisional, settings)
