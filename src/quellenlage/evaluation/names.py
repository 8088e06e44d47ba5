"""Names against GermEval 2014 (Benikova et al. 2014): persons, places and organisations, outer level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from quellenlage.evaluation import data, entities, spans
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, worst
from quellenlage.evaluation.spans import Labelled
from quellenlage.model import Document

_KINDS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC"}


def sentences(path: Path) -> Iterator[tuple[str, list[Labelled]]]:
    """Sentences, their tokens joined by blanks, with the names of the outer level (derivations and parts left out)."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            _, token, outer, *_ = line.split("\t")
            rows.append((token, outer))
        elif rows:
            yield _sentence(rows)
            rows = []


def _sentence(rows: Sequence[tuple[str, str]]) -> tuple[str, list[Labelled]]:
    found: list[Labelled] = []
    at = 0
    open_label = ""
    for token, tag in rows:
        label = tag[2:]
        if tag.startswith("I-") and label == open_label:
            start, _, kind = found.pop()
            found.append((start, at + len(token), kind))
        elif tag != "O":
            found.append((at, at + len(token), label))
        open_label = "" if tag == "O" else label
        at += len(token) + 1
    return " ".join(token for token, _ in rows), [span for span in found if span[2] in _KINDS]


@cache
def _document(text: str) -> Document:
    """Run the stages up to the mentions, as if the sentence were the body of an article."""
    from quellenlage.pipeline import STAGES

    document = Document(data.article(text))
    for stage in STAGES:
        document = stage.run(document)
        if "mentions" in stage.writes:
            break
    return document


def ours(document: Document) -> list[Labelled]:
    """Our names; states and cities count as places, as in the corpus."""
    return [(m.start, m.end, _KINDS[m.kind]) for m in document.mentions if m.form == "name" and m.kind in _KINDS]


def evaluate() -> SuiteResult:
    """Score strict spans, micro over the three kinds."""
    path = data.folder("ner", "germeval14-dev.tsv")
    total, relaxed, guess = Counter(), Counter(), Counter()
    kinds: dict[str, Counter] = {}
    misses: list[Miss] = []
    for number, (text, gold) in enumerate(sentences(path), start=1):
        found = ours(_document(text))
        total.include(spans.strict(gold, found))
        relaxed.include(spans.relaxed(gold, found))
        for kind in sorted(set(_KINDS.values())):
            here = ([s for s in side if s[2] == kind] for side in (gold, found))
            kinds.setdefault(kind, Counter()).include(spans.strict(*here))
        guess.include(spans.strict(gold, [(m.start, m.end, "LOC") for m in entities.capitalised(text, "LOC").mentions]))
        misses += [
            Miss(f"sentence {number}", a, b, kind, "nothing") for a, b, kind in gold if (a, b, kind) not in found
        ]
        misses += [
            Miss(f"sentence {number}", a, b, "nothing", kind) for a, b, kind in found if (a, b, kind) not in gold
        ]
    metrics: list[Metric] = [
        *total.metrics("strict", trivial=guess.f1),
        *relaxed.metrics("relaxed"),
    ]
    for kind, counter in sorted(kinds.items()):
        metrics += counter.metrics(f"strict.{kind}")
    return SuiteResult(
        name="names-germeval",
        metrics=tuple(metrics),
        worst=worst(misses),
        data_sha256=data.digest(path),
        notes=("each sentence by itself, tokens joined by blanks; trivial: every run of capitalised words a place",),
    )
