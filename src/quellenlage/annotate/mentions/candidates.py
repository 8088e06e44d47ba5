"""What the finders find: a place in the text with all that is needed to say whom or what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from quellenlage.model import EntityKind
from quellenlage.model.layers import MentionForm


class Definiteness(StrEnum):
    """What stands before a noun: decides whether it can mean somebody already named."""

    DEFINITE = "definite"
    INDEFINITE = "indefinite"
    BARE = "bare"


@dataclass(slots=True)
class Candidate:
    """A mention before it is bound to an entity.

    `name` is the form in the nominative as far as the form tells; `key` what mentions of one thing share (a folded
    canonical name, or the folded head of a noun). For persons `first` and `last` are the parts of the name;
    `can_mean_named` says of a noun that nothing around it keeps it from meaning somebody the article names.
    """

    start: int
    end: int
    kind: EntityKind
    form: MentionForm
    name: str
    sentence: int
    key: str
    score: float
    reason: str
    first: tuple[str, ...] = ()
    last: str = ""
    address: str = ""
    roles: list[tuple[int, int]] = field(default_factory=list)
    definiteness: Definiteness = Definiteness.BARE
    plural: bool = False
    opens: bool = False
    can_mean_named: bool = True
    acts: bool = False
