"""What stories and the chronicle need of an article when its text is put away: days, headline, nouns, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from sys import intern

from quellenlage.model import Document, Span, ZoneKind, fold

MIN_SCORE = 0.6
"""Below this a mention of an event is doubtful; with doubtful ones alone an event has no line."""

_SENTENCES = 12
"""Sentences of the report whose nouns count: headline, lead and the first paragraphs tell what it is about."""

_SHORTEST = 4
"""Letters of a noun that counts."""


@dataclass(frozen=True, slots=True)
class Glance:
    """An article as the chronicle sees it: a kilobyte, where the document has a hundred.

    `earliest` and `latest` are the days on which it was published, or None; `title` its headline, or where it is not
    `headed` the name of its file; `words` folded nouns in order of letters; `headlines` where its headline stands;
    `doubtful` local identifiers of doubtful events.
    """

    article: str
    title: str
    headed: bool
    earliest: date | None
    latest: date | None
    words: tuple[str, ...]
    headlines: tuple[Span, ...]
    doubtful: frozenset[str]

    @classmethod
    def at(cls, document: Document) -> Glance:
        """Take from a document what is needed."""
        article = document.article
        source = article.source.rstrip("/").rsplit("/", 1)[-1]  # the file's name: a path is no title
        return cls(
            article=article.id,
            title=article.headline.value if article.headline else source,
            headed=article.headline is not None,
            earliest=article.dct.earliest if article.dct else None,
            latest=article.dct.latest if article.dct else None,
            words=tuple(sorted(set(_words(document)))),
            headlines=tuple(zone.span for zone in article.zones if zone.kind is ZoneKind.HEADLINE),
            doubtful=frozenset(mention.id for mention in document.events if mention.score < MIN_SCORE),
        )

    def in_headline(self, offset: int) -> bool:
        """Whether a place lies in the headline."""
        return any(span.start <= offset < span.end for span in self.headlines)


def _words(document: Document) -> Iterator[str]:
    covered = {mention.start for mention in document.mentions if mention.form == "name"}
    for sentence in islice(document.read_sentences(), _SENTENCES):
        for token in document.tokens_in(sentence.span):
            if token.start in covered or (token.upos and token.upos != "NOUN"):
                continue
            text = document.text[token.start : token.end]
            # Without a reader of words: what is written with a capital inside a sentence is a noun in German.
            if token.upos or (text[0].isupper() and token.start > sentence.start):
                word = fold(token.lemma or text)
                if len(word) >= _SHORTEST and word.isalpha():
                    yield intern(word)
