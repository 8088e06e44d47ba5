"""Delete on request: an article, a person's record, texts past their retention; then link what is left."""

from __future__ import annotations

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution.build import relink
from quellenlage.execution.lookup import find_person
from quellenlage.execution.parting import concerned
from quellenlage.execution.ports import Clock, PipelineLike, Progress
from quellenlage.execution.watching.letters import withdraw_beside
from quellenlage.model import PARTED, Archive, DateInterval, Entity, EntityKind, Forgotten, Linked, fold
from quellenlage.model.ledger import Deed
from quellenlage.model.listing import ArticleQuestion
from quellenlage.model.ports import TextsDue
from quellenlage.names.keys import last_names

_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP})
_OUTLETS = 100_000
_ONLY_BEARER = "only-bearer"
"""Reason of a doubt whether a bare surname means the one person known to bear it."""


def forget_article(
    archive: Archive,
    reference: str,
    *,
    clock: Clock,
    deed: Deed | None = None,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> Forgotten:
    """Delete an article with its capture and everything that rests on it alone; `deed` is for the log.

    Raises:
        NotFound: no article goes by this identifier, beginning of one, or file name.
    """
    forgotten = archive.forget_article(reference, deed or Deed(clock()))
    relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    return withdraw_beside(archive, forgotten)


def forget_person(
    archive: Archive,
    reference: str,
    *,
    clock: Clock,
    deed: Deed | None = None,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> Forgotten:
    """Delete a person's record and keep it from coming back: of the names, only digests stay.

    With it go the entries of lists that the person was taken for, and surnames that nobody else known can bear.
    Articles keep their texts, in which the name may still stand; delete those by article or by retention.

    Raises:
        NotFound: nobody, or more than one person, goes by this name.
    """
    entity = find_person(archive, reference)
    names = names_of(archive, entity)
    before = archive.counts()["entities"]
    about = judged_about(archive, entity)
    # Bodies have no surname: of a group every word would be a common one.
    last = {word for name in names for word in last_names(name)} if entity.kind is EntityKind.PER else set()
    folded = sorted({fold(name) for name in names if fold(name)})
    archive.suppress(folded, about, deed or Deed(clock()), sorted(last))
    relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    gone = max(1, before - archive.counts()["entities"])
    return withdraw_beside(archive, Forgotten(entities=gone, spellings=len(folded)))


def names_of(archive: Archive, entity: Entity) -> set[str]:
    """Every name that a person goes by: of the record, of the articles, of the entries of lists."""
    names = {entity.name, *entity.spellings}
    local = {(m.article, m.local) for m in entity.members}
    for article in sorted({article for article, _ in local}):
        document = archive.document(article)
        names |= {e.name for e in document.entities if (article, e.id) in local}
    return names | _listed_names(archive, entity) | _bare_names(archive.linked(), entity)


def judged_about(archive: Archive, entity: Entity) -> list[str]:
    """Identifiers of the judgements about a person, also of those that no longer count."""
    found = []
    for judgement in archive.judgements():
        sides = {archive.resolve(i) for i in (judgement.subject, judgement.other) if i}
        if judgement.field == PARTED:
            sides |= concerned(archive, judgement)
        if entity.id in sides:
            found.append(judgement.id)
    return found


def _listed_names(archive: Archive, entity: Entity) -> set[str]:
    """Full names, in whatever spelling, of the entries of lists that a person was taken for."""
    from quellenlage.link.entities.making import is_full_name  # the stage behind it is large

    accepted = [m.reference for m in archive.linked().references if m.entity == entity.id and m.accepted]
    return {name for entry in archive.by_ids(accepted) for name in entry.names if is_full_name(name)}


def _bare_names(linked: Linked, entity: Entity) -> set[str]:
    """Names of what may be the person since nobody else known bears the surname: it would be all that is left."""
    people = {e.id: e for e in linked.entities if e.kind in _PEOPLE}
    found: set[str] = set()
    for doubt in linked.doubts:
        sides = [linked.aliases.get(i, i) for i in (doubt.one, doubt.other)]
        if doubt.merged or entity.id not in sides or _ONLY_BEARER not in doubt.reasons:
            continue
        other = people.get(sides[sides[0] == entity.id])
        found |= {other.name, *other.spellings} if other else set()
    return found


def forget_texts(  # noqa: PLR0913 - which texts, on whose word, and how it is done
    archive: Archive,
    *,
    before: str | None = None,
    outlet: str | None = None,
    clock: Clock,
    deed: Deed | None = None,
    progress: Progress | None = None,
    pipeline: PipelineLike | None = None,
) -> Forgotten:
    """Delete texts and bytes captured before a day (ISO; a month or year means its first day), or all.

    With an `outlet` only those of its articles.

    Raises:
        BadInput: `before` is no date.
        NotFound: there is no article of this outlet.
    """
    if before is not None:
        try:
            before = DateInterval.parse(before).earliest.isoformat()
        except ValueError as error:
            raise BadInput(before, "no date", remedy="write 2015, 2015-09 or 2015-09-18") from error
    if outlet is not None and not has_outlet(archive, outlet):
        raise NotFound(
            "{reference}: no article is of this outlet",
            remedy="quellenlage sources shows the outlets",
            reference=outlet,
        )
    forgotten = archive.forget_texts(due=TextsDue(before, outlet), deed=deed or Deed(clock()))
    if not forgotten.texts:
        return forgotten
    relink(archive, progress=progress, clock=clock, pipeline=pipeline)
    return withdraw_beside(archive, forgotten)


def has_outlet(archive: Archive, name: str) -> bool:
    """Whether an article is of this outlet, however it is spelled in capitals and accents."""
    known = archive.facets(ArticleQuestion(), "outlet", limit=_OUTLETS).values
    return any(fold(one.value) == fold(name) for one in known)
