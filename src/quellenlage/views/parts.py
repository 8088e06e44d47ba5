"""The members of an entity by their identifiers: where each is first named, in which article."""

from __future__ import annotations

from collections.abc import Collection

from quellenlage.execution import member_ids
from quellenlage.model import Archive, Entity, Member, evidence
from quellenlage.store import digest_as_received
from quellenlage.views.doubting import Part

MOST = 200
"""Articles that are read for the members of one entity at most."""


def parts_of(archive: Archive, entity: Entity, wanted: Collection[str]) -> dict[str, Part]:
    """Members by their identifiers; those that are not found are left out, and the entity stands for them."""
    found: dict[str, Part] = {}
    articles = list(dict.fromkeys(member.article for member in entity.members))[:MOST]
    for document in archive.documents_of(articles) if wanted else ():
        article = document.article.id
        for local, identifier in member_ids(document).items():
            if identifier in wanted:
                first = min((m.span for m in document.mentions if m.entity == local), key=lambda span: span.start)
                quoted = evidence(article, document.text, first, digest=digest_as_received(document))
                found[identifier] = Part(Member(article, local), document.entity(local).name, quoted)
        if len(found) == len(wanted):
            break
    return found
