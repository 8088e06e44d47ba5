"""Passwords: what may be one, and its argon2id hash, checked in the same time whether or not there is an account."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quellenlage.errors import BadInput
from quellenlage.model import fold

SHORTEST, LONGEST = 12, 256
"""Characters: length is what keeps a password from being guessed (NIST SP 800-63B), the bound what a hash may cost."""

_COMMON = ("password", "passwort", "kennwort", "quellenlage", "qwertz", "qwerty", "123456", "abcdef", "geheim", "admin")
_DISTINCT = 5
_OWN_SHARE = 6


class Passwords:
    """Hashes with the parameters of a hasher; an older hash is made anew at the next login."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Take other parameters than the library's (RFC 9106, 64 MiB)."""
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        return self._hasher.hash(_prepared(password))

    def check(self, password: str, kept: str | None) -> bool:
        """Whether it is the password; without an account as much is computed, for nothing."""
        try:
            return self._hasher.verify(kept or self._nobody, _prepared(password[:LONGEST])) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """Whether the parameters have risen since."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(b"nobody")


def _prepared(password: str) -> bytes:
    """One form for letters that keyboards compose differently."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def check_strength(password: str, name: str) -> None:
    """Refuse what is guessed first. Raises BadInput, which never repeats the password."""
    if len(password) < SHORTEST:
        raise BadInput(
            name, "the password has fewer than {n} characters", remedy="several words make a good one", n=SHORTEST
        )
    if len(password) > LONGEST:
        raise BadInput(name, "the password has more than {n} characters", remedy="shorten it", n=LONGEST)
    left = fold(password).replace(" ", "")
    for known in (*_COMMON, fold(name).replace(" ", "")):
        left = left.replace(known, "") if known else left
    if len(set(password)) < _DISTINCT or (len(left) < _OWN_SHARE and password.isascii()):
        raise BadInput(name, "the password is easily guessed", remedy="several words make a good one")
