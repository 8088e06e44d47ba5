"""Dates that name calendar units: days, months, years, decades, quarters, seasons, feasts.

Where the year is left out, it is that of which the text is telling, or else the one that brings the period nearest to
the publication date; what goes against the direction of the clause counts as farther away.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from quellenlage.annotate.timex.holidays import days_of_holiday
from quellenlage.annotate.timex.lexicon import guards
from quellenlage.annotate.timex.meaning import DCT, PAST, Context, Meaning, Values, dated, fixed
from quellenlage.annotate.timex.periods import (
    GENERIC,
    Period,
    last_weekday,
    next_weekday,
    of_century,
    of_day,
    of_decade,
    of_half,
    of_month,
    of_months,
    of_quarter,
    of_season,
    of_week_number,
    of_weekend,
    of_year,
    shifted,
    the_day,
)

_SATURDAY = 5
_WEEKS = 5
"""Weeks that a month can have."""
_SCHOOL_BEGINS = 9
_SEMESTERS = {"WS": ("WI", 10, 15), "SS": ("SU", 4, 9)}
"""Term at a university: the season that its value names, its first and last month."""
_LAST_YEAR = 9999
_YEAR = 4
"""Figures of a year."""
_LEAP = 8
"""Years in which 29 February comes at least once."""
_TOLD, _MOVED = 30, 3
"""How many times as far a day ahead counts in a clause about the past, and where that tells of something put off."""
_WEEKS_OF_YEAR = 53
_FEAST_DAYS = {
    "Ostern": (0, 1),
    "Osterfest": (0, 1),
    "Pfingsten": (0, 1),
    "Pfingstfest": (0, 1),
    "Weihnachten": (-1, 1),
    "Weihnachtsfest": (-1, 1),
}
"""Days that a feast of several days may begin before the day listed for it, and last after it."""
_STREETS = ("straße", "strasse", "platz", "allee", "brücke", "ufer")
_JOINING = ("-", "–", "bis", "und", "oder", "/")
_SPANS = ("Jahre", "Jahren", "Tage", "Tagen", "Wochen", "Monate", "Monaten", "Stunden", "Minuten", "Meter", "Metern")
_SOON = 5
"""Years ahead that an abbreviated year may still mean."""


def _relative_year(values: Values, context: Context) -> int | None:
    """Year named by "vorigen Jahres", "des Vorjahres" and the like."""
    if "year_word" in values:
        if "this" in values:
            return context.today.year
        for label in ("past", "next"):
            if label in values:
                return context.today.year + int(values[label])
    if values.get("neighbour") in ("-Y", "+Y"):
        return context.today.year + (1 if values["neighbour"] == "+Y" else -1)
    return None


def _mod(values: Values) -> str | None:
    return values.get("phase") or values.get("early_late")


def _years(context: Context) -> tuple[int, ...]:
    """Years that an expression without one can belong to: that of the story, or those around the present one."""
    start = context.range_start
    if start is not None:
        return start.earliest.year, start.earliest.year + 1
    frame = context.frame
    if frame is not None and frame.latest.year - frame.earliest.year < 2:
        return _around(context, 1, range(frame.earliest.year, frame.latest.year + 1))
    story = context.told_year
    return _around(context, 1, () if story is None else (story,))


def _around(context: Context, spread: int, first: Iterable[int] = ()) -> tuple[int, ...]:
    """The present year and those next to it, the present one first, then the past; `first` before all of them."""
    now = context.today.year
    steps = [step for n in range(1, spread + 1) for step in (-n, n)]
    years = dict.fromkeys((*first, now, *(now + step for step in steps)))
    return tuple(year for year in years if 0 < year < _LAST_YEAR)


def _stepped(periods: Iterable[Period], step: int, context: Context) -> Period | None:
    """The last of these that is over, the last but one, the next that is to come: by the number of steps from now."""
    today = context.today
    if step < 0:
        found = sorted((p for p in periods if p.latest < today), key=lambda p: p.earliest, reverse=True)
    else:
        found = sorted((p for p in periods if p.earliest > today), key=lambda p: p.earliest)
    return found[abs(step) - 1] if len(found) >= abs(step) else None


def _step(values: Values) -> int:
    return next((int(values[label]) for label in ("past", "next") if label in values), 0)


def _told(meaning: Meaning, context: Context) -> Meaning:
    """The same, anchored to what was told before where its year came from there."""
    told = meaning.earliest is not None and meaning.earliest.year == context.told_year
    if context.focus is None or not (told or context.range_start):
        return meaning
    return replace(meaning, anchor=context.focus.timex, explicit=context.focus.explicit)


def _of_day(year: int | None, month: int, day: int, context: Context) -> Meaning | None:
    generic = f"XXXX-{month:02d}-{day:02d}"
    if year is None:
        leap = (month, day) == (2, 29)
        years = _around(context, _LEAP) if leap and context.told_year is None else _years(context)
        days = [of_day(the_day(y, month, day)) for y in years if not leap or isleap(y)]
        return _told(dated(context.nearest(days, _against(context)), generic, DCT), context) if days else None
    return dated(of_day(the_day(year, month, day)), generic, None)


def _against(context: Context) -> int:
    """How many times as far a day ahead counts; less where the sentence has named one already, or tells of a move."""
    focus = context.focus
    ahead = focus is not None and focus.distance == 0 and focus.is_day and focus.earliest > context.today
    return _MOVED if ahead or (context.direction == PAST and context.find_moved()) else _TOLD


def _named_year(values: Values, month: int) -> int | None:
    """The year that the words give; "28. Dezember bis 3. Januar 2015" begins in the year before it."""
    if "year" not in values:
        return None
    return int(values["year"]) - (int(values.get("end_month", month)) < month)


def _names_a_place(before: Sequence[str]) -> bool:
    """Whether the words before make it a name: "Straße des 17. Juni"."""
    return before[-1] == "des" and before[-2].lower().endswith(_STREETS)


def day(values: Values, context: Context) -> Meaning | None:
    """ "18. September 2015", "am 15. März"."""
    month = int(values.get("month") or values.get("month_abbr") or values["month_day"])
    year = _named_year(values, month)
    in_no_year = year is None and context.after[0].isdecimal() and len(context.after[0]) == _YEAR
    if in_no_year or _names_a_place(context.before):
        return None  # "29. Februar 2015"; "Straße des 17. Juni"
    relative = _relative_year(values, context)
    if relative is not None:
        found = _of_day(relative, month, int(values["day"]), context)
        return dated(of_day(found.earliest), found.generic, DCT) if found and found.earliest else None
    return _with_part(_of_day(year, month, int(values["day"]), context), values)


def _with_part(found: Meaning | None, values: Values) -> Meaning | None:
    """ "Montagmorgen, dem 18. Juni": the part of the day that the weekday names."""
    if found is None or "weekday_part" not in values:
        return found
    part = values["weekday_part"].split(" ")[1]
    return replace(found, type="TIME", value=f"{found.value}T{part}", generic=f"{found.generic}T{part}")


def figures(values: Values, context: Context) -> Meaning | None:
    """ "18.9.2015", "3.5."."""
    day_number, month, year = values["date"].split(" ")
    before = context.before[-1]
    if not year and before[:1].isupper() and before.casefold() not in guards().date_leads and len(values) == 1:
        return None  # "Version 1.8."
    number = int(year) if year else None
    if number is not None and number < 100:
        number += 2000 if number < 70 else 1900
    return _of_day(number, int(month), int(day_number), context)


def iso(values: Values, context: Context) -> Meaning | None:
    """ "2015-09-18", "2020-01"; "2009-11" may as well be two years and is left to the rule for those."""
    if "day_number" not in values:
        month_number = values["month_number"]
        return dated(of_month(int(values["year"]), int(month_number)), "XXXX-XX", None) if month_number < "10" else None
    return _of_day(int(values["year"]), int(values["month_number"]), int(values["day_number"]), context)


def month(values: Values, context: Context) -> Meaning | None:
    """ "Mitte April 2015", "im Juni", "August vorigen Jahres"."""
    number = int(values["month"])
    generic = f"XXXX-{number:02d}"
    year = _named_year(values, number)
    if year is not None:
        return dated(of_month(year, number), generic, None, _mod(values))
    relative = _relative_year(values, context)
    if relative is not None:
        return dated(of_month(relative, number), generic, DCT, _mod(values))
    led = "phase" in values or context.before[-1].casefold() in guards().date_leads
    if not led and (context.before[-1][:1].isupper() or context.after[0][:1].isupper()):
        return None  # "Juli Zeh", "Chiang Mai"
    if _names_a_place(context.before[:-1]):
        return None
    if step := _step(values):
        stepped = _stepped([of_month(year, number) for year in _around(context, 3)], step, context)
        return dated(stepped, generic, DCT) if stepped else None
    months = [of_month(year, number) for year in _years(context)]
    return _told(dated(context.nearest(months), generic, DCT, _mod(values)), context) if months else None


def _names(word: str) -> bool:
    """Whether a word makes the number after it part of a name: "Agenda 2010", "UN-Resolution 1701"."""
    words = guards()
    return (
        word in words.names_with_year or word in words.clubs or word.casefold().endswith(tuple(words.numbered_suffixes))
    )


def bare_year(values: Values, context: Context) -> Meaning | None:
    """ "2014" by itself, where the words around it do not count or name something."""
    number = int(values["year"])
    words = guards()
    before, after = context.before[-1], context.after[0]
    ranged = before in ("-", "–", "/") and _names(context.before[-3])
    joined = after in _JOINING and context.after[2] in words.measures and context.after[1].isdecimal()
    counted = joined or (after in words.measures and not (before in words.told_years and after not in _SPANS))
    if _names(before) or ranged or counted or after in words.clubs:
        return None
    led = before in words.year_leads or before.casefold() in words.year_leads or before in words.told_years
    if (after[:1].isupper() and not led) or after == "%" or before == "." or before.isdecimal():
        return None
    plain = before in ("(", "-", "–", "/", "seit", "um", "anno")
    if not (1700 if led else 1850) <= number <= 2100 and not (led and plain):
        return None
    return dated(of_year(number), values["year"], None)


def short_year(values: Values, context: Context) -> Meaning | None:
    """ "Herbst ’89", "Mai '68": the last such year, or one that comes soon."""
    two = int(values["two"])
    number = 2000 + two if two <= context.today.year % 100 + _SOON else 1900 + two
    anchor = DCT if context.anchored else None
    if "month" in values:
        return dated(of_month(number, int(values["month"])), f"XXXX-{int(values['month']):02d}", anchor)
    if "season" in values:
        return dated(of_season(number, values["season"]), f"XXXX-{values['season']}", anchor)
    return dated(of_year(number), f"XX{values['two']}", anchor)


def before_christ(values: Values, context: Context) -> Meaning | None:
    """ "44 v. Chr.", "im 3. Jahrhundert vor Christus": values with BC have no days, since the calendar begins later."""
    after = "after_christ" in values
    if "number_of" in values:
        number = int(values["number_of"])
        if not 0 < number < 100:
            return None
        return dated(of_century(number), f"{number - 1:02d}", None) if after else fixed("DATE", f"BC{number - 1:02d}")
    number = int(values.get("year") or values["early_year"])
    if not after:
        return fixed("DATE", f"BC{number:04d}")
    return dated(of_year(number), f"{number:04d}", None) if number else None


def year(values: Values, context: Context) -> Meaning | None:
    """ "Jahr 1895", "Ende 2014"."""
    return dated(of_year(int(values["year"])), values["year"], None, _mod(values))


def school_year(values: Values, context: Context) -> Meaning | None:
    """ "im laufenden Schuljahr": from September to August, as everywhere but in Switzerland's August."""
    step = 0 if "this" in values else next(int(values[label]) for label in ("past", "next") if label in values)
    first = context.today.year - (context.today.month < _SCHOOL_BEGINS) + step
    value = f"{first:04d}/{first + 1:04d}"
    return Meaning("DATE", value, "XXXX/XXXX", the_day(first, 9, 1), the_day(first + 1, 8, 31), anchor=DCT)


def term(values: Values, context: Context) -> Meaning | None:
    """ "Saison 2007/08", "WS 2004/05"."""
    first = int(values["year"])
    second = first
    if "two" in values:
        second = first // 100 * 100 + int(values["two"])
    elif "second" in values:
        second = int(values["second"])
    second += 100 if second < first else 0
    if second - first > 12 or ("term" not in values and second != first + 1):
        return None
    kind = values.get("term")
    if kind in ("WI", "SU"):
        return dated(of_season(first, kind), f"XXXX-{kind}", None)
    if kind in _SEMESTERS:
        season, low, high = _SEMESTERS[kind]
        return dated(of_months(f"{first:04d}-{season}", first, low, high), f"XXXX-{season}", None)
    if first == second:
        return dated(of_year(first), "XXXX", None)
    value = f"{first:04d}/{second:04d}"
    if kind == "SY":
        return Meaning("DATE", value, value, the_day(first, _SCHOOL_BEGINS, 1), the_day(second, 8, 31), explicit=True)
    return Meaning("DATE", value, value, the_day(first, 1, 1), the_day(second, 12, 31), explicit=True)


def decade(values: Values, context: Context) -> Meaning | None:
    """ "den 1990er-Jahren", "Mitte der neunziger Jahre"; without a century the last decade of that name."""
    if "decade" in values:
        century, figure = values["decade"].split(" ")
    else:
        century, figure = "", values.get("decade_word") or values.get("decade_noun") or values["decade_plain"]
    number = int(century) * 10 + int(figure) if century else 190 + int(figure)
    if len(figure) > 1:
        number = int(figure)  # "Nullerjahre"
    elif not century and int(figure) == 0:
        number = 200
    return dated(of_decade(number), f"{number:03d}", None, _mod(values))


def century(values: Values, context: Context) -> Meaning | None:
    """ "15. Jahrhundert", "Mitte des 19. Jahrhunderts"."""
    number = int(values["number_of"])
    if not 1 < number < 30:
        return None
    half = {"1": "START", "2": "END"}.get(values.get("ordinal", ""))
    return dated(of_century(number), f"{number - 1:02d}", None, _mod(values) or half)


def quarter(values: Values, context: Context) -> Meaning | None:
    """ "drittes Quartal", "zweite Jahreshälfte 2014", "erstes Halbjahr des Vorjahres"."""
    halves = "half" in values or "half_of" in values
    make, letter, most = (of_half, "H", 2) if halves else (of_quarter, "Q", 4)
    named = "year" in values
    relative = _relative_year(values, context)
    number = int(values.get("ordinal") or values.get("day") or values.get("quarter_figure") or 0)
    if not number:
        step = 0 if "this" in values else next(int(values[k]) for k in ("past", "next") if k in values)
        present = (context.today.month + 5) // 6 if halves else (context.today.month + 2) // 3
        return dated(make(context.today.year, present + step), f"XXXX-{letter}X", DCT)
    if number > most:
        return None
    if named:
        return dated(make(int(values["year"]), number), f"XXXX-{letter}{number}", None)
    year_number = relative if relative is not None else context.story_year or context.today.year
    found = make(year_number, number)
    if relative is None and found.earliest > context.today and context.direction == PAST:
        found = make(year_number - 1, number)
    return dated(found, f"XXXX-{letter}{number}", DCT)


def season(values: Values, context: Context) -> Meaning | None:
    """ "Frühjahr 2015", "im Sommer", "vergangenen Winter"."""
    name = values["season"]
    generic = f"XXXX-{name}"
    if "year" in values:
        return dated(of_season(int(values["year"]), name), generic, None, _mod(values))
    relative = _relative_year(values, context)
    if relative is not None:
        return dated(of_season(relative, name), generic, DCT, _mod(values))
    if step := _step(values):
        stepped = _stepped([of_season(year, name) for year in _around(context, 3)], step, context)
        return dated(stepped, generic, DCT, _mod(values)) if stepped else None
    seasons = [of_season(year, name) for year in _years(context)]
    return dated(context.nearest(seasons), generic, DCT, _mod(values)) if seasons else None


def month_part(values: Values, context: Context) -> Meaning | None:
    """ "erste Maihälfte", "letzte Augustwoche", "zweites Juni-Wochenende"; without a number just the month."""
    part = next(label for label in ("month_half", "month_week", "month_weekend") if label in values)
    whole = month({"month": values[part], "phase": ""} | {k: v for k, v in values.items() if k == "year"}, context)
    if whole is None or whole.earliest is None or whole.latest is None:
        return None
    number = int(values.get("ordinal") or values.get("day") or 0)
    if not number and "past" not in values:
        return whole
    if number > (2 if part == "month_half" else _WEEKS):
        return None
    first, last = whole.earliest, whole.latest
    if part == "month_weekend":
        saturday = (
            next_weekday(first, _SATURDAY) + timedelta(weeks=number - 1) if number else last_weekday(last, _SATURDAY)
        )
        weekend = of_weekend(saturday)
        return replace(dated(weekend, "XXXX-WXX-WE", whole.anchor), explicit=whole.explicit)
    length = timedelta(days=6 if part == "month_week" else 14)
    if not number or (part == "month_half" and number == 2):
        return replace(whole, mod="END", earliest=last - length)
    low = first + (number - 1) * (length + timedelta(days=1))
    return replace(whole, mod="START" if number == 1 else "MID", earliest=low, latest=min(low + length, last))


def holiday(values: Values, context: Context) -> Meaning | None:
    """ "Ostersonntag 2015", "an Fronleichnam"."""
    name, _, part = values.get("holiday_part", "").partition(":")
    name = values.get("holiday", name)
    values = values if not part else {**values, "daypart": part}
    if "year" in values:
        return _feast(name, int(values["year"]), values, None)
    if not 1600 < context.today.year < 9990:
        return None
    step = _step(values)
    years = _around(context, 3) if step else _years(context)
    days = [days_of_holiday(name, year) for year in years if year > 1600]
    if not days:
        return None
    found = _stepped(days, step, context) if step else context.nearest(days)
    if found is None:
        return None
    return _told(_feast(name, found.earliest.year, values, DCT, found), context)


def calendar_week(values: Values, context: Context) -> Meaning | None:
    """ "KW 38", "38. Kalenderwoche 2015"."""
    number = int(values["week"])
    generic = f"XXXX-W{number:02d}"
    if not 0 < number <= _WEEKS_OF_YEAR:
        return None
    if "year" in values:
        return dated(of_week_number(int(values["year"]), number), generic, None)
    weeks = [of_week_number(y, number) for y in _years(context) if number < _WEEKS_OF_YEAR or _is_long(y)]
    return _told(dated(context.nearest(weeks), generic, DCT), context) if weeks else None


def _is_long(year: int) -> bool:
    """Whether an ISO year has 53 weeks: 28 December is always in the last one."""
    return the_day(year, 12, 28).isocalendar().week == _WEEKS_OF_YEAR


def weekday_of_month(values: Values, context: Context) -> Meaning | None:
    """ "letzten Freitag im September", "erster Sonntag im Mai 2014"."""
    given = {"month": values["month"], "phase": ""} | {k: v for k, v in values.items() if k == "year"}
    whole = month(given, context)
    if whole is None or whole.earliest is None or whole.latest is None:
        return None
    number, weekday = int(values.get("ordinal") or values.get("day") or 0), int(values["weekday"])
    if number:
        found = next_weekday(whole.earliest, weekday) + timedelta(weeks=number - 1)
    else:
        found = last_weekday(whole.latest, weekday) + timedelta(weeks=int(values["last"]) + 1)
    if not whole.earliest <= found <= whole.latest:
        return None
    return replace(dated(of_day(found), "XXXX-XX-XX", whole.anchor), explicit=whole.explicit)


def from_holiday(values: Values, context: Context) -> Meaning | None:
    """ "zwei Tage nach Ostern", "am Tag vor Weihnachten": open where the feast has several days to count from."""
    feast = holiday({k: v for k, v in values.items() if k in ("holiday", "year")}, context)
    if "weekday" in values:
        return _weekday_from(feast, values)
    amount, unit = float(values.get("number", 1)), values.get("unit", "D")
    if feast is None or feast.earliest is None or feast.latest is None or unit not in ("D", "W", "Mo"):
        return None
    before, after = _FEAST_DAYS.get(values["holiday"], (0, 0))
    ago = "ago" in values
    edges = (feast.earliest + timedelta(days=before), feast.earliest) if ago else (feast.latest, feast.latest)
    edges = edges if ago else (edges[0], edges[1] + timedelta(days=after))
    low, high = (shifted(edge, -amount if ago else amount, unit) for edge in edges)
    generic = GENERIC[unit]
    value = low.value if low.value == high.value else generic
    return replace(dated(Period(value, low.earliest, high.latest), generic, feast.anchor), explicit=feast.explicit)


def _weekday_from(feast: Meaning | None, values: Values) -> Meaning | None:
    """ "am ersten Dienstag nach Ostern", "am Freitag vor Pfingsten": from the feast as a whole."""
    if feast is None or feast.earliest is None or feast.latest is None:
        return None
    before, after = _FEAST_DAYS.get(values["holiday"], (0, 0))
    weekday, weeks = int(values["weekday"]), timedelta(weeks=int(values.get("ordinal", 1)) - 1)
    if "ago" in values:
        found = last_weekday(feast.earliest + timedelta(days=before - 1), weekday) - weeks
    else:
        found = next_weekday(feast.latest + timedelta(days=after + 1), weekday) + weeks
    return replace(dated(of_day(found), "XXXX-XX-XX", feast.anchor), explicit=feast.explicit)


def _feast(name: str, year: int, values: Values, anchor: str | None, found: Period | None = None) -> Meaning:
    """A feast, its eve or another part of its day."""
    period = found or days_of_holiday(name, year)
    part = values.get("daypart") or values.get("daypart_adverb") or ("NI" if name.endswith("nacht") else None)
    if part and period.earliest == period.latest:
        value = f"{period.value}T{part}"
        return Meaning(
            "TIME", value, f"XXXX-XX-XXT{part}", period.earliest, period.latest, None, anchor, anchor is None
        )
    return dated(period, "XXXX-XX-XX", anchor)
