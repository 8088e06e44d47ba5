"""`quellenlage forget`: delete an article, a person's data, or texts past retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import Settings, settings_of

if TYPE_CHECKING:
    from quellenlage.model import Forgotten


@make_command("forget")
@click.argument("article", required=False)
@option("--person", key="person", metavar="ENTITY")
@option("--text", key="text", is_flag=True)
@option("--before", key="before", metavar="D")
@option("--older-than", "older_than", key="older_than", metavar="PERIOD|D")
@option("--outlet", key="outlet_only", metavar="NAME")
@option("--reason", key="reason", default="", metavar="TEXT")
@option("--author", key="author", metavar="NAME")
@option("--yes", key="yes", is_flag=True)
@click.pass_context
def command(  # noqa: PLR0913 - what, why and who
    ctx: click.Context,
    /,
    *,
    article: str | None,
    person: str | None,
    text: bool,
    before: str | None,
    older_than: str | None,
    outlet: str | None,
    reason: str,
    author: str | None,
    yes: bool,
) -> int:
    """Delete, after asking on a terminal."""
    import sys

    from quellenlage.execution import forget_article, forget_person, forget_texts
    from quellenlage.execution.retention import day_before
    from quellenlage.model.ledger import Deed
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import moment, now
    from quellenlage.views.cli.failures import FAILED, WrongUsage, given_wrongly
    from quellenlage.views.cli.person import user_name
    from quellenlage.views.cli.session import interval_option, opened

    settings = settings_of(ctx)
    words = settings.words
    if [bool(article), bool(person), text].count(True) != 1:
        raise WrongUsage(words("error.forget_one"), ctx)
    if (before or older_than or outlet) and not text:
        raise WrongUsage(words("error.forget_texts_only"), ctx)
    if before and older_than:
        raise WrongUsage(words("error.forget_when"), ctx)
    if before:
        interval_option(before, settings)
    if older_than:
        with given_wrongly(settings):
            before = day_before(older_than, now())
    what = "article" if article else "person" if person else "text"
    parts = [what, *(["before"] if before else []), *(["outlet"] if outlet else [])]
    question = words(f"forget.ask_{'_'.join(parts)}", name=article or person or "", before=before, outlet=outlet)
    with opened(settings) as archive:
        if not yes:
            if not sys.stdin.isatty():
                raise WrongUsage(words("error.need_yes"), ctx)
            if not click.confirm(question, err=True):
                output.notice(words("error.not_confirmed"), settings)
                return FAILED
        deed = Deed(moment(), author or user_name(), reason)
        with output.progress_bars(settings) as progress:
            if article:
                done = forget_article(archive, article, clock=now, deed=deed, progress=progress)
            elif person:
                done = forget_person(archive, person, clock=now, deed=deed, progress=progress)
            else:
                done = forget_texts(archive, before=before, outlet=outlet, clock=now, deed=deed, progress=progress)
    return _tell(done, settings, people=bool(person))


def _tell(done: Forgotten, settings: Settings, *, people: bool) -> int:
    """Say what was deleted and what could not be. Returns the exit status."""
    from dataclasses import replace

    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.retaining import gone_words, report_unread

    words = settings.words
    if settings.json:
        unread = done.unread and {"error": type(done.unread).__name__, "message": done.unread.message}
        output.json_line({"record": "forgotten", **to_builtins(replace(done, unread=None)), "unread": unread})
    told = gone_words(done, words, people=people)
    output.notice(words("forget.done", told=told) if told else words("forget.nothing"), settings)
    if done.characters:
        figures = {"cited": words.number(done.cited), "characters": words.number(done.characters)}
        percent = words.number(round(100 * done.cited / done.characters))
        output.notice(words("forget.cited", percent=percent, **figures), settings)
    if done.reports is None and done.unread is None:
        output.notice(words("forget.watched"), settings)
    elif done.reports:
        output.notice(words.count("forget.reports", done.reports), settings)
    if told:
        output.notice(words("forget.elsewhere"), settings)
    return report_unread(done, settings)
