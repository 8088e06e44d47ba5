"""Blame against counter-blame: two sides of which each gives the other, or somebody else, the fault for one matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import NamedTuple

from quellenlage.model import Conflict, ConflictGrade, ConflictKind, Document, Event, Factuality, Member, Side, fold
from quellenlage.resources import load
from quellenlage.story.conflicts import make_conflict
from quellenlage.story.figures import WORDS
from quellenlage.story.matter import days_in, happenings, things
from quellenlage.story.scenes import Archive, Scene, by_account

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


class Blamed(NamedTuple):
    """What a scene tells of blame: accusations, and the parties that accuse each other, or each somebody."""

    scene: Scene
    accusations: tuple[Accusation, ...]
    parties: list[str]


class Blame:
    """Accusations of an archive: first `take` what was `read` of every scene, then ask for the `conflicts`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._listed: list[Accusation] = []
        self._each_other: dict[str, tuple[Scene, list[str]]] = {}

    def read(self, scene: Scene) -> Blamed | None:
        """Who accuses whom, and who accuse each other or each somebody in one sentence; None where nobody is blamed."""
        if scene.event.event_type != "ACCUSE" or scene.factuality not in _TOLD:
            return None
        return Blamed(scene, tuple(_accusations(scene, self._archive)), _each_other(scene, self._archive))

    def take(self, read: Blamed) -> None:
        """Note accusations, and of each event the first scene in which several accuse."""
        self._listed += read.accusations
        if read.parties:
            self._each_other.setdefault(read.scene.event.id, (read.scene, read.parties))

    def conflicts(self, events: Sequence[Event]) -> Iterator[Conflict]:
        """Yield where different parties give different parties the fault for the same matter.

        The conflict is of the event that they quarrel about where it is known, else of the first accusation.
        """
        event_of = by_account(events)
        blocks: dict[str, list[Accusation]] = {}
        for one in self._listed:
            for word in sorted(one.matter):
                blocks.setdefault(word, []).append(one)
        pairs: dict[tuple[int, int], tuple[Accusation, Accusation]] = {}
        for block in blocks.values():
            if len(block) <= _CROWDED:
                pairs.update({(id(a), id(b)): (a, b) for a, b in combinations(block, 2)})
        found: dict[frozenset[str], Conflict] = {}
        for a, b in pairs.values():
            if not _against(a, b, self._archive):
                continue
            home = _home((a, b), event_of)
            conflict = make_conflict(home.id, ConflictKind.HAPPENED, "blame", [_side(a), _side(b)], _GRADED)
            key = frozenset((a.scene.event.id, b.scene.event.id))
            before = found.get(key)
            found[key] = _more(before, conflict) if before else conflict
        yield from found.values()
        for scene, parties in self._each_other.values():
            account = scene.account
            alleged = str(Factuality.ALLEGED)
            sides = [Side(alleged, account.evidence, ((one,),), account.origin) for one in parties[:_MOST]]
            yield make_conflict(_home_of(scene, event_of).id, ConflictKind.HAPPENED, "blame", sides, _GRADED)


def _each_other(scene: Scene, archive: Archive) -> list[str]:
    """Those of whom one sentence tells that they accuse each other, or each somebody: each of them is a side."""
    words = {fold(t.of(scene.document.text)) for t in scene.document.tokens_in(scene.mention.sentence)}
    parties = _returned(scene, archive)
    if words & _row("each_other"):
        parties = list(dict.fromkeys(archive.across(scene.document, scene.mention.actors)))
    return parties if len(parties) > 1 and archive.parties.apart(parties[:1], parties[1:2]) else []


def _returned(scene: Scene, archive: Archive) -> list[str]:
    """Those who in one sentence each give somebody the fault ("A machte B verantwortlich, C gab D die Schuld")."""
    document = scene.document
    inside = document.token_range(scene.mention.sentence)
    found: list[str] = []
    for place in inside:
        word, verb = document.tokens[place], document.tokens[place].head
        if fold(word.lemma or word.of(document.text)) not in _row("reproach") or verb is None:
            continue
        subjects = [document.tokens[k].span for k in inside if _is_subject(document, k, verb)]
        local = [m.entity for m in document.mentions if any(m.span.overlaps(span) for span in subjects)]
        found += archive.across(document, local)[:1]
    return list(dict.fromkeys(found))


def _is_subject(document: Document, place: int, verb: int) -> bool:
    """Whether a word is the subject of a verb; a name without article or preposition is easily read as an adverbial."""
    token = document.tokens[place]
    if token.head != verb or token.deprel not in {"nsubj", "obl"}:
        return False
    bare = place == 0 or document.tokens[place - 1].upos not in {"ADP", "DET", "ADJ"}
    return token.deprel == "nsubj" or (token.upos == "PROPN" and bare)


_TOLD = frozenset({Factuality.HAPPENED, Factuality.ONGOING})
_GRADED = (ConflictGrade.CONTRADICTION, ("blame:against",))


def _accusations(scene: Scene, archive: Archive) -> Iterator[Accusation]:
    by = archive.across(scene.document, scene.mention.actors)
    of = archive.across(scene.document, scene.mention.recipients)
    if by and of:
        sentence = scene.mention.sentence
        words = archive.matter(scene.document, sentence) - _OF_BLAME
        yield Accusation(scene, by, of, words, days_in(scene.document, sentence))


def _against(a: Accusation, b: Accusation, archive: Archive) -> bool:
    """Whether two accuse different parties of one matter, and the second is not merely the first told again."""
    parties = archive.parties
    if a.scene.article == b.scene.article and a.scene.mention == b.scene.mention:
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


def _home(pair: tuple[Accusation, Accusation], event_of: Mapping[Member, Event]) -> Event:
    """The event told in the sentence of one of them that is no accusation, else the accusation itself."""
    homes = (_home_of(one.scene, event_of) for one in pair)
    return next((event for event in homes if event.event_type != "ACCUSE"), pair[0].scene.event)


def _home_of(scene: Scene, event_of: Mapping[Member, Event]) -> Event:
    """What is told in the sentence of an accusation besides it, else the accusation."""
    for mention in scene.document.events:
        event = event_of.get(Member(scene.document.article.id, mention.id))
        if event and mention.event_type != "ACCUSE" and mention.sentence == scene.mention.sentence:
            return event
    return scene.event


def _side(one: Accusation) -> Side:
    account = one.scene.account
    return Side(str(Factuality.ALLEGED), account.evidence, (*([one.by] if one.by else []),), account.origin)


def _more(before: Conflict, conflict: Conflict) -> Conflict:
    told = {(s.evidence.article, s.evidence.start) for s in before.sides}
    more = [s for s in conflict.sides if (s.evidence.article, s.evidence.start) not in told]
    sides = [*before.sides, *more][: 2 * _MOST]
    return make_conflict(before.event, before.kind, before.about, sides, (before.grade, before.reasons))


@cache
def _row(name: str) -> frozenset[str]:
    return frozenset(map(fold, load(WORDS)["blame"][name].split()))
