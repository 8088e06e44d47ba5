"""`quellenlage build`: analyse what is new, link, update the chronicle."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import models_option, option
from quellenlage.views.cli.settings import settings_of


@make_command("build")
@models_option()
@option("--dct", "dates", key="dct_build", multiple=True, metavar="ARTICLE=DATE")
@option("--whole", key="whole", is_flag=True)
@click.pass_context
def command(ctx: click.Context, dates: tuple[str, ...], whole: bool) -> int:
    """Bring the archive up to date; safe to stop and to run again."""
    from quellenlage.execution import Decision, judge
    from quellenlage.model import Verdict
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import moment
    from quellenlage.views.cli.failures import WrongUsage
    from quellenlage.views.cli.person import user_name
    from quellenlage.views.cli.session import interval_option, opened
    from quellenlage.views.cli.taking_in import build_up, print_built

    settings = settings_of(ctx)
    words = settings.words
    fixed = []
    for pair in dates:
        article, equals, day = pair.rpartition("=")
        interval = interval_option(day, settings) if equals else None
        if not article or interval is None:
            raise WrongUsage(words("error.bad_pair", value=pair, form="ARTICLE=2015-09-18"))
        fixed.append((article, interval.value))
    with opened(settings) as archive:
        if fixed:
            # A date is fixed for an article that was analysed once: before, it has no identifier to be known by.
            build_up(archive, settings)
        for article, day in fixed:
            judge(
                archive,
                Decision(Verdict.CORRECT, article, field="dct", value=day),
                author=user_name(),
                made_at=moment(),
            )
        done = build_up(archive, settings, whole=whole)
    status = print_built(done, settings)
    if done.linked:
        output.notice(words("build.next"), settings)
    return status
