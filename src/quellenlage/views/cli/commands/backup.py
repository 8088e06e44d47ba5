"""`quellenlage backup FILE`: the archive as it stands, also while others write to it."""

from __future__ import annotations

from pathlib import Path

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@option("--accounts", "accounts", key="backup_accounts", is_flag=True)
@click.pass_context
def command(ctx: click.Context, file: Path, accounts: bool) -> None:
    """Write it beside its place, check it and move it there."""
    from quellenlage.store.backup import back_up, back_up_file
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened
    from quellenlage.views.web.access.settings import accounts_beside

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        size = back_up(archive.location, file)
    if settings.json:
        output.json_line({"record": "backup", "path": str(file), "bytes": size})
    output.notice(words("backup.done", path=file, size=f"{words.number(round(size / 1e6, 1))} MB"), settings)
    beside = accounts_beside(settings.archive)
    if accounts and beside.exists():
        copy = file.with_name(f"{file.name}.accounts")
        back_up_file(beside, copy)
        output.notice(words("backup.accounts", path=copy), settings)
