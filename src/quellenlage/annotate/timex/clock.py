"""Times of day: clock times and parts of the day, on the day that the text speaks of."""

from __future__ import annotations

from datetime import date

from quellenlage.annotate.timex.lexicon import guards
from quellenlage.annotate.timex.meaning import DCT, PAST, Context, Meaning, Values

_AFTERNOON = frozenset(("AF", "EV"))


def _day(context: Context) -> tuple[date, str | None] | None:
    """The day in question with its anchor: the one told last, else the day of publication unless the past is told."""
    if context.ahead is not None:
        return context.ahead
    focus = context.focus
    if focus is not None and focus.is_day and focus.distance < 2:
        return None if focus.several else (focus.earliest, focus.timex)
    return (context.today, DCT) if context.direction != PAST else None


def _meaning(time: str, context: Context, generic: str, apart: bool = False) -> Meaning:
    """`apart` keeps opening hours and the like from becoming times of the publication day."""
    found = None if context.repeated else _day(context)
    if found is None or (apart and found[1] == DCT) or "jeweils" in context.before:
        return Meaning("TIME", generic, generic)
    day, anchor = found
    return Meaning("TIME", f"{day.isoformat()}T{time}", generic, day, day, anchor=anchor)


def clock(values: Values, context: Context) -> Meaning | None:
    """ "17.30 Uhr", "8 Uhr abends", "17 Uhr 30"."""
    if context.after[0] in guards().measures:
        return None  # "um 2.50 Euro"
    given = values.get("clock") or values.get("clock_h") or f"{int(values['hour']):02d}:00"
    hour, _, minute = given.partition(":")
    minute = f"{int(values['minute']):02d}" if "minute" in values else minute
    number = int(hour)
    if minute == "60" or (number == 24 and minute != "00"):
        return None
    part = values.get("daypart_adverb")
    if (part in _AFTERNOON and 0 < number < 12) or (part == "NI" and 8 < number < 12):
        number += 12
    time = f"{number:02d}:{minute}"
    return _meaning(time, context, f"T{time}", "range" in values)


def half_hour(values: Values, context: Context) -> Meaning | None:
    """ "halb acht", "Viertel nach acht", "drei viertel acht": morning or evening only where the words say so."""
    number = int(values["hour"])
    if not 1 <= number <= 12:
        return None
    minutes = number * 60 + int(values["minutes"])
    if values.get("daypart_adverb") in _AFTERNOON or (values.get("daypart_adverb") == "NI" and number > 8):
        minutes += 12 * 60
    time = f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
    return _meaning(time, context, f"T{time}")


def daypart(values: Values, context: Context) -> Meaning | None:
    """ "am Nachmittag", "in der Nacht", "abends", "Mitternacht"."""
    if "midnight" in values:
        return _meaning("24:00", context, "T24:00")
    part = values.get("daypart") or values.get("night") or values["daypart_adverb"]
    return _meaning(part, context, f"T{part}")
