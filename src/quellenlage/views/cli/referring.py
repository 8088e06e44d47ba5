"""Lists from outside and what matches them, as lines for a terminal and as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quellenlage.execution.references import ListReport
from quellenlage.model import Entity, ReferenceList, ReferenceMatch, to_builtins
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.cli.output import dim, plain
from quellenlage.views.locale import Words
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import UNKNOWN, Spelled


def report_words(report: ListReport, words: Words) -> str:
    """What became of a list, in a sentence."""
    key = "references.replaced" if report.replaced else "references.done"
    told = words.count("references.same" if report.unchanged else key, report.kept, name=report.name)
    if report.passed:
        what = ", ".join(f"{name} {words.number(n)}" for name, n in sorted(report.passed.items()))
        told += " " + words("references.passed", what=what)
    if report.failed:
        told += " " + words.count("count.failed", len(report.failed)) + "."
    return told


def report_record(report: ListReport) -> dict[str, Any]:
    """The same for `--json`."""
    failed = [{"source": f.source, "error": type(f).__name__, "message": f.message} for f in report.failed]
    return {
        "record": "reference_list_added",
        "name": report.name,
        "entities": report.kept,
        "unchanged": report.unchanged,
        "replaced": report.replaced,
        "passed": report.passed,
        "failed": failed,
    }


def list_words(listed: ReferenceList, words: Words) -> str:
    """A list in a line: name, entries, form, file, terms, day."""
    entries = words.count("references.entries", listed.entities)
    terms = listed.licence or words("references.no_licence")
    return f"{plain(listed.name)}: {entries}  {dim('; '.join((listed.form, listed.source, terms, listed.added_at)))}"


def match_lines(match: ReferenceMatch, words: Words, spelled: Spelled = UNKNOWN) -> Iterator[str]:
    """What an entity may be: the entry, how sure, and why; `spelled` are the entity's names."""
    yield INDENT + plain(match_words(match, words)) + "  " + dim(match.reference)
    if told := reason_words(match.reasons, words, spelled.beside(match.name)):
        yield INDENT * 2 + dim("; ".join(told))


def match_words(match: ReferenceMatch, words: Words) -> str:
    """An entry in a line: name, list, identifier there, accepted or proposed with its score."""
    key = "references.accepted" if match.accepted else "references.proposed"
    known_as = match.wikidata or match.source_id
    where = f"{match.list} {known_as}" if known_as else match.list
    if match.judged:
        return words("references.judged", name=match.name, where=where)
    return words(key, name=match.name, where=where, score=words.number(round(match.score, 2)))


def matches_of(entity: str, matches: Iterable[ReferenceMatch], words: Words, spelled: Spelled = UNKNOWN) -> list[str]:
    """Lines on all matches of an entity."""
    return [line for match in matches if match.entity == entity for line in match_lines(match, words, spelled)]


def match_record(match: ReferenceMatch, entity: Entity) -> dict[str, Any]:
    """A match for `--json`, with the name and kind of the entity."""
    return {
        "record": "reference_match",
        **to_builtins(match),
        "entity_name": entity.name,
        "entity_kind": entity.kind.value,
    }
