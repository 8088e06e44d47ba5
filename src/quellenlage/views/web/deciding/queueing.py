"""The questions of the archive being served: gathered once after each link, put off by each person for a while."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quellenlage.execution.queue import KINDS, Kind, Question, candidates, undecided
from quellenlage.model import Archive
from quellenlage.views.web.page import Page


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the review of some kinds stands: questions still open, answered since the last link, put off by who asks.

    `counts` are the open questions of each kind, those put off left out.
    """

    open: Sequence[Question]
    answered: int
    put_off: int
    counts: Counter[Kind]

    @property
    def total(self) -> int:
        """All questions of the last link."""
        return len(self.open) + self.answered + self.put_off


class Queue:
    """Questions of one archive; threads share it. What people put off is forgotten when the server ends."""

    def __init__(self, archive: Archive) -> None:
        """Gather nothing yet."""
        self._archive = archive
        self._lock = threading.Lock()
        self._gathered: tuple[str | None, dict[str, Question]] = (None, {})
        self._put_off: dict[str, set[str]] = {}

    def question(self, identifier: str) -> Question | None:
        """A question of the last link, decided or not."""
        return self._questions().get(identifier)

    def standing(self, kinds: Collection[Kind], who: str) -> Standing:
        """What is open for a person."""
        every = list(self._questions().values())
        still = undecided(self._archive, every)
        off = self._put_off.get(who, set())
        ready = [question for question in still if question.id not in off]
        wanted = [question for question in ready if question.kind in kinds]
        asked = sum(1 for question in every if question.kind in kinds)
        waiting = sum(1 for question in still if question.kind in kinds)
        return Standing(wanted, asked - waiting, waiting - len(wanted), Counter(question.kind for question in ready))

    def put_off(self, identifier: str, who: str) -> None:
        """Leave a question for later."""
        with self._lock:
            self._put_off.setdefault(who, set()).add(identifier)

    def bring_back(self, who: str) -> None:
        """Ask what somebody put off again."""
        with self._lock:
            self._put_off.pop(who, None)

    def _questions(self) -> dict[str, Question]:
        stand = self._archive.linked_fingerprint()
        with self._lock:
            if self._gathered[0] != stand or stand is None:
                self._gathered = (stand, {question.id: question for question in candidates(self._archive)})
            return self._gathered[1]


def queue_of(page: Page) -> Queue:
    """The questions of the archive being served, one queue for all requests."""
    state = page.request.app.state
    found: Queue | None = getattr(state, "queue", None)
    if found is None:
        found = state.queue = Queue(page.archive)
    return found


def kinds_of(given: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds that an address names; all where it names none."""
    return tuple(kind for kind in KINDS if kind in given) or KINDS
