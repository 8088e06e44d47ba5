"""Stems of words, by which forms of one word meet whose lemma is not known."""

from __future__ import annotations

from functools import lru_cache

LEAST_STEM = 4
_STEM_ENDS = ("ungen", "ung", "innen", "ern", "est", "en", "er", "es", "em", "st", "et", "te", "e", "n", "s", "t")


@lru_cache(maxsize=1 << 15)
def stem(lemma: str) -> str:
    """A folded lemma without its endings, so that forms meet whose lemma is not known."""
    word = lemma.rpartition(" ")[2] if " innen" not in lemma else lemma.partition(" ")[0]
    while True:
        end = next((e for e in _STEM_ENDS if word.endswith(e) and len(word) - len(e) >= LEAST_STEM), None)
        if end is None:
            return word
        word = word[: -len(end)]
