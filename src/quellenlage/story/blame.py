"""Blame against counter-blame: two sides of which each gives the other, or somebody else, the fault for one matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from quellenlage.model import Conflict, ConflictGrade, ConflictKind, Event, Factuality, Member, Side
from quellenlage.story.conflicts import make_conflict
from quellenlage.story.matter import days_in, happenings, things
from quellenlage.story.scenes import Archive, Scene

_NEWS = 14
"""Days between two papers within which one side answers the other."""

_CROWDED = 60
"""Accusations under one key above which nothing is compared."""

_OF_BLAME = frozenset({"family:accusation", "family:denial", "family:refusal"})
_SHARED = 2
"""Words for what is told of, besides a happening, that two accusations must share; without a happening one more."""

_MOST = 3
"""Sentences of each side that are shown."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """Who accuses whom (entity ids across articles), in which scene, of what."""

    scene: Scene
    by: tuple[str, ...]
    of: tuple[str, ...]
    matter: frozenset[str]
    days: frozenset[date]


def find_blame(events: Sequence[Event], archive: Archive) -> Iterator[Conflict]:
    """Yield where different parties give different parties the fault for the same matter.

    The conflict is of the event that they quarrel about where it is known, else of the first accusation.
    """
    listed = [one for event in events if event.event_type == "ACCUSE" for one in _accusations(event, archive)]
    event_of = {account.member: event for event in events for account in event.accounts}
    blocks: dict[str, list[Accusation]] = {}
    for one in listed:
        for word in one.matter:
            blocks.setdefault(word, []).append(one)
    pairs: dict[tuple[int, int], tuple[Accusation, Accusation]] = {}
    for block in blocks.values():
        if len(block) <= _CROWDED:
            pairs.update({(id(a), id(b)): (a, b) for a, b in combinations(block, 2)})
    found: dict[frozenset[str], Conflict] = {}
    for a, b in pairs.values():
        if not _against(a, b, archive):
            continue
        home = _home((a, b), event_of)
        conflict = make_conflict(home.id, ConflictKind.HAPPENED, "blame", [_side(a), _side(b)], _GRADED)
        key = frozenset((a.scene.event.id, b.scene.event.id))
        before = found.get(key)
        found[key] = _more(before, conflict) if before else conflict
    yield from found.values()


_GRADED = (ConflictGrade.CONTRADICTION, ("blame:against",))


def _accusations(event: Event, archive: Archive) -> Iterator[Accusation]:
    for scene in archive.scenes(event):
        by = archive.across(scene.document, scene.mention.actors)
        of = archive.across(scene.document, scene.mention.recipients)
        if scene.account.factuality in {Factuality.HAPPENED, Factuality.ONGOING} and by and of:
            sentence = scene.mention.sentence
            words = archive.matter(scene.document, sentence) - _OF_BLAME
            yield Accusation(scene, by, of, words, days_in(scene.document, sentence))


def _against(a: Accusation, b: Accusation, archive: Archive) -> bool:
    """Whether two accuse different parties of one matter, and the second is not merely the first told again."""
    parties = archive.parties
    if a.scene.account.member.article == b.scene.account.member.article and a.scene.mention == b.scene.mention:
        return False
    printed = a.scene.printed, b.scene.printed
    if printed[0] and printed[1] and abs((printed[0] - printed[1]).days) > _NEWS:
        return False
    if not parties.apart(a.by, b.by) or not parties.apart(a.of, b.of):
        return False
    if a.days and b.days and not a.days & b.days:
        return False
    shared = a.matter & b.matter
    least = _SHARED if happenings(shared) else _SHARED + 1
    # Who answers the accuser is about the same matter by less than two who accuse each somebody else.
    answer = not parties.apart(a.of, b.by) or not parties.apart(a.by, b.of)
    return len(things(shared)) >= (least if answer else least + 1)


def _home(pair: tuple[Accusation, Accusation], event_of: dict[Member, Event]) -> Event:
    """The event told in the sentence of one of them that is no accusation, else the accusation itself."""
    for one in pair:
        for mention in one.scene.document.events:
            event = event_of.get(Member(one.scene.document.article.id, mention.id))
            if event and mention.event_type != "ACCUSE" and mention.sentence == one.scene.mention.sentence:
                return event
    return pair[0].scene.event


def _side(one: Accusation) -> Side:
    account = one.scene.account
    return Side(str(Factuality.ALLEGED), account.evidence, (*([one.by] if one.by else []),), account.origin)


def _more(before: Conflict, conflict: Conflict) -> Conflict:
    told = {(s.evidence.article, s.evidence.start) for s in before.sides}
    more = [s for s in conflict.sides if (s.evidence.article, s.evidence.start) not in told]
    sides = [*before.sides, *more][: 2 * _MOST]
    return make_conflict(before.event, before.kind, before.about, sides, (before.grade, before.reasons))
