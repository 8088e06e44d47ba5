"""Vectors of sentences: near by meaning, and the same whatever else is read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.encoder.encoder_texts import FLOOD, STRANGE, SUMMIT

from quellenlage.encoder import sessions
from quellenlage.encoder.sentences import WIDTH, encode

TEXTS = ["Soldaten evakuiert", FLOOD, "", SUMMIT, STRANGE, "\udcff", "Ja."]


@pytest.fixture(autouse=True)
def _all_processors() -> Iterator[None]:
    yield
    sessions.set_threads(None)


def test_near_by_meaning_not_by_words() -> None:
    query = encode(["Abzug der Truppen"], "query")[0]
    passages = [
        "Die Streitkräfte verlassen das Land.",
        "Abzug vom Lohn ist nur in engen Grenzen zulässig.",
        "Nach dem Regen wird es am Wochenende wieder schön.",
    ]
    scores = encode(passages, "passage") @ query
    assert scores.argmax() == 0


def test_vectors_have_length_one() -> None:
    vectors = encode(TEXTS, "passage")
    assert vectors.shape == (len(TEXTS), WIDTH)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert encode([], "query").shape == (0, WIDTH)


def test_a_question_is_read_as_one() -> None:
    query, passage = encode(["Hochwasser"], "query"), encode(["Hochwasser"], "passage")
    assert not np.array_equal(query, passage)


def test_of_a_long_text_the_beginning_is_read() -> None:
    text = "Der Rat tagt heute wieder. " * 150
    first, second = encode([text, text + "Etwas ganz anderes."], "passage")
    assert np.array_equal(first, second)


def test_a_vector_never_depends_on_others_on_order_or_on_threads() -> None:
    together = encode(TEXTS, "passage")
    alone = np.concatenate([encode([text], "passage") for text in TEXTS])
    backwards = encode(TEXTS[::-1], "passage")[::-1]
    with ThreadPoolExecutor(4) as pool:
        threads = np.concatenate(list(pool.map(lambda text: encode([text], "passage"), TEXTS * 2)))
    sessions.set_threads(1)
    single = encode(TEXTS, "passage")
    for other in (alone, backwards, threads[: len(TEXTS)], threads[len(TEXTS) :], single):
        assert np.array_equal(together, other)
