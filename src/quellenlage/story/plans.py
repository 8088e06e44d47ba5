"""Journeys and visits that one article tells as called off or not made, and another as planned or made.

Both name the same person and the same place beside it, and no two days. Plan and cancellation are a tension: the later
report replaces the earlier one. Against a journey that was made a cancellation is a contradiction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from quellenlage.model import Conflict, ConflictGrade, ConflictKind, EntityKind, Factuality, Side, Span, fold
from quellenlage.story.conflicts import make_conflict
from quellenlage.story.matter import days_in
from quellenlage.story.places import is_state
from quellenlage.story.scenes import Archive, Scene

_TYPES = frozenset({"MOVEMENT", "CONSULT"})
_NEWS = 14
"""Days between two papers that tell of one journey."""

_CROWDED = 40
"""Tellings under one key above which nothing is compared."""


@dataclass(frozen=True, slots=True)
class _Journey:
    """One telling of a journey: who travels where (folded names), and the days that it names.

    Names rather than entities: that two papers mean one person is likely enough where they name one place, too.
    """

    scene: Scene
    people: frozenset[str]
    towns: frozenset[str]
    days: frozenset[date]


class Journeys:
    """Journeys of an archive: first `take` what was `read` of every scene, then ask for what was `cancelled`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._blocks: dict[tuple[str, str], list[_Journey]] = {}

    def read(self, scene: Scene) -> _Journey | None:
        """The journey that a scene tells of, if it does."""
        return _journey(scene, self._archive) if scene.event.event_type in _TYPES else None

    def take(self, one: _Journey) -> None:
        """Note a journey."""
        for key in product(sorted(one.people), sorted(one.towns)):
            self._blocks.setdefault(key, []).append(one)

    def cancelled(self, known: Collection[str]) -> Iterator[Conflict]:
        """Yield what was cancelled or not done beside what others tell of the same, all tellings of one as its sides.

        `known` are events of which it is told already that accounts differ about whether they happened.
        """
        seen = set(known)
        for block in self._blocks.values():
            if len(block) > _CROWDED:
                continue
            off = [one for one in block if one.scene.factuality is Factuality.DENIED]
            for one in block:
                against = [other for other in off if _against(one, other)]
                if against and one.scene.event.id not in seen:
                    seen.add(one.scene.event.id)
                    yield _conflict(one, against)


def _journey(scene: Scene, archive: Archive) -> _Journey:
    """People and towns named beside it; where there is no town, those of the next sentence on one of the people."""
    document, sentence = scene.document, scene.mention.sentence
    people = _names(scene, sentence, {EntityKind.PER}, archive)
    places = {EntityKind.GPE, EntityKind.LOC}
    towns = _names(scene, sentence, places, archive)
    following = next((s.span for s in document.read_sentences() if s.start >= sentence.end), None)
    if following and not towns:
        after = _names(scene, following, {EntityKind.PER}, archive)
        if people & after:
            towns = _names(scene, following, places, archive)
            people |= after
    return _Journey(scene, people, towns, days_in(document, sentence))


def _names(scene: Scene, span: Span, kinds: Collection[EntityKind], archive: Archive) -> frozenset[str]:
    """Folded names in a passage, those of states left out: many reports name them."""
    named = archive.named_in(scene.document, span)
    known = (archive.entities[one] for one in named if one in archive.entities)
    return frozenset(fold(e.name) for e in known if e.kind in kinds and not is_state(e.name))


def _against(told: _Journey, off: _Journey) -> bool:
    """Whether one tells as planned or made what the other tells as called off, in the news of the same days."""
    if told.scene.article == off.scene.article:
        return False
    printed = told.scene.printed, off.scene.printed
    if printed[0] is None or printed[1] is None or abs((printed[1] - printed[0]).days) > _NEWS:
        return False
    days = told.days - {printed[0]}, off.days - {printed[1]}
    if days[0] and days[1] and not days[0] & days[1]:
        return False
    if told.scene.factuality is Factuality.PLANNED:
        return printed[0] <= printed[1]  # a new plan after a cancellation is for another day
    # Of one person's journeys to one place only a day in common makes two tellings of one.
    made = told.scene.factuality in {Factuality.HAPPENED, Factuality.ONGOING}
    return made and bool(told.days & off.days)


def _conflict(told: _Journey, against: Sequence[_Journey]) -> Conflict:
    planned = told.scene.factuality is Factuality.PLANNED
    sides = [_side(told.scene)]
    articles = {told.scene.article}
    for off in against:
        if off.scene.article not in articles:
            articles.add(off.scene.article)
            sides.append(_side(off.scene))
    grade = ConflictGrade.TENSION if planned else ConflictGrade.CONTRADICTION
    reasons = ("called-off", "planned") if planned else ("called-off",)
    return make_conflict(told.scene.event.id, ConflictKind.HAPPENED, "", sides, (grade, reasons))


def _side(scene: Scene) -> Side:
    account = scene.account
    return Side(str(account.factuality), account.evidence, account.chain, account.origin)
