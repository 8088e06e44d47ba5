"""When an event was: the time expression of its clause, else of its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.annotate.events.triggers import Trigger
from quellenlage.model import DateInterval, Dct, Factuality, Span, Timex

_ISO_PREFIX = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?![\dW])")
_WIDEST = 366 * 3
"""Days of the widest interval that still says when something was; "in den vergangenen Jahrzehnten" does not."""


@dataclass(frozen=True, slots=True)
class When:
    """ISO value (None where the text gives no day, month or year of its own) and the days in question."""

    value: str | None = None
    earliest: date | None = None
    latest: date | None = None


def when(trigger: Trigger, sentence: Span, timexes: Sequence[Timex]) -> When:
    """Take the nearest resolved point or period in time: of the clause first, then of the sentence."""
    usable = [t for t in timexes if t.interval and t.type in {"DATE", "TIME"} and sentence.contains(t.span)]
    usable = [t for t in usable if not t.value.startswith(("PAST", "FUTURE", "PRESENT")) and t.interval]
    spans = [word.token.span for word in trigger.clause.words]
    inside = [t for t in usable if any(span.overlaps(t.span) for span in spans)]
    at = trigger.word.token.start
    chosen = min(inside or usable, key=lambda t: (abs(t.start - at), t.start), default=None)
    if chosen is None or chosen.interval is None or chosen.interval.days > _WIDEST:
        return When()
    return _of(chosen, chosen.interval)


def _of(timex: Timex, interval: DateInterval) -> When:
    match = _ISO_PREFIX.match(timex.value)
    if match and "X" not in timex.value:
        value = interval.value if "W" in timex.value or timex.value[4:6] in {"-Q", "-S", "-H"} else match.group()
        if DateInterval.parse(value) != interval:
            value = interval.value
        return When(value, interval.earliest, interval.latest)
    # The weekday is known, the week is not: an interval without a value of its own.
    return When(None if "X" in timex.value else interval.value, interval.earliest, interval.latest)


def present(dct: Dct | None, factuality: Factuality) -> When:
    """Ongoing events told with "jetzt" or "derzeit" take the day of publication, where that is one day."""
    if factuality is Factuality.ONGOING and dct and dct.earliest == dct.latest:
        return When(dct.value, dct.earliest, dct.latest)
    return When()
