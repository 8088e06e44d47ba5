"""Search by words, by meaning and by both, on questions to the sample in other words than its articles use.

`recall@5`: of the sentences that answer a question (at most five), the share among the first five hits. `mrr`: mean of
one over the rank of the first of them. The rankings are scored without a cut-off; `shown` is what a user sees, with it:
how much of that answers, and how often a question to which the sample has no answer is met with silence.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from quellenlage.errors import Defect
from quellenlage.evaluation import data, sample_gold
from quellenlage.evaluation.results import Metric, Miss, SuiteResult, rate
from quellenlage.execution import Encoder, encode_sentences, fused, installed_encoder, search
from quellenlage.model import Archive, Document, Hit, fold
from quellenlage.store import open_archive

FIRST = 5
_ALL = 1000
_NOTES = (
    "half of the questions by the hash of their words; the cut-off and the share of the neighbours were set on tune",
    "trivial: the mean over all orders in which the sentences could stand; words: any shared word, rare ones first",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and where it is answered: article's name and exact quote; nowhere, if the sample says nothing.

    `own_words`: in words of the article, which the full text finds; search by meaning must not spoil it.
    """

    query: str
    answers: tuple[tuple[str, str], ...]
    own_words: bool = False

    @property
    def half(self) -> str:
        """Which half it is in."""
        return "report" if hashlib.sha256(self.query.encode()).digest()[0] % 2 else "tune"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A sentence of the sample."""

    article: str
    start: int
    end: int


Ranking = Sequence[Place]


@dataclass(slots=True)
class Tally:
    """Recall among the first and reciprocal ranks of one way to search."""

    recall: float = 0.0
    reciprocal: float = 0.0
    asked: int = 0

    def add(self, gold: frozenset[Place], ranking: Ranking) -> int | None:
        """Count one question; returns the rank of its first answer."""
        first = next((rank for rank, place in enumerate(ranking, 1) if place in gold), None)
        self.asked += 1
        self.recall += len(gold.intersection(ranking[:FIRST])) / min(FIRST, len(gold))
        self.reciprocal += 1 / first if first else 0.0
        return first

    def metrics(self, name: str, chance: Tally | None = None) -> list[Metric]:
        """Both means."""
        trivial = (chance.recall / chance.asked, chance.reciprocal / chance.asked) if chance else (None, None)
        return [
            rate(f"{name}.recall@5", self.recall, self.asked, trivial=trivial[0]),
            rate(f"{name}.mrr", self.reciprocal, self.asked, trivial=trivial[1]),
        ]


@dataclass(slots=True)
class _Shown:
    """What a user sees of a search."""

    tally: Tally = field(default_factory=Tally)
    hits: int = 0
    right: int = 0
    unanswerable: int = 0
    silent: int = 0


def questions(half: str | None = None) -> list[Question]:
    """The questions of one half, or all."""
    raw = json.loads(data.shipped("search", "sample.json").read_text(encoding="utf-8"))["queries"]
    every = [
        Question(q["query"], tuple((a["article"], a["quote"]) for a in q["answers"]), q.get("own_words", False))
        for q in raw
    ]
    return [q for q in every if half in (None, q.half)]


def evaluate(half: str) -> SuiteResult:
    """Score every way to search on one half of the questions."""
    encoder = installed_encoder()
    name = f"search-{half}"
    if encoder is None:
        return SuiteResult(name, skipped="the model for search by meaning is missing")
    asked = questions(half)
    documents = {name: article.case.document for name, article in sample_gold.load().articles.items()}
    sentences = _sentences(documents)
    with _archive(documents, encoder) as archive:
        ways = _ways(archive, encoder, sentences)
        tallies = {way: Tally() for way in (*ways, *(f"own-words.{way}" for way in ways))}
        chance, shown, misses = Tally(), _Shown(), list[Miss]()
        for question in asked:
            gold = places(question, documents)
            seen = [_place(hit) for hit in search(archive, question.query, limit=FIRST, encoder=encoder).hits]
            if not gold:
                shown.unanswerable += 1
                shown.silent += not seen
                shown.hits += len(seen)
                continue
            for way, ranked in ways.items():
                if question.own_words:
                    tallies[f"own-words.{way}"].add(gold, ranked(question.query))
                    continue
                first = tallies[way].add(gold, ranked(question.query))
                if way == "both" and (first is None or first > FIRST):
                    place = min(gold)
                    found = f"rank {first or 'none'}"
                    misses.append(Miss(place.article, place.start, place.end, "among the first five", found))
            if question.own_words:
                continue
            _by_chance(chance, len(gold), len(sentences))
            shown.tally.add(gold, seen)
            shown.hits += len(seen)
            shown.right += len(gold.intersection(seen))
    metrics = [m for way, t in tallies.items() for m in t.metrics(way, None if way.startswith("own") else chance)]
    metrics += shown.tally.metrics("shown")
    metrics.append(rate("shown.precision", shown.right, shown.hits))
    metrics.append(rate("unanswerable.silent", shown.silent, shown.unanswerable, trivial=1.0))
    return SuiteResult(
        name,
        tuple(metrics),
        worst=tuple(misses[:10]) if half == "tune" else (),
        data_sha256=data.digest(data.shipped("search", "sample.json"), sample_gold.corpus()),
        notes=_NOTES,
    )


def places(question: Question, documents: Mapping[str, Document]) -> frozenset[Place]:
    """Sentences of the report that answer a question, wherever the text says exactly that.

    Raises:
        Defect: an article does not say what is quoted from it.
    """
    found = set()
    for name, quote in question.answers:
        document = documents[name]
        start = document.text.find(quote)
        if start < 0:
            raise Defect(f"{name} does not say what is quoted from it")
        found |= {
            Place(document.article.id, s.start, s.end)
            for s in document.read_sentences()
            if s.start < start + len(quote) and start < s.end
        }
    return frozenset(found)


def _ways(archive: Archive, encoder: Encoder, sentences: Mapping[Place, str]) -> dict[str, Callable[[str], Ranking]]:
    """Every way to search, as a function from a question to sentences in order."""
    weights = _rarity(sentences.values())

    def near(query: str) -> Sequence[Hit]:
        return archive.nearest(encoder.encode([query], "query")[0], encoder.digest, floor=-1.0, limit=_ALL)

    def shared(query: str) -> Ranking:
        asked = set(fold(query).split())
        scores = {p: sum(weights[w] for w in asked & set(fold(text).split())) for p, text in sentences.items()}
        return sorted((p for p, score in scores.items() if score), key=lambda p: (-scores[p], p))

    return {
        "text": lambda query: [_place(hit) for hit in archive.search(query, limit=_ALL)],
        "words": shared,
        "meaning": lambda query: [_place(hit) for hit in near(query)],
        "both": lambda query: [_place(h) for h in fused(archive.search(query, limit=_ALL), near(query), query)],
    }


def _rarity(texts: Iterable[str]) -> Mapping[str, float]:
    """How much it says that a word is shared: the logarithm of one over the share of sentences that have it."""
    every = [set(fold(text).split()) for text in texts]
    counts = Counter(word for words in every for word in words)
    return {word: math.log(len(every) / count) for word, count in counts.items()}


def _sentences(documents: Mapping[str, Document]) -> dict[Place, str]:
    return {
        Place(d.article.id, s.start, s.end): d.text[s.start : s.end]
        for d in documents.values()
        for s in d.read_sentences()
    }


def _place(hit: Hit) -> Place:
    return Place(hit.evidence.article, hit.evidence.start, hit.evidence.end)


def _by_chance(tally: Tally, right: int, every: int) -> None:
    """Add what a shuffled list reaches on average with so many right sentences among all."""
    tally.asked += 1
    tally.recall += min(FIRST, every) * right / every / min(FIRST, right)
    orders = math.comb(every, right)
    tally.reciprocal += sum(math.comb(every - rank, right - 1) / orders / rank for rank in range(1, every - right + 2))


@contextmanager
def _archive(documents: Mapping[str, Document], encoder: Encoder) -> Iterator[Archive]:
    """The sample in an archive of its own, with vectors."""
    captures = {capture.id: capture for capture in sample_gold.captured()}
    with TemporaryDirectory() as folder:
        archive = open_archive(str(Path(folder) / "search.db"), create=True)
        try:
            for document in documents.values():
                archive.add_capture(captures[document.article.capture])
                archive.put_document(document, "evaluation")
            encode_sentences(archive, clock=lambda: data.CAPTURED_AT, encoder=encoder)
            yield archive
        finally:
            archive.close()
