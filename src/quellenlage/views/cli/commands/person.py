"""`quellenlage person NAME --export FILE`: what the archive holds on somebody, for that person."""

from __future__ import annotations

from pathlib import Path

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of

_JSON, _MARKDOWN = ".json", ".md"


@make_command("person")
@click.argument("name")
@option("--export", "target", key="person_export", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.pass_context
def command(ctx: click.Context, name: str, target: Path | None) -> None:
    """Write it to files, or print the readable form."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import printable
    from quellenlage.views.cli.files import written
    from quellenlage.views.cli.session import opened
    from quellenlage.views.exports.person import Information
    from quellenlage.views.records import encoded

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        told = Information(archive, name)
        if target is None:
            if settings.json:
                output.json_line(told.record())
            else:
                for line in told.markdown(words):
                    output.line(printable(line))
            return
        ending = target.suffix.lower()
        wanted = (ending,) if ending in {_JSON, _MARKDOWN} else (_JSON, _MARKDOWN)
        for one in wanted:
            path = target if one == ending else target.with_name(target.name + one)
            content = encoded(told.record()) if one == _JSON else "\n".join(told.markdown(words)).encode()
            written(path, [content, b"\n"], words)
            mentions = words.count("person.counted", len(told.person.mentions))
            articles = words.count("person.in_articles", len(told.articles))
            output.notice(words("person.done", path=path, mentions=mentions, articles=articles), settings)
