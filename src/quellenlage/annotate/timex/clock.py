"""Times of day: clock times and parts of the day, on the day that the text speaks of."""

from __future__ import annotations

from datetime import date

from quellenlage.annotate.timex.lexicon import guards
from quellenlage.annotate.timex.meaning import DCT, PAST, Context, Meaning, Values

_AFTERNOON = frozenset(("AF", "EV"))


_NOON = "12:00"


def _day(time: str, context: Context) -> tuple[date, str | None] | None:
    """The day in question with its anchor: the one told last, else the day of publication.

    In a night that was told ("in der Nacht auf den 3. Mai … gegen 2 Uhr") hours before noon are of its second day.
    """
    if context.ahead is not None:
        return context.ahead
    focus = context.focus
    if focus is not None and focus.distance < 2:
        if focus.is_day:
            return None if focus.several else (focus.earliest, focus.timex)
        if focus.is_night and time[:1].isdigit():
            return (focus.latest if time < _NOON else focus.earliest), focus.timex
    return context.today, DCT


def _meaning(time: str, context: Context, generic: str, ranged: bool = False) -> Meaning:
    """A time of day: on no day in particular where it is repeated or, as one end of a range, an opening hour.

    Where no day was told, the value is on the day of publication, as TIMEX3 has it by convention. Only a clause that
    looks ahead bears that out: of what is past, or of no known tense, no days are given, for the morning's paper tells
    of the day before.
    """
    found = None if context.repeated or _general(context, ranged) else _day(time, context)
    if found is None:
        return Meaning("TIME", generic, generic)
    day, anchor = found
    value = f"{day.isoformat()}T{time}"
    if anchor == DCT and context.ahead is None and context.direction == PAST:
        return Meaning("TIME", value, generic, anchor=anchor)
    return Meaning("TIME", value, generic, day, day, anchor=anchor)


def _general(context: Context, ranged: bool) -> bool:
    if "jeweils" in context.before:
        return True
    return ranged and not guards().hours.isdisjoint([word.lower() for word in context.before + context.after])


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
