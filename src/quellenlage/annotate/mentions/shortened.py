"""Names cut to a letter: "Peter S.", whose full stop belongs to the name, and the letter alone, which names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.told import Told
from quellenlage.annotate.mentions.words import Words
from quellenlage.model import EntityKind

_NAMES = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC})


def completed(words: Words, told: Told) -> Told:
    """The encoder's person with the full stop that belongs to its last letter."""
    if told.kind != "PER" or words.at(told.end) != "." or not is_letter(words.at(told.end - 1)):
        return told
    if words.starts[told.end] != words.ends[told.end - 1]:
        return told
    return replace(told, end=told.end + 1)


def is_letter(name: str) -> bool:
    """Whether a name is a single capital letter, with or without a full stop."""
    letter = name.removesuffix(".").rstrip()
    return len(letter) == 1 and letter.isupper()


def joined_stop(forms: Sequence[str]) -> list[str]:
    """Words of a name with a full stop as part of the letter before it: "S" and "." are "S."."""
    if len(forms) > 1 and forms[-1] == "." and is_letter(forms[-2]):
        return [*forms[:-2], forms[-2] + "."]
    return list(forms)


def without_letters(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates but for single letters, which name nobody; "S." stays where it means the only "Peter S."."""
    bearers: dict[str, set[tuple[str, ...]]] = {}
    for candidate in candidates:
        if candidate.kind is EntityKind.PER and candidate.first:
            bearers.setdefault(candidate.last.removesuffix("."), set()).add(candidate.first)
    return [
        c
        for c in candidates
        if c.form != "name"
        or c.kind not in _NAMES
        or c.first
        or not is_letter(c.name)
        or (c.kind is EntityKind.PER and len(bearers.get(c.name.removesuffix("."), ())) == 1)
    ]
