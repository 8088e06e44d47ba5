"""Analyse sources into shards: one engine for all of them, each shard written as soon as its last article is done."""

from __future__ import annotations

import sys
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field

from quellenlage.errors import ArchiveUnusable, BadInput, EngineUnusable, MissingResource, Reserved
from quellenlage.execution.audit import reservation
from quellenlage.execution.engines import Engine, Failed, Outcome, Task
from quellenlage.execution.failure import describe, stage_of
from quellenlage.execution.intake import clean
from quellenlage.execution.ports import Clock, PipelineLike, Progress, Silent, default_pipeline
from quellenlage.execution.shards.files import SUFFIX, About, Row, ShardFile, name_of, pack
from quellenlage.execution.shards.folder import Folder, reason_of
from quellenlage.execution.shards.manifest import Entry, Manifest
from quellenlage.intake import IntakeOptions, captures
from quellenlage.model import Capture, Rejection

SIZE = 500
"""Articles a shard, as many as two cores read in about a minute: so much of each shard in hand a killed run loses."""
_BYTES = 64 << 20
"""Bytes of content and text at which a shard is full, however few articles it has."""
_PATIENCE = 3
"""Shards that fail one after the other until all of it is given up."""


@dataclass(frozen=True, slots=True)
class Work:
    """How shards are made: by which engine, how many articles each, on which pipeline; who watches, what time it is."""

    engine: Engine
    clock: Clock
    size: int = SIZE
    progress: Progress = field(default_factory=Silent)
    pipeline: PipelineLike | None = None


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What became of the sources: shards made now and before, those that failed, and inputs that could not be read.

    `captures` counts those of the shards made now and before, `rejected` what could not be analysed of the former.
    """

    made: int = 0
    before: int = 0
    captures: int = 0
    failed: tuple[Entry, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    unread: tuple[BadInput, ...] = ()


def shard(sources: Sequence[str], options: IntakeOptions, folder: Folder, work: Work) -> ShardReport:
    """Analyse sources into shards in a folder. What is there already is not done again.

    An article that cannot be analysed is a row without a document; a shard that cannot be finished or written is noted
    as failed with the reason, and the others go on.

    Raises:
        UnreadableInput: nothing can be written to the folder.
        MissingResource, EngineUnusable, KeyboardInterrupt: it stops, with all finished shards kept.
    """
    folder.make()
    try:
        run = _Run(folder, Manifest(folder), work, options.captured_at)
        run.all(_Tasks(run, captures(sources, options)))
    except OSError as error:
        raise folder.unusable(error) from error
    return run.report()


class _Open:
    """A shard of which not all articles are done."""

    def __init__(self, name: str, members: Sequence[Capture], started: str) -> None:
        self.name = name
        self.started = started
        self.members = [capture.id for capture in members]
        self.rows: dict[str, Row] = {}

    def take(self, outcome: Outcome) -> bool:
        """Take what became of an article; True when it was the last one."""
        self.rows[outcome.task.capture.id] = _row(outcome)
        return len(self.rows) == len(self.members)

    def in_order(self) -> list[Row]:
        """All rows in the order of the sources."""
        return [self.rows[capture] for capture in self.members]


def _row(outcome: Outcome) -> Row:
    task = outcome.task
    if not isinstance(outcome, Failed):
        try:
            return Row(task.capture, task.fingerprint, outcome.packed, outcome.own_text, outcome.how.earlier)
        except Exception as error:  # a document that cannot be packed costs itself only
            outcome = Failed(task, stage_of(error), describe(error), again=isinstance(error, MemoryError))
    return Row(task.capture, task.fingerprint, stage=outcome.stage, reason=outcome.reason, again=outcome.again)


class _Run:
    """One call of `shard`."""

    def __init__(self, folder: Folder, manifest: Manifest, work: Work, captured_at: str) -> None:
        self._folder, self._manifest, self._work = folder, manifest, work
        self._captured_at = captured_at
        self._pipeline = work.pipeline or default_pipeline()
        self._none = self._pipeline.overrides_for((), "")
        self._of_all = self._pipeline.fingerprint("", self._none)
        self._waiting: defaultdict[str, deque[_Open]] = defaultdict(deque)
        self._failures = 0
        self._made = self._before = self._captures = 0
        self._failed: dict[str, Entry] = {}
        self._rejected: list[Rejection] = []
        self._unread: list[BadInput] = []
        self.size = max(1, work.size)

    def all(self, tasks: _Tasks) -> None:
        """Do all of it; an engine that breaks down costs the shards it was at, and is started again."""
        self._work.progress.start(None, "analyse")
        try:
            while True:
                try:
                    with closing(self._work.engine.run(tasks, tasks.expected())) as outcomes:
                        for outcome in outcomes:
                            self._take(outcome)
                    break
                except (ArchiveUnusable, MissingResource, EngineUnusable, BadInput):
                    raise
                except Exception as error:
                    if tasks.broken is not None:
                        raise
                    tasks.drop()
                    self._give_up(describe(error))
        except BaseException:
            with suppress(OSError, BadInput):
                self._manifest.save()
            raise
        finally:
            self._work.progress.finish()
        try:
            self._manifest.save()
        except OSError:
            if not self._failed:  # else it is known already that nothing can be written
                raise

    def begin(self, members: Sequence[Capture]) -> list[Task]:
        """Articles of the next shard that are to be analysed; none where it is done already."""
        name = name_of(self._of_all, [capture.id for capture in members])
        if self._is_done(name, len(members)):
            self._before += 1
            self._captures += len(members)
            self._work.progress.advance(len(members))
            return []
        self._manifest.put(Entry(name, captures=len(members)))
        shard = _Open(name, members, self._work.clock())
        for capture in members:
            self._waiting[capture.id].append(shard)
        return [Task(c, self._none, self._pipeline.fingerprint(c.id, self._none)) for c in members]

    def leave_out(self, error: BadInput) -> None:
        """Take an input that cannot be used; what is reserved is noted for the archive that the shards go to."""
        self._unread.append(error)
        if isinstance(error, Reserved):
            self._manifest.reserve(reservation(error, self._captured_at))

    def _is_done(self, name: str, count: int) -> bool:
        """Whether a shard is there as a whole; one that a killed run wrote and did not note is noted now."""
        file = name + SUFFIX
        known = self._manifest.get(name)
        try:
            with self._folder.open(file) as stream:
                found = ShardFile(file, stream)
                if found.count != count:
                    return False
                if known is None or known.state != "done":
                    self._note([row for rows in found.rows() for row in rows], name)
        except (FileNotFoundError, BadInput):
            return False
        return True

    def _take(self, outcome: Outcome) -> None:
        self._work.progress.advance()
        shards = self._waiting.get(outcome.task.capture.id)
        if not shards:
            return  # of a shard that was given up
        shard = shards.popleft()
        if not shards:
            del self._waiting[outcome.task.capture.id]
        if shard.take(outcome):
            self._write(shard)

    def _write(self, shard: _Open) -> None:
        rows = shard.in_order()
        about = About(self._of_all, self._pipeline.recipe(), shard.started, self._work.clock())
        data = pack(rows, about)
        try:
            self._folder.write(shard.name + SUFFIX, data)
        except OSError as error:
            self._fail(shard.name, len(rows), reason_of(error))
            return
        self._failures = 0
        self._made += 1
        self._captures += len(rows)
        self._rejected += self._note(rows, shard.name, len(data)).rejections
        try:
            self._manifest.save()
        except OSError as error:
            self._failing(reason_of(error))

    def _note(self, rows: Sequence[Row], name: str, size: int = 0) -> Entry:
        rejections = tuple(Rejection(r.capture.id, r.capture.source, r.stage, r.reason) for r in rows if r.reason)
        entry = Entry(name, "done", len(rows), len(rows) - len(rejections), size, "", rejections)
        self._manifest.put(entry)
        return entry

    def _give_up(self, reason: str) -> None:
        """Note all shards in hand as failed."""
        shards = {shard.name: shard for waiting in self._waiting.values() for shard in waiting}
        self._waiting.clear()
        for shard in shards.values():
            self._fail(shard.name, len(shard.members), reason, count=False)
        self._failing(reason)

    def _fail(self, name: str, captures: int, reason: str, *, count: bool = True) -> None:
        self._failed[name] = Entry(name, "failed", captures, reason=reason)
        self._manifest.put(self._failed[name])
        if count:
            self._failing(reason)

    def _failing(self, reason: str) -> None:
        """Stop where one failure follows the other. Raises OSError."""
        self._failures += 1
        if self._failures >= _PATIENCE:
            raise OSError(reason)

    def report(self) -> ShardReport:
        """What became of it."""
        failed = tuple(self._failed.values())
        return ShardReport(self._made, self._before, self._captures, failed, tuple(self._rejected), tuple(self._unread))


class _Tasks:
    """All articles of the sources that are to be analysed, read as they are wanted.

    No generator: an engine that breaks down would close it, and another one goes on with it.
    """

    def __init__(self, run: _Run, found: Iterator[Capture | BadInput]) -> None:
        self._run = run
        self._found = found
        self._ready: deque[Task] = deque()
        self._ended = False
        self.broken: BaseException | None = None

    def expected(self) -> int:
        """How many there are at most, as far as the first shard tells."""
        if not self._ready:
            self._fill()
        return max(1, len(self._ready)) if self._ended else sys.maxsize

    def __iter__(self) -> Iterator[Task]:
        return self

    def __next__(self) -> Task:
        if not self._ready:
            self._fill()
        if not self._ready:
            raise StopIteration
        return self._ready.popleft()

    def drop(self) -> None:
        """Forget what is ready: its shards were given up."""
        self._ready.clear()

    def _fill(self) -> None:
        try:
            while not self._ready and not self._ended:
                members = self._members()
                if members:
                    self._ready.extend(self._run.begin(members))
        except BaseException as error:
            self.broken = error
            raise

    def _members(self) -> list[Capture]:
        """Captures of the next shard, none twice."""
        members: dict[str, Capture] = {}
        size = 0
        while len(members) < self._run.size and size < _BYTES:
            item = next(self._found, None)
            if item is None:
                self._ended = True
                break
            try:
                capture = clean(item)
            except BadInput as error:
                self._run.leave_out(error)
                continue
            if capture.id not in members:
                members[capture.id] = capture
                size += len(capture.content) + len(capture.text)
        return list(members.values())
