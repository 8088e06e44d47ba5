"""Answers that are kept as long as what they were read from stays as it was, whichever process writes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock, get_ident
from typing import TypeVar, cast

T = TypeVar("T")

MOST = 512
"""Answers that are kept at most; those that were longest not asked for go first."""

PATIENCE = 20.0
"""Seconds for which a thread waits for the answer that another one is finding: less than for a connection, which it may
be that others hold while they wait."""


class _Finding:
    """A thread that looks for an answer, and whether it has come to an end."""

    def __init__(self) -> None:
        self.thread = get_ident()
        self.ended = Event()


class Kept:
    """Answers by question, each with the stand of the archive for which it holds; threads may share it.

    What several ask at the same moment is looked for once: the others wait.
    """

    def __init__(self, most: int = MOST) -> None:
        """Keep nothing yet."""
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[Hashable, object]] = OrderedDict()
        self._looked: dict[tuple[Hashable, Hashable], _Finding] = {}
        self._lock = Lock()

    def get(self, stand: Hashable, question: Hashable, ask: Callable[[], T]) -> T:
        """The answer as it was, if it was given at this stand; else the one that `ask` gives now.

        Where another thread's `ask` fails, this one asks itself.
        """
        asked = (stand, question)
        while True:
            with self._lock:
                found = self._answers.get(question)
                if found is not None and found[0] == stand:
                    self._answers.move_to_end(question)
                    return cast(T, found[1])
                other = self._looked.get(asked)
                if other is None:
                    mine = self._looked[asked] = _Finding()
                    break
            if other.thread == get_ident() or not other.ended.wait(PATIENCE):
                return ask()
        try:
            answer = ask()
            with self._lock:
                self._answers[question] = (stand, answer)
                self._answers.move_to_end(question)
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
            return answer
        finally:
            with self._lock:
                del self._looked[asked]
            mine.ended.set()
