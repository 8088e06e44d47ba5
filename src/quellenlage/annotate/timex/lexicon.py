"""Which categories of time words a token belongs to, with the value that each gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from quellenlage.model.recent import recent
from quellenlage.resources import load

WORDS = "de/timex_words.toml"
NUMBERS = "de/numbers.toml"
HOLIDAYS = "de/holidays.toml"
_ENDINGS = ("e", "en", "er", "es", "em")
_NOTHING: Mapping[str, str] = MappingProxyType({})

Classes = Mapping[str, str]
"""Category to value, e.g. {"month": "5"}; the empty mapping for ordinary words."""


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for entry in text.split():
        form, _, value = entry.rpartition(":")
        yield form.replace("_", " "), value


@cache
def numbers() -> dict[str, float]:
    """Number words, 21 to 99 and whole hundreds included, in lower case."""
    table = load(NUMBERS)["cardinals"]
    words = {form: float(value) for form, value in _pairs(table["words"])}
    ones = list(_pairs(table["ones"]))
    for ten, tens in _pairs(table["tens"]):
        words[ten] = float(tens)
        words |= {f"{one}und{ten}": float(tens) + float(value) for one, value in ones}
    words |= {f"{one}hundert": 100 * float(value) for one, value in ones}
    return words | {"dreissig": 30.0}


@cache
def ordinals() -> dict[str, str]:
    """Inflected ordinal words in lower case, with their number."""
    return {stem + end: value for stem, value in _pairs(load(NUMBERS)["ordinals"]["stems"]) for end in _ENDINGS}


def genitives(name: str) -> tuple[str, ...]:
    """A feast's name and its genitive: "Tag der Arbeit", "Tages der Arbeit"."""
    head, space, rest = name.partition(" ")
    if not space:
        return (name, name + "s", name + "es") if name.endswith(("tag", "fest", "abend")) else (name,)
    return (name, f"Tages {rest}", f"Tags {rest}") if head == "Tag" else (name,)


@cache
def _listed() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    words = load(WORDS)
    for category, entries in words["words"].items():
        for form, value in _pairs(entries):
            table.setdefault(form, {})[category] = value
    for category, entries in words["adjectives"].items():
        for stem, value in _pairs(entries):
            for end in _ENDINGS:
                table.setdefault(stem + end, {})[category] = value
    for form, category, value in (*_weekday_parts(), *_month_parts(), *_holiday_parts()):
        table.setdefault(form, {})[category] = value
    for group in ("fixed", "easter", "weekday", "spans"):
        for name in load(HOLIDAYS)[group]:
            for form in genitives(name):
                if " " not in form:
                    table.setdefault(form, {})["holiday"] = name
    for word, amount in numbers().items():
        table.setdefault(word, {})["number"] = f"{amount:g}"
        if amount == int(amount) <= 24 and word not in ("eine", "einen", "einem", "einer", "eines"):
            table[word]["hour"] = f"{amount:g}"
    for word, value in ordinals().items():
        table.setdefault(word, {})["ordinal"] = value
        if int(value) > 9:
            table[word]["ordinal_big"] = value
    return table


def _weekday_parts() -> Iterator[tuple[str, str, str]]:
    """ "Montagabend", "Montagabends", "montagabends"."""
    words = load(WORDS)
    for part, value in _pairs(words["weekday_parts"]["parts"]):
        for day, number in _pairs(words["words"]["weekday"]):
            if not day.endswith("s"):
                yield day + part, "weekday_part", f"{number} {value}"
                yield day + part + "s", "weekday_part", f"{number} {value}"
                yield day.lower() + part + "s", "weekdays_part", f"{int(number) + 1} {value}"


def _holiday_parts() -> Iterator[tuple[str, str, str]]:
    """ "Ostermontagabend"."""
    for group in ("fixed", "easter", "weekday"):
        for name in load(HOLIDAYS)[group]:
            if " " not in name and name.endswith("tag"):
                for part, value in _pairs(load(WORDS)["weekday_parts"]["parts"]):
                    yield name + part, "holiday_part", f"{name}:{value}"


def _month_parts() -> Iterator[tuple[str, str, str]]:
    """ "Maihälfte", "Augustwoche", "Juni-Wochenende": a part of a month under the category of its second noun."""
    words = load(WORDS)
    for noun, category in _pairs(words["month_parts"]["parts"]):
        for month, number in _pairs(words["words"]["month"]):
            if not month.endswith("s"):
                yield month + noun, category, number
                yield f"{month}-{noun.capitalize()}", category, number


_FIGURES = re.compile(r"\d{1,4}(?:[.,]\d{3})*(?:,\d{1,2})?")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
_CLOCK_H = re.compile(r"([01]?\d|2[0-4])h([0-5]\d)?")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
_DECADE = re.compile(r"(1[0-9]|20)?(\d0)[-–]?er(?:n|[-–]?[Jj]ahren?)?")
_TIMES = re.compile(r"(\d{1,2})(?:-?mal|x)")
_QUARTER = re.compile(r"Q([1-4])")
_COMPOUND = re.compile(
    r"(\d+(?:,\d+)?-?|[a-zäöüß]{3,18})(sekündig|minütig|stündig|tägig|wöchig|monatig|jährig)(?:e[nrsm]?)?"
)
_UNITS = {"sekündig": "S", "minütig": "M", "stündig": "H", "tägig": "D", "wöchig": "W", "monatig": "Mo", "jährig": "Y"}
_ATTRIBUTIVE = ("e", "en", "er", "es", "em")
_SHORTEST_ATTRIBUTE = 5


def _figures(form: str) -> Iterator[tuple[str, str]]:
    if form.endswith(".") and form[:-1].isdecimal() and len(form) < 4:
        number = int(form[:-1])
        if 1 <= number <= 31:
            yield "day", str(number)
        if 1 <= number <= 12:
            yield "month_day", str(number)
        yield "ordinal_figure", str(number)
        return
    if clock := _CLOCK.fullmatch(form):
        yield "clock", f"{int(clock[1]):02d}:{clock[2]}"
    if clock := _CLOCK_H.fullmatch(form):
        yield "clock_h", f"{int(clock[1]):02d}:{clock[2] or '00'}"
    if times := _TIMES.fullmatch(form):
        yield "times", f"{times[1]}X"
    if date := _DATE.fullmatch(form):
        yield "date", " ".join(part or "" for part in date.groups())
    if not _FIGURES.fullmatch(form):
        return
    yield "number", form.replace(".", "").replace(",", ".")
    if form.isdecimal() and form.isascii():
        yield from _whole(form)


def _whole(form: str) -> Iterator[tuple[str, str]]:
    number, length = int(form), len(form)
    if length == 4 and 1000 <= number <= 2199:
        yield "year", form
    if 1 < length < 4:
        yield "early_year", form
    if length == 2:
        yield "two", form
    if length < 3 and number < 61:
        yield "minute", form
    if length < 3 and number < 25:
        yield "hour", form
    if length < 3 and 1 <= number <= 31:
        yield "day_figure", form


def _derived(form: str) -> Iterator[tuple[str, str]]:
    if decade := _DECADE.fullmatch(form):
        yield "decade", f"{decade[1] or ''} {decade[2][0]}"
    if form[0].islower() or form[0].isdecimal():
        compound = _COMPOUND.fullmatch(form)
        if compound:
            number = compound[1].rstrip("-").replace(",", ".")
            amount = number if number[0].isdecimal() else f"{numbers().get(number, 0):g}"
            if amount != "0":
                yield "compound_duration", f"{amount} {_UNITS[compound[2]]}"


@recent(65536)
def classify(form: str, opens: bool) -> Classes:
    """Categories of a token's form; `opens` says that its capital may be due to the start of the sentence."""
    found = dict(_of_word(form, opens) if form[0].isalpha() else _of_figures(form))
    if "unit" in found and "plural" not in found:
        found["singular"] = found["unit"]
    return MappingProxyType(found) if found else _NOTHING


def _of_figures(form: str) -> dict[str, str]:
    found = dict(_figures(form)) | _listed().get(form, {})
    return found if form.isdecimal() or "frequency" in found else found | dict(_derived(form))


def _of_word(form: str, opens: bool) -> dict[str, str]:
    listed = _listed()
    found: dict[str, str] = {}
    lower = form.lower()
    exact = listed.get(form)
    if exact:
        found |= exact
    if form != lower and (opens or not exact or form.isupper()):
        found |= listed.get(lower, {})
    if not found and form.isupper() and len(form) > 3:
        found |= listed.get(form.capitalize(), {})
    if "ig" in form:
        found |= dict(_derived(form))
    if quarter := _QUARTER.fullmatch(form):
        found["quarter_figure"] = quarter[1]
    if opens and "weekdays_adverb" in found:
        found.pop("weekday", None)  # "Dienstags ist Ruhetag": at the beginning hardly a genitive
    if found.get("number") == "1" and form.istitle() and not opens:
        found.pop("number")
    if not found and form == lower and len(form) >= _SHORTEST_ATTRIBUTE and form.endswith(_ATTRIBUTIVE):
        found["attribute"] = "x"
    return found


@cache
def known_classes() -> tuple[frozenset[str], ...]:
    """Every combination of categories that a token can have, in a fixed order."""
    samples = [*_listed(), *(form.capitalize() for form in _listed()), *(form.upper() for form in _listed())]
    samples += [str(n) for n in range(2300)] + [f"{n}." for n in range(400)] + [f"0{n}" for n in range(10)]
    samples += load(WORDS)["samples"]["forms"].split()
    found = {frozenset(classify(sample, opens)): None for sample in samples for opens in (True, False)}
    found.pop(frozenset(), None)
    return tuple(sorted(found, key=sorted))


@dataclass(frozen=True, slots=True)
class Guards:
    """Words around a number that say what it is not."""

    names_with_year: frozenset[str]
    measures: frozenset[str]
    age_after: frozenset[str]
    age_before: frozenset[str]
    year_leads: frozenset[str]
    date_leads: frozenset[str]
    clubs: frozenset[str]
    numbered_suffixes: frozenset[str]
    aged: frozenset[str]
    states: frozenset[str]
    state_after: frozenset[str]
    age_ends: frozenset[str]
    hours: frozenset[str]
    spells: frozenset[str]
    happenings: frozenset[str]
    papers: frozenset[str]
    told_years: frozenset[str]


@cache
def guards() -> Guards:
    """Load the guard words."""
    table: dict[str, Any] = load(WORDS)["guards"]
    return Guards(**{name: frozenset(words.split()) for name, words in table.items()})
