"""Documents and gold written by hand, so that every expected figure can be worked out on paper."""

from __future__ import annotations

from quellenlage.evaluation.gold import GoldMention
from quellenlage.model import Article, Document, Mention, Sentence, Span, Token, Zone, ZoneKind, text_digest
from quellenlage.model.layers import EntityKind, LocalEntity, MentionForm


def article(text: str, zones: tuple[Zone, ...] | None = None) -> Article:
    whole = zones if zones is not None else (Zone(0, len(text), ZoneKind.BODY),)
    return Article("art-1", "cap-1", "hand", text, text_digest(text), "input", whole)


def place(text: str, words: str, nth: int = 1) -> Span:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def gold_mention(text: str, words: str, form: str = "name", nth: int = 1) -> GoldMention:
    span = place(text, words, nth)
    return GoldMention(span.start, span.end, form)


def entity(identifier: str, kind: str, name: str) -> LocalEntity:
    return LocalEntity(identifier, EntityKind(kind), name)


def mention(text: str, words: str, owner: LocalEntity, form: MentionForm = "name", nth: int = 1) -> Mention:
    span = place(text, words, nth)
    return Mention(f"{owner.id}:{span.start}", span.start, span.end, owner.kind, form, owner.id)


def document(text: str, **layers: object) -> Document:
    """One sentence per line, one token per word."""
    sentences, tokens, at = [], [], 0
    for line in text.split("\n"):
        if line:
            sentences.append(Sentence(at, at + len(line)))
        for word in line.split(" "):
            if word:
                tokens.append(Token(at, at + len(word)))
            at += len(word) + 1
    given = {"sentences": tuple(sentences), "tokens": tuple(tokens), **layers}
    return Document(article(text), **given)  # type: ignore[arg-type]  # layers are checked by Document itself
