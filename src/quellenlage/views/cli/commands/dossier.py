"""`quellenlage dossier -o FILE`: the story as one page that people look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.chosen import choosing
from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option, pseudonyms_option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.views.discretion import Manner


@make_command("dossier")
@option("-o", "--output", "target", key="output_dossier", metavar="FILE")
@option("--title", key="title", metavar="TEXT")
@pseudonyms_option()
@choosing
@click.pass_context
def command(
    ctx: click.Context, /, target: str | None, title: str | None, pseudonyms: Manner | None, **given: str | None
) -> None:
    """Write the dossier; the ending of the file's name decides the format."""
    from pathlib import Path

    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import WrongUsage
    from quellenlage.views.cli.files import written
    from quellenlage.views.cli.session import Filter, opened
    from quellenlage.views.dossier import make_dossier
    from quellenlage.views.exports.formats import RENDERERS
    from quellenlage.views.holdings import read_holdings
    from quellenlage.views.pseudonyms import veil_of, veiling

    settings = settings_of(ctx)
    words = settings.words
    renderers = {f".{name}": render for name, render in RENDERERS.items()}
    renderers[".htm"] = renderers[".html"]
    if not target:
        raise WrongUsage(words("error.output_needed"), ctx)
    path = Path(target)
    render = renderers.get(path.suffix.lower())
    if render is None:
        raise WrongUsage(words("error.no_format", path=target, choices=", ".join(renderers)), ctx)
    chosen = Filter(settings, **given)
    with opened(settings) as archive:
        holdings = read_holdings(archive, claims=True)
        veil = veil_of(archive, pseudonyms) if pseudonyms else None
    made = make_dossier(holdings, chosen.on(holdings), words, title)
    with veiling(veil):
        written(path, [render(made)], words)
    if settings.json:
        output.json_line({"record": "dossier", "path": target, "events": len(made.lines)})
    told = words.count("count.events", len(made.lines))
    output.notice(words("dossier_file.done", path=target, events=told), settings)
