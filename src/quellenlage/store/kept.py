"""Answers that are kept as long as what they were read from stays as it was, whichever process writes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")

MOST = 512
"""Answers that are kept at most; those that were longest not asked for go first."""


class Kept:
    """Answers by question, each with the stand of the archive for which it holds; threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        """Keep nothing yet."""
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[Hashable, object]] = OrderedDict()
        self._lock = Lock()

    def get(self, stand: Hashable, question: Hashable, ask: Callable[[], T]) -> T:
        """The answer as it was, if it was given at this stand; else the one that `ask` gives now."""
        with self._lock:
            found = self._answers.get(question)
            if found is not None and found[0] == stand:
                self._answers.move_to_end(question)
                return cast(T, found[1])
        answer = ask()
        with self._lock:
            self._answers[question] = (stand, answer)
            self._answers.move_to_end(question)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer
