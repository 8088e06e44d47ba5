"""What people call things: an identifier, its beginning, the name of an entity, the file an article came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, cast, runtime_checkable

from quellenlage.errors import NotFound, Phrase
from quellenlage.execution import pointing
from quellenlage.execution.finding import nearest, spelled_like
from quellenlage.model import Archive, Entity, EntityKind, Linked, fold
from quellenlage.store import MIN_BEGINNING

Kind = Literal["article", "claim", "statement", "event", "entity", "conflict", "story", "origin", "reference"]

_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP})
IDENTIFIER = re.compile(r"[a-z]{2,8}-[0-9a-f]{1,64}")


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference means: its identifier as stored, what it is, and words to name it by."""

    id: str
    kind: Kind
    label: str


@runtime_checkable
class KnowsIdentifiers(Protocol):
    """An archive that finds identifiers by their beginning without reading every document."""

    def identifiers(self, beginning: str) -> list[str]:
        """Identifiers that begin so, in order."""


def find(archive: Archive, reference: str, *, like: bool = True) -> Target:
    """Find the one thing that a reference means; with `like` also an entity in another spelling (Peskov for Peskow).

    Identifiers of merged members are kept as they are: a decision about them is one about the member.

    Raises:
        NotFound: nothing goes by it, or more than one thing does (the remedy lists them).
    """
    wanted = reference.strip()
    exact = _exact(archive, wanted) if IDENTIFIER.fullmatch(wanted) else None
    if exact:
        return exact
    linked = archive.linked()
    if IDENTIFIER.fullmatch(wanted):
        return _by_identifier(archive, linked, wanted)
    entity = find_entity(linked, wanted)
    if entity:
        return Target(entity.id, "entity", entity.name)
    try:
        article = archive.document(wanted).article
    except NotFound as error:
        if "more than one" in error.message:
            raise
        entity = find_like(linked, wanted) if like else None
        if entity:
            return Target(entity.id, "entity", entity.name)
        raise _nothing(linked, reference) from None
    return Target(article.id, "article", article.headline.value if article.headline else article.source)


def _exact(archive: Archive, identifier: str) -> Target | None:
    """What a whole identifier means, without reading the archive; None where it is cut short, or stood for once."""
    found = pointing.present(archive, identifier) or pointing.member(archive, identifier)
    if found is None:
        return None
    kind, label = found
    return Target(identifier, cast("Kind", kind), label)


def find_entity(linked: Linked, name: str) -> Entity | None:
    """The entity of this name or, where no name fits, of this spelling. Raises NotFound where several are."""
    wanted = fold(name)
    if not wanted:
        return None
    found = [e for e in linked.entities if fold(e.name) == wanted]
    found = found or [e for e in linked.entities if wanted in {fold(s) for s in e.spellings}]
    return _only(found, name)


def find_person(archive: Archive, reference: str) -> Entity:
    """The one person, or group, that goes by this name or identifier.

    Raises:
        NotFound: nobody, or more than one, does; or what does is no person.
    """
    linked = archive.linked()
    found: Target | None = None
    entity = find_entity(linked, reference)
    if entity is None:
        found = find(archive, reference, like=False)  # what is deleted is named exactly
        identifier = archive.resolve(found.id)
        entity = next((e for e in linked.entities if e.id == identifier), None)
    if entity is None:
        raise NotFound(
            "{reference}: of kind {kind}, not a person",
            remedy="give a person's name",
            reference=reference,
            kind=Phrase(found.kind if found else "item"),
        )
    if entity.kind not in _PEOPLE:
        raise NotFound(
            "{reference}: of kind {kind}, not a person",
            remedy="correct its kind first: judge correct",
            reference=reference,
            kind=Phrase(entity.kind),
        )
    return entity


def find_like(linked: Linked, name: str) -> Entity | None:
    """The entity that a name means in another spelling, or as a surname. Raises NotFound where several do."""
    return _only([like.entity for like in spelled_like(linked.entities, name)], name)


def _only(found: Sequence[Entity], name: str) -> Entity | None:
    if len(found) > 1:
        raise NotFound(
            "{reference}: {count} entities go by that",
            remedy="give an identifier: {listed}",
            reference=name,
            count=len(found),
            listed=_listed(found[:5]),
        )
    return found[0] if found else None


def _nothing(linked: Linked, reference: str) -> NotFound:
    near = nearest(linked.entities, reference)
    if near:
        return NotFound(
            "{reference}: nothing in the archive goes by that",
            remedy="did you mean {listed}?",
            reference=reference,
            listed=_listed(near),
        )
    return NotFound(
        "{reference}: nothing in the archive goes by that",
        remedy="give an identifier, an entity's name, or the file an article was added from",
        reference=reference,
    )


def _listed(entities: Sequence[Entity]) -> str:
    return ", ".join(f"{e.id} ({e.name}, {e.kind})" for e in entities)


def _by_identifier(archive: Archive, linked: Linked, wanted: str) -> Target:
    if len(wanted) < MIN_BEGINNING:
        raise NotFound(
            "{reference}: too short",
            remedy="give at least {count} characters of the identifier",
            reference=wanted,
            count=MIN_BEGINNING,
        )
    found = archive.identifiers(wanted) if isinstance(archive, KnowsIdentifiers) else _scan(archive, linked, wanted)
    if wanted in found:
        found = [wanted]
    if len({archive.resolve(i) for i in found}) > 1:
        raise NotFound(
            "{reference}: {count} identifiers begin so",
            remedy="e.g. {examples}",
            reference=wanted,
            count=len(found),
            examples=", ".join(found[:3]),
        )
    if not found:
        raise NotFound(
            "{reference}: no such identifier", remedy="copy it from the output of another command", reference=wanted
        )
    return _target(archive, linked, found[0])


def _scan(archive: Archive, linked: Linked, beginning: str) -> list[str]:
    def every() -> Iterator[str]:
        groups = (linked.entities, linked.events, linked.statements, linked.conflicts, linked.stories, linked.origins)
        for group in groups:
            yield from (item.id for item in group)
        yield from linked.aliases
        for document in archive.documents():
            article = document.article.id
            yield article
            yield from (claim.key(article) for claim in document.claims)
            yield from (mention.key(article) for mention in document.events)

    return sorted({i for i in every() if i.startswith(beginning)})


def _target(archive: Archive, linked: Linked, identifier: str) -> Target:
    now = archive.resolve(identifier)
    # An identifier of an earlier link is replaced by the present one; that of a merged member is understood as it is.
    kept = identifier if identifier in linked.aliases else now
    found = pointing.found_in(linked, now)
    if found:
        return Target(kept, cast("Kind", found[0]), found[1])
    if identifier.startswith("clm-"):
        return Target(identifier, "claim", identifier)
    if identifier.startswith("evm-"):
        return Target(identifier, "event", identifier)
    if listed := archive.by_ids([identifier]):
        return Target(identifier, "reference", listed[0].name)
    article = archive.document(identifier).article
    return Target(article.id, "article", article.headline.value if article.headline else article.source)
