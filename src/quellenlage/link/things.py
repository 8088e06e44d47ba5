"""Nouns that a happening is told with: what was hit, who struck; they name nobody, but tell one from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quellenlage.families import is_vague, people_of
from quellenlage.model import Document, EntityKind, EventMention, fold

_ABOUT = frozenset("obj iobj nsubj nsubj:pass obl obl:arg obl:agent nmod nmod:poss csubj appos compound".split())
"""Relations to the trigger in which a noun says what it is about."""

_SHORTEST = 4
"""Letters of a noun that counts."""

_LAST, _FIRST = 5, 6
"""Letters that the last part of a compound has at least, to be what the other names ("Polizeiwache", "Wache"), and
those that the first part has, to be of it ("Juweliergeschäft", "Juwelier")."""


def taken_of(document: Document) -> list[tuple[int, int]]:
    """Places of an article that tell an event, a time, or somebody with a name, titles among them."""
    told = (span for event in document.events for span in (event.trigger, *event.also))
    times = (timex.span for timex in document.timexes)
    known = {mention.entity for mention in document.mentions if mention.form == "name"}
    taken = [(span.start, span.end) for span in (*told, *times)]
    for mention in document.mentions:
        if mention.entity in known:
            title = mention.form == "name" and mention.kind is EntityKind.PER
            # A title ends one blank before the name.
            taken.append((mention.start - 2 * title, mention.end))
    return taken


def things_of(
    document: Document, mention: EventMention, below: Iterable[int], taken: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """Folded lemmas of common nouns told with a mention, save groups of people and vague words.

    `below` are numbers of the tokens that depend on its triggers (`signs.below_of`), `taken` places whose words count
    as none (`taken_of`).
    """
    for n in sorted({*_arguments(document, mention), *(n for n in below if document.tokens[n].deprel in _ABOUT)}):
        token = document.tokens[n]
        if token.upos != "NOUN" or any(start < token.end and token.start < end for start, end in taken):
            continue
        word = fold(token.lemma or token.of(document.text))
        if len(word) >= _SHORTEST and not is_vague(word) and not people_of(word):
            yield word


def _arguments(document: Document, mention: EventMention) -> Iterator[int]:
    """Words of the participants and the place, where common nouns name them in the sentence."""
    arguments = {*mention.actors, *mention.recipients, *((mention.place,) if mention.place else ())}
    for one in document.mentions if arguments else ():
        if one.entity in arguments and one.form == "noun" and mention.sentence.contains(one.span):
            yield from document.token_range(one.span)


def shared(mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Nouns of the first that the second has, too, or has as the last part of a compound, or the other way round."""
    others = tuple(theirs)
    return sorted(word for word in mine if any(_same(word, other) for other in others))


def related(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether any two share a beginning or an end, so that they may be one thing."""
    others = tuple(theirs)
    return any(_same(word, other) or word[:_FIRST] == other[:_FIRST] for word in mine for other in others)


def _same(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short == long or (len(short) >= _LAST and long.endswith(short))
