"""Places as a sentence names them: in, from or to where, and without the words that only describe them.

"In den Hafen der karvenischen Stadt Miren" names Miren: a town, region or state before its name says what it is, and a
place of common name in front of it (the harbour) is a part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.execution.drafting.stems import stem
from quellenlage.model import Derived, Document, EntityKind, Mention, Span, Token, fold

PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_IN, _FROM, _TO = "in", "from", "to"
_WAYS = {
    **dict.fromkeys("in im bei beim am an vor".split(), _IN),
    "auf": "on",
    **dict.fromkeys("aus von vom".split(), _FROM),
    **dict.fromkeys("nach zum zur zu gen".split(), _TO),
}
_SORTS = tuple(
    "stadt staat land dorf gemeinde region gebiet provinz insel republik metropole kreis bezirk kanton".split()
)
"""Nouns, and ends of compounds, that say what a name is the name of."""

_SORT = "ort"

_NEAR = 40
"""Code points before a name within which its description is looked for."""

_ARTICLES = frozenset({"der", "des", "dem", "den", "die", "das"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the way in which a sentence names it ("in", "from", "to"; "of:mole" behind a noun)."""

    span: Span
    ids: frozenset[str]
    name: str
    way: str


def described(tokens: Sequence[Token], text: str, name: Span) -> Span:
    """A name with the words before it that only say what it is: "der karvenischen Stadt Miren", else itself."""
    before = [t for t in tokens if t.end <= name.start]
    if not before or name.start - before[-1].end > 1 or not _is_sort(before[-1], text):
        return name
    first = len(before) - 1
    while first > 0 and before[first - 1].upos == "ADJ":
        first -= 1
    if first > 0 and before[first - 1].of(text).casefold() in _ARTICLES:
        first -= 1
    return Span(before[first].start, name.end)


def described_by(document: Document, mention: Mention) -> list[Derived]:
    """The words made from names in what only says what a place is: "karvenischen" in "der karvenischen Stadt Miren"."""
    made = [one for one in document.derived if one.form == "derived" and 0 < mention.start - one.end <= _NEAR]
    if not made:
        return []
    span = described(
        [t for t in document.tokens if mention.start - 2 * _NEAR < t.start < mention.start], document.text, mention.span
    )
    return [one for one in made if span.contains(one.span)]


def way_of(document: Document, tokens: Sequence[Token], mention: Mention) -> str:
    """How a place is named: by the preposition before it, or before the place that it names the whole of.

    Articles, adjectives and what only describes it are passed over. Empty where none stands there, and where the place
    belongs to somebody ("die Bürgermeisterin von Miren").
    """
    span = described(tokens, document.text, mention.span)
    way = _way(document, tokens, span)
    if way or document.text[span.start : span.end].split(" ", 1)[0].casefold() not in {"der", "des"}:
        return way
    whole = next(
        (m for m in document.mentions if m.kind in PLACES and m.form != "name" and _just_before(m, span)), None
    )
    return _way(document, tokens, whole.span) if whole else ""


def _is_sort(token: Token, text: str) -> bool:
    noun = fold(token.lemma or token.of(text))
    return token.upos == "NOUN" and (noun == _SORT or noun.endswith(_SORTS))


def _just_before(mention: Mention, span: Span) -> bool:
    return 0 <= span.start - mention.end <= 1


def _way(document: Document, tokens: Sequence[Token], span: Span) -> str:
    before = [t for t in tokens if t.end <= span.start][-3:]
    for number, token in enumerate(reversed(before)):
        word = token.of(document.text).casefold()
        if word in _WAYS:
            behind = before[-number - 2] if number + 2 <= len(before) else None
            if word in {"von", "vom"} and behind is not None and behind.upos == "NOUN":
                if behind.deprel == "appos":
                    return ""
                if _is_thing(document, behind):
                    return f"of:{stem(fold(behind.lemma or behind.of(document.text)))}"
            return _WAYS[word]
        if token.upos not in {"DET", "ADJ"}:
            return ""
    return ""


def _is_thing(document: Document, noun: Token) -> bool:
    """Whether a noun before "von" can be a part of a place, rather than a day or somebody."""
    if any(t.span.overlaps(noun.span) for t in document.timexes):
        return False
    people = {EntityKind.PER, EntityKind.GRP}
    return not any(m.span.overlaps(noun.span) and m.kind in people for m in document.mentions)
