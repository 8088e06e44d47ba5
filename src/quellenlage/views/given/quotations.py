"""Given quotations: only the words quoted are needed, everything else is filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import get_args

from quellenlage.annotate.given import GivenQuotation, with_quotations
from quellenlage.errors import Phrase
from quellenlage.model import Candidate, Document, Quotation, QuotationType, Span
from quellenlage.model.layers import Medium
from quellenlage.views.given.mentions import fresh, once
from quellenlage.views.given.value import Value

_TYPES = tuple(str(one) for one in QuotationType)
_MEDIA: tuple[Medium, ...] = get_args(Medium)
_OPENING = frozenset('„“»«"‚›‹')
_NO_WORDS = Phrase("quote is a list of places [[start, end], …]; every quotation needs one")


def given_quotations(document: Document, entry: Value, *, named: bool) -> Document:
    """The document with the quotations of an entry in place of ours.

    `named` says that the entry gives entities too, without which identifiers of speakers mean nothing.

    Raises:
        BadInput: something in the entry does not hold.
    """
    listed = entry.get("quotations").items()
    names = [one.get("id").name() for one in listed]
    once([(one.get("id"), name) for one, name in zip(listed, names, strict=True)])
    used = {name for name in names if name is not None}
    numbered = [
        name or (f"q{n}" if f"q{n}" not in used else None) for n, name in enumerate(names, start=1)
    ]  # as they stand in the file, so that both can be compared
    new = fresh("q", numbered)
    ids = [name or next(new) for name in numbered]
    entities = {e.id for e in document.entities} if named else frozenset[str]()
    made = [_quotation(one, name, document.text, entities) for one, name in zip(listed, ids, strict=True)]
    _check_parents(listed, made)
    return with_quotations(document, made)


def _quotation(at: Value, identifier: str, text: str, entities: Collection[str]) -> GivenQuotation:
    quote = at.get("quote").spans(text)
    if not quote:
        raise at.get("quote").wrong(Phrase("a quotation without words"), _NO_WORDS)
    speakers, medium = at.get("speaker_entities"), at.get("medium").choice(_MEDIA, "speech")
    quotation = Quotation(
        id=identifier,
        type=_type(at.get("type"), quote[0], text),
        medium=next(one for one in _MEDIA if one == medium),
        quote=quote,
        cue=at.get("cue").spans(text),
        speaker=at.get("speaker").spans(text),
        addressee=at.get("addressee").spans(text),
        frame=at.get("frame").spans(text),
        speaker_entities=tuple(dict.fromkeys(_entity(one, entities) for one in speakers.items())),
        parent=at.get("parent").name(),
        score=at.get("score").score(),
        reasons=tuple(one.text() for one in at.get("reasons").items()),
        candidates=tuple(
            Candidate(_entity(one.get("entity"), entities), one.get("score").score())
            for one in at.get("candidates").items()
        ),
    )
    return GivenQuotation(
        quotation,
        resolved=speakers.raw is not None,
        nested=at.has("parent"),
        explained=at.get("reasons").raw is not None,
    )


def _type(at: Value, first: Span, text: str) -> QuotationType:
    """The type as given, "FreeIndirect" or "free_indirect"; else direct where a quotation mark opens the words."""
    if at.raw is None:
        marked = text[first.start] in _OPENING or text[max(0, first.start - 1) : first.start] in _OPENING
        return QuotationType.DIRECT if marked else QuotationType.INDIRECT
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", at.text()).lower()
    return QuotationType(word if word in _TYPES else at.choice(_TYPES, ""))


def _entity(at: Value, entities: Collection[str]) -> str:
    name = at.name()
    if name is None or name not in entities:
        raise at.wrong(
            Phrase("there is no entity {name} in this entry", name=at.shown),
            Phrase("give mentions and entities with it, or leave this out so that the words for the speaker decide"),
        )
    return name


def _check_parents(listed: list[Value], made: list[GivenQuotation]) -> None:
    """Make sure that parents are there and that no quotation stands within itself."""
    parents: Mapping[str, str | None] = {g.quotation.id: g.quotation.parent for g in made}
    for at, given in zip(listed, made, strict=True):
        parent = given.quotation.parent
        if parent is not None and parent not in parents:
            raise at.get("parent").wrong(
                Phrase("there is no quotation {name}", name=parent),
                Phrase("give the id of a quotation of this entry, or null"),
            )
        seen: set[str] = set()
        up: str | None = given.quotation.id
        while up is not None and up not in seen:
            seen.add(up)
            up = parents.get(up)
        if up is not None:
            raise at.get("parent").wrong(
                Phrase("the quotation stands within itself"), Phrase("give null for the outermost quotation")
            )
