"""Answers kept for the questions that were asked last, until a step of a long run is done.

Each answer is a small object that outlives thousands of others made at the same time. Where one step of linking leaves
half a million of them behind, they take a hundred megabytes, and lie scattered over the memory that the step used, so
that the next one can hardly use it again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

C = TypeVar("C", bound=Callable[..., Any])

_forgetters: list[Callable[[], None]] = []


def recent(most: int) -> Callable[[C], C]:
    """Keep the last answers of a function, so many at most, as `functools.lru_cache` does (see `forget_recent`)."""

    def keeping(function: C) -> C:
        kept = lru_cache(maxsize=most)(function)
        _forgetters.append(kept.cache_clear)
        return kept  # type: ignore[return-value]  # what is wrapped is called as before

    return keeping


def forget_recent() -> None:
    """Let all kept answers go: whoever asks again is answered anew, and the same."""
    for forget in _forgetters:
        forget()
