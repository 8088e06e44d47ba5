"""One event from many tellings: grouped in order of capture, so that a new article never regroups the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.link.origins import Provenance
from quellenlage.link.sameness import NEAR_DAYS, THRESHOLD, Cluster, Sameness, compare, types_like
from quellenlage.link.tellings import Telling, chain_of
from quellenlage.link.units import by_article, units
from quellenlage.model import (
    AUTHOR,
    Account,
    DateInterval,
    Event,
    EventLink,
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
    """Put the tellings of each article to the most similar clusters before it, or open new ones.

    Within an article the best pairs are settled first. What is compared is found by keys of type, participant or place
    and month, so that the cost of an article does not grow with the archive.
    """
    grouping = _Grouping(repeats, Decisions.of(judgements))
    for article in by_article(told):
        grouping.add(article)
    return grouping.clusters


class _Grouping:
    """Clusters of the articles so far, with the keys under which they are found."""

    def __init__(self, repeats: Mapping[str, str], decisions: Decisions) -> None:
        self.clusters: list[Cluster] = []
        self._repeats = repeats
        self._decisions = decisions
        self._index: dict[str, list[int]] = {}
        self._home: dict[str, int] = {}
        self._same: dict[str, set[str]] = {}
        for pair in decisions.same:
            for one in pair:
                self._same.setdefault(one, set()).update(pair - {one})

    def add(self, told: Sequence[Telling]) -> None:
        """Settle one article: what people decided, then the most alike first; the rest opens clusters of its own."""
        apart = self._decisions.differ
        parts = units(told, apart)
        homes: dict[int, tuple[int, tuple[str, ...]]] = {}
        links: dict[int, list[tuple[int, Sameness]]] = {}
        scored: list[tuple[tuple[bool, float], int, int, Sameness]] = []
        for number, (members, _) in enumerate(parts):
            decided = self._decided(members)
            if decided is not None:
                homes[number] = (decided, ("judgement:same",))
                continue
            for place, found in self._alike(members):
                if found.apart:
                    links.setdefault(number, []).append((place, found))
                else:
                    # What is told as the same kind goes first: an attack is an attack before it is a death.
                    kind = all(t.mention.event_type not in self.clusters[place].types for t in members)
                    scored.append(((kind, -found.score), number, place, found))
        taken = {place for place, _ in homes.values()}
        for _, number, place, found in sorted(scored, key=lambda one: one[:3]):
            if number not in homes and place not in taken:
                homes[number] = (place, found.reasons)
                taken.add(place)
        for number, (members, reason) in enumerate(parts):
            if number not in homes:
                self.clusters.append(Cluster([]))
            place, reasons = homes.get(number, (len(self.clusters) - 1, ()))
            self._put(members, place, (*reasons, *([reason] if reason else [])))
            best = max(links.get(number, ()), key=lambda one: one[1].score, default=None)
            if best and best[0] != place:
                self.clusters[place].linked.append(best)

    def _put(self, members: Sequence[Telling], place: int, reasons: tuple[str, ...]) -> None:
        for telling in members:
            self.clusters[place].add(telling, reasons)
            reasons = ()
            self._home[telling.key] = place
            for block in _blocks(telling):
                listed = self._index.setdefault(block, [])
                if not listed or listed[-1] != place:
                    listed.append(place)

    def _decided(self, members: Sequence[Telling]) -> int | None:
        homes = (self._home.get(one) for t in members for one in sorted(self._same.get(t.key, ())))
        return next((home for home in homes if home is not None), None)

    def _alike(self, members: Sequence[Telling]) -> Iterator[tuple[int, Sameness]]:
        """Clusters that are one with an article's tellings, or of one series, each by the telling most alike."""
        for place in sorted({place for telling in members for place in self._candidates(telling)}):
            cluster = self.clusters[place]
            if any(frozenset((t.key, o.key)) in self._decisions.differ for t in members for o in cluster.tellings):
                continue
            found = [one for t in members if (one := compare(t, cluster, self._repeats))]
            kept = [one for one in found if one.apart] or found
            best = max(kept, key=lambda one: one.score, default=None)
            if best and best.score >= THRESHOLD:
                yield place, best

    def _candidates(self, telling: Telling) -> Iterator[int]:
        for block in _lookups(telling):
            # In a large archive only the latest uses of a key are compared.
            yield from self._index.get(block, ())[-_LATEST:]


_LATEST = 200
"""Clusters under one key that are compared with a telling, the last ones."""

_WIDE = 124
"""Days, four months, beyond which a telling is not looked for month by month."""

_ANY = "any"
"""Key of tellings without days, and under which those look who may be of any month."""


def _matters(telling: Telling) -> Iterator[str]:
    """Who, where and what: two tellings that share none of these are never one event."""
    yield from (f"who:{one}" for one in sorted({*telling.named, *telling.signs.people}))
    if telling.place:
        yield f"who:{telling.place}"
    yield from (f"where:{word}" for word in sorted(telling.place_words))
    yield from (f"what:{word}" for word in sorted(telling.lemmas | telling.families))


def _blocks(telling: Telling) -> Iterator[str]:
    """Keys under which a telling is kept: its matters, by type and month, and for the undated those of every month."""
    kept = _months(telling)
    if telling.interval is None:
        kept = [*kept, *(f"undated-{day[:2]}" for day in telling.signs.days), "undated"]
    for month in dict.fromkeys((*kept, _ANY)):
        yield from (f"{telling.mention.event_type} {month} {matter}" for matter in _matters(telling))


def _lookups(telling: Telling) -> Iterator[str]:
    """Keys under which those like a telling are kept; one without days may be of any month."""
    asked = [*_months(telling), "undated"] if telling.interval or telling.news else [_ANY]
    if telling.interval is None:
        asked += [f"any-{day[:2]}" for day in telling.signs.days]
    asked += [f"undated-{month[4:]}" for month in asked if month.startswith("any-")]
    for kind in types_like(telling.mention.event_type):
        for month in dict.fromkeys(asked):
            yield from (f"{kind} {month} {matter}" for matter in _matters(telling))


def _months(telling: Telling) -> list[str]:
    """Months of a telling's days, else of its news, each with and without the year; "any" of more than four months."""
    days = telling.interval or telling.news
    if days is None:
        return []
    if days.days > _WIDE:
        return [_ANY]
    # A few days before and after: accounts of one happening may differ about the day.
    ordinals = range(max(days.earliest.toordinal() - NEAR_DAYS, 1), days.latest.toordinal() + 1)
    months = dict.fromkeys(date.fromordinal(one).isoformat()[:7] for one in ordinals)
    return [*months, *dict.fromkeys(f"any-{month[5:]}" for month in months)]


def make_event(
    cluster: Cluster,
    provenance: Provenance,
    entity_of: Mapping[Member, str],
    names: Mapping[str, str],
    clusters: Sequence[Cluster] = (),
) -> Event:
    """Turn a cluster into an event: every telling an account beside the others, nothing resolved away.

    `clusters` are all of them, for the links between them.
    """
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
        links=tuple(
            EventLink(clusters[number].tellings[0].key, found.apart, found.score, found.reasons)
            for number, found in cluster.linked
            if found.apart and number < len(clusters)
        ),
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
