"""The quotation reader on real weights: shapes, bounds, and results that depend on the article alone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.encoder.encoder_texts import FLOOD, SHORT, STRANGE, SUMMIT, long_article, words

from quellenlage.encoder import quotations, sessions
from quellenlage.encoder.pieces import article_windows
from quellenlage.encoder.quotations import WIDTH, Found, Reader, Reading, Vectors, around, spans
from quellenlage.encoder.sessions import Floats
from quellenlage.encoder.viterbi import Scores

QUOTED = tuple(range(10, 17))  # Wir werden Griechenland nicht im Stich lassen
REACH = {"before": 2, "after": 1, "words": 200}


@pytest.fixture(autouse=True)
def _all_processors() -> Iterator[None]:
    yield
    sessions.set_threads(None)


def _all(reading: Reading) -> Floats:
    return reading.vectors.of(0, len(reading.vectors))


def _same(a: Reading, b: Reading) -> bool:
    return np.array_equal(_all(a), _all(b)) and np.array_equal(a.emissions, b.emissions)


def _forced(reader: Reader, reading: Reading, quoted: tuple[int, ...]) -> Scores:
    """Evidence so strong that just these words are quoted, directly."""
    bias = np.zeros(reading.emissions.shape)
    bias[:, :, 0] = 1e6
    bias[0, list(quoted), 0] = 0
    bias[0, quoted[0], reader.tags.index("B-direct")] = 1e6
    bias[0, list(quoted[1:]), reader.tags.index("I-direct")] = 1e6
    return bias


def test_an_article_has_scores_for_every_word() -> None:
    reader = Reader()
    sentences = words(SUMMIT)
    reading = reader.read(SUMMIT, sentences)
    count = sum(map(len, sentences))
    assert reading.emissions.shape == (2, count, len(reader.tags))
    assert _all(reading).shape == (count, 384)
    assert np.isfinite(reading.emissions).all()
    assert [end - start for start, end in reading.sentences] == [len(s) for s in sentences]
    probable = reader.probabilities(reading)
    np.testing.assert_allclose(probable.sum(axis=2), 1.0)
    for found in reader.find(reading):
        assert 0 <= found.score <= 1
        assert list(found.words) == sorted(set(found.words))


def test_evidence_of_rules_decides_where_it_is_strong() -> None:
    reader = Reader()
    reading = reader.read(SUMMIT, words(SUMMIT))
    (found,) = reader.find(reading, _forced(reader, reading, QUOTED))
    assert (found.words, found.type, found.nested) == (QUOTED, "direct", False)
    assert found.score == pytest.approx(1.0)


def test_attribution_covers_the_sentences_around() -> None:
    reader = Reader()
    reading = reader.read(SUMMIT, words(SUMMIT))
    quoted, other = reader.attribute(reading, [QUOTED, (33, 34)])
    assert (quoted.start, len(quoted.roles)) == (0, len(reading.vectors))
    assert quoted.roles.shape[1] == len(reader.roles)
    assert ((quoted.roles >= 0) & (quoted.roles <= 1)).all()
    for roles in (quoted, other):
        assert sum(roles.types.values()) == pytest.approx(1)
        assert sum(roles.media.values()) == pytest.approx(1)
    (alone,) = reader.attribute(reading, [QUOTED])
    assert not np.array_equal(alone.roles, quoted.roles)  # the other quotation is marked


def test_a_reading_never_depends_on_others_on_order_or_on_threads() -> None:
    reader = Reader()
    texts = [SUMMIT, FLOOD, SHORT, STRANGE]
    first = [reader.read(text, words(text)) for text in texts]
    backwards = [reader.read(text, words(text)) for text in texts[::-1]][::-1]
    with ThreadPoolExecutor(4) as pool:
        threads = list(pool.map(lambda text: Reader().read(text, words(text)), texts * 2))
        roles = list(pool.map(lambda _: reader.attribute(first[0], [QUOTED])[0].roles, range(4)))
    sessions.set_threads(1)
    single = [reader.read(text, words(text)) for text in texts]
    for i, reading in enumerate(first):
        assert all(_same(reading, other) for other in (backwards[i], threads[i], threads[i + 4], single[i]))
    one = reader.attribute(first[0], [QUOTED])[0].roles
    assert all(np.array_equal(one, other) for other in roles)


def test_a_long_article_is_read_in_windows_that_share_their_borders() -> None:
    text = long_article(40)
    sentences = words(text)
    reading = Reader().read(text, sentences)
    assert _all(reading).any(axis=1).all()
    windows = article_windows(text, sentences, 382, 64)
    shares = quotations._shares(windows)
    assert len(shares) == len(windows) > 1
    assert [shares[0][0], shares[-1][1]] == [0, len(reading.vectors)]
    assert all(before[1] == after[0] for before, after in pairwise(shares))
    starts = {start for start, _ in reading.sentences}
    for (low, high), window in zip(shares, windows, strict=True):
        assert window.start <= low < high <= window.end
        assert low in starts


def test_nothing_to_read() -> None:
    reader = Reader()
    empty: tuple[list[list[tuple[int, int]]], ...] = ([], [[], []])
    for sentences in empty:
        reading = reader.read("", sentences)
        assert reading.emissions.shape[1] == 0
        assert reader.find(reading) == []
        assert reader.attribute(reading, []) == []


def test_an_interrupted_quotation_is_one() -> None:
    assert spans("O B-direct I-direct O C-direct I-direct O B-direct".split()) == [
        ((1, 2, 4, 5), "direct"),
        ((7,), "direct"),
    ]
    assert spans("B-indirect B-direct C-indirect".split()) == [((0, 2), "indirect"), ((1,), "direct")]
    assert spans("I-direct I-direct C-reported".split()) == [((0, 1), "direct"), ((2,), "reported")]
    assert spans(["O", "O"]) == []


def test_roles_are_looked_for_in_the_sentences_around() -> None:
    sentences = [(0, 10), (10, 20), (20, 30), (30, 40), (40, 50)]
    assert around([31, 32], sentences, REACH) == (10, 50)
    assert around([0], sentences, REACH) == (0, 20)
    assert around([12, 45], sentences, REACH) == (0, 50)
    assert around([120], [(0, 100), (100, 400)], REACH) == (20, 220)


def test_quotations_come_in_order_of_their_words() -> None:
    reader = Reader()
    reading = reader.read(SUMMIT, words(SUMMIT))
    bias = _forced(reader, reading, QUOTED)
    bias[1, 2, :] = 0
    bias[1, 2, reader.tags.index("B-reported")] = 2e6
    found = reader.find(reading, bias)
    assert [(one.words[0], one.nested) for one in found] == [(2, True), (10, False)]
    assert all(isinstance(one, Found) for one in found)


def test_sentences_without_words_do_not_push_others_out_of_reach() -> None:
    reader = Reader()
    sentences = words(SUMMIT)
    reading = reader.read(SUMMIT, sentences)
    spaced = Reading(
        tuple(one for start, end in reading.sentences for one in ((start, start), (start, end))),
        reading.vectors,
        reading.emissions,
    )
    (one,), (other,) = reader.attribute(reading, [QUOTED]), reader.attribute(spaced, [QUOTED])
    assert one.start == other.start
    assert np.array_equal(one.roles, other.roles)


def test_what_comes_again_in_an_article_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = sessions.run

    def run(graph: str, **inputs: np.ndarray) -> list[sessions.Floats]:
        asked.append(graph)
        return plain(graph, **inputs)

    text = f"{SUMMIT} " * 120
    sentences = words(text)
    length = len(words(SUMMIT + " "))
    quoted = [QUOTED, tuple(n + sum(map(len, sentences[:length])) for n in QUOTED)]
    reader = Reader()
    monkeypatch.setattr(sessions, "run", run)
    reading = reader.read(text, sentences)
    roles = reader.attribute(reading, quoted)
    windows = len(article_windows(text, sentences, 382, 64))
    assert asked.count("quotations/read") < windows / 2
    monkeypatch.setattr(quotations, "_ALIKE", 0)
    asked.clear()
    again = reader.read(text, sentences)
    assert len(asked) > windows / 2
    assert _same(reading, again)
    for one, other in zip(roles, reader.attribute(again, quoted), strict=True):
        assert one.start == other.start
        assert np.array_equal(one.roles, other.roles)
        assert (one.types, one.media) == (other.types, other.media)


@given(st.lists(st.integers(0, 5), max_size=8), st.data())
def test_vectors_are_those_of_their_words(lengths: list[int], data: st.DataObject) -> None:
    vectors = Vectors()
    for number, length in enumerate(lengths):
        vectors.add(np.full((length, WIDTH), number, dtype=np.float32))
    whole = [number for number, length in enumerate(lengths) for _ in range(length)]
    low = data.draw(st.integers(0, len(whole)))
    high = data.draw(st.integers(low, len(whole)))
    found = vectors.of(low, high)
    assert len(vectors) == len(whole)
    assert found.shape == (high - low, WIDTH)
    assert found.dtype == np.float32
    assert found[:, 0].tolist() == whole[low:high]
