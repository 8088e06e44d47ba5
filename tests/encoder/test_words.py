"""The words reader: trees, names and features within each sentence, the same whatever else is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.encoder.encoder_texts import FLOOD, SHORT, STRANGE, SUMMIT, long_article, words
from tests.encoder.test_trees import is_tree

from quellenlage.encoder import sessions
from quellenlage.encoder import words as encoder
from quellenlage.encoder.words import Name, Word, WordSentence

TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    encoder._cache.clear()
    yield
    encoder._cache.clear()
    sessions.set_threads(None)


def _check(text: str, found: list[WordSentence]) -> None:
    sentences = words(text)
    assert [len(one.words) for one in found] == [len(s) for s in sentences]
    for sentence in found:
        assert is_tree(tuple(word.head for word in sentence.words))
        for word in sentence.words:
            assert (word.relation == "root") == (word.head < 0)
            assert 0 < word.upos_score <= 1
            assert 0 <= word.head_score <= 1
            assert word.feats.keys() == word.feats_scores.keys()
            assert all(word.feats.values())
        for name in sentence.names:
            assert 0 <= name.first < name.last <= len(sentence.words)
            assert 0 <= name.score <= 1


@pytest.mark.parametrize("text", [SUMMIT, STRANGE, SHORT, long_article(30), " ".join(["Wort"] * 700) + "."])
def test_every_sentence_has_one_tree(installed: Callable[[str], None], text: str) -> None:
    installed("words")
    _check(text, encoder.read(text, words(text)))


def test_a_reading_never_depends_on_others_on_order_or_on_threads(installed: Callable[[str], None]) -> None:
    installed("words")
    texts = [SUMMIT, FLOOD, SHORT, STRANGE]

    def read(text: str) -> list[WordSentence]:
        encoder._cache.clear()
        return encoder.read(text, words(text))

    first = [read(text) for text in texts]
    assert [read(text) for text in texts[::-1]][::-1] == first
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, texts * 2)) == first * 2
    sessions.set_threads(1)
    assert [read(text) for text in texts] == first


def test_the_last_articles_are_kept(installed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    installed("words")
    calls: list[str] = []
    real = encoder._read

    def counted(text: str, sentences: list[list[tuple[int, int]]]) -> Iterator[WordSentence]:
        calls.append(text)
        return real(text, sentences)

    monkeypatch.setattr(encoder, "_read", counted)
    first = encoder.read(SHORT, words(SHORT))
    assert encoder.read(SHORT, words(SHORT)) == first
    assert calls == [SHORT]
    assert len(encoder.read(SHORT, [words(SHORT)[0][:2]])[0].words) == 2  # the same text in other words
    assert len(calls) == 2
    for text in ("Eins.", "Zwei.", "Drei."):
        encoder.read(text, words(text))
    encoder.read(SHORT, words(SHORT))
    assert calls[-1] == SHORT


def test_nothing_to_read(installed: Callable[[str], None]) -> None:
    installed("words")
    assert encoder.read("", []) == []
    assert encoder.read("Ja.", [[], [(0, 2), (2, 3)], []])[0::2] == [WordSentence((), ())] * 2


def test_heads_stay_within_the_sentence() -> None:
    arcs = np.zeros((4, 5))
    arcs[0, 4] = 50  # a word of the other sentence
    arcs[0, 2] = 1
    arcs[1, 0] = 2
    arcs[2, 0] = arcs[3, 3] = 3
    heads, sure = encoder._parse(arcs, [0, 2, 4], 1.0)
    assert heads.tolist() == [2, 0, 0, 3]
    assert sure[0] == pytest.approx(np.e / (np.e + 2))


def test_root_is_the_relation_of_the_root_alone() -> None:
    labels = ["nsubj", "root", "obj"]
    scores = np.array([[1.0, 9.0, 2.0], [5.0, 0.0, 1.0], [3.0, 4.0, 1.0]])
    assert encoder._relations(scores, np.array([False, True, False]), labels) == ["obj", "root", "nsubj"]


def _named(path: str, bounds: list[int]) -> list[list[Name]]:
    tags = path.split()
    emissions = np.full((len(tags), len(TAGS)), -20.0)
    emissions[range(len(tags)), [TAGS.index(tag) for tag in tags]] = 20.0
    chain = {"transitions": np.zeros((5, 5)).tolist(), "start": [0.0] * 5}
    return encoder._names(emissions, bounds, {"names": TAGS, "chain": chain, "temperatures": {"names": 1.0}})


def _spans(found: list[list[Name]]) -> list[list[tuple[int, int, str]]]:
    return [[(name.first, name.last, name.kind) for name in names] for names in found]


def test_names_from_tags() -> None:
    assert _spans(_named("B-PER I-PER O B-ORG B-ORG I-ORG", [0, 6])) == [[(0, 2, "PER"), (3, 4, "ORG"), (4, 6, "ORG")]]
    assert _spans(_named("O B-PER I-PER I-PER", [0, 3, 4])) == [[(1, 3, "PER")], [(0, 1, "PER")]]
    assert _spans(_named("O I-ORG O", [0, 3])) == [[(1, 2, "ORG")]]
    assert _spans(_named("O O", [0, 2])) == [[]]
    assert _named("B-PER I-PER", [0, 2])[0][0].score == pytest.approx(1.0)


def test_a_name_is_as_sure_as_its_least_sure_word() -> None:
    emissions = np.full((2, 5), -20.0)
    emissions[0, 1], emissions[1, 2], emissions[1, 0] = 20.0, 1.0, 0.0
    chain = {"transitions": np.zeros((5, 5)).tolist(), "start": [0.0] * 5}
    settings = {"names": TAGS, "chain": chain, "temperatures": {"names": 2.0}}
    ((name,),) = encoder._names(emissions, [0, 2], settings)
    assert name.score == pytest.approx(1 / (1 + np.exp(-0.5)), abs=1e-3)


def test_parts_of_a_long_sentence_become_one_tree() -> None:
    def word(head: int, relation: str) -> Word:
        return Word("NOUN", 1.0, {}, {}, head, 1.0, relation)

    first = encoder._Raw([word(1, "det"), word(-1, "root")], [])
    second = encoder._Raw([word(-1, "root"), word(0, "obj")], [Name(1, 2, "PER", 0.9)])
    whole = encoder._sentence([first, second])
    assert [w.head for w in whole.words] == [1, -1, 1, 2]
    assert [w.relation for w in whole.words] == ["det", "root", "parataxis", "obj"]
    assert whole.names == (Name(3, 4, "PER", 0.9),)
    assert encoder._sentence([]) == WordSentence((), ())


def test_what_comes_again_in_an_article_is_read_once(
    installed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("words")
    asked: list[str] = []
    plain = sessions.run

    def run(graph: str, **inputs: np.ndarray) -> list[sessions.Floats]:
        asked.append(graph)
        return plain(graph, **inputs)

    text = "Der Rat tagt in Rom. " * 800
    monkeypatch.setattr(sessions, "run", run)
    once = encoder.read(text, words(text))
    assert asked.count("words/read") < 5
    encoder._cache.clear()
    monkeypatch.setattr(encoder, "_ALIKE", 0)
    asked.clear()
    assert encoder.read(text, words(text)) == once
    assert asked.count("words/read") > 10
