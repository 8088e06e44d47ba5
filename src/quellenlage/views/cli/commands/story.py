"""`quellenlage story ...`: courses of events, why articles belong to them, and what people decide about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import Group, option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.model import Archive, Judgement

Make = Callable[["Archive", str, str], "tuple[Judgement, ...]"]


@click.group("story", cls=Group)
def command() -> None:
    """Stories of the archive."""


@command.command("list", key="help.story_list")
@click.pass_context
def listed(ctx: click.Context) -> None:
    """Print all stories, those of most articles first."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened
    from quellenlage.views.cli.story import story_line
    from quellenlage.views.holdings import read_listed
    from quellenlage.views.records import story_record

    settings = settings_of(ctx)
    with opened(settings) as archive:
        holdings = read_listed(archive, archive.stories(), cited=settings.json)
    stories = sorted(holdings.linked.stories, key=lambda story: (not story.made, -len(story.articles)))
    if not stories:
        output.notice(settings.words("chronicle.empty"), settings)
    for story in stories:
        if settings.json:
            output.json_line(story_record(story, holdings))
        else:
            output.line(story_line(story, settings.words))


@command.command("show", key="help.story_show")
@click.argument("story")
@click.pass_context
def show(ctx: click.Context, story: str) -> None:
    """Print a story with its articles and why each belongs to it."""
    from quellenlage.execution.stories import find_story
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened
    from quellenlage.views.cli.story import story_lines
    from quellenlage.views.holdings import read_listed
    from quellenlage.views.records import story_record

    settings = settings_of(ctx)
    with opened(settings) as archive:
        found = find_story(archive, story)
        near = [one for one in archive.stories() if one.id in {found.id, *found.related}]
        holdings = read_listed(archive, near)
    if settings.json:
        output.json_line(story_record(found, holdings))
        return
    for text in story_lines(found, holdings, settings.words):
        output.line(text)


@command.command("make", key="help.story_make")
@click.argument("title")
@click.argument("articles", nargs=-1, required=True)
@option("--author", key="author", metavar="NAME")
@click.pass_context
def make(ctx: click.Context, title: str, articles: tuple[str, ...], author: str | None) -> None:
    """Make a story of articles."""
    from quellenlage.execution import stories

    _keep(ctx, author, lambda a, who, when: stories.make(a, title, articles, author=who, made_at=when))


@command.command("add", key="help.story_add")
@click.argument("story")
@click.argument("articles", nargs=-1, required=True)
@option("--author", key="author", metavar="NAME")
@click.pass_context
def add(ctx: click.Context, story: str, articles: tuple[str, ...], author: str | None) -> None:
    """Put articles into a story."""
    from quellenlage.execution import stories

    _keep(ctx, author, lambda a, who, when: stories.add(a, story, articles, author=who, made_at=when))


@command.command("remove", key="help.story_remove")
@click.argument("story")
@click.argument("articles", nargs=-1, required=True)
@option("--author", key="author", metavar="NAME")
@click.pass_context
def remove(ctx: click.Context, story: str, articles: tuple[str, ...], author: str | None) -> None:
    """Take articles out of a story."""
    from quellenlage.execution import stories

    _keep(ctx, author, lambda a, who, when: stories.remove(a, story, articles, author=who, made_at=when))


@command.command("merge", key="help.story_merge")
@click.argument("a")
@click.argument("b")
@option("--author", key="author", metavar="NAME")
@click.pass_context
def merge(ctx: click.Context, a: str, b: str, author: str | None) -> None:
    """Make two stories one."""
    from quellenlage.execution import stories

    _keep(ctx, author, lambda archive, who, when: stories.merge(archive, a, b, author=who, made_at=when))


@command.command("split", key="help.story_split")
@click.argument("story")
@click.argument("articles", nargs=-1, required=True)
@option("--author", key="author", metavar="NAME")
@click.pass_context
def split(ctx: click.Context, story: str, articles: tuple[str, ...], author: str | None) -> None:
    """Make articles of a story another one."""
    from quellenlage.execution import stories

    _keep(ctx, author, lambda a, who, when: stories.split(a, story, articles, author=who, made_at=when))


@command.command("rename", key="help.story_rename")
@click.argument("story")
@click.argument("title")
@option("--author", key="author", metavar="NAME")
@click.pass_context
def rename(ctx: click.Context, story: str, title: str, author: str | None) -> None:
    """Name a story."""
    from quellenlage.execution import stories

    _keep(ctx, author, lambda a, who, when: stories.rename(a, story, title, author=who, made_at=when))


def _keep(ctx: click.Context, author: str | None, made: Make) -> None:
    """Record the judgements that `made` gives for an archive, an author and a time."""
    from quellenlage.execution import record
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import moment
    from quellenlage.views.cli.person import user_name
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    with opened(settings) as archive:
        judgements = record(archive, made(archive, author or user_name(), moment()))
    for judgement in judgements:
        if settings.json:
            output.json_line({"record": "judgement", **to_builtins(judgement)})
        else:
            output.line(settings.words("judge.done", id=judgement.id))
    output.notice(settings.words("judge.next"), settings)
