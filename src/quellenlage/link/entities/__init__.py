"""Entities across articles: which persons, organisations and places of different articles are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

from quellenlage.link.entities.making import hide_company, is_suppressed, make_entity, verdicts
from quellenlage.link.entities.profile import Shown
from quellenlage.link.entities.reading import Reader, read_portion
from quellenlage.link.entities.registry import Perhaps, Registry
from quellenlage.link.entities.roles import settle_roles
from quellenlage.link.entities.shorts import Shorts
from quellenlage.link.entities.units import Pairs, Unit, Units, decided, open_doubts, units
from quellenlage.link.offices import RESOURCES as OFFICES
from quellenlage.model import Document, Doubt, Entity, Judgement, Member
from quellenlage.model.apart import apart
from quellenlage.model.filed import ByMember, Filed, Keyed, filed
from quellenlage.model.identifiers import Identifiers
from quellenlage.model.partition import Mapper, in_process, portions
from quellenlage.names import RESOURCES as NAMES

__all__ = ["RESOURCES", "Identified", "link_entities"]

RESOURCES = (*NAMES, *OFFICES, "de/places.toml")
"""Files whose content decides the result."""


class Identified:
    """Entities in the order of their first-captured members, whose they are, other identifiers, and doubts."""

    __slots__ = ("aliases", "doubts", "entities", "entity_of")

    def __init__(self) -> None:
        self.entities: Sequence[Entity] = ()
        self.entity_of: Mapping[Member, str] = {}
        self.aliases: Mapping[str, str] = {}
        self.doubts: list[Doubt] = []


def link_entities(
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
    suppressed: frozenset[str],
    mapper: Mapper = in_process,
) -> Identified:
    """Merge what is one thing, precision first; every merge carries its reasons, what may be one is a doubt.

    Args:
        documents: in capture order, which alone decides identifiers.
        judgements: same, differ, reject and correct (field name or kind) about entities are followed, the last
            word on a pair counts.
        suppressed: SHA-256 hex digests of folded names; a person with such a name form is left out.
        mapper: who reads the documents, portion by portion.
    """
    read = Reader(Filed(Shown))
    if mapper is in_process:
        for document in documents:
            read.read(document)
    else:
        for portion in mapper(read_portion, portions(documents)):
            read.take(portion)
    # Apart: the names by which they are compared take more memory than all that is found.
    return apart(lambda: _identified(read, judgements, suppressed), len(documents))


def _identified(read: Reader, judgements: Sequence[Judgement], suppressed: frozenset[str]) -> Identified:
    """The entities of what was read of all documents."""
    asked = {one for j in judgements for one in (j.subject, j.other) if one}
    known = frozenset(one for one in read.profiles.identifiers if one in asked) if asked else frozenset[str]()
    pairs = decided(judgements, known, read.parted)
    found, perhaps = _found(read, pairs)
    rejected, corrections = verdicts(found, judgements)
    kinds = {unit: said["kind"] for unit, said in corrections.items() if "kind" in said}
    all_units = found if suppressed else ()
    forgotten = [u for u in all_units if is_suppressed(u.profiles, suppressed, kinds.get(u.identifier))]
    hide_company(found, forgotten)
    gone = rejected | {unit.identifier for unit in forgotten}
    here, aliases, targets = Identifiers(), Identifiers(), Identifiers()
    entity_of = ByMember(here)
    for unit in found:
        identifier = unit.identifier
        if identifier in gone:
            continue
        for member in unit.profiles.members:
            entity_of.note(member, len(here))
        here.append(identifier)
        for merged in unit.profiles.identifiers:
            if merged != identifier:
                aliases.append(merged)
                targets.append(identifier)
    result = Identified()
    result.entity_of = entity_of
    result.aliases = Keyed(targets, aliases)
    kept = (unit for unit in found if unit.identifier not in gone)
    made = (make_entity(unit, corrections.get(unit.identifier, {}), read.shown, suppressed) for unit in kept)
    result.entities = filed(Entity, made)
    for one, other, why in open_doubts(perhaps, found, pairs):
        if gone.isdisjoint((one.identifier, other.identifier)):
            result.doubts.append(_doubt(one, other, why))
    result.doubts.sort(key=lambda d: (-d.value, d.one, d.other))
    return result


def _found(read: Reader, pairs: Pairs) -> tuple[Units, list[Perhaps]]:
    """What belongs together, and what may; the names by which it was found are let go."""
    registry = Registry(read.profiles, pairs.apart)
    for profile in read.profiles:
        registry.add(profile)
    shorts = Shorts()
    shorts.settle(registry)
    settle_roles(registry, shorts, read.offices)
    return units(registry, shorts, pairs), [*registry.perhaps, *shorts.perhaps]


def _doubt(one: Unit, other: Unit, perhaps: Perhaps) -> Doubt:
    """A doubt is worth the more, the less sure it is and the more articles hang on it."""
    members = (*one.profiles, *other.profiles) if perhaps.merged else ()
    by_order = {p.order: p for p in members if p.order in {perhaps.one, perhaps.other}}
    uncertain = 1.0 - abs(2.0 * perhaps.score - 1.2) / 1.2
    weight = log2(1 + len(one.profiles)) * log2(1 + len(other.profiles))
    return Doubt(
        one=by_order[perhaps.one].identifier if perhaps.merged else one.first.identifier,
        other=by_order[perhaps.other].identifier if perhaps.merged else other.first.identifier,
        score=round(perhaps.score, 3),
        reasons=perhaps.reasons,
        value=round(max(uncertain, 0.05) * weight, 3),
        merged=perhaps.merged,
    )
