"""What people took apart within one article: some mentions leave their entity and are another one from then on.

The articles of a newspaper call father and son alike, and a stage may take them for one. A judgement names the mentions
that leave by their places in the text, which never change. It is applied to the mentions before any later stage reads
them, so that speakers, places and events follow by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from quellenlage.link.entities.profile import KEPT, potential_id
from quellenlage.model import Document, LocalEntity, Mention, Role, Span, content_id, fold

PARTED_FROM = "parted-from:"
"""Reason of an entity that a person took out of the one whose local identifier follows."""
BY_JUDGEMENT = "judgement:parted"

_VALUE = re.compile(r"\d{1,9}:\d{1,9}(?:,\d{1,9}:\d{1,9})*")


def spans_value(spans: Iterable[Span]) -> str:
    """Places of mentions as a judgement keeps them: "10:16,80:86"."""
    return ",".join(f"{start}:{end}" for start, end in sorted({(span.start, span.end) for span in spans}))


def value_spans(value: str) -> frozenset[tuple[int, int]]:
    """Places of mentions (start and end) that a judgement keeps; none where its value is no such list."""
    if not _VALUE.fullmatch(value):
        return frozenset()
    pairs = (part.split(":") for part in value.split(","))
    return frozenset((int(start), int(end)) for start, end in pairs)


def parted_id(article: str, spans: Iterable[tuple[int, int]]) -> str:
    """Identifier of the entity that mentions at these places become when they are taken out of theirs."""
    return content_id("ent", article, "parted", *(f"{start}:{end}" for start, end in sorted(set(spans))))


def part(document: Document, values: Sequence[str]) -> Document:
    """The document with the mentions of each value, in order of time, as an entity of their own.

    A value has no effect where its mentions are not, or no longer, some but not all of one entity.
    """
    for value in values:
        document = _parted(document, value_spans(value))
    return document


def parted_pairs(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Identifiers of entities that people took apart within an article: no two that were once one are one again."""
    pairs: list[tuple[str, str]] = []
    for document in documents:
        roots = {_root(e) for e in document.entities if _is_parted(e)}
        if not roots:
            continue
        first: dict[str, int] = {}
        for mention in document.mentions:
            first.setdefault(mention.entity, mention.start)
        for root in sorted(roots):
            family = [e for e in document.entities if e.id in first and (e.id == root or _root(e) == root)]
            pairs += combinations([potential_id(document.article.id, e, first[e.id]) for e in family], 2)
    return pairs


def origin_of(entity: LocalEntity) -> str:
    """Local identifier of the entity that this one was taken out of by people; its own where it was not."""
    return _root(entity) if _is_parted(entity) else entity.id


def _is_parted(entity: LocalEntity) -> bool:
    return any(reason.startswith(PARTED_FROM) for reason in entity.reasons)


def _root(entity: LocalEntity) -> str:
    """What it was taken out of in the first place: what leaves an entity that left one has the same origin."""
    return next((r.removeprefix(PARTED_FROM) for r in entity.reasons if r.startswith(PARTED_FROM)), "")


def _parted(document: Document, spans: frozenset[tuple[int, int]]) -> Document:
    leaving = [m for m in document.mentions if (m.start, m.end) in spans]
    sources = {m.entity for m in leaving}
    if len(sources) != 1:
        return document
    source = document.entity(sources.pop())
    staying = [m for m in document.mentions if m.entity == source.id and (m.start, m.end) not in spans]
    if not staying:
        return document
    new, rest = _two(document, source, leaving, staying, spans)
    gone = {m.id for m in leaving}
    entities: list[LocalEntity] = []
    for entity in document.entities:
        entities += (rest, new) if entity.id == source.id else (entity,)
    words = set(fold(new.name).split()) - set(fold(rest.name).split())
    return replace(
        document,
        entities=tuple(entities),
        mentions=tuple(replace(m, entity=new.id) if m.id in gone else m for m in document.mentions),
        derived=tuple(
            replace(d, entity=new.id) if d.entity == source.id and d.base and fold(d.base) in words else d
            for d in document.derived
        ),
    )


def _two(
    document: Document,
    source: LocalEntity,
    leaving: Sequence[Mention],
    staying: Sequence[Mention],
    spans: frozenset[tuple[int, int]],
) -> tuple[LocalEntity, LocalEntity]:
    """The entity of the mentions that leave, and what is left of that they leave, which keeps its identifiers."""
    article = document.article.id
    first = next(m for m in document.mentions if m.entity == source.id)
    known = potential_id(article, source, first.start)
    taken, kept = _roles(source, leaving, staying)
    new = LocalEntity(
        f"{source.id}.{leaving[0].start}",
        Counter(m.kind for m in leaving).most_common(1)[0][0],
        _name(document, source, leaving, staying, keeps=False),
        taken,
        source.score,
        (BY_JUDGEMENT, PARTED_FROM + origin_of(source), KEPT + parted_id(article, spans)),
    )
    rest = replace(source, name=_name(document, source, staying, leaving, keeps=True), roles=kept)
    if potential_id(article, rest, staying[0].start) != known:
        rest = replace(rest, reasons=(*rest.reasons, KEPT + known))
    return new, rest


def _roles(
    source: LocalEntity, leaving: Sequence[Mention], staying: Sequence[Mention]
) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """Offices that go with the mentions that leave, and those that stay: each with the mention next to it."""

    def far(role: Role, mentions: Sequence[Mention]) -> int:
        return min(max(m.start - role.end, role.start - m.end, 0) for m in mentions)

    taken = tuple(role for role in source.roles if far(role, leaving) < far(role, staying))
    return taken, tuple(role for role in source.roles if role not in taken)


def _name(
    document: Document, source: LocalEntity, own: Sequence[Mention], others: Sequence[Mention], *, keeps: bool
) -> str:
    """The name of one part: that of the whole where it is called so; else its own fullest form.

    Where neither part is, that which stays `keeps` the name.
    """
    forms, foreign = (_forms(document, mentions) for mentions in (own, others))
    bears, others_bear = (any(_is_form(form, source.name) for form in listed) for listed in (forms, foreign))
    if bears or (keeps and not others_bear):
        return source.name
    if not forms:
        return max((m.span.of(document.text) for m in own), key=len)
    return max(forms, key=lambda form: (len(form.split()), len(form), form))


def _forms(document: Document, mentions: Sequence[Mention]) -> list[str]:
    """The names among mentions, without the ending of a genitive where the article has the name without it."""
    here = {m.span.of(document.text) for m in document.mentions if m.form == "name"}
    found = (m.span.of(document.text) for m in mentions if m.form == "name")
    return list(dict.fromkeys(form[:-1] if form.endswith("s") and form[:-1] in here else form for form in found))


def _is_form(form: str, name: str) -> bool:
    return fold(form) in {fold(name), fold(name) + "s"}
