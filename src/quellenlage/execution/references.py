"""Lists from outside: taken in, kept with keys that fit this installation, removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quellenlage.errors import BadInput, EmptyInput, Phrase
from quellenlage.execution.ports import Clock
from quellenlage.intake.references import (
    ListOptions,
    Passed,
    default_licence,
    file_digest,
    form_of,
    list_name,
    read_list,
)
from quellenlage.model import Archive, EntityKind, Reference, ReferenceList, References, text_digest
from quellenlage.store.references import is_forgotten

_READER = "2"
"""Raise whenever the same file would be read otherwise, so that adding it again replaces what was read before."""


@dataclass(frozen=True, slots=True)
class ListReport:
    """What became of a list: entries kept, entries that name nobody by what they are, lines and files that failed.

    `unchanged`: the same files were there already, and nothing was done.
    """

    name: str
    kept: int = 0
    unchanged: bool = False
    replaced: bool = False
    passed: dict[str, int] = field(default_factory=dict)
    failed: tuple[BadInput, ...] = ()


def add_references(
    archive: Archive,
    paths: Sequence[Path],
    *,
    clock: Clock,
    name: str | None = None,
    kind: EntityKind | None = None,
    licence: str | None = None,
) -> list[ListReport]:
    """Take lists in, each under the name of its file, or all files as one list under `name`.

    A list of a name that is there is replaced as a whole, unless nothing of the new one can be used. `kind` is that of
    entries that tell none.

    Raises:
        ArchiveUnusable: the archive cannot be written.
    """
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(name or list_name(path), []).append(path)
    return [_add(archive, one, files, clock, kind, licence) for one, files in groups.items()]


def _add(
    archive: Archive, name: str, paths: Sequence[Path], clock: Clock, kind: EntityKind | None, licence: str | None
) -> ListReport:
    failed: list[BadInput] = []
    readable: list[tuple[Path, str, str]] = []
    for path in paths:
        try:
            readable.append((path, form_of(path), file_digest(path)))
        except BadInput as error:
            failed.append(error)
    if not readable:
        return ListReport(name, failed=tuple(failed))
    forms = [form for _, form, _ in readable]
    terms = default_licence(forms[0]) if licence is None else licence
    made_of = text_digest("\n".join([_READER, str(kind or ""), terms, *(digest for _, _, digest in readable)]))
    before = next((one for one in archive.reference_lists() if one.name == name), None)
    if before and before.digest == made_of:
        return ListReport(name, before.entities, unchanged=True, failed=tuple(failed))
    source = ", ".join(path.name for path, _, _ in readable)
    listed = ReferenceList(name, "+".join(dict.fromkeys(forms)), source, terms, made_of, _keyed(), clock())
    passed: Counter[str] = Counter()
    options = ListOptions(name, kind, terms)
    entries = _entries([path for path, _, _ in readable], options, archive.suppressed(), passed, failed)
    try:
        kept = archive.put_references(listed, _with_keys(entries, name))
    except _Nothing:
        failed.append(EmptyInput(name, "no entry of the list can be used", remedy=_REMEDY))
        return ListReport(name, passed=dict(passed), failed=tuple(failed))
    return ListReport(name, kept, replaced=before is not None, passed=dict(passed), failed=tuple(failed))


_REMEDY = Phrase("give persons, bodies or places by name; --kind says what entries are that tell no kind")


class _Nothing(Exception):
    """Ends the transaction, so that a list is not replaced by nothing."""


def _with_keys(entries: Iterator[Reference], name: str) -> Iterator[tuple[Reference, Sequence[str]]]:
    from quellenlage.link.references import reference_keys  # the tables of names load when they are needed

    there = False
    for entry in entries:
        there = True
        yield entry, reference_keys(entry)
    if not there:
        raise _Nothing(name)


def _entries(
    paths: Sequence[Path],
    options: ListOptions,
    suppressed: frozenset[str],
    passed: Counter[str],
    failed: list[BadInput],
) -> Iterator[Reference]:
    for path in paths:
        try:
            for item in read_list(path, options):
                if isinstance(item, BadInput):
                    failed.append(item)
                elif isinstance(item, Passed):
                    passed[item.what] += 1
                elif is_forgotten(item, suppressed):
                    passed["suppressed"] += 1
                else:
                    yield item
        except BadInput as error:
            failed.append(error)


def restore_references(archive: Archive, found: Iterable[tuple[ReferenceList, Iterable[Reference]]]) -> list[str]:
    """Put back lists as another archive had them; returns the names of those that are new or newer here.

    Whom this archive was told to forget stays out, and so does a list that is older than the one of its name here.

    Raises:
        ArchiveUnusable: the archive cannot be written.
    """
    suppressed = archive.suppressed()
    here = {one.name: one for one in archive.reference_lists()}
    done: list[str] = []
    for listed, entries in found:
        before = here.get(listed.name)
        if before and (before.digest == listed.digest or before.added_at >= listed.added_at):
            continue
        kept = (entry for entry in entries if not is_forgotten(entry, suppressed))
        try:
            archive.put_references(replace(listed, keyed=_keyed()), _with_keys(kept, listed.name))
        except _Nothing:
            continue
        done.append(listed.name)
    return done


def _keyed() -> str:
    from quellenlage.link.references import keyed

    return keyed()


def lists_of(archive: Archive) -> References | None:
    """The lists of an archive, with keys as this installation makes them; None where there are none."""
    lists = archive.reference_lists()
    for listed in lists:
        if listed.keyed != _keyed():
            entries = list(archive.list_entries(listed.name))
            archive.put_references(replace(listed, keyed=_keyed()), _with_keys(iter(entries), listed.name))
    return archive if lists else None


def stands(archive: Archive) -> tuple[str, ...]:
    """What matches depend on: which lists there are, in which version; nothing where there are none."""
    return tuple(f"list {one.name}={one.digest}:{one.keyed}" for one in archive.reference_lists())


def remove_references(archive: Archive, name: str) -> int:
    """Remove a list; the next build forgets its matches. Returns how many entries it had. Raises NotFound."""
    return archive.remove_references(name)
