"""Frames of sentences for events, by type and the word that tells the event; see `resources/de/event_lines.toml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from quellenlage.errors import Defect
from quellenlage.resources import load

TABLE = "de/event_lines.toml"
Who = Literal["joint", "actors", "sufferers", "stationed", "none"]


@dataclass(frozen=True, slots=True)
class German:
    """Forms of a German verb with its object; `object` is a case, with a preposition before it where it has one."""

    past: tuple[str, str] = ("", "")
    present: tuple[str, str] = ("", "")
    infinitive: str = ""
    participle: str = ""
    particle: str = ""
    aux: str = "haben"
    aux_without: str = ""
    reflexive: bool = False
    object: str = ""
    rest: str = ""
    together: str = ""
    passive: bool = False
    place_last: bool = False


@dataclass(frozen=True, slots=True)
class English:
    """Forms of an English verb with its object; `object` is a preposition or empty."""

    past: str = ""
    base: str = ""
    participle: str = ""
    ing: str = ""
    object: str = ""
    rest: str = ""
    together: str = ""
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Nominal:
    """An event that nobody is named for, as a noun: "fand ein Gespräch statt", "kam es zu einem Angriff"."""

    noun: str
    dative: str = ""
    passive: str = ""
    plural: bool = False
    happened: tuple[str, str] = ("took place", "taken place")


@dataclass(frozen=True, slots=True)
class Frame:
    """How one kind of event is told; `de_without`, `en_without` where there is no object."""

    event_type: str
    triggers: tuple[str, ...]
    who: Who
    object: Literal["must", "may", "no"]
    place: Literal["in", "way", "way!", "left", "visited", "no"]
    single: bool
    speech: bool
    persons: bool
    forces: bool
    de: German | Nominal
    en: English | Nominal
    alone: bool = False
    mutual: bool = False
    de_without: German | None = None
    en_without: English | None = None

    def fits(self, trigger: str) -> bool:
        """Whether a word of the text tells this kind of event."""
        return plain(trigger).startswith(self.triggers)


def plain(word: str) -> str:
    """A word without case and marks on letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def frames_for(event_type: str, triggers: tuple[str, ...]) -> Iterator[Frame]:
    """Frames of a type that one of these words allows, in the order of words, then of the table."""
    for trigger in triggers:
        for word in trigger.split():
            yield from (frame for frame in _frames().get(event_type, ()) if frame.fits(word))


@cache
def _frames() -> Mapping[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for row in load(TABLE)["frame"]:
        found.setdefault(row["type"], []).append(_frame(row))
    return {event_type: tuple(frames) for event_type, frames in found.items()}


def _frame(row: Mapping[str, Any]) -> Frame:
    de, en = row["de"], row["en"]
    nominal = row["who"] == "none"
    return Frame(
        event_type=row["type"],
        triggers=tuple(plain(word) for word in row["triggers"]),
        who=row["who"],
        object=row.get("object", "no"),
        place=row.get("place", "in"),
        single=row.get("single", False),
        speech=row.get("speech", False),
        persons=row.get("persons", False),
        forces=row.get("forces", False),
        alone=row.get("alone", False),
        mutual=row.get("mutual", False),
        de=_nominal(de) if nominal else _german(de, de["verb"]),
        en=_nominal(en) if nominal else _english(en, en["verb"]),
        de_without=_german({**de, "object": ""}, de["without"]) if "without" in de else None,
        en_without=_english({**en, "object": ""}, en["without"]) if "without" in en else None,
    )


def _nominal(row: Mapping[str, Any]) -> Nominal:
    past, _, participle = row.get("happened", "took place|taken place").partition("|")
    return Nominal(
        row["noun"], row.get("dative", ""), row.get("passive", ""), row.get("plural", False), (past, participle)
    )


def _german(row: Mapping[str, Any], verb: str) -> German:
    forms = verb.split()
    if len(forms) not in {6, 7}:
        raise Defect(f"{TABLE}: seven forms are wanted, not {verb!r}")
    past, pasts, present, presents, infinitive, participle = forms[:6]
    particle = forms[6] if len(forms) == 7 and forms[6] != "-" else ""
    return German(
        past=(past, pasts),
        present=(present, presents),
        infinitive=infinitive,
        participle=participle,
        particle=particle,
        aux=row.get("aux", "haben"),
        aux_without=row.get("aux_without", ""),
        reflexive=row.get("reflexive", False),
        object=row.get("object", ""),
        rest=row.get("rest", ""),
        together=row.get("together", ""),
        passive=row.get("passive", False),
        place_last=row.get("place_last", False),
    )


def _english(row: Mapping[str, Any], verb: str) -> English:
    past, base, participle, ing = verb.split()
    told = {key: row.get(key, "") for key in ("object", "rest", "together")}
    return English(past, base, participle, ing, **told, passive=row.get("passive", False))
