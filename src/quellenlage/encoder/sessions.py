"""Graphs as onnxruntime sessions: loaded when first used, one for all threads of a process.

A session may be run by several threads at once. A result depends on the window alone: every run reads one window, for
the scale of 8-bit activations is taken over all that is read together.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quellenlage.encoder import files

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]
_FATAL = 3


class _State:
    """What is loaded in this process."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.threads: int | None = None
        self.sessions: dict[str, InferenceSession] = {}
        self.settings: dict[str, dict[str, Any]] = {}
        self.table: tuple[NDArray[np.int8], Floats] | None = None


_state = _State()


def threads() -> int:
    """How many threads a graph is computed with: one, since sums come out otherwise with more, in the last digits."""
    return _state.threads or 1


def set_threads(count: int | None) -> None:
    """Let graphs be computed with `count` threads, for measuring; None for one, whatever the machine.

    What is loaded already is loaded again when it is next used.
    """
    with _state.lock:
        if count != _state.threads:
            _state.threads = count
            _state.sessions.clear()


def forget() -> None:
    """Drop everything loaded."""
    global _state  # noqa: PLW0603  (a fresh lock as well: after a fork nobody would ever release the old one)
    _state = _after(_state)


def _after(old: _State) -> _State:
    fresh = _State()
    fresh.threads = old.threads
    return fresh


_abandoned: list[_State] = []


def _abandon() -> None:
    """Leave what is loaded alone: a session's threads do not live on in a child, and ending it would wait for them."""
    _abandoned.append(_state)
    forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_abandon)


def session(graph: str) -> InferenceSession:
    """The session of a graph such as `words/read`.

    Raises:
        MissingResource: its file is missing or damaged.
    """
    state = _state
    with state.lock:
        found = state.sessions.get(graph)
        if found is None:
            found = state.sessions[graph] = _open(files.content(f"{graph}.onnx"))
        return found


def _open(model: bytes) -> InferenceSession:
    import onnxruntime  # a third of a second: only where a text is read

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL
    options.enable_mem_pattern = False  # windows differ in length
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def run(graph: str, **inputs: NDArray[Any]) -> list[Floats]:
    """The outputs of a graph in the order in which it declares them."""
    outputs: list[Floats] = session(graph).run(None, inputs)
    return outputs


def settings(name: str) -> dict[str, Any]:
    """Labels, transitions and temperatures of a model: the JSON file beside its graphs, to be read only."""
    state = _state
    with state.lock:
        found = state.settings.get(name)
        if found is None:
            found = state.settings[name] = json.loads(files.content(f"{name}/settings.json"))
        return found


def embed(ids: Sequence[int]) -> Floats:
    """Embeddings of word pieces (1, length, width), from the table that all graphs share."""
    whole, scales = _table()
    rows = np.asarray(ids, dtype=np.int64)
    found: Floats = whole[rows].astype(np.float32) * scales[rows, None]
    return found[None]


def _table() -> tuple[NDArray[np.int8], Floats]:
    state = _state
    with state.lock:
        if state.table is None:
            # mapped, so that the processes of a pool share it
            whole = np.load(files.checked("shared/embeddings.npy"), mmap_mode="r")
            scales = np.load(files.checked("shared/scales.npy")).astype(np.float32)
            state.table = (whole, scales)
        return state.table
