"""TIMEX3 against KRAUTS, ours beside HeidelTime's output on the same texts."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from defusedxml import ElementTree

from quellenlage.evaluation import data, spans
from quellenlage.evaluation.results import Accuracy, Counter, Metric, Miss, SuiteResult, prefixed, worst
from quellenlage.model import Document

DEV, TEST = "dolomiten-100", "dolomiten-42"

Expression = tuple[int, int, str, str]
"""Start, end, type and value."""


@dataclass(frozen=True, slots=True)
class Tml:
    """A TimeML file: text, publication day, and its time expressions."""

    name: str
    text: str
    dct: str
    timexes: tuple[Expression, ...]


def read_tml(path: Path) -> Tml:
    """Read a TimeML file; offsets are code points into the text of its TEXT element."""
    root = ElementTree.parse(path).getroot()
    dct = root.find("./DCT/TIMEX3")
    body = root.find("./TEXT")
    if dct is None or body is None:
        raise ValueError(f"{path.name}: no DCT or TEXT element")
    parts = [body.text or ""]
    found: list[Expression] = []
    for element in body:
        start = sum(map(len, parts))
        inner = "".join(element.itertext())
        parts += [inner, element.tail or ""]
        if element.tag == "TIMEX3" and inner:
            found.append((start, start + len(inner), element.get("type", ""), element.get("value", "").strip()))
    return Tml(path.name, "".join(parts), dct.get("value", ""), tuple(found))


@dataclass(slots=True)
class Tally:
    """Counts of one system over all texts; type and value count where the spans overlap (TempEval-3).

    `same` says whether a gold value and a found one are the same.
    """

    same: Callable[[str, str], bool] = operator.eq
    strict: Counter = field(default_factory=Counter)
    relaxed: Counter = field(default_factory=Counter)
    type: Counter = field(default_factory=Counter)
    value: Counter = field(default_factory=Counter)
    types: Accuracy = field(default_factory=Accuracy)

    def add(self, name: str, gold: Sequence[Expression], found: Sequence[Expression]) -> list[Miss]:
        """Count one text and return its errors."""
        expected = [(a, b, "") for a, b, _, _ in gold]
        predicted = [(a, b, "") for a, b, _, _ in found]
        self.strict.include(spans.strict(expected, predicted))
        pairs = spans.overlapping(expected, predicted)
        self.relaxed.add(len(pairs), len(predicted), len(expected))
        self.type.add(sum(gold[i][2] == found[j][2] for i, j in pairs), len(predicted), len(expected))
        self.value.add(sum(self.same(gold[i][3], found[j][3]) for i, j in pairs), len(predicted), len(expected))
        for i, j in pairs:
            self.types.add(gold[i][2], found[j][2])
        wrong = [(i, j) for i, j in pairs if not self.same(gold[i][3], found[j][3])]
        return [*_unpaired(name, gold, found, pairs), *_wrong(name, gold, found, wrong)]

    def metrics(self) -> list[Metric]:
        """All figures of this system; the trivial system marks nothing."""
        return [
            *self.strict.metrics("strict", trivial=0.0),
            *self.relaxed.metrics("relaxed", trivial=0.0),
            *self.type.metrics("type", trivial=0.0),
            *self.value.metrics("value", trivial=0.0),
            *self.types.metrics("type-of-found"),
        ]


def _labelled(item: Expression) -> str:
    return f"{item[2]} {item[3]}"


def _unpaired(
    name: str, gold: Sequence[Expression], found: Sequence[Expression], pairs: Sequence[tuple[int, int]]
) -> list[Miss]:
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    misses = [Miss(name, g[0], g[1], _labelled(g), "nothing") for i, g in enumerate(gold) if i not in matched]
    return misses + [Miss(name, f[0], f[1], "nothing", _labelled(f)) for j, f in enumerate(found) if j not in used]


def _wrong(
    name: str, gold: Sequence[Expression], found: Sequence[Expression], pairs: Sequence[tuple[int, int]]
) -> list[Miss]:
    return [Miss(name, gold[i][0], gold[i][1], _labelled(gold[i]), _labelled(found[j])) for i, j in pairs]


def expressions(document: Document) -> list[Expression]:
    """Our time expressions."""
    return [(t.start, t.end, str(t.type), t.value) for t in document.timexes]


def as_krauts(document: Document) -> list[Expression]:
    """Our time expressions as KRAUTS writes them: "vor [zwei Wochen]" has the type and value of the distance."""
    return [
        (t.start, t.end, "DURATION", t.distance) if t.distance else (t.start, t.end, str(t.type), t.value)
        for t in document.timexes
    ]


def evaluate(part: str) -> SuiteResult:
    """Score one part of the corpus, publication days given."""
    gold_folder = data.folder("timex", part, "gold")
    ours, theirs = Tally(), Tally()
    misses: list[Miss] = []
    for gold, heideltime in _pairs(gold_folder):
        misses += ours.add(gold.name, gold.timexes, as_krauts(data.analysed(gold.text, gold.dct)))
        theirs.add(gold.name, gold.timexes, heideltime.timexes)
    peer = [
        Metric(m.name, m.value, m.cases) for m in theirs.metrics() if m.name.endswith(".f1") and m.trivial is not None
    ]
    return SuiteResult(
        name=f"timex-{part}",
        metrics=(*ours.metrics(), *prefixed("heideltime", peer)),
        worst=worst(misses),
        data_sha256=data.digest(gold_folder),
        notes=(
            "trivial: marking nothing; type and value count only where the spans overlap (TempEval-3)",
            'KRAUTS gives a distance ("vor [zwei Wochen]") as DURATION: there our `distance` is compared, not our date',
        ),
    )


def _pairs(gold_folder: Path) -> Iterator[tuple[Tml, Tml]]:
    for path in sorted(gold_folder.glob("*.tml")):
        gold, heideltime = read_tml(path), read_tml(gold_folder.parent / "heideltime" / path.name)
        if gold.text != heideltime.text:
            raise ValueError(f"{path.name}: HeidelTime's text differs, offsets cannot be compared")
        yield gold, heideltime
