"""Mentions of an entity one by one, and the judgements that take some of them out of it within an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution.members import member_ids
from quellenlage.link.entities.parting import origin_of, part, parted_id, spans_value, value_spans
from quellenlage.model import (
    PARTED,
    Archive,
    Document,
    Entity,
    Evidence,
    Judgement,
    Member,
    Mention,
    Span,
    Verdict,
    evidence,
    make_judgement,
)
from quellenlage.names import name_key
from quellenlage.store import digest_as_received

_NUMBERS = re.compile(r"\d{1,5}(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention of an entity: which one of its article (`number`, from 1), of which member, in which sentence."""

    number: int
    member: Member
    identifier: str
    source: str
    mention: Mention
    quoted: Evidence
    sentence: Evidence


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which mentions of an entity leave it.

    `mentions` are numbers as `mentions_of` counts them, with the article where the entity has several ("a.txt:2,4-5");
    `within` are articles of which all mentions leave that are spelled as one of `spellings`.
    """

    mentions: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


def mentions_of(archive: Archive, entity: Entity) -> list[Placed]:
    """All mentions of an entity, article by article in order of capture, in each in order of the text."""
    result: list[Placed] = []
    for article in dict.fromkeys(m.article for m in entity.members):
        result += _placed(archive.document(article), entity)
    return result


def _placed(document: Document, entity: Entity) -> Iterator[Placed]:
    article, ids, digest = document.article, member_ids(document), digest_as_received(document)
    local = {m.local for m in entity.members if m.article == article.id}
    ordered = sorted((m for m in document.mentions if m.entity in local), key=lambda m: (m.start, m.end))
    for number, mention in enumerate(ordered, 1):
        around = document.sentence_at(mention.start)
        yield Placed(
            number,
            Member(article.id, mention.entity),
            ids[mention.entity],
            article.source,
            mention,
            evidence(article.id, document.text, mention.span, digest=digest),
            evidence(article.id, document.text, around.span if around else mention.span, digest=digest),
        )


def take_out(
    archive: Archive, entity: Entity, wish: Chosen, *, author: str, made_at: str, note: str = ""
) -> tuple[Judgement, ...]:
    """The judgements by which mentions leave their entity within their articles; nothing is written.

    What leaves in several articles is declared one.

    Raises:
        NotFound: no such mention, or no such article.
        BadInput: nothing, or a whole part, would leave; or the text of the article was deleted.
    """
    placed = mentions_of(archive, entity)
    chosen = [one for reference in wish.mentions for one in _numbered(archive, placed, reference)]
    for reference in wish.within:
        chosen += _spelled(archive, placed, reference, wish.spellings)
    spans: dict[Member, set[Span]] = {}
    for one in chosen:
        spans.setdefault(one.member, set()).add(one.mention.span)
    if not spans:
        raise BadInput(entity.name, "no mention of it is meant", remedy="entity --mentions numbers them")
    judgements = [
        make_judgement(
            Verdict.CORRECT,
            member.article,
            made_at=made_at,
            author=author,
            field=PARTED,
            value=_checked(archive, entity, member, taken),
            note=note,
        )
        for member, taken in spans.items()
    ]
    made = [parted_id(j.subject, value_spans(j.value or "")) for j in judgements]
    judgements += [
        make_judgement(Verdict.SAME, made[0], made_at=made_at, author=author, other=other, note=note)
        for other in made[1:]
    ]
    return tuple(judgements)


def parted_words(archive: Archive, judgement: Judgement) -> str:
    """What a judgement took apart: the words and the article; its places where the article is gone."""
    try:
        document = archive.document(judgement.subject)
    except NotFound:
        return judgement.value or ""
    places = sorted(value_spans(judgement.value or ""))
    found = (document.text[start:end] for start, end in places if end <= len(document.text))
    return f"{', '.join(dict.fromkeys(found))} ({document.article.source})"


def concerned(archive: Archive, judgement: Judgement) -> set[str]:
    """Identifiers of what a judgement took apart, on both sides, as its article has them now."""
    try:
        document = archive.document(judgement.subject)
    except NotFound:
        return set()
    ids, places = member_ids(document), value_spans(judgement.value or "")
    local = {m.entity for m in document.mentions if (m.start, m.end) in places}
    origins = {origin_of(document.entity(one)) for one in local}
    return {ids[e.id] for e in document.entities if e.id in ids and (e.id in local or e.id in origins)}


def _checked(archive: Archive, entity: Entity, member: Member, spans: set[Span]) -> str:
    document, value = archive.document(member.article), spans_value(spans)
    if document.article.capture not in archive.capture_ids():
        raise BadInput(document.article.source, "its text was deleted", remedy="use differ on two members")
    if part(document, [value]) is document:
        raise BadInput(
            entity.name,
            "all mentions of {article} would leave",
            remedy="use --out to take an article out",
            article=document.article.source,
        )
    return value


def _numbered(archive: Archive, placed: Sequence[Placed], reference: str) -> list[Placed]:
    article, _, numbers = reference.strip().rpartition(":")
    if not _NUMBERS.fullmatch(numbers):
        raise BadInput(reference, "no number of a mention", remedy="write ARTICLE:2 or ARTICLE:2,4-5")
    here = _of_article(archive, placed, article) if article else list(placed)
    if len({one.member.article for one in here}) > 1:
        raise BadInput(reference, "several articles name it", remedy="write ARTICLE:2 or ARTICLE:2,4-5")
    result: list[Placed] = []
    for piece in numbers.split(","):
        first, _, last = piece.partition("-")
        found = [one for one in here if int(first) <= one.number <= int(last or first)]
        if not found:
            raise NotFound("{reference}: no such mention", remedy="entity --mentions numbers them", reference=reference)
        result += found
    return result


def _spelled(archive: Archive, placed: Sequence[Placed], article: str, spellings: Sequence[str]) -> list[Placed]:
    wanted = {name_key(spelling) for spelling in spellings}
    found = [one for one in _of_article(archive, placed, article) if name_key(one.quoted.exact) in wanted]
    if not found:
        raise NotFound(
            "{reference}: no mention of it is spelled so there",
            remedy="entity --mentions shows them",
            reference=article,
        )
    return found


def _of_article(archive: Archive, placed: Sequence[Placed], reference: str) -> list[Placed]:
    article = archive.document(reference.strip()).article.id
    found = [one for one in placed if one.member.article == article]
    if not found:
        raise NotFound("{reference}: no part of this entity", remedy="entity shows its articles", reference=reference)
    return found
