"""What a build is going to do, or did, and why: by stage the number of articles with the reasons, and the link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from quellenlage.execution.ports import PipelineLike
from quellenlage.execution.references import stands
from quellenlage.execution.reusing import Code, Due, Reason, differences
from quellenlage.model import DESK, Archive, Judgement, from_json, text_digest, to_json

_LINKED, _BUILT = "linked", "built"
"""Names of what is noted: what the last link was made from, and what the last build did."""

Linking = Literal["none", "around", "whole"]

_NEW = frozenset({"new", "failed"})
"""Reasons of articles that no link has seen."""
_OF_ALL = frozenset({"program", "stages"})
"""Reasons that concern all stages."""
_KINDS: dict[str, Code] = {"program": "program", "version": "version", "resource": "resource", "list": "list"}
_SHOWN = 12  # characters of a digest


@dataclass(frozen=True, slots=True)
class StageReport:
    """Of a stage: articles that it is run for, by a reason of its own or since what it reads came out otherwise.

    Before a build `following` is how many these may be at most; nobody knows before.
    """

    stage: str
    articles: int
    following: int
    reasons: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Whether all articles are seen together anew, or the new ones with what is nearest to them, and why."""

    how: Linking
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a build is going to do (`done` is False), or did.

    `articles` are made (`whole` of them by all stages, the others by some), of which `same` came out as they were;
    `unchanged` are left alone. `installation` is empty after a build.
    """

    done: bool
    articles: int
    whole: int
    unchanged: int
    stages: tuple[StageReport, ...]
    link: LinkReport
    same: int = 0
    installation: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What this installation makes documents with otherwise than the one that made `articles` of the archive.

    `stage` is empty for what concerns all stages.
    """

    stage: str
    reason: Reason
    articles: int


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """What a link was made with besides documents: kind, name and digest of all that it reads.

    And the number of `judgements` in force that concern it, with digests of these and of the names forgotten.
    """

    terms: tuple[tuple[str, str, str], ...]
    judgements: int
    decided: str
    names: str


@dataclass(slots=True)
class Tally:
    """Counts what is made, and why."""

    due: Mapping[str, Due]
    ran: Counter[str] = field(default_factory=Counter)
    same: int = 0

    def add(self, ran: Iterable[str], *, same: bool) -> None:
        """Count an article that was made by these stages."""
        self.ran.update(ran)
        self.same += same


def happened(tally: Tally, pipeline: PipelineLike, unchanged: int, link: LinkReport) -> Explanation:
    """What a build did."""
    stages = tuple(
        StageReport(name, own, max(0, tally.ran[name] - own), reasons)
        for name, own, reasons in _by_stage(tally.due, pipeline)
    )
    return Explanation(True, len(tally.due), _whole(tally.due), unchanged, stages, link, tally.same)


def foretold(
    archive: Archive, pipeline: PipelineLike, due: Mapping[str, Due], unchanged: int, link: LinkReport
) -> Explanation:
    """What a build would do."""
    may: Counter[str] = Counter()
    for again, count in Counter(frozenset(one.reasons) for one in due.values()).items():
        for stage in pipeline.following(again) - again:
            may[stage] += count
    stages = tuple(StageReport(name, own, may[name], reasons) for name, own, reasons in _by_stage(due, pipeline))
    told = installation(archive, pipeline)
    return Explanation(False, len(due), _whole(due), unchanged, stages, link, installation=told)


def _whole(due: Mapping[str, Due]) -> int:
    return sum(1 for one in due.values() if not one.partly)


def installation(archive: Archive, pipeline: PipelineLike) -> tuple[Difference, ...]:
    """In what this installation differs from those that made the documents of an archive."""
    now, recipes = pipeline.recipe(), archive.recipes()
    found: Counter[tuple[str, Reason]] = Counter()
    for number, count in archive.recipe_counts().items():
        if number is None or number not in recipes:
            continue
        for stage, reasons in differences(recipes[number], now).items():
            for reason in reasons:
                if reason.code not in _OF_ALL:
                    found[stage, reason] += count
                elif stage == now.stages[0].name:
                    found["", reason] += count
    return tuple(Difference(stage, reason, count) for (stage, reason), count in found.items())


def note_linked(archive: Archive, terms: LinkTerms) -> None:
    """Note what a whole link was made from, so that the next one can say why it is due."""
    archive.put_note(_LINKED, to_json(terms).decode())


def note_built(archive: Archive, told: Explanation) -> None:
    """Note what a build did."""
    archive.put_note(_BUILT, to_json(told).decode())


def last_built(archive: Archive) -> Explanation | None:
    """What the last build did; None where there was none, or it was another version's."""
    noted = archive.note(_BUILT)
    try:
        return from_json(noted, Explanation) if noted else None
    except msgspec.MsgspecError:
        return None


def link_terms(archive: Archive, pipeline: PipelineLike, judgements: Sequence[Judgement]) -> LinkTerms:
    """What a link of the archive as it is now depends on besides its documents."""
    decided = [j.id for j in judgements if j.verdict not in DESK]
    lists = tuple(tuple(line.removeprefix("list ").rsplit("=", 1)) for line in stands(archive))
    return LinkTerms(
        terms=(*pipeline.link_terms(), *(("list", name, digest) for name, digest in lists)),
        judgements=len(decided),
        decided=text_digest("\n".join(decided)),
        names=text_digest("\n".join(sorted(archive.suppressed()))),
    )


def link_reasons(archive: Archive, now: LinkTerms, due: Mapping[str, Due]) -> tuple[Reason, ...]:
    """Why all articles are to be seen together anew."""
    noted = archive.note(_LINKED)
    try:
        before = from_json(noted, LinkTerms) if noted else None
    except msgspec.MsgspecError:
        before = None
    if before is None:
        return (Reason("never"),)
    result: list[Reason] = []
    new = sum(1 for one in due.values() if _first(one).code in _NEW)
    if new:
        result.append(Reason("captures", "", "", str(new)))
    if len(due) > new:
        result.append(Reason("articles", "", "", str(len(due) - new)))
    if before.decided != now.decided:
        result.append(Reason("judgements", "", str(before.judgements), str(now.judgements)))
    if before.names != now.names:
        result.append(Reason("names"))
    old, new_terms = {t[:2]: t[2] for t in before.terms}, {t[:2]: t[2] for t in now.terms}
    for kind, name in dict.fromkeys((*old, *new_terms)):
        one, other = old.get((kind, name), ""), new_terms.get((kind, name), "")
        if one != other:
            result.append(Reason(_KINDS[kind], name, one[:_SHOWN], other[:_SHOWN]))
    provisional = len(archive.provisional())
    if provisional and not result:
        result.append(Reason("provisional", "", "", str(provisional)))
    return tuple(result) or (Reason("changed"),)


def _first(one: Due) -> Reason:
    return next(iter(one.reasons.values()))[0]


def _by_stage(
    due: Mapping[str, Due], pipeline: PipelineLike
) -> Iterator[tuple[str, int, tuple[tuple[Reason, int], ...]]]:
    """Of each stage, how many articles it is run for by reasons of its own, and these, the most frequent first."""
    articles: Counter[str] = Counter()
    found: dict[str, Counter[Reason]] = {stage.name: Counter() for stage in pipeline.identities()}
    for one in due.values():
        for stage, reasons in one.reasons.items():
            articles[stage] += 1
            found[stage].update(reasons)
    for stage, counted in found.items():
        yield stage, articles[stage], tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
