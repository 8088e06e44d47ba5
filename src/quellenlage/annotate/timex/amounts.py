"""Durations, sets, and references to present, past and future: expressions without days of their own."""

from __future__ import annotations

from quellenlage.annotate.timex.lexicon import guards
from quellenlage.annotate.timex.meaning import Context, Meaning, Values, fixed
from quellenlage.annotate.timex.periods import CODES

_IN_MONTHS = {"Q": 3, "HY": 6}
_IN_YEARS = {"DE": 10, "CE": 100, "ML": 1000}
_HALVES = {"Y": (6, "M"), "H": (30, "TM"), "D": (12, "TH"), "DE": (5, "Y"), "CE": (50, "Y")}


def length(amount: float | None, unit: str) -> str:
    """TIMEX3 value of a length of time; without an amount X."""
    code = CODES[unit]
    if amount is not None and unit in _IN_MONTHS:
        amount, code = amount * _IN_MONTHS[unit], "M"
    elif amount is not None and unit in _IN_YEARS:
        amount, code = amount * _IN_YEARS[unit], "Y"
    elif amount == 0.5 and unit in _HALVES:
        amount, code = _HALVES[unit]
    number = "X" if amount is None else f"{amount:g}" if amount < 1e6 else f"{amount:.0f}"
    return f"P{'T' if code.startswith('T') else ''}{number}{code.removeprefix('T')}"


def duration(values: Values, context: Context) -> Meaning | None:
    """ "fast 14 Jahre", "einige Wochen", "den vergangenen fünf Jahren"; an age is none."""
    unit = values["unit"]
    words = guards()
    if context.after[0] == "hinweg" and "modifier" in values:
        return None  # in "über zwei Jahre hinweg" the preposition does not mean "more than"
    if context.after[0] in words.age_after or any(word in words.age_before for word in context.before):
        return None
    amount = float(values["number"]) if "number" in values else None
    half = float(values.get("half_adjective", "0"))
    if half:
        amount = half if amount is None or amount == 1 else amount + half
    led = context.before[0 if context.before[1].isdecimal() else -1].casefold()
    if amount is not None and unit in ("Y", "Mo") and led in ("mit", "ab"):
        return None  # "mit 16 Jahren", "mit 12 oder 13 Jahren" are ages
    if amount == 1 and unit in ("WE", "NI", "D") and "modifier" not in values:
        return None
    if "indefinite" in values:
        amount = None
    mod = values.get("modifier")
    if "past" in values or "next" in values:
        mod = None
    return fixed("DURATION", length(amount, unit), None if mod == "EXACT" else mod)


def vague_duration(values: Values, context: Context) -> Meaning | None:
    """ "seit Jahren", "den vergangenen Tagen"; plans for "the coming years" are a date in the future."""
    unit = values["plural"]
    if "next" in values:
        return fixed("DATE", "FUTURE_REF")
    if unit in ("S", "M", "H") and "past" not in values:
        return None
    return fixed("DURATION", length(None, unit))


def duration_adjective(values: Values, context: Context) -> Meaning | None:
    """ "50-minütig", "zweistündig", "jahrelang"; "14-jährig" is mostly an age and left out."""
    if "vague_long" in values:
        value = values["vague_long"]
        if not value.endswith(("DE", "CE")):
            return fixed("DURATION", value)
        return fixed("DURATION", "PXDE" if value.endswith("DE") else "PXCE")
    amount, unit = values["compound_duration"].split(" ")
    if unit == "Y":
        return None
    return fixed("DURATION", length(float(amount), unit))


def each(values: Values, context: Context) -> Meaning | None:
    """ "jeden Montag", "zweimal wöchentlich", "alle zwei Jahre", "pro Tag"."""
    if "frequency" in values:
        return fixed("SET", values["frequency"])
    if "weekdays_adverb" in values:
        return fixed("SET", f"XXXX-WXX-{values['weekdays_adverb']}")
    if "weekday" in values:
        return fixed("SET", f"XXXX-WXX-{int(values['weekday']) + 1}")
    if "weekday_part" in values:
        day, part = values["weekday_part"].split(" ")
        return fixed("SET", f"XXXX-WXX-{int(day) + 1}T{part}")
    if "month" in values:
        return fixed("SET", f"XXXX-{int(values['month']):02d}")
    if "daypart" in values:
        return fixed("SET", f"XXXX-XX-XXT{values['daypart']}")
    if "season" in values:
        return fixed("SET", f"XXXX-{values['season']}")
    unit = values.get("unit") or values.get("plural") or "Mo"
    if unit == "S" or (unit in ("M", "H") and context.before[-1] in guards().measures):
        return None  # "Kilometer pro Stunde"
    amount = float(values.get("number") or values.get("ordinal") or 1)
    return fixed("SET", length(amount, unit))


def reference(values: Values, context: Context) -> Meaning | None:
    """ "derzeit", "damals", "künftig"."""
    if "past_ref" in values or values.get("tense") == "past":
        return fixed("DATE", "PAST_REF")
    if "future_ref" in values or "ref_noun_future" in values or values.get("tense") == "future":
        return fixed("DATE", "FUTURE_REF")
    if "present_ref" not in values and context.after[0] in ("der", "des", "von", "als", "seiner", "ihrer"):
        return None  # "zur Zeit der Entstehung"
    return fixed("DATE", "PRESENT_REF")
