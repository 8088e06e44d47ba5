"""Whom a name that somebody typed for a speaker means."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.errors import BadInput
from quellenlage.model import Archive, Entity, EntityKind, fold, seen
from quellenlage.model.listing import EntityQuestion

SPEAKING = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP})
"""Kinds of those who can say something."""

AS_TYPED = "="
"""Before a name: somebody of this name whom the archive does not know, whoever else may be meant by it."""

_LISTED = 8
_MOST = 50


def speaker_name(archive: Archive, typed: str) -> str:
    """The name under which a speaker is kept: names outlast identifiers.

    Somebody of the archive by identifier, by a spelling, or by words of the name that nobody else there has; a name
    that nobody there goes by stays as it is.

    Raises:
        BadInput: it shows nothing, or several go by it.
    """
    told = seen(typed).strip()
    name = told.removeprefix(AS_TYPED).strip()
    if not name:
        raise BadInput(typed, "shows nothing", remedy="write the name with letters")
    if name != told:
        return name
    found = meant(archive, name)
    names = list(dict.fromkeys(one.name for one in found))
    if len(names) > 1:
        raise BadInput(
            name,
            "{count} names in the archive go by that",
            remedy="write one in full: {listed}; or {other} for somebody else",
            count=len(names),
            listed=", ".join(names[:_LISTED]),
            other=f"{AS_TYPED}{name}",
        )
    return names[0] if names else name


def meant(archive: Archive, name: str) -> Sequence[Entity]:
    """Who may be meant by a name: who bears it, else who is ever called so or has all its words in a spelling.

    A surname by which articles call somebody may be that of somebody else, too. Those that more articles name come
    first.
    """
    wanted = fold(name)
    now = archive.parts_of([archive.resolve(name)]).entities
    if now:
        return now
    known = archive.parts_of(archive.entities_named(name)).entities
    found = [one for one in known if fold(one.name) == wanted]
    if not found and known:
        exact = {one.id for one in known if wanted in {fold(spelling) for spelling in one.spellings}}
        asked = EntityQuestion(words=name, kinds=tuple(SPEAKING))
        partly = {card.id for card in archive.entities(asked, limit=_MOST).items}
        listed = archive.parts_of(sorted(exact | partly)).entities
        found = [one for one in listed if one.id in exact or _has(one, set(wanted.split()))]
    return sorted(found, key=lambda one: (-len({m.article for m in one.members}), one.name))


def _has(entity: Entity, words: set[str]) -> bool:
    """Whether one of the spellings has all the words; the lists of the archive find those that sound alike, too."""
    return any(words <= set(fold(spelling).split()) for spelling in (entity.name, *entity.spellings))
