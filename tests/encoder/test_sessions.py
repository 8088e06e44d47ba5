"""One session per graph, loaded once for all threads, and again after a change of threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from quellenlage.encoder import files, sessions

GRAPH = "quotations/attribute"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    sessions.forget()
    yield
    sessions.set_threads(None)
    sessions.forget()


def test_threads_share_one_session(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    real = files.content

    def counted(file: str) -> bytes:
        loaded.append(file)
        return real(file)

    monkeypatch.setattr(files, "content", counted)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: sessions.session(GRAPH), range(16)))
    assert len({id(one) for one in found}) == 1
    assert loaded == [f"{GRAPH}.onnx"]


def test_threads_can_be_set() -> None:
    assert sessions.threads() == 1
    before = sessions.session(GRAPH)
    sessions.set_threads(1)
    assert sessions.threads() == 1
    after = sessions.session(GRAPH)
    assert after is not before
    assert after.get_session_options().intra_op_num_threads == 1
    sessions.set_threads(1)
    assert sessions.session(GRAPH) is after


def test_embeddings_are_looked_up_in_the_table() -> None:
    whole = np.load(files.checked("shared/embeddings.npy"), mmap_mode="r")
    scales = np.load(files.checked("shared/scales.npy"))
    found = sessions.embed([0, 7, 7, 2])
    assert found.shape == (1, 4, whole.shape[1])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[0, 1], whole[7] * np.float32(scales[7]), rtol=1e-6)
    assert np.array_equal(found[0, 1], found[0, 2])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the platform has no fork")
def test_a_child_process_reads_with_sessions_of_its_own() -> None:
    sessions.session(GRAPH)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        roles = sessions.run(
            GRAPH, vectors=np.ones((1, 3, 384), dtype=np.float32), marks=np.array([[0, 1, 2]], dtype=np.int64)
        )
        os.write(writing, roles[0].tobytes()[:4])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert len(pipe.read()) == 4
    assert os.waitpid(child, 0)[1] == 0
