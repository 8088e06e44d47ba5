"""How long texts are kept: the period that people set for an archive, what is due by it, and what a build can no more.

Periods count from the day on which an article was captured. What goes with a text and what stays is told in decision 3.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from quellenlage.errors import BadInput
from quellenlage.execution.ports import Clock, PipelineLike
from quellenlage.model import Archive, DateInterval, Forgotten, Verdict, fold, in_force
from quellenlage.model.ledger import Deed
from quellenlage.model.ports import TextsDue

SETTING = "retention"
_PERIOD = re.compile(r"(\d{1,5})\s*([dwmyt]|[A-Za-z]+)")
_DAYS = {"d": 1, "t": 1, "w": 7, "m": 30, "y": 365, "j": 365}
"""Days of a unit, by its letter in either language; a month has 30, a year 365."""
_BY_RULE = "retention {period}"


@dataclass(frozen=True, slots=True)
class Retention:
    """Periods as they were given ("90d"): one for all outlets, if any, and those of some outlets of their own."""

    period: str | None = None
    outlets: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.period is not None or bool(self.outlets)


@dataclass(frozen=True, slots=True)
class Underivable:
    """An article that a build would read otherwise today and cannot, since its text is gone; all it had is kept.

    `decided`: people corrected its day or outlet since. `analysis`: this installation analyses otherwise.
    """

    article: str
    source: str
    decided: bool
    analysis: bool


def days_of(period: str) -> int:
    """Days of a period: "90d", "12w", "18m", "2y".

    Raises:
        BadInput: it is none.
    """
    found = _PERIOD.fullmatch(period.strip().lower())
    if found is None or found[2] not in _DAYS or int(found[1]) == 0:
        raise BadInput(period, "no period", remedy="write 90d, 12w, 18m or 2y")
    return int(found[1]) * _DAYS[found[2]]


def day_before(older_than: str, today: str) -> str:
    """The ISO day before which something was captured that is older than a period, or older than a date.

    Raises:
        BadInput: it is neither.
    """
    try:
        return DateInterval.parse(older_than).earliest.isoformat()
    except ValueError:
        pass
    try:
        return (date.fromisoformat(today[:10]) - timedelta(days=days_of(older_than))).isoformat()
    except BadInput as error:
        raise BadInput(older_than, "neither a period nor a date", remedy="write 90d, 12w, 2y or 2015-09-18") from error
    except OverflowError:
        return date.min.isoformat()


def retention_of(archive: Archive) -> Retention:
    """What is set for an archive."""
    value = archive.setting(SETTING)
    said = json.loads(value) if value else {}
    return Retention(said.get("period"), said.get("outlets", {}))


def set_retention(archive: Archive, period: str | None, outlet: str | None = None) -> Retention:
    """Set the period of all outlets, or of one; None takes it back. Nothing is deleted before the next build.

    Raises:
        BadInput: it is no period.
    """
    if period is not None:
        days_of(period)
    now = retention_of(archive)
    if outlet is None:
        after = Retention(period, now.outlets)
    else:
        others = {name: p for name, p in now.outlets.items() if fold(name) != fold(outlet)}
        after = Retention(now.period, {**others, outlet: period} if period else others)
    said = json.dumps({"period": after.period, "outlets": dict(after.outlets)}, sort_keys=True)
    archive.put_setting(SETTING, said if after else None)
    return after


def expire(archive: Archive, *, clock: Clock) -> Forgotten:
    """Delete the texts that are due by the period of this archive; `build` and `watch` do, before they link."""
    retention = retention_of(archive)
    done = Forgotten()
    if not retention:
        return done
    now = clock()
    due = [(p, TextsDue(day_before(p, now), outlet=name)) for name, p in sorted(retention.outlets.items())]
    if retention.period:
        rest = TextsDue(day_before(retention.period, now), but=tuple(sorted(retention.outlets)))
        due.append((retention.period, rest))
    for period, one in due:
        some = archive.forget_texts(due=one, deed=Deed(now, reason=_BY_RULE.format(period=period)))
        done = Forgotten(
            texts=done.texts + some.texts,
            characters=done.characters + some.characters,
            cited=done.cited + some.cited,
        )
    return done


def underivable(archive: Archive, pipeline: PipelineLike) -> list[Underivable]:
    """Articles without a text that a build would read otherwise today, in order of capture."""
    log = in_force(archive.judgements())
    corrections = [j for j in log if j.verdict is Verdict.CORRECT]
    plain = pipeline.overrides_for((), "")
    result = []
    for one in archive.frozen():
        corrected = pipeline.overrides_for(corrections, one.capture)
        wanted = pipeline.fingerprint(one.capture, corrected)
        if wanted == one.fingerprint:
            continue
        decided = corrected != plain
        analysis = not decided or pipeline.fingerprint(one.capture, plain) != one.fingerprint
        result.append(Underivable(one.article, one.source, decided, analysis))
    return result
