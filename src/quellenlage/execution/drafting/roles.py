"""Who does what in a sentence, by its dependency tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from quellenlage.execution.drafting.facts import Facts, Meant
from quellenlage.execution.drafting.stems import stem
from quellenlage.model import Document, Mention, Span, fold

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_APPENDED = frozenset({"appos", "flat", "flat:name"})
_LEAST_PART = 5
_GAP = 2
"""Code points between a noun and the name behind it."""

_RISING = frozenset({"conj", "xcomp"})
_OWN = frozenset({"nmod", "amod", "conj", "appos", "flat", "flat:name", "det:poss"})
"""What belongs to the noun before or behind which it stands, unless a preposition leads it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb: its word, whom it means across articles, whether the verb is in the passive voice.

    `named` says that a name or a word for somebody named stands there; `word` is the stem of its noun.
    """

    span: Span
    ids: frozenset[str]
    word: str
    passive: bool
    named: bool
    name: str

    def same(self, other: Subject) -> bool:
        """Whether both are one: across articles, or since the one's name is the last of the other's."""
        if not self.ids.isdisjoint(other.ids):
            return True
        short, long = sorted((self.name.split(), other.name.split()), key=len)
        if len(short) != 1:
            return False
        return any(word == short[0] or (len(short[0]) >= _LEAST_PART and word.endswith(short[0])) for word in long)


def subject_at(facts: Facts, at: int, meant: Meant) -> Subject | None:
    """The subject of the verb that begins at a place; None where the tree gives none."""
    found = subject_of(facts, token_at(facts, at))
    return None if found is None else _subject(facts, found, meant)


def acting_at(facts: Facts, at: int) -> Mapping[str, Span]:
    """Whom those who act are or belong to, and where ("Karveniens Soldaten", "der Abzug der karvenischen Truppen").

    Of a verb by its subject, of a noun by what belongs to it without a preposition; empty in the passive voice.
    """
    tokens, place = facts.document.tokens, token_at(facts, at)
    if place is None:
        return {}
    found = place if tokens[place].upos == "NOUN" else subject_of(facts, place)
    if found is None or tokens[found].deprel == "nsubj:pass":
        return {}
    held = held_by(facts, found)
    parts = [tokens[n].span for n in held]
    told = dict(chain(facts.names.items(), facts.spelled.items()))
    told = {one: span for one, span in told.items() if any(span.overlaps(part) for part in parts)}
    for derived in facts.document.derived:
        if any(derived.span.overlaps(part) for part in parts):
            told |= dict.fromkeys(facts.bearing(derived), derived.span)
    return told


def held_by(facts: Facts, place: int) -> set[int]:
    """The words of a noun that belong to it without a preposition, with itself."""
    tokens, inside = facts.document.tokens, facts.document.token_range(facts.span)
    led = {tokens[n].head for n in inside if tokens[n].deprel == "case"} - {place}
    held = {place}
    while more := {n for n in inside if n not in held | led and tokens[n].head in held and tokens[n].deprel in _OWN}:
        held |= more
    return held


def token_at(facts: Facts, at: int) -> int | None:
    """The word that covers a place of a sentence."""
    tokens = facts.document.tokens
    return next((n for n in facts.document.token_range(facts.span) if tokens[n].start <= at < tokens[n].end), None)


def belongs_at(facts: Facts, at: int) -> bool:
    """Whether the word at a place only says whose or where a noun is ("der Bericht der IBMO")."""
    place = token_at(facts, at)
    return place is not None and facts.document.tokens[place].deprel == "nmod"


def subject_of(facts: Facts, place: int | None) -> int | None:
    """The subject of a verb, of the one beside it or of the one that it depends on."""
    document = facts.document
    inside = document.token_range(facts.span)
    seen: set[int] = set()
    while place is not None and place not in seen:
        seen.add(place)
        found = next(
            (n for n in inside if document.tokens[n].head == place and document.tokens[n].deprel in _SUBJECTS), None
        )
        if found is not None:
            return found
        token = document.tokens[place]
        place = token.head if token.deprel in _RISING and token.head in inside else None
    return None


def _subject(facts: Facts, place: int, meant: Meant) -> Subject:
    document = facts.document
    token = document.tokens[place]
    over = [m for m in document.mentions if m.span.overlaps(token.span)]
    over.sort(key=lambda m: (m.form != "name", len(m.span)))
    mention: Mention | None = over[0] if over else None
    appended = _appended(document, place) if mention is None or mention.form != "name" else None
    mention = appended or mention
    ids = meant(mention.entity) if mention else frozenset()
    ids = ids or frozenset(one for one, span in facts.spelled.items() if span.overlaps(token.span))
    return Subject(
        span=mention.span if mention else token.span,
        ids=ids,
        word=stem(fold(token.lemma or token.of(document.text))),
        passive=token.deprel == "nsubj:pass",
        named=bool(ids),
        name=fold((mention.span if mention else token.span).of(document.text)),
    )


def _appended(document: Document, place: int) -> Mention | None:
    """The name behind a noun ("Regierungssprecher Marko Delibas", "der Chef der Volksfront, Hassan Ruweidi")."""
    end = document.tokens[place].end
    following = next((m for m in document.mentions if m.form == "name" and 0 < m.start - end <= _GAP), None)
    if following is not None:
        return following
    beside = [n for n, t in enumerate(document.tokens) if t.head == place and t.deprel in _APPENDED]
    spans = [document.tokens[n].span for n in beside]
    return next((m for m in document.mentions if m.form == "name" and any(m.span.overlaps(s) for s in spans)), None)
