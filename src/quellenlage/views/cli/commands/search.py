"""`quellenlage search QUERY`: each hit is the sentence itself, found by its words or by what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import Settings, settings_of

if TYPE_CHECKING:
    from quellenlage.execution import Found
    from quellenlage.model import Hit

_WAYS = ("text", "meaning", "both")


@make_command("search")
@click.argument("query", nargs=-1, required=True)
@option("--by", key="by", type=click.Choice(_WAYS))
@option("--limit", key="limit", type=click.IntRange(1, 10_000), default=20, metavar="N")
@click.pass_context
def command(ctx: click.Context, query: tuple[str, ...], by: str | None, limit: int) -> None:
    """Print the sentences in which the words occur, or that mean the like."""
    from quellenlage.execution import By, search
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened
    from quellenlage.views.records import hit_record

    settings = settings_of(ctx)
    asked = " ".join(query)
    with opened(settings) as archive:
        found = search(archive, asked, by=By(by) if by else None, limit=limit)
    _tell(found, asked, settings)
    if settings.json:
        output.json_lines(hit_record(hit) for hit in found.hits)
        return
    for hit in found.hits:
        _print(hit, settings)


def _print(hit: Hit, settings: Settings) -> None:
    """The sentence with its citation; of one that shares no words with the request, how near it is."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.lines import INDENT
    from quellenlage.views.wording.lines import time_value
    from quellenlage.views.wording.quoting import quoted

    words = settings.words
    label = hit.outlet or hit.source
    when = time_value(hit.dct, words) if hit.dct else words("citation.undated")
    cited = ", ".join(part for part in (label, when, hit.headline) if part)
    place = f"{cited} ({hit.source}:{hit.evidence.start}-{hit.evidence.end})"
    if hit.meaning_score is not None and hit.text_score is None:
        place += " · " + words("search.by_meaning", score=words.number(round(hit.meaning_score, 2)))
    output.line(output.quotation(quoted(hit.evidence), words))
    output.line(INDENT + output.dim(place))


def _tell(found: Found, asked: str, settings: Settings) -> None:
    """Say beside the result what it leaves out, and what to try where there is none."""
    from quellenlage.views.cli import output

    words = settings.words
    if found.obstacle is not None:
        output.notice(words("search.text_only", problem=words.phrase(found.obstacle.said)), settings)
    if found.unread:
        output.notice(words.count("search.unread", found.unread), settings)
    if not found.hits:
        hints = {"text": "search.try_text", "meaning": "search.try_meaning", "both": "search.try_both"}
        output.notice(words("search.none", query=asked), settings)
        output.notice(words(hints[found.by]), settings)
