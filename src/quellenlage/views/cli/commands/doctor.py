"""`quellenlage doctor`: what is installed, which archive, what is wrong."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("doctor")
@click.pass_context
def command(ctx: click.Context) -> int:
    """Print one line a check; exit status 1 where something is wrong."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.checks import examine

    settings = settings_of(ctx)
    words = settings.words
    checks = examine(settings)
    for check in checks:
        if settings.json:
            output.json_line({"record": "check", "name": check.name, "state": check.state, "detail": check.detail})
            continue
        color = {"ok": "green", "bad": "red", "note": "yellow"}[check.state]
        mark = click.style(words(f"doctor.{check.state}"), fg=color)
        output.line(f"{mark:<8}  {words(f'doctor.{check.name}')}: {output.plain(check.detail)}")
    return 1 if any(check.state == "bad" for check in checks) else 0
