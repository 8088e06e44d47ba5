"""Candidates that mean one thing, and what is read around a name to tell two bearers of it apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.model import EntityKind

_ORIGIN = re.compile(r"\b(\w+?isch|deutsch)(?:e|en|er|es|em)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|/|&|und|sowie|oder|mit|gegen)\s*")


@dataclass(slots=True)
class Cluster:
    """Candidates that mean one thing."""

    kind: EntityKind
    key: str
    members: list[Candidate] = field(default_factory=list)
    first: tuple[str, ...] = ()
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, candidate: Candidate, reason: str) -> None:
        """Take a candidate in; the entity is as sure as its surest mention."""
        self.members.append(candidate)
        self.score = max(self.score, candidate.score)
        if reason not in self.reasons:
            self.reasons.append(reason)

    def absorb(self, other: Cluster, reason: str) -> None:
        """Take over all that another holds, which is empty then."""
        for member in other.members:
            self.add(member, reason)
        other.members = []


def joined(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether two names stand side by side as two: "Hans Krall und Hans-Peter Krall"."""
    left, right = (one, other) if one.start <= other.start else (other, one)
    return left.end <= right.start and _JOINED.fullmatch(text, left.end, right.start) is not None


def origins(words: str) -> frozenset[str]:
    """Adjectives of origin among some words: "russisch" of "der russische Außenminister"."""
    return frozenset(match.lower() for match in _ORIGIN.findall(words))
