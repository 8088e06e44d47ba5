"""One event from many tellings: grouped in order of capture, so that a new article never regroups the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quellenlage.link.origins import Provenance
from quellenlage.link.sameness import THRESHOLD, Cluster, Sameness, compare
from quellenlage.link.tellings import Telling, chain_of
from quellenlage.model import (
    AUTHOR,
    Account,
    DateInterval,
    Event,
    Factuality,
    Figure,
    Judgement,
    Member,
    Verdict,
    evidence,
    fold,
)

_FIRMNESS = (
    Factuality.HAPPENED,
    Factuality.ONGOING,
    Factuality.ALLEGED,
    Factuality.DENIED,
    Factuality.PLANNED,
    Factuality.HYPOTHETICAL,
)
"""What an event counts as when its accounts differ: the first of these that any of them gives."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided about pairs of tellings."""

    same: frozenset[frozenset[str]]
    differ: frozenset[frozenset[str]]

    @classmethod
    def of(cls, judgements: Sequence[Judgement]) -> Decisions:
        """Collect the last decision on each pair."""
        last = {frozenset((j.subject, j.other)): j.verdict for j in judgements if j.other}
        return cls(
            frozenset(pair for pair, verdict in last.items() if verdict is Verdict.SAME),
            frozenset(pair for pair, verdict in last.items() if verdict is Verdict.DIFFER),
        )


def group(told: Iterable[Telling], repeats: Mapping[str, str], judgements: Sequence[Judgement]) -> list[Cluster]:
    """Put each telling to the most similar cluster before it, or open a new one."""
    decisions = Decisions.of(judgements)
    clusters: list[Cluster] = []
    index: dict[str, list[int]] = {}
    for telling in told:
        place = _decided(telling, clusters, decisions)
        reasons: tuple[str, ...] = ("judgement:same",)
        if place is None:
            best = _best(telling, clusters, _candidates(telling, index), (repeats, decisions))
            if best:
                place, reasons = best[0], best[1].reasons
        if place is None:
            clusters.append(Cluster([]))
            place, reasons = len(clusters) - 1, ()
        clusters[place].add(telling, reasons)
        for block in _blocks(telling):
            listed = index.setdefault(block, [])
            if not listed or listed[-1] != place:
                listed.append(place)
    return clusters


def _decided(telling: Telling, clusters: Sequence[Cluster], decisions: Decisions) -> int | None:
    partners = {one for pair in decisions.same if telling.key in pair for one in pair}
    if not partners:
        return None
    return next((i for i, cluster in enumerate(clusters) if any(t.key in partners for t in cluster.tellings)), None)


def _best(
    telling: Telling,
    clusters: Sequence[Cluster],
    candidates: Iterable[int],
    rules: tuple[Mapping[str, str], Decisions],
) -> tuple[int, Sameness] | None:
    repeats, decisions = rules
    best: tuple[int, Sameness] | None = None
    for number in candidates:
        cluster = clusters[number]
        if any(frozenset((telling.key, other.key)) in decisions.differ for other in cluster.tellings):
            continue
        found = compare(telling, cluster, repeats)
        if found and found.score >= THRESHOLD and (best is None or found.score > best[1].score):
            best = (number, found)
    return best


def _blocks(telling: Telling) -> Iterator[str]:
    """Keys under which a telling is looked up: two tellings that share none are never one event."""
    yield from (f"who:{one}" for one in sorted(telling.named))
    if telling.place:
        yield f"where:{telling.place}"
    yield from (f"where:{word}" for word in sorted(telling.place_words))
    yield from (f"what:{lemma}" for lemma in sorted(telling.lemmas))


def _candidates(telling: Telling, index: Mapping[str, list[int]]) -> list[int]:
    found: set[int] = set()
    for block in _blocks(telling):
        listed = index.get(block, [])
        # A word alone is a weak key: in a large archive only its latest uses are compared.
        found.update(listed[-200:] if block.startswith("what:") else listed)
    return sorted(found)


def make_event(
    cluster: Cluster, provenance: Provenance, entity_of: Mapping[Member, str], names: Mapping[str, str]
) -> Event:
    """Turn a cluster into an event: every telling an account beside the others, nothing resolved away."""
    first = cluster.tellings[0]
    accounts = tuple(_account(telling, provenance, entity_of) for telling in cluster.tellings)
    told = {account.factuality for account in accounts}
    time = _reported(cluster)
    precise = [t.mention.time for t in cluster.tellings if t.mention.time and t.interval and t.interval == time]
    actors = _union((t.actors for t in cluster.tellings), names)
    doing = {fold(names.get(one, one)) for one in actors}
    undergoing = _union((t.recipients for t in cluster.tellings), names)
    return Event(
        id=first.key,
        event_type=_type(cluster),
        accounts=accounts,
        actors=actors,
        recipients=tuple(one for one in undergoing if fold(names.get(one, one)) not in doing),
        place=cluster.places[0] if cluster.places else None,
        time=precise[0] if precise else None,
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        factuality=next(f for f in _FIRMNESS if f in told),
        reasons=tuple(dict.fromkeys(cluster.reasons)),
    )


def _reported(cluster: Cluster) -> DateInterval | None:
    """Days that the accounts leave open, cut off at the first report: nobody reports what is still to come."""
    days = cluster.interval
    bounds = [telling.bound for telling in cluster.tellings if telling.bound]
    if days is None or not bounds or min(bounds) < days.earliest:
        return days
    return DateInterval(days.earliest, min([days.latest, *bounds]))


def _type(cluster: Cluster) -> str:
    counted: dict[str, int] = {}
    for telling in cluster.tellings:
        counted[telling.mention.event_type] = counted.get(telling.mention.event_type, 0) + 1
    return max(counted, key=lambda name: counted[name])


def _union(lists: Iterable[tuple[str, ...]], names: Mapping[str, str]) -> tuple[str, ...]:
    """All participants once; people without a name are other entities in each article, but the same to a reader."""
    by_name: dict[str, str] = {}
    for one in (one for listed in lists for one in listed):
        by_name.setdefault(fold(names.get(one, one)), one)
    return tuple(by_name.values())


def _account(telling: Telling, provenance: Provenance, entity_of: Mapping[Member, str]) -> Account:
    document, mention, article = telling.document, telling.mention, telling.document.article
    figures = tuple(
        Figure(
            unit=quantity.unit,
            low=quantity.low,
            high=quantity.high,
            evidence=evidence(article.id, article.text, quantity.span, digest=article.text_sha256),
            word_of=chain_of(document, quantity.word_of, entity_of),
        )
        for quantity in mention.quantities
    )
    return Account(
        member=telling.member,
        evidence=evidence(article.id, article.text, mention.sentence, digest=article.text_sha256),
        factuality=mention.factuality,
        chain=chain_of(document, mention.word_of, entity_of),
        origin=provenance.origin_of[article.id],
        claim=None if mention.word_of == AUTHOR else document.claim(mention.word_of).key(article.id),
        reprint_of=provenance.reprint_of.get(article.id),
        time=mention.time or (mention.interval.value if mention.interval else None),
        place=telling.place,
        figures=figures,
    )
