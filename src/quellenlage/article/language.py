"""Language of the report, among those that German archives hold."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

_SAMPLE = 2000
"""So many code points of the body are enough; more changes nothing but the time."""
_MINIMUM = 24
"""Shorter texts are left to what the container says, in letters."""


@cache
def _detector() -> LanguageDetector:
    # Low accuracy needs 31 MB instead of 296 MB and is as good on whole paragraphs.
    from lingua import Language, LanguageDetectorBuilder

    return (
        LanguageDetectorBuilder.from_languages(
            Language.GERMAN, Language.ENGLISH, Language.FRENCH, Language.ITALIAN, Language.SPANISH, Language.RUSSIAN,
            Language.UKRAINIAN, Language.TURKISH, Language.POLISH, Language.DUTCH,
        )
        .with_low_accuracy_mode()
        .build()
    )  # fmt: skip


def detect_language(body: str, given: str | None) -> str | None:
    """ISO 639-1 code of the body's language; the container's word where the body is too short; None if unknown."""
    sample = body[:_SAMPLE]
    if sum(c.isalpha() for c in sample) >= _MINIMUM:
        found = _detector().detect_language_of(sample)
        if found is not None:
            return found.iso_code_639_1.name.lower()
    if given and given[:2].isalpha() and len(given.replace("_", "-").split("-")[0]) == 2:
        return given[:2].lower()
    return None
