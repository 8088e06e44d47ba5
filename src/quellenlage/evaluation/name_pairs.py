"""Pairs of spellings of public names: one's, or two that look alike; decided by the two strings and their kind.

Both halves were written by somebody who had not seen the code, 50 pairs for each of twelve languages of origin. The
open half was read while tables and limits were made; the closed one is scored, and nobody looks at its names.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz.distance import JaroWinkler

from quellenlage.evaluation import data
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate
from quellenlage.model import EntityKind, fold, text_digest
from quellenlage.names import compare

FOLDER = "identity"
JARO_WINKLER = 0.89
"""The peer's best threshold on the open half."""
_HEAD_OF_STATE = "head_of_state"


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two spellings and whether they are one's; `tag` is what makes it hard, `origin` the language of the name."""

    id: str
    kind: EntityKind
    origin: str
    same: bool
    tag: str
    one: str
    other: str


def pairs(part: str) -> Iterator[NamePair]:
    """The pairs of a part ("open", "closed"), in the order of the file."""
    with data.shipped(FOLDER, f"pairs-{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            kind = EntityKind(row["kind"])
            yield NamePair(row["id"], kind, row["origin"], row["label"] == "same", row["tag"], row["a"], row["b"])


def jaro_winkler(one: str, other: str) -> float:
    """The usual similarity of names, on folded words in order of the alphabet."""
    return float(JaroWinkler.similarity(*(" ".join(sorted(fold(name).split())) for name in (one, other))))


def score(listed: Sequence[NamePair], decide: Callable[[NamePair], bool]) -> tuple[dict[str, Counter], list[NamePair]]:
    """Count what a matcher takes for one's, all and by kind and origin; and the pairs that it gets wrong."""
    counted: dict[str, Counter] = {}
    wrong: list[NamePair] = []
    for pair in listed:
        found = decide(pair)
        for name in ("pairs", f"kind.{pair.kind}", f"origin.{pair.origin}"):
            counted.setdefault(name, Counter()).add(found and pair.same, found, pair.same)
        if found != pair.same:
            wrong.append(pair)
    return counted, wrong


def evaluate(part: str) -> SuiteResult:
    """Score one half of the list."""
    listed = list(pairs(part))
    counted, wrong = score(listed, lambda pair: compare(pair.kind, pair.one, pair.other).same)
    peer, _ = score(listed, lambda pair: jaro_winkler(pair.one, pair.other) >= JARO_WINKLER)
    everything, _ = score(listed, lambda pair: True)
    metrics: list[Metric] = []
    for name, counter in sorted(counted.items(), key=lambda item: (item[0] != "pairs", item[0])):
        metrics += counter.metrics(name, trivial=everything[name].f1)
    metrics += peer["pairs"].metrics("peer.jaro-winkler")
    rulers = [pair for pair in listed if pair.tag == _HEAD_OF_STATE]
    merged = sum(pair.tag == _HEAD_OF_STATE and not pair.same for pair in wrong)
    metrics.append(rate("heads-of-state-kept-apart.accuracy", len(rulers) - merged, len(rulers)))
    return SuiteResult(
        name=f"name-pairs-{part}",
        metrics=tuple(metrics),
        worst=tuple(
            Miss(pair.id, 0, 0, "same" if pair.same else "different", "different" if pair.same else "same")
            for pair in wrong[:10]
        ),
        data_sha256=text_digest(data.shipped(FOLDER, f"pairs-{part}.tsv").read_text(encoding="utf-8")),
        notes=(
            "trivial: every pair is one's",
            f"jaro-winkler: on sorted folded words, threshold {JARO_WINKLER} chosen on the open half",
        ),
    )


evaluate_open = partial(evaluate, "open")
evaluate_closed = partial(evaluate, "closed")
