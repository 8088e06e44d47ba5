"""`quellenlage search QUERY`: each hit is the sentence itself."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("search")
@click.argument("query", nargs=-1, required=True)
@option("--limit", key="limit", type=click.IntRange(1, 10_000), default=20, metavar="N")
@click.pass_context
def command(ctx: click.Context, query: tuple[str, ...], limit: int) -> None:
    """Print the sentences in which the words occur."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.lines import INDENT
    from quellenlage.views.cli.session import opened
    from quellenlage.views.records import hit_record
    from quellenlage.views.wording.lines import time_value
    from quellenlage.views.wording.quoting import quoted

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        hits = archive.search(" ".join(query), limit=limit)
    if not hits:
        output.notice(words("search.none", query=" ".join(query)), settings)
    if settings.json:
        output.json_lines(hit_record(hit) for hit in hits)
        return
    for hit in hits:
        label = hit.outlet or hit.source
        when = time_value(hit.dct, words) if hit.dct else words("citation.undated")
        cited = ", ".join(part for part in (label, when, hit.headline) if part)
        output.line(output.quotation(quoted(hit.evidence), words))
        output.line(INDENT + output.dim(f"{cited} ({hit.source}:{hit.evidence.start}-{hit.evidence.end})"))
