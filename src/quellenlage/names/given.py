"""Given names: short forms and one name's forms in several languages; names that say which spelling to expect."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names.scripts import LATIN, SOUNDS, to_latin
from quellenlage.resources import load

NICKNAMES = "de/nicknames.toml"
FIRST_NAMES = "de/first_names.toml"
GENDERS = "de/name_gender.toml"
_FOREIGN = ("slavic", "arabic", "turkish_kurdish_persian", "hebrew_african_asian")
_WESTERN = ("german", "english", "french", "nordic_baltic_dutch_hungarian")
_RECENT = 1 << 14


@cache
def _groups(section: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    first = 0 if section == "forms" else len(load(NICKNAMES)["forms"]["groups"].split("|"))
    for number, group in enumerate(load(NICKNAMES)[section]["groups"].split("|"), first):
        for name in group.split():
            found.setdefault(fold(to_latin(name)) or name, set()).add(number)
            found.setdefault(fold(name.replace("ü", "u").replace("ö", "o").replace("ä", "a")), set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


@recent(_RECENT)
def given_groups(folded: str) -> frozenset[int]:
    """Rows of both tables that a folded given name stands in."""
    return _groups("forms").get(folded, frozenset()) | _groups("languages").get(folded, frozenset())


@recent(_RECENT)
def given_form(one: str, other: str) -> Literal["form", "language", "namesake"] | None:
    """Whether two folded given names are one by the tables: a short form (Bill, William) or another language's form.

    "namesake" are two that other languages have for one, but German as two (Jan, Johannes).
    """
    forms, languages = _groups("forms"), _groups("languages")
    if not forms.get(one, frozenset()).isdisjoint(forms.get(other, frozenset())):
        return "form"
    if languages.get(one, frozenset()).isdisjoint(languages.get(other, frozenset())):
        return None
    german = _names(("german",))
    return "namesake" if one in german and other in german else "language"


@cache
def _cells() -> dict[str, frozenset[tuple[int, int]]]:
    """Row and cell of each folded name of the table of names that sound alike and are two."""
    found: dict[str, set[tuple[int, int]]] = {}
    for row, line in enumerate(load(NICKNAMES)["distinct"]["groups"].strip().splitlines()):
        for cell, names in enumerate(line.split("|")):
            for name in names.split():
                found.setdefault(fold(to_latin(name)) or name, set()).add((row, cell))
    return {name: frozenset(places) for name, places in found.items()}


@recent(_RECENT)
def given_apart(one: str, other: str, *, surnames: bool = False) -> bool:
    """Whether two folded names are two given names, however alike they sound: Said, Saad; a woman's and a man's.

    `surnames`: they stand where surnames do, which have no gender.
    """
    cells = _cells()
    if any(a[0] == b[0] and a[1] != b[1] for a in cells.get(one, ()) for b in cells.get(other, ())):
        return True
    if surnames:
        return False
    female, male = _genders()
    return (one in female and other in male) or (one in male and other in female)


@cache
def _genders() -> tuple[frozenset[str], frozenset[str]]:
    """Folded first names that only women and that only men have; one listed as unclear is neither."""
    table, listed = load(GENDERS), load(FIRST_NAMES)
    female, male = ({fold(name) for name in table[who]["names"].split()} for who in ("female", "male"))
    unclear = {fold(name) for name in (*table["ending"]["except"].split(), *listed["both"]["names"].split())}
    unclear |= female & male
    for language in table["ending"]["languages"].split():
        female |= {n for name in listed[language]["names"].split() if (n := fold(name)).endswith(table["ending"]["f"])}
    return frozenset(female - male - unclear), frozenset(male - unclear)


@cache
def _names(groups: tuple[str, ...]) -> frozenset[str]:
    table = load(FIRST_NAMES)
    return frozenset(fold(name) for group in groups for name in table[group]["names"].split())


@recent(_RECENT)
def is_foreign(folded: str) -> bool:
    """A given name of a language that is written in other letters."""
    return folded in _names(_FOREIGN) and folded not in _names(_WESTERN)


@recent(_RECENT)
def is_western(folded: str) -> bool:
    """A given name of which spelling is fixed."""
    return folded in _names(_WESTERN)


@recent(_RECENT)
def is_frequent(given: str, surname: str) -> bool:
    """Whether many bear a name, by its folded parts: a German given name and one of the commonest surnames."""
    return given in _names(("german",)) and surname in _frequent_surnames()


@recent(_RECENT)
def is_common_surname(folded: str) -> bool:
    """Whether so many families bear a surname that it tells nobody: Huber, Kim."""
    return folded in _frequent_surnames() or folded in _family_names()


@cache
def _family_names() -> frozenset[str]:
    """Surnames of languages that put them first and have few of them."""
    return frozenset(fold(name) for name in load(FIRST_NAMES)["surname_first"]["surnames"].split())


@cache
def _frequent_surnames() -> frozenset[str]:
    return frozenset(fold(name) for name in load(FIRST_NAMES)["common_surnames"]["names"].split())


@recent(_RECENT)
def two_given_names(one: str, other: str) -> bool:
    """Whether both are given names of German papers' readers, so that a likeness in sound makes them no less two."""
    german = _names(("german",))
    return one in german and other in german


@cache
def _signs() -> tuple[tuple[str, ...], frozenset[str]]:
    signs = load(SOUNDS)["signs"]
    return tuple(signs["endings"].split()), frozenset(signs["openings"].split())


@recent(_RECENT)
def is_transcribed(word: str) -> bool:
    """Whether a word in lower case looks as if it came from another script, so that its spelling may vary."""
    endings, openings = _signs()
    return word.endswith(endings) or word in openings


@cache
def _foreign_spellings() -> re.Pattern[str]:
    return re.compile("|".join(load(SOUNDS)["signs"]["foreign"].split()))


@recent(_RECENT)
def foreignness(name: str) -> int:
    """How many letters of a name German papers would write otherwise; other scripts count most."""
    if any(ord(c) > LATIN for c in name if c.isalpha()):
        return len(name)
    return len(_foreign_spellings().findall(name.lower()))
