"""`quellenlage references ...`: lists from outside, and which names of the archive may be in them."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import Group, option
from quellenlage.views.cli.settings import settings_of

_KINDS = ("PER", "ORG", "GPE", "LOC")


@click.group("references", cls=Group)
def command() -> None:
    """Take lists in, list them, show what matches, remove them."""


@command.command("add", key="help.references_add")
@click.argument("file", nargs=-1, required=True)
@option("--name", key="list_name", metavar="LIST")
@option("--kind", key="list_kind", type=click.Choice(_KINDS, case_sensitive=False))
@option("--licence", key="licence", metavar="TEXT")
@click.pass_context
def add(ctx: click.Context, file: tuple[str, ...], name: str | None, kind: str | None, licence: str | None) -> int:
    """Add lists; each line that cannot be used is named, and the others are kept."""
    from pathlib import Path

    from quellenlage.execution.references import add_references
    from quellenlage.model import EntityKind
    from quellenlage.views.cli.clock import now
    from quellenlage.views.cli.failures import FAILED, report_error
    from quellenlage.views.cli.output import json_line, notice
    from quellenlage.views.cli.referring import report_record, report_words
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    chosen = EntityKind(kind.upper()) if kind else None
    with opened(settings, create=True) as archive:
        paths = [Path(one) for one in file]
        reports = add_references(archive, paths, clock=now, name=name, kind=chosen, licence=licence)
    for report in reports:
        for failure in report.failed:
            report_error(failure, settings.words)
        if settings.json:
            json_line(report_record(report))
        notice(report_words(report, settings.words), settings)
    if any(report.kept and not report.unchanged for report in reports):
        notice(settings.words("references.next"), settings)
    return FAILED if any(report.failed for report in reports) else 0


@command.command("list", key="help.references_list")
@click.pass_context
def listed(ctx: click.Context) -> None:
    """Print the lists of the archive."""
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.referring import list_words
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    with opened(settings) as archive:
        lists = archive.reference_lists()
    if not lists:
        output.notice(settings.words("references.none"), settings)
    for one in lists:
        if settings.json:
            output.json_line({"record": "reference_list", **to_builtins(one)})
        else:
            output.line(list_words(one, settings.words))


@command.command("matches", key="help.references_matches")
@option("--open", "only_open", key="open_matches", is_flag=True)
@click.pass_context
def matches(ctx: click.Context, only_open: bool) -> None:
    """Print which names of the archive are in the lists, and why."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.referring import match_lines, match_record
    from quellenlage.views.cli.session import opened
    from quellenlage.views.wording.spelled import UNKNOWN, spelled_in

    settings = settings_of(ctx)
    with opened(settings) as archive:
        linked = archive.linked()
    entities = {entity.id: entity for entity in linked.entities}
    found = [match for match in linked.references if not (only_open and match.accepted)]
    if only_open:
        settled = {match.entity for match in linked.references if match.accepted}
        found = [match for match in found if match.entity not in settled]
    if not found:
        output.notice(settings.words("references.no_matches"), settings)
    if settings.json:
        output.json_lines(match_record(match, entities[match.entity]) for match in found)
        return
    spelled = UNKNOWN
    for at, match in enumerate(found):
        if not at or found[at - 1].entity != match.entity:
            entity = entities[match.entity]
            spelled = spelled_in(linked, entity)
            output.line(f"{output.bold(entity.name)}  {output.dim(entity.id)}")
        for text in match_lines(match, settings.words, spelled):
            output.line(text)


@command.command("remove", key="help.references_remove")
@click.argument("name", metavar="LIST")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Remove a list."""
    from quellenlage.execution.references import remove_references
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        count = remove_references(archive, name)
    if settings.json:
        output.json_line({"record": "reference_list_removed", "name": name, "entities": count})
    output.notice(words.count("references.removed", count, name=name), settings)
    output.notice(words("references.next"), settings)
