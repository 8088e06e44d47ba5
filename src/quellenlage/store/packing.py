"""Model objects to bytes for the database and back, compressed; a document goes without its text."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import msgspec

from quellenlage.model import (
    LAYERS,
    Article,
    Claim,
    Derived,
    Document,
    EventMention,
    LocalEntity,
    Mention,
    PlaceReading,
    Quotation,
    Sentence,
    Timex,
    Token,
    to_builtins,
    to_json,
)

LEVEL = 3
"""zlib level: on documents with tokens, level 6 saves 6 % more and takes twice as long."""


_PARTS = struct.Struct(">4sII")
"""Begins a packed document: `_MARK`, and the lengths of the first two of its parts: article, layers, tokens."""

_MARK = b"QLD1"
"""Documents packed by earlier versions begin otherwise: they are one piece."""


class _Head(msgspec.Struct, frozen=True):
    article: dict[str, Any]


class _Tokens(msgspec.Struct, frozen=True):
    tokens: tuple[Token, ...]


class Layers(msgspec.Struct, frozen=True):
    """All layers but the tokens, which take most of the time to read."""

    sentences: tuple[Sentence, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[LocalEntity, ...]
    quotations: tuple[Quotation, ...]
    claims: tuple[Claim, ...]
    events: tuple[EventMention, ...]
    derived: tuple[Derived, ...] = ()
    places: tuple[PlaceReading, ...] = ()


_HEAD_DECODER = msgspec.json.Decoder(_Head)
_LAYERS_DECODER = msgspec.json.Decoder(Layers)
_TOKENS_DECODER = msgspec.json.Decoder(_Tokens)


def pack_bytes(content: bytes) -> bytes:
    """Compress bytes as received."""
    return zlib.compress(content, LEVEL)


def unpack_bytes(packed: bytes) -> bytes:
    """Reverse `pack_bytes`. Raises zlib.error on damaged data."""
    return zlib.decompress(packed)


def pack_text(text: str) -> bytes:
    """Compress a text: UTF-8, any code point."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def unpack_text(packed: bytes) -> str:
    """Reverse `pack_text`. Raises zlib.error or UnicodeDecodeError on damaged data."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def pack_document(document: Document) -> bytes:
    """Compress an article and its layers as JSON, the text left out: in parts, since most readers need one of them."""
    article = to_builtins(document.article)
    del article["text"]
    layers = {name: getattr(document, name) for name in LAYERS if name != "tokens"}
    parts = [
        zlib.compress(to_json(part), LEVEL) for part in ({"article": article}, layers, {"tokens": document.tokens})
    ]
    return _PARTS.pack(_MARK, len(parts[0]), len(parts[1])) + b"".join(parts)


def unpack_document(packed: bytes, text: str) -> Document:
    """Put article and layers together with the text again.

    Raises:
        zlib.error, msgspec.MsgspecError, Defect: the data is damaged or is of another text.
    """
    read = unpack_layers(packed)
    layers = {name: getattr(read, name) for name in LAYERS if name != "tokens"}
    return Document(unpack_article(packed, text), tokens=_tokens(packed).tokens, **layers)


def unpack_without_tokens(packed: bytes, text: str) -> Document:
    """A packed document without its tokens, which most views do not need. Raises as `unpack_document`."""
    read = unpack_layers(packed)
    layers = {name: getattr(read, name) for name in LAYERS if name != "tokens"}
    return Document(unpack_article(packed, text), **layers)


def unpack_article(packed: bytes, text: str) -> Article:
    """The article of a packed document alone. Raises as `unpack_document`."""
    return _article(_HEAD_DECODER.decode(_part(packed, 0)).article, text)


def unpack_layers(packed: bytes) -> Layers:
    """The layers of a packed document but its tokens, unchecked. Raises zlib.error, msgspec.MsgspecError."""
    return _LAYERS_DECODER.decode(_part(packed, 1))


def unpack_tokens(packed: bytes) -> object:
    """The tokens of a packed document, as the field `tokens` of what it returns, unchecked. Raises likewise."""
    return _tokens(packed)


def _tokens(packed: bytes) -> _Tokens:
    return _TOKENS_DECODER.decode(_part(packed, 2))


def _part(packed: bytes, number: int) -> bytes:
    """JSON of a part; of a document in one piece all of it, where each reader takes what it knows."""
    if packed[: len(_MARK)] != _MARK or len(packed) < _PARTS.size:
        return zlib.decompress(packed)
    _, *lengths = _PARTS.unpack_from(packed)
    start = _PARTS.size + sum(lengths[:number])
    end = start + lengths[number] if number < len(lengths) else len(packed)
    return zlib.decompress(packed[start:end])


def _article(stored: dict[str, Any], text: str) -> Article:
    return msgspec.convert({**stored, "text": text}, Article)
