"""Random secrets of browsers and programs: what is kept of them, and what pages may know of them."""

from __future__ import annotations

import hashlib
import secrets
from hmac import compare_digest

_BYTES = 32
TOKEN_MARK = "ql_"  # noqa: S105 - how tokens begin, so that a leaked one is recognised
_LONGEST = 128


def new_secret() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(_BYTES)


def new_token() -> str:
    """256 random bits for a program."""
    return TOKEN_MARK + secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """What is stored of a secret: who reads it cannot log in with it. No salt, since nobody guesses 256 random bits."""
    return hashlib.sha256(secret[:_LONGEST].encode("utf-8", "surrogatepass")).hexdigest()


def csrf_of(secret: str) -> str:
    """The token of the forms of who holds a secret; it leads back to nothing."""
    return hashlib.sha256(b"quellenlage form\0" + secret[:_LONGEST].encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two are equal, in a time that does not tell how far they agree."""
    return compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def well_formed(secret: str) -> bool:
    """Whether it could be one of ours."""
    bare = secret.removeprefix(TOKEN_MARK)
    return 40 <= len(bare) <= 64 and bare.isascii() and all(c.isalnum() or c in "-_" for c in bare)
