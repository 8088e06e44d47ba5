"""Versions of an article: what a newer one replaced, corrected or withdrew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from quellenlage.errors import Defect
from quellenlage.model.article import RevisionKind
from quellenlage.model.spans import Evidence


@dataclass(frozen=True, slots=True)
class TextChange:
    """A sentence that one version has and the other has not, or has otherwise (`was`, `now`: the words that differ)."""

    old: Evidence | None
    new: Evidence | None
    was: str = ""
    now: str = ""

    def __post_init__(self) -> None:
        if self.old is None and self.new is None:
            raise Defect("a change of nothing")

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """What became of the sentence."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"


@dataclass(frozen=True, slots=True)
class Revised:
    """A claim or event of two versions that tell it with another number, day, place, speaker or sign."""

    old: str
    new: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """`article` tells that `earlier` no longer stands, or takes its place.

    One of which the earlier version is not in the archive has no `earlier`; one that is itself withdrawn is both. Where
    `whole` is False the article corrects single sentences (those of `changes`) and leaves the rest as it was. `day` is
    the day from which it holds, `evidence` the words that say so; `reasons` why the two are taken for versions.
    `dropped` and `added` are the keys of claims and events that stand in the old or the new version only.
    """

    article: str
    earlier: str | None
    kind: RevisionKind
    whole: bool = True
    day: date | None = None
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()
    changes: tuple[TextChange, ...] = ()
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    altered: tuple[Revised, ...] = ()
    note: str = ""

    @property
    def replaced_by(self) -> str | None:
        """The version that stands now in place of the earlier one; None after a withdrawal or a mere note."""
        stands = self.whole and self.kind is not RevisionKind.WITHDRAWN and self.earlier not in {None, self.article}
        return self.article if stands else None
