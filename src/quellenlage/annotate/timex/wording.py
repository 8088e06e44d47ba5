"""The plain German wording of a TIMEX3 value: reading it again gives the value again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from quellenlage.model.layers import TimexType

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_SEASONS = {"SP": "Frühling", "SU": "Sommer", "FA": "Herbst", "WI": "Wintersemester"}
_ORDINALS = ("erstes", "zweites", "drittes", "viertes")
_UNITS = {"TS": "Sekunden", "TM": "Minuten", "TH": "Stunden", "D": "Tage", "W": "Wochen", "M": "Monate", "Y": "Jahre"}
_ONE = {"TS": "eine Sekunde", "TM": "eine Minute", "TH": "eine Stunde", "D": "genau ein Tag", "W": "eine Woche",
        "M": "ein Monat", "Y": "ein Jahr"}  # fmt: skip
_EVERY = {"PT1H": "stündlich", "P1D": "täglich", "P1W": "wöchentlich", "P1M": "monatlich", "P1Y": "jährlich"}
_REFERENCES = {"PAST_REF": "damals", "PRESENT_REF": "derzeit", "FUTURE_REF": "künftig"}
_EARLIEST, _LATEST = 1700, 2100
"""Years that are read as such without a noun before them."""

_Parts = Mapping[str, str]


def _day(parts: _Parts) -> str:
    return f"{int(parts['d'])}. {_MONTHS[int(parts['m']) - 1]} {parts['y']}"


_DATES: tuple[tuple[re.Pattern[str], Callable[[_Parts], str]], ...] = (
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"), _day),
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)"), lambda p: f"{_MONTHS[int(p['m']) - 1]} {p['y']}"),
    (re.compile(r"(?P<y>\d{4})-Q(?P<n>[1-4])"), lambda p: f"{_ORDINALS[int(p['n']) - 1]} Quartal {p['y']}"),
    (re.compile(r"(?P<y>\d{4})-H(?P<n>[12])"), lambda p: f"{_ORDINALS[int(p['n']) - 1]} Halbjahr {p['y']}"),
    (re.compile(r"(?P<y>\d{4})-(?P<s>SP|SU|FA|WI)"), lambda p: f"{_SEASONS[p['s']]} {p['y']}"),
    (re.compile(r"(?P<y>\d{4})"), lambda p: f"Jahr {p['y']}"),
    (re.compile(r"(?P<y>1\d\d|20\d)"), lambda p: f"{p['y']}0er-Jahre"),
    (re.compile(r"(?P<c>0[1-9]|1\d|2[0-8])"), lambda p: f"{int(p['c']) + 1}. Jahrhundert"),
)
_DURATION = re.compile(r"P(?P<t>T?)(?P<n>\d+(?:\.\d+)?)(?P<u>[SMHDWY])")
_CLOCK = re.compile(r"T(?P<h>\d\d):(?P<m>\d\d)")
_WEEKDAY_SET = re.compile(r"XXXX-WXX-(?P<w>[1-7])")


def wording(kind: TimexType, value: str) -> str | None:
    """Words that say a value by themselves; None for one that none do (a week, a part of a day, "PXD").

    What they say is found in them again with the same type and value, whatever the publication date.
    """
    if kind == "DURATION":
        return _duration(value)
    if kind == "SET":
        day = _WEEKDAY_SET.fullmatch(value)
        return f"jeden {_DAYS[int(day['w']) - 1]}" if day else _EVERY.get(value)
    if kind == "TIME":
        clock = _CLOCK.fullmatch(value)
        return f"jeweils {int(clock['h'])}.{clock['m']} Uhr" if clock else None
    if value in _REFERENCES:
        return _REFERENCES[value]
    for pattern, say in _DATES:
        if found := pattern.fullmatch(value):
            parts = found.groupdict()
            year = parts.get("y") or ""
            return say(parts) if len(year) < len("2015") or _EARLIEST <= int(year) <= _LATEST else None
    return None


def _duration(value: str) -> str | None:
    found = _DURATION.fullmatch(value)
    if found is None:
        return None
    code = found["t"] + found["u"]
    if code not in _UNITS:
        return None
    if found["n"] == "1":
        return _ONE[code]
    whole = float(found["n"])
    if not 0 < whole < 10_000:
        return None
    return f"{found['n'].replace('.', ',')} {_UNITS[code]}"
