"""What holds across the articles of the sample: the same entities and events, reprints, conflicts, chains by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from quellenlage.evaluation import clusters
from quellenlage.evaluation.claims import ENOUGH
from quellenlage.evaluation.events import by_trigger
from quellenlage.evaluation.gold import Case
from quellenlage.evaluation.matching import covered, meanings, overlap, shared_mentions, words
from quellenlage.evaluation.results import Counter, Metric, rate
from quellenlage.evaluation.sample_gold import HALVES, Sample, SampleArticle
from quellenlage.evaluation.source_lines import occurrence
from quellenlage.model import Claim, Conflict, Entity, Event, Evidence, Member, Span, fold

Item = tuple[str, str]
"""An article's name and the gold identifier of an entity or event in it."""


def entity_places(case: Case) -> dict[str, str]:
    """Map each gold entity to that of ours which means it and shares most mentions with it."""
    means = meanings(case.gold.entities, case.document)
    best: dict[str, tuple[int, str]] = {}
    for (expected, found), count in shared_mentions(case.gold.entities, case.document).items():
        if means.get(found) == expected and count > best.get(expected, (0, ""))[0]:
            best[expected] = (count, found)
    return {expected: found for expected, (_, found) in best.items()}


def event_places(case: Case) -> dict[str, str]:
    """Map each gold event to ours at the same words."""
    return {case.gold.events[i].id: case.document.events[j].id for i, j in by_trigger(case)}


@dataclass(frozen=True, slots=True)
class Grouping:
    """Every gold item with the label of its group, as a person grouped it and as we did (None: not found)."""

    gold: Mapping[Item, str]
    found: Mapping[Item, str | None]


def grouping(
    sample: Sample, layer: str, place: Callable[[Case], dict[str, str]], grouped: Iterable[Entity] | Iterable[Event]
) -> Grouping:
    """Group the gold items of a layer ("entities" or "events") of all articles, both ways."""
    gold: dict[Item, str] = {}
    for name, article in sample.articles.items():
        for item in article.raw[layer]:
            gold[name, item["id"]] = f"{name}#{item['id']}"
    for half in HALVES:
        for group in sample.archives[half][layer]:
            members = [_item(member) for member in group["members"]]
            labels = {gold[member] for member in members}
            gold.update({item: min(labels) for item, label in gold.items() if label in labels})
    label_of = {member: thing.id for thing in grouped for member in _members(thing)}
    found: dict[Item, str | None] = {}
    for name, article in sample.articles.items():
        places = place(article.case)
        for item in article.raw[layer]:
            local = places.get(item["id"])
            member = Member(article.case.document.article.id, local) if local else None
            found[name, item["id"]] = label_of.get(member, f"alone:{name}#{local}") if member else None
    return Grouping(gold, found)


def _item(member: str) -> Item:
    name, _, identifier = member.rpartition("#")
    return name, identifier


def _members(thing: Entity | Event) -> list[Member]:
    return list(thing.members) if isinstance(thing, Entity) else [account.member for account in thing.accounts]


def grouping_metrics(name: str, groups: Grouping, scored: frozenset[str], *, within: bool) -> list[Metric]:
    """B-cubed of the items that were found, pairs of all; `within` leaves out every article that is not scored."""
    universe = {item for item in groups.gold if not within or item[0] in scored}
    located = {item: label for item, label in groups.found.items() if label is not None and item in universe}
    gold = {item: groups.gold[item] for item in located}
    ours = frozenset(item for item in located if item[0] in scored)
    alone = {item: f"{item[0]}#{item[1]}" for item in located}
    guess = clusters.b_cubed(gold, alone, ours).metrics("")[2].value
    counted = [item for item in universe if item[0] in scored]
    wanted = _touching(clusters.pairs({item: groups.gold[item] for item in universe}), scored)
    have = _touching(clusters.pairs(located), scored)
    return [
        rate(f"{name}.located.recall", len(ours), len(counted)),
        *clusters.b_cubed(gold, located, ours).metrics(f"{name}.b-cubed", trivial=guess),
        *Counter(len(wanted & have), len(have), len(wanted)).metrics(f"{name}.pairs", trivial=0.0),
    ]


def _touching(pairs: Iterable[frozenset[Item]], scored: frozenset[str]) -> set[frozenset[Item]]:
    return {pair for pair in pairs if any(name in scored for name, _ in pair)}


def reprints(sample: Sample, half: str) -> Counter:
    """Pairs of articles of which one took the other's text, whatever they took it from."""
    name_of = {a.case.document.article.id: name for name, a in sample.articles.items()}
    labels = {name: name for name in sample.articles}
    for reuse in sample.linked.reuses:
        pair = {labels[name_of[i]] for i in (reuse.article, reuse.earlier) if i in name_of}
        labels = {name: min(pair) if label in pair else label for name, label in labels.items()}
    scored = frozenset(sample.halves[half])
    wanted = {frozenset(p) for g in sample.archives[half]["reprints"] for p in combinations(sorted(g["articles"]), 2)}
    wanted, have = (_of_half(pairs, scored, half) for pairs in (wanted, clusters.pairs(labels)))
    return Counter(len(wanted & have), len(have), len(wanted))


def _of_half(pairs: Iterable[frozenset[str]], scored: frozenset[str], half: str) -> set[frozenset[str]]:
    """Pairs within the open half, or touching the held one: every pair belongs to exactly one half."""
    return {pair for pair in pairs if (pair <= scored if half == "open" else bool(pair & scored))}


def conflicts(sample: Sample, half: str) -> list[Metric]:
    """Conflicts found: of the same kind, two accounts of the gold among the sides, by article and by sentence."""
    scored = frozenset(sample.halves[half])
    name_of = {a.case.document.article.id: name for name, a in sample.articles.items()}
    gold = sample.archives[half]["conflicts"]
    ours = [
        c
        for c in sample.linked.conflicts
        if _belongs({name_of.get(s.evidence.article, "") for s in c.sides}, scored, half)
    ]
    listed: list[Metric] = []
    for name, matches in (("conflicts", _same_sentences), ("conflicts-by-article", _same_articles)):
        hit_gold = sum(any(matches(sample, name_of, item, c) for c in sample.linked.conflicts) for item in gold)
        hit_ours = sum(
            any(matches(sample, name_of, item, c) for h in HALVES for item in sample.archives[h]["conflicts"])
            for c in ours
        )
        recall = hit_gold / len(gold) if gold else 0.0
        precision = hit_ours / len(ours) if ours else 0.0
        listed += [
            rate(f"{name}.precision", hit_ours, len(ours)),
            rate(f"{name}.recall", hit_gold, len(gold)),
            rate(f"{name}.f1", clusters.harmonic(precision, recall) * len(gold), len(gold), trivial=0.0),
        ]
    return listed


def _belongs(names: set[str], scored: frozenset[str], half: str) -> bool:
    return names <= scored if half == "open" else bool(names & scored)


def _same_articles(sample: Sample, name_of: Mapping[str, str], gold: Mapping[str, Any], conflict: Conflict) -> bool:
    names = {name_of.get(side.evidence.article, "") for side in conflict.sides}
    wanted = {account["file"] for account in gold["accounts"]}
    return conflict.kind == gold["kind"] and len(names & wanted) >= min(2, len(wanted))


def _same_sentences(sample: Sample, name_of: Mapping[str, str], gold: Mapping[str, Any], conflict: Conflict) -> bool:
    hit = 0
    for account in gold["accounts"]:
        article = sample.articles[account["file"]]
        place = occurrence(article.own, account["text"], 1)
        if place:
            hit += any(
                name_of.get(side.evidence.article) == account["file"] and _told_in(article, place, side.evidence)
                for side in conflict.sides
            )
    return conflict.kind == gold["kind"] and hit >= 2


def _told_in(article: SampleArticle, place: Span, evidence: Evidence) -> bool:
    """Whether evidence lies in a sentence of the passage."""
    document = article.case.document
    sentence = document.sentence_at(evidence.start)
    return (sentence.span if sentence else evidence.span).overlaps(place)


def chains(sample: Sample, half: str) -> tuple[int, int]:
    """How many of the gold's chains we give exactly, by folded names across the archive, and how many there are.

    An entity goes by any of its spellings: which of them is shown is not what is asked.
    """
    names = {member: entity for entity in sample.linked.entities for member in entity.members}
    gold = sample.archives[half]["chains"]
    right = 0
    for item in gold:
        article = sample.articles[item["file"]]
        claim = _claim_at(article, occurrence(article.own, item["text"], 1))
        if claim:
            given = [[_spellings(names, article.case, entity) for entity in link] for link in claim.chain]
            wanted = [link if isinstance(link, list) else [link] for link in item["chain"]]
            right += len(given) == len(wanted) and all(map(_is_link, given, wanted))
    return right, len(gold)


def _is_link(given: Sequence[frozenset[str]], wanted: Sequence[str]) -> bool:
    """Whether the entities of a link are those wanted, one to one."""
    names = list(map(fold, wanted))
    return len(given) == len(names) and any(
        all(name in spellings for name, spellings in zip(names, order, strict=True)) for order in permutations(given)
    )


def _spellings(names: Mapping[Member, Entity], case: Case, local: str) -> frozenset[str]:
    entity = names.get(Member(case.document.article.id, local))
    forms = (entity.name, *entity.spellings) if entity else (case.document.entity(local).name,)
    return frozenset(map(fold, forms))


def _claim_at(article: SampleArticle, place: Span | None) -> Claim | None:
    if place is None:
        return None
    tokens = words(article.case.document.text)
    wanted = covered(tokens, (place,))
    scored = [(overlap(wanted, covered(tokens, c.spans)), c) for c in article.case.document.claims]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= ENOUGH else None


def score(sample: Sample, half: str) -> list[Metric]:
    """Score all that spans articles, as far as it concerns one half."""
    scored = frozenset(sample.halves[half])
    within = half == "open"
    entities = grouping(sample, "entities", entity_places, sample.linked.entities)
    events = grouping(sample, "events", event_places, sample.linked.events)
    right, count = chains(sample, half)
    return [
        *grouping_metrics("entities", entities, scored, within=within),
        *grouping_metrics("events", events, scored, within=within),
        *reprints(sample, half).metrics("reprints", trivial=0.0),
        *conflicts(sample, half),
        rate("chains-by-name.accuracy", right, count, trivial=0.0),
    ]
