"""Throughput of the encoder, all heads and passes, on articles of 250 words, beside PyTorch in the same run.

The language stage has cut the articles into words before. A pass with PyTorch does the same work on the same windows in
single precision: only the graphs are computed elsewhere. Two articles are read at a time by two threads that share the
graphs, each computed with one thread: graphs this small gain little from a second one. HanTa (morphology alone) and an
empty spaCy pipeline (words and sentences alone) are there for orientation. What is not installed is skipped with the
reason.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from quellenlage.annotate.language.stage import split
from quellenlage.encoder import files, quotations, sentences, sessions, words

WORDS = 250
LIMIT = 3.0
"""Articles a second that the encoder has to read, on two cores."""
CONFIGS = Path(__file__).parent.parent / "training" / "configs"


@dataclass(frozen=True)
class Text:
    """An article's beginning as the stages see it: text, and words per sentence as offsets."""

    text: str
    sentences: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def forms(self) -> list[list[str]]:
        """The words themselves."""
        return [[self.text[a:b] for a, b in sentence] for sentence in self.sentences]


def articles(data: Path, count: int) -> Iterator[Text]:
    """Beginnings of articles, whole sentences of together about 250 words."""
    for line in (data / "quotations" / "dev.jsonl").open(encoding="utf-8"):
        text = json.loads(line)["originalText"]
        found, length = [], 0
        for sentence in split(text, 0, len(text)):
            found.append(tuple((piece.start, piece.end) for piece in sentence))
            length += sum(piece.form.isalnum() for piece in sentence)
            if length >= WORDS:
                yield Text(text[: sentence[-1].end], tuple(found))
                count -= 1
                break
        if not count:
            return


@dataclass(frozen=True)
class Pass:
    """One reading of an article; `model` is what it needs."""

    name: str
    model: str
    read: Callable[[Text], object]


def passes(quoted: dict[str, list[tuple[int, ...]]]) -> list[Pass]:
    """All passes; quotations are attributed as they were found in 8 bits, whoever computes."""
    reader = quotations.Reader()

    def attribute(article: Text) -> object:
        return reader.attribute(reader.read(article.text, article.sentences), quoted[article.text])

    def encode(article: Text) -> object:
        texts = [article.text[s[0][0] : s[-1][1]] for s in article.sentences]
        return sentences.encode(texts, "passage")

    return [
        Pass("words and names", "words", lambda a: words.read(a.text, a.sentences)),
        Pass("quotations, both passes", "quotations", attribute),
        Pass("sentence vectors", "sentences", encode),
    ]


@cache
def _quoted(texts: tuple[Text, ...]) -> dict[str, list[tuple[int, ...]]]:
    reader = quotations.Reader()
    return {t.text: [q.words for q in reader.find(reader.read(t.text, t.sentences))] for t in texts}


def available(texts: Sequence[Text]) -> list[Pass]:
    """The passes whose models are installed; the others are named."""
    found = []
    for one in passes(_quoted(tuple(texts)) if files.available("quotations") else {}):
        if files.available(one.model):
            found.append(one)
        else:
            print(f"{one.name} not measured: the model {one.model} is not installed", file=sys.stderr)
    return found


def measured(chosen: Sequence[Pass], texts: Sequence[Text], readers: int) -> dict[str, float]:
    """Seconds of each pass over all articles, after one for warming up; each reader computes with one thread."""
    seconds = {}
    for one in chosen:
        one.read(texts[0])
        words._cache.clear()
        before = time.perf_counter()
        with ThreadPoolExecutor(readers) as pool:
            list(pool.map(one.read, texts))
        seconds[one.name] = time.perf_counter() - before
    return seconds


class Torch:
    """The graphs of `encoder.sessions.run`, computed by PyTorch with modules of the same shape."""

    def __init__(self, base: Path) -> None:
        import torch
        from training.network import Encoder
        from training.quotations_model import QuotationReader
        from training.words_model import WordsReader

        torch.set_num_threads(1)
        depth = {name: tomllib.loads((CONFIGS / f"{name}.toml").read_text()) for name in ("words", "quotations")}
        self.torch = torch
        self.words = WordsReader(base, depth["words"]["depth"]).eval()
        own = depth["quotations"]
        self.quotations = QuotationReader(base, own["depth"], own["tower"]).eval()
        self.sentences = Encoder(base, 12).eval()

    def run(self, graph: str, **inputs: Any) -> list[Any]:
        """As `sessions.run`."""
        given = {name: self.torch.from_numpy(np.ascontiguousarray(value)) for name, value in inputs.items()}
        with self.torch.inference_mode():
            return [found.numpy() for found in getattr(self, "_" + graph.replace("/", "_"))(**given)]

    def _hidden(self, encoder: Any, embedded: Any) -> Any:
        return encoder.encode(embedded, self.torch.zeros(1, 1, 1, embedded.shape[1]))

    def _words_read(self, embedded: Any, firsts: Any) -> tuple[Any, ...]:
        from torch.nn import functional

        rows, heads = self.words.rows(self._hidden(self.words.encoder, embedded), firsts[None])
        labels = self.words.labels
        sides = [
            functional.pad(functional.gelu(linear(x)), (0, 1), value=1.0)
            for x, linear in ((rows, labels.dependent), (heads, labels.head))
        ]
        return (*self.words.tag(rows), self.words.arcs(rows, heads).squeeze(1), *sides)

    def _words_relations(self, dependents: Any, heads: Any) -> tuple[Any, ...]:
        left = self.torch.einsum("di,lij->dlj", dependents, self.words.labels.weight)
        return (self.torch.einsum("dlj,dj->dl", left, heads),)

    def _quotations_read(self, embedded: Any, firsts: Any) -> tuple[Any, ...]:
        vectors = self._hidden(self.quotations.encoder, embedded)[:, firsts]
        return (vectors, *self.quotations.find(vectors))

    def _quotations_attribute(self, vectors: Any, marks: Any) -> tuple[Any, ...]:
        return tuple(self.quotations.attribute(vectors, marks, self.torch.ones_like(marks, dtype=self.torch.bool)))

    def _sentences_encode(self, embedded: Any) -> tuple[Any, ...]:
        mean = self._hidden(self.sentences, embedded).mean(1)
        return (mean / mean.norm(dim=-1, keepdim=True),)


def peers(texts: Sequence[Text]) -> Iterator[tuple[str, float]]:
    """Seconds of other tools over the same articles."""
    try:
        from HanTa import HanoverTagger
    except ImportError as error:
        print(f"HanTa not measured: {error}", file=sys.stderr)
    else:
        tagger = HanoverTagger.HanoverTagger("morphmodel_ger.pgz")
        yield "HanTa, morphology", _timed(lambda text: [tagger.tag_sent(forms) for forms in text.forms], texts)
    try:
        import spacy
    except ImportError as error:
        print(f"spaCy not measured: {error}", file=sys.stderr)
    else:
        pipeline = spacy.blank("de")
        pipeline.add_pipe("sentencizer")
        yield "spaCy, empty German pipeline", _timed(lambda text: pipeline(text.text), texts)


def _timed(read: Callable[[Text], object], texts: Sequence[Text]) -> float:
    read(texts[0])
    before = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - before


def show(name: str, seconds: float, count: int, note: str = "") -> None:
    """Print one figure."""
    print(f"{name:44} {count / seconds:9.2f} articles/s{note}")


def main() -> int:
    """Print every figure; 1 where the encoder is slower than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--base", type=Path, default=Path("../shared/models/multilingual-e5-small-de-en"))
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--readers", type=int, default=2, help="articles read at once, a thread each")
    options = parser.parse_args()
    if not (options.data / "quotations").is_dir():
        print(f"no data at {options.data}: the encoder was not measured", file=sys.stderr)
        return 0
    sessions.set_threads(1)
    texts = list(articles(options.data, options.articles))
    ours = in_8_bits(texts, options.readers)
    with_torch(texts, options, ours)
    for name, seconds in peers(texts):
        show(name, seconds, len(texts))
    return 0 if ours and len(texts) / sum(ours.values()) >= LIMIT else 1


def in_8_bits(texts: Sequence[Text], readers: int) -> dict[str, float]:
    """Measure and show what ships."""
    length = sum(len(sentence) for text in texts for sentence in text.sentences) / len(texts)
    print(f"{len(texts)} articles of {length:.0f} tokens, {readers} read at a time, a thread each")
    seconds = measured(available(texts), texts, readers)
    for name, own in seconds.items():
        show(f"8 bits: {name}", own, len(texts))
    if seconds:
        total = sum(seconds.values())
        missed = "" if len(texts) / total >= LIMIT else "  MISSED"
        show("8 bits: all passes", total, len(texts), f"  (>= {LIMIT:g}){missed}")
    return seconds


def with_torch(texts: Sequence[Text], options: argparse.Namespace, ours: dict[str, float]) -> None:
    """Measure and show the same passes with PyTorch, where it is installed."""
    sys.path.insert(0, str(CONFIGS.parent.parent))
    try:
        engine = Torch(options.base)
    except (ImportError, OSError) as error:
        print(f"PyTorch not measured: {error}", file=sys.stderr)
        return
    computed, sessions.run = sessions.run, engine.run
    try:
        theirs = measured(available(texts), texts, options.readers)
    finally:
        sessions.run = computed
    for name, seconds in [*theirs.items(), ("all passes", sum(theirs.values()))]:
        own = ours.get(name, sum(ours.values()))
        show(f"single precision: {name}", seconds, len(texts), f"  8 bits are {seconds / own:.2f} times as fast")


if __name__ == "__main__":
    sys.exit(main())
