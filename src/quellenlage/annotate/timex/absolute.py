"""Dates that name calendar units: days, months, years, decades, quarters, seasons, feasts.

Where the year is left out, it is that of which the text is telling, or else the one that brings the period nearest to
the publication date; what goes against the direction of the clause counts as farther away.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import replace
from datetime import date

from quellenlage.annotate.timex.holidays import holiday as day_of_holiday
from quellenlage.annotate.timex.lexicon import guards
from quellenlage.annotate.timex.meaning import DCT, FUTURE, PAST, Context, Meaning, Values, dated
from quellenlage.annotate.timex.periods import (
    of_century,
    of_day,
    of_decade,
    of_half,
    of_month,
    of_quarter,
    of_season,
    of_year,
)


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


def _story_year(context: Context) -> int | None:
    return context.story_year if context.direction != FUTURE else None


def _years(context: Context) -> tuple[int, ...]:
    """Years that an expression without one can belong to: that of the story, or those around the present one."""
    story = _story_year(context)
    return (story,) if story is not None else (context.today.year, context.today.year - 1, context.today.year + 1)


def _told(meaning: Meaning, context: Context) -> Meaning:
    """The same, anchored to what was told before where its year came from there."""
    if context.focus is None or _story_year(context) is None:
        return meaning
    return replace(meaning, anchor=context.focus.timex, explicit=True)


def _of_day(year: int | None, month: int, day: int, context: Context) -> Meaning | None:
    generic = f"XXXX-{month:02d}-{day:02d}"
    if year is None:
        days = [of_day(date(y, month, day)) for y in _years(context) if (month, day) != (2, 29) or isleap(y)]
        return _told(dated(context.nearest(days, against=3), generic, DCT), context) if days else None
    return dated(of_day(date(year, month, day)), generic, None)


def day(values: Values, context: Context) -> Meaning | None:
    """ "18. September 2015", "am 15. März"."""
    month = int(values.get("month") or values.get("month_abbr") or values["month_day"])
    year = int(values["year"]) if "year" in values else None
    relative = _relative_year(values, context)
    if relative is not None:
        found = _of_day(relative, month, int(values["day"]), context)
        return dated(of_day(found.earliest), found.generic, DCT) if found and found.earliest else None
    return _of_day(year, month, int(values["day"]), context)


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
    if "year" in values:
        return dated(of_month(int(values["year"]), number), generic, None, _mod(values))
    relative = _relative_year(values, context)
    if relative is not None:
        return dated(of_month(relative, number), generic, DCT, _mod(values))
    led = "phase" in values or context.before[-1].casefold() in guards().date_leads
    if not led and (context.before[-1][:1].isupper() or context.after[0][:1].isupper()):
        return None  # "Juli Zeh", "Chiang Mai"
    today = context.today
    around = [of_month(year, number) for year in (today.year - 1, today.year, today.year + 1)]
    if "past" in values:
        return dated([m for m in around if m.latest < today][-1], generic, DCT)
    if "next" in values:
        return dated(next(m for m in around if m.earliest > today), generic, DCT)
    found = context.nearest([of_month(year, number) for year in _years(context)])
    return _told(dated(found, generic, DCT, _mod(values)), context)


def bare_year(values: Values, context: Context) -> Meaning | None:
    """ "2014" by itself, where the words around it do not count or name something."""
    number = int(values["year"])
    words = guards()
    before, after = context.before[-1], context.after[0]
    ranged = before in ("-", "–", "/") and context.before[0] in words.names_with_year
    named = before in words.names_with_year or ranged
    counted = after in words.measures or (context.after[2] in words.measures and context.after[1].isdecimal())
    if named or counted:
        return None
    led = before in words.year_leads or before.casefold() in words.year_leads
    if (after[:1].isupper() and not led) or after == "%" or before == "." or before.isdecimal():
        return None
    if not 1700 <= number <= 2100 and not (led and before in ("(", "-", "–", "/", "seit", "um", "anno")):
        return None
    return dated(of_year(number), values["year"], None)


def year(values: Values, context: Context) -> Meaning | None:
    """ "Jahr 1895", "Ende 2014"."""
    return dated(of_year(int(values["year"])), values["year"], None, _mod(values))


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
    if first == second:
        return dated(of_year(first), "XXXX", None)
    value = f"{first:04d}/{second:04d}"
    return Meaning("DATE", value, value, date(first, 1, 1), date(second, 12, 31), explicit=True)


def decade(values: Values, context: Context) -> Meaning | None:
    """ "den 1990er-Jahren", "Mitte der neunziger Jahre"; without a century the last decade of that name."""
    if "decade" in values:
        century, figure = values["decade"].split(" ")
    else:
        century, figure = "", values.get("decade_word") or values["decade_noun"]
    number = int(century) * 10 + int(figure) if century else 190 + int(figure)
    if not century and int(figure) == 0:
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
    number = int(values.get("ordinal") or values.get("day") or 0)
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
    if relative is None and context.direction == PAST and found.earliest > context.today:
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
    step = next((int(values[k]) for k in ("past", "next") if k in values), 0)
    years = (context.today.year, context.today.year - 1, context.today.year + 1) if step else _years(context)
    seasons = [of_season(year, name) for year in years]
    if step < 0:
        seasons = [s for s in seasons if s.latest < context.today]
    elif step > 0:
        seasons = [s for s in seasons if s.earliest > context.today]
    return dated(context.nearest(seasons), generic, DCT, _mod(values))


def holiday(values: Values, context: Context) -> Meaning | None:
    """ "Ostersonntag 2015", "an Fronleichnam"."""
    name = values["holiday"]
    if "year" in values:
        return dated(of_day(day_of_holiday(name, int(values["year"]))), "XXXX-XX-XX", None)
    if not 1600 < context.today.year < 9990:
        return None
    years = [year for year in _years(context) if year > 1600]
    days = [of_day(day_of_holiday(name, year)) for year in years]
    step = next((int(values[k]) for k in ("past", "next") if k in values), 0)
    if step and len(days) == 3:
        days = [d for d in days if (d.latest < context.today if step < 0 else d.earliest > context.today)]
    return dated(context.nearest(days), "XXXX-XX-XX", DCT) if days else None
