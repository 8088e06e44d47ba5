"""Which entries of lists from outside our entities may be: found by keys, scored by names and context, with reasons.

What a person decided about an entity and an entry (`same`, `differ`) stands above all scores.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from quellenlage.link.reference_context import WORDS, Context, context_of, weigh
from quellenlage.model import (
    DateInterval,
    Document,
    Entity,
    EntityKind,
    Judgement,
    Reference,
    ReferenceMatch,
    References,
    Verdict,
    fold,
    in_force,
    text_digest,
)
from quellenlage.model.recent import recent
from quellenlage.names import RESOURCES as NAMES
from quellenlage.names import compare
from quellenlage.names.keys import keys
from quellenlage.names.parts import person
from quellenlage.resources import digest, load

RESOURCES = (WORDS,)
"""Files that decide the result, beside those that decide what an entity is."""

PROPOSED = 0.4
"""Score above which an entry is proposed."""
ACCEPTED = 0.7
"""Score from which an entry is taken for the entity, if no other comes near: chosen on the open half of the cases."""
NAME_ALONE = 0.69
"""Score of a person at most who has nothing but the name in common with an entry: below `ACCEPTED`."""
MARGIN = 0.06
"""By how much the best entry has to be better than the next."""
MOST = 5
"""Proposals for an entity."""

_KINDS = {EntityKind.PER: 0.8, EntityKind.ORG: 0.85, EntityKind.GPE: 0.8, EntityKind.LOC: 0.8}
"""What equal names alone are worth, by kind; other kinds are not looked for."""
_COMMON, _WEAK, _SHORT, _EITHER, _NEIGHBOUR = 0.15, 0.75, 0.8, 0.1, 0.05
_SHORT_NAME = 4
NAME_ONLY = "name-only"
"""Reason given where a person has neither office nor state nor year of birth in common with an entry."""
_SAME_THING = 0.85
"""Score of names from which entries of two lists are taken for one thing."""


class Listed:
    """Entries in memory, found by their keys (`quellenlage.model.References`)."""

    def __init__(self, entries: Iterable[Reference]) -> None:
        """Index the entries."""
        self._entries = sorted(entries, key=lambda entry: (entry.list, entry.id))
        self._by_key: dict[str, list[int]] = {}
        for at, entry in enumerate(self._entries):
            for key in reference_keys(entry):
                self._by_key.setdefault(key, []).append(at)

    def by_keys(self, wanted: Iterable[str]) -> list[Reference]:
        """Every entry with one of these keys, each once, in order of list and identifier."""
        return [self._entries[at] for at in sorted({at for key in wanted for at in self._by_key.get(key, ())})]

    def by_ids(self, identifiers: Iterable[str]) -> list[Reference]:
        """The entries of these identifiers that there are."""
        wanted = set(identifiers)
        return [entry for entry in self._entries if entry.id in wanted]


def keyed() -> str:
    """Version of the keys: what an archive keeps has to be made anew where it changes."""
    return text_digest("\n".join(["1", *(digest(name) for name in NAMES)]))[:16]


def reference_keys(entry: Reference) -> tuple[str, ...]:
    """Blocking keys of all names of an entry; a name that is one word only has none for a person."""
    kinds = (EntityKind.PER, EntityKind.ORG) if entry.either else (entry.kind,)
    return _keys(kinds, (*entry.names, *entry.weak))


def _keys(kinds: Sequence[EntityKind], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for kind in kinds for n in names for k in _keys_of(kind, n)))


@recent(1 << 18)
def _keys_of(kind: EntityKind, name: str) -> tuple[str, ...]:
    return keys(kind, name) if _telling(kind, name) else ()


@recent(1 << 16)
def _telling(kind: EntityKind, name: str) -> bool:
    """Whether a name can be matched at all: a surname alone tells nobody."""
    return kind is not EntityKind.PER or len(person(name).parts) > 1


def match_references(
    entities: Sequence[Entity],
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
    references: References,
    aliases: Mapping[str, str],
) -> tuple[ReferenceMatch, ...]:
    """For every entity the entries that it may be, the best first, in the order of the entities."""
    dated = ((d.article.id, d.article.dct) for d in documents)
    published = {article: DateInterval(dct.earliest, dct.latest) for article, dct in dated if dct}
    wanted = {e.id: _keys(_kinds_of(e.kind), _names(e)) for e in entities if e.kind in _KINDS}
    index = Listed(references.by_keys({key for listed in wanted.values() for key in listed}))
    said = _said(judgements, aliases)
    chosen = {e.id: e for e in references.by_ids(ref for pair, same in said.items() if same for ref in pair[1:])}
    found: list[ReferenceMatch] = []
    for entity in entities:
        own = [chosen[r] for (e, r), same in said.items() if e == entity.id and same and r in chosen]
        out = {r for e, r in said if e == entity.id}
        candidates = [entry for entry in index.by_keys(wanted.get(entity.id, ())) if entry.id not in out]
        if candidates or own:
            found += _decided(entity, context_of(entity, published), candidates, own)
    return tuple(_without_namesakes(found, entities))


def _said(judgements: Sequence[Judgement], aliases: Mapping[str, str]) -> dict[tuple[str, str], bool]:
    """The last word on each pair of an entity and an entry."""
    found: dict[tuple[str, str], bool] = {}
    for judgement in in_force(judgements):
        pair = (judgement.subject, judgement.other or "")
        entry = next((i for i in pair if i.startswith("ref-")), None)
        if judgement.verdict in {Verdict.SAME, Verdict.DIFFER} and entry:
            entity = pair[0] if pair[1] == entry else pair[1]
            found[aliases.get(entity, entity), entry] = judgement.verdict is Verdict.SAME
    return found


def _kinds_of(kind: EntityKind) -> tuple[EntityKind, ...]:
    return (EntityKind.GPE, EntityKind.LOC) if kind in {EntityKind.GPE, EntityKind.LOC} else (kind,)


def _names(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((entity.name, *entity.spellings)))


def _decided(
    entity: Entity, context: Context, candidates: Sequence[Reference], own: Sequence[Reference]
) -> list[ReferenceMatch]:
    # Which one is best and which are rivals is decided before a name alone is capped: who is nothing but a namesake
    # still speaks against an entry that has hardly more.
    scored = [(entry, *_score(entity, context, entry)) for entry in candidates]
    scored = [one for one in scored if one[1] > PROPOSED]
    scored.sort(key=lambda one: (-one[1], one[0].list, one[0].id))
    found = [_match(entity, entry, 1.0, True, ("judged:same",)) for entry in own]
    best = scored[0] if scored else None
    for entry, score, reasons in scored[:MOST]:
        against: tuple[str, ...] = ()
        if own and not any(_is_one(entry, other) for other in own):
            against = (f"another-chosen:{own[0].id}",)
        elif best and not own:
            rivals = (
                o for o, other, _ in scored if o is not entry and other > best[1] - MARGIN and not _is_one(o, entry)
            )
            near = next(rivals, None)
            against = (f"rival:{near.id}",) if near else ()
        shown = min(score, NAME_ALONE) if NAME_ONLY in reasons else score
        found.append(_match(entity, entry, shown, shown >= ACCEPTED and not against, (*reasons, *against)))
    return sorted(found, key=lambda match: -match.score)


def _match(entity: Entity, entry: Reference, score: float, accepted: bool, reasons: tuple[str, ...]) -> ReferenceMatch:
    kept = (entry.name, entry.list, entry.source_id, entry.wikidata)
    return ReferenceMatch(entity.id, entry.id, round(score, 3), accepted, reasons, *kept)


def _is_one(one: Reference, other: Reference) -> bool:
    """Whether two entries are one thing in two lists, so that neither speaks against the other."""
    if one.wikidata and other.wikidata:
        return one.wikidata == other.wikidata
    if one.list == other.list or one.kind is not other.kind:
        return False
    years = {day[:4] for day in one.births}, {day[:4] for day in other.births}
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    if one.countries and other.countries and not set(one.countries) & set(other.countries):
        return False
    return any(compare(one.kind, a, b).score >= _SAME_THING for a in one.names for b in other.names)


def _score(entity: Entity, context: Context, entry: Reference) -> tuple[float, tuple[str, ...]]:
    best = 0.0
    reasons: tuple[str, ...] = ()
    for kind in _kinds_of(entity.kind):
        if kind is not entry.kind and not (entry.either and kind in {EntityKind.PER, EntityKind.ORG}):
            continue
        score, why = _names_compared(kind, _names(entity), entry)
        if score > best:
            best, reasons = score, why
    if best <= PROPOSED:
        return 0.0, ()
    score = best * _KINDS[entity.kind]
    if entity.kind is EntityKind.PER and (surname := _common(entity.name)):
        score -= _COMMON
        reasons = (*reasons, f"common-name:{surname}")
    if entry.either:
        score -= _EITHER
        reasons = (*reasons, "person-or-body")
    elif entry.kind is not entity.kind:
        score -= _NEIGHBOUR
        reasons = (*reasons, f"kind:{entity.kind}~{entry.kind}")
    added, why, shared = weigh(entity.kind, context, entry)
    if entity.kind is EntityKind.PER and not shared:
        why = (*why, NAME_ONLY)
    return min(max(score + added, 0.0), 1.0), (*reasons, *why)


def _names_compared(kind: EntityKind, names: Sequence[str], entry: Reference) -> tuple[float, tuple[str, ...]]:
    """The best pair of names on both sides."""
    best = 0.0
    reasons: tuple[str, ...] = ()
    for ours in names:
        keyed_so = set(_keys_of(kind, ours))
        for theirs, weak in (*((n, False) for n in entry.names), *((n, True) for n in entry.weak)):
            # Names that can be one's share a key; looking for one costs far less than comparing.
            if keyed_so.isdisjoint(_keys_of(kind, theirs)):
                continue
            compared = compare(kind, ours, theirs)
            score, more = compared.score, list[str]()
            if weak:
                score, more = score * _WEAK, ["weak-alias"]
            if kind is EntityKind.ORG and len(fold(ours)) <= _SHORT_NAME and score:
                score, more = score * _SHORT, [*more, "short-name"]
            if score > best:
                best, reasons = score, (*compared.reasons, *more)
    return best, reasons


@cache
def _common_names() -> frozenset[str]:
    return frozenset(load(WORDS)["common"]["names"].replace("\n", "|").split("|"))


def _common(name: str) -> str:
    """The family name, where too many people bear it; empty otherwise."""
    last = person(name).parts[-1].folded if person(name).parts else ""
    return last if last in _common_names() else ""


def _without_namesakes(found: Sequence[ReferenceMatch], entities: Collection[Entity]) -> list[ReferenceMatch]:
    """Of entities of one name that were kept apart, at most one is the entry: that which is clearly nearest."""
    name_of = {e.id: fold(e.name) for e in entities}
    claims: dict[tuple[str, str], list[ReferenceMatch]] = {}
    for match in found:
        if match.accepted:
            claims.setdefault((match.reference, name_of[match.entity]), []).append(match)
    lost: dict[tuple[str, str], str] = {}
    for (reference, _), rivals in claims.items():
        rivals.sort(key=lambda m: (not m.judged, -m.score))
        clear = len(rivals) > 1 and (rivals[0].judged or rivals[0].score - rivals[1].score >= MARGIN)
        for match in rivals[1:] if clear else rivals if len(rivals) > 1 else ():
            if not match.judged:
                other = rivals[0] if match is not rivals[0] else rivals[1]
                lost[match.entity, reference] = other.entity
    return [_refused(match, lost.get((match.entity, match.reference))) for match in found]


def _refused(match: ReferenceMatch, namesake: str | None) -> ReferenceMatch:
    if namesake is None:
        return match
    return replace(match, accepted=False, reasons=(*match.reasons, f"namesake:{namesake}"))
