"""Words behind a name that tell father and son apart: "Karl Weber senior", "Karl Weber jun."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quellenlage.annotate.mentions.lexicon import TITLES
from quellenlage.resources import load

_KINDS: tuple[Literal["elder", "younger"], ...] = ("elder", "younger")


@dataclass(frozen=True, slots=True)
class Generation:
    """Which of two namesakes is meant, and the words that say so."""

    which: Literal["elder", "younger"]
    word: str


@cache
def _words(which: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in load(TITLES)["generations"][which].split("|"))


@cache
def _pattern() -> re.Pattern[str]:
    either = ("|".join(map(re.escape, sorted(_words(which), key=len, reverse=True))) for which in _KINDS)
    return re.compile(r",?\s(?:(?P<elder>{})|(?P<younger>{}))(?!\w)".format(*either), re.IGNORECASE)


def generation_behind(text: str, end: int) -> Generation | None:
    """The generation told behind a name that ends at code point `end`."""
    found = _pattern().match(text, end)
    if found is None:
        return None
    which = next(kind for kind in _KINDS if found[kind])
    return Generation(which, found[which])


@cache
def _single() -> frozenset[str]:
    words = (word for which in _KINDS for word in _words(which) if " " not in word)
    return frozenset(form for word in words for form in (word, word.rstrip(".")))


def is_generation(form: str) -> bool:
    """Whether one word tells a generation, with or without its full stop."""
    return form.lower() in _single()
