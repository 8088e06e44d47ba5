"""One article with all that an archive holds about it: its layers, where they stand across articles, its versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quellenlage.errors import NotFound
from quellenlage.execution import apply_judgements
from quellenlage.execution.reading import corrected_speakers
from quellenlage.link.entities.making import tells_suppressed
from quellenlage.model import (
    FORGOTTEN,
    Archive,
    Capture,
    Document,
    Member,
    Reuse,
    Revision,
    fold,
    in_force,
    text_digest,
)
from quellenlage.model.listing import StoryCard, Wanted
from quellenlage.model.ports import Placed
from quellenlage.views.holdings import ClaimLine, Holdings, cite
from quellenlage.views.shelves import citation_of, holdings_of_claims

MOST = 40
"""Articles that share text with one, or versions of it, that are shown; there may be hundreds of reprints."""


@dataclass(frozen=True, slots=True)
class Held:
    """An article as people left it, and what is known across articles of what it names.

    `capture` is None where what was received is deleted. `hidden` are local entities whose names were deleted on
    request. `others` are the documents of other versions, `corrected` claims, by key, whose speaker a person corrected.
    """

    document: Document
    capture: Capture | None
    placed: Placed
    holdings: Holdings
    stories: tuple[StoryCard, ...]
    hidden: frozenset[str]
    revisions: tuple[Revision, ...]
    others: dict[str, Document]
    corrected: dict[str, ClaimLine]

    @property
    def id(self) -> str:
        """Identifier of the article."""
        return self.document.article.id

    def entity(self, local: str) -> str:
        """Identifier across articles of what a local entity is; empty where nothing is."""
        known = self.placed.entity_of.get(Member(self.id, local), "")
        if known or not self.corrected:
            return known
        # Somebody whom a person named and the article does not, by the name.
        named = fold(self.document.entity(local).name)
        return next((one.id for one in self.holdings.entities.values() if fold(one.name) == named), "")

    def event(self, local: str) -> str:
        """The same of an event."""
        return self.placed.event_of.get(Member(self.id, local), "")


def find(archive: Archive, identifier: str) -> Document:
    """An article by identifier, else as `Archive.document` finds it, without its tokens. Raises NotFound."""
    known = next(iter(archive.documents_of([identifier])), None)
    return known or archive.document(identifier)


def hold(archive: Archive, document: Document) -> Held:
    """Gather what belongs to an article."""
    article = document.article.id
    corrected: dict[str, ClaimLine] = {}
    if judgements := in_force(archive.judgements()):
        document = apply_judgements(document, judgements)
        given = corrected_speakers(judgements)
        keys = [key for claim in document.claims if (key := claim.key(article)) in given]
        lines = holdings_of_claims(archive, keys).claims if keys else []
        corrected = {line.key: line for line in lines if line.corrected}
    placed = archive.placed([article])
    members = [Member(article, entity.id) for entity in document.entities]
    names = {fold(line.corrected.value) for line in corrected.values() if line.corrected}
    wanted = Wanted(events=set(placed.event_of.values()), articles=[article], members=members, names=names)
    portion = archive.portion(wanted)
    revisions = tuple(r for r in portion.linked.revisions if article in (r.article, r.earlier))[:MOST]
    reuses = _nearest(archive, article)
    versions = {one for r in revisions for one in (r.article, r.earlier) if one and one != article}
    related = {one for r in reuses for one in (r.article, r.earlier)} | versions
    cards = {card.article: card for card in (*portion.citations, *archive.citations(related))}
    citations = {one: citation_of(card) for one, card in cards.items()}
    return Held(
        document=document,
        capture=_capture(archive, document),
        placed=placed,
        holdings=Holdings(replace(portion.linked, reuses=reuses), {**citations, article: cite(document)}),
        stories=_stories(archive, placed, article),
        hidden=frozenset(names_deleted(document, archive.suppressed())),
        revisions=revisions,
        others={one.article.id: one for one in archive.documents_of(versions)},
        corrected=corrected,
    )


def _capture(archive: Archive, document: Document) -> Capture | None:
    try:
        return archive.capture(document.article.capture)
    except NotFound:
        return None


def _stories(archive: Archive, placed: Placed, article: str) -> tuple[StoryCard, ...]:
    found = archive.stories_by_id(placed.stories_of.get(article, ()))
    return tuple(found.values())


def _nearest(archive: Archive, article: str) -> tuple[Reuse, ...]:
    """What it takes most from, and the first that take from it."""
    found = archive.reuses_of([article])
    takes = sorted((r for r in found if r.article == article), key=lambda r: -r.share)[:MOST]
    taken = [r for r in found if r.earlier == article][:MOST]
    return (*takes, *taken)


def names_deleted(document: Document, suppressed: frozenset[str]) -> Iterator[str]:
    """Local entities whose names were deleted on request."""
    for entity in document.entities:
        name = entity.name
        if name == FORGOTTEN or tells_suppressed(name, suppressed) or text_digest(fold(name)) in suppressed:
            yield entity.id
