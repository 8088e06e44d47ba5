"""`quellenlage annotate FILE...`: one article to stand-off JSON, no archive needed."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import models_option, option
from quellenlage.views.cli.settings import settings_of

_LAYERS = (
    "zones", "sentences", "tokens", "timexes", "mentions", "entities", "derived", "quotations", "claims",
    "events",
)  # fmt: skip


@make_command("annotate")
@click.argument("file", nargs=-1, required=True)
@models_option()
@option("--dct", key="dct", metavar="DATE")
@option("--layer", "layers", key="layer", multiple=True, type=click.Choice(_LAYERS))
@option("--given", key="given", metavar="FILE")
@option("--encoding", key="encoding", metavar="NAME")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    file: tuple[str, ...],
    dct: str | None,
    layers: tuple[str, ...],
    given: str | None,
    encoding: str | None,
) -> int:
    """Print one JSON object per article; layers that a file gives stand in place of ours."""
    from quellenlage.article import Overrides
    from quellenlage.errors import BadInput, MissingResource
    from quellenlage.intake import captures
    from quellenlage.pipeline import analyse
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import FAILED, Failed, describe, report_error, unexpected
    from quellenlage.views.cli.given import Instead, paired
    from quellenlage.views.cli.session import interval_option
    from quellenlage.views.cli.taking_in import intake_options
    from quellenlage.views.exports.standoff import LAYERS, standoff

    settings = settings_of(ctx)
    words = settings.words
    fixed = interval_option(dct, settings)
    overrides = Overrides(dct=fixed.value if fixed else None, outlet=None)
    nothing: Instead = {}
    items = captures(file, intake_options(settings, {"encoding": encoding}))
    pairs = ((item, nothing) for item in items) if given is None else paired(given, file, items, settings)
    status = 0
    for item, instead in pairs:
        if isinstance(item, BadInput):
            report_error(item, words)
            status = FAILED
            continue
        try:
            document = analyse(item, overrides, instead)
        except BadInput as error:
            report_error(error, words)
            status = FAILED
            continue
        except MissingResource as error:
            raise Failed(describe(error, words), words.phrase(error.advice)) from error
        except Exception as error:
            output.notice(item.source, settings)
            status = unexpected(error, words)
            continue
        output.json_line(standoff(document, layers or LAYERS))
    return status
