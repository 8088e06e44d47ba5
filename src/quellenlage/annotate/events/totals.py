"""What a bare number counts where the noun stands before it: "die Zahl der Toten stieg auf fünf"."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.annotate.events.words import Word

_TOTALS = frozenset({"zahl", "anzahl", "gesamtzahl"})
"""Nouns that say of which things a number follows, in the genitive or after "von"."""

_COMPOUNDS = {"totenzahl": "Tote", "todeszahl": "Tote", "opferzahl": "Opfer", "verletztenzahl": "Verletzte"}
"""The same in one word, by what is counted."""

_INTO = frozenset({"auf", "bei", "mit", ":"})
"""What stands between the noun and its number, beside verbs."""

_VERBS = frozenset({"betragen", "erreichen", "übersteigen", "umfassen", "überschreiten", "lauten"})
_OF = frozenset({"der", "aller", "von", "an", "ihrer", "seiner"})
_BREAKS = frozenset({".", ";", "(", "–"})
_ADJECTIVES = 3
"""Words at most between "der" and the noun ("der bestätigten Toten")."""


def counted_before(words: Sequence[Word], number: int, bound: int) -> str | None:
    """The noun that a number counts which none follows; None where nothing says so.

    `number` is the position of its first word and `bound` that of the words before that widen it ("mehr als").
    """
    before = words[bound - 1] if bound else None
    if before is None or not (before.low in _INTO or before.lemma in _VERBS):
        return None
    for place in range(bound - 1, -1, -1):
        word = words[place]
        if word.low in _BREAKS:
            return None
        if word.low in _COMPOUNDS:
            return _COMPOUNDS[word.low]
        if word.low in _TOTALS and word.capital:
            return _noun(words, place + 1, number)
    return None


def _noun(words: Sequence[Word], start: int, end: int) -> str | None:
    """What "Zahl" is the number of: the noun after "der", which adjectives may part from it."""
    if start >= end or words[start].low not in _OF:
        return None
    for word in words[start + 1 : min(end, start + 2 + _ADJECTIVES)]:
        if word.capital:
            return _named(word)
        if not word.is_adjective_like:
            return None
    return None


def _named(word: Word) -> str:
    """The name of what is counted, as other counts of it are named: by its lemma, where that is known."""
    lemma = word.token.lemma
    if lemma and lemma[:1].isupper():
        return lemma
    return word.form[:-1] if word.low in _PEOPLE else word.form


_PEOPLE = frozenset("toten verletzten schwerverletzten leichtverletzten vermissten getöteten infizierten".split())
"""Nouns made of adjectives, which end so after "der" alone."""
