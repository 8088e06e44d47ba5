"""`quellenlage copy`: the whole archive in another database, from a file to a server and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.model import Problem


@make_command("copy")
@click.argument("source")
@click.argument("target")
@click.pass_context
def command(ctx: click.Context, /, *, source: str, target: str) -> int:
    """Copy, then check the copy; exit status 1 where anything in it does not hold."""
    from quellenlage.model import to_builtins
    from quellenlage.store.transfer import copy
    from quellenlage.views.cli import output

    settings = settings_of(ctx)
    words = settings.words
    copied = copy(source, target)
    problems, counts = _checked(target)
    before = len(_checked(source)[0]) if problems else 0
    told = ", ".join(f"{words.code('table', name)} {words.number(number)}" for name, number in counts.items())
    if settings.json:
        output.json_line({"record": "copied", "target": copied.target, "rows": dict(copied.rows)})
        output.json_lines({"record": "problem", **to_builtins(problem)} for problem in problems)
    else:
        output.line(words("copy.done", source=copied.source, target=copied.target, counts=told))
    if problems:
        found = words.count("count.problems", len(problems))
        output.notice(words("copy.as_before" if before == len(problems) else "copy.bad", problems=found), settings)
        return 1
    output.notice(words("copy.good", rows=words.number(sum(copied.rows.values()))), settings)
    return 0


def _checked(location: str) -> tuple[list[Problem], dict[str, int]]:
    from quellenlage.store import open_archive

    archive = open_archive(location)
    try:
        return archive.verify(), archive.counts()
    finally:
        archive.close()
