"""`quellenlage verify`: every evidence span against its text."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of


@make_command("verify")
@click.pass_context
def command(ctx: click.Context) -> int:
    """Print what does not hold; exit status 1 where anything does not."""
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        problems = archive.verify()
        counts = archive.counts()
    for problem in problems:
        if settings.json:
            output.json_line({"record": "problem", **to_builtins(problem)})
        else:
            kind, detail = words.code("problem", problem.code), words.detail(problem.detail)
            output.line(f"{output.bold(kind)}  {output.plain(problem.subject)}  {output.plain(detail)}")
    summary = ", ".join(f"{words.code('table', k)} {words.number(v)}" for k, v in counts.items())
    if problems:
        output.notice(words("verify.bad", problems=words.count("count.problems", len(problems))), settings)
        return 1
    output.notice(words("verify.good", counts=summary), settings)
    return 0
