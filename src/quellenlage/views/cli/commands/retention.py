"""`quellenlage retention`: how long texts are kept before `build` and `watch` delete them."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of

_OFF = frozenset({"off", "aus", "none"})


@make_command("retention")
@click.argument("period", required=False)
@option("--outlet", key="outlet_only", metavar="NAME")
@click.pass_context
def command(ctx: click.Context, period: str | None, outlet: str | None) -> None:
    """Set, take back or show the period."""
    from quellenlage.execution.forget import has_outlet
    from quellenlage.execution.retention import days_of, retention_of, set_retention
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import given_wrongly
    from quellenlage.views.cli.retaining import retention_lines
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    if period is not None and period.lower() not in _OFF:
        with given_wrongly(settings):
            days_of(period)
    with opened(settings) as archive:
        if period is None:
            now = retention_of(archive)
        else:
            now = set_retention(archive, None if period.lower() in _OFF else period, outlet)
            if outlet is not None and not has_outlet(archive, outlet):
                output.notice(settings.words("retention.no_outlet", outlet=output.plain(outlet)), settings)
    if settings.json:
        output.json_line({"record": "retention", "period": now.period, "outlets": dict(now.outlets)})
        return
    for told in retention_lines(now, settings.words):
        output.line(output.plain(told))
