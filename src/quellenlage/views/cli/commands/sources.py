"""`quellenlage sources`: origins and outlets, who rests on whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import Settings, settings_of

if TYPE_CHECKING:
    from quellenlage.views.holdings import Holdings


@make_command("sources")
@option("--event", key="tree_event", metavar="ID")
@option("--article", key="tree_article", metavar="ID")
@click.pass_context
def command(ctx: click.Context, event: str | None, article: str | None) -> None:
    """Print origins with the articles that rest on them, then which article repeats which.

    With `--event` or `--article`, the tree of who rests on whom for these instead.
    """
    from quellenlage.views.cli.session import opened
    from quellenlage.views.holdings import read_holdings, read_stories

    settings = settings_of(ctx)
    with opened(settings) as archive:
        if event:
            event = archive.resolve(event)
        if event and not article:
            told = {account.member.article for one in archive.linked_of((), {event}).events for account in one.accounts}
            holdings = read_stories(archive, (), {event}, reuses=told)
        else:
            holdings = read_holdings(archive)
    if event:
        _event(event, holdings, settings)
    if article:
        _article(article, holdings, settings)
    if not (event or article):
        _everything(holdings, settings)


def _event(event: str, holdings: Holdings, settings: Settings) -> None:
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import Failed
    from quellenlage.views.cli.origins import event_tree_lines
    from quellenlage.views.resting import event_tree, event_tree_record

    words = settings.words
    if event not in holdings.events:
        raise Failed(words("error.not_found_event", name=event), words("error.events_help"))
    tree = event_tree(holdings.events[event], holdings)
    if settings.json:
        output.json_line(event_tree_record(tree, holdings))
        return
    for text in event_tree_lines(tree, holdings, words):
        output.line(text)


def _article(name: str, holdings: Holdings, settings: Settings) -> None:
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import Failed
    from quellenlage.views.cli.origins import article_tree_lines
    from quellenlage.views.cli.revising import print_revisions
    from quellenlage.views.resting import article_tree, article_tree_record
    from quellenlage.views.wording.corrections import about_article

    words = settings.words
    named = [c.article for c in holdings.citations.values() if name in {c.article, c.source, c.source.split("/")[-1]}]
    if not named:
        raise Failed(words("error.not_found_article", name=name), words("error.articles_help"))
    for article in named:
        tree = article_tree(article, holdings.linked)
        if settings.json:
            output.json_line(article_tree_record(tree, holdings))
            continue
        for text in article_tree_lines(tree, holdings, words):
            output.line(text)
    print_revisions([r for a in named for r in about_article(a, holdings)], holdings, settings)


def _everything(holdings: Holdings, settings: Settings) -> None:
    from quellenlage.views.cli import output
    from quellenlage.views.cli.origins import origin_lines, reuse_lines
    from quellenlage.views.cli.revising import print_revisions
    from quellenlage.views.records import origin_record, reuse_record

    words, linked = settings.words, holdings.linked
    if not linked.origins:
        output.notice(words("sources.none"), settings)
    if settings.json:
        output.json_lines(origin_record(origin, holdings) for origin in linked.origins)
        output.json_lines(reuse_record(reuse, holdings) for reuse in linked.reuses)
        print_revisions(linked.revisions, holdings, settings)
        return
    for origin in sorted(linked.origins, key=lambda o: -len(o.articles)):
        for text in origin_lines(origin, holdings, words):
            output.line(text)
        output.line()
    if linked.reuses:
        output.line(output.bold(words("sources.reuse")))
        for reuse in linked.reuses:
            for text in reuse_lines(reuse, holdings, words):
                output.line(text)
    print_revisions(linked.revisions, holdings, settings)
