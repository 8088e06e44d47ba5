"""`quellenlage restore FILE`: an archive from its backup, checked before it takes its place."""

from __future__ import annotations

from pathlib import Path

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--replace", "replace", key="restore_replace", is_flag=True)
@option("--check", "check", key="restore_check", is_flag=True)
@option("--log", "log", key="restore_log", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@option("--no-link", "no_link", key="restore_no_link", is_flag=True)
@click.pass_context
def command(ctx: click.Context, /, *, file: Path, replace: bool, check: bool, log: Path | None, no_link: bool) -> int:
    """Check the backup, then copy it to where the archive belongs, and link anew what deletions let go of."""
    import dataclasses

    from quellenlage.execution.restoring import link_restored, read_log, restore
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import now
    from quellenlage.views.cli.failures import FAILED
    from quellenlage.views.cli.retaining import gone_words

    settings = settings_of(ctx)
    words = settings.words
    since = read_log(log) if log else None
    done = restore(file, settings.archive, replace=replace, since=since, check_only=check)
    told_again = gone_words(done.again, words, people=True)
    linked = False
    if told_again and not no_link:
        with output.progress_bars(settings) as progress:
            linked = link_restored(settings.archive, clock=now, progress=progress)
    if settings.json:
        told = {"path": settings.archive, "kept": str(done.kept) if done.kept else None, "checked_only": check,
                "linked": linked}  # fmt: skip
        output.json_line({"record": "restored", **to_builtins(dataclasses.replace(done, kept=None)), **told})
    if done.problems:
        problems = words.count("count.problems", len(done.problems))
        output.notice(words("backup.bad", path=file, problems=problems), settings)
        return FAILED
    counts = ", ".join(f"{words.code('table', k)} {words.number(v)}" for k, v in done.counts.items())
    output.notice(words("backup.checked", path=file, counts=counts), settings)
    if check:
        return 0
    output.notice(words("backup.restored", path=settings.archive), settings)
    if told_again:
        output.notice(words("backup.again", told=told_again), settings)
        output.notice(words("backup.linked" if linked else "backup.build"), settings)
    if done.kept:
        output.notice(words("backup.kept", path=done.kept), settings)
    return 0
