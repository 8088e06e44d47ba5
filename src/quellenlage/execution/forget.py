"""Delete on request: an article, a person's record, texts past their retention; then link what is left."""

from __future__ import annotations

from quellenlage.errors import BadInput, NotFound, Phrase
from quellenlage.execution.build import relink
from quellenlage.execution.lookup import Target, find, find_entity
from quellenlage.execution.ports import Clock, PipelineLike, Progress
from quellenlage.model import Archive, DateInterval, Entity, EntityKind, Forgotten, fold

_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP})


def forget_article(
    archive: Archive,
    reference: str,
    *,
    clock: Clock,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> Forgotten:
    """Delete an article with its capture and everything that rests on it alone.

    Raises:
        NotFound: no article goes by this identifier, beginning of one, or file name.
    """
    forgotten = archive.forget_article(reference)
    relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    return forgotten


def forget_person(
    archive: Archive,
    reference: str,
    *,
    clock: Clock,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> Forgotten:
    """Delete a person's record and keep it from coming back: of the names, only digests stay.

    Articles keep their texts, in which the name may still stand; delete those by article or by retention.

    Raises:
        NotFound: nobody, or more than one person, goes by this name.
    """
    entity = _person(archive, reference)
    names = {entity.name, *entity.spellings}
    local = {(m.article, m.local) for m in entity.members}
    for article in sorted({article for article, _ in local}):
        document = archive.document(article)
        names |= {e.name for e in document.entities if (article, e.id) in local}
    before = archive.counts()["entities"]
    archive.suppress(sorted({fold(name) for name in names if fold(name)}))
    relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    return Forgotten(entities=max(1, before - archive.counts()["entities"]))


def forget_texts(
    archive: Archive,
    *,
    before: str | None = None,
    clock: Clock,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> Forgotten:
    """Delete texts and bytes captured before a day (ISO; a month or year means its first day), or all.

    Raises:
        BadInput: `before` is no date.
    """
    if before is not None:
        try:
            before = DateInterval.parse(before).earliest.isoformat()
        except ValueError as error:
            raise BadInput(before, "no date", remedy="write 2015, 2015-09 or 2015-09-18") from error
    forgotten = archive.forget_texts(before=before)
    if forgotten.texts:
        relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    return forgotten


def _person(archive: Archive, reference: str) -> Entity:
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
