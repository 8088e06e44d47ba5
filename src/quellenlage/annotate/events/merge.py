"""Several places of one article that tell the same happening become one event with further mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quellenlage.model import AUTHOR, DateInterval, EntityKind, EventMention, Factuality

_STEM = 6
_FIRM = (
    Factuality.HAPPENED,
    Factuality.ONGOING,
    Factuality.ALLEGED,
    Factuality.PLANNED,
    Factuality.DENIED,
    Factuality.HYPOTHETICAL,
)


def merge(told: Iterable[tuple[EventMention, str]], kinds: Mapping[str, EntityKind]) -> list[EventMention]:
    """Merge mentions, given with their trigger lemmas in order of the text; the most informative one leads."""
    groups: list[list[tuple[EventMention, str]]] = []
    for mention, lemma in told:
        for group in groups:
            if any(_same(mention, lemma, other, kinds) for other in group):
                group.append((mention, lemma))
                break
        else:
            groups.append([(mention, lemma)])
    return [_joined([mention for mention, _ in group]) for group in groups]


def _same(mention: EventMention, lemma: str, other: tuple[EventMention, str], kinds: Mapping[str, EntityKind]) -> bool:
    before, known = other
    if mention.event_type != before.event_type or mention.sentence == before.sentence:
        return False
    if not _times_agree(mention.interval, before.interval):
        return False
    if mention.place and before.place and mention.place != before.place:
        return False
    if (mention.factuality is Factuality.PLANNED) != (before.factuality is Factuality.PLANNED) and not (
        mention.interval and before.interval
    ):
        return False
    mine, theirs = _named(mention, kinds), _named(before, kinds)
    alike = lemma == known or lemma[:_STEM] == known[:_STEM]
    if mine and theirs:
        return len(mine & theirs) >= (1 if alike else 2)
    return alike and (bool(mention.place) or bool(before.place) or bool(mine | theirs))


def _times_agree(a: DateInterval | None, b: DateInterval | None) -> bool:
    return a is None or b is None or a.meets(b)


def _named(mention: EventMention, kinds: Mapping[str, EntityKind]) -> set[str]:
    return {one for one in (*mention.actors, *mention.recipients) if kinds[one] is not EntityKind.GRP}


def _informative(mention: EventMention) -> tuple[int, float]:
    known = len(mention.actors) + len(mention.recipients) + 2 * bool(mention.place) + 2 * bool(mention.earliest)
    return known + bool(mention.quantities), mention.score


def _joined(group: Sequence[EventMention]) -> EventMention:
    if len(group) == 1:
        return group[0]
    lead = max(group, key=_informative)
    others = [mention for mention in group if mention is not lead]
    time = lead if lead.earliest else next((mention for mention in others if mention.earliest), lead)
    quantities = {q.span: q for mention in group for q in mention.quantities}
    return replace(
        lead,
        actors=tuple(dict.fromkeys(one for mention in (lead, *others) for one in mention.actors)),
        recipients=tuple(
            dict.fromkeys(one for mention in (lead, *others) for one in mention.recipients if one not in lead.actors)
        ),
        place=lead.place or next((mention.place for mention in others if mention.place), None),
        time=time.time,
        earliest=time.earliest,
        latest=time.latest,
        factuality=next(
            f for f in _FIRM if any(m.factuality is f for m in group if m.word_of in {lead.word_of, AUTHOR})
        ),
        also=tuple(mention.trigger for mention in sorted(others, key=lambda m: m.trigger)),
        quantities=tuple(quantities[span] for span in sorted(quantities)),
        score=min(1.0, lead.score + 0.1),
        reasons=(*lead.reasons, f"told:{len(group)}"),
    )
