"""From a page of identifiers to `Holdings` with what that page needs, read by keys.

Lists (`Archive.lines`, `claims`, `conflicts` …) say which identifiers a page has and how many there are; what is here
gives the wording code the same objects that `read_holdings` would, of entities, origins and stories only their names
and what is told in passing (`model.listing.Portion`). Counts of these come from the cards of lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from quellenlage.execution import claims as all_claims
from quellenlage.model import (
    Archive,
    Claim,
    DateInterval,
    Document,
    Evidence,
    Judgement,
    Linked,
    Member,
    Verdict,
    fold,
)
from quellenlage.model.listing import ArticleCard, ClaimQuestion, LineQuestion, Portion, Wanted
from quellenlage.views.discretion import shown_source
from quellenlage.views.doubting import open_doubts, wanted_members
from quellenlage.views.holdings import FRAGMENT, Citation, ClaimLine, Holdings, claim_line, spoken
from quellenlage.views.parts import parts_of

SHOWN = 50
"""Events and claims of an entity that are read where no others are asked for."""


def citation_of(card: ArticleCard) -> Citation:
    """How to cite an article of a list."""
    dated = card.earliest is not None and card.latest is not None
    return Citation(
        article=card.article,
        source=shown_source(card.source),
        outlet=card.outlet,
        headline=card.headline,
        published=DateInterval(card.earliest, card.latest) if dated and card.earliest and card.latest else None,
        open_end=card.open_end,
        dct_method=card.dct_method,
        agencies=card.agencies,
        url=card.url,
    )


def holdings_of_events(archive: Archive, events: Collection[str], *, whole: bool = False) -> Holdings:
    """Events with their lines, conflicts and all that these name; `citations` are those of what a list shows.

    With `whole`, as the page of one event needs them: all accounts cited, events that it is close to, copied passages,
    the sentences around numbers and sides of conflicts.
    """
    held = _held(archive.portion(Wanted(events=events, whole=whole)))
    return _with_sentences(archive, held) if whole else held


def holdings_of_conflicts(archive: Archive, conflicts: Collection[str]) -> Holdings:
    """Conflicts with their events (and what else is in conflict about these), and the sentences of their sides."""
    held = _held(archive.portion(Wanted(events=archive.events_of(conflicts))))
    return _with_sentences(archive, held)


def holdings_of_claims(archive: Archive, claims: Collection[str], *, events: Collection[str] = ()) -> Holdings:
    """Claims by their keys, in order of capture, with their statements; documents of these articles alone are read."""
    cards = archive.claims(ClaimQuestion(keys=tuple(claims)), limit=max(len(claims), 1)).items
    documents = tuple(archive.documents_of({card.article for card in cards}))
    return _claimed(archive, documents, frozenset(claims), Wanted(events=events, claims=claims))


def holdings_of_entity(
    archive: Archive, entity: str, *, events: Collection[str] | None = None, claims: Collection[str] | None = None
) -> Holdings:
    """An entity with some of its events and claims: those given, else the first ones in time.

    How many there are say `Archive.entities_by_id`, and the totals of `Archive.lines` and `Archive.claims`. Of one that
    very many articles name only some members are read; `forms` are counted for the entity itself. Members that doubts
    about it name are looked up, so that each side is told by its own words.
    """
    if events is None:
        shown = archive.lines(LineQuestion(entities=(entity,), all=True), limit=SHOWN, order="time")
        events = [line.event for line in shown.items]
    if claims is None:
        said = archive.claims(ClaimQuestion(voices=(entity,)), limit=SHOWN, order="time")
        claims = [card.key for card in said.items]
    cards = archive.claims(ClaimQuestion(keys=tuple(claims)), limit=max(len(claims), 1)).items if claims else ()
    documents = tuple(archive.documents_of({card.article for card in cards}))
    wanted = Wanted(events=events, entities=(entity,), claims=claims, doubts=True)
    held = _claimed(archive, documents, frozenset(claims), wanted)
    if entity in held.entities:
        doubted = wanted_members(held.doubts_of.get(entity, ()))
        held.parts.update(parts_of(archive, held.entities[entity], doubted))
    held.forms[entity] = Counter(archive.forms_of(entity))
    return held


def holdings_of_article(archive: Archive, article: str) -> Holdings:
    """An article with all its claims, the events that it tells, and what it took from others or they from it."""
    documents = tuple(archive.documents_of([article]))
    keys = frozenset(claim.key(d.article.id) for d in documents for claim in d.claims)
    members = frozenset(Member(d.article.id, e.id) for d in documents for e in d.entities)
    events = archive.events_in([article])
    wanted = Wanted(events=events, claims=keys, articles=[article], members=members, whole=True)
    return _with_sentences(archive, _claimed(archive, documents, keys, wanted))


def holdings_of_articles(archive: Archive, articles: Collection[str]) -> Holdings:
    """Citations and revisions of some articles."""
    return _held(archive.portion(Wanted(articles=articles)))


def _held(portion: Portion, doubts: Sequence[Judgement] = ()) -> Holdings:
    return Holdings(
        portion.linked,
        {card.article: citation_of(card) for card in portion.citations},
        [],
        dict(portion.triggers),
        {},
        open_doubts(portion.linked, doubts) if portion.doubts else (),
        {},
        {entity: Counter(forms) for entity, forms in portion.forms.items()},
    )


def _claimed(archive: Archive, documents: Sequence[Document], keys: frozenset[str], wanted: Wanted) -> Holdings:
    """What is wanted, and claims of these documents as people left them."""
    log = archive.decisions()
    thinned = [_with_claims(document, keys) for document in documents]
    speaking = {
        Member(document.article.id, local)
        for document in thinned
        for claim in document.claims
        for local in _named(claim)
    }
    corrected = {
        fold(j.value)
        for j in log
        if j.verdict is Verdict.CORRECT and j.field == "speaker" and j.value and j.subject in keys
    }
    # Who is corrected may be somebody whom the article names, and who is nobody's voice so far.
    speaking |= {
        Member(document.article.id, entity.id)
        for document in thinned
        for entity in document.entities
        if corrected and fold(entity.name) in corrected
    }
    articles = {*wanted.articles, *(document.article.id for document in documents)}
    members = {*wanted.members, *speaking}
    portion = archive.portion(replace(wanted, articles=articles, members=members, names=corrected))
    held = _held(portion, log)
    part = _Part(portion.linked, log, archive.suppressed(), thinned)
    lines = [claim_line(row) for row in all_claims(cast("Archive", part)) if row.key in keys]
    return _speaking(held, lines)


def _speaking(held: Holdings, lines: list[ClaimLine]) -> Holdings:
    return replace(held, linked=spoken(held.linked, lines), claims=lines)


def _with_claims(document: Document, keys: frozenset[str]) -> Document:
    """The document with these of its claims alone, and without events, which may rest on the others."""
    article = document.article.id
    return replace(document, claims=tuple(c for c in document.claims if c.key(article) in keys), events=())


def _named(claim: Claim) -> Iterable[str]:
    """Local entities that a claim names in any way."""
    yield from (local for link in claim.chain for local in link)
    yield from claim.told
    yield from (candidate.entity for candidate in claim.candidates)


@dataclass(frozen=True, slots=True)
class _Part:
    """A few documents with what they name, as the reading of claims asks an archive for them."""

    _linked: Linked
    _log: Sequence[Judgement]
    _suppressed: frozenset[str]
    _documents: Sequence[Document]

    def linked(self) -> Linked:
        return self._linked

    def judgements(self) -> list[Judgement]:
        return list(self._log)

    def suppressed(self) -> frozenset[str]:
        return self._suppressed

    def documents(self) -> Iterable[Document]:
        return self._documents


def _with_sentences(archive: Archive, held: Holdings) -> Holdings:
    """With the sentences around numbers and around what conflicts rest on, where the texts are still there."""
    quoted: list[Evidence] = [side.evidence for conflict in held.linked.conflicts for side in conflict.sides]
    quoted += [f.evidence for event in held.linked.events for a in event.accounts for f in a.figures]
    quoted += [d.evidence[0] for d in held.linked.entities if held.doubts_of.get(d.id) and d.evidence]
    places = {(one.article, one.start) for one in quoted if one.end - one.start <= FRAGMENT}
    held.sentences.update(archive.sentences_at(places))
    return held
