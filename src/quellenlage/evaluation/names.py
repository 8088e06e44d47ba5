"""Names against GermEval 2014 (Benikova et al. 2014), outer level, on the part that nothing was trained on.

What the stages find is scored on the four classes. Words derived from names ("Kieler") and words that hold one
("CDU-nah") are classes of their own in the corpus, which no stage reports as names: the encoder's reading is scored on
them, beside its four classes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quellenlage.encoder import files
from quellenlage.evaluation import data, entities, spans
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, prefixed, worst
from quellenlage.evaluation.running import running
from quellenlage.evaluation.spans import Labelled
from quellenlage.evaluation.splits import Part, part
from quellenlage.model import Document

CLASSES = ("LOC", "ORG", "OTH", "PER")
DERIVED, HOLDS_ONE = "derived", "part"
_KINDS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "MISC": "OTH"}
_READ = {**_KINDS, "DERIVED": DERIVED, "PART": HOLDS_ONE}
_NOTES = (
    "each sentence by itself, as running text; trivial: every run of capitalised words a place",
    "the 458 sentences that the encoder was not trained on, with OTH as the fourth class: pins of earlier versions "
    "were set on all 2,200 sentences and on three classes, and are not comparable",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the corpus: text, words as offsets, names of the outer level."""

    text: str
    words: tuple[tuple[int, int], ...]
    names: tuple[Labelled, ...]

    def of(self, classes: Iterable[str]) -> list[Labelled]:
        """The names of certain classes."""
        return [name for name in self.names if name[2] in classes]


def sentences(path: Path, wanted: Part) -> Iterator[Sentence]:
    """The sentences of one part."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#\t"):
            continue
        if line.strip():
            _, token, outer, *_ = line.split("\t")
            rows.append((token, outer))
        elif rows:
            if part(" ".join(token for token, _ in rows)) == wanted:
                yield _sentence(rows)
            rows = []


def _sentence(rows: Sequence[tuple[str, str]]) -> Sentence:
    text, words = running([token for token, _ in rows])
    found: list[Labelled] = []
    open_label = ""
    for (start, end), (_, tag) in zip(words, rows, strict=True):
        label = tag[2:]
        if tag.startswith("I-") and label == open_label:
            found[-1] = (found[-1][0], end, found[-1][2])
        elif tag != "O":
            found.append((start, end, _class(label)))
        open_label = "" if tag == "O" else label
    return Sentence(text, tuple(words), tuple(found))


def _class(label: str) -> str:
    return DERIVED if label.endswith("deriv") else HOLDS_ONE if label.endswith("part") else label


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


def read(sentence: Sentence) -> list[Labelled]:
    """What the encoder reads by itself in the corpus' words."""
    from quellenlage.encoder import words

    (found,) = words.read(sentence.text, [sentence.words])
    return [(sentence.words[name.first][0], sentence.words[name.last - 1][1], _READ[name.kind]) for name in found.names]


@dataclass(slots=True)
class _Scores:
    """Strict and relaxed figures over some classes, and each class's strict figures."""

    classes: tuple[str, ...]
    strict: Counter
    relaxed: Counter
    each: dict[str, Counter]

    @classmethod
    def over(cls, classes: Iterable[str], apart: Iterable[str] = ()) -> _Scores:
        """Start with nothing; classes `apart` do not count in the sums."""
        chosen = tuple(classes)
        return cls(chosen, Counter(), Counter(), {kind: Counter() for kind in (*chosen, *apart)})

    def add(self, gold: Sequence[Labelled], found: Sequence[Labelled]) -> None:
        """Count one sentence."""
        summed = [[span for span in side if span[2] in self.classes] for side in (gold, found)]
        self.strict.include(spans.strict(*summed))
        self.relaxed.include(spans.relaxed(*summed))
        for kind, counter in self.each.items():
            counter.include(spans.strict(*([span for span in side if span[2] == kind] for side in (gold, found))))

    def metrics(self, trivial: float | None = None) -> list[Metric]:
        """All of them, with the trivial answer beside the strict sum."""
        found = [*self.strict.metrics("strict", trivial=trivial), *self.relaxed.metrics("relaxed")]
        for kind, counter in self.each.items():
            found += counter.metrics(f"strict.{kind}")
        return found


def evaluate() -> SuiteResult:
    """Score strict spans, micro over the four classes."""
    gold = list(sentences(data.folder("ner", "germeval14-dev.tsv"), "test"))
    encoder = files.available("words", files.wanted())
    stages, reader = _Scores.over(CLASSES), _Scores.over(CLASSES, (DERIVED, HOLDS_ONE))
    guess = Counter()
    misses: list[Miss] = []
    for number, sentence in enumerate(gold, start=1):
        found, expected = ours(_document(sentence.text)), sentence.of(CLASSES)
        stages.add(expected, found)
        if encoder:
            reader.add(sentence.names, read(sentence))
        places = [(m.start, m.end, "LOC") for m in entities.capitalised(sentence.text, "LOC").mentions]
        guess.include(spans.strict(expected, places))
        place = f"sentence {number}"
        misses += [Miss(place, a, b, kind, "nothing") for a, b, kind in set(expected) - set(found)]
        misses += [Miss(place, a, b, "nothing", kind) for a, b, kind in set(found) - set(expected)]
    metrics = stages.metrics(guess.f1) + (prefixed("encoder", reader.metrics()) if encoder else [])
    return SuiteResult("names-germeval", tuple(metrics), worst(misses), data_sha256=_digest(gold), notes=_NOTES)


def _digest(gold: Iterable[Sentence]) -> str:
    """Digest of what is scored, so that pins set on another part are not compared."""
    return hashlib.sha256(repr([(s.text, s.names) for s in gold]).encode()).hexdigest()
