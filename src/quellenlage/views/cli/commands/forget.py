"""`quellenlage forget`: delete an article, a person's data, or texts past retention."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("forget")
@click.argument("article", required=False)
@option("--person", key="person", metavar="ENTITY")
@option("--text", key="text", is_flag=True)
@option("--before", key="before", metavar="D")
@option("--yes", key="yes", is_flag=True)
@click.pass_context
def command(
    ctx: click.Context, article: str | None, person: str | None, text: bool, before: str | None, yes: bool
) -> int:
    """Delete, after asking on a terminal."""
    import sys

    from quellenlage.execution import forget_article, forget_person, forget_texts
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import now
    from quellenlage.views.cli.failures import FAILED, WrongUsage
    from quellenlage.views.cli.session import interval_option, opened

    settings = settings_of(ctx)
    words = settings.words
    if [bool(article), bool(person), text].count(True) != 1 or (before and not text):
        raise WrongUsage(words("error.forget_one"), ctx)
    if before:
        interval_option(before, settings)
    key = "article" if article else "person" if person else "text_before" if before else "text"
    question = words(f"forget.ask_{key}", name=article or person or "", before=before or "")
    with opened(settings) as archive:
        if not yes:
            if not sys.stdin.isatty():
                raise WrongUsage(words("error.need_yes"), ctx)
            if not click.confirm(question, err=True):
                output.notice(words("error.not_confirmed"), settings)
                return FAILED
        with output.progress_bars(settings) as progress:
            if article:
                done = forget_article(archive, article, clock=now, progress=progress)
            elif person:
                done = forget_person(archive, person, clock=now, progress=progress)
            else:
                done = forget_texts(archive, before=before, clock=now, progress=progress)
    numbers = to_builtins(done)
    if settings.json:
        output.json_line({"record": "forgotten", **numbers})
    told = ", ".join(f"{words.number(n)} {words(f'forget.{name}')}" for name, n in numbers.items() if n)
    output.notice(words("forget.done", told=told) if told else words("forget.nothing"), settings)
    return 0
