"""Roles end where another person's name begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.lexicon import kinship
from quellenlage.annotate.mentions.words import Words
from quellenlage.model import EntityKind

_BESIDE, _APPOSED = 2, 12
"""Code points between a kinship word and the name behind it; between a name and its apposition."""
_OF = frozenset({"von", "vom", "des", "der"})


def cut_roles(candidates: Sequence[Candidate], sentences: Mapping[int, Words]) -> None:
    """Cut each person's roles before what holds another person's name: "Sprecher (von Kanzler Jan Tamm)".

    A role of which nothing is left is none: "Altkanzler Jan Tamm" says nothing of Anna Quint.
    """
    names: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.kind is EntityKind.PER and candidate.form == "name":
            names.setdefault(candidate.sentence, []).append(candidate)
    for persons in names.values():
        for person in persons:
            if not person.roles:
                continue
            words = sentences[person.sentence]
            kept = [_cut(words, role, [p for p in persons if p is not person]) for role in person.roles]
            person.roles = [role for role in kept if role]


def _cut(words: Words, role: tuple[int, int], others: Sequence[Candidate]) -> tuple[int, int] | None:
    start, end = role
    over = [p for p in others if p.start < end and p.end > start]
    if not over:
        return role
    first = bisect_left(words.starts, start)
    for k in range(first + 1, bisect_left(words.starts, min(p.start for p in over))):
        if words.forms[k] in _OF:
            return start, words.ends[k - 1]
    return None


def without_kin(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates but for kinship words at a name, which say how the bearer is related: "die Witwe Anna Quint"."""
    names = [c for c in candidates if c.kind is EntityKind.PER and c.form == "name"]
    return [c for c in candidates if not (c.form == "noun" and kinship(c.name) and _is_at(text, c, names))]


def _is_at(text: str, noun: Candidate, names: Sequence[Candidate]) -> bool:
    before = any(0 < name.start - noun.end <= _BESIDE for name in names)
    return before or any(
        0 < noun.start - name.end <= _APPOSED and text[name.end : name.end + 1] == "," for name in names
    )
