"""Answers kept for the questions that were asked last, until a step of a long run is done.

Each answer is a small object that outlives thousands of others made at the same time. Where one step of linking leaves
half a million of them behind, they take a hundred megabytes, and lie scattered over the memory that the step used, so
that the next one can hardly use it again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar
from weakref import WeakSet

C = TypeVar("C", bound=Callable[..., Any])

_kept: WeakSet[_lru_cache_wrapper[Any]] = WeakSet()
"""All functions that keep answers; one that goes is not held by it, nor what it holds."""


def recent(most: int) -> Callable[[C], C]:
    """Keep the last answers of a function, so many at most, as `functools.lru_cache` does (see `forget_recent`)."""

    def keeping(function: C) -> C:
        kept = lru_cache(maxsize=most)(function)
        _kept.add(kept)
        return kept  # type: ignore[return-value]  # what is wrapped is called as before

    return keeping


def forget_recent() -> None:
    """Let all kept answers go: whoever asks again is answered anew, and the same."""
    for function in list(_kept):
        function.cache_clear()
