"""Take members out of an entity: the judgements that it needs, found by linking in memory until they suffice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution.lookup import IDENTIFIER, find
from quellenlage.execution.members import member_ids
from quellenlage.execution.parting import Chosen, take_out
from quellenlage.execution.ports import PipelineLike, default_pipeline
from quellenlage.model import Archive, Document, Entity, Judgement, Linked, Member, Verdict, in_force, make_judgement
from quellenlage.names import name_key
from quellenlage.store import MIN_BEGINNING

_ROUNDS = 12
_AT_ONCE = 200
"""So many pairs of one round are declared different; of more, one side's first with all of the other."""

Said = tuple[Verdict, str, str]


@dataclass(frozen=True, slots=True)
class Split:
    """Which members of an entity leave it: articles or identifiers (`out`), or how they are spelled.

    Or which mentions leave it inside an article (`mentions`, `within` with `spellings`; see `Chosen`).
    """

    entity: str
    out: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    note: str = ""
    mentions: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def split(
    archive: Archive, wish: Split, *, author: str, made_at: str, pipeline: PipelineLike | None = None
) -> tuple[Judgement, ...]:
    """The judgements by which members or mentions leave their entity and stay together; nothing is written.

    As few as do it: the linker is asked which members it would put on the wrong side, and those are pinned.

    Raises:
        NotFound: nothing, or more than one thing, goes by a reference.
        BadInput: no member, or all of them, would leave; or no judgement parts them.
    """
    target = find(archive, wish.entity)
    now = archive.resolve(target.id)
    entity = next((e for e in archive.linked().entities if e.id == now), None)
    if entity is None:
        raise BadInput(wish.entity, "is no entity")
    if wish.mentions or wish.within:
        if wish.out or bool(wish.within) != bool(wish.spellings):
            raise BadInput(
                wish.entity,
                "whole articles and single mentions cannot leave at once",
                remedy="use --out, or --mention, or --within with --spelling",
            )
        chosen = Chosen(wish.mentions, wish.within, wish.spellings)
        return take_out(archive, entity, chosen, author=author, made_at=made_at, note=wish.note)
    pipeline = pipeline or default_pipeline()
    documents = list(archive.documents())
    ids = _ids(entity, documents)
    leaving = _leaving(archive, wish, ids, {d.article.id: d for d in documents})
    staying = [m for m in ids if m not in leaving]
    if not leaving or not staying:
        raise BadInput(
            wish.entity,
            "no part of it would be left" if leaving else "no part of it is meant",
            remedy="name some of its articles or spellings: entity shows them",
        )
    log, suppressed = archive.judgements(), archive.suppressed()
    sides = ([m for m in ids if m in leaving], staying)
    said: list[Said] = [(Verdict.DIFFER, ids[sides[0][0]], ids[sides[1][0]])]

    def judgements() -> tuple[Judgement, ...]:
        return tuple(
            make_judgement(verdict, one, made_at=made_at, author=author, other=other, note=wish.note)
            for verdict, one, other in said
        )

    for _ in range(_ROUNDS):
        linked = pipeline.connect(documents, in_force([*log, *judgements()]), suppressed)
        more = [one for one in _lacking(linked, sides, ids) if one not in said]
        if not more:
            break
        said += more
    if _lacking(linked, sides, ids):
        raise BadInput(wish.entity, "its parts cannot be told apart in this way", remedy="use differ on two members")
    return judgements()


def _ids(entity: Entity, documents: Iterable[Document]) -> dict[Member, str]:
    """Identifiers of an entity's members, in their order."""
    wanted = {m.article for m in entity.members}
    known = {d.article.id: member_ids(d) for d in documents if d.article.id in wanted}
    found = {m: known[m.article].get(m.local) for m in entity.members if m.article in known}
    return {m: identifier for m, identifier in found.items() if identifier is not None}


def _leaving(
    archive: Archive, wish: Split, ids: dict[Member, str], documents: dict[str, Document]
) -> frozenset[Member]:
    found: set[Member] = set()
    for reference in wish.out:
        wanted = reference.strip()
        named = {m for m, i in ids.items() if i.startswith(wanted)} if _is_identifier(wanted) else set[Member]()
        if not named:
            article = archive.document(wanted).article.id
            named = {m for m in ids if m.article == article}
        if not named:
            raise NotFound(
                "{reference}: no part of this entity", remedy="entity shows its articles", reference=reference
            )
        found |= named
    for spelling in wish.spellings:
        named = {m for m in ids if name_key(spelling) in _spellings(documents[m.article], m.local)}
        if not named:
            raise NotFound(
                "{reference}: no part of this entity is spelled so",
                remedy="entity shows its spellings",
                reference=spelling,
            )
        found |= named
    return frozenset(found)


def _is_identifier(reference: str) -> bool:
    return len(reference) >= MIN_BEGINNING and IDENTIFIER.fullmatch(reference) is not None


def _spellings(document: Document, local: str) -> set[str]:
    forms = [document.text[m.start : m.end] for m in document.mentions if m.entity == local and m.form == "name"]
    return {name_key(form) for form in (document.entity(local).name, *forms)}


def _lacking(linked: Linked, sides: tuple[Sequence[Member], Sequence[Member]], ids: dict[Member, str]) -> list[Said]:
    """What is still to be said in this link: pairs to be parted first, then, where all are, parts to be joined."""
    entity_of = {m: e.id for e in linked.entities for m in e.members}
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for number, members in enumerate(sides):
        for member in members:
            if member in entity_of:
                groups.setdefault(entity_of[member], ([], []))[number].append(ids[member])
    mixed = [group for group in groups.values() if group[0] and group[1]]
    if mixed:
        return [(Verdict.DIFFER, one, other) for outs, rests in mixed for one, other in _pairs(outs, rests)]
    result: list[Said] = []
    for number in (0, 1):
        firsts = [group[number][0] for group in groups.values() if group[number]]
        result += [(Verdict.SAME, firsts[0], other) for other in firsts[1:]]
    return result


def _pairs(outs: Sequence[str], rests: Sequence[str]) -> list[tuple[str, str]]:
    if len(outs) * len(rests) <= _AT_ONCE:
        return [(one, other) for one in outs for other in rests]
    return [(outs[0], other) for other in rests] if len(outs) <= len(rests) else [(one, rests[0]) for one in outs]
