"""Passages with who is who in them, and what in a document contradicts them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

from quellenlage.annotate.mentions.told import Told
from quellenlage.model import Document

_MARK = re.compile(r"\[(\?|\d+)([POGL]?):([^\]]+)\]")
_KINDS = {"P": "PER", "O": "ORG", "G": "GPE", "L": "LOC"}
NOBODY = "?"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked mention: offsets, the number of its entity, the encoder's kind (empty for a noun)."""

    start: int
    end: int
    group: str
    kind: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its marks, and what is known of its entities; `fails` says why it does not hold yet,
    `later` that no rule was made for it."""

    title: str
    text: str
    marks: tuple[Mark, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, list[str]] = field(default_factory=dict)
    none: tuple[str, ...] = ()
    fails: str = ""
    later: bool = False


@cache
def passages() -> tuple[Passage, ...]:
    """All passages of the table."""
    raw = tomllib.loads(Path(__file__).with_name("identity_passages.toml").read_text(encoding="utf-8"))
    return tuple(_passage(entry) for entry in raw["passages"])


def _passage(entry: dict[str, object]) -> Passage:
    marked = str(entry.pop("text"))
    text, marks, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        marks.append(Mark(len(text), len(text) + len(match[3]), match[1], _KINDS.get(match[2], "")))
        text, at = text + match[3], match.end()
    none = entry.pop("none", ())
    return Passage(text=text + marked[at:], marks=tuple(marks), none=tuple(none), **entry)  # type: ignore[arg-type]


def given(document: Document, passage: Passage) -> list[tuple[Told, ...]]:
    """The marked names as the encoder would see them."""
    told = []
    for sentence in document.sentences:
        tokens = document.tokens_in(sentence.span)
        first = {t.start: i for i, t in enumerate(tokens)}
        last = {t.end: i + 1 for i, t in enumerate(tokens)}
        told.append(
            tuple(
                Told(first[m.start], last[m.end], m.kind, 0.95)
                for m in passage.marks
                if m.kind and m.start in first and m.end in last
            )
        )
    return told


def contradictions(passage: Passage, document: Document) -> list[str]:
    """What the document says otherwise than the passage; empty where it holds."""
    found = [_entity(document, mark) for mark in passage.marks]
    wrong = []
    for (mark, entity), (other, its) in combinations(zip(passage.marks, found, strict=True), 2):
        same = mark.group == other.group != NOBODY
        both_nobody = mark.group == other.group == NOBODY
        if not both_nobody and entity and its and (entity == its) != same:
            words = passage.text[mark.start : mark.end], passage.text[other.start : other.end]
            wrong.append(f"{'apart' if same else 'together'}: {words}")
    numbered = zip(passage.marks, found, strict=True)
    wrong += [f"missing: {passage.text[m.start : m.end]}" for m, e in numbered if not e and m.group != NOBODY]
    for mark, entity in zip(passage.marks, found, strict=True):
        held = next((e for e in document.entities if e.id == entity), None)
        if held is None:
            continue
        if (name := passage.names.get(mark.group)) and held.name != name:
            wrong.append(f"named {held.name}")
        if (roles := passage.roles.get(mark.group)) is not None and [r.text for r in held.roles] != roles:
            wrong.append(f"roles {[r.text for r in held.roles]}")
    for word in passage.none:
        at = passage.text.index(word)
        if any(m.start < at + len(word) and at < m.end for m in document.mentions):
            wrong.append(f"no name: {word}")
    return wrong


def _entity(document: Document, mark: Mark) -> str:
    """The entity of the mention that shares most code points with a mark; empty where none does."""
    shared = [(min(m.end, mark.end) - max(m.start, mark.start), m.entity) for m in document.mentions]
    most = max(shared, default=(0, ""), key=lambda pair: pair[0])
    return most[1] if most[0] > 0 else ""
