"""Shards into an archive: captures in order with their documents, as `add` and `build` would have written them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from quellenlage.errors import BadInput, Defect, NotFound, UnreadableInput
from quellenlage.execution.ports import Clock, PipelineLike, Progress, Silent, default_pipeline
from quellenlage.execution.shards.files import SUFFIX, About, Row, ShardFile
from quellenlage.execution.shards.folder import Folder, reason_of
from quellenlage.execution.shards.manifest import Entry, Manifest
from quellenlage.model import Activity, Archive, Capture, Document, Rejection, Verdict, content_id, in_force
from quellenlage.model.making import Making


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the shards: captures that are new, with a document or without, and those that were there.

    `waiting` counts new captures whose document was made by another version or under other corrections: the next build
    reads them again. `missing` are shards that are listed and were never finished; `failed` could not be read.
    """

    shards: int = 0
    added: int = 0
    known: int = 0
    rejected: int = 0
    waiting: int = 0
    missing: tuple[Entry, ...] = ()
    failed: tuple[BadInput, ...] = ()


def load(
    archive: Archive,
    folder: Folder,
    *,
    clock: Clock,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> LoadReport:
    """Bring all shards of a folder into an archive; what is there with the same fingerprint is passed over.

    Captures come in the order of the sources that the shards were made of, so that everything has the identifiers that
    it would have had without shards. Stopped in the middle, it goes on where it was when it is called again. What sites
    reserved is in the archive's log afterwards.

    Raises:
        ArchiveUnusable: the archive cannot be written.
        UnreadableInput: the folder cannot be read.
    """
    progress = progress or Silent()
    try:
        manifest = Manifest(folder)
        there = {name.removesuffix(SUFFIX) for name in folder.names() if name.endswith(SUFFIX)}
    except OSError as error:
        raise folder.unusable(error) from error
    listed = [entry.name for entry in manifest]
    wanted = [name for name in listed if name in there] + sorted(there - set(listed))
    run = _Load(archive, pipeline or default_pipeline())
    started = clock()
    progress.start(len(wanted), "add")
    failed: list[BadInput] = []
    try:
        for name in wanted:
            try:
                with folder.open(name + SUFFIX) as stream:
                    run.shard(ShardFile(f"{folder.location}/{name}{SUFFIX}", stream))
            except OSError as error:
                failed.append(_unread(folder, name, error))
            except BadInput as error:
                failed.append(error)
            progress.advance()
    finally:
        progress.finish()
        run.record(started, clock())
    for entry in manifest.reservations:
        archive.log_reservation(entry)
    missing = tuple(entry for entry in manifest if entry.name not in there)
    return replace(run.report, shards=len(wanted) - len(failed), missing=missing, failed=tuple(failed))


def _unread(folder: Folder, name: str, error: OSError) -> UnreadableInput:
    return UnreadableInput(
        f"{folder.location}/{name}{SUFFIX}", "it cannot be read: {reason}",
        remedy="check the address, the rights and the connection", reason=reason_of(error),
    )  # fmt: skip


class _Load:
    """One call of `load`."""

    def __init__(self, archive: Archive, pipeline: PipelineLike) -> None:
        self._archive, self._pipeline = archive, pipeline
        self._corrections = [j for j in in_force(archive.judgements()) if j.verdict is Verdict.CORRECT]
        self._made: Counter[tuple[str, str, str, str]] = Counter()
        self.report = LoadReport()

    def shard(self, file: ShardFile) -> None:
        """Load one shard. Raises UnreadableInput where it is damaged; what comes before is kept."""
        file.check()
        for rows in file.rows():
            self._rows(rows, file.about)

    def _rows(self, rows: Sequence[Row], about: About) -> None:
        pending = set(self._archive.pending([(row.capture.id, row.fingerprint) for row in rows]))
        self._count(known=len(rows) - len(pending))
        bulk: list[Row] = []
        for row in rows:
            if row.capture.id not in pending:
                continue
            if row.reason or self._wanted(row) != row.fingerprint:
                self._bulk(bulk, about)
                bulk.clear()
                self._single(row)
            else:
                bulk.append(row)
        self._bulk(bulk, about)

    def _wanted(self, row: Row) -> str:
        """The fingerprint that a build would give the document in this archive."""
        overrides = self._pipeline.overrides_for(self._corrections, row.capture.id)
        return self._pipeline.fingerprint(row.capture.id, overrides)

    def _single(self, row: Row) -> None:
        """Add a capture whose document is not there, or not of use here."""
        new = self._archive.add_capture(row.capture)
        if row.reason and self._wanted(row) == row.fingerprint:
            rejection = Rejection(row.capture.id, row.capture.source, row.stage, row.reason)
            if new:
                self._archive.reject(rejection, "" if row.again else row.fingerprint)
            self._count(added=new, known=not new, rejected=new)
        else:
            self._count(added=new, known=not new, waiting=new)

    def _bulk(self, rows: Sequence[Row], about: About) -> None:
        """Add captures with their documents, all at once; what is there under another fingerprint is replaced."""
        if not rows:
            return
        made: list[tuple[Capture, Document, str]] = []
        for row in rows:
            try:
                made.append((row.capture, row.document(), row.fingerprint))
            except (zlib.error, msgspec.MsgspecError, Defect, ValueError, LookupError):
                # The build reads it again; its order among the others is kept.
                self._put(made, rows, about)
                made.clear()
                self._single(replace(row, fingerprint="", reason=""))
        self._put(made, rows, about)

    def _put(self, made: Sequence[tuple[Capture, Document, str]], rows: Sequence[Row], about: About) -> None:
        if not made:
            return
        earlier = {row.capture.id: row.earlier for row in rows}
        told = {capture.id: Making(about.recipe, (), earlier[capture.id]) for capture, _, _ in made}
        new = self._archive.put_articles(made, told)
        self._count(added=new, known=len(made) - new)
        written = new
        if new < len(made):
            left = set(self._archive.pending([(capture.id, fingerprint) for capture, _, fingerprint in made]))
            for capture, document, fingerprint in made:
                if capture.id in left:
                    try:
                        self._archive.put_document(document, fingerprint, told[capture.id])
                        written += 1
                    except NotFound:
                        continue  # its text was deleted here, and stays so
        for stage in about.recipe.stages:
            self._made[stage.name, stage.version, stage.config_hash, stage.model_hash] += written

    def _count(self, **more: int) -> None:
        values = {name: getattr(self.report, name) + number for name, number in more.items()}
        self.report = replace(self.report, **values)

    def record(self, started: str, ended: str) -> None:
        """Append the stages that the loaded documents went through to the archive's record."""
        before = len(self._archive.activities())
        for sequence, ((name, version, config, model), articles) in enumerate(self._made.items(), before):
            if articles:
                identifier = content_id("act", name, version, config, sequence)
                activity = Activity(identifier, name, version, config, model, started, ended, articles)
                self._archive.add_activity(activity)
