"""Boundaries and Konjunktiv against the Universal Dependencies treebank PUD, read from outside the project."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quellenlage.annotate.language import STAGE
from quellenlage.model import Document

ROOT = Path(__file__).parents[3]
TREEBANK = Path(os.environ.get("QUELLENLAGE_DATA", ROOT / ".." / "shared" / "data")) / "ud" / "de_pud.conllu"


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.skipif(not TREEBANK.is_file(), reason="the development data is not beside the project")
def test_boundaries_and_konjunktiv(make_document: Callable[..., Document]) -> None:
    ends: set[int] = set()
    subjunctive: set[tuple[int, int]] = set()
    parts: list[str] = []
    at = found = 0
    for line in TREEBANK.read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            at = found = sum(len(part) + 1 for part in parts)
            parts.append(line[9:])
            ends.add(at + len(parts[-1]))
        elif line[:1].isdigit():
            columns = line.split("\t")
            place = parts[-1].find(columns[1], found - at)
            if place >= 0 and columns[0].isdigit():
                found = at + place + len(columns[1])
                if "Mood=Sub" in columns[5]:
                    subjunctive.add((at + place, found))
    document = STAGE.run(make_document(" ".join(parts)))
    ours = {sentence.end for sentence in document.sentences}
    assert 2 * len(ours & ends) / (len(ours) + len(ends)) > 0.99
    told = {(t.start, t.end) for t in document.tokens if t.feats and "Mood=Sub" in t.feats}
    assert len(told & subjunctive) / len(told) > 0.97
    assert len(told & subjunctive) / len(subjunctive) > 0.8
