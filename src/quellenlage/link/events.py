"""One event from many tellings: grouped in order of capture, so that a new article never regroups the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quellenlage.link.candidates import Candidates
from quellenlage.link.clusters import Clusters
from quellenlage.link.corrected import Righted, last_words
from quellenlage.link.origins import Provenance
from quellenlage.link.sameness import BESIDE, NEARLY, THRESHOLD, Cluster, Sameness, compare
from quellenlage.link.tellings import Telling, Told
from quellenlage.link.units import by_article, units
from quellenlage.model import (
    FIRMNESS,
    Account,
    DateInterval,
    Event,
    EventLink,
    Judgement,
    Verdict,
    fold,
)

_Home = tuple[int, tuple[str, ...]]
"""A cluster, and why."""

_Scored = tuple[tuple[bool, float], int, int, Sameness]
"""How to order it, the unit of an article, the cluster (negative: the latest comes first), how like they are."""


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


def group(told: Iterable[Telling], repeats: Mapping[str, str], judgements: Sequence[Judgement]) -> Clusters:
    """Put the tellings of each article to the most similar clusters before it, or open new ones.

    Within an article the best pairs are settled first. What is compared is found by keys (`candidates`), so that the
    cost of an article does not grow with the archive.
    """
    grouping = _Grouping(repeats, Decisions.of(judgements))
    for article in by_article(told):
        grouping.add(article)
        grouping.clusters.let_go()
    return grouping.clusters


def family_of(article: str, repeats: Mapping[str, str]) -> str:
    """The article whose text an article repeats, at the end of the row of repeats."""
    seen: set[str] = set()
    while article in repeats and article not in seen:
        seen.add(article)
        article = repeats[article]
    return article


class _Grouping:
    """Clusters of the articles so far, with the keys under which they are found."""

    def __init__(self, repeats: Mapping[str, str], decisions: Decisions) -> None:
        self.clusters = Clusters()
        self._repeats = repeats
        self._differ = decisions.differ
        self._candidates = Candidates()
        self._home: dict[str, int] = {}
        self._same: dict[str, set[str]] = {}
        for pair in decisions.same:
            for one in pair:
                self._same.setdefault(one, set()).update(pair - {one})

    def add(self, told: Sequence[Telling]) -> None:
        """Settle one article: what people decided, then the most alike first; the rest opens clusters of its own."""
        family = family_of(told[0].member.article, self._repeats)
        parts = units(told, self._differ)
        homes: dict[int, _Home] = {}
        links: dict[int, list[tuple[int, Sameness]]] = {}
        scored: list[_Scored] = []
        for number, (members, _) in enumerate(parts):
            decided = self._decided(members)
            if decided is not None:
                homes[number] = (decided, ("judgement:same",))
                continue
            for place, found in self._alike(members, family):
                if found.apart and found.score >= THRESHOLD:
                    links.setdefault(number, []).append((place, found))
                elif not found.apart:
                    # What is told as the same kind goes first: an attack is an attack before it is a death.
                    kind = all(t.event_type not in self.clusters[place].types for t in members)
                    scored.append(((kind, -found.score), number, -place, found))
        scored.sort(key=lambda one: one[:3])  # of equals the latest: what refers back means the last that was told
        self._settle((one for one in scored if one[3].score >= THRESHOLD), homes)
        self._settle((one for one in scored if one[3].score < THRESHOLD), homes, beside=True)
        for number, (members, reason) in enumerate(parts):
            place, reasons = homes[number] if number in homes else (self.clusters.open(), ())
            self._put(members, place, family, (*reasons, *([reason] if reason else [])))
            best = max(links.get(number, ()), key=lambda one: one[1].score, default=None)
            if best and best[0] != place:
                self.clusters.change(place).linked.append(best)

    def _settle(self, scored: Iterable[_Scored], homes: dict[int, _Home], *, beside: bool = False) -> None:
        """Give the tellings of an article their clusters, one each; `beside` only where another is in common."""
        taken = {place for place, _ in homes.values()}
        known = frozenset(article for place in taken for article in self.clusters[place].articles) if beside else None
        for _, number, negative, found in scored:
            place, reasons = -negative, found.reasons
            if number in homes or place in taken:
                continue
            if known is not None:
                if found.score + BESIDE < THRESHOLD or known.isdisjoint(self.clusters[place].articles):
                    continue
                reasons = (*reasons, f"beside({BESIDE:+.1f})")
            homes[number] = (place, reasons)
            taken.add(place)

    def _put(self, members: Sequence[Telling], place: int, family: str, reasons: tuple[str, ...]) -> None:
        for telling in members:
            self.clusters.change(place).add(telling, family, reasons)
            reasons = ()
            if telling.key in self._same:
                self._home[telling.key] = place
            self._candidates.put(telling, place, family)

    def _decided(self, members: Sequence[Telling]) -> int | None:
        homes = (self._home.get(one) for t in members for one in sorted(self._same.get(t.key, ())))
        return next((home for home in homes if home is not None), None)

    def _alike(self, members: Sequence[Telling], family: str) -> Iterator[tuple[int, Sameness]]:
        """Clusters that are one with an article's tellings, or of one series, each by the telling most alike."""
        for place in self._candidates.of(members, family):
            cluster = self.clusters[place]
            if self._differ and self._parted(members, cluster):
                continue
            found = [one for t in members if (one := compare(t, cluster, family))]
            kept = [one for one in found if one.apart] or found
            best = max(kept, key=lambda one: one.score, default=None)
            if best and best.score >= NEARLY:
                yield place, best

    def _parted(self, members: Sequence[Telling], cluster: Cluster) -> bool:
        return any(frozenset((t.key, o.key)) in self._differ for t in members for o in cluster.tellings)


def make_event(
    cluster: Cluster,
    provenance: Provenance,
    names: Mapping[str, str],
    clusters: Sequence[Cluster] = (),
) -> Event:
    """Turn a cluster into an event: every telling an account beside the others, nothing resolved away.

    What people corrected about one of its tellings is so of the event. `clusters` are all of them, for the links
    between them.
    """
    tellings = list(cluster.tellings)
    accounts = tuple([_account(telling.account, provenance) for telling in tellings])
    told = {account.factuality for account in accounts}
    time = _reported(cluster.interval, tellings)
    words = last_words(one for telling in tellings for one in telling.righted)
    precise = [t.time for t in tellings if t.time and t.interval and t.interval == time]
    actors = _union((account.actors for account in accounts), names)
    doing = {fold(names.get(one, one)) for one in actors}
    undergoing = _union((account.recipients for account in accounts), names)
    event = Event(
        id=tellings[0].key,
        event_type=_type(tellings),
        accounts=accounts,
        actors=actors,
        recipients=tuple(one for one in undergoing if fold(names.get(one, one)) not in doing),
        place=cluster.places[0] if cluster.places else None,
        time=precise[0] if precise else None,
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        factuality=next(f for f in FIRMNESS if f in told),
        reasons=tuple(dict.fromkeys(cluster.reasons)),
        links=tuple(
            EventLink(clusters[number].tellings[0].key, found.apart, found.score, found.reasons)
            for number, found in cluster.linked
            if found.apart and number < len(clusters)
        ),
    )
    return _corrected(event, words) if words else event


def _corrected(event: Event, words: Mapping[str, Righted]) -> Event:
    """The event as people say that it was; a place that the archive does not know is named by the correction alone."""
    event = replace(event, corrected=tuple(one.correction for one in words.values()))
    if "time" in words:
        value = words["time"].correction.value
        days = DateInterval.parse(value)
        event = replace(event, time=value, earliest=days.earliest, latest=days.latest)
    if "place" in words:
        event = replace(event, place=words["place"].place)
    return replace(event, event_type=words["type"].correction.value) if "type" in words else event


def _reported(days: DateInterval | None, tellings: Sequence[Told]) -> DateInterval | None:
    """Days that the accounts leave open, cut off at the first report: nobody reports what is still to come."""
    bounds = [telling.bound for telling in tellings if telling.bound]
    if days is None or not bounds or min(bounds) < days.earliest:
        return days
    return DateInterval(days.earliest, min([days.latest, *bounds]))


def _type(tellings: Sequence[Told]) -> str:
    counted: dict[str, int] = {}
    for telling in tellings:
        counted[telling.event_type] = counted.get(telling.event_type, 0) + 1
    return max(counted, key=lambda name: counted[name])


def _union(lists: Iterable[tuple[str, ...]], names: Mapping[str, str]) -> tuple[str, ...]:
    """All participants once; people without a name are other entities in each article, but the same to a reader."""
    by_name: dict[str, str] = {}
    for one in (one for listed in lists for one in listed):
        by_name.setdefault(fold(names.get(one, one)), one)
    return tuple(by_name.values())


def _account(account: Account, provenance: Provenance) -> Account:
    article = account.member.article
    return replace(account, origin=provenance.origin_of[article], reprint_of=provenance.reprint_of.get(article))
