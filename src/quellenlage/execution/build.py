"""Build what is new: analyse captures one by one, then see all articles together.

Stopping is safe at any moment. Every article is written in one transaction under a fingerprint of all it depends
on; a later build takes up what has none or another one, and links anew where the last link was made from other
articles or judgements. What people decided follows an identifier that moved (see `restate`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from typing import Any

from quellenlage.errors import ChangedMeanwhile, changed_meanwhile
from quellenlage.execution.analysing import Run, analyse_all
from quellenlage.execution.anchoring import date_by_archive
from quellenlage.execution.around import TOGETHER, Around, Terms, link_around
from quellenlage.execution.engines import Engine, InProcess
from quellenlage.execution.engines.sharing import sharing
from quellenlage.execution.explaining import (
    Explanation,
    Linking,
    LinkReport,
    Tally,
    foretold,
    happened,
    link_reasons,
    link_terms,
    note_built,
    note_linked,
)
from quellenlage.execution.ports import Clock, PipelineLike, Progress, Silent, default_pipeline
from quellenlage.execution.references import lists_of, stands
from quellenlage.execution.retention import Underivable, expire, underivable
from quellenlage.execution.reusing import due
from quellenlage.execution.watching.letters import withdraw_beside
from quellenlage.model import (
    ACCOUNT,
    Activity,
    Archive,
    Forgotten,
    Judgement,
    Linked,
    Rejection,
    Verdict,
    content_id,
    in_force,
    make_judgement,
    text_digest,
)
from quellenlage.model.partition import Mapper, in_process
from quellenlage.model.ports import LinkedStand
from quellenlage.store import heirs

AROUND = Around()

_MAX_ROUNDS = 4
"""Linking again because decisions moved with their identifiers ends after one more round; because somebody else changes
or deletes what is being linked, when that ends."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: articles analysed and left as they were, those that failed, and whether it linked anew.

    `rejected` also names those that failed in an earlier build and would fail again. `provisional` is the number of
    articles that are linked with what is nearest to them alone. `forgotten` tells of texts whose retention was over,
    `underivable` of articles that would be read otherwise now, were their texts still there: they stay as they were.
    `explained` says which stages were run for how many articles, and why.
    """

    analysed: int = 0
    unchanged: int = 0
    rejected: tuple[Rejection, ...] = ()
    linked: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    provisional: int = 0
    forgotten: Forgotten = field(default_factory=Forgotten)
    underivable: tuple[Underivable, ...] = ()
    explained: Explanation | None = None


def build(  # noqa: PLR0913 - all that a build can be told, each by its name
    archive: Archive,
    *,
    progress: Progress | None = None,
    clock: Clock,
    pipeline: PipelineLike | None = None,
    whole: bool = False,
    around: Around = AROUND,
    engine: Engine | None = None,
) -> BuildReport:
    """Bring everything derived up to date with captures, judgements and this installation.

    Articles are analysed one after the other in this process, or by an `engine` whose pipeline is the same.

    Where a few articles are new in a large archive and nothing else changed (`around`), these are linked with what is
    nearest to them; `whole` links all of it anyway, and settles what was linked so before.

    An article that fails is recorded as rejected and the others go on; it is tried again when the code changes, and
    named by every build until then.

    Raises:
        ArchiveUnusable: the archive cannot be written (disk full, locked by another process).
        MissingResource: the installation is incomplete, so that every article would fail.
        EngineUnusable: the engine cannot be started, or its workers have another installation.
        KeyboardInterrupt: stopped by the user, with all finished articles kept.
    """
    pipeline = pipeline or default_pipeline()
    progress = progress or Silent()
    judgements = in_force(archive.judgements())
    new = None if whole else _few_new(archive, judgements, pipeline, around)
    wanted = _fingerprints(archive, judgements, pipeline, None if new is None else [capture for _, capture in new])
    todo = archive.pending([(capture, fingerprint) for capture, (_, fingerprint) in wanted.items()])
    tally = Tally(due(archive, pipeline, {capture: wanted[capture] for capture in todo}))
    why = link_reasons(archive, link_terms(archive, pipeline, judgements), tally.due)
    engine = engine or InProcess(lambda: pipeline)
    some = {capture: wanted[capture] for capture in todo}
    rejected = _analyse_all(archive, engine, Run(pipeline, progress, tally), some, clock)
    here = set(archive.capture_ids())
    forgotten = expire(archive, clock=clock)
    if forgotten.texts:
        new = None  # what rests on them is linked with all the rest
        forgotten = withdraw_beside(archive, forgotten)
    few = [(number, capture, *wanted[capture]) for number, capture in new or ()]
    nearby = linked = bool(few) and _add_around(archive, pipeline, few, progress, clock)
    if not linked and new != []:
        with sharing(engine, len(here)) as mapper:
            linked = relink(archive, progress=progress, clock=clock, pipeline=pipeline, mapper=mapper, engine=engine)
    archive.complete_lists()
    tried = set(todo)
    standing = [r for r in archive.rejections() if r.capture in here and r.capture not in tried]
    unchanged = len(here) - len(todo) - len(standing)
    told = happened(tally, pipeline, unchanged, LinkReport(_HOW[nearby, linked], why if linked else ()))
    if told.articles or linked:
        note_built(archive, told)
    return BuildReport(
        analysed=len(todo) - len(rejected),
        unchanged=unchanged,
        rejected=(*standing, *rejected),
        linked=linked,
        counts=archive.counts(),
        provisional=len(archive.provisional()),
        forgotten=forgotten,
        underivable=tuple(underivable(archive, pipeline)),
        explained=told,
    )


_HOW: dict[tuple[bool, bool], Linking] = {(True, True): "around", (False, True): "whole", (False, False): "none"}


def explain(
    archive: Archive, *, pipeline: PipelineLike | None = None, whole: bool = False, around: Around = AROUND
) -> Explanation:
    """What `build` would do now, and why; nothing is written."""
    pipeline = pipeline or default_pipeline()
    judgements = in_force(archive.judgements())
    new = None if whole else _few_new(archive, judgements, pipeline, around)
    wanted = _fingerprints(archive, judgements, pipeline, None if new is None else [capture for _, capture in new])
    todo = archive.pending([(capture, fingerprint) for capture, (_, fingerprint) in wanted.items()])
    reasons = due(archive, pipeline, {capture: wanted[capture] for capture in todo})
    how: Linking = "around" if new else "none"
    if new is None and archive.linked_fingerprint() != _linked_fingerprint(archive, wanted, judgements, pipeline):
        how = "whole"
    why = link_reasons(archive, link_terms(archive, pipeline, judgements), reasons) if how != "none" else ()
    here, tried = set(archive.capture_ids()), set(todo)
    standing = sum(1 for r in archive.rejections() if r.capture in here and r.capture not in tried)
    return foretold(archive, pipeline, reasons, len(here) - len(todo) - standing, LinkReport(how, why))


def apply_decisions(
    archive: Archive, *, progress: Progress | None = None, clock: Clock, pipeline: PipelineLike | None = None
) -> BuildReport:
    """Bring in what people decided, and nothing else: captures that wait for their first analysis go on waiting.

    Articles whose day or outlet was corrected, or whose names were taken apart, are analysed again. Raises as `build`.
    """
    pipeline = pipeline or default_pipeline()
    progress = progress or Silent()
    log = archive.judgements()
    corrected = {j.subject for j in log if j.verdict is Verdict.CORRECT}
    captures = [document.article.capture for document in archive.documents_of(corrected)]
    wanted = _fingerprints(archive, in_force(log), pipeline, captures)
    todo = archive.pending([(capture, fingerprint) for capture, (_, fingerprint) in wanted.items()])
    tally = Tally(due(archive, pipeline, {capture: wanted[capture] for capture in todo}))
    some = {capture: wanted[capture] for capture in todo}
    rejected = _analyse_all(archive, InProcess(lambda: pipeline), Run(pipeline, progress, tally), some, clock)
    linked = relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    archive.complete_lists()
    counts = archive.counts()
    return BuildReport(
        analysed=len(todo) - len(rejected),
        unchanged=counts["articles"] - len(todo) + len(rejected),
        rejected=tuple(rejected),
        linked=linked,
        counts=counts,
        provisional=len(archive.provisional()),
    )


def _few_new(
    archive: Archive, judgements: Sequence[Judgement], pipeline: PipelineLike, around: Around
) -> list[tuple[int, str]] | None:
    """Captures that are all that changed since the archive was linked; None where they are many, or more changed."""
    stand = archive.linked_stand()
    if stand is None or stand.articles < around.least or stand.basis != _basis(archive, judgements, pipeline):
        return None
    new = archive.captures_after(stand.sequence)
    return new if around.allows(stand, len(archive.provisional()) + len(new)) else None


def _add_around(
    archive: Archive,
    pipeline: PipelineLike,
    new: Sequence[tuple[int, str, Any, str]],
    progress: Progress,
    clock: Clock,
) -> bool:
    """Link new articles with what is nearest to them, a few at a time; False where all has to be linked instead."""
    terms = Terms(in_force(archive.judgements()), archive.suppressed(), lists_of(archive))
    started = clock()
    progress.start(len(new), "link")
    try:
        with _without_collecting():
            for at in range(0, len(new), TOGETHER):
                some = new[at : at + TOGETHER]
                if not link_around(archive, pipeline, some, terms):
                    return False
                progress.advance(len(some))
    except ChangedMeanwhile:
        return False
    finally:
        progress.finish()
    archive.add_activity(_link_activity(archive, archive.linked_fingerprint() or "", (started, clock()), len(new)))
    return True


def relink(
    archive: Archive,
    *,
    progress: Progress | None = None,
    clock: Clock,
    pipeline: PipelineLike | None = None,
    mapper: Mapper = in_process,
    engine: Engine | None = None,
) -> bool:
    """See all articles together again if they, or the judgements, are not those of the last time.

    `mapper` reads portions of them, here or in other processes; an `engine` analyses those again that others date.
    Returns whether there was anything to do.
    """
    pipeline = pipeline or default_pipeline()
    progress = progress or Silent()
    done = False
    for number in range(_MAX_ROUNDS):
        try:
            restated = _link_once(archive, pipeline, progress, clock, mapper, engine)
        except ChangedMeanwhile:
            if number == _MAX_ROUNDS - 1:
                raise
            continue
        done |= restated is not None
        if not restated:
            break
    return done


def _link_once(
    archive: Archive, pipeline: PipelineLike, progress: Progress, clock: Clock, mapper: Mapper, engine: Engine | None
) -> int | None:
    """Link all articles, if the last link was not of the same; how many decisions were restated, None for no link.

    Raises:
        ChangedMeanwhile: what is being linked is changed or deleted by somebody else; nothing of it was written then.
    """
    # What this link will be said to rest on comes first: what changes after it, the link may have read or not.
    since = archive.changes()
    lists_of(archive)  # brings the keys of lists up to date, which the fingerprint tells
    log = archive.judgements()
    judgements = in_force(log)
    last = max(archive.captures_after(0), default=(0, ""))[0]
    wanted = _fingerprints(archive, judgements, pipeline)
    fingerprint = _linked_fingerprint(archive, wanted, judgements, pipeline)
    if archive.linked_fingerprint() == fingerprint:
        return None
    basis = _basis(archive, judgements, pipeline)
    suppressed = archive.suppressed()
    references = lists_of(archive)
    started = clock()
    progress.start(None, "link")
    try:
        with _without_collecting():
            dated = date_by_archive(archive, pipeline, wanted, mapper, engine)
            linked = pipeline.connect(dated.documents, judgements, suppressed, references, dated.copies, mapper)
            gone = archive.gone_from(linked)
            since = replace(since, changed=since.changed + dated.again)
            if archive.changes().changed != since.changed:
                raise changed_meanwhile()
            # Before the link is written, so that a build killed in between finds the same to do.
            restated = restate(archive, log, heirs(gone, linked))
            stand = _stand(archive, last, wanted, basis, linked)
            if not archive.put_linked(linked, fingerprint, stand, since):
                raise changed_meanwhile()
            note_linked(archive, link_terms(archive, pipeline, judgements))
    finally:
        progress.finish()
    archive.add_activity(_link_activity(archive, fingerprint, (started, clock()), len(dated.documents)))
    return restated


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let the garbage collector rest: linking makes millions of objects and no cycles, and every pass visits all."""
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


def linked_fingerprint(archive: Archive, judgements: Sequence[Judgement], pipeline: PipelineLike) -> str:
    """What the link of the archive as it is now would depend on, with these judgements in force."""
    return _linked_fingerprint(archive, _fingerprints(archive, judgements, pipeline), judgements, pipeline)


def _linked_fingerprint(
    archive: Archive, wanted: Mapping[str, tuple[Any, str]], judgements: Sequence[Judgement], pipeline: PipelineLike
) -> str:
    built = [(capture, fingerprint) for capture, (_, fingerprint) in wanted.items()]
    extra = text_digest("\n".join([*sorted(archive.suppressed()), *stands(archive)]))
    return pipeline.linked_fingerprint(built, judgements, extra)


def restate(archive: Archive, log: Sequence[Judgement], moved: Mapping[str, str]) -> int:
    """Append decisions again for identifiers that stand now for what they were about; returns how many.

    `log` holds all judgements: what is undone moves as well, since its undo may be undone.

    A decision names an entity or event by its first member. When that member is deleted, the rest goes by another
    identifier, and so must the decision, or it would be lost. The new one keeps time and author of the old one.
    Rejections stay as they are: what is gone because it was rejected must not take its neighbour with it. Nor does
    what was verified or graded: not of what was rejected, and never of a single account.
    """
    known = {j.id for j in log}
    rejected = {j.subject for j in in_force(log) if j.verdict is Verdict.REJECT}
    count = 0
    for old in log:
        subject = moved.get(old.subject, old.subject)
        other = moved.get(old.other, old.other) if old.other else None
        if old.verdict is Verdict.REJECT or subject == other or (subject, other) == (old.subject, old.other):
            continue
        if old.verdict in {Verdict.TICK, Verdict.GRADE} and (old.field == ACCOUNT or old.subject in rejected):
            continue
        new = make_judgement(
            old.verdict,
            subject,
            made_at=old.made_at,
            author=old.author,
            other=other,
            field=old.field,
            value=old.value,
            note=old.note,
        )
        if new.id not in known:
            known.add(new.id)
            archive.add_judgement(new)
            count += 1
    return count


def _basis(archive: Archive, judgements: Sequence[Judgement], pipeline: PipelineLike) -> str:
    """What documents and links depend on besides the captures."""
    linking = _linked_fingerprint(archive, {}, judgements, pipeline)
    return text_digest(f"{linking}\n{pipeline.fingerprint('', pipeline.overrides_for((), ''))}")


def _stand(
    archive: Archive, last: int, wanted: Mapping[str, tuple[Any, str]], basis: str, linked: Linked
) -> LinkedStand | None:
    """What is linked with a whole link; None where a document is still to be made."""
    if archive.pending([(capture, fingerprint) for capture, (_, fingerprint) in wanted.items()]):
        return None
    longest = max(len(getattr(linked, f.name)) for f in fields(linked))
    return LinkedStand(basis, last, len(wanted), longest)


def _fingerprints(
    archive: Archive, judgements: Sequence[Judgement], pipeline: PipelineLike, captures: Sequence[str] | None = None
) -> dict[str, tuple[Any, str]]:
    """Of captures, of all in order where none are given, what people corrected and the fingerprint of the document."""
    corrections = [j for j in judgements if j.verdict is Verdict.CORRECT]
    result: dict[str, tuple[Any, str]] = {}
    for capture in archive.capture_ids() if captures is None else captures:
        overrides = pipeline.overrides_for(corrections, capture)
        result[capture] = (overrides, pipeline.fingerprint(capture, overrides))
    return result


def _analyse_all(
    archive: Archive, engine: Engine, run: Run, todo: Mapping[str, tuple[Any, str]], clock: Clock
) -> list[Rejection]:
    """Analyse captures; returns what could not be."""
    started = clock()
    try:
        return analyse_all(archive, engine, run, todo)
    finally:
        if run.tally.ran:
            _record(archive, run.pipeline, started, clock(), run.tally)


def _record(archive: Archive, pipeline: PipelineLike, started: str, ended: str, tally: Tally) -> None:
    before = len(archive.activities())
    for sequence, stage in enumerate((s for s in pipeline.identities() if tally.ran[s.name]), before):
        identifier = _activity_id(stage.name, stage.version, stage.config_hash, sequence)
        hashes, articles = (stage.config_hash, stage.model_hash), tally.ran[stage.name]
        archive.add_activity(Activity(identifier, stage.name, stage.version, *hashes, started, ended, articles))


def _link_activity(archive: Archive, fingerprint: str, times: tuple[str, str], articles: int) -> Activity:
    from quellenlage import __version__

    identifier = _activity_id("link", __version__, fingerprint, len(archive.activities()))
    return Activity(identifier, "link", __version__, fingerprint, "", *times, articles)


def _activity_id(stage: str, version: str, config_hash: str, sequence: int) -> str:
    """Without the times, so that the same steps give the same identifiers whenever they are taken."""
    return content_id("act", stage, version, config_hash, sequence)
