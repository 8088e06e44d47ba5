"""Back from a full export: captures, lists from outside and judgements of another archive, exactly as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from quellenlage.errors import BadInput, Defect, Phrase, UnreadableInput
from quellenlage.execution.references import restore_references
from quellenlage.intake import IntakeOptions
from quellenlage.model import Archive, Capture, Judgement, Reference, ReferenceList
from quellenlage.views.exports.jsonl import LIST, LIST_ENTRY, SUPPRESSED

_HEAD, _BLANK = 4096, 1000
"""Bytes of a line that are looked at, and empty lines before the first record."""

_BOM = b"\xef\xbb\xbf"
_FULL = re.compile(rb'\s*\{\s*"record"\s*:\s*"capture"')
_DIGEST = re.compile("[0-9a-f]{64}")

T = TypeVar("T", Capture, Judgement, Reference, ReferenceList)


def is_export(source: str) -> bool:
    """Whether a source is a file that `export --format jsonl --full-text` wrote, even if an editor saved it since."""
    if source == "-" or "://" in source:
        return False
    try:
        with Path(source).open("rb") as file:
            for _ in range(_BLANK):
                line = file.readline(_HEAD)
                text = line.removeprefix(_BOM)
                if text.strip() or not line:
                    return _FULL.match(text) is not None
            return False
    except (OSError, ValueError):
        return False


def restored_captures(sources: Sequence[str], _options: IntakeOptions) -> Iterator[Capture | BadInput]:
    """Captures of exports; a line that is none any more is yielded as its error."""
    for source in sources:
        for number, record in _records(Path(source)):
            if isinstance(record, BadInput):
                yield record
            elif record.get("record") == "capture":
                place = f"{source}:{number}"
                found = _as(record, Capture, place)
                yield found if isinstance(found, Capture | BadInput) else _broken(place, Phrase("no capture"))


def restore_rest(archive: Archive, path: Path) -> None:
    """What comes with the captures of an export: digests of forgotten names first, then lists and judgements."""
    if digests := set(restored_digests(path)):
        archive.suppress_digests(digests)
    restore_references(archive, restored_references(path))
    known = {judgement.id for judgement in archive.judgements()}
    for judgement in restored_judgements(path):
        if judgement.id not in known:
            known.add(judgement.id)
            archive.add_judgement(judgement)


def restored_judgements(path: Path) -> Iterator[Judgement]:
    """Judgements of an export; broken lines were reported with the captures."""
    for number, record in _records(path):
        if not isinstance(record, BadInput) and record.get("record") == "judgement":
            found = _as(record, Judgement, f"{path}:{number}")
            if isinstance(found, Judgement):
                yield found


def restored_digests(path: Path) -> Iterator[str]:
    """Digests of names that the other archive was told to forget; exports that older versions wrote have none."""
    for _, record in _records(path):
        if not isinstance(record, BadInput) and record.get("record") == SUPPRESSED:
            digest = record.get("digest")
            if isinstance(digest, str) and _DIGEST.fullmatch(digest):
                yield digest


def restored_references(path: Path) -> Iterator[tuple[ReferenceList, Iterator[Reference]]]:
    """Lists of an export, each with its entries, to be read before the next; broken lines are left out.

    Exports that older versions wrote have none.
    """
    for _, group in groupby(_listed(path), lambda one: one.name if isinstance(one, ReferenceList) else one.list):
        head = next(group)
        if isinstance(head, ReferenceList):
            yield head, (one for one in group if isinstance(one, Reference))


def _listed(path: Path) -> Iterator[ReferenceList | Reference]:
    for number, record in _records(path):
        if isinstance(record, BadInput):
            continue
        found: object = None
        if record.get("record") == LIST:
            found = _as(record, ReferenceList, f"{path}:{number}")
        elif record.get("record") == LIST_ENTRY:
            found = _as(record, Reference, f"{path}:{number}")
        if isinstance(found, ReferenceList | Reference):
            yield found


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            text = line.removeprefix(_BOM)
            if not text.strip():
                continue
            try:
                record = msgspec.json.decode(text)
            except msgspec.DecodeError as error:
                yield number, _broken(f"{path}:{number}", _damage(error))
                continue
            yield number, record if isinstance(record, dict) else _broken(f"{path}:{number}", Phrase("no record"))


def _as(record: dict[str, Any], kind: type[T], place: str) -> T | BadInput:
    fields = {key: value for key, value in record.items() if key != "record"}
    try:
        return msgspec.convert(fields, kind)
    except (msgspec.ValidationError, Defect) as error:
        return _broken(place, _damage(error))


def _damage(error: Exception) -> Phrase:
    return Phrase("the line is damaged: {detail}", detail=error)


def _broken(place: str, reason: Phrase) -> BadInput:
    return UnreadableInput(place, reason, remedy="export again; the line was cut or changed")
