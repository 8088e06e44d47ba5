"""A document from a sentence: a small tokenizer and mentions by name, so that the stage is tested by itself."""

from __future__ import annotations

import re

from quellenlage.model import Article, Document, EntityKind, LocalEntity, Mention, Sentence, Token, Zone, ZoneKind
from quellenlage.model.spans import text_digest

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:[-’'.]\w+)*|[^\w\s]")
_END = re.compile(r"(?<=[.!?])[“\"«]?\s+(?=[„»\"A-ZÄÖÜ])|\n+")


def document(text: str, names: dict[str, str] | None = None) -> Document:
    """Text with tokens, sentences and mentions: `names` gives "KIND:full name" for each string that is a mention."""
    zones = (Zone(0, len(text), ZoneKind.BODY),) if text.strip() else ()
    article = Article("a", "c", "s", text, text_digest(text), "text", zones)
    tokens = tuple(Token(m.start(), m.end()) for m in _TOKEN.finditer(text))
    return Document(article, _sentences(text), tokens, (), *_named(text, names or {}))


def _sentences(text: str) -> tuple[Sentence, ...]:
    found = []
    at = 0
    for match in [*_END.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end]
        if match and match.group()[0] in '“"«':
            piece += match.group()[0]
        start = at + len(piece) - len(piece.lstrip())
        stop = at + len(piece.rstrip())
        if stop > start and any(_TOKEN.finditer(text, start, stop)):
            found.append(Sentence(start, stop))
        at = match.end() if match else end
    return tuple(found)


def _named(text: str, names: dict[str, str]) -> tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]:
    ids: dict[str, str] = {}
    entities: list[LocalEntity] = []
    mentions: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for words in sorted(names, key=len, reverse=True):
        if names[words] not in ids:
            ids[names[words]] = f"e{len(ids) + 1}"
            kind, _, name = names[words].partition(":")
            entities.append(LocalEntity(ids[names[words]], EntityKind(kind), name))
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
            if match.start() not in taken:
                taken |= set(range(*match.span()))
                mentions.append((match.start(), match.end(), names[words]))
    kinds = {e.id: e.kind for e in entities}
    made = [
        Mention(f"m{n}", start, end, kinds[ids[full]], "name", ids[full])
        for n, (start, end, full) in enumerate(sorted(mentions), start=1)
    ]
    return tuple(made), tuple(entities)
