"""Expressions that count from the publication date or from what was told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from quellenlage.annotate.timex.absolute import day as day_of_month
from quellenlage.annotate.timex.amounts import length
from quellenlage.annotate.timex.lexicon import guards
from quellenlage.annotate.timex.meaning import (
    DCT,
    FUTURE,
    PAST,
    Context,
    Focus,
    Meaning,
    Values,
    dated,
    fixed,
    tense_words,
)
from quellenlage.annotate.timex.periods import (
    GENERIC,
    Period,
    add_months,
    around,
    last_weekday,
    next_weekday,
    of_day,
    of_weekend,
    of_year,
    shifted,
    the_day,
)

_PERSON = frozenset(("Herr", "Herrn", "Frau", "Familie", "Dr.", "Prof.", "Professor"))
_CLOCK_UNITS = ("S", "M", "H", "QH", "TQ")
_STATED = frozenset(("ein", "eine", "einer", "eines", "kein", "keine", "mehr", "nur", "wieder", "noch"))
"""After "ist heute" these say what somebody is, not what is on today."""
_NEW = 6
"""Month up to which "the new year" is the present one."""
_FAR = 8
"""Sentences over which "am Tag zuvor" still finds its day; longer spans of time are lost sooner."""
_EIGHT_DAYS = {8: 7, 14: 14}
"""A week as people count it: "heute in acht Tagen"."""


def _step(values: Values) -> int | None:
    if "this" in values:
        return 0
    return next((int(values[label]) for label in ("past", "next") if label in values), None)


def relative_day(values: Values, context: Context) -> Meaning | None:
    """ "gestern", "heute Abend", "heuer"; "bis heute" means the present, not the day."""
    if "this_year" in values:
        return dated(of_year(context.today.year), "XXXX", DCT)
    offset = int(values["relative_day"])
    part = values.get("daypart") or values.get("daypart_adverb")
    if offset == 0 and not part and _nowadays(context):
        return fixed("DATE", "PRESENT_REF")
    if offset == 0 and part == "NI" and context.direction == PAST:
        offset = -1  # "heute Nacht brannte …" is told in the morning
    return on_day(of_day(context.today + timedelta(days=offset)), "XXXX-XX-XX", part, DCT)


def _nowadays(context: Context) -> bool:
    """Whether "heute" means these times: "bis heute", "die heute 46-Jährige", "lebt heute in Wien"."""
    words = guards()
    before, after = context.before[-1].lower(), context.after[0]
    if after == "bekannt" and before not in ("ist", "sind") and context.after[1] not in tense_words("known_as"):
        return False  # "gab heute bekannt", "wie heute bekannt wurde"
    if before == "bis" and after.isdecimal():
        return False  # "bis heute 20 Uhr"
    if _lasts(context):
        return True
    if "jährig" in after.lower() or before in words.states or after.lower() in words.state_after:
        return True
    return before in ("ist", "sind") and (after in _STATED or context.after[:2] == ("vor", "allem"))


def _lasts(context: Context) -> bool:
    """Whether its clause tells of a state: "heute gehört sie", "die heute zur Gruppe gehört"."""
    lasting = tense_words("lasting")
    if context.after[0] in lasting and context.after[1][:1].isalpha():
        return True
    end = next((i for i, word in enumerate(context.after) if word in (",", ".", ";", "")), 0)
    opener = next((i for i in range(len(context.before) - 1, 0, -1) if context.before[i - 1] == ","), 0)
    return end > 0 and opener > 0 and context.after[end - 1] in lasting and _opens_relative(context.before[opener:])


def _opens_relative(words: Sequence[str]) -> bool:
    return not tense_words("relative").isdisjoint(words[:2])


def on_day(period: Period, generic: str, part: str | None, anchor: str | None) -> Meaning:
    """A day, or a part of it."""
    if not part:
        return dated(period, generic, anchor)
    return Meaning("TIME", f"{period.value}T{part}", f"{generic}T{part}", period.earliest, period.latest, anchor=anchor)


def relative_adjective(values: Values, context: Context) -> Meaning | None:
    """ "gestrigen", "am heutigen Montag"; "heutige" alone means the present."""
    offset = int(values["relative_day_adjective"])
    named = any(label in values for label in ("weekday", "daypart", "weekday_part")) or context.before[-1] in (
        "am",
        "Am",
    )
    if offset == 0 and not named and not _happens(context):
        return fixed("DATE", "PRESENT_REF")
    part = values.get("daypart") or values.get("weekday_part", " ").split(" ")[1]
    return on_day(of_day(context.today + timedelta(days=offset)), "XXXX-XX-XX", part, DCT)


def _happens(context: Context) -> bool:
    """Whether the noun is something that has a day: "die heutige Sitzung", not "die heutige Ukraine"."""
    noun = next((word for word in context.after[:4] if word[:1].isupper()), "")
    return noun.casefold().endswith(tuple(guards().happenings))


def weekday(values: Values, context: Context) -> Meaning | None:
    """ "am Dienstag", "vergangenen Samstag", "Donnerstagabend", "Montag kommender Woche".

    Without a direction word a weekday is the last one up to today, in a clause about plans the next from today on
    (Strötgen & Gertz, Domain-Sensitive Temporal Tagging, 2016).
    """
    number, _, part = values.get("weekday_part", "").partition(" ")
    day = int(values.get("weekday") or number)
    part = values.get("daypart") or values.get("daypart_adverb") or part
    generic = f"XXXX-WXX-{day + 1}"
    step = _step(values)
    today = context.today
    focus = context.focus
    if step is None and (context.before[-1] in _PERSON or _is_paper(context)):
        return None
    frame = context.frame
    framed = next_weekday(frame.earliest, day) if frame else None
    if "week_noun" in values and step is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        found = monday + timedelta(days=day)
    elif step is not None and step < 0:
        found = last_weekday(today - timedelta(days=1), day) + timedelta(weeks=step + 1)
    elif step is not None and step > 0:
        found = next_weekday(today + timedelta(days=1), day) + timedelta(weeks=step - 1)
    elif step is None and frame and framed and framed <= frame.latest < framed + timedelta(weeks=1):
        found = framed  # "vergangene Woche am Dienstag"
    elif context.link in ("list", "range") and focus and focus.is_day and focus.distance == 0:
        found = next_weekday(focus.earliest, day)  # "von Freitag bis Sonntag" runs forward
    elif context.direction == FUTURE or (context.direction != PAST and "this" in values):
        found = next_weekday(today, day)
    else:
        found = last_weekday(today, day)
    return on_day(of_day(found), generic, part or None, DCT)


def _is_paper(context: Context) -> bool:
    """Whether the words before make it the name of a paper: "Bild am Sonntag"."""
    return context.before[-1] == "am" and context.before[-2].strip("„“»«") in guards().papers


def weekday_night(values: Values, context: Context) -> Meaning | None:
    """ "Nacht zum Mittwoch": from Tuesday to Wednesday, valued as the night of Tuesday."""
    if values["night"] != "NI":
        return None
    second = int(values["weekday"])
    end = next_weekday(context.today, second) if context.direction == FUTURE else last_weekday(context.today, second)
    start = end - timedelta(days=1)
    generic = f"XXXX-WXX-{(second - 1) % 7 + 1}TNI"
    return Meaning("TIME", f"{start.isoformat()}TNI", generic, start, end, anchor=DCT)


def date_night(values: Values, context: Context) -> Meaning | None:
    """ "Nacht auf den 28. Juli": from the 27th to the 28th; "Nacht des 14. August": from the 14th on."""
    found = day_of_month(values, context)
    if found is None or found.earliest is None or ("until" in values and values["night"] != "NI"):
        return None
    if values["night"] != "NI":
        return on_day(of_day(found.earliest), found.generic, values["night"], found.anchor)
    start = found.earliest - timedelta(days="until" in values)
    end = start + timedelta(days=1)
    return Meaning("TIME", f"{start.isoformat()}TNI", GENERIC["NI"], start, end, None, found.anchor, found.explicit)


def relative_unit(values: Values, context: Context) -> Meaning | None:
    """ "vergangene Woche", "nächsten Jahr", "Ende des Jahres", "Vorjahr", "Jahresende", "am Wochenende"."""
    mod = values.get("phase")
    if "neighbour" in values:
        return _neighbour(values["neighbour"], context, mod)
    for label, unit in (("phase_of_year", "Y"), ("phase_of_month", "Mo"), ("phase_of_week", "W")):
        if label in values:
            year = int(values["year"]) if "year" in values else None
            period = of_year(year) if year else _present(unit, context)
            return dated(period, GENERIC[unit], None if year else DCT, values[label])
    if "whole" in values:
        unit = values["whole"]
        return dated(_present(unit, context), GENERIC[unit], DCT, mod) if unit in ("W", "Mo", "Y", "DE", "CE") else None
    step = _step(values)
    return _weekend(context) if step is None else _stepped(values, step, context)


def _stepped(values: Values, step: int, context: Context) -> Meaning | None:
    """The period of a unit so many steps from the present one."""
    mod = values.get("phase")
    today = context.today
    unit = "WE" if "weekend" in values else values["singular"]
    if unit in _CLOCK_UNITS:
        return None
    if unit in ("D", "NI"):
        return _day_or_night(unit, step, values, context)
    if unit == "WE":
        saturday = of_weekend(today)
        over = saturday.latest <= today
        weeks = step + 1 if step < 0 and over else step - 1 if step > 0 and today < saturday.earliest else step
        return dated(of_weekend(today + timedelta(weeks=weeks)), GENERIC[unit], DCT, mod)
    if values.get("this") == "now":
        return dated(around(today, unit), GENERIC[unit], DCT, mod)
    if step == 0:
        return dated(_present(unit, context), GENERIC[unit], DCT, mod)
    return dated(shifted(today, step, unit), GENERIC[unit], DCT, mod)


def _present(unit: str, context: Context) -> Period:
    """This year, month or week; in a story of another year, its year."""
    if unit == "Y" and context.story_year is not None and context.direction != FUTURE:
        return of_year(context.story_year)
    return around(context.today, unit)


def _weekend(context: Context) -> Meaning:
    """The last weekend, or the next one in a clause about plans; on a weekend the present one."""
    week = of_weekend(context.today)
    if context.direction != FUTURE and context.today < week.earliest:
        week = of_weekend(context.today - timedelta(weeks=1))
    return dated(week, GENERIC["WE"], DCT)


def _day_or_night(unit: str, step: int, values: Values, context: Context) -> Meaning | None:
    focus = context.focus
    if unit == "NI":
        start = context.today + timedelta(days=min(step, 0))
        value = f"{start.isoformat()}TNI"
        return Meaning("TIME", value, GENERIC["NI"], start, start + timedelta(days=1), anchor=DCT)
    if "this" in values and focus and focus.is_day and focus.distance < 2:
        return dated(of_day(focus.earliest), "XXXX-XX-XX", focus.timex)
    return None  # "am letzten Tag" is the last day of something


def same_day(values: Values, context: Context) -> Meaning | None:
    """ "am selben Tag", "am gleichen Abend": the day told last."""
    focus = context.focus
    night = focus is not None and focus.is_night and values.get("daypart") == "NI"
    if focus is None or not (focus.is_day or night) or focus.distance > 2:
        return fixed("DATE", "XXXX-XX-XX") if "tag" in values else None
    return on_day(of_day(focus.earliest), "XXXX-XX-XX", values.get("daypart"), focus.timex)


def _neighbour(which: str, context: Context, mod: str | None) -> Meaning:
    unit, sign = which[1:], -1 if which[0] == "-" else 1
    focus = context.focus
    if unit == "D" or which[0] == "+":
        if focus is None or focus.distance > (_FAR if unit == "D" else 2) or (unit == "D" and not focus.is_day):
            return fixed("DATE", GENERIC[unit])
        return _from_focus(focus, sign, unit, mod)
    compared = context.before[-1] in ("zum", "dem", "gegenüber", "des", "als")
    if unit == "Y" and compared and context.named_year is not None and focus is not None:
        return dated(of_year(context.named_year - 1), GENERIC[unit], focus.timex, mod)
    return dated(shifted(context.today, sign, unit), GENERIC[unit], DCT, mod)


def _from_focus(focus: Focus, amount: float, unit: str, mod: str | None = None) -> Meaning:
    """So many units from what was told: the days that this allows, and an open value where they are several periods."""
    low, high = shifted(focus.earliest, amount, unit), shifted(focus.latest, amount, unit)
    value = low.value if low.value == high.value else GENERIC[unit]
    return dated(Period(value, low.earliest, high.latest), GENERIC[unit], focus.timex, mod if low == high else None)


def shift(values: Values, context: Context) -> Meaning | None:
    """ "vor zwei Wochen", "in einem Jahr": the days so far from now, as precise as the unit, and the distance itself.

    "In zwei Jahren" in a clause about the past is how long something took, and no date; so are hours and minutes.
    """
    unit = values["unit"]
    ago = "ago" in values or values.get("sign") == "-"
    if unit in ("WE", "NI"):
        return None
    mod = _plain(values.get("modifier"))
    if "indefinite" in values:
        return fixed("DURATION", length(None, unit))
    half = float(values.get("half_adjective", 0))
    amount = float(values.get("number", 1)) * (half or 1)
    if "half_after" in values:
        amount += 0.5
    value = length(amount, unit)
    if unit in _CLOCK_UNITS or not 0 < amount < 3000 or (not ago and context.direction == PAST):
        return fixed("DURATION", value, mod)
    sign = -1 if ago else 1
    low, high = {"APPROX": (1, 1), "MORE_THAN": (0, 1), "LESS_THAN": (1, 0)}.get(mod or "", (0, 0))
    nearer, farther = (shifted(context.today, sign * (amount + d), unit) for d in (-low, high))
    first, last = (farther, nearer) if ago else (nearer, farther)
    found = shifted(context.today, sign * amount, unit).value
    return Meaning("DATE", found, GENERIC[unit], first.earliest, last.latest, mod, DCT, distance=value)


def _plain(modifier: str | None) -> str | None:
    return None if modifier == "EXACT" else modifier


def shifted_day(values: Values, context: Context) -> Meaning | None:
    """ "heute in einer Woche", "Freitag vor zwei Wochen", "gestern vor zehn Jahren": a day, so far from another one."""
    unit = values["unit"]
    ago = "ago" in values
    amount = float(values["number"])
    if unit not in ("D", "W", "Mo", "Y") or not 0 < amount < 1000 or amount != int(amount):
        return None
    if "weekday" in values:
        find = last_weekday if ago else next_weekday
        base = find(context.today, int(values["weekday"]))
        if unit != "W" and not (unit == "D" and amount in _EIGHT_DAYS):
            return None
    else:
        base = context.today + timedelta(days=int(values["relative_day"]))
    steps = int(-amount if ago else amount)
    if unit in ("D", "W"):
        days = _EIGHT_DAYS.get(abs(steps), abs(steps)) * (-1 if ago else 1) if unit == "D" else 7 * steps
        found = base + timedelta(days=days)
    else:
        found = add_months(base, steps * (12 if unit == "Y" else 1))
    return dated(of_day(found), "XXXX-XX-XX", DCT)


def new_year(values: Values, context: Context) -> Meaning | None:
    """ "im neuen Jahr": the one that begins next, or has begun in the last months."""
    return dated(of_year(context.today.year + (context.today.month > _NEW)), "XXXX", DCT)


def _part_of_day_beside(part: str, days: int, context: Context) -> Meaning:
    """ "am Abend zuvor", "am nächsten Morgen": of the day before or after the one told last."""
    focus = context.focus
    if focus is None or not focus.is_day or focus.distance > _FAR:
        return fixed("TIME", f"XXXX-XX-XXT{part}")
    return on_day(of_day(focus.earliest + timedelta(days=days)), "XXXX-XX-XX", part, focus.timex)


def day_of_this_month(values: Values, context: Context) -> Meaning | None:
    """ "am 15. dieses Monats", "am 3. des kommenden Monats"."""
    month = around(add_months(context.today.replace(day=1), _step(values) or 0), "Mo").earliest
    return dated(of_day(the_day(month.year, month.month, int(values["day"]))), "XXXX-XX-XX", DCT)


def offset(values: Values, context: Context) -> Meaning | None:
    """ "zwei Tage später", "einen Monat zuvor", "am Tag darauf", "am nächsten Tag": from what was told last."""
    unit = values.get("unit") or ("Y" if "year_word" in values else "D")
    sign = -1 if values.get("after_words") == "-" else 1
    focus = context.focus
    if "daypart" in values:
        return _part_of_day_beside(values["daypart"], -1 if "after_words" in values else 1, context)
    if unit in _CLOCK_UNITS:
        return fixed("TIME", "XXXX-XX-XXTXX:XX")
    vague = "indefinite" in values or ("number" not in values and "unit" in values and "plural" in values)
    far = _FAR if focus and focus.is_day and unit == "D" else 3
    if focus is None or focus.distance > far or vague:
        return fixed("DATE", GENERIC.get(unit, "XXXX-XX-XX"))
    if unit in ("D", "NI") and not focus.is_day:
        return fixed("DATE", GENERIC["D"])
    amount = float(values.get("number", "1"))
    if amount > 3000:
        return None
    found = _from_focus(focus, sign * amount, unit)
    return replace(found, mod=_plain(values.get("modifier")))
