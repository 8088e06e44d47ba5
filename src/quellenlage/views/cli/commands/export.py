"""`quellenlage export`: the archive for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from quellenlage.views.cli.chosen import choosing
from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import Settings, settings_of

if TYPE_CHECKING:
    from quellenlage.model import Archive
    from quellenlage.views.exports.part import Part
    from quellenlage.views.holdings import Holdings

FORMATS = ("jsonl", "csv", "ftm", "geojson", "jsonld", "timelinejs", "timeml")
WHOLE = ("jsonl", "csv")
"""Formats of whole archives, which no part of the chronicle is chosen for."""
FOLDERS = ("csv", "timeml")
"""Formats of several files: they need a folder or a zip file to go to."""


@make_command("export")
@option("--format", "form", key="format", type=click.Choice(FORMATS), default="jsonl")
@option("-o", "--output", "target", key="output", metavar="PATH")
@option("--full-text", key="full_text", is_flag=True)
@choosing
@click.pass_context
def command(ctx: click.Context, /, form: str, target: str | None, full_text: bool, **given: str | None) -> None:
    """Write the archive, or a part of it; what is one file goes to standard output where no file is named."""
    from quellenlage.views.cli.failures import WrongUsage
    from quellenlage.views.cli.session import Filter, opened
    from quellenlage.views.exports.part import part_of
    from quellenlage.views.holdings import read_holdings

    settings = settings_of(ctx)
    words = settings.words
    chosen = Filter(settings, **given) if any(given.values()) else None
    if form in FOLDERS and (target is None or target == "-"):
        raise WrongUsage(words("error.output_needed"), ctx)
    if form == "timeml" and not full_text:
        raise WrongUsage(words("error.whole_text", format=form), ctx)
    if chosen and form in WHOLE:
        raise WrongUsage(words("error.whole_archive", format=form), ctx)
    with opened(settings) as archive:
        if form == "jsonl":
            from quellenlage.views.exports.jsonl import records

            _one_file(_lines(records(archive, full_text=full_text)), target, settings)
            return
        holdings = read_holdings(archive, claims=True)
        part = part_of(holdings, chosen.on(holdings) if chosen else None)
        if form in FOLDERS:
            _files(form, target or "", part, holdings, archive, settings)
        else:
            _one_file(_MAKERS[form](part, holdings, archive, settings, full_text), target, settings)


def _ftm(part: Part, holdings: Holdings, _archive: Archive, settings: Settings, _full_text: bool) -> Iterator[bytes]:
    from quellenlage.views.exports.ftm import entities

    return _lines(entities(part, holdings, settings.words))


def _geojson(part: Part, holdings: Holdings, _archive: Archive, settings: Settings, _text: bool) -> Iterator[bytes]:
    from quellenlage.views.exports.geojson import document

    return document(part, holdings, settings.words)


def _timelinejs(part: Part, holdings: Holdings, _archive: Archive, settings: Settings, _text: bool) -> Iterator[bytes]:
    from quellenlage.views.exports.timelinejs import document

    return document(part, holdings, settings.words)


def _jsonld(part: Part, holdings: Holdings, archive: Archive, _settings: Settings, full_text: bool) -> Iterator[bytes]:
    from quellenlage.views.exports.jsonld import document

    wanted = set(part.articles) if full_text else set()
    texts = ((d.article.id, d.text) for d in (archive.documents() if wanted else ()) if d.article.id in wanted)
    return document(part, holdings, archive.activities(), texts)


_Maker = Callable[["Part", "Holdings", "Archive", Settings, bool], Iterator[bytes]]
_MAKERS: dict[str, _Maker] = {"ftm": _ftm, "geojson": _geojson, "jsonld": _jsonld, "timelinejs": _timelinejs}


def _lines(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    from quellenlage.views.records import encoded

    return (encoded(record) + b"\n" for record in records)


def _one_file(parts: Iterator[bytes], target: str | None, settings: Settings) -> None:
    from pathlib import Path

    from quellenlage.views.cli import output
    from quellenlage.views.cli.files import written

    if target is None or target == "-":
        for piece in parts:
            click.echo(piece.decode("utf-8", "replace"), nl=False)
        return
    written(Path(target), parts, settings.words)
    output.notice(settings.words("export.done", path=target), settings)


def _files(form: str, target: str, part: Part, holdings: Holdings, archive: Archive, settings: Settings) -> None:
    from pathlib import Path

    from quellenlage.views.cli import output
    from quellenlage.views.cli.files import cannot_write
    from quellenlage.views.exports.tables import write_csv
    from quellenlage.views.exports.timeml import write_timeml

    path = Path(target)
    try:
        if form == "csv":
            paths = write_csv(holdings, path)
        else:
            paths = write_timeml(archive.documents(), frozenset(part.articles), path)
    except OSError as error:
        raise cannot_write(path, error, settings.words) from error
    for one in paths:
        output.notice(settings.words("export.done", path=one), settings)
