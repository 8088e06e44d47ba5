"""The words reader: part of speech, morphology, dependency head and relation of every word, and names.

The language stage and the mentions stage read the same articles, one soon after the other: the last few are kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quellenlage.encoder import files, sessions, trees
from quellenlage.encoder.pieces import Pieces, Span, article_windows
from quellenlage.encoder.viterbi import Chains, Scores, best, marginals, softmax

NAME = "words"
_KEPT = 4
_ALIKE = 64
"""Windows of an article, those read last, that need not be read again where they come again."""


@dataclass(frozen=True, slots=True)
class Word:
    """What the reader says of a word; scores are probabilities.

    `feats` holds the features that the word has, `feats_scores` how sure each of them is. `head` is the number of the
    head within the sentence, -1 for the root.
    """

    upos: str
    upos_score: float
    feats: dict[str, str]
    feats_scores: dict[str, float]
    head: int
    head_score: float
    relation: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name: words `first` to `last` (half-open) of a sentence; `score` is that of its least sure word."""

    first: int
    last: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class WordSentence:
    """The words of a sentence as given, and the names among them in order."""

    words: tuple[Word, ...]
    names: tuple[Name, ...]


_cache: OrderedDict[bytes, tuple[WordSentence, ...]] = OrderedDict()
_lock = Lock()


def read(text: str, sentences: Sequence[Sequence[Span]]) -> list[WordSentence]:
    """Read an article whose words are given per sentence as offsets into `text`.

    Raises:
        MissingResource: a model file is missing or damaged.
    """
    key = _key(text, sentences)
    with _lock:
        known = _cache.get(key)
        if known is not None:
            _cache.move_to_end(key)
            return list(known)
    found = tuple(_read(text, sentences))
    with _lock:
        _cache[key] = found
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return list(found)


def _key(text: str, sentences: Sequence[Sequence[Span]]) -> bytes:
    digest = hashlib.sha256(files.digest(NAME).encode())
    digest.update(text.encode("utf-8", "surrogatepass"))
    for sentence in sentences:
        digest.update(b"|")
        digest.update(np.array(sentence, dtype=np.int64).tobytes())
    return digest.digest()


def _read(text: str, sentences: Sequence[Sequence[Span]]) -> Iterator[WordSentence]:
    settings = sessions.settings(NAME)
    found: list[list[_Raw]] = [[] for _ in sentences]
    read: OrderedDict[_Alike, list[_Raw]] = OrderedDict()
    for window in article_windows(text, sentences, settings["window"], 0):
        bounds = (*(part.start - window.start for part in window.parts), window.end - window.start)
        alike = (tuple(window.pieces.ids), tuple(window.pieces.firsts), bounds)
        # a page may say the same thousands of times, and what is read depends on the window alone
        raws = read.pop(alike, None) or _window(window.pieces, bounds, settings)
        read[alike] = raws
        if len(read) > _ALIKE:
            read.popitem(last=False)
        for part, raw in zip(window.parts, raws, strict=True):
            found[part.sentence].append(raw)
    for parts in found:
        yield _sentence(parts)


_Alike = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""What a window is read from: word pieces, the first one of each word, and where its parts begin and end."""


@dataclass(slots=True)
class _Raw:
    """A sentence, or a part of one too long for a window."""

    words: list[Word]
    names: list[Name]


def _window(pieces: Pieces, bounds: Sequence[int], settings: dict[str, Any]) -> list[_Raw]:
    outputs = sessions.run("words/read", embedded=sessions.embed(pieces.ids), firsts=np.array(pieces.firsts))
    emissions, upos, features, arcs, dependents, candidates = (one[0] for one in outputs)
    heads, sure = _parse(arcs, bounds, settings["temperatures"]["arcs"])
    scores = sessions.run("words/relations", dependents=dependents, heads=candidates[heads])[0]
    relations = _relations(scores, heads == 0, settings["relations"])
    tags = _Tagged(upos, features, settings)
    names = _names(emissions, bounds, settings)
    found = []
    for (low, high), own in zip(pairwise(bounds), names, strict=True):
        words = [
            Word(*tags.of(i), int(heads[i]) - 1 - low if heads[i] else -1, float(sure[i]), relations[i])
            for i in range(low, high)
        ]
        found.append(_Raw(words, own))
    return found


def _parse(arcs: NDArray[Any], bounds: Sequence[int], heat: float) -> tuple[NDArray[np.int64], Scores]:
    """Column of the head of each word (0 for the root) and its probability; heads lie within the sentence."""
    heads = np.zeros(len(arcs), dtype=np.int64)
    sure = np.ones(len(arcs))
    for low, high in pairwise(bounds):
        columns = np.array([0, *range(low + 1, high + 1)])
        scores = arcs[low:high, columns].astype(np.float64)
        tree = trees.heads(scores) + 1
        heads[low:high] = columns[tree]
        sure[low:high] = softmax(scores, heat)[np.arange(high - low), tree]
    return heads, sure


def _relations(scores: NDArray[Any], roots: NDArray[np.bool_], labels: Sequence[str]) -> list[str]:
    """The best relation of each word; "root" for the root and for no other word."""
    root = labels.index("root")
    scores = scores.copy()
    scores[:, root] = -np.inf
    chosen = np.where(roots, root, scores.argmax(axis=1))
    return [labels[i] for i in chosen]


class _Tagged:
    """Parts of speech and features of the words of a window."""

    def __init__(self, upos: NDArray[Any], features: NDArray[Any], settings: dict[str, Any]) -> None:
        heat = settings["temperatures"]
        self.upos = softmax(upos, heat["upos"])
        self.best = self.upos.argmax(axis=1)
        self.labels: list[str] = settings["upos"]
        self.features: list[tuple[str, list[str], Scores, NDArray[np.intp]]] = []
        at = 0
        for name, values in settings["features"].items():
            own = softmax(features[:, at : at + len(values)], heat["features"])
            self.features.append((name, values, own, own.argmax(axis=1)))
            at += len(values)

    def of(self, i: int) -> tuple[str, float, dict[str, str], dict[str, float]]:
        """Part of speech and features of word `i`, each with its probability."""
        best_upos = int(self.best[i])
        feats, sure = {}, {}
        for name, values, scores, chosen in self.features:
            value = int(chosen[i])
            if value:
                feats[name] = values[value]
                sure[name] = float(scores[i, value])
        return self.labels[best_upos], float(self.upos[i, best_upos]), feats, sure


def _names(emissions: NDArray[Any], bounds: Sequence[int], settings: dict[str, Any]) -> list[list[Name]]:
    """The names of each sentence; none goes beyond its sentence."""
    tags: list[str] = settings["names"]
    chains = Chains.of([settings["chain"]])
    heat = settings["temperatures"]["names"]
    scores = emissions[None].astype(np.float64)
    chosen = best(scores, chains)[0]
    path = [tags[i] for i in chosen]
    sure = marginals(scores / heat, chains.cooled(heat))[0][np.arange(len(path)), chosen]
    found = []
    for low, high in pairwise(bounds):
        own: list[Name] = []
        start = low
        for i in range(low, high):
            opens = path[i].startswith("B-") or (path[i] != "O" and (i == low or path[i - 1] == "O"))
            if opens:
                start = i
            goes_on = i + 1 < high and path[i + 1].startswith("I-")
            if path[i] != "O" and not goes_on:
                own.append(Name(start - low, i + 1 - low, path[i][2:], float(sure[start : i + 1].min())))
        found.append(own)
    return found


def _sentence(parts: Sequence[_Raw]) -> WordSentence:
    """A sentence from its parts; the trees of further parts hang from the root of the first."""
    words: list[Word] = []
    names: list[Name] = []
    root = -1
    for raw in parts:
        offset = len(words)
        names += (Name(n.first + offset, n.last + offset, n.kind, n.score) for n in raw.names)
        for number, word in enumerate(raw.words):
            if not offset:
                words.append(word)
                root = number if word.head < 0 else root
                continue
            head, relation = (word.head + offset, word.relation) if word.head >= 0 else (root, "parataxis")
            words.append(
                Word(word.upos, word.upos_score, word.feats, word.feats_scores, head, word.head_score, relation)
            )
    return WordSentence(tuple(words), tuple(names))
