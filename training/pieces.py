"""From words to word pieces: what the runtime does, with the tokenizer beside a base encoder."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from quellenlage.encoder.pieces import LONGEST, Pieces, cut, windows

__all__ = ["LONGEST", "Pieces", "cut", "load", "windows"]


def load(base: Path) -> Tokenizer:
    """The tokenizer beside the base encoder."""
    return Tokenizer.from_file(str(base / "tokenizer.json"))
