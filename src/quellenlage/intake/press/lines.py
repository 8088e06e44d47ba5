"""Lines of an export, and what each says by its own words: a label with its value, a day, a copyright notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from quellenlage.intake.press.days import find_day, whole_day
from quellenlage.intake.press.layouts import (
    Role,
    alone,
    code_pattern,
    code_roles,
    label_pattern,
    label_roles,
    languages,
)

_LENGTH = re.compile(r"\d[\d.,]*\s(?:wörter|words|mots|zeichen)(?:,?\s.{0,30})?", re.IGNORECASE)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|(?:copyright|alle rechte vorbehalten|all rights reserved|original-content|lizenziert für)\b).{0,200}",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:-\s?)?(?:(?:seite|page|s\.|pg\.|p\.)\s?)?[A-Z]?\d{1,4}(?:\s?(?:von|of|/)\s?\d{1,4})?(?:\s?-)?", re.IGNORECASE
)
_EDITION = re.compile(
    r"(?!.{50})(?:[\w.-]{0,20}\s)?(?:[\w-]{0,15}ausgabe|\w{0,15}\s?edition)(?:\s[\w .-]{0,20})?"
    r"|(?:nr|ausg|heft)\.?\s?\d[\d/ ]{0,12}",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:seite|page|s\.|pg\.)\s?[A-Z]?\d{1,4}(?:[,-]\s?\d{1,4})*(?:\s?[,;]\s.{1,40})?", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?(?:uhr|[ap]m|gmt|mez|cet))?", re.IGNORECASE)
_AGENCY = re.compile(r"(?:dpa|afp|apa|ap|reuters|sda|kna|epd|sid|dapd|ots)(?:[-/, ]{1,3}\w{2,12}){0,4}", re.IGNORECASE)
_BYLINE = re.compile(r"(?:von|by|text:|bericht:)\s(?P<names>.{3,120})", re.IGNORECASE)
_SOURCE_JOINT = re.compile(r"(?:\s+(?:vom|VOM|v\.|den)|\s?[,;|·•/]|\s[–-])\s*$")
_SOURCE_WORD = re.compile(r"\s(?:vom|VOM|v\.|den)\s")
_SOURCE_TAIL = re.compile(
    r"[\s,;|·•/–-]*(?:(?:Nr|Ausgabe|Ausg|Heft|Jg|S|Seiten?|Pg?|Page|Ressort|Rubrik|Auflage)\b.{0,60}|[A-Z]?\d{1,3}"
    r"|[\w äöüÄÖÜß-]{3,24}(?:[,;|]\s?(?:S\.|Seite)\s?\w{1,4})?)?",
)
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
# Without a figure or one of these words a line is no part of a header that could be told by itself.
_TELLING = re.compile(
    r"\d|[©(]|copyright|rights|recht|lizenz|ausgabe|edition|content|deutsch|german|engl|fran", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}|\d\.\s?\d{1,2}\.\s?\d\d")
_DECIMAL = re.compile(r"\d\.\d")
_PROSE = 180
_SENTENCE = 45


class Kind(StrEnum):
    """What a line is by its own words."""

    BLANK = "blank"
    LABEL = "label"
    DAY = "day"
    SOURCE = "source"
    LENGTH = "length"
    RIGHTS = "rights"
    MINOR = "minor"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of a line with what it is; `iso` for days."""

    role: Role
    start: int
    end: int
    iso: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer white space, as offsets into the whole text; `edge` where it may be a running head."""

    start: int
    end: int
    kind: Kind
    values: tuple[Value, ...] = field(default=())

    @property
    def known(self) -> bool:
        """Whether it says by itself that it belongs to a header or footer."""
        return self.kind not in {Kind.BLANK, Kind.TEXT}

    def of(self, text: str) -> str:
        """Return its words."""
        return text[self.start : self.end]


_FORMS = (
    (Kind.LENGTH, _LENGTH), (Kind.RIGHTS, _RIGHTS), (Kind.MINOR, _PAGE), (Kind.MINOR, _SECTION), (Kind.MINOR, _CLOCK),
    (Kind.MINOR, _EDITION),
)  # fmt: skip
"""Forms of lines, the first that matches decides."""


def lines_in(text: str, start: int, end: int, *, codes: bool = False) -> Iterator[Line]:
    """Lines of a stretch of the text, in order, blank ones included."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield line_at(text, at, stop, codes=codes)
        at = stop + 1


def line_at(text: str, start: int, end: int, *, codes: bool = False) -> Line:
    """Judge the line between two offsets."""
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return Line(start, start, Kind.BLANK)
    start += len(words) - len(words.lstrip())
    end = start + len(stripped)
    if values := _labelled(text, start, end, codes=codes):
        return Line(start, end, Kind.LABEL, values)
    if stripped in alone():
        return Line(start, end, Kind.LABEL, (Value(Role.BODY, end, end, None, stripped.casefold()),))
    if len(stripped) > 240 or not _TELLING.search(stripped):
        return Line(start, end, Kind.TEXT)
    kind, values = _told(text, start, end)
    return Line(start, end, kind, values)


def _told(text: str, start: int, end: int) -> tuple[Kind, tuple[Value, ...]]:
    """What a line without a label says by its form."""
    words = text[start:end]
    if iso := whole_day(words):
        return Kind.DAY, (Value(Role.DATE, start, end, iso),)
    if words in languages():
        return Kind.MINOR, (Value(Role.LANGUAGE, start, end),)
    kind = next((kind for kind, pattern in _FORMS if pattern.fullmatch(words)), None)
    if kind is None and (source := source_in(text, start, end)):
        return Kind.SOURCE, source
    return kind or Kind.TEXT, ()


def source_in(text: str, start: int, end: int) -> tuple[Value, ...]:
    """Outlet and day of "Karver Hafenbote vom 12.03.2019, Nr. 60, S. 5"; nothing where anything else is in it."""
    if end - start > 160 or not _YEAR.search(text, start, end) or not (day := find_day(text, start, end)):
        return ()
    preposition = _SOURCE_WORD.search(text, start, day.end)
    before = text[start : preposition.end() if preposition else day.start]
    name = _SOURCE_JOINT.sub("", before).strip()
    if not _SOURCE_JOINT.search(before) or not is_name(name):
        return ()
    tail = text[day.end : end]
    if not _SOURCE_TAIL.fullmatch(tail.rstrip(".")):
        return ()
    at = text.index(name, start)
    bare = name.strip("\"“”„»«'")
    at += name.index(bare)
    return Value(Role.OUTLET, at, at + len(bare)), Value(Role.DATE, day.start, day.end, day.iso)


def is_name(words: str) -> bool:
    """Whether these may be an outlet's name: few words, the first with a capital, no sentence."""
    bare = words.strip("\"“”„»«'")
    if _DECIMAL.search(bare):  # "Version 1.0", "§ 3.2"
        return False
    few = 1 < len(bare) <= 60 and len(bare.split()) <= 7
    named = bare[:1].isupper() or bare[:1].isdigit() or (bare.islower() and len(bare) < 20)
    return few and named and (not bare.endswith((".", "?", "!", ":")) or bare.endswith(("e.V.", "Ztg.")))


def names_in(words: str) -> tuple[str, ...]:
    """Names of authors, "Mara Tiedt; Jon Ried und Ada Voss" one by one."""
    plain = re.sub(r"^(?:von|by)\s", "", words.strip(), flags=re.IGNORECASE)
    parts = re.split(r"\s*(?:;|/|,(?!\s?(?:jr|sr)\b)|\bund\b|\band\b|&)\s*", plain)
    return tuple(dict.fromkeys(name for part in parts if (name := " ".join(part.split())) and len(name) < 80))


def byline(line: str) -> str | None:
    """Names behind "Von" on a line of nothing else."""
    match = _BYLINE.fullmatch(line)
    if not match or line.rstrip().endswith((".", "!", "?", ":")):
        return None
    names = match["names"]
    words = [w for w in re.split(r"[\s,;/&-]+", names) if w not in {"und", "and", "von", "van", "de", "der", "zu"}]
    return names if 1 < len(words) <= 12 and all(w[:1].isupper() for w in words) else None


def looks_like_person(line: str) -> bool:
    """Whether a line is nothing but names of two to four words with capitals each, or an agency's."""
    if _AGENCY.fullmatch(line):
        return True
    names = names_in(line)
    return bool(names) and len(line) <= 160 and all(map(_is_person, names))


def _is_person(name: str) -> bool:
    words = name.replace("-", " ").split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() and w[-1:].isalpha() for w in words) and len(name) <= 40


def is_prose(line: str) -> bool:
    """Whether a line reads as running text."""
    return len(line) >= _PROSE or (len(line) >= _SENTENCE and line.rstrip('"“”«»)').endswith((".", "!", "?", "…")))


def _labelled(text: str, start: int, end: int, *, codes: bool) -> tuple[Value, ...]:
    """Labels of a line with their values: "Seite: 5   Ressort: Politik"."""
    if codes and (match := code_pattern().match(text, start, end)):
        return (_value(text, code_roles()[match["label"]], match.end(), end, match["label"]),)
    head = text[start : min(end, start + 600)]
    found = list(label_pattern().finditer(head))
    if not found or found[0].start():
        return ()
    stops = [*(m.start() for m in found[1:]), end - start]
    values: list[Value] = []
    for match, stop in zip(found, stops, strict=True):
        role = label_roles()[match["label"].casefold()]
        value = _value(text, role, start + match.end(), start + stop, match["label"])
        told = source_in(text, value.start, value.end) if role is Role.OUTLET else ()
        values += [replace(one, label=value.label) for one in told] or [value]
    return tuple(values)


def _value(text: str, role: Role, start: int, end: int, label: str) -> Value:
    words = text[start:end]
    at = start + len(words) - len(words.lstrip())
    end = max(at, start + len(words.rstrip(" \t|;")))
    iso = None
    if role is Role.DATE and at < end:
        day = find_day(text, at, end)
        iso = day.iso if day else None
    return Value(role, at, end, iso, label.casefold())
