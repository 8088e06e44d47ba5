"""JSON both ways for every dataclass of the model, exact and deterministic."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(order="deterministic")


def to_json(value: object) -> bytes:
    """Encode a model object: keys in a fixed order, dates in ISO 8601, bytes in base64."""
    return _ENCODER.encode(value)


def from_json(data: bytes | str, type_: type[T]) -> T:
    """Decode and check: unknown kinds and broken invariants are errors.

    Raises:
        msgspec.ValidationError: the data is not such an object (a broken invariant is chained as its cause).
    """
    return msgspec.json.decode(data, type=type_)


def to_builtins(value: object) -> Any:
    """Turn into dictionaries, lists, strings and numbers."""
    return msgspec.to_builtins(value, order="deterministic")
