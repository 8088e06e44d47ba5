"""`quellenlage evaluate [SUITE]`: score against gold data."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("evaluate")
@click.argument("suite", nargs=-1)
@option("--update", key="update", is_flag=True)
@click.pass_context
def command(ctx: click.Context, suite: tuple[str, ...], update: bool) -> int:
    """Print each suite's figures; exit status 1 where a pinned one fell."""
    from quellenlage import evaluation
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import FAILED, WrongUsage
    from quellenlage.views.cli.scores import score_lines

    settings = settings_of(ctx)
    words = settings.words
    known = evaluation.suites()
    for name in suite:
        if name not in known:
            raise WrongUsage(words("error.no_suite", name=name, choices=", ".join(known)), ctx)
    status = 0
    for result in evaluation.run(suite, update=update):
        status = status if result.ok else FAILED
        if settings.json:
            output.json_line({"record": "suite", "ok": result.ok, **to_builtins(result)})
            continue
        for text in score_lines(result, words):
            output.line(text)
    return status
