"""Zones of an article, counted over visible code points, and by sentence and line as users see them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quellenlage.evaluation import data
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.model import READ_ZONES, Article

GoldZone = tuple[int, int, str]
"""Start, end and kind."""

_READ = frozenset(str(kind) for kind in READ_ZONES)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][\"“”«»’)]*(?=\s+[\"„“»«(]?[A-ZÄÖÜ0-9])|(?=\n)|\Z)")


@dataclass(frozen=True, slots=True)
class Zoned:
    """An article as zoned by us, with a person's zones over the same text.

    `lost` counts, by kind, code points of the input that are not in the article's text at all.
    """

    name: str
    article: Article
    gold: Sequence[GoldZone]
    lost: Mapping[str, int] = field(default_factory=dict)


def kinds(length: int, zones: Iterable[GoldZone]) -> list[str]:
    """Kind of every code point; "" where there is no zone."""
    found = [""] * length
    for start, end, kind in zones:
        found[start:end] = [kind] * (end - start)
    return found


def visible(text: str, start: int, end: int) -> list[int]:
    """Offsets of the code points that are not white space."""
    return [i for i in range(start, end) if not text[i].isspace()]


def body_sentences(text: str, gold: Sequence[GoldZone]) -> Iterator[tuple[int, int]]:
    """Sentences of the headline, lead and body that a person marked, by punctuation alone."""
    for start, end, kind in gold:
        if kind in _READ:
            for match in _SENTENCE.finditer(text, start, end):
                if visible(text, *match.span()):
                    yield match.span()


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    kinds: dict[str, Counter] = field(default_factory=dict)
    sentences: int = 0
    kept: int = 0
    lines: int = 0
    caught: int = 0

    def add(self, zoned: Zoned) -> list[Miss]:
        """Count one article and return its errors."""
        text = zoned.article.text
        want = kinds(len(text), zoned.gold)
        have = kinds(len(text), ((z.start, z.end, str(z.kind)) for z in zoned.article.zones))
        for i in visible(text, 0, len(text)):
            if want[i]:
                self._count(want[i], have[i])
        for kind, count in zoned.lost.items():
            self.kinds.setdefault(kind, Counter()).add(0, 0, count)
        misses = []
        for start, end in body_sentences(text, zoned.gold):
            inside = visible(text, start, end)
            self.sentences += 1
            self.kept += 2 * sum(have[i] in _READ for i in inside) > len(inside)
        for start, end, kind in zoned.gold:
            inside = visible(text, start, end)
            if kind == "boilerplate" and inside:
                self.lines += 1
                self.caught += all(have[i] not in _READ for i in inside)
            found = [have[i] for i in inside]
            common = max(sorted(set(found)), key=found.count, default=kind)
            if common != kind:
                misses.append(Miss(zoned.name, start, end, kind, common or "no zone"))
        return misses

    def _count(self, want: str, have: str) -> None:
        self.kinds.setdefault(want, Counter()).add(want == have, 0, 1)
        if have:
            self.kinds.setdefault(have, Counter()).add(0, 1, 0)

    def metrics(self) -> list[Metric]:
        """Accuracy, each kind's figures, and what a reader notices: lost sentences and boilerplate that stayed."""
        total = round(sum(counter.gold for counter in self.kinds.values()))
        right = sum(counter.hits for counter in self.kinds.values())
        body = self.kinds.get("body", Counter()).gold
        listed = [
            rate("characters.accuracy", right, total, trivial=body / total if total else 0.0),
            rate("body-sentences-kept.recall", self.kept, self.sentences, trivial=1.0),
            rate("boilerplate-lines-caught.recall", self.caught, self.lines, trivial=0.0),
        ]
        for kind, counter in sorted(self.kinds.items()):
            counted = Counter(counter.hits, counter.predicted, counter.gold)
            share = body / total if total else 0.0
            listed += counted.metrics(kind, trivial=2 * share / (1 + share) if kind == "body" else 0.0)
        return listed


def score(articles: Iterable[Zoned]) -> tuple[list[Metric], list[Miss]]:
    """Score the zones of some articles."""
    tally = Tally()
    misses = [miss for zoned in articles for miss in tally.add(zoned)]
    return tally.metrics(), misses


NOTE = "counted in code points that are not white space; trivial: everything body"


def evaluate_seeds() -> SuiteResult:
    """Score the real clippings beside the project; the gold holds offsets only."""
    gold_file, texts = data.shipped("seeds", "zones.json"), data.folder("seeds")
    zoned, notes = [], [NOTE]
    for name, item in json.loads(gold_file.read_text(encoding="utf-8")).items():
        path = texts / name
        if not path.exists() or data.content_sha256(path) != item["sha256"]:
            notes.append(f"{name}: missing or another text, left out")
            continue
        text = path.read_bytes().decode("utf-8")
        zoned.append(Zoned(name, data.article(text), [(a, b, kind) for a, b, kind in item["zones"]]))
    metrics, misses = score(zoned)
    return SuiteResult("zones-seeds", tuple(metrics), worst(misses), None, data.digest(gold_file, texts), tuple(notes))
