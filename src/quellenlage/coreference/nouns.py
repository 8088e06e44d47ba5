"""Nouns that no rule of the names bound: which of them mean somebody or something named before.

Examples are too few to learn this choice (42 of 417 nouns in 150 articles read): a ranker's answers were right half the
time. These rules ask for more than one sign at once; on the same articles 15 of their 19 answers were right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quellenlage.coreference.anaphors import Anaphor, noun_at
from quellenlage.coreference.discourse import INDEFINITE, Discourse
from quellenlage.coreference.features import Context, candidates
from quellenlage.coreference.lexicon import Noun, seldom_named
from quellenlage.coreference.ranker import Candidate
from quellenlage.model.document import Document
from quellenlage.model.layers import EntityKind, Mention

_KINDS = frozenset({EntityKind.GRP, EntityKind.ORG})
_SENSES = frozenset({"company", "club"})
"""Bodies that papers name once and then call by what they are; "die Regierung", "das Gericht" mostly stand alone."""
_TURNING = frozenset({"zum", "zur", "als"})
_COMING = ("designiert", "künftig", "gewählt")
_PAST = ("früher", "ehemalig", "einstig", "damalig", "vormalig", "ex-", "alt")
_NEAR = 4
"""Sentences back to the last mention of a body that is called by what it is."""
_NEXT = 2
"""The same for a person."""


def unbound(document: Document) -> Iterator[Mention]:
    """Noun mentions, in order, of people and bodies that are never named and were not brought in by "ein"."""
    mentions: dict[str, list[Mention]] = {}
    for mention in sorted(document.mentions, key=lambda m: (m.start, m.end)):
        mentions.setdefault(mention.entity, []).append(mention)
    for entity in document.entities:
        listed = mentions.get(entity.id, [])
        if entity.kind not in _KINDS or not listed or any(m.form == "name" for m in listed):
            continue
        before = document.text[max(0, listed[0].start - 12) : listed[0].start].split()
        if not before or before[-1].lower() not in INDEFINITE:
            yield from listed


def bindings(document: Document) -> dict[str, str]:
    """Mentions (by id) to the named entity that they mean; what is unsure is left out."""
    discourse = Discourse(document)
    bound: dict[str, str] = {}
    follows: dict[str, str] = {}
    for mention in sorted(unbound(document), key=lambda m: (m.start, m.end)):
        meant = follows.get(mention.entity)
        if meant is None:
            anaphor = noun_at(discourse, mention.span)
            meant = None if anaphor is None else named_by(anaphor, candidates(discourse, anaphor, Context()))
            if meant is not None and (_becoming(document, mention) or _former(document, mention, meant)):
                meant = None
        if meant is not None:
            bound[mention.id] = follows[mention.entity] = meant
    return bound


def _becoming(document: Document, mention: Mention) -> bool:
    """Whether an office is told of as one to come: "der designierte Kanzler", "wurde zum Kanzler gewählt"."""
    before = document.text[max(0, mention.start - 12) : mention.start].lower().split()
    words = [*before[-1:], *document.text[mention.start : mention.end].lower().split()]
    return words[0] in _TURNING or any(word.startswith(_COMING) for word in words)


def _former(document: Document, mention: Mention, entity: str) -> bool:
    """Whether the one meant is called a former holder of the very office."""
    noun = document.text[mention.start : mention.end].split()[-1].lower()
    roles = (role.text.lower() for role in document.entity(entity).roles)
    return any(noun in role and any(word.startswith(_PAST) for word in role.split()) for role in roles)


def named_by(anaphor: Anaphor, listed: Sequence[Candidate]) -> str | None:
    """Whom a noun with a definite article means, if several signs agree; candidates come nearest first."""
    if anaphor.extended or anaphor.noun is None or not listed:
        return None
    find = _person if anaphor.noun.kind is EntityKind.PER else _body
    chosen = find(anaphor, anaphor.noun, listed)
    return None if chosen is None else chosen.entity


def _has(candidate: Candidate, *names: str) -> bool:
    return any(candidate.features.get(f"noun:{name}", 0.0) > 0 for name in names)


def _within(candidate: Candidate, sentences: int) -> bool:
    return _has(candidate, *(f"sentences={n}" for n in range(sentences + 1)))


def _person(anaphor: Anaphor, means: Noun, listed: Sequence[Candidate]) -> Candidate | None:
    """The one who holds the office; else whom the article is about, if named just before and of the same gender."""
    if means.lemma.lower().endswith(tuple(seldom_named())):
        return None
    holders = [c for c in listed if _has(c, "office", "same-office", "part-of-office")]
    if holders:
        return holders[0] if len(holders) == 1 else None
    nearest = listed[0]
    fits = _has(nearest, "agrees") and not _has(nearest, "other-office") and _within(nearest, _NEXT)
    return nearest if fits and _has(nearest, "topic", "most-frequent") else None


def _body(anaphor: Anaphor, means: Noun, listed: Sequence[Candidate]) -> Candidate | None:
    """A company or club by what it is: the only one said to be that, else the nearest if the article is about it."""
    if means.sense not in _SENSES or anaphor.modified or "-" in anaphor.head:
        return None
    possible = [c for c in listed if not _has(c, "other-sense")]
    same = [c for c in possible if _has(c, "same-sense")]
    if len(same) == 1:
        return same[0]
    nearest = possible[0] if possible else None
    if nearest is None or not _within(nearest, _NEAR):
        return None
    return nearest if _has(nearest, "topic", "most-frequent") else None
