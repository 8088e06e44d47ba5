"""Durations, sets, and references to present, past and future: expressions without days of their own."""

from __future__ import annotations

from collections.abc import Callable

from quellenlage.annotate.timex.lexicon import classify, guards, numbers
from quellenlage.annotate.timex.meaning import Context, Meaning, Values, fixed
from quellenlage.annotate.timex.periods import CODES

_BESIDE = ("nach", "vor", "zuvor")
"""After these even "einen Tag" measures a distance: "einen Tag nach dem Anschlag"."""
_IN_MINUTES = {"QH": 15, "TQ": 45}
_IN_MONTHS = {"Q": 3, "HY": 6}
_IN_YEARS = {"DE": 10, "CE": 100, "ML": 1000}
_HALVES = {"Y": (6, "M"), "H": (30, "TM"), "D": (12, "TH"), "DE": (5, "Y"), "CE": (50, "Y")}


def length(amount: float | None, unit: str) -> str:
    """TIMEX3 value of a length of time; without an amount X."""
    code = CODES[unit]
    if unit in _IN_MINUTES:
        amount = None if amount is None else amount * _IN_MINUTES[unit]
    elif amount is not None and unit in _IN_MONTHS:
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
    if context.after[0] in words.age_after or _of_age(context):
        return None
    amount = float(values["number"]) if "number" in values else None
    amount = amount * float(values["scale"]) if amount is not None and "scale" in values else amount
    half = float(values.get("half_adjective", "0"))
    if half:
        amount = half if amount is None or amount == 1 else amount + half
    if unit in ("Y", "Mo") and amount is not None and _is_age(values, context):
        return None
    if amount == 1 and unit in ("WE", "NI", "D") and "modifier" not in values and context.after[0] not in _BESIDE:
        return None
    if "indefinite" in values:
        amount = None
    mod = values.get("modifier")
    if "past" in values or "next" in values:
        mod = None
    return fixed("DURATION", length(amount, unit), None if mod == "EXACT" else mod)


def _of_age(context: Context) -> bool:
    """ "im Alter von 62, 64 und 66 Jahren": nothing but numbers may stand between."""
    words = guards()
    if any(word in words.age_before for word in context.before[-3:]):
        return True
    listed = [word for word in context.before if not word.isdecimal() and word not in (",", "und", "oder", "von")]
    return listed[-1:] == ["Alter"]


def _is_age(values: Values, context: Context) -> bool:
    """ "mit 16 Jahren", "mit 12 oder 13 Jahren", "Kinder zwischen sechs und elf Jahren", "wer 26 Jahre vollendet"."""
    words = guards()
    if any(word in words.age_ends for word in context.after[:3]):
        return True
    number = context.before[-2].lower()
    second = number.isdecimal() or number in numbers()
    led = context.before[-3 if second else -1].casefold()
    if led in ("mit", "ab"):
        return True
    if led not in ("zwischen", "von") and (values.get("modifier") is None or led == "seit"):
        return False
    return any(word.casefold() in words.aged for word in context.before)


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
    if unit == "Y" and not context.after[0].casefold().endswith(tuple(guards().spells)):
        return None
    return fixed("DURATION", length(float(amount), unit))


def _weekday(value: str) -> str:
    return f"XXXX-WXX-{int(value) + 1}"


def _weekday_part(value: str) -> str:
    day, part = value.split(" ")
    return f"{_weekday(day)}T{part}"


_EACH: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("frequency", str),
    ("weekdays_part", lambda value: _weekday_part(f"{int(value[0]) - 1}{value[1:]}")),
    ("weekdays_adverb", lambda value: f"XXXX-WXX-{value}"),
    ("weekday", _weekday),
    ("weekday_part", _weekday_part),
    ("month", lambda value: f"XXXX-{int(value):02d}"),
    ("daypart", lambda value: f"XXXX-XX-XXT{value}"),
    ("season", lambda value: f"XXXX-{value}"),
)
"""Category to the value of a SET that names it; of several the first decides."""


def each(values: Values, context: Context) -> Meaning | None:
    """ "jeden Montag", "zweimal wöchentlich", "alle zwei Jahre", "pro Tag"."""
    named = next((say(values[category]) for category, say in _EACH if category in values), None)
    if named is not None:
        return fixed("SET", named)
    unit = values.get("unit") or values.get("plural") or "Mo"
    if not values and "month" in classify(context.after[0], False):
        return None  # "im Monat Januar"
    if unit == "S" or (unit in ("M", "H") and "times" not in values and context.before[-1] in guards().measures):
        return None  # "Kilometer pro Stunde"
    if "indefinite" in values:
        return fixed("SET", length(None, unit))
    amount = next((values[k] for k in ("half_adjective", "number", "ordinal", "day") if k in values), "1")
    return fixed("SET", length(float(amount), unit))


def reference(values: Values, context: Context) -> Meaning | None:
    """ "derzeit", "damals", "künftig"."""
    if "past_ref" in values or values.get("tense") == "past":
        return fixed("DATE", "PAST_REF")
    if "future_ref" in values or "ref_noun_future" in values or values.get("tense") == "future":
        return fixed("DATE", "FUTURE_REF")
    if (
        "present_ref" not in values
        and "tense" not in values
        and context.after[0] in ("der", "des", "von", "als", "seiner", "ihrer")
    ):
        return None  # "zur Zeit der Entstehung"
    return fixed("DATE", "PRESENT_REF")
