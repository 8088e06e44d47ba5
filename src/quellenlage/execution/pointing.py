"""What a whole identifier means, found without reading all that spans articles: pages give nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quellenlage.execution.members import member_ids
from quellenlage.model import Archive, Conflict, Document, Entity, Event, Linked, Statement
from quellenlage.model.listing import ClaimQuestion

Found = tuple[str, str]
"""What it is ("event"), and words to name it by."""


def found_in(linked: Linked, identifier: str) -> Found | None:
    """What goes by a present identifier in a link, or in a part of one."""
    tables: tuple[tuple[str, Iterable[tuple[str, str]]], ...] = (
        ("entity", ((e.id, e.name) for e in linked.entities)),
        ("event", ((e.id, e.accounts[0].evidence.exact) for e in linked.events)),
        ("statement", ((s.id, s.retellings[0].evidence[0].exact) for s in linked.statements)),
        ("conflict", ((c.id, c.about) for c in linked.conflicts)),
        ("story", ((s.id, s.title) for s in linked.stories)),
        ("origin", ((o.id, o.name) for o in linked.origins)),
    )
    for kind, listed in tables:
        for one, label in listed:
            if one == identifier:
                return kind, label
    return None


def present(archive: Archive, identifier: str) -> Found | None:
    """What goes by an identifier across articles now; None where it has to be looked for."""
    if identifier.startswith("clm-"):
        return ("claim", identifier) if archive.claims(ClaimQuestion(keys=(identifier,)), limit=1).items else None
    if identifier.startswith("art-"):
        article = next((document.article for document in archive.documents_of([identifier])), None)
        return ("article", article.headline.value if article.headline else article.source) if article else None
    found = found_in(archive.parts_of([identifier]), identifier)
    if found is None and identifier.startswith("cfl-"):
        conflict = conflict_of(archive, identifier)
        return ("conflict", conflict.about) if conflict else None
    return found


def conflict_of(archive: Archive, identifier: str) -> Conflict | None:
    """The conflict of an identifier."""
    conflicts = archive.parts_of(archive.events_of([identifier])).conflicts
    return next((c for c in conflicts if c.id == identifier), None)


def event_of(archive: Archive, identifier: str) -> Event | None:
    """The event that has this identifier now."""
    return next(iter(archive.parts_of([identifier]).events), None)


def statement_of(archive: Archive, identifier: str) -> Statement | None:
    """The statement that has this identifier now, or that of one of its members."""
    return next(iter(archive.parts_of([archive.resolve(identifier)]).statements), None)


def member(archive: Archive, identifier: str) -> Found | None:
    """What an identifier means that is one of a member: of one telling of an event, of one article's entity.

    None where it is none, or that of an earlier link.
    """
    now = archive.resolve(identifier)
    if now == identifier:
        return None
    part = archive.parts_of([now])
    own: Callable[[Document], Iterator[str]]
    articles: Iterable[str]
    if part.events:
        own, articles = _tellings, (a.member.article for a in part.events[0].accounts)
    elif part.entities:
        own, articles = _members(part.entities[0]), (m.article for m in part.entities[0].members)
    else:
        return None
    if any(identifier in own(document) for document in archive.documents_of(dict.fromkeys(articles))):
        return found_in(part, now)
    return None


def _tellings(document: Document) -> Iterator[str]:
    return (mention.key(document.article.id) for mention in document.events)


def _members(entity: Entity) -> Callable[[Document], Iterator[str]]:
    local = {(m.article, m.local) for m in entity.members}

    def own(document: Document) -> Iterator[str]:
        return (i for one, i in member_ids(document).items() if (document.article.id, one) in local)

    return own
