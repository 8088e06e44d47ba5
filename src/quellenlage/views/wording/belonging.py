"""Why an article belongs to a story, in words."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.model import Belonging
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words

_WHY = {
    "opens": "story.why.opens",
    "event": "story.why.event",
    "recalled": "story.why.recalled",
    "words": "story.why.words",
    "judgement": "story.why.judgement",
}
_WITH_ARTICLE = {"text": "story.why.text", "revision": "story.why.revision"}
"""Reasons that name another article."""


def why_words(one: Belonging, holdings: Holdings, words: Words) -> Iterator[str]:
    """Each reason in words; names of one kind of reason together."""
    names = [reason.partition(":")[2] for reason in one.reasons if reason.startswith("name:")]
    told = False
    for reason in one.reasons:
        code, _, value = reason.partition(":")
        if code == "name":
            if not told:
                yield words("story.why.name", names=", ".join(names))
            told = True
        elif code in _WITH_ARTICLE:
            yield words(_WITH_ARTICLE[code], article=holdings.cite(value).label)
        elif code == "days":
            yield words.count("story.why.days", int(value))
        else:
            yield words(_WHY[code], n=value)
