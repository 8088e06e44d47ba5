"""Several places of one article that tell the same happening become one event with further mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from quellenlage.model import AUTHOR, DateInterval, EntityKind, EventMention, Factuality, Quantity, Span

_Told: TypeAlias = tuple[EventMention, frozenset[str]]
"""A mention with the lemmas of its trigger."""

_STEM = 6
_RECENT = 45
"""Days before publication within which a dated happening can be what the article tells as its news."""

_COMPARED = 12
"""Tellings of an event that a further one is compared with: what is told oftener is told the same."""

_AHEAD = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_NEXT = 250
"""Code points between two sentences that still tell the same: one short sentence may stand between."""
_MEETS = "CONSULT"
"""Type of what people do together."""
_MEETING = 2
"""Named people from whom on a meeting has its participants."""

_FIRM = (
    Factuality.HAPPENED,
    Factuality.ONGOING,
    Factuality.ALLEGED,
    Factuality.PLANNED,
    Factuality.DENIED,
    Factuality.HYPOTHETICAL,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What of the article decides whether two mentions can be one.

    `places` gives the folded words of a place's name, none for a place that only a common noun names; `states` those
    of the name of the state that a place lies in.
    """

    kinds: Mapping[str, EntityKind]
    places: Mapping[str, frozenset[str]]
    dct: DateInterval | None
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def to_come(self, mention: EventMention) -> bool:
        """Whether it is planned for a day after the article."""
        ahead = mention.earliest is not None and self.dct is not None and mention.earliest > self.dct.latest
        return ahead and mention.factuality is Factuality.PLANNED

    def places_apart(self, a: str | None, b: str | None) -> bool:
        """Whether two places are surely two: "Hafen von X" is in X, and "der Hafen" can be anywhere."""
        if a is None or b is None or a == b:
            return False
        mine, theirs = self.places.get(a, frozenset()), self.places.get(b, frozenset())
        if mine & (theirs | self.states.get(b, frozenset())) or theirs & self.states.get(a, frozenset()):
            return False
        return bool(mine) and bool(theirs)


def heads_as_told(told: Iterable[_Told], headlines: Sequence[Span], known: Known) -> list[_Told]:
    """Let a headline plan what its text plans: "Kanzler reist nach Ankara" stands above a journey that is to come.

    A headline tells in the present what was and what will be; it is planned where the text plans it by the same word
    and does not tell it as done, and denied where the text only says that it was not.
    """
    listed = list(told)
    heads = [one for one in listed if any(line.contains(one[0].trigger) for line in headlines)]
    below = [one for one in listed if one not in heads]
    return [_as_below(one, below, known) if one in heads else one for one in listed]


def _as_below(head: _Told, below: Sequence[_Told], known: Known) -> _Told:
    mention, lemmas = head
    if mention.factuality is not Factuality.HAPPENED or mention.interval is not None or mention.word_of != AUTHOR:
        return head
    alike = [one for one, words in below if one.event_type == mention.event_type and lemmas & words]
    if alike and all(one.factuality is Factuality.DENIED for one in alike):
        return replace(mention, factuality=Factuality.DENIED), lemmas  # "X sagt Reise ab"
    if any(map(known.to_come, alike)) and not any(one.factuality is Factuality.HAPPENED for one in alike):
        return replace(mention, factuality=Factuality.PLANNED), lemmas
    return head


def merge(told: Iterable[_Told], known: Known) -> list[EventMention]:
    """Merge mentions, given with their trigger lemmas in order of the text; the most informative one leads."""
    groups: list[list[_Told]] = []
    for mention, lemmas in told:
        for group in groups:
            shown = group[:_COMPARED]
            if all(_compatible(mention, other, known) for other, _ in shown) and any(
                _same(mention, lemmas, other, known.kinds) for other in shown
            ):
                group.append((mention, lemmas))
                break
        else:
            groups.append([(mention, lemmas)])
    return [_joined([mention for mention, _ in group], known) for group in groups]


def _compatible(mention: EventMention, other: EventMention, known: Known) -> bool:
    """Whether nothing excludes that the two are one: type, time, place, named participants, plan against fact."""
    if mention.event_type != other.event_type or not _times_agree(mention, other, known.dct):
        return False
    if known.places_apart(mention.place, other.place):
        return False
    mine, theirs = _named(mention, known.kinds), _named(other, known.kinds)
    if mine and theirs and not mine & theirs:
        return False
    both = {mention.factuality, other.factuality}
    plans = both & _AHEAD
    if not plans or both <= _AHEAD or bool(mention.interval and other.interval):
        return True
    first, second = sorted((mention, other), key=lambda one: one.trigger)
    return known.to_come(first) and _named_again(second)


def _named_again(mention: EventMention) -> bool:
    """Whether a noun without a day tells it as if it were known: "die Ausrufung" after "will am Montag ausrufen"."""
    return "verb" not in mention.reasons and mention.interval is None and mention.factuality is Factuality.HAPPENED


def _times_agree(a: EventMention, b: EventMention, dct: DateInterval | None) -> bool:
    """Two days must meet; an undated telling is of the news, so that it is no earlier happening told with its date."""
    if a.interval and b.interval:
        return a.interval.meets(b.interval)
    dated = a.interval or b.interval
    near = max(a.sentence.start, b.sentence.start) - min(a.sentence.end, b.sentence.end) <= _NEXT
    if dated is None or near:
        return True
    return dct is not None and dated.meets(dct.widened(_RECENT))


def _same(
    mention: EventMention,
    lemmas: frozenset[str],
    other: tuple[EventMention, frozenset[str]],
    kinds: Mapping[str, EntityKind],
) -> bool:
    before, known = other
    mine, theirs = _named(mention, kinds), _named(before, kinds)
    if mention.sentence == before.sentence:
        # "besuchte Damaskus und traf Assad" is one visit; "traf Assad und danach Putin" are two meetings.
        return bool(mine & theirs) and (mine <= theirs or theirs <= mine)
    if _lead_in(before, mention, kinds):
        return True
    alike = any(a == b or a[:_STEM] == b[:_STEM] for a in lemmas for b in known)
    if mention.event_type == _MEETS and mention.place and mention.place == before.place and not (mine and theirs):
        # "Außenminister sprechen in X", "die Außenminister haben sich in X getroffen"
        alike = alike or bool({*mention.actors} & {*before.actors})
    if mine and theirs:
        return len(mine & theirs) >= (1 if alike else 2)
    # One article counts the dead of one happening, in whatever words, unless it names people, places or days apart.
    alike = alike or mention.event_type == "DEATH"
    if not alike:
        return False
    if mine or theirs:
        return mention.place == before.place or mention.place is None or before.place is None
    others, befores = {*mention.actors, *mention.recipients}, {*before.actors, *before.recipients}
    return not others or not befores or bool(others & befores)


def _lead_in(before: EventMention, mention: EventMention, kinds: Mapping[str, EntityKind]) -> bool:
    """Whether the next sentence names those whom this one only describes.

    "Die Verteidigungsminister haben telefoniert. Die Ressortchefs X und Y hätten ... erörtert": news tells the same
    again in detail. Only for what people do together, and only when nothing named stands against it.
    """
    gap = mention.sentence.start - before.sentence.end
    together = mention.event_type == _MEETS and 0 <= gap <= _NEXT
    described = any(kinds[one] is EntityKind.GRP for one in before.actors) and not _named(before, kinds)
    return together and described and len(_named(mention, kinds)) >= 2


def _firmest(lead: EventMention, group: Sequence[EventMention]) -> Factuality:
    """The firmest of what the author tells, and of what is told on the same word as the leading mention."""
    told = {mention.factuality for mention in group if mention.word_of in {lead.word_of, AUTHOR}}
    return next(factuality for factuality in _FIRM if factuality in told)


def _figures(group: Sequence[EventMention]) -> tuple[Quantity, ...]:
    """Numbers of all mentions; of one number told twice, that which somebody vouches for, else the longer one."""
    found: dict[tuple[float | None, float | None, str], tuple[bool, int, Quantity]] = {}
    for mention in sorted(group, key=lambda one: one.sentence):
        for quantity in mention.quantities:
            key = (quantity.low, quantity.high, quantity.unit)
            weight = (quantity.word_of != AUTHOR, len(mention.sentence))
            if key not in found or found[key][:2] < weight:
                found[key] = (*weight, quantity)
    return tuple(sorted((quantity for *_, quantity in found.values()), key=lambda q: q.span))


def _named(mention: EventMention, kinds: Mapping[str, EntityKind]) -> set[str]:
    return {one for one in (*mention.actors, *mention.recipients) if kinds[one] is not EntityKind.GRP}


def _informative(mention: EventMention) -> tuple[int, float]:
    known = len(mention.actors) + len(mention.recipients) + 2 * bool(mention.place) + 2 * bool(mention.earliest)
    return known + bool(mention.quantities), mention.score


def _joined(group: Sequence[EventMention], known: Known) -> EventMention:
    if len(group) == 1:
        return group[0]
    kinds = known.kinds
    lead = max(group, key=_informative)
    others = [mention for mention in group if mention is not lead]
    time = lead if lead.earliest else next((mention for mention in others if mention.earliest), lead)
    actors = tuple(dict.fromkeys(one for mention in (lead, *others) for one in mention.actors))
    if lead.event_type == _MEETS and sum(kinds[one] is not EntityKind.GRP for one in actors) >= _MEETING:
        # "die Präsidenten" are those whom another sentence names.
        actors = tuple(one for one in actors if kinds[one] is not EntityKind.GRP)
    return replace(
        lead,
        actors=actors,
        recipients=tuple(
            dict.fromkeys(one for mention in (lead, *others) for one in mention.recipients if one not in actors)
        ),
        place=lead.place or next((mention.place for mention in others if mention.place), None),
        time=time.time,
        earliest=time.earliest,
        latest=time.latest,
        factuality=Factuality.PLANNED if any(map(known.to_come, group)) else _firmest(lead, group),
        also=tuple(sorted({*lead.also, *(span for m in others for span in (m.trigger, *m.also))})),
        quantities=_figures(group),
        score=min(1.0, lead.score + 0.1),
        reasons=(*lead.reasons, f"told:{len(group)}"),
    )
