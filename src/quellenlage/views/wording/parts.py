"""Parts of a sentence about an event, before the grammar of a language puts them in order."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import DateInterval, Factuality
from quellenlage.views.wording.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Parts:
    """Subject, object, place, days and on whose word; the subject is empty where only the object is known.

    `denies` are those who say that it is not so, `self_denied` that these are the subject; `own` that the subject tells
    it; `unnamed` that it rests on words of somebody without a phrase; `willing` that the subject can have a will,
    `person` that it is one person.
    """

    factuality: Factuality
    subject: tuple[Phrase, ...]
    object: tuple[Phrase, ...]
    where: str
    interval: DateInterval | None
    sources: tuple[tuple[Phrase, ...], ...]
    denies: tuple[Phrase, ...]
    self_denied: bool
    own: bool
    unnamed: bool
    willing: bool
    person: bool = False


def several(phrases: tuple[Phrase, ...]) -> bool:
    """Whether the verb is in the plural."""
    return len(phrases) > 1 or any(one.plural for one in phrases)


def finished(text: str, tail: str) -> str:
    """A sentence with capital and full stop."""
    told = " ".join(text.split())
    return f"{told[:1].upper()}{told[1:]}{tail}."
