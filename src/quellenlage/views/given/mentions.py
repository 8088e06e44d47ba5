"""Given mentions and entities: as `annotate` prints them, or mentions within entities as people annotate them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from quellenlage.annotate.given import with_mentions
from quellenlage.annotate.mentions import STAGE
from quellenlage.coreference.lexicon import DEMONSTRATIVE, PERSONAL, POSSESSIVE, RELATIVE
from quellenlage.errors import Phrase
from quellenlage.model import Derived, Document, EntityKind, LocalEntity, Mention, Role, Span
from quellenlage.model.layers import MentionForm
from quellenlage.views.given.value import Value

_KINDS = tuple(str(kind) for kind in EntityKind)
_FORMS: tuple[MentionForm, ...] = get_args(MentionForm)
_LONGEST = 200
"""Longest mention of ours in code points; one that begins further before a place does not reach it."""
_DERIVED = ("derived", "part")
_PRONOUNS = frozenset({*PERSONAL, *DEMONSTRATIVE, *POSSESSIVE, *RELATIVE, "es", "man", "ich", "wir"})


@dataclass(slots=True)
class _Draft:
    """A mention before its kind, form and entity are settled."""

    at: Value
    span: Span
    id: str | None
    entity: str | None
    kind: str | None
    form: str | None
    score: float


@dataclass(slots=True)
class _Named:
    """An entity before its kind and name are settled."""

    at: Value | None
    id: str
    mentions: list[_Draft] = field(default_factory=list)


def given_mentions(document: Document, entry: Value) -> Document:
    """The document with the mentions, entities and derived words of an entry in place of ours.

    Raises:
        BadInput: something in the entry does not hold.
    """
    text = document.text
    drafts, entities = _drafts(entry, text)
    ours = _Ours(document)
    made = [_entity(one, text, ours) for one in entities]
    kinds = {e.id: e.kind for e in made}
    ids = fresh("m", [d.id for d in drafts])
    mentions = []
    for draft in drafts:
        kind = EntityKind(draft.kind) if draft.kind else kinds[draft.entity or ""]
        form = next((f for f in _FORMS if f == draft.form), None) or ours.form(draft.span)
        identifier = draft.id or next(ids)
        mentions.append(
            Mention(identifier, draft.span.start, draft.span.end, kind, form, draft.entity or "", draft.score)
        )
    return with_mentions(document, mentions, made, [_derived(one, text, kinds) for one in entry.get("derived").items()])


def fresh(letter: str, taken: Iterable[str | None]) -> Iterator[str]:
    """New identifiers with a letter, none of those that are taken."""
    used = set(taken)
    number = 0
    while True:
        number += 1
        if f"{letter}{number}" not in used:
            yield f"{letter}{number}"


def once(listed: Sequence[tuple[Value, str | None]]) -> None:
    """Make sure that no identifier is given twice."""
    seen: set[str] = set()
    for value, name in listed:
        if name is not None and name in seen:
            raise value.wrong(Phrase("{name} is given twice", name=name), Phrase("give each its own id"))
        seen |= {name} if name is not None else set()


def _drafts(entry: Value, text: str) -> tuple[list[_Draft], list[_Named]]:
    """All mentions, each with the entity that it belongs to, and all entities."""
    listed = entry.get("entities").items()
    once([(one.get("id"), one.get("id").name()) for one in listed])
    new = fresh("e", _names_in(entry, listed))
    named = {}
    for one in listed:
        identifier = one.get("id").name() or next(new)
        named[identifier] = _Named(one, identifier)
    drafts = _within(named, text) if any(one.has("mentions") for one in listed) else _beside(entry, text)
    if any(one.has("mentions") for one in listed) and entry.has("mentions"):
        raise entry.get("mentions").wrong(
            Phrase("mentions stand both here and within entities"), Phrase("give them in one of the two places")
        )
    if listed and not drafts and not entry.has("mentions") and not any(one.has("mentions") for one in listed):
        raise entry.get("entities").wrong(
            Phrase("entities without mentions"), Phrase("give mentions too, each with the id of its entity")
        )
    once([(d.at.get("id"), d.id) for d in drafts])
    for draft in drafts:
        if draft.entity is None:
            draft.entity = next(new)
        elif entry.has("entities") and draft.entity not in named:
            raise draft.at.get("entity").wrong(
                Phrase("there is no entity {name}", name=draft.entity),
                Phrase("give it among entities, or leave entities out"),
            )
        named.setdefault(draft.entity, _Named(None, draft.entity)).mentions.append(draft)
    return drafts, list(named.values())


def _names_in(entry: Value, entities: Sequence[Value]) -> list[str | None]:
    """Every identifier of an entity that the entry uses."""
    mentions = entry.get("mentions").items()
    return [*(one.get("id").name() for one in entities), *(one.get("entity").name() for one in mentions)]


def _beside(entry: Value, text: str) -> list[_Draft]:
    return [_draft(one, text, one.get("entity").name()) for one in entry.get("mentions").items()]


def _within(named: Mapping[str, _Named], text: str) -> list[_Draft]:
    found = [
        _draft(one, text, entity.id)
        for entity in named.values()
        if entity.at is not None
        for one in entity.at.get("mentions").items()
    ]
    return sorted(found, key=lambda d: d.span)


def _draft(at: Value, text: str, entity: str | None) -> _Draft:
    kind, form = at.get("kind"), at.get("form")
    at.fields()
    return _Draft(
        at=at,
        span=at.span(text),
        id=at.get("id").name(),
        entity=entity,
        kind=kind.choice(_KINDS, "") if kind.raw is not None else None,
        form=form.choice(_FORMS, "") if form.raw is not None else None,
        score=at.get("score").score(),
    )


def _entity(named: _Named, text: str, ours: _Ours) -> LocalEntity:
    """An entity with what its mentions tell where it says nothing itself: kind, name."""
    at = named.at
    kind = at.get("kind").choice((*_KINDS, ""), "") if at else ""
    kind = kind or next((d.kind for d in named.mentions if d.kind), None) or ours.kind(named.mentions)
    name = at.get("name").text() if at else ""
    if not name.strip():
        proper = [d for d in named.mentions if d.form in {"name", None}] or named.mentions
        name = max((" ".join(d.span.of(text).split()) for d in proper), key=len, default=named.id)
    roles = tuple(_roles(at, [d.span for d in named.mentions], text)) if at else ()
    reasons = tuple(one.text() for one in at.get("reasons").items()) if at else ()
    return LocalEntity(named.id, EntityKind(kind), name, roles, reasons=reasons)


def _roles(at: Value, mentions: Sequence[Span], text: str) -> Iterator[Role]:
    """Roles with their places: as given, else the nearest to a mention; words that the text lacks are left out."""
    places = [one.span(text) for one in at.get("role_spans").items()]
    for number, one in enumerate(at.get("roles").items()):
        if isinstance(one.raw, dict | list):
            span: Span | None = one.span(text)
        else:
            fitting = [place for place in (*places[number : number + 1], *places) if place.of(text) == one.text()]
            span = fitting[0] if fitting else _nearest(text, one.text(), mentions)
        if span is not None:
            yield Role(span.start, span.end, span.of(text))


def _nearest(text: str, words: str, mentions: Sequence[Span]) -> Span | None:
    """The occurrence of some words that is nearest to one of the mentions."""
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + len(words))
    return min(found, key=lambda s: min((abs(m.start - s.end) for m in mentions), default=s.start), default=None)


def _derived(at: Value, text: str, kinds: Mapping[str, Any]) -> Derived:
    span, entity = at.span(text), at.get("entity").name()
    if entity is not None and entity not in kinds:
        raise at.get("entity").wrong(
            Phrase("there is no entity {name}", name=entity), Phrase("give it among entities, or null here")
        )
    form = at.get("form").choice(_DERIVED, "derived")
    return Derived(
        span.start,
        span.end,
        "part" if form == "part" else "derived",
        at.get("base").text() or None,
        entity,
        at.get("score").score(),
    )


class _Ours:
    """Our own reading, looked up only for what was left open."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._mentions: list[Mention] | None = None
        self._starts: list[int] = []

    def kind(self, drafts: Sequence[_Draft]) -> str:
        """The kind that we would give to the first of these places that we would take for a mention."""
        found = (self._at(d.span) for d in drafts if d.span.of(self._document.text).lower() not in _PRONOUNS)
        return next((str(m.kind) for m in found if m is not None), str(EntityKind.MISC))

    def form(self, span: Span) -> MentionForm:
        """The form of a mention by its words."""
        if span.of(self._document.text).lower() in _PRONOUNS:
            return "pronoun"
        found = self._at(span)
        return found.form if found is not None and found.form != "pronoun" else "name"

    def _at(self, span: Span) -> Mention | None:
        if self._mentions is None:
            self._mentions = sorted(STAGE.run(self._document).mentions, key=lambda m: m.start)
            self._starts = [m.start for m in self._mentions]
        first, last = bisect_left(self._starts, span.start - _LONGEST), bisect_left(self._starts, span.end)
        over = [m for m in self._mentions[first:last] if m.span.overlaps(span)]
        return min(over, key=lambda m: abs(m.start - span.start) + abs(m.end - span.end), default=None)
