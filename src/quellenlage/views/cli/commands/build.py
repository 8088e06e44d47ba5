"""`quellenlage build`: analyse what is new, link, update the chronicle."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import models_option, option
from quellenlage.views.cli.engines import engine_given, engine_options
from quellenlage.views.cli.settings import Settings, settings_of


@make_command("build")
@models_option()
@option("--dct", "dates", key="dct_build", multiple=True, metavar="ARTICLE=DATE")
@option("--whole", key="whole", is_flag=True)
@engine_options()
@option("--explain", "explains", key="explain", is_flag=True)
@option("--last", "last", key="last_build", is_flag=True)
@click.pass_context
def command(ctx: click.Context, dates: tuple[str, ...], whole: bool, explains: bool, last: bool) -> int:
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
    if explains or last:
        if dates:
            raise WrongUsage(words("error.explains_only"))
        return _explain(settings, whole=whole, last=last)
    fixed = []
    for pair in dates:
        article, equals, day = pair.rpartition("=")
        interval = interval_option(day, settings) if equals else None
        if not article or interval is None:
            raise WrongUsage(words("error.bad_pair", value=pair, form="ARTICLE=2015-09-18"))
        fixed.append((article, interval.value))
    engine = engine_given(ctx)
    with opened(settings) as archive:
        if fixed:
            # A date is fixed for an article that was analysed once: before, it has no identifier to be known by.
            build_up(archive, settings, engine=engine)
        for article, day in fixed:
            judge(
                archive,
                Decision(Verdict.CORRECT, article, field="dct", value=day),
                author=user_name(),
                made_at=moment(),
            )
        done = build_up(archive, settings, whole=whole, engine=engine)
    status = print_built(done, settings)
    if done.linked:
        output.notice(words("build.next"), settings)
    return status


def _explain(settings: Settings, *, whole: bool, last: bool) -> int:
    """Say what a build would do, or what the last one did; nothing is done."""
    from quellenlage.execution import explain, last_built
    from quellenlage.views.cli import output
    from quellenlage.views.cli.explained import explanation_lines, explanation_records
    from quellenlage.views.cli.failures import printable
    from quellenlage.views.cli.session import opened

    with opened(settings) as archive:
        told = last_built(archive) if last else explain(archive, whole=whole)
    if told is None:
        output.notice(settings.words("explain.no_last"), settings)
        return 0
    if settings.json:
        output.json_lines(explanation_records(told))
        return 0
    for text in explanation_lines(told, settings.words):
        output.line(printable(text))
    return 0
