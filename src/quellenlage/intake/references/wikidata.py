"""Wikidata's JSON: lines of a dump (or one entity a line), or the answer that lists `entities`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quellenlage.errors import BadInput, UnreadableInput
from quellenlage.intake.references.entry import Draft, ListOptions, Passed, day_of, interval, pairs_of, words_of
from quellenlage.intake.references.lines import MOST, first_value, listed, numbered, opened, place, value_of
from quellenlage.model import EntityKind, Post, Reference

_LANGUAGES = (
    "de", "en", "mul", "de-at", "de-ch", "fr", "ru", "uk", "ar", "fa", "he", "tr", "el", "zh", "zh-hans", "pl", "cs",
    "es", "it", "sr", "bg",
)  # fmt: skip
"""Languages whose labels and aliases are taken, the first one's label as the name."""
_BIRTH, _OFFICE, _CITIZEN, _CLASS, _STATE = "P569", "P39", "P27", "P31", "P17"
_PRECISIONS = {"9": 4, "10": 7, "11": 10}
"""Precision of Wikidata's days by how many signs of the ISO day are meant: year, month, day."""

Record = Mapping[str, Any]


def read_wikidata(path: Path, options: ListOptions) -> Iterator[Reference | Passed | BadInput]:
    """Items of a file, in order. Offices are named where the file has the office as an item of its own."""
    labels = _labels(path)
    for number, record in _records(path):
        if record is None or not str(record.get("id", "")).startswith("Q"):
            yield UnreadableInput(
                place(path, number), "no item of Wikidata", remedy="give items as a dump has them, one a line"
            )
            continue
        if "missing" in record or not record.get("labels"):
            yield UnreadableInput(place(path, number), "an item without a label", remedy="leave it out")
            continue
        kind = _kind(record) or options.kind
        if kind is None:
            yield Passed("|".join(_ids(record, _CLASS)[:1]) or "P31?")
            continue
        made = _draft(kind, record, labels).made(options)
        yield made if made else UnreadableInput(place(path, number), "an item without a label", remedy="leave it out")


def _kind(record: Record) -> EntityKind | None:
    classes = _ids(record, _CLASS)
    known = ((kind, words_of("classes", kind)) for kind in ("PER", "GPE", "LOC", "ORG"))
    return next((EntityKind(kind) for kind, words in known if any(c in words for c in classes)), None)


def _draft(kind: EntityKind, record: Record, labels: Mapping[str, str]) -> Draft:
    names: list[str] = []
    for language in _LANGUAGES:
        label = record["labels"].get(language)
        names += [label["value"]] if isinstance(label, dict) and isinstance(label.get("value"), str) else []
    for language in _LANGUAGES:
        told = (record.get("aliases") or {}).get(language)
        names += [a["value"] for a in listed(told) if isinstance(a, dict) and isinstance(a.get("value"), str)]
    states = pairs_of("states", "codes")
    former = pairs_of("former", "codes")
    codes = [states[i] for key in (_CITIZEN, _STATE) for i in _ids(record, key) if i in states]
    identifier = str(record["id"])
    if kind is EntityKind.GPE and identifier in states:
        codes.append(states[identifier])
    return Draft(
        kind=kind,
        names=names,
        source_id=identifier,
        wikidata=identifier,
        births=[day for day in (_day(snak) for snak, _ in _statements(record, _BIRTH)) if day],
        countries=[former.get(code, code) for code in codes],
        posts=_posts(record, labels),
    )


def _posts(record: Record, labels: Mapping[str, str]) -> list[Post]:
    found = []
    for snak, qualifiers in _statements(record, _OFFICE):
        text = labels.get(_id(snak) or "")
        if text:
            first, last = (
                next((d for d in map(_day, listed(qualifiers.get(key))) if d), None) for key in ("P580", "P582")
            )
            found.append(Post(text, *interval(first, last)))
    return found


def _statements(record: Record, key: str) -> Iterator[tuple[Record, Record]]:
    """Values of a property with their qualifiers; those that Wikidata deprecates are left out."""
    claims = record.get("claims")
    for claim in listed(claims.get(key)) if isinstance(claims, dict) else ():
        if isinstance(claim, dict) and claim.get("rank") != "deprecated" and isinstance(claim.get("mainsnak"), dict):
            qualifiers = claim.get("qualifiers")
            yield claim["mainsnak"], qualifiers if isinstance(qualifiers, dict) else {}


def _value(snak: Any) -> Record:
    held = snak.get("datavalue") if isinstance(snak, dict) else None
    value = held.get("value") if isinstance(held, dict) else None
    return value if isinstance(value, dict) else {}


def _id(snak: Record) -> str | None:
    found = _value(snak).get("id")
    return found if isinstance(found, str) else None


def _ids(record: Record, key: str) -> list[str]:
    return [found for found in (_id(snak) for snak, _ in _statements(record, key)) if found]


def _day(snak: Any) -> str | None:
    value = _value(snak)
    signs, time = _PRECISIONS.get(str(value.get("precision"))), value.get("time")
    return day_of(time[1 : 1 + signs]) if signs and isinstance(time, str) and time.startswith("+") else None


def _labels(path: Path) -> dict[str, str]:
    """Labels of the offices that are named, where the file has them: two readings that keep nothing else."""
    wanted = {i for _, record in _records(path) if record for i in _ids(record, _OFFICE)}
    found: dict[str, str] = {}
    for _, record in _records(path) if wanted else ():
        if record and str(record.get("id")) in wanted and isinstance(record.get("labels"), dict):
            label = next(
                (record["labels"][language] for language in ("de", "en") if language in record["labels"]), None
            )
            if isinstance(label, dict) and isinstance(label.get("value"), str):
                found[str(record["id"])] = label["value"]
    return found


def _records(path: Path) -> Iterator[tuple[int, Record | None]]:
    """Items with the number of their line; None where a line has none."""
    lines = numbered(path)
    for number, line in lines:
        if line in {b"[", b"]", b"],"}:
            continue
        value = value_of(line.rstrip(b","))
        if value is None and number == 1 and first_value(path) is None:
            yield from _listed(_whole(path))
            return
        if isinstance(value, list) or (isinstance(value, dict) and "entities" in value):
            yield from _listed(value, number)
        else:
            yield number, value if isinstance(value, dict) and _is_sound(value) else None


def _is_sound(record: Record) -> bool:
    return isinstance(record.get("labels", {}), dict) and isinstance(record.get("aliases") or {}, dict)


def _listed(value: Any, number: int = 1) -> Iterator[tuple[int, Record | None]]:
    inside = value.get("entities", value) if isinstance(value, dict) else value
    for record in inside.values() if isinstance(inside, dict) else listed(inside):
        yield number, record if isinstance(record, dict) and _is_sound(record) else None


def _whole(path: Path) -> Any:
    """A file that is one value over several lines. Raises BadInput."""
    with opened(path) as file:
        data = file.read(MOST + 1)
    value = value_of(data.removeprefix(b"\xef\xbb\xbf")) if len(data) <= MOST else None
    if not isinstance(value, dict | list):
        raise UnreadableInput(
            str(path), "neither JSON lines nor one JSON value", remedy="save it as JSON lines, one entity a line"
        )
    return value
