"""Our own little cases of conflicts across articles: how they are read, and what of them is found."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quellenlage.model import Conflict, Linked, make_capture
from quellenlage.model.capture import Given
from quellenlage.pipeline import analyse, connect

FILE = Path(__file__).with_name("conflict_cases.toml")
_PAPERS = ("Bote", "Kurier", "Blatt", "Anzeiger", "Rundschau")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Expected conflicts that were found and missed, and found ones that nothing expected."""

    right: tuple[dict[str, Any], ...]
    missed: tuple[dict[str, Any], ...]
    wrong: tuple[Conflict, ...]


def cases() -> list[dict[str, Any]]:
    """All cases of the table, in its order."""
    with FILE.open("rb") as file:
        listed: list[dict[str, Any]] = tomllib.load(file)["case"]
    return listed


def linked(case: dict[str, Any]) -> Linked:
    """Read the articles of a case as users' articles are read, each in a paper of its own."""
    documents = []
    for number, article in enumerate(case["article"]):
        text = f"{article['text']}\n"
        capture = make_capture(
            source=f"{number}.txt",
            media_type="text/plain",
            content=text.encode(),
            text=text,
            captured_at=f"2022-01-01T00:00:0{number}Z",
            given=Given(published=article["day"], outlet=_PAPERS[number], title=case.get("title")),
        )
        documents.append(analyse(capture))
    return connect(documents, [], frozenset())


def outcome(case: dict[str, Any], found: Sequence[Conflict]) -> Outcome:
    """Compare what was found with what a case expects: same kind, and words of two of its sides in their sentences."""
    expected = case.get("expect", [])
    meant = {id(c): [e for e in expected if _meets(case, e, c)] for c in found}
    right = tuple(e for e in expected if any(e in listed for listed in meant.values()))
    missed = tuple(e for e in expected if e not in right)
    return Outcome(right, missed, tuple(c for c in found if not meant[id(c)]))


def _meets(case: dict[str, Any], expected: dict[str, Any], conflict: Conflict) -> bool:
    if conflict.kind.value != expected["kind"]:
        return False
    hit = 0
    for side in expected["sides"]:
        number, _, words = side.partition(": ")
        text = f"{case['article'][int(number) - 1]['text']}\n"
        at = text.index(words)
        hit += any(_sentence_of(text, s.evidence.start, s.evidence.exact, at) for s in conflict.sides)
    return hit >= min(2, len(expected["sides"]))


def _sentence_of(text: str, start: int, exact: str, at: int) -> bool:
    """Whether words lie in evidence of this text, or in the sentence around it."""
    if text[start : start + len(exact)] != exact:
        return False
    first = text.rfind(". ", 0, start) + 1
    last = text.find(". ", start + len(exact))
    return first <= at < (len(text) if last < 0 else last + 1)
