"""Which entry of a file of given layers belongs to which input: by the text, else by its name, else by order."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.errors import BadInput, Phrase
from quellenlage.model import Capture
from quellenlage.views.given.file import Entry

_AGAIN = "annotate this very text and take the offsets from there, or name the input by article.source alone"


@dataclass(frozen=True, slots=True)
class Matched:
    """The entry (or what is wrong) for every input, and the entries that belong to none."""

    found: tuple[Entry | BadInput, ...]
    left: tuple[Entry, ...]


def matched(name: str, entries: Sequence[Entry], items: Sequence[Capture | BadInput]) -> Matched:
    """Find the entry of each input; inputs that cannot be read keep their place in the order.

    Raises:
        BadInput: no entry says what it is about, and there are more or fewer of them than inputs.
    """
    if len(entries) != len(items) and not any(e.digest or e.source for e in entries):
        raise BadInput(
            name,
            "{entries} entries for {inputs} inputs, and none says which it is about",
            remedy="give each entry article.text_sha256 or article.source, or one entry per input in their order",
            entries=len(entries),
            inputs=len(items),
        )
    used: set[int] = set()
    found: list[Entry | BadInput] = []
    for number, item in enumerate(items):
        same_place = entries[number] if len(entries) == len(items) else None
        entry = item if isinstance(item, BadInput) else _entry(name, item, entries, used, same_place)
        used.add(id(same_place) if isinstance(item, BadInput) else id(entry))
        found.append(entry)
    return Matched(tuple(found), tuple(e for e in entries if id(e) not in used))


def _entry(
    name: str, item: Capture, entries: Sequence[Entry], used: set[int], same_place: Entry | None
) -> Entry | BadInput:
    """The entry of one input; several inputs of the same text take theirs by name, then one after another."""
    source = os.path.normpath(item.source)
    by_text = [e for e in entries if e.digest == item.text_sha256]
    if by_text:
        return min(by_text, key=lambda e: (id(e) in used, e.source != source))
    named = [e for e in entries if e.source == source]
    if named:
        fitting = [e for e in named if e.digest is None]
        return fitting[0] if fitting else _of_another_text(item, named[0])
    if same_place is not None and not same_place.source and same_place.digest is None:
        return same_place
    if same_place is not None and len(entries) == 1 and same_place.digest:
        return _of_another_text(item, same_place)
    return BadInput(
        item.source,
        "{file}: no entry for this input",
        remedy="add an entry with its article.text_sha256 or article.source, or annotate it without --given",
        file=name,
    )


def _of_another_text(item: Capture, entry: Entry) -> BadInput:
    problem = Phrase("article.text_sha256 is not that of this text: the layers were made for another one")
    return BadInput(
        item.source, Phrase("{place}: {problem}", place=entry.place, problem=problem), remedy=Phrase(_AGAIN)
    )
