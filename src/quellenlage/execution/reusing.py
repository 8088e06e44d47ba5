"""What of each document has to be made again, and why; the rest is taken from the document that is stored.

A reason is a code with names: the views put it into words.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

import msgspec

from quellenlage.errors import Defect
from quellenlage.execution.ports import PipelineLike
from quellenlage.model import Archive, Document, Verdict, in_force
from quellenlage.model.making import Correction, Making, Recipe, StageIdentity, Stamp, Stored
from quellenlage.model.remaking import ARTICLE, Kept, Made, unpack_earlier
from quellenlage.store.packing import unpack_document

_AT_ONCE = 500  # captures whose stamps are read at a time

Code = Literal[
    "new",  # a capture without a document
    "failed",  # it could not be analysed as things were
    "unknown",  # it is not known what its document was made with
    "program",  # of another version of the program
    "stages",  # of other stages than there are now
    "version",  # a stage has another version
    "resource",  # a file that a stage reads is another one
    "model",  # weights that a stage reads with are other ones, came or went
    "correction",  # what people say about the article itself
    # of the link alone
    "never",  # nothing was linked before
    "captures",  # articles are new
    "articles",  # articles are made again
    "changed",  # something that was linked was deleted or written since
    "judgements",  # people decided something, or took it back
    "names",  # people are forgotten
    "list",  # a list from outside came, went or is another one
    "provisional",  # articles were linked with what is nearest to them alone
]


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why something is made again: a code, what changed, and from what to what where that can be told."""

    code: Code
    name: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Why a document is made again, by stage; `partly` says that its other layers can be used again."""

    reasons: Mapping[str, tuple[Reason, ...]]
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Partly:
    """A stored document of which some stages are to be run again: all that a worker needs besides the capture."""

    stored: Stored
    again: frozenset[str]

    def kept(self, text: str) -> Kept | None:
        """The document with the text of its capture; None where it cannot be read, so that all of it is made anew."""
        try:
            document = unpack_document(self.stored.document, text)
            return Kept(document, self.again, unpack_earlier(self.stored.earlier, document))
        except (zlib.error, msgspec.MsgspecError, Defect, ValueError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class How:
    """How a document was made: the stages that were run, what layers were between them, whether it is as it was."""

    ran: tuple[str, ...] = ()
    earlier: bytes | None = None
    same: bool = False


def due(archive: Archive, pipeline: PipelineLike, wanted: Mapping[str, tuple[Any, str]]) -> dict[str, Due]:
    """Why each of these captures is made again; `wanted` gives corrections and fingerprint, as for a build."""
    judge = _Judge(archive, pipeline)
    result: dict[str, Due] = {}
    captures = iter(wanted)
    while some := list(islice(captures, _AT_ONCE)):
        stamps = archive.stamps(some)
        for capture in some:
            result[capture] = judge.of(capture, stamps.get(capture), wanted[capture][0])
    return result


def partly(archive: Archive, capture: str, why: Due) -> Partly | None:
    """What is stored of a document that is made again in part; None where it has to be made as a whole."""
    stored = archive.stored(capture) if why.partly else None
    return Partly(stored, frozenset(why.reasons)) if stored else None


def keep(archive: Archive, document: Document, fingerprint: str, how: How, making: Making) -> bool:
    """Write a document that was made; where it is as it was, only under which fingerprint it stands.

    Returns whether there was another one, which counts as a change of the archive (`Archive.changes`).
    """
    if how.same:
        archive.restamp(document.article.capture, fingerprint, making)
        return False
    return archive.put_document(document, fingerprint, making)


def redated(
    archive: Archive, pipeline: PipelineLike, capture_id: str, anchored: Any, under: tuple[Any, str]
) -> tuple[Document, bool]:
    """The document of a capture under other days that the archive tells, made and written; whether it is another one.

    `under` are the corrections and the fingerprint that it stands under, which tell nothing of these days.
    """
    overrides, fingerprint = under
    made = remade(archive, pipeline, capture_id, overrides, anchored)
    how = How(made.ran, made.earlier, made.same)
    return made.document, keep(archive, made.document, fingerprint, how, making(pipeline, overrides, how))


def remade(archive: Archive, pipeline: PipelineLike, capture_id: str, overrides: Any, anchored: Any = None) -> Made:
    """The document of a capture under corrections (and days that the archive tells), with what is stored of it.

    Nothing is written. The article itself is always made anew: nobody knows which days the stored one was told.
    """
    capture, some = archive.capture(capture_id), stored_of(archive, pipeline, capture_id, overrides)
    wanted = overrides if anchored is None else anchored
    return pipeline.remake(capture, wanted, some.kept(capture.text) if some else None)


def stored_of(archive: Archive, pipeline: PipelineLike, capture_id: str, overrides: Any) -> Partly | None:
    """What is stored of a document whose article is made anew, with what corrections change; None for none."""
    stamp = archive.stamps([capture_id]).get(capture_id)
    recipe = archive.recipes().get(stamp.recipe) if stamp and stamp.recipe is not None else None
    if not stamp or not recipe:
        return None
    corrected = _of_corrections(stamp.corrected, pipeline.corrections(overrides), {})
    again = {ARTICLE, *differences(recipe, pipeline.recipe()), *(stage for stage, _ in corrected)}
    return partly(archive, capture_id, Due(dict.fromkeys(again, ()), partly=True))


def making(pipeline: PipelineLike, overrides: Any, how: How) -> Making:
    """How a document was made, for the archive."""
    return Making(pipeline.recipe(), pipeline.corrections(overrides), how.earlier)


def differences(before: Recipe, now: Recipe) -> dict[str, tuple[Reason, ...]]:
    """Why stages give something else now, by stage; empty where the recipes are the same."""
    if before.program != now.program:
        return _all(now, Reason("program", "", before.program, now.program))
    if [s.name for s in before.stages] != [s.name for s in now.stages]:
        return _all(now, Reason("stages"))
    found = {new.name: tuple(_of_stage(old, new)) for old, new in zip(before.stages, now.stages, strict=True)}
    return {name: reasons for name, reasons in found.items() if reasons}


def _all(recipe: Recipe, reason: Reason) -> dict[str, tuple[Reason, ...]]:
    return {stage.name: (reason,) for stage in recipe.stages}


def _of_stage(old: StageIdentity, new: StageIdentity) -> Iterator[Reason]:
    if old.digest == new.digest:
        return
    if old.version != new.version:
        yield Reason("version", "", old.version, new.version)
    yield from _of_files("resource", old.resources, new.resources)
    yield from _of_files("model", old.models, new.models)


def _of_files(
    code: Literal["resource", "model"], before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]
) -> Iterator[Reason]:
    """Files that differ; `before` and `after` are the beginnings of their digests, empty where there is none."""
    old, new = dict(before), dict(now)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Reason(code, name, old.get(name, "")[:12], new.get(name, "")[:12])


def _of_corrections(
    before: Sequence[Correction], now: Sequence[Correction], authors: Mapping[str, str]
) -> Iterator[tuple[str, Reason]]:
    """Corrections that came, went or changed, by the stage that takes them in, with the names of who made them."""
    old = {(stage, name): digest for stage, name, digest in before}
    new = {(stage, name): digest for stage, name, digest in now}
    for stage, name in dict.fromkeys((*old, *new)):
        if old.get((stage, name)) != new.get((stage, name)):
            yield stage, Reason("correction", name, after=authors.get(name, ""))


@dataclass(slots=True)
class _Judge:
    """Tells of stamps why documents are made again; most documents have the same one."""

    archive: Archive
    pipeline: PipelineLike
    now: Recipe = field(init=False)
    recipes: Mapping[int, Recipe] = field(init=False)
    failed: Mapping[str, str] = field(init=False)
    authors: Mapping[str, Mapping[str, str]] = field(init=False)
    told: dict[tuple[int, tuple[Correction, ...]], Due] = field(default_factory=dict)
    whole: dict[Reason, Due] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = self.pipeline.recipe()
        self.recipes = self.archive.recipes()
        self.authors = _authors(self.archive)
        self.failed = {rejection.capture: rejection.stage for rejection in self.archive.rejections()}

    def of(self, capture: str, stamp: Stamp | None, overrides: Any) -> Due:
        """Why the document of a capture is made again."""
        if stamp is None:
            return self._whole(Reason("failed", self.failed[capture]) if capture in self.failed else Reason("new"))
        before = None if stamp.recipe is None else self.recipes.get(stamp.recipe)
        if stamp.recipe is None or before is None:
            return self._whole(Reason("unknown"))
        corrected = self.pipeline.corrections(overrides)
        if stamp.corrected != corrected:
            return self._part(before, stamp, corrected)
        key = (stamp.recipe, corrected)
        if key not in self.told:
            self.told[key] = self._part(before, stamp, corrected)
        return self.told[key]

    def _whole(self, reason: Reason) -> Due:
        return self.whole.setdefault(reason, Due(_all(self.now, reason)))

    def _part(self, recipe: Recipe, stamp: Stamp, now: Sequence[Correction]) -> Due:
        reasons = differences(recipe, self.now)
        for stage, reason in _of_corrections(stamp.corrected, now, self.authors.get(stamp.article, {})):
            reasons[stage] = (*reasons.get(stage, ()), reason)
        if not reasons:  # the fingerprint tells of something that no recipe does
            return self._whole(Reason("unknown"))
        return Due(reasons, partly=recipe.program == self.now.program and len(reasons) < len(self.now.stages))


def _authors(archive: Archive) -> dict[str, dict[str, str]]:
    """Who corrected what of which article last, as decisions in force tell."""
    result: dict[str, dict[str, str]] = {}
    for judgement in in_force(archive.judgements()):
        if judgement.verdict is Verdict.CORRECT and judgement.field:
            result.setdefault(judgement.subject, {})[judgement.field] = judgement.author
    return result
