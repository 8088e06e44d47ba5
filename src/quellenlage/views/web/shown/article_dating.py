"""When an article was published, how that is known, what speaks against it, and the other dates at hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from quellenlage.model.capture import Given
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.article_held import Held
from quellenlage.views.web.shown.article_item import Slice
from quellenlage.views.web.shown.article_items import Items
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.dates import day_words, moment_words
from quellenlage.views.wording.lines import published_words


@dataclass(frozen=True, slots=True)
class Dating:
    """The day of publication and how it is known: the way, clues with the words they are from, what speaks against.

    `others` are further dates at hand, each with what gives it.
    """

    told: str
    iso: str
    way: str
    vague: bool
    clues: tuple[str, ...]
    against: tuple[str, ...]
    words: tuple[Slice, ...]
    others: tuple[tuple[str, str], ...]


_WAYS = {
    "given": _("given by the file or page itself"),
    "url": _("from the address"),
    "header": _("from a line with the date"),
    "dateline": _("from the dateline"),
    "filename": _("from the name of the file"),
    "text": _("from the text"),
    "inferred": _("inferred from what the text tells"),
    "judgement": _("set by a person"),
}
_CLUES = {
    "given": _("field of the file: %(what)s"),
    "url": _("in the address: %(what)s"),
    "header": _("line: %(what)s"),
    "updated": _("line of the last change: %(what)s"),
    "dateline": _("dateline: %(what)s"),
    "filename": _("file name: %(what)s"),
    "archive": _("shares text with a dated article: %(what)s"),
    "captured": _("not after the day it was captured: %(what)s"),
    "office": _("who held this office: %(what)s"),
    "weekday-date": _("weekday and date: %(what)s"),
    "weekday-year": _("weekday and date without a year: %(what)s"),
    "planned": _("announced: %(what)s"),
    "not-before": _("not before: %(what)s"),
    "dated-today": _("the day told as today: %(what)s"),
    "dated-news": _("the day told as news: %(what)s"),
    "anniversary": _("anniversary: %(what)s"),
    "visit": _("a visit that is known: %(what)s"),
    "visit-planned": _("a known visit, still ahead: %(what)s"),
    "fall": _("after the fall of: %(what)s"),
    "fall-news": _("the fall of somebody as news: %(what)s"),
    "fall-ago": _("time since a fall: %(what)s"),
    "death": _("after the death of: %(what)s"),
    "death-news": _("a death as news: %(what)s"),
    "death-ago": _("time since a death: %(what)s"),
    "meeting": _("a meeting that is known: %(what)s"),
    "meeting-planned": _("a known meeting, still ahead: %(what)s"),
}
_REASON = re.compile(r"(?P<code>[a-z-]+):(?P<detail>.*?)(?: \([+-]\d+\))?", re.DOTALL)
_AGAINST = "contradicts:"
_ALONE = "alone:"


def dating(held: Held, items: Items, words: Words, say: Callable[[str], str]) -> Dating:
    """Word all that is known of the day of publication."""
    article, capture = held.document.article, held.capture
    given = capture.given if capture else Given()
    published, changed = say(_("published, by the file")), say(_("changed, by the file"))
    others = [
        (f"{published} ({given.how.get('published', '–')})", given.published),
        (f"{changed} ({given.how.get('modified', '–')})", given.modified),
        (say(_("last change")), day_words(article.modified, words) if article.modified else None),
        (say(_("captured")), moment(capture.captured_at, words) if capture else None),
    ]
    dct = article.dct
    if dct is None:
        return Dating(
            words("citation.undated"), "", say(_("nothing tells it")), False, (), (), (), tuple(_told(others))
        )
    told = published_words(held.holdings.cite(article.id), words)
    reasons = [one for one in dct.reasons if not one.startswith(_ALONE)]
    return Dating(
        told=told,
        iso=dct.value if dct.interval.days == 1 else "",
        way=say(_WAYS.get(dct.method, dct.method)),
        vague=dct.interval.days > 1,
        clues=tuple(_clue(one, held, say) for one in reasons if not one.startswith(_AGAINST)),
        against=tuple(_clue(one.removeprefix(_AGAINST), held, say) for one in reasons if one.startswith(_AGAINST)),
        words=tuple(items.slice(span) for span in dct.evidence),
        others=tuple(_told(others)),
    )


def _told(others: list[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    yield from ((label, value) for label, value in others if value)


def _clue(reason: str, held: Held, say: Callable[[str], str]) -> str:
    match = _REASON.fullmatch(reason)
    if not match or match["code"] not in _CLUES:
        return reason
    code, detail = match["code"], match["detail"]
    if code == "archive":
        citation = held.holdings.cite(detail.partition(" ")[0])
        detail = citation.headline or citation.label
    return say(_CLUES[code]) % {"what": detail}


def moment(stamp: str, words: Words) -> str:
    """A time of capture in words; as it stands where it is no ISO time."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{moment_words(moment, words)} UTC"
