"""`quellenlage log`: what was deleted, what was left alone for a reservation, what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import Settings, settings_of

if TYPE_CHECKING:
    from quellenlage.execution import Logged
    from quellenlage.model import Archive
    from quellenlage.model.ledger import LogEntry


@make_command("log")
@option("--deletions", key="log_deletions", is_flag=True)
@option("--reservations", key="log_reservations", is_flag=True)
@option("--judgements", key="log_judgements", is_flag=True)
@click.pass_context
def command(ctx: click.Context, deletions: bool, reservations: bool, judgements: bool) -> None:
    """Print the log, oldest first; all of it where nothing is chosen."""
    from quellenlage.execution import logged
    from quellenlage.execution.restoring import SUPPRESSED
    from quellenlage.views.cli import output
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    everything = not (deletions or reservations or judgements)
    kinds = {"deletion": deletions or everything, "reservation": reservations or everything}
    with opened(settings) as archive:
        told: list[tuple[str, LogEntry | Logged]] = [(e.at, e) for e in archive.log() if kinds[e.kind]]
        if judgements or everything:
            told += [(one.judgement.made_at, one) for one in logged(archive)]
        told.sort(key=lambda one: one[0])  # stable: what came at one moment stays in order
        _print([one for _, one in told], archive, settings)
        if settings.json and kinds["deletion"] and (digests := archive.suppressed()):
            output.json_line({"record": SUPPRESSED, "digests": sorted(digests)})  # without them no backup could obey
    if not told:
        output.notice(settings.words("log.none"), settings)


def _print(told: list[LogEntry | Logged], archive: Archive, settings: Settings) -> None:
    from quellenlage.model import to_builtins
    from quellenlage.model.ledger import LogEntry
    from quellenlage.views.cli import output
    from quellenlage.views.cli.deciding import log_lines, named_in

    names = {} if settings.json else named_in(archive.linked())
    for one in told:
        if isinstance(one, LogEntry):
            if settings.json:
                output.json_line(log_record(one))
                continue
            for text in _lines(one, settings):
                output.line(text)
        elif settings.json:
            record = {"record": "judgement", **to_builtins(one.judgement), "state": one.state, "by": one.by}
            output.json_line(record)
        else:
            sides = (one.judgement.subject, one.judgement.other)
            named = {j: names[now] for j in sides if j and (now := archive.resolve(j)) in names}
            for text in log_lines(one, named, settings.words):
                output.line(text)


def log_record(entry: LogEntry) -> dict[str, object]:
    """A line of the log as JSON."""
    from quellenlage.execution.audit import said_of
    from quellenlage.model import to_builtins

    said = said_of(entry)
    extra = {"said": str(said)} if said else {}
    return {"record": "log", **to_builtins(entry), **extra}


def _lines(entry: LogEntry, settings: Settings) -> list[str]:
    from quellenlage.execution.audit import said_of
    from quellenlage.views.cli import output

    words, detail = settings.words, entry.detail
    figures = {"n": words.number(len(detail.get("captures", ()))), "names": words.number(detail.get("names", 0))}
    key = f"log.deletion_{entry.what}" if entry.kind == "deletion" else "log.reservation"
    head = output.bold(words(key, subject=entry.subject, **figures))
    when = " · ".join(part for part in (entry.at[:19].replace("T", " "), output.plain(entry.author)) if part)
    lines = [f"{head}  {output.dim(when)}"]
    if said := said_of(entry):
        lines.append(f"  {output.plain(words.phrase(said))}")
    if entry.reason:
        lines.append(f"  {output.plain(words('log.reason', reason=entry.reason))}")
    return lines
