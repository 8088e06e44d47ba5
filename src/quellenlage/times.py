"""Time expressions of any German text, without an archive: `from quellenlage import normalise_times`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from quellenlage.annotate.language.stage import split
from quellenlage.annotate.language.tokenizer import Piece
from quellenlage.annotate.language.words import tokens
from quellenlage.annotate.timex import Words, read
from quellenlage.model.layers import Timex
from quellenlage.model.time import DateInterval


def normalise_times(text: str, dct: date | str | DateInterval | None = None) -> list[Timex]:
    """The time expressions of a German text in order, with TIMEX3 type and value, modifier, anchor and days.

    `dct` is when the text was published: a day, or an ISO day, month, year or interval ("2015-09-18", "2015-09",
    "2015-09-18/2015-09-20"). Without it whatever counts from that day keeps an open value ("XXXX-WXX-5") and no days.
    Offsets are half-open and count code points. Linear in the length of the text; no file but the package's is read.

    Raises:
        ValueError: `dct` is a string and no ISO day, month, year or interval, or an interval that runs backwards.
    """
    return list(read(text, _sentences(text), _days(dct)))


def _days(dct: date | str | DateInterval | None) -> DateInterval | None:
    if dct is None or isinstance(dct, DateInterval):
        return dct
    if isinstance(dct, datetime):
        dct = dct.date()
    if isinstance(dct, date):
        return DateInterval(dct, dct)
    return DateInterval.parse(dct)


def _sentences(text: str) -> Iterator[Words]:
    """Sentences as the language stage cuts them; verbs are looked up by the rules alone and only where they matter."""
    for pieces in split(text, 0, len(text)):
        yield _words(text, pieces)


def _words(text: str, pieces: list[Piece]) -> Words:
    return Words(pieces, cache(lambda: tokens(text, [pieces], encoder=False)))
